// Refresh and PIN change of a whole device (PROTOCOL R7), with every loss in between.
#include "shield/cosigner/rows.h"
#include "shield/cosigner/sealing.h"
#include "tests/shield/cosigner/rig.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using cosigner::Notice;
using intent::Act;
using intent::Op;
using wire::Status;

class TestRefresh : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Rig> m_rig;
    Rig &rig() { return *m_rig; }

    cosigner::Pending refreshPending()
    {
        cosigner::Pending pending;
        pending.op = Op::refresh;
        return pending;
    }
    cosigner::Pending pendingFor(Op op) { return op == Op::pinChange ? pinChangePending() : refreshPending(); }
    // As far as REF2; the phone's second file is written.
    Result<wire::Ref3> begun(Op op)
    {
        HUFU_CHECK(rig().challenge(pendingFor(op)));
        HUFU_TRY(ref2, rig().connection->refresh1(rig().phone.ref1(op, Pin::right)));
        if (ref2.verdict.status != Status::ok) return Error(Errc::refused, "REF1");
        return rig().phone.ref3(ref2);
    }
    bool signs() { return rig().phone.accepts(*rig().signOnce(rehearsalPending(), Pin::right)); }
    bool opens()
    {
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(32, 1), rig().random);
        const auto dec2 = rig().openOnce(openPending(Act::rehearseDecrypt, {sealed}), Pin::right);
        return dec2 && dec2->verdict.status == Status::ok && rig().phone.opened(*dec2);
    }

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<Rig>();
        QVERIFY(rig().activate());
    }

    void refresh_whole_renewsBothSharesAndKeepsThePublicKeys()
    {
        const auto before = rig().device();
        PhoneDisk old = rig().phone.disk;
        const auto ref3 = begun(Op::refresh);
        QVERIFY(ref3);
        QVERIFY(rig().device().refreshPending);
        QCOMPARE(rig().device().epoch, 0U);
        const auto ref4 = rig().connection->refresh3(*ref3);
        QVERIFY(ref4->verdict.status == Status::ok);
        QCOMPARE(ref4->epoch, 1U);
        rig().phone.keepNext();
        QVERIFY(signs());
        QVERIFY(opens());
        const auto after = rig().device();
        QCOMPARE(after.sign.point, before.sign.point);
        QVERIFY(!after.refreshPending);
        QVERIFY(rig().told(Notice::Kind::refreshed));
        // The old file is noise now.
        rig().phone.disk.keys = old.keys;
        const auto answer = rig().ask(rig().phone, rehearsalPending());
        QCOMPARE(std::get<wire::EpochIs>(*answer).epoch, 1U);
        for (PhoneKey &key : old.keys)
            key.key = *key.key.nextEpoch();
        rig().phone.disk.keys = old.keys;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::badPin);
    }

    // A share that was damaged where it lies is no wrong PIN, and is neither renewed nor committed.
    void share_damagedAtRest_isRefusedUncountedAndTheEpochStays()
    {
        const cosigner::Ports ports{rig().memory, rig().masterKey, rig().epochKeys, rig().random, rig().clock};
        const auto spoil = [&](Bytes &sealed, const threshold::SharedKey &key, const ByteArray<8> &mark) {
            Bytes bytes = bytesOf(cosigner::openShare(ports, sealed, key, mark)->secretBytes()->expose());
            bytes[31] ^= 1;
            sealed = *cosigner::sealShare(ports, *threshold::ServerShare::fromBytes(bytes), key, mark);
        };
        const auto device = [&] { return *cosigner::DeviceRow::parse(rig().memory.rows.at({ports::Table::device, bytesOf(rig().acct)})); };
        const ByteArray<32> keyId = device().encryptKeyId;

        // PENDING, before REF3.
        const auto ref3 = begun(Op::refresh);
        Bytes &pendingRow = rig().memory.rows.at({ports::Table::deviceKey, bytesOf(rig().acct)});
        auto pending = *cosigner::RefreshRow::parse(pendingRow);
        const auto point = rig().device().encrypt.point;
        const auto nextKey = *threshold::SharedKey::of(threshold::KeyType::encrypt, point.bytes(), rig().acct, 1);
        const auto it = std::ranges::find_if(pending.shares, [&](const auto &share) { return share.keyId == keyId; });
        spoil(it->sealedShare, nextKey, pending.mark);
        pendingRow = pending.encode();
        const auto total = rig().device().lock.total;
        QCOMPARE(rig().connection->refresh3(*ref3).error().code, Errc::internal);
        QCOMPARE(rig().device().epoch, 0U);
        QCOMPARE(rig().device().lock.total, total);
        rig().phone.dropNext();
        QVERIFY(signs() && opens()); // by the halves of before

        // The share in force, before REF1.
        Bytes &keyRow = rig().memory.rows.at({ports::Table::deviceKey, bytesOf(keyId)});
        const Bytes whole = keyRow;
        auto row = *cosigner::KeyRow::parse(keyRow);
        spoil(row.sealedShare, *threshold::SharedKey::of(threshold::KeyType::encrypt, point.bytes(), rig().acct, 0), device().mark);
        keyRow = row.encode();
        rig().restart();
        rig().reconnect();
        QVERIFY(rig().challenge(refreshPending()));
        QCOMPARE(rig().connection->refresh1(rig().phone.ref1(Op::refresh, Pin::right)).error().code, Errc::internal);
        QCOMPARE(rig().device().lock.total, total);
        rig().memory.rows[{ports::Table::deviceKey, bytesOf(keyId)}] = whole;
        QVERIFY(signs() && opens());
    }

    void total_goesToZeroWithAPinChangeOnly()
    {
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::wrong)->verdict.status == Status::badPin);
        QVERIFY(rig().connection->refresh3(*begun(Op::refresh))->verdict.status == Status::ok);
        rig().phone.keepNext();
        QCOMPARE(rig().device().lock.total, 1U);
        const auto ref3 = begun(Op::pinChange);
        QCOMPARE(rig().device().lock.total, 1U); // not before REF3
        QVERIFY(rig().connection->refresh3(*ref3)->verdict.status == Status::ok);
        QCOMPARE(rig().device().lock.total, 0U);
    }

    void proofOfAnotherOp_isAWrongPin()
    {
        QVERIFY(rig().challenge(pinChangePending()));
        const auto ref2 = rig().connection->refresh1(rig().phone.ref1(Op::refresh, Pin::right));
        QVERIFY(ref2->verdict.status == Status::badPin);
        QVERIFY(!rig().device().refreshPending);
    }

    void proofs_notOfAllKeysInOrder_areTamperedUncounted()
    {
        const auto spoilt = [&](auto spoil) {
            if (!rig().challenge(refreshPending())) return Status::ok;
            auto ref1 = rig().phone.ref1(Op::refresh, Pin::right);
            spoil(ref1);
            return rig().connection->refresh1(ref1)->verdict.status;
        };
        QVERIFY(spoilt([](wire::Ref1 &ref1) { ref1.proofs.pop_back(); }) == Status::tampered);
        QVERIFY(spoilt([](wire::Ref1 &ref1) { std::swap(ref1.proofs[0], ref1.proofs[1]); }) == Status::tampered);
        QVERIFY(spoilt([](wire::Ref1 &ref1) { ref1.proofs.push_back(ref1.proofs[0]); }) == Status::tampered);
        QVERIFY(spoilt([](wire::Ref1 &ref1) { ref1.proofs[0].proof.fill(0xff); }) == Status::tampered);
        QCOMPARE(rig().device().lock.run, 0U);
    }

    void oneBadProof_spoilsAllAndCountsOnce()
    {
        QVERIFY(rig().challenge(refreshPending()));
        auto ref1 = rig().phone.ref1(Op::refresh, Pin::right);
        ref1.proofs[1].proof[0] ^= 1;
        QVERIFY(rig().connection->refresh1(ref1)->verdict.status == Status::badPin);
        QCOMPARE(rig().device().lock.run, 1U);
        QVERIFY(!rig().device().refreshPending);
        auto ref3 = begun(Op::refresh);
        QVERIFY(ref3);
        ref3->proofs[1].proof[0] ^= 1;
        const auto ref4 = rig().connection->refresh3(*ref3);
        QVERIFY(ref4->verdict.status == Status::badPin);
        QCOMPARE(ref4->epoch, 0U);
        QCOMPARE(rig().device().lock.run, 1U);
    }

    void ref3_lost_isMadeGoodByTheNextSuccessInTheNewEpoch_data()
    {
        QTest::addColumn<bool>("bySign");
        QTest::addRow("sign") << true;
        QTest::addRow("decrypt") << false;
    }
    void ref3_lost_isMadeGoodByTheNextSuccessInTheNewEpoch()
    {
        QFETCH(bool, bySign);
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::wrong));
        QVERIFY(begun(Op::pinChange));
        rig().restart();
        QVERIFY(bySign ? signs() : opens()); // the phone tries epoch + 1 first
        QCOMPARE(rig().device().epoch, 1U);
        QCOMPARE(rig().device().lock.total, 0U);
        QVERIFY(!rig().device().refreshPending);
        rig().phone.keepNext();
        QVERIFY(signs() && opens());
    }

    void ref2_lost_isDiscardedByTheNextSuccessInTheOldEpoch()
    {
        QVERIFY(begun(Op::pinChange));
        rig().phone.dropNext(); // the second file was never written
        rig().restart();
        QVERIFY(rig().device().refreshPending);
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::wrong)->verdict.status == Status::badPin);
        QVERIFY(rig().device().refreshPending); // a wrong PIN decides nothing
        QVERIFY(signs());
        QVERIFY(!rig().device().refreshPending);
        QCOMPARE(rig().device().epoch, 0U);
        QVERIFY(begun(Op::refresh));
    }

    void newEpoch_afterADiscard_isToldTheOldOneUncounted()
    {
        QVERIFY(begun(Op::refresh));
        const auto next = rig().phone.disk.nextKeys;
        rig().phone.dropNext();
        QVERIFY(signs());
        rig().phone.disk.nextKeys = next;
        const auto rows = rig().memory.rows;
        const auto answer = rig().ask(rig().phone, rehearsalPending());
        QCOMPARE(std::get<wire::EpochIs>(*answer).epoch, 0U);
        QVERIFY(rig().memory.rows == rows);
        rig().phone.dropNext();
        QVERIFY(signs()); // the chain stayed where it was
    }

    void refresh_inTheNewEpochOfAPending_commitsItAndGoesOn()
    {
        QVERIFY(begun(Op::refresh));
        rig().restart();
        auto keys = std::exchange(rig().phone.disk.nextKeys, {});
        rig().phone.disk.keys = keys;
        const auto ref3 = begun(Op::refresh);
        QVERIFY(ref3);
        QCOMPARE(rig().device().epoch, 1U);
        QVERIFY(rig().device().refreshPending);
        QCOMPARE(rig().connection->refresh3(*ref3)->epoch, 2U);
        rig().phone.keepNext();
        QVERIFY(signs() && opens());
    }

    void ref3_ofAnEndedConversation_isExpired()
    {
        const auto ref3 = begun(Op::refresh);
        QVERIFY(ref3);
        QVERIFY(rig().challenge(rehearsalPending()));
        QVERIFY(rig().connection->refresh3(*ref3)->verdict.status == Status::expired);
        wire::Ref1 ref1;
        ref1.sid = ref3->sid;
        QVERIFY(rig().connection->refresh1(ref1)->verdict.status == Status::expired);
    }

    void session_outcomeIsWrittenWithRef3()
    {
        int calls = 0;
        auto pending = pinChangePending();
        pending.onCommit = [&](ports::Transaction &, const cosigner::Outcome &) -> Result<void> {
            ++calls;
            return {};
        };
        QVERIFY(rig().challenge(pending));
        const auto ref2 = rig().connection->refresh1(rig().phone.ref1(Op::pinChange, Pin::right));
        QCOMPARE(calls, 0);
        QVERIFY(rig().connection->refresh3(rig().phone.ref3(*ref2))->verdict.status == Status::ok);
        QCOMPARE(calls, 1);
    }
};

QTEST_GUILESS_MAIN(TestRefresh)
#include "test_refresh.moc"
