// The operator's ways out (R1, R3): freeze and unfreeze, and the way back from a clone.
#include "shield/base/limits.h"
#include "tests/shield/cosigner/rig.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using cosigner::Notice;
using cosigner::Standing;
using intent::Op;
using wire::Status;

namespace {

// An active device whose clone has been found, and both phones.
struct Cloned : Rig {
    TestPhone clone{random};

    Cloned()
    {
        if (!activate()) qFatal("not activated");
        clone.disk = phone.disk;
        if (!signOnce(rehearsalPending(), Pin::right)) qFatal("no signature");
        if (!std::holds_alternative<wire::Clone>(*ask(clone, rehearsalPending()))) qFatal("no clone alarm");
        reconnect();
    }
    // What a phone sends; its new K_dev is not on its disk before the answer.
    Result<wire::Recovered> recover(TestPhone &from, const std::string &digits, const ByteArray<32> &kDev)
    {
        wire::Recover message;
        message.acct = acct;
        message.digits = digits;
        ByteArray<32> copy = kDev;
        message.kDev = Secret<32>::adopt(copy);
        from.seal(message, cn());
        return connection->recover(message);
    }
    void take(TestPhone &from, const wire::Recovered &recovered, const ByteArray<32> &kDev)
    {
        QVERIFY(crypto::hmacSm3(kDev, wire::recoveredMacInput(acct, recovered.n, recovered.ctr)) == recovered.mac);
        from.disk.ctr = recovered.ctr;
        from.disk.n = recovered.n;
        from.disk.ridDrawn = false;
        from.disk.kDev = kDev;
    }
    bool refresh(TestPhone &from, Pin pin = Pin::right)
    {
        cosigner::Pending pending;
        pending.op = Op::refresh;
        const auto answer = ask(from, pending);
        if (!answer || !std::holds_alternative<wire::Chal>(*answer)) return false;
        if (!from.take(std::get<wire::Chal>(*answer))) return false;
        const auto ref2 = connection->refresh1(from.ref1(Op::refresh, pin));
        if (!ref2 || ref2->verdict.status != Status::ok) return false;
        const auto ref4 = connection->refresh3(from.ref3(*ref2));
        if (!ref4 || ref4->verdict.status != Status::ok) return false;
        from.keepNext();
        return true;
    }
    bool signs(TestPhone &from)
    {
        const auto answer = ask(from, rehearsalPending());
        if (!answer || !std::holds_alternative<wire::Chal>(*answer)) return false;
        if (!from.take(std::get<wire::Chal>(*answer))) return false;
        const auto resp = connection->sign(from.sign(Pin::right));
        return resp && from.accepts(*resp);
    }
    static std::string wrongOf(const std::string &digits) { return digits == "00000000" ? "00000001" : "00000000"; }
};

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT

    static constexpr ByteArray<32> kNew{7}, kOther{8};

private Q_SLOTS:
    void clone_recoveredByItsCode_leavesTheCopyNothing()
    {
        Cloned rig;
        const auto digits = rig.server->openRecovery(rig.acct);
        QVERIFY(digits);
        QCOMPARE(digits->size(), limits::kRecoveryDigits);
        const auto recovered = rig.recover(rig.phone, *digits, kNew);
        QVERIFY(recovered);
        rig.take(rig.phone, *recovered, kNew);

        // Not yet: the copied share is as good as the phone's.
        QCOMPARE(rig.ask(rig.phone, rehearsalPending()).error().code, Errc::badState);
        QVERIFY(rig.refresh(rig.phone));
        QVERIFY(rig.told(Notice::Kind::recovered));
        QVERIFY(!rig.device().mustRefresh);
        QVERIFY(rig.device().lock.standing == Standing::active);
        QVERIFY(rig.signs(rig.phone));

        rig.reconnect();
        QCOMPARE(rig.ask(rig.clone, rehearsalPending()).error().code, Errc::tampered);
        QCOMPARE(rig.recover(rig.clone, *digits, kOther).error().code, Errc::tampered);
        // Not even with the new K_dev and position: its share is of another epoch.
        rig.clone.disk.kDev = kNew;
        rig.clone.disk.ctr = rig.phone.disk.ctr;
        rig.clone.disk.n = rig.phone.disk.n;
        rig.clone.disk.ridDrawn = false;
        rig.reconnect();
        const auto answer = rig.ask(rig.clone, rehearsalPending());
        QVERIFY(answer && std::holds_alternative<wire::EpochIs>(*answer));
        rig.reconnect();
        QVERIFY(rig.signs(rig.phone));
    }

    void recovery_survivesARestartAtEachStage()
    {
        Cloned rig;
        const auto digits = *rig.server->openRecovery(rig.acct);
        rig.restart();
        const auto recovered = rig.recover(rig.phone, digits, kNew);
        QVERIFY(recovered);
        rig.restart();
        rig.take(rig.phone, *recovered, kNew);
        QCOMPARE(rig.ask(rig.phone, rehearsalPending()).error().code, Errc::badState);
        rig.restart();
        QVERIFY(rig.refresh(rig.phone));
        rig.restart();
        QVERIFY(rig.signs(rig.phone));
    }

    void recover_answerLost_isAskedAgainWithAFreshKey()
    {
        Cloned rig;
        const auto digits = *rig.server->openRecovery(rig.acct);
        const auto lost = rig.recover(rig.phone, digits, kOther);
        QVERIFY(lost);
        const auto recovered = rig.recover(rig.phone, digits, kNew);
        QVERIFY(recovered);
        // The first answer's key is nobody's now.
        TestPhone late(rig.random);
        late.disk = rig.phone.disk;
        rig.take(late, *lost, kOther);
        rig.reconnect();
        QCOMPARE(rig.ask(late, rehearsalPending()).error().code, Errc::tampered);
        rig.take(rig.phone, *recovered, kNew);
        rig.reconnect();
        QVERIFY(rig.refresh(rig.phone));
        QVERIFY(rig.signs(rig.phone));
    }

    // The phone has its new K_dev, and its network is gone, when somebody gives out another code.
    void recovery_openedAgain_leavesWhatWasTaken()
    {
        Cloned rig;
        const auto recovered = rig.recover(rig.phone, *rig.server->openRecovery(rig.acct), kNew);
        QVERIFY(recovered);
        rig.take(rig.phone, *recovered, kNew);
        QVERIFY(rig.server->openRecovery(rig.acct));
        rig.reconnect();
        QVERIFY(rig.refresh(rig.phone));
        QVERIFY(rig.signs(rig.phone));
        // Entered anew after that, a code is of no use to anybody.
        QCOMPARE(rig.recover(rig.phone, "12345678", kOther).error().code, Errc::badState);
    }

    void recover_wrongDigits_areCountedAndChangeNothing()
    {
        Cloned rig;
        const auto digits = *rig.server->openRecovery(rig.acct);
        const auto before = rig.device();
        for (int i = 0; i < limits::kRecoveryTries; ++i) {
            QCOMPARE(rig.recover(rig.clone, Cloned::wrongOf(digits), kNew).error().code, Errc::refused);
            rig.restart(); // the count survives
        }
        QVERIFY(rig.told(Notice::Kind::recoveryFailed));
        QCOMPARE(rig.recover(rig.phone, digits, kNew).error().code, Errc::notFound);
        QVERIFY(rig.device().lock == before.lock);
        QVERIFY(std::holds_alternative<wire::Clone>(*rig.ask(rig.phone, rehearsalPending())));
        // A new code is a new chance, and the old one is void.
        const auto fresh = *rig.server->openRecovery(rig.acct);
        if (fresh != digits) QCOMPARE(rig.recover(rig.phone, digits, kNew).error().code, Errc::refused);
        QVERIFY(rig.recover(rig.phone, fresh, kNew));
    }

    void recover_tooLate_isNotFound()
    {
        Cloned rig;
        const auto digits = *rig.server->openRecovery(rig.acct);
        rig.clock.advance(limits::kRecoveryValidMs - 1);
        QVERIFY(rig.recover(rig.phone, digits, kNew));
        rig.clock.advance(1);
        QCOMPARE(rig.recover(rig.phone, digits, kNew).error().code, Errc::notFound);
    }

    void recover_withoutACode_isNotFound()
    {
        Cloned rig;
        QCOMPARE(rig.recover(rig.phone, "12345678", kNew).error().code, Errc::notFound);
    }

    void recovery_ofADeviceThatIsNotCloned_isRefused()
    {
        Rig rig;
        QVERIFY(rig.activate());
        QCOMPARE(rig.server->openRecovery(rig.acct).error().code, Errc::badState);
        QCOMPARE(rig.server->openRecovery({9}).error().code, Errc::notFound);
        wire::Recover message;
        message.acct = rig.acct;
        message.digits = "12345678";
        rig.phone.seal(message, rig.cn());
        QCOMPARE(rig.connection->recover(message).error().code, Errc::badState);
        message.mac[0] ^= 1;
        QCOMPARE(rig.connection->recover(message).error().code, Errc::tampered);
    }

    // The copy may have been taken while a refresh stood open: that refresh does not outlive it.
    void refresh_pendingBeforeTheRecovery_isNotEnough()
    {
        // A refresh of which the last answer is lost, then the clone.
        Rig fresh;
        QVERIFY(fresh.activate());
        cosigner::Pending pending;
        pending.op = Op::refresh;
        QVERIFY(fresh.challenge(pending));
        const auto ref2 = fresh.connection->refresh1(fresh.phone.ref1(Op::refresh, Pin::right));
        QVERIFY(ref2 && ref2->verdict.status == Status::ok);
        static_cast<void>(fresh.phone.ref3(*ref2)); // on disk, never sent
        TestPhone clone(fresh.random);
        clone.disk = fresh.phone.disk;
        fresh.reconnect();
        QVERIFY(std::holds_alternative<wire::Chal>(*fresh.ask(clone, rehearsalPending())));
        fresh.reconnect();
        // The owner's answer was not lost: another request than the clone's.
        fresh.phone.disk.rid = {0x77};
        fresh.phone.disk.ridDrawn = true;
        QVERIFY(std::holds_alternative<wire::Clone>(*fresh.ask(fresh.phone, rehearsalPending())));
        const auto digits = *fresh.server->openRecovery(fresh.acct);
        wire::Recover message;
        message.acct = fresh.acct;
        message.digits = digits;
        ByteArray<32> copy = kNew;
        message.kDev = Secret<32>::adopt(copy);
        fresh.phone.seal(message, fresh.cn());
        const auto recovered = fresh.connection->recover(message);
        QVERIFY(recovered);
        fresh.phone.disk.kDev = kNew;
        fresh.phone.disk.ctr = 0;
        fresh.phone.disk.n = recovered->n;
        fresh.phone.disk.ridDrawn = false;
        fresh.reconnect();
        // REF1 under the pending epoch commits it, and still a new refresh is owed.
        QVERIFY(fresh.challenge(pending));
        const auto again = fresh.connection->refresh1(fresh.phone.ref1(Op::refresh, Pin::right));
        QVERIFY(again && again->verdict.status == Status::ok);
        QCOMPARE(fresh.device().epoch, 1U);
        QVERIFY(fresh.device().mustRefresh);
        fresh.phone.keepNext();
        const auto ref4 = fresh.connection->refresh3(fresh.phone.ref3(*again));
        QVERIFY(ref4 && ref4->verdict.status == Status::ok);
        QCOMPARE(fresh.device().epoch, 2U);
        QVERIFY(!fresh.device().mustRefresh);
    }

    // REF2 was lost: the server holds j + 1 as pending, neither phone nor copy does, and the phone's refresh makes it anew.
    void recovered_phoneWithoutThePendingEpoch_owesOneRefreshOnly()
    {
        Rig rig;
        QVERIFY(rig.activate());
        cosigner::Pending pending;
        pending.op = Op::refresh;
        QVERIFY(rig.challenge(pending));
        QVERIFY(rig.connection->refresh1(rig.phone.ref1(Op::refresh, Pin::right))->verdict.status == Status::ok);
        QVERIFY(rig.device().refreshPending);
        TestPhone clone(rig.random);
        clone.disk = rig.phone.disk;
        rig.reconnect();
        QVERIFY(rig.signOnce(rehearsalPending(), Pin::right));
        rig.reconnect();
        QVERIFY(std::holds_alternative<wire::Clone>(*rig.ask(clone, rehearsalPending())));
        const auto digits = *rig.server->openRecovery(rig.acct);
        wire::Recover message;
        message.acct = rig.acct;
        message.digits = digits;
        ByteArray<32> copy = kNew;
        message.kDev = Secret<32>::adopt(copy);
        rig.reconnect();
        rig.phone.seal(message, rig.cn());
        const auto recovered = rig.connection->recover(message);
        QVERIFY(recovered);
        rig.phone.disk.kDev = kNew;
        rig.phone.disk.ctr = 0;
        rig.phone.disk.n = recovered->n;
        rig.phone.disk.ridDrawn = false;
        rig.reconnect();
        QVERIFY(rig.challenge(pending));
        const auto ref2 = rig.connection->refresh1(rig.phone.ref1(Op::refresh, Pin::right));
        QVERIFY(ref2 && ref2->verdict.status == Status::ok);
        const auto ref4 = rig.connection->refresh3(rig.phone.ref3(*ref2));
        QVERIFY(ref4 && ref4->verdict.status == Status::ok);
        rig.phone.keepNext();
        QVERIFY(!rig.device().mustRefresh);
        const auto resp = rig.signOnce(rehearsalPending(), Pin::right);
        QVERIFY(resp && rig.phone.accepts(*resp));
    }

    void freeze_stopsAtOnce_andUnfreezeTakesItBack()
    {
        Rig rig;
        QVERIFY(rig.activate());
        QVERIFY(rig.challenge(rehearsalPending()));
        const auto sign = rig.phone.sign(Pin::right);
        QVERIFY(rig.server->freeze(rig.acct));
        QVERIFY(rig.connection->sign(sign)->verdict.status == Status::expired); // the conversation is gone
        const auto answer = rig.ask(rig.phone, rehearsalPending());
        QVERIFY(std::get<wire::Locked>(*answer).state == wire::DeviceState::frozen);
        QVERIFY(rig.told(Notice::Kind::frozen));
        QCOMPARE(rig.device().lock.total, 0U);
        QCOMPARE(rig.server->freeze(rig.acct).error().code, Errc::badState);
        QCOMPARE(rig.server->freeze({9}).error().code, Errc::notFound);
        QVERIFY(rig.server->unfreeze(rig.acct));
        const auto resp = rig.signOnce(rehearsalPending(), Pin::right);
        QVERIFY(resp && rig.phone.accepts(*resp));
    }

    // The phones of one person: whatever breaks, none is left to whoever has them while the others are stopped.
    void freeze_ofSeveral_isOfAllOrNone()
    {
        Rig rig;
        const std::vector<ByteArray<16>> both{{2}, {1}};
        for (const ByteArray<16> &acct : both) {
            rig.reconnect(); // a conversation is one phone's
            rig.acct = acct;
            QVERIFY(rig.activate());
        }
        const auto standing = [&](std::size_t at) { return rig.server->device(both[at])->lock.standing; };
        const auto before = rig.memory.rows;
        const auto broken = [](ports::Transaction &) -> Result<void> { return Error(Errc::unavailable, "broken"); };
        QCOMPARE(rig.server->freezeAll(both, {}, broken).error().code, Errc::unavailable);
        QCOMPARE(rig.server->freezeAll({both[0], {9}}).error().code, Errc::notFound);
        QVERIFY(rig.memory.rows == before);
        int refused = 0;
        for (;; ++refused) {
            rig.ledger.failAt(refused + 1);
            const auto frozen = rig.server->freezeAll(both);
            rig.ledger.heal();
            if (frozen) break;
            QCOMPARE(frozen.error().code, Errc::unavailable);
            QVERIFY2(rig.memory.rows == before, std::to_string(refused).c_str());
        }
        QVERIFY(refused > 4); // it was in the middle of it
        QVERIFY(standing(0) == Standing::frozen && standing(1) == Standing::frozen);
        QCOMPARE(rig.server->freezeAll(both).error().code, Errc::badState);
        // One that is stopped already keeps the other from nothing.
        QVERIFY(rig.server->unfreeze(both[1]));
        QVERIFY(rig.server->freezeAll(both) && standing(1) == Standing::frozen);
    }

    // The word of another process falls between the count and the result of a right PIN.
    void freeze_afterTheCount_standsAndNothingIsGivenOut()
    {
        Rig rig;
        QVERIFY(rig.activate());
        const auto other = *cosigner::Cosigner::start({rig.ledger, rig.masterKey, rig.epochKeys, rig.random, rig.clock});
        struct Hook final : ports::FaultHook {
            std::function<void()> act;
            void at(const char *step) override
            {
                if (std::string_view(step) == "sign.count.after" && act) std::exchange(act, {})();
            }
        } hook;
        rig.hook = &hook;
        rig.restart();
        QVERIFY(rig.challenge(rehearsalPending()));
        hook.act = [&] { QVERIFY(other->freeze(rig.acct)); };
        const auto resp = rig.connection->sign(rig.phone.sign(Pin::right));
        QVERIFY(resp && resp->verdict.status == Status::locked);
        QVERIFY(resp->signatures.empty());
        QVERIFY(rig.device().lock.standing == Standing::frozen);
        QCOMPARE(rig.device().lock.total, 0U); // the PIN was right
        const auto answer = rig.ask(rig.phone, rehearsalPending());
        QVERIFY(std::get<wire::Locked>(*answer).state == wire::DeviceState::frozen);
        QVERIFY(rig.server->unfreeze(rig.acct));
        const auto again = rig.signOnce(rehearsalPending(), Pin::right);
        QVERIFY(again && rig.phone.accepts(*again));
    }

    void freeze_byAnotherProcess_stopsTheOpenConversation()
    {
        Rig rig;
        QVERIFY(rig.activate());
        QVERIFY(rig.challenge(rehearsalPending()));
        const auto sign = rig.phone.sign(Pin::right);
        const auto other = *cosigner::Cosigner::start({rig.ledger, rig.masterKey, rig.epochKeys, rig.random, rig.clock});
        QVERIFY(other->freeze(rig.acct));
        QVERIFY(rig.connection->sign(sign)->verdict.status == Status::locked);
        QCOMPARE(rig.device().lock.total, 0U);
    }
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "test_recovery.moc"
