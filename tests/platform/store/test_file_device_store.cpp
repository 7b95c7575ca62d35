// The phone's files: names, contents, permissions, leftovers.
#include "platform/files/atomic_file.h"
#include "platform/store/file_device_store.h"
#include "tests/support/child.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace hufu;
namespace fs = std::filesystem;

class TestFileDeviceStore : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_folder;
    std::unique_ptr<store::FileDeviceStore> m_store;

    std::vector<std::string> names() { return *m_store->list(); }

private Q_SLOTS:
    void init()
    {
        m_folder = fs::path(m_dir.path().toStdString()) / QTest::currentTestFunction();
        auto opened = store::FileDeviceStore::open(m_folder);
        QVERIFY(opened);
        m_store = std::move(*opened);
    }

    void file_writtenAndReopened_isThere()
    {
        QVERIFY(m_store->write("state.1", viewOf("one")));
        QVERIFY(m_store->write("chain", {}));
        m_store = std::move(*store::FileDeviceStore::open(m_folder));
        QCOMPARE(textOf(*m_store->read("state.1")), std::string("one"));
        QVERIFY(m_store->read("chain")->empty());
        QCOMPARE(names(), (std::vector<std::string>{"chain", "state.1"}));
        QCOMPARE(fs::status(m_folder).permissions(), fs::perms::owner_all);
        QCOMPARE(fs::status(m_folder / "chain").permissions(), fs::perms::owner_read | fs::perms::owner_write);
    }

    void file_removed_isNotFound()
    {
        QVERIFY(m_store->write("a", viewOf("x")));
        QVERIFY(m_store->remove("a"));
        QVERIFY(m_store->remove("a"));
        QCOMPARE(m_store->read("a").error().code, Errc::notFound);
        QVERIFY(names().empty());
    }

    void name_outsideTheRule_isRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", ".", "..", "../x", "a/b", "A", "a_b", "a b", "\xe5\xbc\xa0"})
            QTest::newRow(name) << QString::fromUtf8(name);
        QTest::newRow("65") << QString(65, QLatin1Char('a'));
    }
    void name_outsideTheRule_isRefused()
    {
        QFETCH(QString, name);
        const std::string text = name.toStdString();
        QCOMPARE(m_store->write(text, viewOf("x")).error().code, Errc::badInput);
        QCOMPARE(m_store->read(text).error().code, Errc::badInput);
        QCOMPARE(m_store->remove(text).error().code, Errc::badInput);
        QVERIFY(names().empty());
        QVERIFY(!fs::exists(m_folder / "../x"));
    }

    void name_longest_isTaken()
    {
        const std::string name(64, 'z');
        QVERIFY(m_store->write(name, viewOf("x")));
        QCOMPARE(names(), std::vector<std::string>{name});
    }

    void file_tooLong_isRefusedAndOldStays()
    {
        QVERIFY(m_store->write("a", viewOf("old")));
        QCOMPARE(m_store->write("a", Bytes(store::FileDeviceStore::kFileMax + 1)).error().code, Errc::badInput);
        QCOMPARE(textOf(*m_store->read("a")), std::string("old"));
    }

    void disk_full_leavesOldContent()
    {
        QVERIFY(m_store->write("a", viewOf("old")));
        QVERIFY(tests::trueInChild([&] {
            tests::limitFileSize(1024);
            const auto written = m_store->write("a", Bytes(10'000, 'x'));
            return !written && written.error().code == Errc::unavailable;
        }));
        QCOMPARE(textOf(*m_store->read("a")), std::string("old"));
        QCOMPARE(names(), std::vector<std::string>{"a"});
    }

    void leftover_ofAnInterruptedWrite_isRemovedAtOpening()
    {
        const fs::path leftover = m_folder / (std::string("a") + files::kTemporaryEnding);
        std::ofstream(leftover) << "half";
        QVERIFY(names().empty());
        QVERIFY(store::FileDeviceStore::open(m_folder));
        QVERIFY(!fs::exists(leftover));
    }

    void folder_thatCannotBe_isUnavailable()
    {
        QVERIFY(m_store->write("a", viewOf("x")));
        QCOMPARE(store::FileDeviceStore::open(m_folder / "a").error().code, Errc::unavailable);
    }
};

QTEST_GUILESS_MAIN(TestFileDeviceStore)
#include "test_file_device_store.moc"
