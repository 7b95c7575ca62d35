// The desk in the person's session: once only, where its window was, and with the session if that is wished.
#include "app/desk/autostart.h"
#include "app/desk/one_desk.h"
#include "app/desk/window_place.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QWindow>

#include <atomic>
#include <barrier>
#include <memory>
#include <vector>

using namespace hufu::desk_app;

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void second_ofOneFolder_raisesTheFirstAndLeaves()
    {
        QTemporaryDir folder;
        OneDesk first;
        QVERIFY(first.claim(folder.path()) == OneDesk::Claim::first);
        QSignalSpy raised(&first, &OneDesk::raiseAsked);
        auto claimed = OneDesk::Claim::first;
        std::unique_ptr<QThread> other(QThread::create([&] { claimed = OneDesk().claim(folder.path()); })); // it waits for the first one
        other->start();
        QTRY_COMPARE(raised.count(), 1);
        QVERIFY(other->wait(10'000));
        QVERIFY(claimed == OneDesk::Claim::raised);
    }
    void manyAtOnce_ofAFolderThatIsNotYet_areOneFirst()
    {
        const QTemporaryDir folder;
        const QString data = folder.filePath(QStringLiteral("data"));
        static constexpr int kMany = 6;
        std::barrier together(kMany);
        std::atomic<int> firsts = 0;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < kMany; ++i)
            threads.emplace_back(QThread::create([&] {
                OneDesk one;
                together.arrive_and_wait();
                if (one.claim(data) == OneDesk::Claim::first) ++firsts;
                together.arrive_and_wait(); // none ends before all have asked
            }));
        for (const auto &thread : threads)
            thread->start();
        for (const auto &thread : threads)
            QVERIFY(thread->wait(30'000));
        QCOMPARE(firsts.load(), 1);
    }
    void second_ofAnotherFolder_isAFirst()
    {
        QTemporaryDir folder, other;
        OneDesk first, second;
        QVERIFY(first.claim(folder.path()) == OneDesk::Claim::first);
        QVERIFY(second.claim(other.path()) == OneDesk::Claim::first);
    }
    void folder_whoseParentIsMissing_isMadeWithItsLock()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(QStringLiteral("a/b/data"));
        OneDesk first;
        QVERIFY(first.claim(data) == OneDesk::Claim::first);
        auto claimed = OneDesk::Claim::first;
        std::unique_ptr<QThread> other(QThread::create([&] { claimed = OneDesk().claim(data); }));
        QSignalSpy raised(&first, &OneDesk::raiseAsked);
        other->start();
        QTRY_COMPARE(raised.count(), 1);
        QVERIFY(other->wait(10'000));
        QVERIFY(claimed == OneDesk::Claim::raised);
    }
    // The first one hangs: said so, and not in silence.
    void second_whoseFirstDoesNotAnswer_saysSo()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("look")));
        QLockFile lock(folder.filePath(QStringLiteral("look/running")));
        lock.setStaleLockTime(0);
        QVERIFY(lock.tryLock(0));
        OneDesk second;
        QVERIFY(second.claim(folder.path()) == OneDesk::Claim::deaf);
    }
    void folder_madeForTheLock_isItsOwnersAlone()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(QStringLiteral("data"));
        OneDesk first;
        QVERIFY(first.claim(data) == OneDesk::Claim::first);
        QCOMPARE(QFile::permissions(data) & (QFileDevice::ReadGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::ExeOther), QFileDevice::Permissions());
    }
    void next_afterTheFirstHasGone_isAFirst()
    {
        QTemporaryDir folder;
        {
            OneDesk first;
            QVERIFY(first.claim(folder.path()) == OneDesk::Claim::first);
        }
        OneDesk next;
        QVERIFY(next.claim(folder.path()) == OneDesk::Claim::first);
    }
    void window_moved_isThereAgain()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("settings.ini"));
        const QRect place(QGuiApplication::primaryScreen()->availableGeometry().topLeft() + QPoint(30, 40), QSize(500, 620));
        {
            QWindow window;
            WindowPlace kept(window, file);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            window.setGeometry(place);
            QTRY_COMPARE(window.geometry(), place);
        }
        QWindow window;
        const WindowPlace kept(window, file);
        QCOMPARE(window.geometry(), place);
    }
    void window_whoseScreenIsGone_staysWhereItIs()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("settings.ini"));
        QSettings(file, QSettings::IniFormat).setValue(QStringLiteral("window/place"), QRect(90'000, 90'000, 500, 600));
        QWindow window;
        window.setGeometry(10, 20, 460, 780);
        const WindowPlace kept(window, file);
        QCOMPARE(window.geometry(), QRect(10, 20, 460, 780));
        QSettings(file, QSettings::IniFormat).setValue(QStringLiteral("window/place"), QStringLiteral("nonsense"));
        const WindowPlace again(window, file);
        QCOMPARE(window.geometry(), QRect(10, 20, 460, 780));
    }
    void autostart_on_isAnEntryOfTheSession()
    {
        QTemporaryDir folder;
        const QString autostartFolder = folder.filePath(QStringLiteral("config/autostart"));
        const Autostart autostart(autostartFolder, {QStringLiteral("/opt/a b/hufu-desk"), QStringLiteral("--server"), QStringLiteral("hufu://desk?host=x&pin=$1%20\"")});
        QVERIFY(!autostart.isOn());
        QVERIFY(autostart.set(false));
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.isOn());
        QFile file(autostartFolder + QStringLiteral("/hufu-desk.desktop"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray entry = file.readAll();
        QVERIFY(entry.startsWith("[Desktop Entry]\nType=Application\n"));
        // Quoted as a word of Exec, then as a string of the file: nothing is for a shell, and no per cent sign begins a field code.
        QVERIFY2(entry.contains(R"(Exec="/opt/a b/hufu-desk" "--server" "hufu://desk?host=x&pin=\\$1%%20\\"")"
                                "\n"),
                 entry.constData());
        QVERIFY(autostart.set(false));
        QVERIFY(!autostart.isOn());
        QVERIFY(!QFile::exists(file.fileName()));
    }
    // The package's script reads the operator's link each time, so the entry must not name one.
    void autostart_ofAnInstalledDesk_namesTheScriptAndNoLink()
    {
        QTemporaryDir folder;
        const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/hufu-desk");
        const QString program = folder.filePath(QStringLiteral("bin/hufu-desk")), starter = folder.filePath(QStringLiteral("bin/hufu-desk-start"));
        const QStringList words{QStringLiteral("--server"), QStringLiteral("hufu://desk?host=old"), QStringLiteral("--language"), QStringLiteral("en")};
        QCOMPARE(Autostart::commandOf(program, data, words).constFirst(), program); // not installed
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("bin")));
        QFile script(starter);
        QVERIFY(script.open(QIODevice::WriteOnly) && script.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner));
        script.close();
        QCOMPARE(Autostart::commandOf(program, data, words), (QStringList{starter, QStringLiteral("--language"), QStringLiteral("en"), QStringLiteral("--in-tray")}));
        // Another folder than the script's own is started as it was.
        const QString other = folder.filePath(QStringLiteral("data"));
        QCOMPARE(Autostart::commandOf(program, other, words), (QStringList{program, QStringLiteral("--data"), other} + words + QStringList{QStringLiteral("--in-tray")}));
    }
    void autostart_thatIsOn_isWrittenAnewByTheNextStart()
    {
        QTemporaryDir folder;
        const auto entry = [&folder] {
            QFile file(folder.filePath(QStringLiteral("hufu-desk.desktop")));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const Autostart then(folder.path(), {QStringLiteral("hufu-desk"), QStringLiteral("old")}), now(folder.path(), {QStringLiteral("hufu-desk"), QStringLiteral("new")});
        now.renew();
        QVERIFY(entry().isEmpty()); // who does not want it does not get it
        QVERIFY(then.set(true));
        now.renew();
        QVERIFY(entry().contains("\"new\"") && !entry().contains("old"));
    }
    void autostart_folderThatCannotBe_saysSo()
    {
        QTemporaryDir folder;
        QFile inTheWay(folder.filePath(QStringLiteral("config")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const Autostart autostart(folder.filePath(QStringLiteral("config/autostart")), {QStringLiteral("hufu-desk")});
        QVERIFY(!autostart.set(true));
        QVERIFY(!autostart.isOn());
    }
};

QTEST_MAIN(TestSession)
#include "test_session.moc"
