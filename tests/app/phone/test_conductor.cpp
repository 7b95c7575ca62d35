// The pages and the engine's thread behind them: a signature from the frame to the result, a server that stops it, and a program that
// ends in the middle.
#include "app/phone/conductor.h"
#include "tests/app/phone/direct_channel.h"
#include "tests/shield/intent/manifests.h"

#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using phone_app::Screens;

namespace {

struct Bench {
    PhoneHalf half;
    Screens screens;
    std::unique_ptr<phone_app::Conductor> conductor;
    ByteArray<16> token{};
    const Bytes content{'a', 'b', 'c'};

    // Home, with an active shield. The half is the worker's from here on, and the test's while the worker waits for a page.
    bool start()
    {
        if (!half.activate()) return false;
        run();
        return shows(Screens::Home);
    }
    void run()
    {
        auto engine = std::make_unique<phone_app::Engine>(
            half.environment, [this](const vault::ServerLink &) { return std::make_unique<DirectChannel>(half); });
        conductor = std::make_unique<phone_app::Conductor>(
            screens, std::move(engine), [](phone_app::IdentityModel::Outcome) { return Bytes(); }, nullptr, nullptr);
        conductor->start({});
    }
    bool shows(Screens::Page page)
    {
        return QTest::qWaitFor([&] { return screens.page() == page; }, 20'000);
    }
    void scan()
    {
        token = half.server.open(manifestOf(intent::Act::sign), {content});
        QElapsedTimer since;
        since.start();
        Q_EMIT screens.scan()->seen(QString::fromStdString(half.server.frame(token).text()), since);
    }
    bool reachesThePin()
    {
        scan();
        if (!shows(Screens::Approve)) return false;
        screens.approve()->approve();
        return shows(Screens::PinPad);
    }
    void type(std::string_view digits)
    {
        for (const char digit : digits)
            screens.pin()->press(digit - '0');
        screens.pin()->submit();
    }
};

} // namespace

class TestConductor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signature_fromTheFrameToTheResult_isMadeAndVerifies()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
        QCOMPARE(bench.screens.pin()->length(), 0);
        const auto &signatures = bench.half.server.sessions.at(bench.token).signatures;
        QCOMPARE(signatures.size(), std::size_t{1});
        QVERIFY(bench.half.signPoint().verify(bench.content, signatures[0]));
        bench.screens.result()->close();
        QVERIFY(bench.shows(Screens::Home));
    }

    void wrongPin_asksAgainAndTheRightOneSigns()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.type("928374");
        QTRY_VERIFY(bench.screens.page() == Screens::PinPad && bench.screens.pin()->problem() != 0);
        QCOMPARE(bench.screens.pin()->length(), 0);
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
    }

    void serverThatStops_showsWhyAndLeavesHomeBehind()
    {
        Bench bench;
        QVERIFY(bench.start());
        bench.half.server.onAnswer = [](Bytes &answer) {
            wire::EpochIs other;
            other.epoch = 77;
            if (wire::Envelope::split(answer)->type == wire::Type::chal) answer = wire::encode(other);
        };
        bench.scan();
        QVERIFY(bench.shows(Screens::Error));
        QCOMPARE(bench.screens.error()->code(), 308);
        bench.screens.error()->close();
        QVERIFY(bench.shows(Screens::Home));
    }

    void programThatEnds_whileAPinIsTyped_signsNothing()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.screens.pin()->press(7);
        bench.conductor.reset();
        bench.type("39154");
        QCoreApplication::processEvents();
        QVERIFY(bench.half.server.sessions.at(bench.token).signatures.empty());
        QVERIFY(bench.screens.page() == Screens::PinPad);
    }

    // The PIN is on its way to the engine, or the engine at work with it.
    void programThatEnds_whileThePinIsUsed_leavesAPhoneThatSigns()
    {
        Bench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        bench.conductor.reset();
        bench.half.server.sessions.clear();
        bench.run();
        QVERIFY(bench.shows(Screens::Home));
        QVERIFY(bench.reachesThePin());
        bench.type(kPin);
        QVERIFY(bench.shows(Screens::Result));
    }
};

QTEST_MAIN(TestConductor)
#include "test_conductor.moc"
