// The desk's list of sealed bids and what it tells the server of them.
#include "app/desk/bid_list.h"
#include "tests/app/desk/desk_bench.h"

using namespace hufu;
using namespace hufu::tests;

namespace {

struct ListBench : DeskBench {
    BidListModel model;
    BidList list{model, *identity, clock,
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
