// Every rung of PROTOCOL R1.
#include "shield/cosigner/ladder.h"

#include <QTest>

using namespace hufu;
using namespace hufu::cosigner;

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;

// A device after run wrong PINs, each tried as soon as the lock allowed.
struct Played {
    Lock lock;
    std::int64_t now = kNow;
};

Played afterFailures(std::uint32_t run, Lock lock = {})
{
    Played played{lock, kNow};
    for (std::uint32_t i = 0; i < run; ++i) {
        played.now = std::max(played.now, played.lock.lockUntil);
        played.lock = settled(counted(played.lock, played.now));
    }
    return played;
}

} // namespace

class TestLadder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rung_eachFailure_locksAsLongAsTheLadderSays_data()
    {
        QTest::addColumn<quint32>("run");
        QTest::addColumn<qint64>("ms");
        const qint64 rungs[] = {0, 0, 0, kMinute, 5 * kMinute, 30 * kMinute, 3 * kHour, 3 * kHour, 3 * kHour, 24 * kHour};
        quint32 run = 0;
        for (const qint64 ms : rungs) {
            QTest::addRow("failure %u", run) << run << ms;
            ++run;
        }
    }
    void rung_eachFailure_locksAsLongAsTheLadderSays()
    {
        QFETCH(quint32, run);
        QFETCH(qint64, ms);
        const Played played = afterFailures(run);
        QCOMPARE(played.lock.run, run);
        QCOMPARE(played.lock.total, run);
        QVERIFY(played.lock.standing == Standing::active);
        QCOMPARE(viewOf(played.lock, played.now).retryAfter, static_cast<std::uint32_t>(ms / 1000));
        QCOMPARE(isOpen(played.lock, played.now), ms == 0);
        if (ms == 0) return;
        QVERIFY(!isOpen(played.lock, played.now + ms - 1));
        QCOMPARE(viewOf(played.lock, played.now + ms - 1).retryAfter, 1U); // rounded up: never "now" too early
        QVERIFY(isOpen(played.lock, played.now + ms));
        QCOMPARE(viewOf(played.lock, played.now + ms).retryAfter, 0U);
    }

    void failure_theTenth_freezes()
    {
        const Played played = afterFailures(10);
        QVERIFY(played.lock.standing == Standing::frozen);
        QVERIFY(!isOpen(played.lock, played.now + 1000 * kHour));
        QCOMPARE(viewOf(played.lock, played.now), (LockView{0, 10, 0, 10}));
    }

    void success_afterFailures_takesBackItsOwnCountOnly()
    {
        const Played played = afterFailures(4);
        const Lock after = cleared(counted(played.lock, played.lock.lockUntil));
        QCOMPARE(after.run, 0U);
        QCOMPARE(after.total, 4U);
        QCOMPARE(after.allow, kAllowedFailures);
        QCOMPARE(after.lockUntil, std::int64_t{0});
        QVERIFY(after.standing == Standing::active);
    }

    void success_onTheTenthTry_leavesNothingFrozen()
    {
        const Played played = afterFailures(9);
        const Lock during = counted(played.lock, played.lock.lockUntil);
        QVERIFY(!isOpen(during, during.lockUntil)); // no eleventh beside it
        QCOMPARE(viewOf(during, played.lock.lockUntil), (LockView{0, 10, 0, 10}));
        QVERIFY(settled(during).standing == Standing::frozen);
        QVERIFY(cleared(during).standing == Standing::active);
    }

    void unfreeze_belowThirtyMinutes_isRefused()
    {
        for (std::uint32_t run = 0; run < kUnfreezeFromRun; ++run)
            QVERIFY(unfrozen(afterFailures(run).lock).error().code == Errc::badState);
    }

    void unfreeze_fromThirtyMinutesUp_givesThreeTriesAtOnce()
    {
        for (std::uint32_t run = kUnfreezeFromRun; run <= 10; ++run) {
            const Played played = afterFailures(run);
            auto lock = unfrozen(played.lock);
            QVERIFY(lock);
            QVERIFY(isOpen(*lock, played.now));
            QCOMPARE(viewOf(*lock, played.now).tries, std::uint8_t{3});
            const Played again = afterFailures(3, *lock);
            QVERIFY(again.lock.standing == Standing::frozen);
        }
    }

    void unfreeze_ofTheTenth_locksADayForEachFurtherFailure()
    {
        auto lock = unfrozen(afterFailures(10).lock);
        QVERIFY(lock);
        const Lock eleventh = counted(*lock, kNow);
        QVERIFY(eleventh.standing == Standing::active);
        QCOMPARE(viewOf(eleventh, kNow), (LockView{2, 11, 24 * 3600, 11}));
    }

    void unfreeze_ofAClone_isRefused()
    {
        Lock lock = afterFailures(7).lock;
        lock.standing = Standing::cloned;
        QVERIFY(unfrozen(lock).error().code == Errc::badState);
    }

    // A thief who is let in by genuine successes all the time ends at thirty.
    void total_thirty_destroysTheSignShareAndFreezes()
    {
        Lock lock;
        std::int64_t now = kNow;
        while (lock.total < kTotalMax - 1) {
            lock = settled(counted(lock, now));
            now = std::max(now, lock.lockUntil);
            if (lock.run == 2) lock = cleared(counted(lock, now));
        }
        QVERIFY(!lock.exhausted);
        const Lock lucky = cleared(counted(lock, now)); // the thirtieth is right: nothing is lost
        QVERIFY(!lucky.exhausted && lucky.total == kTotalMax - 1);
        lock = settled(counted(lock, now));
        QVERIFY(lock.exhausted);
        QVERIFY(lock.standing == Standing::frozen);
    }

    void total_beyondThirty_goesOnInGroupsOfThree()
    {
        Lock lock;
        lock.run = 1;
        lock.total = kTotalMax;
        lock = settled(lock);
        for (int group = 0; group < 3; ++group) {
            auto open = unfrozen(lock);
            QVERIFY(open);
            const Played wrong = afterFailures(2, *open);
            QVERIFY(wrong.lock.standing == Standing::active);
            const Lock right = cleared(counted(wrong.lock, wrong.lock.lockUntil));
            QCOMPARE(viewOf(right, wrong.lock.lockUntil).tries, std::uint8_t{3});
            lock = afterFailures(3, right).lock;
            QVERIFY(lock.standing == Standing::frozen);
        }
    }

    void total_afterAPinChange_isZero()
    {
        Lock lock;
        lock.total = 17;
        QCOMPARE(pinChanged(lock).total, 0U);
        lock.total = kTotalMax;
        lock = pinChanged(cleared(*unfrozen(settled(lock))));
        QCOMPARE(lock.total, 0U);
        QVERIFY(!lock.exhausted);
        QCOMPARE(lock.allow, kAllowedFailures);
    }

    void adoption_leavesOneTry()
    {
        const Lock lock = adopted(Lock{});
        QCOMPARE(viewOf(lock, kNow).tries, std::uint8_t{1});
        QVERIFY(isOpen(lock, kNow));
        QVERIFY(settled(counted(lock, kNow)).standing == Standing::frozen);
        QCOMPARE(cleared(counted(lock, kNow)).run, 0U);
    }
};

QTEST_GUILESS_MAIN(TestLadder)
#include "test_ladder.moc"
