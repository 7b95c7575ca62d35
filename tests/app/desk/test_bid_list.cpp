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
