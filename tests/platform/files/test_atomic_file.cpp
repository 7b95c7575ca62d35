// Whole files or none: content, permissions, kills at any moment, a full disk.
#include "platform/files/atomic_file.h"
#include "tests/support/child.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <sys/stat.h>

using namespace hufu;
namespace fs = std::filesystem;

class TestAtomicFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path path(const char *name) const { return fs::path(m_dir.path().toStdString()) / name; }

private Q_SLOTS:
    void write_newFile_isReadBackAndPrivate()
    {
        const ::mode_t before = ::umask(0);
        QVERIFY(files::writeAtomically(path("new"), viewOf("content")));
        ::umask(before);
        QCOMPARE(textOf(*files::readWhole(path("new"), 100)), std::string("content"));
        struct stat status = {};
        QCOMPARE(::stat(path("new").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600u);
        QVERIFY(files::checkPrivate(path("new")));
    }

    void write_existingFile_isReplacedWhole()
    {
        QVERIFY(files::writeAtomically(path("over"), Bytes(5000, 'a')));
        QVERIFY(files::writeAtomically(path("over"), viewOf("b")));
        QCOMPARE(textOf(*files::readWhole(path("over"), 100)), std::string("b"));
        QVERIFY(files::writeAtomically(path("over"), {}));
        QCOMPARE(files::readWhole(path("over"), 100)->size(), std::size_t(0));
    }

    void write_missingFolder_isUnavailable()
    {
        const auto written = files::writeAtomically(path("none/file"), viewOf("x"));
        QVERIFY(!written);
        QCOMPARE(written.error().code, Errc::unavailable);
    }

    void write_diskFull_leavesOldContentAndNoLeftover()
    {
        QVERIFY(files::writeAtomically(path("full"), viewOf("old")));
        QVERIFY(tests::trueInChild([&] {
            tests::limitFileSize(4096);
            const auto written = files::writeAtomically(path("full"), Bytes(100'000, 'x'));
            return !written && written.error().code == Errc::unavailable;
        }));
        QCOMPARE(textOf(*files::readWhole(path("full"), 100)), std::string("old"));
        QVERIFY(!fs::exists(path("full_new")));
    }

    void write_killedAtAnyMoment_leavesOneOfTheTwoContents()
    {
        const Bytes a(200'000, 'a'), b(200'000, 'b');
        QVERIFY(files::writeAtomically(path("kill"), a));
        for (int round = 0; round < 20; ++round) {
            const pid_t child = ::fork();
            if (child == 0)
                for (;;) {
                    static_cast<void>(files::writeAtomically(path("kill"), b));
                    static_cast<void>(files::writeAtomically(path("kill"), a));
                }
            ::usleep(static_cast<useconds_t>(1000 + 700 * round));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            const auto content = files::readWhole(path("kill"), 300'000);
            QVERIFY(content);
            QVERIFY(*content == a || *content == b);
        }
    }

    void read_missingTooLongOrOddFile_isRefused()
    {
        QCOMPARE(files::readWhole(path("missing"), 10).error().code, Errc::notFound);
        QVERIFY(files::writeAtomically(path("long"), Bytes(11, 'x')));
        QCOMPARE(files::readWhole(path("long"), 10).error().code, Errc::badInput);
        fs::create_directory(path("folder"));
        QCOMPARE(files::readWhole(path("folder"), 10).error().code, Errc::unavailable);
        fs::create_symlink(path("long"), path("link"));
        QCOMPARE(files::readWhole(path("link"), 100).error().code, Errc::unavailable);
        QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
        QCOMPARE(files::readWhole(path("pipe"), 10).error().code, Errc::unavailable);
    }

    void remove_twice_isNoError()
    {
        QVERIFY(files::writeAtomically(path("gone"), viewOf("x")));
        QVERIFY(files::removeDurably(path("gone")));
        QVERIFY(!fs::exists(path("gone")));
        QVERIFY(files::removeDurably(path("gone")));
    }

    void check_openFile_isRefused()
    {
        QVERIFY(files::writeAtomically(path("open"), viewOf("x")));
        for (const ::mode_t mode : {0640u, 0604u, 0610u, 0666u}) {
            ::chmod(path("open").c_str(), mode);
            QCOMPARE(files::checkPrivate(path("open")).error().code, Errc::refused);
        }
        ::chmod(path("open").c_str(), 0400);
        QVERIFY(files::checkPrivate(path("open")));
        fs::create_symlink(path("open"), path("open-link"));
        QCOMPARE(files::checkPrivate(path("open-link")).error().code, Errc::refused);
        QCOMPARE(files::checkPrivate(path("nothing")).error().code, Errc::notFound);
    }

    void folder_prepared_isClosedToOthers()
    {
        fs::create_directory(path("wide"));
        ::chmod(path("wide").c_str(), 0755);
        QVERIFY(files::preparePrivateFolder(path("wide")));
        QVERIFY(files::preparePrivateFolder(path("deep/er")));
        for (const char *name : {"wide", "deep/er"})
            QCOMPARE(fs::status(path(name)).permissions(), fs::perms::owner_all);
        QVERIFY(files::writeAtomically(path("file"), viewOf("x")));
        QCOMPARE(files::preparePrivateFolder(path("file")).error().code, Errc::unavailable);
    }
};

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "test_atomic_file.moc"
