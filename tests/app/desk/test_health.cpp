// What the desk's first page says of server, clock and enrolment, against a server that a test plays.
#include "app/desk/health.h"
#include "tests/app/desk/desk_bench.h"

#include <QSignalSpy>

using namespace hufu;
using namespace hufu::tests;

namespace {

struct HealthBench : DeskBench {
    StatusModel model;
    Health health{model, *identity, clock,
                  [this](const QByteArray &method, const QString &path, const Headers &headers, const QByteArray &body, int, ServerDone done) {
                      asked.push_back({method, path, body, std::move(done)});
                      isSigned = !headers.empty();
                  }};
    QSignalSpy removals{&health, &Health::removed};
    bool isSigned = false;

    explicit HealthBench(bool enrolled = true)
    {
        if (enrolled && !identity->setEnrolled("desk")) qFatal("not enrolled");
    }
    // The server's clock is so far behind this computer's.
    void lookAndAnswer(std::int64_t aheadMs)
    {
        asked.clear();
        health.look();
        const double theirs = static_cast<double>(clock.unixMs() - aheadMs);
        answerNext("GET", answer(200, {{"status", "ok"}, {"timeMs", theirs}}));
    }
    static ServerAnswer denial() { return answer(401, {{"code", "HF-205"}}); }
};

} // namespace

class TestHealth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void look_server_isAskedWithoutASignature_thenForThePeople()
    {
        HealthBench bench;
        QCOMPARE(bench.model.serverStanding(), StatusModel::NotKnown);
        bench.health.look();
        bench.health.look(); // one at a time
        QCOMPARE(bench.asked.size(), std::size_t{1});
        QCOMPARE(bench.asked[0].path, QStringLiteral("/healthz"));
        QVERIFY(!bench.isSigned);
        bench.clock.advance(200);
        bench.answerNext("GET", answer(200, {{"timeMs", static_cast<double>(bench.clock.unixMs() - 100)}}));
        QCOMPARE(bench.asked[0].path, QStringLiteral("/desk/v1/enrolment"));
        QVERIFY(bench.isSigned);
        bench.answerNext("GET", answer(200, {{"people", QJsonArray{QJsonObject{{"name", "林晓燕"}, {"company", "虎符"}}}}}));
        QCOMPARE(bench.model.serverStanding(), StatusModel::Good);
        QCOMPARE(bench.model.tookMs(), 200.0);
        QCOMPARE(bench.model.aheadSeconds(), 0.0); // the server read its clock half-way
        QCOMPARE(bench.model.people(), QStringList{QStringLiteral("林晓燕 · 虎符")});
    }
    void clock_offByMoreThanAllowed_isBad_data()
    {
        QTest::addColumn<qint64>("aheadMs");
        QTest::addColumn<bool>("bad");
        for (const qint64 sign : {1, -1}) {
            QTest::addRow("in time %lld", sign) << sign * Findings::kAheadMostMs << false;
            QTest::addRow("out of it %lld", sign) << sign * (Findings::kAheadMostMs + 1) << true;
        }
    }
    void clock_offByMoreThanAllowed_isBad()
    {
        QFETCH(qint64, aheadMs);
        QFETCH(bool, bad);
        HealthBench bench(false);
        bench.lookAndAnswer(aheadMs);
        QCOMPARE(bench.model.clockStanding(), bad ? StatusModel::Bad : StatusModel::Good);
        QCOMPARE(bench.model.aheadSeconds(), static_cast<double>(aheadMs) / 1000);
        QVERIFY(bench.asked.empty()); // nobody has enrolled it: there is nobody to ask for
    }
    void server_away_saysItsCode_andTheClockIsNotKnown()
    {
        HealthBench bench;
        bench.lookAndAnswer(0);
        bench.answerNext("GET", answer(200, {{"people", QJsonArray{}}}));
        for (const auto &[reached, code] : {std::pair(Reached::no, 500), std::pair(Reached::mismatched, 501)}) {
            bench.health.look();
            bench.answerNext("GET", {reached, 0, {}});
            QCOMPARE(bench.model.serverStanding(), StatusModel::Bad);
            QCOMPARE(bench.model.problem(), code);
            QCOMPARE(bench.model.clockStanding(), StatusModel::NotKnown);
            QVERIFY(bench.asked.empty());
        }
        QVERIFY(bench.identity->enrolled());
    }
    void desk_removed_learnsItFromTheSecondDenial()
    {
        HealthBench bench;
        bench.lookAndAnswer(0);
        bench.answerNext("GET", HealthBench::denial());
        QVERIFY(bench.identity->enrolled());
        QCOMPARE(bench.removals.size(), 0);
        bench.lookAndAnswer(0);
        bench.answerNext("GET", HealthBench::denial());
        QVERIFY(!bench.identity->enrolled());
        QCOMPARE(bench.removals.size(), 1);
        QVERIFY(bench.model.removed());
        QVERIFY(!Identity::open(bench.store, bench.element, bench.random)->enrolled()); // over a restart as well
    }
    void desk_thatWaitsForTheAdministrator_saysSo_untilItIsApproved()
    {
        HealthBench bench;
        bench.lookAndAnswer(0);
        bench.answerNext("GET", answer(200, {{"people", QJsonArray{}}, {"waits", true}}));
        QVERIFY(bench.model.waits() && bench.identity->enrolled());
        bench.lookAndAnswer(0);
        bench.answerNext("GET", answer(200, {{"people", QJsonArray{QJsonObject{{"name", "林晓燕"}, {"company", "虎符"}}}}, {"waits", false}}));
        QVERIFY(!bench.model.waits());
    }
    void desk_deniedForAnotherReason_staysEnrolled()
    {
        HealthBench bench;
        const std::vector<ServerAnswer> others{HealthBench::denial(), answer(401, {{"code", "HF-505"}}), HealthBench::denial(), answer(503, {{"code", "HF-503"}}),
                                               HealthBench::denial(), {Reached::no, 0, {}}, answer(404, {{"code", "HF-103"}})};
        for (const ServerAnswer &other : others) {
            bench.lookAndAnswer(0);
            bench.answerNext("GET", other);
        }
        QVERIFY(bench.identity->enrolled());
        QVERIFY(!bench.model.removed());
    }
    // A damaged row, a restored database: they come back, a forgotten enrolment does not.
    void desk_whichTheServerCannotCheck_staysEnrolled()
    {
        HealthBench bench;
        for (int i = 0; i < 2 * Health::kDenialsMost; ++i) {
            bench.lookAndAnswer(0);
            bench.answerNext("GET", answer(401, {{"code", "HF-102"}}));
        }
        QVERIFY(bench.identity->enrolled());
        QVERIFY(!bench.model.removed());
        QCOMPARE(bench.removals.size(), 0);
    }
    void errand_ofARemovedDesk_saysThatItIsNotEnrolled()
    {
        HealthBench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", HealthBench::denial());
        QCOMPARE(bench.counter->report().code, 205);
    }
};

QTEST_MAIN(TestHealth)
#include "test_health.moc"
