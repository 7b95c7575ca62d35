// The desk in the person's session: once only, where its window was, and with the session if that is wished.
#include "app/desk/autostart.h"
#include "app/desk/one_desk.h"
#include "app/desk/window_place.h"

#include <QFile>
#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QWindow>

using namespace hufu::desk_app;

class TestSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void second_ofOneFolder_raisesTheFirstAndLeaves()
    {
        QTemporaryDir folder;
        OneDesk first;
        QVERIFY(first.claim(folder.path()));
        QSignalSpy raised(&first, &OneDesk::raiseAsked);
        bool isFirst = true;
        std::unique_ptr<QThread> other(QThread::create([&] { isFirst = OneDesk().claim(folder.path()); })); // it waits for the first one
        other->start();
        QTRY_COMPARE(raised.count(), 1);
        QVERIFY(other->wait(10'000));
        QVERIFY(!isFirst);
    }
    void second_ofAnotherFolder_isAFirst()
    {
        QTemporaryDir folder, other;
        OneDesk first, second;
        QVERIFY(first.claim(folder.path()));
        QVERIFY(second.claim(other.path()));
    }
    void folder_madeForTheLock_isItsOwnersAlone()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(QStringLiteral("data"));
        OneDesk first;
        QVERIFY(first.claim(data));
        QCOMPARE(QFile::permissions(data) & (QFileDevice::ReadGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::ExeOther), QFileDevice::Permissions());
    }
    void next_afterTheFirstHasGone_isAFirst()
    {
        QTemporaryDir folder;
        {
            OneDesk first;
            QVERIFY(first.claim(folder.path()));
        }
        OneDesk next;
        QVERIFY(next.claim(folder.path()));
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
