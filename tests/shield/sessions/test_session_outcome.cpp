// What comes of a session: completion in the cosigner's transaction, digits, delivery, how long it is kept.
#include "tests/shield/sessions/bench.h"

using namespace hufu;
using namespace hufu::tests;
using codes::Check;

class TestSessionOutcome : public QObject {
    Q_OBJECT

    // A login on a page, claimed by alice: it wants digits.
    static Started claimedPage(SessionBench &bench)
    {
        auto started = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "k");
        const auto frame = intent::Frame::fromText(*bench.sessions.pageFrame(bench.party.origin(), started->token));
        if (!bench.sessions.claim(frame->encode(), bench.alice, bench.now())) qFatal("no claim");
        return std::move(*started);
    }
    static Started claimedDecrypt(SessionBench &bench, std::size_t count)
    {
        bench.enrolDeskLongAgo(bench.alice);
        auto started = bench.start(SessionBench::decryptDraft(count));
        for (std::size_t i = 0; i < count; ++i) {
            const std::string body = SessionBench::content(i);
            if (!bench.sessions.attachTbs(bench.desk, started.token, i, viewOf(body))) qFatal("no tbs");
        }
        bench.claimed(started, bench.alice);
        return started;
    }

private Q_SLOTS:
    void confirmation_approved_isTakenOnce_byWhoAskedAndWhomItIsOf()
    {
        SessionBench bench;
        const intent::File statement{"制作印章：企业公章 (make a seal)", 3, crypto::sm3(viewOf(std::string_view("abc"))), 0};
        const auto started = bench.sessions.startConfirmation(bench.party, {bench.alice.acct, "甲公司", "张三"}, statement);
        QVERIFY(started && started->ready);
        const Origin asker = bench.party.origin();
        const auto frame = [&] { return intent::Frame::fromText(*bench.sessions.pageFrame(asker, started->token))->encode(); };
        QCOMPARE(SessionBench::denied(bench.sessions.claim(frame(), bench.bob, bench.now())), ClaimDenied::otherPerson);
        const auto claim = bench.sessions.claim(frame(), bench.alice, bench.now());
        QVERIFY(claim && std::holds_alternative<Claim>(*claim));
        const auto take = [&](const Origin &who, const AccountId &acct) -> Result<Confirmation> {
            HUFU_TRY(transaction, bench.ledger.begin());
            HUFU_TRY(taken, bench.sessions.takeConfirmation(*transaction, who, started->token, acct));
            HUFU_CHECK(transaction->commit());
            return taken;
        };
        QCOMPARE(take(asker, bench.alice.acct).error().code, Errc::badState);
        QVERIFY(bench.complete(started->token, bench.alice.acct, SessionBench::signatures(1)));
        QCOMPARE(take(asker, bench.alice.acct).error().code, Errc::badState); // the digits are not typed yet
        QVERIFY(*bench.sessions.typeDigits(asker, started->token, std::get<Claim>(*claim).digits) == Check::right);
        QCOMPARE(bench.sessions.takeLogin(asker, started->token).error().code, Errc::badState); // it lets nobody in
        QCOMPARE(take(bench.desk, bench.alice.acct).error().code, Errc::notFound);
        QCOMPARE(take(asker, bench.bob.acct).error().code, Errc::badState);
        const auto taken = take(asker, bench.alice.acct);
        QVERIFY(taken && taken->manifest == started->manifest && taken->signature == SessionBench::signatures(1).signatures.front().signature);
        QCOMPARE(take(asker, bench.alice.acct).error().code, Errc::badState);
        const auto manifest = intent::Manifest::parse(taken->manifest);
        QVERIFY(manifest->act == intent::Act::confirm && manifest->person == "张三" && manifest->files.front() == statement);
    }

    void confirmation_thatNamesNobody_isNotBegun()
    {
        SessionBench bench;
        const intent::File statement{"制作印章", 3, {}, 0}, unreadable{"a\nb", 3, {}, 0};
        QCOMPARE(bench.sessions.startConfirmation(bench.party, {bench.alice.acct, "", "张三"}, statement).error().code, Errc::badInput);
        QCOMPARE(bench.sessions.startConfirmation(bench.party, {bench.alice.acct, "甲公司", ""}, statement).error().code, Errc::badInput);
        QCOMPARE(bench.sessions.startConfirmation(bench.party, {bench.alice.acct, "甲公司", "张三"}, unreadable).error().code, Errc::badInput);
        QVERIFY(bench.ledger.rows.empty());
    }

    void signature_completed_isTheOutcome()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::signDraft(3));
        bench.claimed(started, bench.alice);
        const auto version = bench.view(started.token).version;
        Completion completion = SessionBench::signatures(3);
        completion.signatures.erase(completion.signatures.begin() + 1); // the person left the second out
        QVERIFY(bench.complete(started.token, bench.alice.acct, completion));
        const View view = bench.view(started.token);
        QCOMPARE(view.state, State::approved);
        QVERIFY(view.signatures == completion.signatures);
        QVERIFY(view.version > version);
        QCOMPARE(bench.eventsOf(bench.alice.acct).back(), audit::Event::sessionApproved);
    }

    void completion_notCommitted_leavesTheClaim()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        bench.claimed(started, bench.alice);
        const auto before = bench.ledger.rows;
        {
            auto transaction = std::move(*bench.ledger.begin());
            QVERIFY(bench.sessions.complete(*transaction, started.token, bench.alice.acct, SessionBench::signatures(1)));
        }
        QVERIFY(bench.ledger.rows == before);
        QCOMPARE(bench.view(started.token).state, State::claimed);
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
    }

    void desk_removedSinceTheClaim_getsNothing()
    {
        for (const std::string &draft : {SessionBench::signDraft(1), std::string(SessionBench::kLogin)}) {
            SessionBench bench;
            bench.enrolDeskLongAgo(bench.alice);
            bench.enrolDeskLongAgo(bench.bob); // it is still somebody's
            const auto started = bench.start(draft);
            bench.claimed(started, bench.alice);
            QVERIFY(bench.sessions.approvable(started.token, bench.alice.acct));
            QVERIFY(bench.sessions.removeDesk(bench.alice.acct, bench.deskId));
            const auto before = bench.ledger.rows;
            QCOMPARE(bench.sessions.approvable(started.token, bench.alice.acct).error().code, Errc::notFound);
            QCOMPARE(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)).error().code, Errc::notFound);
            QVERIFY(bench.ledger.rows == before);
            QVERIFY(bench.view(started.token).signatures.empty());
        }
    }

    void completion_twice_isRefused()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        bench.claimed(started, bench.alice);
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
        QCOMPARE(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)).error().code, Errc::badState);
        QCOMPARE(bench.sessions.cancel(bench.desk, started.token).error().code, Errc::badState);
        QCOMPARE(bench.sessions.block(started.token, bench.alice.acct, Ending::deviceBlocked).error().code, Errc::badState);
        QCOMPARE(bench.view(started.token).state, State::approved);
    }

    void completion_thatDoesNotFit_isRefused()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::signDraft(2));
        bench.claimed(started, bench.alice);
        const auto before = bench.ledger.rows;
        const auto code = [&](const Completion &completion) {
            return bench.complete(started.token, bench.alice.acct, completion).error().code;
        };
        QCOMPARE(code({}), Errc::badInput);
        QCOMPARE(code({{1}, {}, {0}}), Errc::badInput);
        QCOMPARE(code({{1}, {{2, {}}}, {}}), Errc::badInput);
        QCOMPARE(code({{1}, {{0, {}}, {0, {}}}, {}}), Errc::badInput);
        QCOMPARE(code({{1}, {{1, {}}, {0, {}}}, {}}), Errc::badInput);
        QCOMPARE(bench.complete(started.token, bench.bob.acct, SessionBench::signatures(1)).error().code, Errc::notFound);
        QVERIFY(bench.ledger.rows == before);
    }

    void completion_withoutAFactor_isRefused()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::signDraft());
        bench.claimed(started, bench.alice);
        QCOMPARE(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)).error().code, Errc::refused);
        QCOMPARE(bench.view(started.token).state, State::claimed);
    }

    void outcome_ofAnUnknownDesk_waitsForTheDigits()
    {
        SessionBench bench;
        const auto started = claimedPage(bench);
        const Origin asker = bench.party.origin();
        const std::string digits = bench.sessions.resume(started.token, bench.alice.acct)->digits;
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
        View view = *bench.sessions.look(asker, started.token);
        QCOMPARE(view.state, State::claimed);
        QVERIFY(view.digitsWanted);
        QVERIFY(view.signatures.empty());
        QCOMPARE(bench.sessions.typeDigits(bench.desk, started.token, digits).error().code, Errc::notFound);
        QCOMPARE(*bench.sessions.typeDigits(asker, started.token, "x"), Check::wrong);
        QCOMPARE(*bench.sessions.typeDigits(asker, started.token, digits), Check::right);
        view = *bench.sessions.look(asker, started.token);
        QCOMPARE(view.state, State::approved);
        QCOMPARE(view.signatures.size(), std::size_t(1));
        QCOMPARE(bench.sessions.typeDigits(asker, started.token, digits).error().code, Errc::badState);
    }

    void digits_typedFirst_letTheOutcomeThrough()
    {
        SessionBench bench;
        const auto started = claimedPage(bench);
        const std::string digits = bench.sessions.resume(started.token, bench.alice.acct)->digits;
        QCOMPARE(*bench.sessions.typeDigits(bench.party.origin(), started.token, digits), Check::right);
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
        QCOMPARE(bench.sessions.look(bench.party.origin(), started.token)->state, State::approved);
    }

    void digits_wrongThreeTimes_endTheSession()
    {
        SessionBench bench;
        const auto started = claimedPage(bench);
        const Origin asker = bench.party.origin();
        const std::string digits = bench.sessions.resume(started.token, bench.alice.acct)->digits;
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
        QCOMPARE(*bench.sessions.typeDigits(asker, started.token, "0"), Check::wrong);
        QCOMPARE(*bench.sessions.typeDigits(asker, started.token, digits + "0"), Check::wrong);
        QCOMPARE(*bench.sessions.typeDigits(asker, started.token, ""), Check::worn);
        QCOMPARE(bench.sessions.typeDigits(asker, started.token, digits).error().code, Errc::badState);
        const auto view = bench.sessions.look(asker, started.token);
        QCOMPARE(view->state, State::failed);
        QCOMPARE(view->ending, Ending::digitsWrong);
        QVERIFY(view->signatures.empty());
    }

    void digits_beforeTheClaim_areNotAskedFor()
    {
        SessionBench bench;
        const auto started = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "k");
        QCOMPARE(bench.sessions.typeDigits(bench.party.origin(), started->token, "0000").error().code, Errc::badState);
    }

    void decryption_delivered_isTheOutcome()
    {
        SessionBench bench;
        const auto started = claimedDecrypt(bench, 3);
        const SessionId sid{0xd1};
        QVERIFY(bench.complete(started.token, bench.alice.acct, {sid, {}, {0, 2}}));
        QCOMPARE(bench.view(started.token).state, State::claimed);
        const std::vector<SealedItem> boxes = {{0, Bytes(80, 1)}, {2, Bytes(90, 2)}};
        QVERIFY(bench.sessions.deliver(bench.alice.acct, sid, boxes));
        const View view = bench.view(started.token);
        QCOMPARE(view.state, State::approved);
        QVERIFY(view.sealed == boxes);
        const auto before = bench.ledger.rows;
        QVERIFY(bench.sessions.deliver(bench.alice.acct, sid, boxes));
        QCOMPARE(bench.sessions.deliver(bench.alice.acct, sid, {{0, Bytes(80, 1)}, {2, Bytes(90, 3)}}).error().code, Errc::replayed);
        QVERIFY(bench.ledger.rows == before);
    }

    // The cosigner's answer was lost on its way: the person opens once more, in the same session.
    void decryption_notDelivered_canBeDoneAgain()
    {
        SessionBench bench;
        const auto started = claimedDecrypt(bench, 2);
        const auto &acct = bench.alice.acct;
        QVERIFY(bench.complete(started.token, acct, {{0xd1}, {}, {0, 1}}));
        QVERIFY(bench.sessions.resume(started.token, acct));
        QCOMPARE(bench.sessions.resume(started.token, bench.bob.acct).error().code, Errc::notFound);
        const auto again = bench.sessions.approvable(started.token, acct);
        QVERIFY(again);
        QCOMPARE(again->tbs.size(), std::size_t(2));
        QVERIFY(bench.complete(started.token, acct, {{0xd2}, {}, {1}}));
        const std::vector<SealedItem> boxes = {{1, Bytes(80, 1)}};
        QCOMPARE(bench.sessions.deliver(acct, {0xd2}, {{0, Bytes(80, 1)}, {1, Bytes(80, 1)}}).error().code, Errc::badInput);
        QVERIFY(bench.sessions.deliver(acct, {0xd2}, boxes));
        QCOMPARE(bench.view(started.token).state, State::approved);
        QVERIFY(bench.view(started.token).sealed == boxes);

        QCOMPARE(bench.sessions.resume(started.token, acct).error().code, Errc::badState);
        QCOMPARE(bench.complete(started.token, acct, {{0xd3}, {}, {0}}).error().code, Errc::badState);
        QVERIFY(bench.view(started.token).sealed == boxes);
    }

    void decryption_notDelivered_canBeRefused()
    {
        SessionBench bench;
        const auto started = claimedDecrypt(bench, 1);
        QVERIFY(bench.complete(started.token, bench.alice.acct, {{0xd1}, {}, {0}}));
        QVERIFY(bench.sessions.refuse(started.token, bench.alice.acct));
        QCOMPARE(bench.view(started.token).state, State::refused);
        QVERIFY(!bench.sessions.deliver(bench.alice.acct, {0xd1}, {{0, Bytes(80)}}));
        QCOMPARE(bench.view(started.token).state, State::refused);
    }

    void decryption_notDeliveredInTime_isOver()
    {
        SessionBench bench;
        const auto started = claimedDecrypt(bench, 1);
        QVERIFY(bench.complete(started.token, bench.alice.acct, {{0xd1}, {}, {0}}));
        bench.clock.advance(300'001);
        QCOMPARE(bench.sessions.resume(started.token, bench.alice.acct).error().code, Errc::expired);
    }

    void delivery_thatDoesNotFit_isRefused()
    {
        SessionBench bench;
        const auto started = claimedDecrypt(bench, 2);
        const SessionId sid{0xd1};
        QCOMPARE(bench.sessions.deliver(bench.alice.acct, sid, {{0, Bytes(80)}}).error().code, Errc::notFound);
        QVERIFY(bench.complete(started.token, bench.alice.acct, {sid, {}, {0}}));
        const auto before = bench.ledger.rows;
        const auto code = [&](const Claimant &who, const SessionId &conversation, const std::vector<SealedItem> &items) {
            return bench.sessions.deliver(who.acct, conversation, items).error().code;
        };
        QCOMPARE(code(bench.bob, sid, {{0, Bytes(80)}}), Errc::notFound);
        QCOMPARE(code(bench.alice, {1}, {{0, Bytes(80)}}), Errc::notFound);
        QCOMPARE(code(bench.alice, sid, {}), Errc::badInput);
        QCOMPARE(code(bench.alice, sid, {{1, Bytes(80)}}), Errc::badInput);
        QCOMPARE(code(bench.alice, sid, {{0, Bytes(80)}, {1, Bytes(80)}}), Errc::badInput);
        QCOMPARE(code(bench.alice, sid, {{0, {}}}), Errc::badInput);
        QCOMPARE(code(bench.alice, sid, {{0, Bytes(1'048'577)}}), Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
        bench.clock.advance(300'001);
        QVERIFY(!bench.sessions.deliver(bench.alice.acct, sid, {{0, Bytes(80)}}));
    }

    void probe_completed_needsNoDelivery()
    {
        SessionBench bench;
        Manifest manifest;
        manifest.act = Act::rehearseDecrypt;
        manifest.flow = intent::Flow::phone;
        manifest.platform = {"hufu", "Hufu"};
        manifest.files = {{"probe", 5, crypto::sm3(viewOf("bytes")), 0}};
        const auto claim = bench.sessions.startFromPhone(bench.alice, manifest, {text("bytes")});
        QVERIFY(claim);
        QVERIFY(bench.complete(claim->token, bench.alice.acct, {{1}, {}, {0}}));
        const auto view = bench.sessions.look({OriginKind::phone, bench.alice.acct}, claim->token);
        QCOMPARE(view->state, State::approved);
        QVERIFY(view->sealed.empty());
    }

    void pinChange_completed_hasNoItems()
    {
        SessionBench bench;
        Manifest manifest;
        manifest.act = Act::pinChange;
        manifest.flow = intent::Flow::phone;
        manifest.platform = {"hufu", "Hufu"};
        const auto claim = bench.sessions.startFromPhone(bench.alice, manifest, {});
        bench.giveSms(claim->token, bench.alice);
        QVERIFY(bench.sessions.approvable(claim->token, bench.alice.acct)->tbs.empty());
        QVERIFY(bench.complete(claim->token, bench.alice.acct, {{1}, {}, {}}));
        QCOMPARE(bench.sessions.look({OriginKind::phone, bench.alice.acct}, claim->token)->state, State::approved);
    }

    void login_approved_isTakenOnceByItsAsker()
    {
        SessionBench bench;
        const auto started = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "k");
        const auto take = [&](const Origin &asker) { return bench.sessions.takeLogin(asker, started->token); };
        const auto refused = [&](const Origin &asker, Errc code) {
            const auto before = bench.ledger.rows;
            return take(asker).error().code == code && bench.ledger.rows == before;
        };
        QVERIFY(refused(bench.party.origin(), Errc::badState)); // not approved
        const auto frame = intent::Frame::fromText(*bench.sessions.pageFrame(bench.party.origin(), started->token));
        const auto claim = *bench.sessions.claim(frame->encode(), bench.alice, bench.now());
        const std::string digits = std::get<Claim>(claim).digits;
        QVERIFY(bench.complete(started->token, bench.alice.acct, SessionBench::signatures(1)));
        QVERIFY(refused(bench.party.origin(), Errc::badState)); // the digits are missing
        QCOMPARE(*bench.sessions.typeDigits(bench.party.origin(), started->token, digits), Check::right);
        QVERIFY(refused(bench.desk, Errc::notFound));
        QVERIFY(refused(RelyingParty{"other.example", "别家"}.origin(), Errc::notFound));
        QVERIFY(*take(bench.party.origin()) == bench.alice.acct);
        QVERIFY(refused(bench.party.origin(), Errc::badState)); // once
        QCOMPARE(bench.sessions.look(bench.party.origin(), started->token)->state, State::approved);
        QCOMPARE(bench.eventsOf(bench.alice.acct).back(), audit::Event::delivered);
    }

    void actOtherThanLogin_approved_isNoLogin()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::signDraft());
        bench.claimed(started, bench.alice);
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
        QCOMPARE(bench.sessions.takeLogin(bench.desk, started.token).error().code, Errc::badState);
    }

    void outcome_isForItsAskerOnly()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        for (const Origin &other : {Origin{OriginKind::desk, {1}}, Origin{OriginKind::relyingParty, bench.deskId},
                                    Origin{OriginKind::phone, bench.deskId}, bench.party.origin()}) {
            QCOMPARE(bench.sessions.look(other, started.token).error().code, Errc::notFound);
            QCOMPARE(bench.sessions.cancel(other, started.token).error().code, Errc::notFound);
        }
        QCOMPARE(bench.view(started.token).state, State::waiting);
    }

    void outcome_isKeptFiveMinutesAndThenSwept()
    {
        SessionBench bench;
        const auto started = claimedDecrypt(bench, 1);
        const auto rowsBefore = [&] {
            std::size_t count = 0;
            for (const auto &[at, value] : bench.ledger.rows)
                count += at.first == ports::Table::session;
            return count;
        };
        QVERIFY(bench.complete(started.token, bench.alice.acct, {{1}, {}, {0}}));
        QVERIFY(bench.sessions.deliver(bench.alice.acct, {1}, {{0, Bytes(80)}}));
        bench.clock.advance(300'000);
        QVERIFY(bench.sessions.sweep());
        QCOMPARE(bench.view(started.token).sealed.size(), std::size_t(1));
        bench.clock.advance(1);
        QCOMPARE(bench.sessions.look(bench.desk, started.token).error().code, Errc::notFound);
        bench.clock.advance(600'000);
        QVERIFY(bench.sessions.sweep());
        QCOMPARE(rowsBefore(), std::size_t(0));
    }

    void bytesToBeOpened_areGoneOnceTheSessionIsOver()
    {
        for (const bool refused : {true, false}) {
            SessionBench bench;
            const auto started = claimedDecrypt(bench, 2);
            const auto kept = [&] {
                return std::count_if(bench.ledger.rows.begin(), bench.ledger.rows.end(), [](const auto &row) {
                    return row.first.first == ports::Table::session && row.first.second.front() == 'b';
                });
            };
            QCOMPARE(int(kept()), 2);
            if (refused)
                QVERIFY(bench.sessions.refuse(started.token, bench.alice.acct));
            else {
                QVERIFY(bench.complete(started.token, bench.alice.acct, {{1}, {}, {0, 1}}));
                QCOMPARE(int(kept()), 2); // until they are handed over
                QVERIFY(bench.sessions.deliver(bench.alice.acct, {1}, {{0, Bytes(80)}, {1, Bytes(80)}}));
            }
            QCOMPARE(int(kept()), 0);
        }
    }

    void wholeWay_leavesAnIntactAuditLog()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::signDraft());
        bench.claimed(started, bench.alice);
        bench.clock.advance(60'000);
        bench.giveSms(started.token, bench.alice);
        QVERIFY(bench.complete(started.token, bench.alice.acct, SessionBench::signatures(1)));
        QVERIFY(audit::verify(bench.ledger)->intact());
    }
};

QTEST_GUILESS_MAIN(TestSessionOutcome)
#include "test_session_outcome.moc"
