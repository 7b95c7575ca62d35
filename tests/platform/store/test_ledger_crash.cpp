// What SQLite's ledger holds after kills, a full disk, and files that are not its own.
#include "platform/store/sqlite_ledger.h"
#include "tests/support/child.h"
#include "tests/support/fakes.h"
#include "tests/support/small_disk.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>

using namespace hufu;
using ports::Table;
using store::SqliteLedger;
namespace fs = std::filesystem;

class TestLedgerCrash : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    fs::path m_file;

    std::unique_ptr<SqliteLedger> opened()
    {
        auto ledger = SqliteLedger::open(m_file);
        return ledger ? std::move(*ledger) : nullptr;
    }
    static bool put(ports::LedgerStore &ledger, std::string_view key, ByteView value)
    {
        auto transaction = ledger.begin();
        return transaction && (*transaction)->write(Table::device, viewOf(key), value) && (*transaction)->commit();
    }
    std::string contentOf(std::string_view key)
    {
        const auto ledger = opened();
        if (!ledger) return "no ledger";
        const auto value = ledger->read(Table::device, viewOf(key));
        return value && *value ? textOf(**value) : "none";
    }

private Q_SLOTS:
    void init() { m_file = fs::path(m_dir.path().toStdString()) / QTest::currentTestFunction(); }

    void process_killedBeforeCommit_leavesTheOldRow()
    {
        QVERIFY(put(*opened(), "a", viewOf("old")));
        QVERIFY(tests::killedWhenReached([&](auto reached) {
            const auto ledger = opened();
            auto transaction = std::move(*ledger->begin());
            static_cast<void>(transaction->write(Table::device, viewOf("a"), viewOf("new")));
            reached();
        }));
        QCOMPARE(contentOf("a"), std::string("old"));
        QVERIFY(put(*opened(), "a", viewOf("next")));
    }

    void process_killedAfterCommit_leavesTheNewRow()
    {
        QVERIFY(put(*opened(), "a", viewOf("old")));
        QVERIFY(tests::killedWhenReached([&](auto reached) {
            const auto ledger = opened();
            if (put(*ledger, "a", viewOf("new"))) reached();
        }));
        QCOMPARE(contentOf("a"), std::string("new"));
    }

    // Two rows change together, over and over, and the process is killed at any moment.
    void process_killedAtAnyMoment_leavesRowsThatAgree()
    {
        QVERIFY(put(*opened(), "a", viewOf("0")));
        QVERIFY(put(*opened(), "b", viewOf("0")));
        for (int round = 0; round < 10; ++round) {
            const pid_t child = ::fork();
            if (child == 0) {
                const auto ledger = opened();
                for (int i = 0;; ++i) {
                    auto transaction = std::move(*ledger->begin());
                    const std::string value = std::to_string(i);
                    static_cast<void>(transaction->write(Table::device, viewOf("a"), viewOf(value)));
                    static_cast<void>(transaction->write(Table::device, viewOf("b"), viewOf(value)));
                    static_cast<void>(transaction->commit());
                }
            }
            ::usleep(static_cast<useconds_t>(15'000 + 3'000 * round));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            QCOMPARE(contentOf("a"), contentOf("b"));
            QVERIFY(contentOf("a") != "none");
        }
    }

    void disk_full_losesTheWholeTransactionAndOnlyThat()
    {
        QVERIFY(put(*opened(), "a", viewOf("old")));
        QVERIFY(tests::trueInChild([&] {
            const auto ledger = opened();
            tests::limitFileSize(200'000);
            {
                auto transaction = std::move(*ledger->begin());
                const bool small = transaction->write(Table::device, viewOf("a"), viewOf("new")).has_value();
                // Too large for the cache as for the disk: it fails here or at the commit.
                const bool large = transaction->write(Table::device, viewOf("big"), Bytes(8'000'000, 'x')).has_value();
                const auto committed = transaction->commit();
                if (!small || (large && committed) || committed) return false;
                if (committed.error().code != Errc::unavailable) return false;
            }
            tests::limitFileSize(RLIM_INFINITY);
            return put(*ledger, "after", viewOf("room again"));
        }));
        QCOMPARE(contentOf("a"), std::string("old"));
        QCOMPARE(contentOf("big"), std::string("none"));
        QCOMPARE(contentOf("after"), std::string("room again"));
    }

    // The same on a disk that has no page left for anybody.
    void disk_withoutAPage_losesTheWholeTransactionAndOnlyThat()
    {
        tests::SmallDisk disk;
        if (!disk.isHere()) return disk.run();
        auto ledger = opened();
        QVERIFY(ledger && put(*ledger, "a", viewOf("old")));
        disk.fill();
        {
            auto transaction = std::move(*ledger->begin());
            static_cast<void>(transaction->write(Table::device, viewOf("a"), viewOf("new")));
            static_cast<void>(transaction->write(Table::device, viewOf("big"), Bytes(1'000'000, 'x')));
            const auto committed = transaction->commit();
            QVERIFY(!committed);
            QCOMPARE(committed.error().code, Errc::unavailable);
        }
        QCOMPARE(textOf(**ledger->read(Table::device, viewOf("a"))), std::string("old"));
        disk.give();
        QVERIFY(put(*ledger, "after", viewOf("room again")));
        ledger.reset();
        QCOMPARE(contentOf("a"), std::string("old"));
        QCOMPARE(contentOf("big"), std::string("none"));
        QCOMPARE(contentOf("after"), std::string("room again"));
    }

    void file_made_isPrivateWithItsSideFiles()
    {
        const ::mode_t before = ::umask(0);
        const auto ledger = opened();
        ::umask(before);
        QVERIFY(ledger);
        QVERIFY(put(*ledger, "a", viewOf("x")));
        int files = 0;
        for (const auto &entry : fs::directory_iterator(m_file.parent_path()))
            if (entry.path().string().starts_with(m_file.string())) {
                ++files;
                QCOMPARE(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write);
            }
        QVERIFY(files >= 2);
    }

    void file_thatIsNoDatabase_isLeftAlone()
    {
        std::ofstream(m_file) << std::string(5000, 'x');
        QCOMPARE(SqliteLedger::open(m_file).error().code, Errc::unavailable);
        QCOMPARE(fs::file_size(m_file), std::uintmax_t(5000));
        QCOMPARE(SqliteLedger::open(m_file / "below").error().code, Errc::unavailable);
        QCOMPARE(SqliteLedger::open(m_dir.path().toStdString()).error().code, Errc::unavailable);
    }

    void schema_ofALaterProgram_isRefused()
    {
        QVERIFY(put(*opened(), "a", viewOf("x")));
        {
            soci::session session(*soci::factory_sqlite3(), "dbname=" + m_file.string());
            session << "INSERT INTO schema_version (version) VALUES (" << store::kSchemaVersion + 1 << ")";
        }
        QCOMPARE(SqliteLedger::open(m_file).error().code, Errc::badState);
    }

    void schema_halfMade_isFinished()
    {
        {
            soci::session session(*soci::factory_sqlite3(), "dbname=" + m_file.string());
            session << "CREATE TABLE schema_version (version INTEGER NOT NULL)";
        }
        QVERIFY(put(*opened(), "a", viewOf("x")));
        QCOMPARE(contentOf("a"), std::string("x"));
    }
};

QTEST_GUILESS_MAIN(TestLedgerCrash)
#include "test_ledger_crash.moc"
