// What PostgreSQL's ledger holds after kills on either side, and against other programs on the same database.
#include "platform/store/postgres_ledger.h"
#include "tests/support/child.h"
#include "tests/support/postgres_cluster.h"

#include <QTest>
#include <atomic>
#include <thread>

using namespace hufu;
using ports::Table;
using store::PostgresLedger;

class TestPostgresLedger : public QObject {
    Q_OBJECT

    tests::PostgresCluster m_cluster;
    std::string m_parameters; // of the test's own schema

    std::unique_ptr<PostgresLedger> opened() const
    {
        auto ledger = PostgresLedger::open(m_parameters);
        return ledger ? std::move(*ledger) : nullptr;
    }
    static Result<void> put(ports::LedgerStore &ledger, std::string_view key, std::string_view value)
    {
        HUFU_TRY(transaction, ledger.begin());
        HUFU_CHECK(transaction->write(Table::device, viewOf(key), viewOf(value)));
        return transaction->commit();
    }
    static std::string get(ports::LedgerStore &ledger, std::string_view key)
    {
        const auto value = ledger.read(Table::device, viewOf(key));
        return !value ? "unavailable" : *value ? textOf(**value) : "none";
    }
    std::string contentOf(std::string_view key) const
    {
        const auto ledger = opened();
        return ledger ? get(*ledger, key) : "no ledger";
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_cluster.start()) QSKIP(qPrintable(QStringLiteral("SKIPPED: PostgreSQL CANNOT START, nothing of it is tested: ") + m_cluster.why()));
    }
    void init() { m_parameters = m_cluster.fresh(); }

    void process_killedBeforeCommit_leavesTheOldRowAndTheLock()
    {
        QVERIFY(put(*opened(), "a", "old"));
        QVERIFY(tests::killedWhenReached([&](auto reached) {
            const auto ledger = opened();
            auto transaction = std::move(*ledger->begin());
            static_cast<void>(transaction->write(Table::device, viewOf("a"), viewOf("new")));
            reached();
        }));
        QCOMPARE(contentOf("a"), std::string("old"));
        QVERIFY(put(*opened(), "a", "next"));
    }

    void process_killedAfterCommit_leavesTheNewRow()
    {
        QVERIFY(tests::killedWhenReached([&](auto reached) {
            const auto ledger = opened();
            if (put(*ledger, "a", "new")) reached();
        }));
        QCOMPARE(contentOf("a"), std::string("new"));
    }

    // Answered is on disk: the server dies as in a power cut, and the same ledger goes on with the next one.
    void server_crashed_keepsWhatWasAnsweredAndIsFoundAgain()
    {
        const auto ledger = opened();
        QVERIFY(put(*ledger, "a", "answered"));
        auto open = std::move(*ledger->begin());
        QVERIFY(open->write(Table::device, viewOf("a"), viewOf("not answered")));
        m_cluster.crash();
        QCOMPARE(open->commit().error().code, Errc::unavailable);
        open.reset();
        QCOMPARE(put(*ledger, "b", "1").error().code, Errc::unavailable);
        QCOMPARE(get(*ledger, "a"), std::string("unavailable"));
        QVERIFY(m_cluster.up());
        QCOMPARE(get(*ledger, "a"), std::string("answered"));
        QVERIFY(put(*ledger, "a", "again"));
        QCOMPARE(get(*ledger, "a"), std::string("again"));
    }

    void connection_cutInATransaction_losesThatOneAlone()
    {
        const auto ledger = opened();
        QVERIFY(put(*ledger, "a", "1"));
        auto transaction = std::move(*ledger->begin());
        QVERIFY(transaction->write(Table::device, viewOf("a"), viewOf("2")));
        m_cluster.sql(QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"));
        QCOMPARE(transaction->write(Table::device, viewOf("b"), viewOf("2")).error().code, Errc::unavailable);
        QCOMPARE(transaction->commit().error().code, Errc::unavailable);
        transaction.reset();
        QCOMPARE(contentOf("a"), std::string("1"));
        QCOMPARE(contentOf("b"), std::string("none"));
        for (int i = 0; i < 2 && !put(*ledger, "a", "3"); ++i) // the first one may still learn of the cut
            ;
        QCOMPARE(contentOf("a"), std::string("3"));
    }

    // Two servers on one database: whoever reads a row for change, there or not, has it alone.
    void ledgers_twoOnOneDatabase_areSerialised()
    {
        const std::unique_ptr<PostgresLedger> ledgers[] = {opened(), opened()};
        std::atomic<int> failures = 0, firsts = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 6; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 15; ++i) {
                    auto transaction = ledgers[t % 2]->begin();
                    if (!transaction) {
                        ++failures;
                        continue;
                    }
                    const auto stored = (*transaction)->readForChange(Table::device, viewOf("n"));
                    if (!*stored) ++firsts;
                    const std::string next = std::to_string(*stored ? std::stoi(textOf(**stored)) + 1 : 1);
                    if (!(*transaction)->write(Table::device, viewOf("n"), viewOf(next)) || !(*transaction)->commit()) ++failures;
                }
            });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(firsts.load(), 1);
        QCOMPARE(contentOf("n"), std::string("90"));
    }

    void ledgers_openedAtOnce_makeTheSchemaOnce()
    {
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] { good += opened() != nullptr; });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(good.load(), 4);
        const QString schema = QString::fromStdString(m_parameters).section(QLatin1Char('='), -1).chopped(1);
        QCOMPARE(m_cluster.sql(QStringLiteral("SELECT count(*) FROM schema_version"), schema), QString::number(store::kSchemaVersion));
    }

    void schema_ofALaterProgram_isRefused()
    {
        QVERIFY(opened());
        const QString schema = QString::fromStdString(m_parameters).section(QLatin1Char('='), -1).chopped(1);
        m_cluster.sql(QStringLiteral("INSERT INTO schema_version VALUES (%1)").arg(store::kSchemaVersion + 1), schema);
        QCOMPARE(PostgresLedger::open(m_parameters).error().code, Errc::badState);
    }

    void database_notThereOrNotDurable_isRefused()
    {
        QCOMPARE(PostgresLedger::open("host=/nowhere dbname=postgres").error().code, Errc::unavailable);
        QCOMPARE(PostgresLedger::open(m_parameters + " dbname=nothing").error().code, Errc::unavailable);
        QCOMPARE(PostgresLedger::open("no parameters").error().code, Errc::unavailable);
        m_cluster.sql(QStringLiteral("ALTER SYSTEM SET fsync = off"));
        m_cluster.sql(QStringLiteral("SELECT pg_reload_conf()"));
        QTRY_VERIFY(m_cluster.sql(QStringLiteral("SHOW fsync")) == QLatin1String("off"));
        QCOMPARE(PostgresLedger::open(m_parameters).error().code, Errc::badState);
        m_cluster.sql(QStringLiteral("ALTER SYSTEM RESET fsync"));
        m_cluster.sql(QStringLiteral("SELECT pg_reload_conf()"));
        QTRY_VERIFY(opened() != nullptr);
    }

    // An operator's database that answers before its disk is told to wait for ours.
    void commit_ofADatabaseThatDoesNotWait_waits()
    {
        m_cluster.sql(QStringLiteral("ALTER ROLE hufu SET synchronous_commit = off"));
        const auto ledger = opened();
        m_cluster.sql(QStringLiteral("ALTER ROLE hufu RESET synchronous_commit"));
        QVERIFY(put(*ledger, "a", "answered"));
        m_cluster.crash();
        QVERIFY(m_cluster.up());
        QCOMPARE(contentOf("a"), std::string("answered"));
    }
};

QTEST_GUILESS_MAIN(TestPostgresLedger)
#include "test_postgres_ledger.moc"
