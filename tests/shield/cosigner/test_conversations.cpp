// Whole conversations, and everything that must not be one.
#include "shield/base/limits.h"
#include "tests/shield/cosigner/rig.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using cosigner::KeyState;
using cosigner::Notice;
using cosigner::Standing;
using intent::Act;
using intent::Op;
using wire::Status;

class TestConversations : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Rig> m_rig;
    Rig &rig() { return *m_rig; }

    Result<cosigner::HelloAnswer> helloOf(const cosigner::Pending &pending)
    {
        return rig().connection->hello(rig().phone.hello(pending.op, pending.tbs.size(), rig().cn()), pending);
    }
    std::uint32_t run() { return rig().device().lock.run; }

private Q_SLOTS:
    // X15: each attempt is counted before it is judged; a right one takes that back, however many there are.
    void rightPins_manyMoreThanTheTotalAllows_useUpNothing()
    {
        Rig rig;
        QVERIFY(rig.activate());
        for (std::uint32_t i = 0; i < cosigner::kTotalMax + 15; ++i) {
            const auto resp = rig.signOnce(bareFilesPending(1), Pin::right);
            QVERIFY(resp && rig.phone.accepts(*resp));
            QCOMPARE(resp->verdict.total, std::uint8_t{0});
            QCOMPARE(rig.device().lock.total, 0U);
        }
        // A few wrong ones stay in the total, and no more than those, whatever comes after.
        for (int i = 0; i < 2; ++i)
            QVERIFY(rig.signOnce(bareFilesPending(1), Pin::wrong));
        for (std::uint32_t i = 0; i < cosigner::kTotalMax + 15; ++i) {
            const auto resp = rig.signOnce(bareFilesPending(1), Pin::right);
            QVERIFY(resp && rig.phone.accepts(*resp));
            QCOMPARE(rig.device().lock.total, 2U);
        }
        QVERIFY(rig.device().lock.standing == Standing::active);
    }

    void init()
    {
        m_rig = std::make_unique<Rig>();
        QVERIFY(rig().activate());
    }

    // --- activation ---

    void activation_whole_provesBothKeys()
    {
        const auto device = rig().device();
        QVERIFY(device.sign.state == KeyState::active);
        QVERIFY(device.encrypt.state == KeyState::active);
        QCOMPARE(device.lock.total, 0U);
        QVERIFY(rig().told(Notice::Kind::activated));
        QVERIFY(rig().told(Notice::Kind::signKeyActive));
        QVERIFY(rig().told(Notice::Kind::encryptKeyActive));
    }

    void keys_beforeTheirProof_doTheirProofOnly()
    {
        Rig fresh;
        QVERIFY(fresh.makeKeys());
        const auto before = fresh.memory.rows;
        QVERIFY(fresh.challenge(rehearsalPending()).error().code == Errc::refused);
        const Bytes sealed = ciphertextFor(fresh.device().encrypt.point, Bytes(32, 1), fresh.random);
        QVERIFY(fresh.challenge(openPending(Act::rehearseDecrypt, {sealed})).error().code == Errc::refused);
        QVERIFY(fresh.challenge(pinChangePending()).error().code == Errc::refused);
        QVERIFY(fresh.memory.rows == before);
        QVERIFY(fresh.signOnce(csrPending(fresh.device().sign.point), Pin::right)->verdict.status == Status::ok);
        QVERIFY(fresh.signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
        QVERIFY(fresh.challenge(openPending(Act::rehearseDecrypt, {sealed})).error().code == Errc::refused);
        QVERIFY(fresh.probe());
        QVERIFY(fresh.openOnce(openPending(Act::rehearseDecrypt, {sealed}), Pin::right)->verdict.status == Status::ok);
    }

    void csr_forAnotherKey_isRefused()
    {
        Rig fresh;
        QVERIFY(fresh.makeKeys());
        QVERIFY(fresh.challenge(csrPending(fresh.device().encrypt.point)).error().code == Errc::refused);
        QVERIFY(fresh.challenge(csrPending(rig().device().sign.point)).error().code == Errc::refused);
    }

    void csr_withAWrongPin_leavesTheKeyPendingAndCounts()
    {
        Rig fresh;
        QVERIFY(fresh.makeKeys());
        const auto resp = fresh.signOnce(csrPending(fresh.device().sign.point), Pin::wrong);
        QVERIFY(resp && resp->verdict.status == Status::badPin);
        QVERIFY(fresh.device().sign.state == KeyState::pending);
        QCOMPARE(fresh.device().lock.run, 1U);
    }

    void activation_again_replacesAnUnprovedDeviceOnly()
    {
        Rig fresh;
        QVERIFY(fresh.makeKeys());
        const auto first = fresh.device().sign.keyId;
        fresh.reconnect();
        QVERIFY(fresh.activate());
        QVERIFY(fresh.device().sign.keyId != first);
        QVERIFY(!fresh.memory.rows.contains({ports::Table::deviceKey, bytesOf(first)}));
        fresh.reconnect();
        TestPhone other(fresh.random);
        QVERIFY(fresh.connection->keygenStart(other.activate(fresh.acct)).error().code == Errc::badState);
    }

    void keygen_withGarbage_writesNothing()
    {
        Rig fresh;
        const auto before = fresh.memory.rows;
        QVERIFY(fresh.connection->keygenFinish(wire::Kg3()).error().code == Errc::badState);
        wire::Activate activate = fresh.phone.activate(fresh.acct);
        activate.kg1Sign[0] = 9;
        QVERIFY(fresh.connection->keygenStart(std::move(activate)).error().code == Errc::tampered);
        auto kg2 = fresh.connection->keygenStart(fresh.phone.activate(fresh.acct));
        QVERIFY(kg2);
        auto kg3 = fresh.phone.kg3(*kg2);
        kg3->encrypt[70] ^= 1;
        QVERIFY(fresh.connection->keygenFinish(*kg3).error().code == Errc::tampered);
        kg3->encrypt[70] ^= 1;
        QVERIFY(fresh.connection->keygenFinish(*kg3).error().code == Errc::badState); // gone with the first
        QVERIFY(fresh.memory.rows == before);
    }

    void keygen_whenTheCallersPartFails_writesNothing()
    {
        Rig fresh;
        const auto before = fresh.memory.rows;
        auto kg2 = fresh.connection->keygenStart(fresh.phone.activate(fresh.acct));
        auto kg3 = fresh.phone.kg3(*kg2);
        const auto fails = [](ports::Transaction &) -> Result<void> { return Error(Errc::refused, "ticket used"); };
        QVERIFY(fresh.connection->keygenFinish(*kg3, fails).error().code == Errc::refused);
        QVERIFY(fresh.memory.rows == before);
    }

    void probe_answeredWrongly_leavesTheKeyPending()
    {
        Rig fresh;
        QVERIFY(fresh.makeKeys());
        QVERIFY(fresh.signOnce(csrPending(fresh.device().sign.point), Pin::right));
        const Bytes secret(32, 9);
        auto pending = openPending(Act::probe, {ciphertextFor(fresh.device().encrypt.point, secret, fresh.random)});
        pending.probeSm3 = crypto::sm3(secret);
        auto dec2 = fresh.openOnce(pending, Pin::right);
        QVERIFY(dec2);
        wire::ProbeAnswer answer;
        answer.acct = fresh.acct;
        answer.sid = dec2->sid;
        answer.sm3[0] = 1;
        fresh.phone.seal(answer, fresh.cn());
        QVERIFY(fresh.connection->probeAnswer(answer).error().code == Errc::tampered);
        answer.sm3 = crypto::sm3(secret);
        fresh.phone.seal(answer, fresh.cn());
        QVERIFY(fresh.connection->probeAnswer(answer).error().code == Errc::badState); // one try
        QVERIFY(fresh.device().encrypt.state == KeyState::pending);
    }

    // --- sign ---

    void sign_withTheRightPin_yieldsAStandardSignature()
    {
        const auto resp = rig().signOnce(rehearsalPending(), Pin::right);
        QVERIFY(resp);
        QVERIFY(rig().phone.accepts(*resp));
        QCOMPARE(resp->verdict, (wire::Verdict{Status::ok, 10, 0, 0}));
        QCOMPARE(run(), 0U);
    }

    void sign_withAWrongPin_countsAndShowsTheTriesLeft()
    {
        const auto wrong = rig().signOnce(rehearsalPending(), Pin::wrong);
        QVERIFY(wrong);
        QCOMPARE(wrong->verdict, (wire::Verdict{Status::badPin, 9, 0, 1, 1}));
        QVERIFY(wrong->signatures.empty());
        const auto right = rig().signOnce(rehearsalPending(), Pin::right);
        QCOMPARE(right->verdict, (wire::Verdict{Status::ok, 10, 0, 1, 1})); // the person learns of the failure before
        QCOMPARE(rig().device().lock.total, 1U);
    }

    void sign_ofManyFiles_isOneAttempt()
    {
        const auto right = rig().signOnce(bareFilesPending(limits::kItemsMax), Pin::right);
        QVERIFY(right && rig().phone.accepts(*right));
        QCOMPARE(right->signatures.size(), limits::kItemsMax);
        const auto wrong = rig().signOnce(bareFilesPending(20), Pin::wrong);
        QCOMPARE(wrong->verdict, (wire::Verdict{Status::badPin, 9, 0, 1, 1}));
        QVERIFY(wrong->signatures.empty());
    }

    void sign_ofManyFiles_oneBadShareSpoilsAll()
    {
        QVERIFY(rig().challenge(bareFilesPending(5)));
        wire::Sign sign = rig().phone.sign(Pin::right, {0, 1, 2, 3, 4});
        sign.items[3].share[128] ^= 1;
        const auto resp = rig().connection->sign(sign);
        QVERIFY(resp->verdict.status == Status::badPin);
        QVERIFY(resp->signatures.empty());
        QCOMPARE(run(), 1U);
    }

    void sign_ofSomeFiles_signsThoseOnly()
    {
        std::vector<std::uint8_t> included;
        auto pending = bareFilesPending(5);
        pending.onCommit = [&](ports::Transaction &, const cosigner::Outcome &outcome) -> Result<void> {
            included = outcome.included;
            return {};
        };
        QVERIFY(rig().challenge(pending));
        const auto resp = rig().connection->sign(rig().phone.sign(Pin::right, {1, 4}));
        QVERIFY(rig().phone.accepts(*resp));
        QCOMPARE(included, (std::vector<std::uint8_t>{1, 4}));
    }

    void sign_again_identicalYieldsTheStoredRespOtherIsExpired()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const wire::Sign sign = rig().phone.sign(Pin::right);
        const auto first = rig().connection->sign(sign);
        const auto rows = rig().memory.rows;
        const auto second = rig().connection->sign(sign);
        QVERIFY(second->signatures == first->signatures && second->verdict == first->verdict);
        wire::Sign other = sign;
        other.items[0].share[128] ^= 1;
        QVERIFY(rig().connection->sign(other)->verdict.status == Status::expired);
        rig().clock.advance(limits::kResultKeptMs);
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
        QVERIFY(rig().memory.rows == rows);
    }

    void sign_withAWrongPinAgain_isNotCountedTwice()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const wire::Sign sign = rig().phone.sign(Pin::wrong);
        const auto first = rig().connection->sign(sign);
        const auto second = rig().connection->sign(sign);
        QVERIFY(second->verdict == first->verdict);
        QCOMPARE(run(), 1U);
    }

    void sign_afterTheUserTime_isExpiredAndUncounted()
    {
        const auto chal = rig().challenge(rehearsalPending());
        QVERIFY(chal);
        QCOMPARE(chal->expiryMs, rig().clock.unixMs() + intent::userTimeMs(Act::rehearseSign));
        const wire::Sign sign = rig().phone.sign(Pin::right);
        rig().clock.monotonic += intent::userTimeMs(Act::rehearseSign); // the wall clock says otherwise
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
        QCOMPARE(run(), 0U);
        rig().clock.monotonic -= 1000; // gone for good
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
    }

    void sign_ofAForeignSid_isExpiredAndHarmless()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const wire::Sign sign = rig().phone.sign(Pin::right);
        wire::Sign foreign = sign;
        foreign.sid[15] ^= 1;
        QVERIFY(rig().connection->sign(foreign)->verdict.status == Status::expired);
        auto stranger = rig().server->connect();
        QVERIFY(stranger->sign(sign)->verdict.status == Status::expired); // another connection's
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::ok);
    }

    void sign_withAnOpeningThatDoesNotFit_endsTheConversationUncounted()
    {
        for (const std::size_t at : {std::size_t{0}, std::size_t{40}, std::size_t{70}}) { // form, R1, rnd
            QVERIFY(rig().challenge(rehearsalPending()));
            const wire::Sign sign = rig().phone.sign(Pin::right);
            wire::Sign bad = sign;
            bad.items[0].share[at] ^= 1;
            QVERIFY(rig().connection->sign(bad)->verdict.status == Status::tampered);
            QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
        }
        QVERIFY(rig().challenge(rehearsalPending()));
        wire::Sign zero = rig().phone.sign(Pin::right);
        std::fill(zero.items[0].share.begin() + 97, zero.items[0].share.end(), std::uint8_t{0}); // s1 = 0
        QVERIFY(rig().connection->sign(zero)->verdict.status == Status::tampered);
        QCOMPARE(run(), 0U);
    }

    void sign_ofADecryptConversation_isRefusedUncounted()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        wire::Sign sign = rig().phone.sign(Pin::right);
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(32, 1), rig().random);
        const auto chal = rig().challenge(openPending(Act::rehearseDecrypt, {sealed}));
        sign.sid = chal->sid;
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::tampered);
        QCOMPARE(run(), 0U);
    }

    void sign_afterANewerHello_isExpired()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const wire::Sign sign = rig().phone.sign(Pin::right);
        auto old = std::move(rig().connection);
        rig().reconnect();
        QVERIFY(rig().challenge(rehearsalPending())); // one conversation a device, whichever the connection
        QVERIFY(old->sign(sign)->verdict.status == Status::expired);
        QVERIFY(rig().connection->sign(rig().phone.sign(Pin::right))->verdict.status == Status::ok);
    }

    void sign_afterARestart_isExpiredUncountedAndItsSidIsNeverUsedAgain()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const wire::Sign sign = rig().phone.sign(Pin::right);
        const auto sid = rig().phone.sid();
        rig().restart();
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
        QVERIFY(rig().challenge(rehearsalPending()));
        QVERIFY(!std::equal(sid.begin(), sid.begin() + 4, rig().phone.sid().begin()));
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
        QCOMPARE(run(), 0U);
    }

    void connection_thatDies_takesItsConversationAlong()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const wire::Sign sign = rig().phone.sign(Pin::right);
        rig().reconnect();
        QVERIFY(rig().challenge(rehearsalPending())); // the person notices nothing
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
    }

    // --- the caller's part ---

    void outcome_andResult_standInOneTransaction()
    {
        auto pending = rehearsalPending();
        pending.onCommit = [](ports::Transaction &transaction, const cosigner::Outcome &outcome) -> Result<void> {
            return transaction.write(ports::Table::session, outcome.sid, outcome.signatures[0]);
        };
        const auto resp = rig().signOnce(pending, Pin::right);
        QCOMPARE(rig().memory.rows[(std::pair{ports::Table::session, bytesOf(resp->sid)})], bytesOf(resp->signatures[0]));
        pending.onCommit = [](ports::Transaction &transaction, const cosigner::Outcome &outcome) -> Result<void> {
            HUFU_CHECK(transaction.write(ports::Table::session, outcome.sid, outcome.signatures[0]));
            return Error(Errc::expired, "session over");
        };
        const auto happened = rig().happened.size();
        const auto refused = rig().signOnce(pending, Pin::right);
        QVERIFY(refused->verdict.status == Status::refused);
        QCOMPARE(rig().happened.size(), happened); // the notice was told in a transaction that came to nothing
        QVERIFY(refused->signatures.empty());
        QVERIFY(!rig().memory.rows.contains({ports::Table::session, bytesOf(refused->sid)}));
        QVERIFY(!rig().memory.rows.contains({ports::Table::result, concat({rig().acct, refused->sid})}));
        QCOMPARE(run(), 0U); // the PIN was right
    }

    void factorMissing_refusesUncounted()
    {
        auto pending = rehearsalPending();
        pending.mayProceed = []() -> Result<void> { return Error(Errc::refused, "SMS missing"); };
        QVERIFY(rig().signOnce(pending, Pin::wrong)->verdict.status == Status::refused);
        QCOMPARE(run(), 0U);
        for (const Errc fault : {Errc::unavailable, Errc::internal}) {
            pending.mayProceed = [fault]() -> Result<void> { return Error(fault, "the server's own"); };
            QVERIFY(rig().signOnce(pending, Pin::wrong).error().code == fault);
            QCOMPARE(run(), 0U);
        }
    }

    // --- results ---

    void result_asked_isTheStoredOneEvenAfterARestart()
    {
        const auto resp = rig().signOnce(rehearsalPending(), Pin::right);
        rig().restart();
        wire::ResultQuery query;
        query.acct = rig().acct;
        query.sid = resp->sid;
        rig().phone.seal(query, rig().cn());
        const auto answer = rig().connection->resultQuery(query);
        const auto *stored = std::get_if<wire::Resp>(&*answer);
        QVERIFY(stored && stored->signatures == resp->signatures && stored->verdict == resp->verdict);
        rig().clock.advance(limits::kResultKeptMs);
        QVERIFY(std::holds_alternative<wire::Unknown>(*rig().connection->resultQuery(query)));
        query.mac[0] ^= 1;
        QVERIFY(rig().connection->resultQuery(query).error().code == Errc::tampered);
    }

    void result_ofAWrongPinOrAnUnknownSid_isUnknown()
    {
        const auto resp = rig().signOnce(rehearsalPending(), Pin::wrong);
        wire::ResultQuery query;
        query.acct = rig().acct;
        query.sid = resp->sid;
        rig().phone.seal(query, rig().cn());
        QVERIFY(std::holds_alternative<wire::Unknown>(*rig().connection->resultQuery(query)));
    }

    void result_old_isForgottenWithTheNext()
    {
        const auto resp = rig().signOnce(rehearsalPending(), Pin::right);
        const Bytes key = concat({rig().acct, resp->sid});
        QVERIFY(rig().memory.rows.contains({ports::Table::result, key}));
        rig().clock.advance(limits::kResultKeptMs);
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right));
        QVERIFY(!rig().memory.rows.contains({ports::Table::result, key}));
    }

    // --- op, key, pending ---

    void hello_withOpAndKeyOfDifferentTypes_isRefusedAndMovesNothing()
    {
        const auto before = rig().memory.rows;
        auto hello = rig().phone.hello(Op::sign, 1, rig().cn());
        hello.keyId = rig().device().encrypt.keyId;
        rig().phone.seal(hello, rig().cn());
        QVERIFY(rig().connection->hello(hello, rehearsalPending()).error().code == Errc::refused);
        const Bytes sealed = ciphertextFor(rig().device().sign.point, Bytes(32, 1), rig().random);
        hello = rig().phone.hello(Op::decrypt, 1, rig().cn());
        hello.keyId = rig().device().sign.keyId;
        rig().phone.seal(hello, rig().cn());
        QVERIFY(rig().connection->hello(hello, openPending(Act::rehearseDecrypt, {sealed})).error().code == Errc::refused);
        QVERIFY(rig().memory.rows == before);
    }

    void hello_withAPendingOfAnotherOp_isRefused()
    {
        QVERIFY(rig().connection->hello(rig().phone.hello(Op::sign, 1, rig().cn()), pinChangePending()).error().code ==
                Errc::refused);
        auto pending = pinChangePending();
        pending.op = Op::refreshCommit;
        QVERIFY(rig().connection->hello(rig().phone.hello(Op::refreshCommit, 0, rig().cn()), pending).error().code ==
                Errc::badInput);
    }

    void hello_withATbsThatIsNotTheManifests_isBadInput()
    {
        const auto before = rig().memory.rows;
        auto pending = bareFilesPending(2);
        pending.tbs[1].push_back('x');
        QVERIFY(helloOf(pending).error().code == Errc::badInput);
        pending = bareFilesPending(2);
        pending.tbs.pop_back();
        QVERIFY(helloOf(pending).error().code == Errc::badInput);
        pending = bareFilesPending(2);
        QVERIFY(rig().connection->hello(rig().phone.hello(Op::sign, 3, rig().cn()), pending).error().code == Errc::badInput);
        pending.manifest.push_back(' ');
        QVERIFY(helloOf(pending).error().code == Errc::badInput);
        QVERIFY(rig().memory.rows == before);
    }

    void mac_wrong_isDroppedAndCountsNothing()
    {
        const auto before = rig().memory.rows;
        auto hello = rig().phone.hello(Op::sign, 1, rig().cn());
        hello.mac[31] ^= 1;
        QVERIFY(rig().connection->hello(hello, rehearsalPending()).error().code == Errc::tampered);
        hello = rig().phone.hello(Op::sign, 1, rig().cn());
        hello.rid[0] ^= 1;
        QVERIFY(rig().connection->hello(hello, rehearsalPending()).error().code == Errc::tampered);
        hello = rig().phone.hello(Op::sign, 1, rig().cn());
        rig().reconnect(); // of another connection
        QVERIFY(rig().connection->hello(hello, rehearsalPending()).error().code == Errc::tampered);
        rig().phone.disk.acct[5] ^= 1; // no such device: no other answer
        QVERIFY(rig().connection->hello(rig().phone.hello(Op::sign, 1, rig().cn()), rehearsalPending()).error().code ==
                Errc::tampered);
        QVERIFY(rig().memory.rows == before);
    }

    void connection_thatSpeaksForOneDevice_doesNotSpeakForAnother()
    {
        wire::CertificatesQuery query;
        query.acct = rig().acct;
        rig().phone.seal(query, rig().cn());
        QVERIFY(rig().connection->verifyMac(query));
        TestPhone other(rig().random);
        auto second = rig().server->connect();
        auto kg2 = second->keygenStart(other.activate(ByteArray<16>{2}));
        QVERIFY(second->keygenFinish(*other.kg3(*kg2)));
        query.acct = ByteArray<16>{2};
        other.seal(query, rig().cn());
        QVERIFY(rig().connection->verifyMac(query).error().code == Errc::tampered);
        rig().reconnect();
        other.seal(query, rig().cn());
        QVERIFY(rig().connection->verifyMac(query));
    }

    // --- decrypt ---

    void decrypt_whole_opensAll()
    {
        std::vector<Bytes> sealed;
        for (std::uint8_t i = 0; i < 20; ++i)
            sealed.push_back(ciphertextFor(rig().device().encrypt.point, Bytes(16, i), rig().random));
        const auto dec2 = rig().openOnce(openPending(Act::decrypt, sealed), Pin::right);
        QVERIFY(dec2 && dec2->verdict.status == Status::ok);
        const auto opened = rig().phone.opened(*dec2);
        QVERIFY(opened);
        for (std::uint8_t i = 0; i < 20; ++i)
            QCOMPARE(bytesOf((*opened)[i].expose()), Bytes(16, i));
    }

    void decrypt_withAWrongPin_countsOnceAndAnswersNothing()
    {
        std::vector<Bytes> sealed;
        for (std::uint8_t i = 0; i < 5; ++i)
            sealed.push_back(ciphertextFor(rig().device().encrypt.point, Bytes(16, i), rig().random));
        auto dec2 = rig().openOnce(openPending(Act::decrypt, sealed), Pin::wrong);
        QVERIFY(dec2->verdict.status == Status::badPin && dec2->answers.empty());
        QCOMPARE(run(), 1U);
        QVERIFY(rig().challenge(openPending(Act::decrypt, sealed)));
        auto dec1 = rig().phone.dec1(Pin::right, sealed);
        dec1.items[4].ask[112] ^= 1;
        dec2 = rig().connection->decrypt(dec1);
        QVERIFY(dec2->verdict.status == Status::badPin && dec2->answers.empty());
        QVERIFY(rig().connection->decrypt(dec1)->verdict.status == Status::expired);
        QCOMPARE(run(), 2U);
    }

    void decrypt_ofWrongForm_isTamperedUncounted()
    {
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(16, 1), rig().random);
        const auto spoilt = [&](auto spoil) {
            if (!rig().challenge(openPending(Act::decrypt, {sealed, sealed}))) return Status::ok;
            auto dec1 = rig().phone.dec1(Pin::right, {sealed, sealed});
            spoil(dec1);
            return rig().connection->decrypt(dec1)->verdict.status;
        };
        QVERIFY(spoilt([](wire::Dec1 &dec1) { dec1.items[0].ask[0] = 2; }) == Status::tampered);
        QVERIFY(spoilt([](wire::Dec1 &dec1) { dec1.items[1].index = 0; }) == Status::tampered);
        QVERIFY(spoilt([](wire::Dec1 &dec1) { dec1.items[1].index = 2; }) == Status::tampered);
        QVERIFY(spoilt([](wire::Dec1 &dec1) { dec1.items.clear(); }) == Status::tampered);
        QCOMPARE(run(), 0U);
    }

    void decrypt_beyondTheDaysCap_isRefusedBeforeEvaluation()
    {
        rig().decryptionsPerDay = 4; // the probe was the first
        rig().restart();
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(16, 1), rig().random);
        QVERIFY(rig().openOnce(openPending(Act::decrypt, {sealed, sealed}), Pin::right)->verdict.status == Status::ok);
        QVERIFY(rig().openOnce(openPending(Act::decrypt, {sealed, sealed}), Pin::wrong)->verdict.status == Status::capped);
        QCOMPARE(run(), 0U);
        QVERIFY(rig().openOnce(openPending(Act::decrypt, {sealed}), Pin::right)->verdict.status == Status::ok);
        QVERIFY(rig().openOnce(openPending(Act::decrypt, {sealed}), Pin::right)->verdict.status == Status::capped);
        rig().clock.advance(24 * 3'600'000);
        QVERIFY(rig().openOnce(openPending(Act::decrypt, {sealed}), Pin::right)->verdict.status == Status::ok);
    }

    void rehearsal_takesNothingFromTheDaysCapAndHasItsOwn()
    {
        rig().decryptionsPerDay = 2; // the probe was the first
        rig().rehearsalsPerDay = 2;
        rig().restart();
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(16, 1), rig().random);
        const auto open = [&](Act act, Pin pin) { return rig().openOnce(openPending(act, {sealed}), pin)->verdict.status; };
        QVERIFY(open(Act::rehearseDecrypt, Pin::right) == Status::ok);
        QVERIFY(open(Act::rehearseDecrypt, Pin::right) == Status::ok);
        QVERIFY(open(Act::rehearseDecrypt, Pin::wrong) == Status::capped); // before the PIN is looked at
        QCOMPARE(run(), 0U);
        QVERIFY(open(Act::decrypt, Pin::right) == Status::ok); // the bid opens nevertheless
        QVERIFY(open(Act::decrypt, Pin::right) == Status::capped);
        rig().clock.advance(24 * 3'600'000);
        QVERIFY(open(Act::rehearseDecrypt, Pin::right) == Status::ok);
        QVERIFY(open(Act::decrypt, Pin::right) == Status::ok);
    }

    void decrypt_underNamedCiphertext_answersThatOneOnly()
    {
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(16, 1), rig().random);
        auto pending = openPending(Act::decrypt, {sealed});
        ByteArray<65> c1{};
        std::copy_n(sealed.begin(), 65, c1.begin());
        pending.namedC1 = {c1};
        QVERIFY(rig().openOnce(pending, Pin::right)->verdict.status == Status::refused); // blinded
        QVERIFY(rig().challenge(pending));
        const auto dec2 = rig().connection->decrypt(rig().phone.dec1(Pin::right, {sealed}, true));
        QVERIFY(dec2->verdict.status == Status::ok);
        QVERIFY(rig().phone.opened(*dec2));
        QCOMPARE(run(), 0U);
    }
};

QTEST_GUILESS_MAIN(TestConversations)
#include "test_conversations.moc"
