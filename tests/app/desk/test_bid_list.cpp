// The desk's list of sealed bids and what it tells the server of them.
#include "app/desk/bid_list.h"
#include "tests/app/desk/desk_bench.h"

using namespace hufu;
using namespace hufu::tests;

namespace {

struct ListBench : DeskBench {
    BidListModel model;
    BidList list{model, *identity, *journal, clock,
                 [this](const QByteArray &method, const QString &path, const Headers &, const QByteArray &body, int, ServerDone done) {
                     asked.push_back({method, path, body, std::move(done)});
                 }};

    ListBench()
    {
        if (!identity->setEnrolled("desk")) qFatal("not enrolled");
    }
    QStringList posts() const
    {
        QStringList paths;
        for (const Asked &one : asked)
            if (one.method == "POST") paths << one.path;
        return paths;
    }
};

// One bid of the server's: that light, that cause.
QJsonObject listWith(const char *light, const char *cause)
{
    return {{"holders", QJsonArray{QJsonObject{{"bids", QJsonArray{QJsonObject{{"id", "aa"}, {"awaited", true}, {"own", true}, {"light", light}, {"cause", cause}}}}}}}};
}

QString path(const char *id)
{
    return QStringLiteral("/desk/v1/bids/%1/opening").arg(QLatin1String(id));
}

} // namespace

class TestBidList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opened_files_areToldOneAfterTheOther_andTheListIsFetched()
    {
        ListBench bench;
        bench.list.opened({QStringLiteral("aa"), QStringLiteral("bb")});
        QCOMPARE(bench.posts(), QStringList{path("aa")});
        bench.asked[0].done(answer(409, {})); // too early: the server's judgement
        QCOMPARE(bench.posts(), (QStringList{path("aa"), path("bb")}));
        bench.asked[1].done(answer(204, {}));
        QCOMPARE(bench.asked.back().method, QByteArray("GET"));
        bench.list.opened({QStringLiteral("cc")});
        QCOMPARE(bench.posts().size(), 3);
    }

    void undo_endsTheSessionsAndThenWithdraws_untilTheServerHasJudged()
    {
        ListBench bench;
        QList<quint64> undone;
        connect(&bench.list, &BidList::undone, &bench.list, [&](quint64 sealing) { undone << sealing; });
        bench.list.undo(7, {QStringLiteral("t1")}, {QStringLiteral("aa"), QStringLiteral("bb")});
        QCOMPARE(bench.asked.size(), std::size_t{1});
        QCOMPARE(bench.asked[0].method, QByteArray("DELETE"));
        QCOMPARE(bench.asked[0].path, QStringLiteral("/desk/v1/sessions/t1"));
        bench.asked[0].done(answer(404, {})); // long over
        QCOMPARE(bench.posts(), QStringList{QStringLiteral("/desk/v1/bids/aa/withdrawal")});
        bench.asked[1].done(answer(204, {}));
        bench.asked[2].done(answer(503, {}));
        QVERIFY(undone.isEmpty()); // not before the last one is judged
        QTRY_COMPARE_WITH_TIMEOUT(bench.posts().size(), 3, 20'000);
        QCOMPARE(bench.posts().back(), QStringLiteral("/desk/v1/bids/bb/withdrawal"));
        const auto last = std::find_if(bench.asked.rbegin(), bench.asked.rend(), [](const Asked &one) { return one.method == "POST"; });
        const Asked taken = *last;
        taken.done(answer(404, {})); // it never was on the list
        QCOMPARE(undone, QList<quint64>{7});
    }

    void list_goesOnlyWhenTheServerSaysThatNobodyHasTheDesk()
    {
        ListBench bench;
        bench.list.fetch();
        bench.asked.back().done(answer(200, {{"holders", QJsonArray{QJsonObject{{"bids", QJsonArray{QJsonObject{{"id", "aa"}, {"awaited", true}}}}}}}}));
        QCOMPARE(bench.model.bids().size(), 1);
        bench.list.fetch();
        bench.asked.back().done(answer(401, {{"code", "HF-102"}})); // it could not be checked now
        QCOMPARE(bench.model.bids().size(), 1);
        QCOMPARE(bench.model.problem(), 102);
        bench.list.fetch();
        bench.asked.back().done(answer(401, {{"code", "HF-205"}}));
        QVERIFY(bench.model.bids().isEmpty());
    }

    // The server says green, and cannot know that nothing would open here.
    void light_whileTheServerIsAwayOrTheClockIsWrong_isRed()
    {
        ListBench bench;
        StatusModel status;
        Health health(status, *bench.identity, bench.clock, [&bench](const QByteArray &method, const QString &at, const Headers &, const QByteArray &body, int, ServerDone done) {
            bench.asked.push_back({method, at, body, std::move(done)});
        });
        bench.list.follow(health);
        const auto look = [&](const ServerAnswer &given) {
            health.look();
            const Asked taken = bench.asked.back();
            taken.done(given);
            if (given.good()) bench.asked.back().done(answer(200, {{"people", QJsonArray()}}));
        };
        const auto clockOff = [&](std::int64_t ms) { return answer(200, {{"timeMs", static_cast<double>(bench.clock.unixMs() - ms)}}); };
        const auto fetch = [&](const ServerAnswer &given) {
            bench.list.fetch();
            bench.asked.back().done(given);
        };
        const auto shown = [&bench] { return bench.model.bids().at(0).value<SealedBidView>(); };
        fetch(answer(200, listWith("green", "ready")));
        look(clockOff(0));
        QCOMPARE(shown().light, int(BidListModel::Green));
        look({Reached::no, 0, {}});
        QCOMPARE(shown().light, int(BidListModel::Red));
        QCOMPARE(shown().cause, int(BidListModel::ServerAway));
        look(clockOff(600'000));
        QCOMPARE(shown().light, int(BidListModel::Red));
        QCOMPARE(shown().cause, int(BidListModel::ClockWrong));
        look(clockOff(1'000));
        QCOMPARE(shown().cause, int(BidListModel::Ready));
        // A list that could not be fetched is no word on today, whatever the reason.
        for (const auto &[given, cause] : {std::pair(ServerAnswer{Reached::no, 0, {}}, BidListModel::ServerAway), std::pair(answer(401, {{"code", "HF-505"}}), BidListModel::ClockWrong),
                                           std::pair(answer(401, {{"code", "HF-102"}}), BidListModel::ServerAway), std::pair(answer(503, {{"code", "HF-503"}}), BidListModel::ServerAway)}) {
            fetch(given);
            QCOMPARE(shown().light, int(BidListModel::Red));
            QCOMPARE(shown().cause, int(cause));
        }
        fetch(answer(200, listWith("amber", "rehearsalDue")));
        QCOMPARE(shown().light, int(BidListModel::Amber));
        // What would keep it shut anyhow is said first, as on the phone.
        for (const auto &[given, cause] : {std::pair("keyMissing", BidListModel::KeyMissing), std::pair("blocked", BidListModel::Blocked), std::pair("locked", BidListModel::Locked)}) {
            look(clockOff(0));
            fetch(answer(200, listWith("red", given)));
            look({Reached::no, 0, {}});
            QCOMPARE(shown().light, int(BidListModel::Red));
            QCOMPARE(shown().cause, int(cause));
        }
    }
    void withdrawal_ofABidThatAPlatformHas_saysWhereItIsWithdrawn()
    {
        ListBench bench;
        bench.list.fetch();
        bench.asked.back().done(answer(200, listWith("green", "ready")));
        bench.model.withdraw(QStringLiteral("aa"));
        QCOMPARE(bench.asked.back().path, QStringLiteral("/desk/v1/bids/aa/withdrawal"));
        const Asked refused = bench.asked.back();
        refused.done(answer(409, {{"code", "HF-104"}}));
        QCOMPARE(bench.asked.back().method, QByteArray("GET"));
        bench.asked.back().done(answer(200, listWith("green", "ready")));
        QCOMPARE(bench.model.kept(), QStringLiteral("aa")); // still said, though the list is fresh
        QCOMPARE(bench.model.keptWhy(), 907);
        QCOMPARE(bench.model.problem(), 0);
        QCOMPARE(bench.model.bids().size(), 1);
        // Another try has its own answer.
        bench.model.withdraw(QStringLiteral("aa"));
        QCOMPARE(bench.model.keptWhy(), 0);
        const Asked lost = bench.asked.back();
        lost.done({Reached::no, 0, {}});
        QCOMPARE(bench.model.keptWhy(), 500);
    }

    // A row of the server's that is damaged must not keep all others untold.
    void news_thatTheServerCannotJudge_standBehindTheOthers()
    {
        ListBench bench;
        bench.list.opened({QStringLiteral("aa"), QStringLiteral("bb")});
        bench.asked[0].done(answer(500, {}));
        QCOMPARE(bench.posts(), (QStringList{path("aa"), path("bb")}));
        bench.asked[1].done(answer(204, {}));
        QCOMPARE(bench.posts().size(), 2); // not again and again
        QTRY_COMPARE_WITH_TIMEOUT(bench.posts(), (QStringList{path("aa"), path("bb"), path("aa")}), 20'000);
    }

    void news_ofADeskThatNobodyHasEnrolled_areKept()
    {
        DeskBench bench;
        BidListModel model;
        BidList list(model, *bench.identity, *bench.journal, bench.clock, [&bench](const QByteArray &method, const QString &at, const Headers &, const QByteArray &body, int, ServerDone done) {
            bench.asked.push_back({method, at, body, std::move(done)});
        });
        list.opened({QStringLiteral("aa")});
        QVERIFY(bench.asked.empty());
        QCOMPARE(bench.journal->opened(), QStringList{QStringLiteral("aa")});
    }

    void news_ofADeskThatWasRemoved_areNobodys()
    {
        ListBench bench;
        bench.list.undo(7, {QStringLiteral("11")}, {QStringLiteral("aa")});
        bench.list.opened({QStringLiteral("bb")});
        const auto asked = bench.asked.size();
        bench.list.left();
        bench.asked[0].done(answer(204, {})); // the answer to what was under way
        QCOMPARE(bench.asked.size(), asked);
        // Who enrols it next has news of their own.
        bench.list.opened({QStringLiteral("cc")});
        QCOMPARE(bench.posts().back(), path("cc"));
    }

    // The server was away, and the desk is quit: its next run tells it.
    void opened_notToldByTheLastRun_isToldByTheNextOne()
    {
        ListBench bench;
        bench.list.opened({QStringLiteral("aa"), QStringLiteral("bb")});
        bench.asked[0].done(answer(204, {}));
        ListBench next;
        next.store.files = bench.store.files;
        *next.journal = *Journal::open(next.store, next.element);
        QCOMPARE(next.journal->opened(), QStringList{QStringLiteral("bb")});
        next.list.takeUp();
        QCOMPARE(next.posts(), QStringList{path("bb")});
        next.asked[0].done(answer(204, {}));
        QVERIFY(!next.store.files.contains(Journal::kOpenedFile));
    }

    void opened_whileTheServerIsAway_isToldAgain()
    {
        for (const ServerAnswer &lost : {ServerAnswer(), answer(503, {}), answer(429, {}), answer(401, {})}) {
            ListBench bench;
            bench.list.opened({QStringLiteral("aa")});
            bench.asked[0].done(lost);
            QCOMPARE(bench.posts(), QStringList{path("aa")});
            QTRY_COMPARE_WITH_TIMEOUT(bench.posts(), (QStringList{path("aa"), path("aa")}), 20'000); // with the next look
        }
    }
};

QTEST_MAIN(TestBidList)
#include "test_bid_list.moc"
