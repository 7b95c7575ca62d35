// The phone looks after its sealed bids: lights, countdowns, reminders, and a list that is fetched again and again.
#include "app/phone/bid_watch.h"
#include "app/phone/models/home_model.h"
#include "app/phone/readiness.h"
#include "tests/shield/opening/sealed.h"
#include "tests/support/fakes.h"

#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using phone_app::BidsModel;
using phone_app::BidView;
using phone_app::BidWatch;
using phone_app::HomeModel;
using phone_app::Probe;

namespace {

struct Told final : phone_app::Notifications {
    QStringList reminders, withdrawn;
    void remind(const BidView &bid) override { reminders << bid.number; }
    void withdraw(const QString &bidId, int) override { withdrawn << bidId; }
};

// As the phone knows it: his own account, and no other's.
opening::Bid known(std::uint8_t number, std::int64_t openingMs)
{
    opening::Bid bid = sealedBid(number, openingMs);
    for (auto &recipient : bid.recipients)
        if (recipient.acct != kWang) recipient.acct = {};
    return bid;
}

struct Bench {
    ManualClock clock;
    BidsModel model;
    Told told;
    BidWatch watch{model, clock, &told};
    phone::KnownBids bids;

    Bench()
    {
        clock.wall = kSealedMs + 1000;
        bids.lastRehearsalMs = kSealedMs + 500;
        bids.fetchedMs = clock.wall;
    }
    void at(std::int64_t wallMs)
    {
        clock.wall = wallMs;
        watch.setKnown({{0, true, QStringLiteral("甲"), bids}});
    }
    BidView view(int index = 0) const { return model.bids().at(index).value<BidView>(); }
};

constexpr std::int64_t kOpeningMs = kSealedMs + 3 * opening::kDayMs;

} // namespace

class TestBidWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void list_showsWhatIsMine_andHowItStands()
    {
        Bench bench;
        opening::Bid theirs = known(2, kOpeningMs);
        theirs.recipients = {{"李芳", Bytes(20, 2), {}}};
        opening::Bid over = known(3, kOpeningMs);
        over.state = opening::BidState::opened;
        bench.bids.bids = {known(1, kOpeningMs), theirs, over};
        bench.at(kSealedMs + 1000);
        QCOMPARE(bench.model.bids().size(), 3);
        QCOMPARE(bench.model.awaited().size(), 2);
        QVERIFY(bench.view(0).mine && bench.view(0).own && bench.view(0).awaited);
        QCOMPARE(bench.view(0).light, int(HomeModel::Green));
        QCOMPARE(bench.view(0).cause, int(BidsModel::Ready));
        QCOMPARE(bench.view(0).recipients.size(), 3);
        QVERIFY(!bench.view(1).mine);
        QCOMPARE(bench.view(1).light, int(HomeModel::Grey));
        QVERIFY(!bench.view(2).awaited);
        QCOMPARE(bench.view(2).state, int(BidsModel::Opened));
    }
    void bidsOfFormerKeys_areListedWithTheRest_andAnothersAreNot()
    {
        Bench bench;
        bench.clock.wall = kSealedMs + 1000;
        phone::KnownBids former = bench.bids, others = bench.bids, own = bench.bids;
        former.bids = {known(1, kOpeningMs - opening::kDayMs)};
        others.bids = {known(2, kOpeningMs)};
        own.bids = {known(3, kOpeningMs)};
        bench.watch.setKnown({{0, false, QStringLiteral("甲"), former, true}, {1, false, QStringLiteral("乙"), others, false}, {2, true, QStringLiteral("甲"), own, false}});
        QCOMPARE(bench.model.awaited().size(), 2);
        QCOMPARE(bench.view(0).shield, 0); // the next opening first
        QVERIFY(bench.view(0).mine && bench.view(0).light == int(HomeModel::Green));
        QCOMPARE(bench.view(1).shield, 2);
        // At the hour the light is theirs, too, and the server's absence counts for them.
        bench.watch.setProbe([] {
            Probe away;
            away.state = Probe::State::unreachable;
            return away;
        }());
        QVERIFY(bench.view(0).cause == int(BidsModel::ServerAway) && bench.watch.outlook().readiness.light != opening::Light::green);
        bench.clock.wall = kOpeningMs - opening::kDayMs + 1;
        bench.watch.setProbe({});
        QCOMPARE(bench.view(0).cause, int(BidsModel::OpenNow));
    }
    void list_thatIsTheSame_isNotToldAgain()
    {
        Bench bench;
        bench.bids.bids = {known(1, kOpeningMs)};
        bench.at(kSealedMs + 1000);
        QSignalSpy changed(&bench.model, &BidsModel::changed);
        bench.at(kSealedMs + 2000);
        QCOMPARE(changed.size(), 0);
        bench.at(kOpeningMs - opening::kDayMs);
        QCOMPARE(changed.size(), 1);
    }
    void reminder_comesADayAndAnHourBefore_onceEach()
    {
        Bench bench;
        bench.bids.bids = {known(1, kOpeningMs)};
        bench.at(kOpeningMs - opening::kDayMs - 1);
        QVERIFY(bench.told.reminders.isEmpty());
        bench.at(kOpeningMs - opening::kDayMs);
        bench.at(kOpeningMs - opening::kDayMs + 1000);
        QCOMPARE(bench.told.reminders.size(), 1);
        bench.at(kOpeningMs - opening::kHourMs);
        bench.at(kOpeningMs - opening::kHourMs + 1000);
        QCOMPARE(bench.told.reminders.size(), 2);
        bench.at(kOpeningMs);
        QCOMPARE(bench.told.reminders.size(), 2);
    }
    void reminder_afterATest_isWithdrawn_andOfOthersNone()
    {
        Bench bench;
        opening::Bid theirs = known(2, kOpeningMs);
        theirs.recipients = {{"李芳", Bytes(20, 2), {}}};
        bench.bids.bids = {known(1, kOpeningMs), theirs};
        bench.at(kOpeningMs - opening::kDayMs);
        QCOMPARE(bench.told.reminders, QStringList{QStringLiteral("ZB-2026-001")});
        bench.told.withdrawn.clear();
        bench.bids.lastRehearsalMs = kOpeningMs - opening::kDayMs + 5;
        bench.at(kOpeningMs - opening::kDayMs + 10);
        QVERIFY(bench.told.withdrawn.contains(bench.view(0).id));
        QCOMPARE(bench.view(0).light, int(HomeModel::Green));
    }
    // Of every shield; the list on the screen is of the one in use.
    void reminder_ofAnotherShield_comes_andSaysWhose()
    {
        Bench bench;
        BidWatch shade(bench.model, bench.clock);
        phone::KnownBids theirs;
        theirs.lastRehearsalMs = kSealedMs + 500;
        theirs.bids = {known(1, kOpeningMs)};
        bench.bids.bids = {known(2, kOpeningMs + 9 * opening::kDayMs)};
        bench.clock.wall = kOpeningMs - opening::kHourMs;
        QSignalSpy changed(&shade, &BidWatch::outlookChanged);
        shade.setKnown({{0, true, QStringLiteral("甲"), bench.bids}, {1, false, QStringLiteral("乙"), theirs}});
        QCOMPARE(bench.model.bids().size(), 1);
        QCOMPARE(bench.view().number, QStringLiteral("ZB-2026-002"));
        QCOMPARE(bench.model.reminded().number, QStringLiteral("ZB-2026-001"));
        QCOMPARE(bench.model.reminded().shield, 1);
        QCOMPARE(bench.model.reminded().shieldLabel, QStringLiteral("乙"));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(shade.lightOf(1), int(HomeModel::Red));
        QCOMPARE(shade.lightOf(0), int(HomeModel::Green));
        QCOMPARE(shade.lightOf(2), int(HomeModel::Grey)); // nothing waits
        QVERIFY(shade.outlook().readiness.light == opening::Light::green); // the light at home is of the one in use
        shade.setKnown({{0, true, QStringLiteral("甲"), bench.bids}}); // it was taken off the phone
        QVERIFY(!bench.model.reminderShown());
    }
    // Two shields that open the same bid are reminded of it each.
    void reminder_ofOneBidForTwoShields_goesOneByOne()
    {
        Bench bench;
        BidWatch shade(bench.model, bench.clock);
        bench.bids.bids = {known(1, kOpeningMs)};
        phone::KnownBids theirs = bench.bids;
        bench.clock.wall = kOpeningMs - opening::kHourMs;
        const auto show = [&] { shade.setKnown({{0, true, QStringLiteral("甲"), bench.bids}, {1, false, QStringLiteral("乙"), theirs}}); };
        show();
        QCOMPARE(bench.model.reminded().shield, 0);
        bench.bids.lastRehearsalMs = bench.clock.wall;
        show();
        QVERIFY(bench.model.reminderShown());
        QCOMPARE(bench.model.reminded().shield, 1);
    }
    void shade_showsOneAfterTheOther()
    {
        Bench bench;
        BidWatch shade(bench.model, bench.clock);
        bench.bids.bids = {known(1, kOpeningMs), known(2, kOpeningMs)};
        bench.clock.wall = kOpeningMs - opening::kDayMs;
        shade.setKnown({{0, true, QStringLiteral("甲"), bench.bids}});
        QVERIFY(bench.model.reminderShown());
        QCOMPARE(bench.model.reminded().number, QStringLiteral("ZB-2026-001"));
        QSignalSpy asked(&bench.model, &BidsModel::bidAsked);
        bench.model.openReminded();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(bench.model.bid().number, QStringLiteral("ZB-2026-001"));
        QCOMPARE(bench.model.reminded().number, QStringLiteral("ZB-2026-002"));
        bench.model.dismissReminder();
        QVERIFY(!bench.model.reminderShown());
    }
    void outlook_isTheWorst_andReachesTheLightAtHome()
    {
        Bench bench;
        bench.bids.bids = {known(1, kOpeningMs + opening::kDayMs), known(2, kOpeningMs)};
        QSignalSpy changed(&bench.watch, &BidWatch::outlookChanged);
        bench.at(kOpeningMs - opening::kHourMs);
        QCOMPARE(changed.size(), 1);
        const auto outlook = bench.watch.outlook();
        QVERIFY(outlook.readiness.light == opening::Light::red);
        QCOMPARE(outlook.hours, 1);
        phone_app::CertificateView card;
        card.daysLeft = 365;
        Probe probe;
        probe.state = Probe::State::reached;
        const auto light = [&](const phone_app::BidsOutlook &bids) { return phone_app::readinessOf(card, {}, probe, -1, bids); };
        QCOMPARE(light(outlook).light, int(HomeModel::Red));
        QCOMPARE(light(outlook).cause, int(HomeModel::BidRehearsalDue));
        bench.at(kOpeningMs - opening::kDayMs);
        QCOMPARE(light(bench.watch.outlook()).light, int(HomeModel::Amber));
        bench.bids.lastRehearsalMs = bench.clock.wall;
        bench.at(bench.clock.wall);
        QCOMPARE(light(bench.watch.outlook()).cause, int(HomeModel::Ready));
        probe.state = Probe::State::unreachable;
        bench.watch.setProbe(probe);
        QCOMPARE(bench.view(0).cause, int(BidsModel::ServerAway));
        QCOMPARE(light(bench.watch.outlook()).cause, int(HomeModel::ServerAway));
    }
    void lock_thatReachesTheOpening_isRedUntilItHasPassed()
    {
        Bench bench;
        bench.bids.bids = {known(1, kOpeningMs)};
        bench.at(kSealedMs + 1000);
        bench.watch.setStanding(false, kOpeningMs - opening::kHourMs);
        QCOMPARE(bench.view().light, int(HomeModel::Green)); // over in time
        bench.watch.setStanding(false, kOpeningMs + opening::kHourMs);
        QVERIFY(bench.view().light == int(HomeModel::Red) && bench.view().cause == int(BidsModel::Locked));
        QVERIFY((bench.watch.outlook().readiness == opening::Readiness{opening::Light::red, opening::Cause::locked}));
        bench.watch.setStanding(true, kOpeningMs + opening::kHourMs);
        QCOMPARE(bench.view().cause, int(BidsModel::Blocked)); // which does not pass
        bench.watch.setStanding(false, kOpeningMs + opening::kHourMs);
        bench.at(kOpeningMs + opening::kHourMs);
        QCOMPARE(bench.view().cause, int(BidsModel::OpenNow));
        bench.watch.setStanding(false, kOpeningMs + 2 * opening::kHourMs);
        QCOMPARE(bench.view().cause, int(BidsModel::Locked));
        bench.watch.setStanding(false, 0);
        QCOMPARE(bench.view().cause, int(BidsModel::OpenNow));
    }
    void time_movesAndTheListIsAskedForAgain()
    {
        Bench bench;
        QSignalSpy due(&bench.watch, &BidWatch::fetchDue);
        QSignalSpy moved(&bench.model, &BidsModel::nowChanged);
        bench.watch.fetched();
        QVERIFY(moved.wait(5000));
        QCOMPARE(due.size(), 0);
        bench.clock.advance(BidWatch::kFetchEveryMs);
        QVERIFY(due.wait(5000));
        QCOMPARE(qint64(bench.model.now()), qint64(bench.clock.wall));
    }
};

QTEST_GUILESS_MAIN(TestBidWatch)
#include "test_bid_watch.moc"
