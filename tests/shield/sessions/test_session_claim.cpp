// Claims: the genuine frame in time is taken, everything else denied without a trace; factors, refusal.
#include "shield/sessions/factors.h"
#include "shield/sessions/session_row.h"
#include "tests/shield/sessions/bench.h"

using namespace hufu;
using namespace hufu::tests;
using codes::Check;
namespace factor = wire::factor;

class TestSessionClaim : public QObject {
    Q_OBJECT

    // A claim that must be denied with this, and change nothing.
    static void checkDenied(SessionBench &bench, const Bytes &frame, const Claimant &who, std::int64_t arrivalMs, ClaimDenied why)
    {
        const auto before = bench.ledger.rows;
        const auto answer = bench.sessions.claim(frame, who, arrivalMs);
        QVERIFY(answer);
        QCOMPARE(int(SessionBench::denied(answer)), int(why));
        QVERIFY(bench.ledger.rows == before);
    }

private Q_SLOTS:
    void frame_genuineAndFresh_isClaimed()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        bench.clock.advance(4'200);
        const auto claim = bench.claimed(started, bench.alice);
        QVERIFY(claim.token == started.token);
        QVERIFY(claim.manifest == started.manifest);
        QVERIFY(claim.deskKnown);
        QVERIFY(claim.digits.empty());
        QCOMPARE(int(claim.factors), int(factor::kPin));
        QCOMPARE(claim.expiryMs, bench.now() + 120'000);
        const View view = bench.view(started.token);
        QCOMPARE(view.state, State::claimed);
        QVERIFY(view.acct == bench.alice.acct);
        QCOMPARE(bench.eventsOf(bench.alice.acct).back(), audit::Event::sessionClaimed);
    }

    void frame_byteChanged_isDenied()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        const Bytes genuine = bench.frameNow(started);
        for (std::size_t at = 1; at < genuine.size(); ++at) {
            Bytes changed = genuine;
            changed[at] ^= 1;
            const bool token = at >= 1 && at < 17;
            checkDenied(bench, changed, bench.alice, bench.now(), token ? ClaimDenied::foreign : ClaimDenied::tampered);
        }
        QVERIFY(bench.claim(started, bench.alice));
    }

    void frame_thatIsNone_isBadInput()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        const Bytes genuine = bench.frameNow(started);
        for (std::size_t length = 0; length < genuine.size(); ++length) {
            if (length == 37) continue; // the length of a page's frame; kind and length do not fit anyway
            QCOMPARE(bench.sessions.claim(ByteView(genuine).first(length), bench.alice, bench.now()).error().code, Errc::badInput);
        }
        QVERIFY(!bench.sessions.claim(Bytes(5000), bench.alice, bench.now()));
    }

    void frame_ofNoSession_isForeign()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        auto started = bench.start(SessionBench::kLogin);
        started.token[0] ^= 1;
        checkDenied(bench, bench.frameNow(started), bench.alice, bench.now(), ClaimDenied::foreign);
    }

    void frame_signedByAnotherDesk_isTampered()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        auto frame = bench.frameOf(started, 0);
        const auto other = crypto::Ed25519Key::generate(bench.random);
        frame.signature = other.sign(frame.signedBytes());
        checkDenied(bench, frame.encode(), bench.alice, bench.now(), ClaimDenied::tampered);
        frame.deskId = intent::deskIdOf(other.publicKey());
        frame.signature = other.sign(frame.signedBytes());
        checkDenied(bench, frame.encode(), bench.alice, bench.now(), ClaimDenied::tampered);
    }

    // A desk's session shown without the desk's signature, as a relay would.
    void frame_ofTheOtherKind_isTampered()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        auto frame = bench.frameOf(started, 0);
        frame.kind = intent::FrameKind::page;
        checkDenied(bench, frame.encode(), bench.alice, bench.now(), ClaimDenied::tampered);
    }

    void frame_age_isJudgedAtArrival()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        bench.clock.advance(10'000);
        const Bytes frame = bench.frameOf(started, 5).encode();
        checkDenied(bench, frame, bench.alice, started.startedMs + 8'001, ClaimDenied::frameTooOld);
        QCOMPARE(*bench.sessions.frameAgeMs(frame, started.startedMs + 8'001), std::int64_t{3'001});
        QCOMPARE(bench.sessions.frameAgeMs(intent::Frame().encode(), bench.now()).error().code, Errc::notFound);
        QCOMPARE(bench.sessions.frameAgeMs(Bytes{1}, bench.now()).error().code, Errc::badInput);
        checkDenied(bench, frame, bench.alice, started.startedMs + 3'999, ClaimDenied::tampered);
        QVERIFY(std::holds_alternative<Claim>(*bench.sessions.claim(frame, bench.alice, started.startedMs + 8'000)));
    }

    void frame_madeAhead_isTampered()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        checkDenied(bench, bench.frameOf(started, 2).encode(), bench.alice, bench.now(), ClaimDenied::tampered);
        checkDenied(bench, bench.frameOf(started, 4'000'000'000u).encode(), bench.alice, bench.now(), ClaimDenied::tampered);
    }

    void session_shownLongerThanAMinute_isExpired()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        const auto version = bench.view(started.token).version;
        bench.clock.advance(60'001);
        checkDenied(bench, bench.frameNow(started), bench.alice, bench.now(), ClaimDenied::sessionExpired);
        const View view = bench.view(started.token);
        QCOMPARE(view.state, State::expired);
        QCOMPARE(view.ending, Ending::notShownInTime);
        QVERIFY(view.version > version);
    }

    void session_claimed_isClosedToOthers()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        bench.enrolDesk(bench.bob);
        const auto started = bench.start(SessionBench::kLogin);
        bench.claimed(started, bench.alice);
        checkDenied(bench, bench.frameNow(started), bench.bob, bench.now(), ClaimDenied::claimedByOther);
    }

    void session_forOneOfTheDesksPeople_isClosedToTheOthers()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        bench.enrolDesk(bench.bob);
        const auto started = std::move(*bench.sessions.startFromDesk(bench.deskId, text(SessionBench::kLogin), "k", {}, Wanted{bench.bob.acct, "虎符", "王五"}));
        QCOMPARE(intent::Manifest::parse(started.manifest)->person, std::string("王五"));
        checkDenied(bench, bench.frameNow(started), bench.alice, bench.now(), ClaimDenied::otherPerson);
        QCOMPARE(*bench.sessions.wantedOf(bench.frameNow(started)), std::string("王五"));
        bench.claimed(started, bench.bob); // still waits for whom it was meant
        QCOMPARE(*bench.sessions.wantedOf(bench.frameNow(bench.start(SessionBench::kLogin))), std::string());
    }

    void claim_again_isTheSameAnswer()
    {
        SessionBench bench;
        const auto started = bench.sessions.startFromPage(bench.party, text(R"({"act":"login"})"), "k");
        const auto frame = intent::Frame::fromText(*bench.sessions.pageFrame(bench.party.origin(), started->token))->encode();
        const auto first = std::get<Claim>(*bench.sessions.claim(frame, bench.alice, bench.now()));
        const auto before = bench.ledger.rows;
        bench.clock.advance(30'000);
        const auto second = std::get<Claim>(*bench.sessions.claim(frame, bench.alice, bench.now()));
        QCOMPARE(second.digits, first.digits);
        QCOMPARE(second.expiryMs, first.expiryMs);
        QCOMPARE(bench.sessions.resume(started->token, bench.alice.acct)->digits, first.digits);
        QVERIFY(bench.ledger.rows == before);
        QCOMPARE(bench.sessions.resume(started->token, bench.bob.acct).error().code, Errc::notFound);
    }

    void desk_ofAnotherPerson_mayOnlyLogIn()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        for (const std::string &draft : {SessionBench::signDraft(), SessionBench::decryptDraft()}) {
            const auto started = bench.start(draft);
            if (!started.ready) {
                const std::string zero = SessionBench::content(0);
                QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 0, viewOf(zero)));
            }
            checkDenied(bench, bench.frameNow(started), bench.bob, bench.now(), ClaimDenied::deskUnknown);
            bench.claimed(started, bench.alice);
        }
        const auto login = bench.claimed(bench.start(SessionBench::kLogin), bench.bob);
        QVERIFY(!login.deskKnown);
        QCOMPARE(int(login.factors), int(factor::kPin | factor::kDigits));
        QCOMPARE(login.digits.size(), std::size_t(4));
    }

    void decrypt_nearAnOpening_waivesOnTheWordOfARelyingPartyOnly()
    {
        constexpr std::int64_t hour = 3'600'000;
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        Claimant strict = bench.alice;
        strict.extraForDecrypt = factor::kSms;
        const auto sm3Of = [](std::size_t i) { return crypto::sm3(viewOf(SessionBench::content(i))); };
        const auto factorsOf = [&](std::size_t count, std::int64_t deadlineMs = 0) {
            const auto started = bench.start(SessionBench::decryptDraft(count, deadlineMs));
            for (std::size_t i = 0; i < count; ++i)
                if (!bench.sessions.attachTbs(bench.desk, started.token, i, viewOf(SessionBench::content(i)))) return -1;
            return int(bench.claimed(started, strict).factors);
        };
        const int both = factor::kPin | factor::kSms, pin = factor::kPin;
        QCOMPARE(factorsOf(1, bench.now() + hour), both); // the desk's word
        QVERIFY(bench.sessions.registerOpening(bench.party, bench.now() + 3 * hour, {sm3Of(0)}));
        QCOMPARE(factorsOf(1), both); // not near yet
        bench.clock.advance(hour);
        QCOMPARE(factorsOf(1), pin);
        QCOMPARE(factorsOf(2), both); // nobody spoke of the second
        bench.clock.advance(2 * hour + 1); // the hour has struck: now portals take opened files
        QVERIFY(bench.sessions.sweep());
        QCOMPARE(factorsOf(1), pin);
        QVERIFY(bench.sessions.registerOpening(bench.party, bench.now() - 23 * hour, {sm3Of(1)})); // said of a late one
        QCOMPARE(factorsOf(2), pin);
        RelyingParty other{"other.example", "另一平台"};
        QVERIFY(bench.sessions.registerOpening(other, bench.now() + 50 * hour, {sm3Of(0)}));
        QCOMPARE(factorsOf(1), pin); // nobody moves another's hour
        QVERIFY(bench.sessions.registerOpening(bench.party, bench.now() + 50 * hour, {sm3Of(0)}));
        QCOMPARE(factorsOf(1), both); // put off
    }

    void opening_thatIsNone_isRefused()
    {
        SessionBench bench;
        const auto before = bench.ledger.rows;
        const std::vector<ByteArray<32>> one(1), tooMany(Sessions::kOpeningFilesMax + 1);
        const std::int64_t soon = bench.now() + 1'000;
        QCOMPARE(bench.sessions.registerOpening(bench.party, soon, {}).error().code, Errc::badInput);
        QCOMPARE(bench.sessions.registerOpening(bench.party, soon, tooMany).error().code, Errc::badInput);
        for (const std::int64_t hour : {bench.now() - kOpeningLastsMs, std::int64_t{-1}, bench.now() + std::int64_t{367} * 86'400'000,
                                        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
            QCOMPARE(bench.sessions.registerOpening(bench.party, hour, one).error().code, Errc::badInput);
        QVERIFY(bench.ledger.rows == before);
    }

    void session_preparing_isNotReady()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::bareDraft(1));
        checkDenied(bench, bench.frameNow(started), bench.alice, bench.now(), ClaimDenied::notReady);
    }

    void session_cancelled_cannotBeClaimed()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice);
        const auto started = bench.start(SessionBench::kLogin);
        QVERIFY(bench.sessions.cancel(bench.desk, started.token));
        checkDenied(bench, bench.frameNow(started), bench.alice, bench.now(), ClaimDenied::sessionExpired);
        QCOMPARE(bench.view(started.token).ending, Ending::cancelled);
        QCOMPARE(bench.sessions.cancel(bench.desk, started.token).error().code, Errc::badState);
    }

    void factor_sms_opensTheWay()
    {
        SessionBench bench;
        bench.enrolDesk(bench.alice); // young: a signature wants SMS
        const auto started = bench.start(SessionBench::signDraft());
        const auto claim = bench.claimed(started, bench.alice);
        QCOMPARE(int(claim.factors), int(factor::kPin | factor::kSms));
        QCOMPARE(bench.sessions.approvable(claim.token, bench.alice.acct).error().code, Errc::refused);
        QCOMPARE(bench.sessions.readable(claim.token, bench.alice.acct)->tbs.size(), std::size_t(1)); // read before SMS
        QCOMPARE(bench.sessions.readable(claim.token, bench.bob.acct).error().code, Errc::notFound);
        QCOMPARE(*bench.sessions.giveSms(claim.token, bench.alice.acct, "123456"), Check::expired);
        bench.clock.advance(1'000);
        QVERIFY(bench.sessions.askSms(claim.token, bench.alice));
        QCOMPARE(bench.gateway.numbers.back(), std::string("13800138000"));
        QCOMPARE(*bench.sessions.giveSms(claim.token, bench.alice.acct, bench.gateway.wrongDigits()), Check::wrong);
        QCOMPARE(bench.sessions.approvable(claim.token, bench.alice.acct).error().code, Errc::refused);
        QCOMPARE(bench.sessions.giveSms(claim.token, bench.bob.acct, bench.gateway.digits()).error().code, Errc::notFound);
        QCOMPARE(*bench.sessions.giveSms(claim.token, bench.alice.acct, bench.gateway.digits()), Check::right);
        QCOMPARE(*bench.sessions.giveSms(claim.token, bench.alice.acct, bench.gateway.digits()), Check::right);
        QVERIFY(bench.sessions.approvable(claim.token, bench.alice.acct));
        QCOMPARE(bench.sessions.askSms(claim.token, bench.alice).error().code, Errc::badState);
    }

    void factor_smsNotAskedFor_isRefused()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto claim = bench.claimed(bench.start(SessionBench::kLogin), bench.alice);
        const auto sent = bench.gateway.texts.size();
        QCOMPARE(bench.sessions.askSms(claim.token, bench.alice).error().code, Errc::badState);
        QCOMPARE(bench.sessions.giveSms(claim.token, bench.alice.acct, "123456").error().code, Errc::badState);
        QCOMPARE(bench.gateway.texts.size(), sent);
    }

    void factor_liveness_isJudgedByTheService()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        bench.alice.extraForSign = factor::kLiveness;
        const auto claim = bench.claimed(bench.start(SessionBench::signDraft()), bench.alice);
        const auto give = [&](std::uint8_t provider) {
            return bench.sessions.giveLiveness(claim.token, bench.alice, provider, text("evidence"));
        };
        QCOMPARE(give(9).error().code, Errc::badInput);
        bench.faces.live = false;
        QCOMPARE(give(1).error().code, Errc::refused);
        bench.faces.down = true;
        QCOMPARE(give(1).error().code, Errc::unavailable);
        QCOMPARE(bench.sessions.approvable(claim.token, bench.alice.acct).error().code, Errc::refused);
        bench.faces.down = false;
        bench.faces.live = true;
        QVERIFY(give(1));
        QCOMPARE(bench.faces.asked.back(), std::string("alice"));
        QVERIFY(bench.sessions.approvable(claim.token, bench.alice.acct));
    }

    void userTime_over_endsTheClaim()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto claim = bench.claimed(bench.start(SessionBench::kLogin), bench.alice);
        bench.clock.advance(120'000);
        QVERIFY(bench.sessions.approvable(claim.token, bench.alice.acct));
        bench.clock.advance(1);
        QCOMPARE(bench.sessions.approvable(claim.token, bench.alice.acct).error().code, Errc::expired);
        QCOMPARE(bench.sessions.resume(claim.token, bench.alice.acct).error().code, Errc::expired);
        QCOMPARE(bench.sessions.refuse(claim.token, bench.alice.acct).error().code, Errc::expired);
        QCOMPARE(bench.complete(claim.token, bench.alice.acct, SessionBench::signatures(1)).error().code, Errc::expired);
        QCOMPARE(bench.view(claim.token).ending, Ending::userTimeOver);
    }

    void person_refuses_endsTheSession()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto claim = bench.claimed(bench.start(SessionBench::kLogin), bench.alice);
        QCOMPARE(bench.sessions.refuse(claim.token, bench.bob.acct).error().code, Errc::notFound);
        QVERIFY(bench.sessions.refuse(claim.token, bench.alice.acct));
        QCOMPARE(bench.view(claim.token).state, State::refused);
        QCOMPARE(bench.view(claim.token).ending, Ending::personRefused);
        QCOMPARE(bench.sessions.approvable(claim.token, bench.alice.acct).error().code, Errc::badState);
        QCOMPARE(bench.complete(claim.token, bench.alice.acct, SessionBench::signatures(1)).error().code, Errc::badState);
        QCOMPARE(bench.sessions.refuse(claim.token, bench.alice.acct).error().code, Errc::badState);
        QCOMPARE(bench.eventsOf(bench.alice.acct).back(), audit::Event::sessionRefused);
    }

    void person_didNotStartIt_standsInTheLogAsAnAttack_data()
    {
        QTest::addColumn<int>("reason");
        QTest::newRow("not mine") << int(wire::RefuseReason::notMine);
        QTest::newRow("suspicious") << int(wire::RefuseReason::suspicious);
    }
    void person_didNotStartIt_standsInTheLogAsAnAttack()
    {
        QFETCH(int, reason);
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto claim = bench.claimed(bench.start(SessionBench::kLogin), bench.alice);
        const auto before = bench.eventsOf(bench.alice.acct).size();
        QVERIFY(!bench.sessions.refuse(claim.token, bench.bob.acct, wire::RefuseReason(reason)));
        QCOMPARE(bench.eventsOf(bench.alice.acct).size(), before);
        QVERIFY(bench.eventsOf(bench.bob.acct).empty());
        QVERIFY(bench.sessions.refuse(claim.token, bench.alice.acct, wire::RefuseReason(reason)));
        QCOMPARE(bench.view(claim.token).state, State::refused);
        const auto records = audit::recordsOf(bench.ledger, bench.alice.acct, before + 1, 10);
        QVERIFY(records);
        QCOMPARE(records->size(), std::size_t{2});
        QCOMPARE(records->front().entry.event, audit::Event::sessionRefused);
        const auto &report = records->back().entry;
        QCOMPARE(report.event, audit::Event::attackReported);
        QVERIFY(report.subject == claim.token);
        QVERIFY(report.object == crypto::sm3(claim.manifest));
        QCOMPARE(int(report.code), reason);
    }

    void device_blocked_endsTheSession()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto claim = bench.claimed(bench.start(SessionBench::kLogin), bench.alice);
        QVERIFY(bench.sessions.block(claim.token, bench.alice.acct, Ending::deviceBlocked));
        QCOMPARE(bench.view(claim.token).state, State::failed);
        QCOMPARE(bench.view(claim.token).ending, Ending::deviceBlocked);
    }

    void claim_ofWhoMayOnlyOpen_takesDecryptionsAlone()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        Claimant ended = bench.alice;
        ended.bar = Ending::certificateRevoked;
        for (const auto &draft : {std::string(SessionBench::kLogin), SessionBench::signDraft()}) {
            const auto started = bench.start(draft);
            QCOMPARE(SessionBench::denied(bench.claim(started, ended)), ClaimDenied::notEntitled);
            QCOMPARE(bench.view(started.token).state, State::failed); // who waits is told
            QCOMPARE(bench.view(started.token).ending, Ending::certificateRevoked);
            QCOMPARE(bench.eventsOf(bench.alice.acct).back(), audit::Event::sessionFailed);
            // A claim that was taken before is not given again either, and goes on for who has it.
            const auto second = bench.start(draft);
            bench.claimed(second, bench.alice);
            QCOMPARE(SessionBench::denied(bench.claim(second, ended)), ClaimDenied::notEntitled);
            QCOMPARE(bench.view(second.token).state, State::claimed);
        }
        const auto started = bench.start(SessionBench::decryptDraft());
        QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 0, viewOf(SessionBench::content(0))));
        QVERIFY(std::holds_alternative<Claim>(*bench.claim(started, ended)));
    }
    // Another phone of the person may still claim it.
    void claim_ofAFormerAccount_leavesTheSessionToTheNewer()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        Claimant former = bench.alice;
        former.bar = Ending::seatEnded;
        former.others = {bench.bob.acct};
        const auto started = bench.start(SessionBench::kLogin);
        const auto before = bench.ledger.rows;
        QCOMPARE(SessionBench::denied(bench.claim(started, former)), ClaimDenied::notEntitled);
        QVERIFY(bench.ledger.rows == before);
        QCOMPARE(bench.view(started.token).state, State::waiting);
        bench.claimed(started, bench.alice);
    }
    void claim_ofAFormerAccountAtADeskOfTheNewer_takesDecryptionsAlone()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.bob);
        Claimant former = bench.alice;
        const auto started = bench.start(SessionBench::decryptDraft());
        QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, 0, viewOf(SessionBench::content(0))));
        QCOMPARE(SessionBench::denied(bench.claim(started, former)), ClaimDenied::deskUnknown);
        former.others = {{0xa4}, bench.bob.acct}; // whichever of them knows it
        const auto claim = bench.claimed(started, former);
        QVERIFY(claim.deskKnown);
        QVERIFY(bench.sessions.approvable(started.token, former.acct));
        const auto sign = bench.start(SessionBench::signDraft());
        Claimant barred{{0xa3}, "carol", "13800138002", 0, 0, 0};
        barred.others = {bench.bob.acct};
        QCOMPARE(SessionBench::denied(bench.claim(sign, barred)), ClaimDenied::deskUnknown);
    }
    void claim_ofWhoMayOnlyOpenByAnOldFrame_endsNothing()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        Claimant ended = bench.alice;
        ended.bar = Ending::seatEnded;
        const auto started = bench.start(SessionBench::kLogin);
        const auto frame = bench.frameNow(started);
        bench.clock.advance(limits::kFrameMaxAgeMs + 1'000);
        checkDenied(bench, frame, ended, bench.now(), ClaimDenied::frameTooOld);
        QCOMPARE(bench.view(started.token).state, State::waiting);
    }

    void approvable_bare_bringsTheDesksBytes()
    {
        SessionBench bench;
        bench.enrolDeskLongAgo(bench.alice);
        const auto started = bench.start(SessionBench::bareDraft(2));
        for (std::size_t i = 0; i < 2; ++i) {
            const std::string body = SessionBench::content(i);
            QVERIFY(bench.sessions.attachTbs(bench.desk, started.token, i, viewOf(body)));
        }
        bench.claimed(started, bench.alice);
        const auto approvable = bench.sessions.approvable(started.token, bench.alice.acct);
        QVERIFY(approvable);
        QCOMPARE(textOf(approvable->tbs.at(0)), SessionBench::content(0));
        QCOMPARE(textOf(approvable->tbs.at(1)), SessionBench::content(1));
        QCOMPARE(bench.sessions.approvable(started.token, bench.bob.acct).error().code, Errc::notFound);
    }
};

QTEST_GUILESS_MAIN(TestSessionClaim)
#include "test_session_claim.moc"
