// What keeps a thief out: chain, clone alarm, lock, restore of a backup; and a ledger that fails at any call.
#include "tests/shield/cosigner/rig.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using cosigner::KeyState;
using cosigner::Notice;
using cosigner::Standing;
using intent::Act;
using intent::Op;
using wire::DeviceState;
using wire::Status;

class TestGuard : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Rig> m_rig;
    Rig &rig() { return *m_rig; }

    wire::Hello helloNow(TestPhone &phone, const std::optional<ByteArray<16>> &nonce = std::nullopt)
    {
        return phone.hello(Op::sign, 1, rig().cn(), nonce);
    }
    Result<cosigner::HelloAnswer> send(const wire::Hello &hello)
    {
        return rig().connection->hello(hello, rehearsalPending());
    }
    // A wrong PIN as soon as one is let in.
    void wrongPin()
    {
        rig().clock.wall = std::max(rig().clock.wall, rig().device().lock.lockUntil);
        const auto resp = rig().signOnce(rehearsalPending(), Pin::wrong);
        QVERIFY(resp && resp->verdict.status == Status::badPin);
    }
    wire::Locked lockedAnswer()
    {
        const auto answer = send(helloNow(rig().phone));
        if (!answer || !std::holds_alternative<wire::Locked>(*answer)) return {};
        return std::get<wire::Locked>(*answer);
    }

    // The ledger's first call after the one that counted a SIGN, on a device of its own.
    static int callsUntilCounted()
    {
        Rig other;
        if (!other.activate()) return 0;
        for (int call = 1; call < 100; ++call) {
            if (!other.challenge(rehearsalPending())) return 0;
            const int commits = other.memory.commits;
            other.ledger.failAt(call);
            const auto resp = other.connection->sign(other.phone.sign(Pin::right));
            other.ledger.heal();
            if (!resp && other.memory.commits > commits) return call;
            other.clock.advance(25LL * 3'600'000);
        }
        return 0;
    }

    // Runs act with the ledger going down at each call in turn, until it is let through. Whenever it went down the
    // answer was unavailable, and no row changed but by a step that was committed.
    void failingEverywhere(const std::function<void()> &prepare, const std::function<Result<void>()> &act)
    {
        for (int call = 1;; ++call) {
            prepare();
            const auto rows = rig().memory.rows;
            const int commits = rig().memory.commits;
            rig().ledger.failAt(call);
            const Result<void> done = act();
            rig().ledger.heal();
            if (!rig().ledger.hasFailed()) {
                QVERIFY(done);
                QVERIFY(call > 3);
                break;
            }
            QVERIFY(!done && done.error().code == Errc::unavailable);
            QVERIFY(rig().memory.rows == rows || rig().memory.commits > commits);
        }
        QVERIFY(!rig().told(Notice::Kind::cloneFound));
    }

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<Rig>();
        QVERIFY(rig().activate());
    }

    // --- chain ---

    void chal_lost_isRepeatedAtTheSamePosition()
    {
        const auto first = std::get<wire::Chal>(*send(helloNow(rig().phone)));
        const auto rows = rig().memory.rows;
        rig().reconnect(); // the answer was lost with the connection
        const auto second = rig().challenge(rehearsalPending());
        QVERIFY(second);
        QCOMPARE(second->ctr, first.ctr);
        QCOMPARE(second->n, first.n);
        QVERIFY(second->sid != first.sid);
        QVERIFY(second->points != first.points); // a fresh nonce for each
        QVERIFY(rig().memory.rows == rows);
        QVERIFY(rig().connection->sign(rig().phone.sign(Pin::right))->verdict.status == Status::ok);
    }

    void hello_replayedOnItsOwnConnection_isStaleAndTheConversationGoesOn()
    {
        const auto hello = helloNow(rig().phone);
        const auto chal = std::get<wire::Chal>(*send(hello));
        QVERIFY(rig().phone.take(chal));
        const auto rows = rig().memory.rows;
        QVERIFY(std::holds_alternative<wire::Stale>(*send(hello)));
        QVERIFY(send(hello).error().code == Errc::tampered); // without the nonce it is nothing
        QVERIFY(rig().memory.rows == rows);
        QVERIFY(rig().connection->sign(rig().phone.sign(Pin::right))->verdict.status == Status::ok);
    }

    void hello_lateDuplicate_raisesNoAlarm()
    {
        for (int later = 0; later < 3; ++later) {
            // Written for this connection, stuck on the way while the phone went on over another.
            auto slow = rig().server->connect();
            const auto stuck = rig().phone.hello(Op::sign, 1, slow->greeting()->cn);
            for (int i = 0; i <= later; ++i)
                QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
            QVERIFY(std::holds_alternative<wire::Stale>(*slow->hello(stuck, rehearsalPending())));
            slow.reset(); // nobody is there to answer
            QVERIFY(rig().device().lock.standing == Standing::active);
        }
        QVERIFY(!rig().told(Notice::Kind::cloneFound));
    }

    void clone_thatSpeaksAfterTheOwner_freezesAndKeepsTheKeys()
    {
        TestPhone clone(rig().random);
        clone.disk = rig().phone.disk;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
        QVERIFY(std::holds_alternative<wire::Clone>(*rig().ask(clone, rehearsalPending())));
        QVERIFY(rig().told(Notice::Kind::cloneFound));
        QVERIFY(std::holds_alternative<wire::Clone>(*rig().ask(rig().phone, rehearsalPending()))); // the owner, too
        const auto device = rig().device();
        QVERIFY(device.lock.standing == Standing::cloned);
        QVERIFY(device.sign.state == KeyState::active && device.encrypt.state == KeyState::active);
        QVERIFY(rig().server->unfreeze(rig().acct).error().code == Errc::badState);
        rig().restart();
        QVERIFY(std::holds_alternative<wire::Clone>(*rig().ask(rig().phone, rehearsalPending())));
    }

    void clone_found_endsTheOpenConversation()
    {
        TestPhone clone(rig().random);
        clone.disk = rig().phone.disk;
        QVERIFY(rig().challenge(rehearsalPending()));
        const auto sign = rig().phone.sign(Pin::right);
        auto other = rig().server->connect();
        const auto cn = other->greeting()->cn;
        const auto stale = std::get<wire::Stale>(*other->hello(clone.hello(Op::sign, 1, cn), rehearsalPending()));
        QVERIFY(std::holds_alternative<wire::Clone>(
            *other->hello(clone.hello(Op::sign, 1, cn, stale.nonce), rehearsalPending())));
        QVERIFY(rig().connection->sign(sign)->verdict.status == Status::expired);
    }

    void stale_nonce_isForOneHelloOfItsConnection()
    {
        rig().phone.disk.ctr += 1;
        const auto stale = std::get<wire::Stale>(*send(helloNow(rig().phone)));
        rig().phone.disk.ctr -= 1;
        auto other = rig().server->connect();
        const auto hello = rig().phone.hello(Op::sign, 1, other->greeting()->cn, stale.nonce);
        QVERIFY(other->hello(hello, rehearsalPending()).error().code == Errc::tampered);
        QVERIFY(std::holds_alternative<wire::Chal>(*send(helloNow(rig().phone, stale.nonce))));
    }

    // The answer to a HELLO is lost, the next one is therefore stale, and its second HELLO is stuck while the phone goes on.
    void hello_secondOneLate_raisesNoAlarm()
    {
        QVERIFY(std::holds_alternative<wire::Chal>(*send(helloNow(rig().phone)))); // not taken
        auto slow = rig().server->connect();
        const auto cn = slow->greeting()->cn;
        const auto stale =
            std::get<wire::Stale>(*slow->hello(rig().phone.hello(Op::sign, 1, cn), rehearsalPending()));
        const auto stuck = rig().phone.hello(Op::sign, 1, cn, stale.nonce);
        rig().reconnect();
        for (int i = 0; i < 2; ++i)
            QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
        const auto again = slow->hello(stuck, rehearsalPending());
        QVERIFY(again && std::holds_alternative<wire::Stale>(*again));
        QVERIFY(rig().device().lock.standing == Standing::active);

        // Whoever answers from that position is a copy.
        TestPhone copy(rig().random);
        copy.disk = rig().phone.disk;
        copy.disk.ctr = stuck.ctr;
        copy.disk.n = stuck.n;
        const auto nonce = std::get<wire::Stale>(*again).nonce;
        QVERIFY(std::holds_alternative<wire::Clone>(
            *slow->hello(copy.hello(Op::sign, 1, cn, nonce), rehearsalPending())));
    }

    // --- lock ---

    void locked_hello_showsTheCountdownAndMovesNothing()
    {
        for (int i = 0; i < 3; ++i)
            wrongPin();
        const auto rows = rig().memory.rows;
        wire::Locked locked = lockedAnswer();
        QCOMPARE(locked.retryAfter, 60U);
        QCOMPARE(locked.tries, std::uint8_t{7});
        QCOMPARE(locked.failures, std::uint8_t{3});
        QVERIFY(locked.state == DeviceState::active);
        rig().clock.wall += 59'001;
        QCOMPARE(lockedAnswer().retryAfter, 1U);
        QVERIFY(rig().memory.rows == rows);
        rig().clock.wall += 999;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
        QCOMPARE(rig().device().lock.run, 0U);
    }

    void locked_signOfAnOpenConversation_isRefusedUncounted()
    {
        for (int i = 0; i < 2; ++i)
            wrongPin();
        QVERIFY(rig().challenge(rehearsalPending()));
        auto lateOne = rig().phone.sign(Pin::wrong);
        QVERIFY(rig().connection->sign(lateOne)->verdict.status == Status::badPin); // the third: locked from here on
        auto device = rig().memory.rows.find({ports::Table::device, bytesOf(rig().acct)});
        QVERIFY(device != rig().memory.rows.end());
        const Bytes lockedRow = device->second;
        rig().clock.wall += 60'000;
        QVERIFY(rig().challenge(rehearsalPending()));
        rig().clock.wall -= 60'000; // the wall clock was set back in between
        QVERIFY(rig().connection->sign(rig().phone.sign(Pin::right))->verdict.status == Status::locked);
        QCOMPARE(rig().device().lock.run, 3U);
    }

    void wrongPins_ofAllOps_climbOneLadder()
    {
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(32, 1), rig().random);
        wrongPin();
        QVERIFY(rig().openOnce(openPending(Act::rehearseDecrypt, {sealed}), Pin::wrong)->verdict.status == Status::badPin);
        QVERIFY(rig().challenge(pinChangePending()));
        const auto ref2 = rig().connection->refresh1(rig().phone.ref1(Op::pinChange, Pin::wrong));
        QCOMPARE(ref2->verdict, (wire::Verdict{Status::badPin, 7, 60, 3, 3}));
        QCOMPARE(ref2->rho2, ByteArray<32>{});
    }

    void wrongPin_theTenth_freezesUntilUnfrozen()
    {
        for (int i = 0; i < 10; ++i)
            wrongPin();
        QVERIFY(rig().told(Notice::Kind::frozen));
        const wire::Locked locked = lockedAnswer();
        QVERIFY(locked.state == DeviceState::frozen);
        QCOMPARE(locked.retryAfter, 0U);
        QCOMPARE(locked.tries, std::uint8_t{0});
        QVERIFY(rig().server->unfreeze(rig().acct));
        QVERIFY(rig().told(Notice::Kind::unfrozen));
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
        QCOMPARE(rig().device().view.tries, std::uint8_t{10});
        QVERIFY(rig().server->unfreeze(rig().acct).error().code == Errc::badState);
        QVERIFY(rig().server->unfreeze(ByteArray<16>{9}).error().code == Errc::notFound);
    }

    void freeze_whoseVerdictACrashCutOff_isToldAtTheNextHelloOnce()
    {
        for (int i = 0; i < 9; ++i)
            wrongPin();
        rig().clock.wall = std::max(rig().clock.wall, rig().device().lock.lockUntil);
        const auto frozenTold = [&] {
            return std::count_if(rig().notices.begin(), rig().notices.end(),
                                 [](const Notice &told) { return told.kind == Notice::Kind::frozen; });
        };
        QVERIFY(rig().challenge(rehearsalPending()));
        const int commits = rig().memory.commits;
        const auto sign = rig().phone.sign(Pin::wrong);
        rig().ledger.failAt(callsUntilCounted());
        QVERIFY(rig().connection->sign(sign).error().code == Errc::unavailable);
        rig().ledger.heal();
        QCOMPARE(rig().memory.commits, commits + 1);
        rig().restart();
        QCOMPARE(rig().device().lock.run, 10U);
        QVERIFY(rig().device().lock.standing == Standing::active);
        QCOMPARE(frozenTold(), 0);
        QVERIFY(lockedAnswer().state == DeviceState::frozen);
        QVERIFY(rig().device().lock.standing == Standing::frozen);
        QCOMPARE(frozenTold(), 1);
        QVERIFY(lockedAnswer().state == DeviceState::frozen);
        QCOMPARE(frozenTold(), 1);
    }

    void wrongPin_theThirtieth_destroysTheSignShareAndLeavesTheOther()
    {
        for (int i = 0; i < 30; ++i) {
            if (rig().device().view.tries == 0) QVERIFY(rig().server->unfreeze(rig().acct));
            wrongPin();
        }
        QVERIFY(rig().told(Notice::Kind::signShareDestroyed));
        auto device = rig().device();
        QVERIFY(device.sign.state == KeyState::destroyed);
        QVERIFY(device.encrypt.state == KeyState::active);
        QVERIFY(device.lock.standing == Standing::frozen);
        QVERIFY(rig().server->unfreeze(rig().acct));
        QVERIFY(lockedAnswer().state == DeviceState::destroyed);
        // A PIN change that names the sign key learns it the same way, and goes on with the other.
        const auto rows = rig().memory.rows;
        const auto answer = rig().ask(rig().phone, pinChangePending());
        QVERIFY(std::get<wire::Locked>(*answer).state == DeviceState::destroyed);
        QVERIFY(rig().memory.rows == rows);
        const Bytes sealed = ciphertextFor(device.encrypt.point, Bytes(32, 1), rig().random);
        const auto pending = openPending(Act::rehearseDecrypt, {sealed});
        QCOMPARE(rig().openOnce(pending, Pin::right)->verdict.tries, std::uint8_t{3});
        for (int i = 0; i < 3; ++i) {
            rig().clock.wall = std::max(rig().clock.wall, rig().device().lock.lockUntil);
            QVERIFY(rig().openOnce(pending, Pin::wrong)->verdict.status == Status::badPin);
        }
        QVERIFY(rig().device().lock.standing == Standing::frozen);
    }

    // --- restore of a backup ---

    void backup_restored_adoptsThePhoneOnceAndAsksForTheRightPin()
    {
        const auto backup = rig().memory.rows;
        for (int i = 0; i < 3; ++i)
            QVERIFY(rig().signOnce(rehearsalPending(), Pin::right));
        rig().memory.rows = backup;
        QVERIFY(rig().server->raiseRestoreEpoch());
        rig().restart();
        QCOMPARE(rig().connection->greeting()->restoreEpoch, 1U);
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
        QVERIFY(rig().told(Notice::Kind::chainAdopted));
        // Once: a second phone of that position is a clone again.
        TestPhone clone(rig().random);
        clone.disk = rig().phone.disk;
        clone.disk.ctr += 5;
        QVERIFY(std::holds_alternative<wire::Clone>(*rig().ask(clone, rehearsalPending())));
    }

    void backup_restored_aWrongPinFreezes()
    {
        const auto backup = rig().memory.rows;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right));
        rig().memory.rows = backup;
        QVERIFY(rig().server->raiseRestoreEpoch());
        const auto resp = rig().signOnce(rehearsalPending(), Pin::wrong);
        QVERIFY(resp->verdict.status == Status::badPin);
        QCOMPARE(resp->verdict.tries, std::uint8_t{0});
        QVERIFY(rig().device().lock.standing == Standing::frozen);
    }

    void backup_restoredWithoutRaisingTheEpoch_orAPhoneBehind_isAClone()
    {
        const auto backup = rig().memory.rows;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right));
        const auto later = rig().memory.rows;
        rig().memory.rows = backup;
        QVERIFY(std::holds_alternative<wire::Clone>(*rig().ask(rig().phone, rehearsalPending())));

        rig().memory.rows = later;
        QVERIFY(rig().server->raiseRestoreEpoch());
        TestPhone behind(rig().random);
        behind.disk = rig().phone.disk;
        behind.disk.ctr -= 1;
        QVERIFY(std::holds_alternative<wire::Clone>(*rig().ask(behind, rehearsalPending())));
    }

    void device_madeAfterTheRestore_isNotAdopted()
    {
        Rig fresh;
        QVERIFY(fresh.server->raiseRestoreEpoch());
        QVERIFY(fresh.activate());
        fresh.phone.disk.ctr += 1;
        QVERIFY(std::holds_alternative<wire::Clone>(*fresh.ask(fresh.phone, rehearsalPending())));
    }

    // --- the ledger fails at its k-th call ---

    void ledgerDown_atAnyCallOfHello_saysUnavailableAndTheNextGoesOn()
    {
        failingEverywhere([] {}, [&]() -> Result<void> {
            HUFU_TRY(answer, rig().ask(rig().phone, rehearsalPending()));
            const auto *chal = std::get_if<wire::Chal>(&answer);
            return chal ? rig().phone.take(*chal) : Result<void>(Error(Errc::internal, "no CHAL"));
        });
    }

    void ledgerDown_atAnyCallOfSign_saysUnavailableAndNothingIsUncounted()
    {
        std::uint32_t before = 0;
        const auto isApproval = [](const Notice &notice) { return notice.kind == Notice::Kind::approved; };
        const auto approvals = std::ranges::count_if(rig().happened, isApproval);
        failingEverywhere(
            [&] {
                rig().clock.advance(25LL * 3'600'000);
                if (rig().device().view.tries == 0) QVERIFY(rig().server->unfreeze(rig().acct));
                QVERIFY(rig().challenge(rehearsalPending()));
                before = rig().device().lock.total;
            },
            [&]() -> Result<void> {
                const auto sign = rig().phone.sign(Pin::right);
                const auto resp = rig().connection->sign(sign);
                if (resp && resp->verdict.status == Status::ok) return {};
                rig().ledger.heal();
                const auto again = rig().connection->sign(sign);
                if (!again || again->verdict.status != Status::expired) return Error(Errc::internal, "evaluated twice");
                if (rig().device().lock.total > before + 1) return Error(Errc::internal, "counted twice");
                if (std::ranges::count_if(rig().happened, isApproval) != approvals) return Error(Errc::internal, "told of what did not happen");
                return resp ? Result<void>(Error(Errc::internal, "an answer")) : Result<void>(resp.error());
            });
        QCOMPARE(std::ranges::count_if(rig().happened, isApproval), approvals + 1);
        QVERIFY(std::ranges::count_if(rig().notices, isApproval) > approvals + 1); // told in transactions that came to nothing
    }

    void ledgerDown_atAnyCallOfDecrypt_saysUnavailable()
    {
        const Bytes sealed = ciphertextFor(rig().device().encrypt.point, Bytes(32, 1), rig().random);
        failingEverywhere(
            [&] {
                rig().clock.advance(25LL * 3'600'000);
                if (rig().device().view.tries == 0) QVERIFY(rig().server->unfreeze(rig().acct));
                QVERIFY(rig().challenge(openPending(Act::rehearseDecrypt, {sealed})));
            },
            [&]() -> Result<void> {
                HUFU_TRY(dec2, rig().connection->decrypt(rig().phone.dec1(Pin::right, {sealed})));
                return dec2.verdict.status == Status::ok ? Result<void>() : Error(Errc::internal, "no answer");
            });
    }

    void ledgerDown_atAnyCallOfActivation_saysUnavailableAndWritesNothing()
    {
        failingEverywhere(
            [&] {
                rig().acct[3] += 1;
                rig().reconnect();
            },
            [&]() -> Result<void> {
                TestPhone phone(rig().random);
                HUFU_TRY(kg2, rig().connection->keygenStart(phone.activate(rig().acct)));
                HUFU_TRY(kg3, phone.kg3(kg2));
                HUFU_CHECK(rig().connection->keygenFinish(kg3));
                return {};
            });
    }

    void masterKeyDown_saysUnavailableAndCountsNothing()
    {
        QVERIFY(rig().challenge(rehearsalPending()));
        const auto rows = rig().memory.rows;
        rig().masterKey.down = true;
        QVERIFY(rig().connection->sign(rig().phone.sign(Pin::right)).error().code == Errc::unavailable);
        QVERIFY(send(helloNow(rig().phone)).error().code == Errc::unavailable);
        QVERIFY(rig().memory.rows == rows);
        rig().masterKey.down = false;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
    }

    void row_ofAnotherDevice_inTheLedger_isNotServed()
    {
        auto &rows = rig().memory.rows;
        const auto key = std::pair{ports::Table::deviceKey, bytesOf(rig().device().sign.keyId)};
        const Bytes own = rows[key];
        rows[key][20] ^= 1; // the point: no longer the one that the share was sealed with
        const auto answer = rig().ask(rig().phone, rehearsalPending());
        QVERIFY(!answer && answer.error().code == Errc::internal);
        rows[key] = own;
        QVERIFY(rig().signOnce(rehearsalPending(), Pin::right)->verdict.status == Status::ok);
    }

    void ledger_whole_holdsNoShareInClear()
    {
        const auto &disk = rig().phone.disk;
        for (const auto &[where, value] : rig().memory.rows) {
            const auto holds = [&](ByteView secret) {
                return std::search(value.begin(), value.end(), secret.begin(), secret.end()) != value.end();
            };
            QVERIFY(!holds(disk.kDev));
            for (const PhoneKey &key : disk.keys)
                QVERIFY(!holds(ByteView(*crypto::mulBase(key.u1).encode()).subspan(1, 32))); // P1
        }
    }
};

QTEST_GUILESS_MAIN(TestGuard)
#include "test_guard.moc"
