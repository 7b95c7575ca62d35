// Whole conversations with a device whose sign key is of suite 2: the same chain, ladder, result and refresh.
#include "shield/cosigner/rows.h"
#include "shield/cosigner/sealing.h"
#include "tests/shield/cosigner/frost_rig.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using intent::Act;
using intent::Op;
using wire::Status;

class TestFrostConversations : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FrostRig> m_rig;

    FrostRig &rig() { return *m_rig; }
    cosigner::DeviceView device() { return rig().rig.device(); }

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<FrostRig>();
        QVERIFY(rig().activate());
    }

    void device_ofSuiteTwo_isActiveWithBothKeys()
    {
        QVERIFY(device().sign.point.suite() == crypto::Suite::frost);
        QVERIFY(device().encrypt.point.suite() == crypto::Suite::sm2);
        QVERIFY(device().sign.state == cosigner::KeyState::active);
        QVERIFY(device().encrypt.state == cosigner::KeyState::active);
        QVERIFY(rig().rig.told(cosigner::Notice::Kind::signKeyActive));
    }

    void files_ofOneApproval_getOneOrdinaryEd25519SignatureEach()
    {
        const auto pending = bareFilesPending(3);
        const auto resp = rig().sign(pending, Pin::right);
        QVERIFY(resp && rig().phone.accepts(*resp));
        QCOMPARE(resp->signatures.size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(device().sign.point.verify(pending.tbs[i], resp->signatures[i]));
        QVERIFY(!device().sign.point.verify(pending.tbs[1], resp->signatures[0]));
    }

    // Its s2 or its Y1: neither makes a wrong PIN of a right one.
    void share_damagedAtRest_isRefusedUncounted_data()
    {
        QTest::addColumn<int>("part");
        QTest::newRow("s2") << 0;
        QTest::newRow("Y1") << 1;
    }
    void share_damagedAtRest_isRefusedUncounted()
    {
        QFETCH(const int, part);
        Rig &server = rig().rig;
        const cosigner::Ports ports{server.memory, server.masterKey, server.epochKeys, server.random, server.clock};
        const auto deviceRow = *cosigner::DeviceRow::parse(server.memory.rows.at({ports::Table::device, bytesOf(server.acct)}));
        const auto keyRow = [&]() -> Bytes & { return server.memory.rows.at({ports::Table::deviceKey, bytesOf(deviceRow.signKeyId)}); };
        const Bytes whole = keyRow();
        auto row = *cosigner::KeyRow::parse(whole);
        const auto key = *threshold::frost::SharedKey::of(row.point.bytes(), server.acct, deviceRow.epoch);
        Bytes bytes = bytesOf(cosigner::openShare(ports, row.sealedShare, key, deviceRow.mark)->secretBytes()->expose());
        if (part == 0) bytes[0] ^= 1;
        if (part == 1) std::ranges::copy(crypto::mulBase(crypto::EdScalar::fromWord(7)).bytes(), bytes.begin() + 32);
        row.sealedShare = *cosigner::sealShare(ports, *threshold::frost::ServerShare::fromBytes(bytes), key, deviceRow.mark);

        // Before CHAL.
        keyRow() = row.encode();
        QCOMPARE(rig().challenge<wire::FrostChal>(rehearsalPending()).error().code, Errc::internal);
        keyRow() = whole;
        // And between CHAL and SIGN.
        const auto chal = rig().challenge<wire::FrostChal>(rehearsalPending());
        QVERIFY(chal);
        const auto sign = rig().phone.sign(Pin::right, *chal);
        keyRow() = row.encode();
        const auto refused = rig().connection().sign(sign);
        QVERIFY(!refused || refused->verdict.status != Status::badPin);
        QVERIFY(!refused || refused->signatures.empty());
        keyRow() = whole;
        server.restart();
        server.reconnect();
        const auto resp = rig().sign(rehearsalPending(), Pin::right);
        QVERIFY(resp && rig().phone.accepts(*resp));
        QCOMPARE(device().lock.total, 0U);
    }

    void wrongPin_ofEitherKey_countsOnOneLadder()
    {
        const Bytes ciphertext = rig().sealed(Bytes(32, 1));
        const auto opens = openPending(Act::rehearseDecrypt, {ciphertext});
        const auto first = rig().sign(rehearsalPending(), Pin::wrong);
        QVERIFY(first && first->verdict.status == Status::badPin && first->signatures.empty());
        QCOMPARE(device().lock.run, 1U);
        const auto second = rig().open(opens, Pin::wrong, ciphertext);
        QVERIFY(second && second->verdict.status == Status::badPin);
        QCOMPARE(device().lock.run, 2U);
        const auto good = rig().sign(rehearsalPending(), Pin::right);
        QVERIFY(good && rig().phone.accepts(*good));
        QCOMPARE(good->verdict.failures, std::uint8_t{2});
        QCOMPARE(device().lock.run, 0U);
    }

    void thirdWrongPin_locksTheDeviceForBothKeys()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(rig().sign(rehearsalPending(), Pin::wrong));
        const auto locked =
            rig().connection().hello(rig().phone.hello(Op::sign, rig().rig.cn()), rehearsalPending());
        QVERIFY(locked && std::holds_alternative<wire::Locked>(*locked));
        const Bytes ciphertext = rig().sealed(Bytes(32, 1));
        const auto alsoLocked = rig().connection().hello(rig().phone.hello(Op::decrypt, rig().rig.cn()),
                                                         openPending(Act::rehearseDecrypt, {ciphertext}));
        QVERIFY(alsoLocked && std::holds_alternative<wire::Locked>(*alsoLocked));
    }

    void oneWrongShareOfMany_isOneAttemptAndNoSignature()
    {
        const auto chal = rig().challenge<wire::FrostChal>(bareFilesPending(3));
        auto sign = rig().phone.sign(Pin::right, *chal);
        sign.items[1].share[64] ^= 1; // z1
        const auto resp = rig().connection().sign(sign);
        QVERIFY(resp && resp->verdict.status == Status::badPin && resp->signatures.empty());
        QCOMPARE(device().lock.run, 1U);
    }

    void sign_ofWrongForm_endsTheConversationUncounted()
    {
        const auto chal = rig().challenge<wire::FrostChal>(rehearsalPending());
        const auto good = rig().phone.sign(Pin::right, *chal);
        auto bad = good;
        bad.items[0].share.fill(0); // no points
        QVERIFY(rig().connection().sign(bad)->verdict.status == Status::tampered);
        QCOMPARE(device().lock.run, 0U);
        QVERIFY(rig().connection().sign(good)->verdict.status == Status::expired);
    }

    void sign_ofTheOtherSuite_isTampered()
    {
        const auto chal = rig().challenge<wire::FrostChal>(rehearsalPending());
        wire::Sign other;
        other.sid = chal->sid;
        other.items.push_back({0, {}});
        const auto resp = rig().connection().sign(other);
        QVERIFY(resp && resp->verdict.status == Status::tampered);
        QCOMPARE(device().lock.run, 0U);

        Rig sm2;
        QVERIFY(sm2.activate());
        const auto theirs = sm2.challenge(rehearsalPending());
        wire::FrostSign frost;
        frost.sid = theirs->sid;
        frost.items.push_back({0, {}});
        QVERIFY(sm2.connection->sign(frost)->verdict.status == Status::tampered);
        QCOMPARE(sm2.device().lock.run, 0U);
    }

    void hello_ofAnotherSuiteThanTheKeys_isRefusedAndMovesNothing()
    {
        const auto before = device().ctr;
        auto hello = rig().phone.hello(Op::sign, rig().rig.cn());
        hello.suite = wire::kSuiteSm2;
        hello.com1 = {ByteArray<32>{}};
        rig().phone.seal(hello, rig().rig.cn());
        QCOMPARE(rig().connection().hello(hello, rehearsalPending()).error().code, Errc::refused);
        auto refresh = rig().phone.hello(Op::pinChange, rig().rig.cn());
        refresh.suite = wire::kSuiteSm2;
        rig().phone.seal(refresh, rig().rig.cn());
        QCOMPARE(rig().connection().hello(refresh, pinChangePending()).error().code, Errc::refused);
        QCOMPARE(device().ctr, before);

        Rig sm2;
        QVERIFY(sm2.activate());
        auto theirs = sm2.phone.hello(Op::sign, 1, sm2.cn());
        theirs.suite = wire::kSuiteFrost;
        theirs.com1.clear();
        sm2.phone.seal(theirs, sm2.cn());
        QCOMPARE(sm2.connection->hello(theirs, rehearsalPending()).error().code, Errc::refused);
    }

    void identicalSign_getsTheStoredAnswer_otherBytesDoNot()
    {
        const auto chal = rig().challenge<wire::FrostChal>(rehearsalPending());
        const auto sign = rig().phone.sign(Pin::right, *chal);
        const auto resp = rig().connection().sign(sign);
        QVERIFY(resp && rig().phone.accepts(*resp));
        const auto again = rig().connection().sign(sign);
        QVERIFY(again && again->signatures == resp->signatures);
        auto other = sign;
        other.items[0].share[64] ^= 1;
        QVERIFY(rig().connection().sign(other)->verdict.status == Status::expired);
        wire::ResultQuery query;
        query.acct = rig().rig.acct;
        query.sid = sign.sid;
        rig().phone.seal(query, rig().rig.cn());
        const auto stored = rig().connection().resultQuery(query);
        QVERIFY(stored && std::get<wire::Resp>(*stored).signatures == resp->signatures);
    }

    void pinChange_renewsBothKeysUnderOneCommit()
    {
        const auto keys = device();
        QVERIFY(rig().challenge<wire::Chal>(pinChangePending()));
        const auto ref2 =
            rig().connection().refresh1(rig().phone.ref1(threshold::Op::pinChange, Pin::right, Pin::right));
        QVERIFY(ref2 && ref2->verdict.status == Status::ok);
        QVERIFY(device().refreshPending);
        const auto ref4 = rig().connection().refresh3(rig().phone.ref3(*ref2));
        QVERIFY(ref4 && ref4->verdict.status == Status::ok);
        QCOMPARE(ref4->epoch, 1U);
        QVERIFY(device().sign.point == keys.sign.point && device().encrypt.point == keys.encrypt.point);

        const auto resp = rig().sign(rehearsalPending(), Pin::right);
        QVERIFY(resp && rig().phone.accepts(*resp));
        const Bytes ciphertext = rig().sealed(Bytes(32, 1));
        const auto dec2 = rig().open(openPending(Act::rehearseDecrypt, {ciphertext}), Pin::right, ciphertext);
        QVERIFY(dec2 && rig().phone.opened(*dec2));

        // The old half of the sign key is noise now.
        rig().phone.next->s1 = rig().phone.file->s1;
        QVERIFY(rig().sign(rehearsalPending(), Pin::right)->verdict.status == Status::badPin);
    }

    void refresh_withOneWrongProofOfEitherSuite_isOneWrongPinAndNoPending_data()
    {
        QTest::addColumn<bool>("signRight");
        QTest::newRow("sign key wrong") << false;
        QTest::newRow("encrypt key wrong") << true;
    }
    void refresh_withOneWrongProofOfEitherSuite_isOneWrongPinAndNoPending()
    {
        QFETCH(bool, signRight);
        QVERIFY(rig().challenge<wire::Chal>(pinChangePending()));
        const auto ref2 = rig().connection().refresh1(rig().phone.ref1(threshold::Op::pinChange,
                                                                       signRight ? Pin::right : Pin::wrong,
                                                                       signRight ? Pin::wrong : Pin::right));
        QVERIFY(ref2 && ref2->verdict.status == Status::badPin);
        QVERIFY(ref2->rho2 == ByteArray<32>{});
        QCOMPARE(device().lock.run, 1U);
        QVERIFY(!device().refreshPending);
    }

    void refresh_withOpOfAnother_isAWrongPin()
    {
        QVERIFY(rig().challenge<wire::Chal>(pinChangePending()));
        const auto ref2 =
            rig().connection().refresh1(rig().phone.ref1(threshold::Op::refresh, Pin::right, Pin::right));
        QVERIFY(ref2 && ref2->verdict.status == Status::badPin);
    }

    void refresh_withMalformedProof_isTamperedUncounted()
    {
        QVERIFY(rig().challenge<wire::Chal>(pinChangePending()));
        auto ref1 = rig().phone.ref1(threshold::Op::pinChange, Pin::right, Pin::right);
        std::fill(ref1.proofs[0].proof.begin() + 16, ref1.proofs[0].proof.end(),
                  std::uint8_t{255}); // z above L
        const auto ref2 = rig().connection().refresh1(ref1);
        QVERIFY(ref2 && ref2->verdict.status == Status::tampered);
        QCOMPARE(device().lock.run, 0U);
    }

    void secondProof_thatDoesNotFit_leavesTheOldEpoch()
    {
        QVERIFY(rig().challenge<wire::Chal>(pinChangePending()));
        const auto ref2 =
            rig().connection().refresh1(rig().phone.ref1(threshold::Op::pinChange, Pin::right, Pin::right));
        auto ref3 = rig().phone.ref3(*ref2);
        ref3.proofs[0].proof[20] ^= 1; // z of the sign key's proof
        const auto ref4 = rig().connection().refresh3(ref3);
        QVERIFY(ref4 && ref4->verdict.status == Status::badPin);
        QCOMPARE(ref4->epoch, 0U);
        rig().phone.next.reset(); // the old file
        const auto resp = rig().sign(rehearsalPending(), Pin::right);
        QVERIFY(resp && rig().phone.accepts(*resp));
    }

    void pendingRefresh_servesBothEpochsUntilOneProvesItself()
    {
        QVERIFY(rig().challenge<wire::Chal>(pinChangePending()));
        const auto ref2 =
            rig().connection().refresh1(rig().phone.ref1(threshold::Op::pinChange, Pin::right, Pin::right));
        rig().phone.ref3(*ref2); // written, but REF3 never arrives
        const auto resp = rig().sign(rehearsalPending(), Pin::right);
        QVERIFY(resp && rig().phone.accepts(*resp)); // with the new file
        QCOMPARE(device().epoch, 1U);
        QVERIFY(!device().refreshPending);
    }

    void keygen_ofMixedSuites_isRefused()
    {
        FrostRig fresh;
        TestPhone sm2(fresh.rig.random);
        QCOMPARE(fresh.connection().frostKeygenStart(sm2.activate(fresh.rig.acct)).error().code,
                 Errc::tampered);
        QCOMPARE(fresh.connection().keygenStart(fresh.phone.activate()).error().code, Errc::tampered);
        QVERIFY(fresh.connection().frostKeygenStart(fresh.phone.activate()));
        QCOMPARE(fresh.connection().keygenFinish(wire::Kg3()).error().code, Errc::tampered);
        QVERIFY(fresh.rig.memory.rows.size() == Rig().memory.rows.size()); // nothing but the boot number
    }

    void csr_ofAnotherKey_isRefused()
    {
        FrostRig fresh;
        QVERIFY(fresh.makeKeys());
        QCOMPARE(fresh.challenge<wire::FrostChal>(csrPending(device().sign.point)).error().code, Errc::refused);
        QCOMPARE(fresh.challenge<wire::FrostChal>(rehearsalPending()).error().code,
                 Errc::refused); // not proved yet
    }
};

QTEST_GUILESS_MAIN(TestFrostConversations)
#include "test_frost_conversations.moc"
