// The guard's rules, the moments of rehearsals, and the readiness light.
#include "shield/opening/guard.h"
#include "shield/opening/readiness.h"
#include "tests/shield/opening/sealed.h"

#include <QTest>

using namespace hufu;
using namespace hufu::opening;
using tests::kLi;
using tests::kSealedMs;
using tests::kStranger;
using tests::kWang;
using tests::sealedBid;

namespace {

CanOpen only(std::vector<AccountId> able)
{
    return [able](const AccountId &acct, std::int64_t) -> Result<bool> { return std::ranges::find(able, acct) != able.end(); };
}

std::vector<Risk> risks(Deed deed, const std::vector<Bid> &bids, const CanOpen &canOpen, std::int64_t nowMs = kSealedMs + 1)
{
    return *risksOf(deed, kWang, bids, canOpen, nowMs);
}

} // namespace

class TestGuard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deed_thatLeavesNobody_isBlocked()
    {
        for (const Deed deed : {Deed::freeze, Deed::end}) {
            const auto found = risks(deed, {sealedBid(1)}, only({kWang})); // she cannot, and of the third nothing is known
            QCOMPARE(found.size(), std::size_t(1));
            QVERIFY(found[0].ruling == Ruling::block);
            QCOMPARE(found[0].others, 0);
        }
    }

    void deed_thatLeavesAColleague_warns()
    {
        for (const Deed deed : {Deed::freeze, Deed::end}) {
            const auto found = risks(deed, {sealedBid(1)}, only({kWang, kLi}));
            QVERIFY(found.at(0).ruling == Ruling::warn);
            QCOMPARE(found[0].others, 1);
        }
    }

    // Who is locked after wrong PINs counts if the lock ends before the opening.
    void colleague_whoIsLocked_countsFromTheEndOfTheLock()
    {
        const Bid bid = sealedBid(1);
        const auto lockedUntil = [](std::int64_t endMs) -> CanOpen {
            return [endMs](const AccountId &acct, std::int64_t atMs) -> Result<bool> { return acct == kLi && atMs >= endMs; };
        };
        QCOMPARE(risks(Deed::freeze, {bid}, lockedUntil(bid.openingMs)).at(0).others, 1);
        QCOMPARE(risks(Deed::freeze, {bid}, lockedUntil(bid.openingMs + 1)).at(0).others, 0);
        QCOMPARE(risks(Deed::freeze, {bid}, lockedUntil(bid.openingMs + 1), bid.openingMs + 1).at(0).others, 1); // its hour is over, and so is the lock
    }

    // The key of a revoked certificate still opens: there is something to say, and nothing to bar.
    void revocation_warnsWhoeverElseIsThere()
    {
        for (const int others : {0, 1}) {
            const auto found = risks(Deed::revoke, {sealedBid(1)}, others == 0 ? only({kWang}) : only({kWang, kLi}));
            QCOMPARE(found.size(), std::size_t(1));
            QVERIFY(found[0].ruling == Ruling::warn);
            QCOMPARE(found[0].others, others);
            QVERIFY(mayGoOn(found, ""));
        }
    }

    void newPhone_warnsAndSeatsEndIsFree()
    {
        QVERIFY(risks(Deed::newPhone, {sealedBid(1)}, only({})).at(0).ruling == Ruling::warn);
        QVERIFY(risks(Deed::seatEnd, {sealedBid(1)}, only({})).empty());
    }

    void bid_thatIsNotAwaitedOrForOthers_isLeftAlone()
    {
        Bid opened = sealedBid(1), withdrawn = sealedBid(2), hers = sealedBid(3);
        opened.state = BidState::opened;
        withdrawn.state = BidState::withdrawn;
        hers.recipients = {{"李芳", Bytes(20, 2), kLi}};
        QVERIFY(risks(Deed::freeze, {opened, withdrawn, hers}, only({})).empty());
        const Bid late = sealedBid(4);
        QCOMPARE(risks(Deed::freeze, {late}, only({}), late.openingMs + kLateMs - 1).size(), std::size_t(1));
        QVERIFY(risks(Deed::freeze, {late}, only({}), late.openingMs + kLateMs).empty());
        withdrawn.isGivenBack = true; // a party says so, and nobody else
        QCOMPARE(risks(Deed::freeze, {withdrawn}, only({}), withdrawn.openingMs - 1).size(), std::size_t(1));
        QVERIFY(risks(Deed::freeze, {withdrawn}, only({}), withdrawn.openingMs).empty());
        const Bid hourless = sealedBid(5, 0);
        QCOMPARE(risks(Deed::freeze, {hourless}, only({}), kSealedMs + kHourlessMs - 1).size(), std::size_t(1));
        QVERIFY(risks(Deed::freeze, {hourless}, only({}), kSealedMs + kHourlessMs).empty());
    }

    void othersThatCannotBeAskedFor_areAnError()
    {
        const CanOpen down = [](const AccountId &, std::int64_t) -> Result<bool> { return Error(Errc::unavailable, "down"); };
        QCOMPARE(risksOf(Deed::freeze, kWang, {sealedBid(1)}, down, kSealedMs).error().code, Errc::unavailable);
    }

    void project_typed_letsABlockedDeedGoOn()
    {
        const auto blocked = risks(Deed::end, {sealedBid(1), sealedBid(2)}, only({}));
        QVERIFY(!mayGoOn(blocked, ""));
        QVERIFY(!mayGoOn(blocked, "ZB-2026-002")); // the first one has to be read
        QVERIFY(!mayGoOn(blocked, "ZB-2026-0011"));
        QVERIFY(mayGoOn(blocked, "ZB-2026-001"));
        QVERIFY(mayGoOn(risks(Deed::end, {sealedBid(1)}, only({kLi})), "")); // a warning needs no more
        QVERIFY(mayGoOn({}, ""));
    }

    void rehearsal_isDueAtSealingTheDayAndTheHourBefore()
    {
        const Bid bid = sealedBid(1);
        const std::int64_t dayBefore = bid.openingMs - kDayMs, hourBefore = bid.openingMs - kHourMs;
        QVERIFY(dueRehearsal(bid, 0, kSealedMs) == Moment::sealing);
        QVERIFY(dueRehearsal(bid, kSealedMs - 1, kSealedMs + 5) == Moment::sealing);
        QVERIFY(!dueRehearsal(bid, kSealedMs + 1, dayBefore - 1));
        QVERIFY(dueRehearsal(bid, kSealedMs + 1, dayBefore) == Moment::dayBefore);
        QVERIFY(!dueRehearsal(bid, dayBefore, hourBefore - 1));
        QVERIFY(dueRehearsal(bid, dayBefore, hourBefore) == Moment::hourBefore);
        QVERIFY(!dueRehearsal(bid, hourBefore, bid.openingMs - 1));
        QVERIFY(!dueRehearsal(bid, 0, bid.openingMs)); // now it is opened, not rehearsed
        Bid over = bid;
        over.state = BidState::opened;
        QVERIFY(!dueRehearsal(over, 0, kSealedMs));
        QVERIFY(dueRehearsal(sealedBid(1, 0), 0, kSealedMs + 99 * kDayMs) == Moment::sealing);
    }

    void moment_beforeTheSealing_isNone()
    {
        const Bid late = sealedBid(1, kSealedMs + kHourMs / 2);
        QVERIFY(dueRehearsal(late, 0, kSealedMs + 1) == Moment::sealing);
        QVERIFY(!dueRehearsal(late, kSealedMs + 1, kSealedMs + 2));
        QCOMPARE(*nextMomentMs(late, kSealedMs + 1), late.openingMs);
    }

    void nextMoment_isTheNextThatChangesAnything()
    {
        const Bid bid = sealedBid(1);
        QCOMPARE(*nextMomentMs(bid, kSealedMs), bid.openingMs - kDayMs);
        QCOMPARE(*nextMomentMs(bid, bid.openingMs - kDayMs), bid.openingMs - kHourMs);
        QCOMPARE(*nextMomentMs(bid, bid.openingMs - kHourMs), bid.openingMs);
        QVERIFY(!nextMomentMs(bid, bid.openingMs));
        QVERIFY(!nextMomentMs(sealedBid(1, 0), kSealedMs));
    }

    void readiness_namesTheCauseThatStopsFirst()
    {
        const Bid bid = sealedBid(1);
        const std::int64_t now = kSealedMs + 10;
        Means means;
        means.lastRehearsalMs = kSealedMs + 1;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::green, Cause::ready}));
        QVERIFY((readinessOf(bid, means, bid.openingMs) == Readiness{Light::green, Cause::openNow}));
        QVERIFY((readinessOf(bid, means, bid.openingMs - kDayMs) == Readiness{Light::amber, Cause::rehearsalDue}));
        QVERIFY((readinessOf(bid, means, bid.openingMs - kHourMs) == Readiness{Light::red, Cause::rehearsalDue}));
        means.skewMs = -kSkewMostMs;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::green, Cause::ready}));
        means.skewMs = -kSkewMostMs - 1;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::red, Cause::clockWrong}));
        means.isServerAway = true;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::red, Cause::serverAway}));
        means.lockedUntilMs = bid.openingMs - kHourMs;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::red, Cause::serverAway})); // it is over in time
        means.lockedUntilMs += 1;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::red, Cause::locked}));
        means.isBlocked = true;
        QVERIFY((readinessOf(bid, means, now) == Readiness{Light::red, Cause::blocked}));
        means.hasKey = false;
        QVERIFY((readinessOf(bid, means, bid.openingMs) == Readiness{Light::red, Cause::keyMissing}));
    }

    // A lock counts where it lasts into the last hour; in that hour, after it and without an hour, as long as it lasts.
    void readiness_whileLocked_isRedWhereTheLockLastsTooLong()
    {
        Means means;
        means.lastRehearsalMs = kSealedMs + 99 * kDayMs;
        for (const Bid &bid : {sealedBid(1), sealedBid(1, 0)})
            for (const std::int64_t now : {bid.openingMs - kHourMs, bid.openingMs, bid.openingMs + kHourMs}) {
                means.lockedUntilMs = now + 1;
                QVERIFY((readinessOf(bid, means, now) == Readiness{Light::red, Cause::locked}));
                QVERIFY(readinessOf(bid, means, now + 1).light == Light::green);
            }
        const Bid far = sealedBid(1);
        means.lockedUntilMs = far.openingMs - kHourMs;
        QVERIFY(readinessOf(far, means, far.openingMs - 2 * kHourMs).light == Light::green);
    }
};

QTEST_GUILESS_MAIN(TestGuard)
#include "test_guard.moc"
