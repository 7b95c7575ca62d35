// The tray's menu, with and without a tray to show it in.
#include "app/desk/tray.h"
#include "app/shell/language.h"
#include "tests/support/fakes.h"
#include "tests/support/secure_element.h"

#include <QApplication>
#include <QJsonArray>
#include <QQmlEngine>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

using namespace hufu;
using namespace hufu::desk_app;

namespace {

struct Bench {
    tests::MemoryDeviceStore store;
    tests::MemoryElement element;
    ports::SystemRandom random;
    tests::ManualClock clock;
    Identity identity = *Identity::open(store, element, random);
    Journal journal = *Journal::open(store, element);
    DeskScreens screens;
    QStringList asked;
    Counter counter{screens,
                    identity,
                    journal,
                    random,
                    clock,
                    [this](const QByteArray &method, const QString &path, const Headers &, const QByteArray &, int,
                           ServerDone) { asked << QString::fromLatin1(method) + path; },
                    [](std::string_view) -> Result<QImage> { return Error(Errc::badInput, "no drawing here"); },
                    QStringLiteral("127.0.0.1:1")};
    QQmlEngine engine;
    QWindow window;
    Tray tray{window, screens, counter, *shell::Language::of(engine)};

    QAction *action(int index) { return tray.menu().actions().at(index); }
};

} // namespace

class TestTray : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void menu_speaksTheChosenLanguage()
    {
        Bench bench;
        QCOMPARE(bench.action(0)->text(), QStringLiteral("显示窗口"));
        shell::Language::of(bench.engine)->choose(QStringLiteral("en"));
        QCOMPARE(bench.action(0)->text(), QStringLiteral("Show the window"));
    }
    void menu_show_bringsTheWindowBack()
    {
        Bench bench;
        QVERIFY(!bench.window.isVisible());
        bench.action(0)->trigger();
        QVERIFY(bench.window.isVisible());
    }
    void menu_login_asksTheServerOnceEnrolled()
    {
        Bench bench;
        bench.action(1)->trigger();
        QVERIFY(bench.window.isVisible());
        QCOMPARE(bench.screens.page(), DeskScreens::Status);
        QVERIFY(bench.identity.setEnrolled("D").has_value());
        bench.action(1)->trigger();
        QTRY_COMPARE(bench.asked, QStringList{QStringLiteral("POST/desk/v1/sessions")});
        QCOMPARE(bench.screens.page(), DeskScreens::Qr);
    }
    void menu_quit_endsTheProgram()
    {
        Bench bench;
        QSignalSpy about(qApp, &QCoreApplication::aboutToQuit);
        QTimer::singleShot(0, bench.action(2), &QAction::trigger);
        QTimer::singleShot(10'000, qApp, [] { QCoreApplication::exit(1); });
        QCOMPARE(QCoreApplication::exec(), 0);
        QCOMPARE(about.size(), 1);
    }
    // A day and an hour before, once each, and not while the window is closed alone: it stands behind others as well.
    void bid_thatIsToBeOpened_isToldOfADayAndAnHourBefore()
    {
        Bench bench;
        shell::Language::of(bench.engine)->choose(QStringLiteral("en"));
        QSignalSpy told(&bench.tray, &Tray::told);
        constexpr qint64 hour = Reminders::kHourMs, now = 1'795'542'311'000;
        const auto bid = [](const char *id, qint64 openingMs, const char *light) {
            return QJsonObject{{QStringLiteral("id"), QLatin1String(id)}, {QStringLiteral("awaited"), true}, {QStringLiteral("fileName"), QStringLiteral("offer.pdf")},
                               {QStringLiteral("project"), QJsonObject{{QStringLiteral("id"), QStringLiteral("ZB-1")}}}, {QStringLiteral("openingMs"), openingMs},
                               {QStringLiteral("light"), QLatin1String(light)}};
        };
        const auto show = [&](const QJsonArray &bids) { bench.screens.bids()->show({{QStringLiteral("holders"), QJsonArray{QJsonObject{{QStringLiteral("bids"), bids}}}}}); };
        const auto at = [&](qint64 ms) { bench.screens.bids()->setNow(ms); };
        show({bid("one", now + 25 * hour, "green"), bid("none", 0, "green")});
        at(now);
        QCOMPARE(told.size(), 0);
        at(now + hour);
        at(now + hour + 1'000);
        QCOMPARE(told.size(), 1);
        QVERIFY(told.last().at(0).toString().startsWith(QLatin1String("offer.pdf (ZB-1) is to be opened at ")));
        QCOMPARE(told.last().at(1).toBool(), false);
        show({bid("one", now + 25 * hour, "red"), bid("two", now + 25 * hour, "green")});
        at(now + 24 * hour);
        at(now + 24 * hour + 1'000);
        QCOMPARE(told.size(), 2);
        QVERIFY(told.last().at(0).toString().startsWith(QLatin1String("2 sealed bids are to be opened, the first at ")));
        QVERIFY(told.last().at(0).toString().contains(QLatin1String("not all would open")));
        QCOMPARE(told.last().at(1).toBool(), true);
        at(now + 26 * hour); // their hour has come: the window and the phone say so
        QCOMPARE(told.size(), 2);
    }
    void tray_missing_leavesTheWindowInCharge()
    {
        Bench bench;
        QSignalSpy missing(&bench.tray, &Tray::missing);
        bench.tray.show([] { return false; });
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(missing.isEmpty());
        QVERIFY(missing.wait(Tray::kMissingMs + 5'000)); // whoever started it in the tray gets the window then
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
    }
    // At the beginning of a session the desk is often there before the tray.
    void tray_comingLater_isUsed()
    {
        Bench bench;
        QSignalSpy missing(&bench.tray, &Tray::missing);
        int asked = 0;
        bench.tray.show([&asked] { return ++asked == 3; });
        QCOMPARE(asked, 1);
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        QTRY_VERIFY_WITH_TIMEOUT(!QGuiApplication::quitOnLastWindowClosed(), 10'000);
        QCOMPARE(asked, 3);
        QVERIFY(missing.isEmpty());
        QTest::qWait(Tray::kLookMs + 200);
        QCOMPARE(asked, 3); // and is looked for no more
        QGuiApplication::setQuitOnLastWindowClosed(true);
    }
    void tray_thereAtOnce_isUsedAtOnce()
    {
        Bench bench;
        bench.tray.show([] { return true; });
        QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
        QGuiApplication::setQuitOnLastWindowClosed(true);
    }
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    TestTray test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_tray.moc"
