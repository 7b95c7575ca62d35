// Desks and relying parties: enrolment, removal, signed requests, keys.
#include "shield/base/limits.h"
#include "shield/sessions/desk_rows.h"
#include "tests/shield/sessions/bench.h"

using namespace hufu;
using namespace hufu::tests;

class TestSessionParties : public QObject {
    Q_OBJECT

    // A request as a desk signs it; kept alive by the caller's strings.
    static Sessions::DeskRequest request(SessionBench &bench, std::int64_t timeMs, ByteView body = {})
    {
        Sessions::DeskRequest out{bench.deskId, "POST", "/desk/v1/sessions?wait=1", timeMs, body, {}};
        const std::string signedText = "HUFU-DESK-1\nPOST\n/desk/v1/sessions?wait=1\n" + std::to_string(timeMs) + "\n" +
                                       toHex(crypto::sm3(body));
        out.signature = bench.deskKey.sign(viewOf(signedText));
        return out;
    }

private Q_SLOTS:
    void desk_enrolled_isListedAndKnown()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto desks = bench.sessions.desksOf(bench.alice.acct);
        QCOMPARE(desks->size(), std::size_t(1));
        QVERIFY(desks->front().id == bench.deskId);
        QVERIFY(desks->front().publicKey == bench.deskKey.publicKey());
        QCOMPARE(desks->front().name, std::string("财务电脑"));
        QVERIFY(bench.sessions.desksOf(bench.bob.acct)->empty());
        QVERIFY(bench.sessions.entriesOf(bench.deskId));
        const auto events = bench.eventsOf(bench.alice.acct);
        QCOMPARE(events.back(), audit::Event::deskEnrolled);
    }

    void desk_enrolmentRefused_isNotKnown()
    {
        SessionBench bench;
        const auto started = bench.sessions.startEnrolment("PC", bench.deskKey.publicKey(), "");
        bench.claimed(*started, bench.alice);
        QVERIFY(bench.sessions.refuse(started->token, bench.alice.acct));
        QCOMPARE(bench.sessions.entriesOf(bench.deskId).error().code, Errc::notFound);
    }

    void desk_enrolmentWithoutSms_isNotPossible()
    {
        SessionBench bench;
        const auto started = bench.sessions.startEnrolment("PC", bench.deskKey.publicKey(), "");
        bench.claimed(*started, bench.alice);
        QCOMPARE(bench.complete(started->token, bench.alice.acct, SessionBench::signatures(1)).error().code, Errc::refused);
        QCOMPARE(bench.sessions.entriesOf(bench.deskId).error().code, Errc::notFound);
    }

    void desk_ofTwoPersons_isRemovedByEachAlone()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        bench.enrolDesk(bench.bob);
        QVERIFY(bench.sessions.removeDesk(bench.alice.acct, bench.deskId));
        QCOMPARE(bench.sessions.removeDesk(bench.alice.acct, bench.deskId).error().code, Errc::notFound);
        QVERIFY(bench.sessions.desksOf(bench.alice.acct)->empty());
        QCOMPARE(bench.sessions.desksOf(bench.bob.acct)->size(), std::size_t(1));
        QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now())));
        QVERIFY(bench.sessions.removeDesk(bench.bob.acct, bench.deskId));
        bench.clock.advance(400'000); // the enrolment's session is forgotten, too
        QCOMPARE(bench.sessions.checkDeskRequest(request(bench, bench.now())).error().code, Errc::notFound);
    }

    void desk_thatWaitsForTheAdministrator_mayAskForNothing_untilApproved()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto rows = [&](auto act) {
            auto transaction = std::move(*bench.ledger.begin());
            const auto done = act(*transaction);
            if (!transaction->commit()) qFatal("no commit");
            return done;
        };
        QVERIFY(rows([&](auto &transaction) { return *isEnrolled(transaction, bench.deskId, bench.alice.acct); }));
        QVERIFY(rows([&](auto &transaction) { return holdBack(transaction, bench.alice.acct, bench.deskId).has_value(); }));
        bench.clock.advance(400'000); // the enrolment's session is forgotten
        QVERIFY(bench.sessions.sweep());

        QVERIFY(bench.sessions.desksOf(bench.alice.acct)->empty());
        const auto waiting = *waitingOf(bench.ledger, bench.masterKey, bench.alice.acct);
        QVERIFY(waiting.size() == 1 && waiting[0].id == bench.deskId && waiting[0].owner == bench.alice.acct);
        QVERIFY(*isWaiting(bench.ledger, bench.deskId));
        QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now()))->kind == OriginKind::enrolment); // it may ask how it stands
        QCOMPARE(bench.sessions.entriesOf(bench.deskId).error().code, Errc::notFound);
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, viewOf(SessionBench::signDraft()), "k").error().code, Errc::notFound);
        QVERIFY(!rows([&](auto &transaction) { return *approve(transaction, bench.bob.acct, bench.deskId); })); // it is not bob's
        QVERIFY(!rows([&](auto &transaction) { return holdBack(transaction, bench.bob.acct, bench.deskId).has_value(); }));

        // The same desk, which bob has enrolled under another rule, is unknown to alice.
        bench.clock.advance(61'000);
        bench.enrolDesk(bench.bob);
        QCOMPARE(SessionBench::denied(bench.claim(bench.start(SessionBench::signDraft()), bench.alice)), ClaimDenied::deskUnknown);

        QVERIFY(rows([&](auto &transaction) { return *approve(transaction, bench.alice.acct, bench.deskId); }));
        QVERIFY(!rows([&](auto &transaction) { return *approve(transaction, bench.alice.acct, bench.deskId); })); // once
        QCOMPARE(bench.sessions.desksOf(bench.alice.acct)->size(), std::size_t(1));
        QVERIFY(waitingOf(bench.ledger, bench.masterKey, bench.alice.acct)->empty() && !*isWaiting(bench.ledger, bench.deskId));
        bench.claimed(bench.start(SessionBench::signDraft()), bench.alice);
    }
    // A row that an earlier server wrote has no number of its form; one of a later form is not guessed at.
    void desk_inARowOfTheFormerForm_isReadAsBefore()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto before = *bench.sessions.desksOf(bench.alice.acct);
        for (auto &[at, row] : bench.ledger.rows) {
            const auto &key = at.second;
            if (at.first != ports::Table::desk || row.empty() || key.front() != 'd') continue;
            const auto plain = *bench.masterKey.open(row, key);
            QCOMPARE(int(plain.expose().front()), 1);
            row = *bench.masterKey.seal(plain.expose().subspan(1), key);
        }
        const auto former = *bench.sessions.desksOf(bench.alice.acct);
        QVERIFY(former.size() == 1 && former[0].id == before[0].id && former[0].name == before[0].name && former[0].enrolledMs == before[0].enrolledMs);
        bench.claimed(bench.start(SessionBench::signDraft()), bench.alice);
        for (auto &[at, row] : bench.ledger.rows) {
            const auto &key = at.second;
            if (at.first != ports::Table::desk || row.empty() || key.front() != 'd') continue;
            const auto plain = *bench.masterKey.open(row, key);
            row = *bench.masterKey.seal(concat({Bytes{2}, plain.expose()}), key);
        }
        QCOMPARE(bench.sessions.desksOf(bench.alice.acct).error().code, Errc::tampered);
    }
    // Enrolled again where nobody has to approve any more: it is in use, and nothing of it waits.
    void desk_thatWaits_enrolledAgain_waitsNoMore()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        {
            auto transaction = std::move(*bench.ledger.begin());
            QVERIFY(holdBack(*transaction, bench.alice.acct, bench.deskId));
            QVERIFY(transaction->commit());
        }
        QCOMPARE(bench.sessions.everyEntryOf(bench.deskId)->size(), std::size_t(1));
        bench.clock.advance(61'000);
        bench.enrolDesk(bench.alice);
        QVERIFY(waitingOf(bench.ledger, bench.masterKey, bench.alice.acct)->empty() && !*isWaiting(bench.ledger, bench.deskId));
        QCOMPARE(bench.sessions.desksOf(bench.alice.acct)->size(), std::size_t(1));
        QCOMPARE(bench.sessions.everyEntryOf(bench.deskId)->size(), std::size_t(1));
    }

    void desk_thatWaits_removed_isGone()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        {
            auto transaction = std::move(*bench.ledger.begin());
            QVERIFY(holdBack(*transaction, bench.alice.acct, bench.deskId));
            QVERIFY(transaction->commit());
        }
        QVERIFY(bench.sessions.removeDesk(bench.alice.acct, bench.deskId));
        QCOMPARE(bench.sessions.removeDesk(bench.alice.acct, bench.deskId).error().code, Errc::notFound);
        QVERIFY(waitingOf(bench.ledger, bench.masterKey, bench.alice.acct)->empty() && !*isWaiting(bench.ledger, bench.deskId));
        bench.clock.advance(400'000);
        QCOMPARE(bench.sessions.checkDeskRequest(request(bench, bench.now())).error().code, Errc::notFound);
    }

    void request_genuine_isTakenOnce()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const Bytes body = text("{}");
        const auto genuine = request(bench, bench.now(), body);
        QVERIFY(*bench.sessions.checkDeskRequest(genuine) == bench.desk);
        const auto before = bench.ledger.rows;
        QCOMPARE(bench.sessions.checkDeskRequest(genuine).error().code, Errc::replayed);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now() + 1, body)));
    }

    void requests_tooManyInAMinute_areRefused_andLeaveNoRow()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        for (std::uint32_t i = 0; i < limits::kDeskRequestsAMinute; ++i)
            QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now() + i)));
        const auto before = bench.ledger.rows;
        const auto late = request(bench, bench.now() - 1);
        QCOMPARE(bench.sessions.checkDeskRequest(late).error().code, Errc::locked);
        auto forged = request(bench, bench.now() - 2);
        forged.signature[0] ^= 1; // another's forgeries cost a desk nothing
        QCOMPARE(bench.sessions.checkDeskRequest(forged).error().code, Errc::tampered);
        QVERIFY(bench.ledger.rows == before);
        bench.clock.advance(60'000);
        QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now() + 1'000)));
    }

    void sweep_manyRowsOfOneDesk_areAllRemoved()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        bench.clock.advance(600'000);
        QVERIFY(bench.sessions.sweep());
        const auto before = bench.ledger.rows;
        // Four minutes' worth, and live ones among them.
        for (int minute = 0; minute < 4; ++minute) {
            for (std::uint32_t i = 0; i < limits::kDeskRequestsAMinute; ++i)
                QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now() + i)));
            bench.clock.advance(60'000);
        }
        const auto full = bench.ledger.rows.size();
        QVERIFY(bench.sessions.sweep());
        QVERIFY(bench.ledger.rows.size() < full - 2 * limits::kDeskRequestsAMinute);
        QVERIFY(bench.ledger.rows.size() > before.size()); // the last minute's still stand
        bench.clock.advance(200'000);
        QVERIFY(bench.sessions.sweep());
        QVERIFY(bench.ledger.rows == before);
    }

    // Once its time is over it is refused for that, so its trace may be swept.
    void request_replayedLater_isRefusedAllTheSame()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto genuine = request(bench, bench.now() + 60'000);
        QVERIFY(bench.sessions.checkDeskRequest(genuine));
        for (const std::int64_t step : {60'000, 30'000, 30'000, 1, 60'000}) {
            bench.clock.advance(step);
            QVERIFY(bench.sessions.sweep());
            const auto code = bench.sessions.checkDeskRequest(genuine).error().code;
            QVERIFY(code == Errc::replayed || code == Errc::expired);
        }
    }

    void request_ofAnotherTime_isExpired()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        for (const std::int64_t off : {-60'001ll, 60'001ll, -9'000'000'000'000ll})
            QCOMPARE(bench.sessions.checkDeskRequest(request(bench, bench.now() + off)).error().code, Errc::expired);
        QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now() - 60'000)));
        QVERIFY(bench.sessions.checkDeskRequest(request(bench, bench.now() + 60'000)));
    }

    void request_changed_isTampered()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const Bytes body = text("{}"), other = text("{ }");
        const auto genuine = request(bench, bench.now(), body);
        const auto before = bench.ledger.rows;
        auto changed = genuine;
        changed.method = "GET";
        QCOMPARE(bench.sessions.checkDeskRequest(changed).error().code, Errc::tampered);
        changed = genuine;
        changed.path = "/desk/v1/sessions?wait=2";
        QCOMPARE(bench.sessions.checkDeskRequest(changed).error().code, Errc::tampered);
        changed = genuine;
        changed.timeMs += 1;
        QCOMPARE(bench.sessions.checkDeskRequest(changed).error().code, Errc::tampered);
        changed = genuine;
        changed.body = other;
        QCOMPARE(bench.sessions.checkDeskRequest(changed).error().code, Errc::tampered);
        changed = genuine;
        changed.signature[5] ^= 1;
        QCOMPARE(bench.sessions.checkDeskRequest(changed).error().code, Errc::tampered);
        changed = genuine;
        changed.desk[0] ^= 1;
        QCOMPARE(bench.sessions.checkDeskRequest(changed).error().code, Errc::notFound);
        QVERIFY(bench.ledger.rows == before);
        QVERIFY(bench.sessions.checkDeskRequest(genuine));
    }

    void request_ofADeskThatWaits_isItsEnrolments()
    {
        SessionBench bench;
        const auto started = bench.sessions.startEnrolment("PC", bench.deskKey.publicKey(), "");
        const auto asker = bench.sessions.checkDeskRequest(request(bench, bench.now()));
        QVERIFY(asker);
        QCOMPARE(asker->kind, OriginKind::enrolment);
        QCOMPARE(bench.sessions.look(*asker, started->token)->state, State::waiting);
        bench.claimed(*started, bench.alice);
        bench.giveSms(started->token, bench.alice);
        QVERIFY(bench.complete(started->token, bench.alice.acct, SessionBench::signatures(1)));
        const auto after = bench.sessions.checkDeskRequest(request(bench, bench.now() + 1));
        QCOMPARE(after->kind, OriginKind::desk);
        QCOMPARE(bench.sessions.look(*after, started->token)->state, State::approved);
    }

    void relyingParty_registered_isKnownByItsKey()
    {
        SessionBench bench;
        const auto key = bench.sessions.registerRelyingParty("bid.example", "招标平台");
        QVERIFY(key);
        QCOMPARE(key->size(), std::size_t(64));
        QCOMPARE(bench.sessions.relyingPartyOf(*key)->name, std::string("招标平台"));
        for (const auto &[at, value] : bench.ledger.rows)
            QVERIFY(textOf(value).find(*key) == std::string::npos);
        std::string other = *key;
        other[0] = other[0] == '0' ? '1' : '0';
        for (const std::string &wrong : {other, std::string(), *key + "0", key->substr(1)})
            QCOMPARE(bench.sessions.relyingPartyOf(wrong).error().code, Errc::notFound);
    }

    void relyingParty_registeredAgain_losesItsOldKey()
    {
        SessionBench bench;
        const auto first = bench.sessions.registerRelyingParty("bid.example", "One");
        const auto second = bench.sessions.registerRelyingParty("bid.example", "Two");
        QCOMPARE(bench.sessions.relyingPartyOf(*first).error().code, Errc::notFound);
        QCOMPARE(bench.sessions.relyingPartyOf(*second)->name, std::string("Two"));
        QCOMPARE(bench.sessions.registerRelyingParty("", "x").error().code, Errc::badInput);
        QCOMPARE(bench.sessions.registerRelyingParty("x", "a\nb").error().code, Errc::badInput);
    }

    void name_reserved_isNoDesks()
    {
        SessionBench bench;
        QCOMPARE(bench.sessions.reserveName({"", "控制台"}).error().code, Errc::badInput);
        QVERIFY(bench.ledger.rows.empty());
        QVERIFY(bench.sessions.reserveName({"hufu-console", "控制台 Console"}));
        for (const char *name : {"控制台 Console", "控制台console", "HUFU Console"})
            QCOMPARE(bench.sessions.startEnrolment(name, bench.deskKey.publicKey(), "").error().code, Errc::refused);
        QVERIFY(bench.sessions.startEnrolment("财务电脑", bench.deskKey.publicKey(), ""));
    }
};

QTEST_GUILESS_MAIN(TestSessionParties)
#include "test_session_parties.moc"
