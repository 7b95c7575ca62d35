// The engine with the real server half behind a channel: a refresh that is due runs behind the person's back, and what is begun while the
// server is away waits for it.
#include "app/phone/engine.h"
#include "tests/app/phone/direct_channel.h"
#include "tests/shield/intent/manifests.h"

#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using phone_app::Engine;
using phone_app::FlowKind;
using phone_app::Moment;

namespace {

struct Bench {
    PhoneHalf half;
    Engine engine{half.environment,
                  [this](const vault::ServerLink &) { return std::make_unique<DirectChannel>(half); }};
    QSignalSpy moved{&engine, &Engine::moved};

    phone::Show shown() const { return moved.last().first().value<Moment>().show; }
    bool logIn()
    {
        const auto token = half.server.open(manifestOf(intent::Act::login));
        QElapsedTimer since;
        since.start();
        engine.claim(QString::fromStdString(half.server.frame(token).text()), since);
        if (!QTest::qWaitFor([this] { return shown() == phone::Show::approve; })) return false;
        engine.approve({});
        if (!QTest::qWaitFor([this] { return shown() == phone::Show::pin; })) return false;
        half.sent.clear();
        engine.givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        return QTest::qWaitFor([this] { return shown() == phone::Show::done; });
    }
    // A month goes by, and the person logs in: a refresh begins behind the last page.
    bool due()
    {
        if (!half.activate()) return false;
        half.clock.advance(30LL * 24 * 60 * 60 * 1000);
        return logIn();
    }
    bool refreshed() { return half.vault.shares()->front().epoch == 1 && half.vault.shares()->size() == 1; }
};

} // namespace

class TestEngineRefresh : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void due_runsUnseenWhileTheResultStands()
    {
        Bench bench;
        QVERIFY(bench.due());
        const auto moves = bench.moved.size();
        bench.engine.abandon(); // the person closes the page
        QTRY_VERIFY(bench.refreshed());
        QCOMPARE(bench.moved.size(), moves);
        QVERIFY(bench.half.sent.back() == wire::Type::ref3);
        QVERIFY(bench.logIn());
    }
    void due_givesWayToTheNextAct()
    {
        Bench bench;
        QVERIFY(bench.due());
        bench.half.server.onMessage = [&](wire::Type type, ByteView) {
            if (type == wire::Type::ref1) bench.engine.abandon(); // does not end it
        };
        QVERIFY(bench.logIn());
        QVERIFY(bench.half.vault.shares()->size() == 1);
    }
    // Told at once, and not given up while the act has time.
    void act_begunWhileTheServerIsAway_goesOnOnceItIsBack()
    {
        Bench bench;
        QVERIFY(bench.half.activate());
        bench.half.server.down = true;
        bench.engine.begin(intent::Act::rehearseSign);
        QTRY_VERIFY_WITH_TIMEOUT(bench.moved.last().first().value<Moment>().reconnecting, 5000);
        bench.half.clock.advance(8'000);
        QTest::qWait(4'000);
        QVERIFY(bench.shown() == phone::Show::working);
        bench.half.server.down = false;
        QTRY_VERIFY_WITH_TIMEOUT(bench.shown() == phone::Show::approve, 8000);
        QVERIFY(!bench.moved.last().first().value<Moment>().reconnecting);
    }
    void act_begunWhileTheServerIsAway_endsWithHf500AfterItsTime()
    {
        Bench bench;
        QVERIFY(bench.half.activate());
        bench.half.server.down = true;
        const auto token = bench.half.server.open(manifestOf(intent::Act::login));
        QElapsedTimer since;
        since.start();
        bench.engine.claim(QString::fromStdString(bench.half.server.frame(token).text()), since);
        QTRY_VERIFY(bench.moved.last().first().value<Moment>().reconnecting);
        bench.half.clock.advance(Engine::kReachMs);
        QTRY_VERIFY_WITH_TIMEOUT(bench.shown() == phone::Show::stopped, 8000);
        QCOMPARE(bench.moved.last().first().value<Moment>().problem, 500);
    }
    // A comparison that did not reach the server is due as soon as it is there again, and not an hour later.
    void comparison_withoutAServer_isMadeWhenItIsBack()
    {
        Bench bench;
        QVERIFY(bench.half.activate());
        QSignalSpy compared(&bench.engine, &Engine::compared);
        const auto asked = [&bench] { return std::count(bench.half.sent.begin(), bench.half.sent.end(), wire::Type::recordsQuery); };
        bench.half.server.down = true;
        bench.engine.compareWhereDue();
        QTRY_COMPARE(compared.size(), 1);
        QCOMPARE(compared.last().first().toInt(), 500);
        bench.half.server.down = false;
        bench.engine.compareWhereDue();
        QTest::qWait(100);
        QCOMPARE(compared.size(), 1);
        bench.engine.compareWhereDue(true);
        QTRY_COMPARE(compared.size(), 2);
        QCOMPARE(compared.last().first().toInt(), 0);
        QCOMPARE(asked(), std::ptrdiff_t(1));
        bench.engine.compareWhereDue(true); // it was answered
        QTest::qWait(100);
        QCOMPARE(asked(), std::ptrdiff_t(1));
        QVERIFY(Engine::kCompareAgainMs <= 60'000);
    }
    void due_withoutAServer_failsUnseen()
    {
        Bench bench;
        QVERIFY(bench.half.activate());
        bench.half.clock.advance(30LL * 24 * 60 * 60 * 1000);
        QSignalSpy stood(&bench.engine, &Engine::stood);
        bench.half.server.onMessage = [&](wire::Type type, ByteView) {
            bench.half.server.down = type == wire::Type::sign;
        };
        QVERIFY(bench.logIn());
        const auto moves = bench.moved.size();
        QTRY_COMPARE_WITH_TIMEOUT(stood.size(), 2, 20'000); // the log-in's end and the refresh's
        QCOMPARE(bench.moved.size(), moves);
        QVERIFY(!bench.refreshed());
    }
};

QTEST_GUILESS_MAIN(TestEngineRefresh)
#include "test_engine_refresh.moc"
