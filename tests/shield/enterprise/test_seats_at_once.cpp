// Many administrators at once, over both ledgers on disk: never more people than seats, never fewer administrators than one.
#include "platform/store/postgres_ledger.h"
#include "platform/store/sqlite_ledger.h"
#include "shield/audit/log.h"
#include "tests/shield/enterprise/bench.h"
#include "tests/support/postgres_cluster.h"

#include <QTemporaryDir>
#include <atomic>
#include <set>
#include <thread>

using namespace hufu;
using namespace hufu::enterprise;

class TestSeatsAtOnce : public QObject {
    Q_OBJECT

    static constexpr int kThreads = 8;

    template <typename Job> static void atOnce(Job &&job)
    {
        std::atomic<bool> go = false;
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([&, i] {
                while (!go)
                    std::this_thread::yield();
                job(i);
            });
        go = true;
        for (auto &thread : threads)
            thread.join();
    }

    QTemporaryDir m_dir;
    int m_next = 0;
    tests::PostgresCluster m_cluster;
    bool m_hasCluster = false;

    std::unique_ptr<store::SqlLedger> fresh()
    {
        QFETCH(QString, kind);
        if (kind == QLatin1String("postgres")) return std::move(*store::PostgresLedger::open(m_cluster.fresh()));
        return std::move(*store::SqliteLedger::open(std::filesystem::path(m_dir.path().toStdString()) / std::to_string(m_next++)));
    }
    void kinds()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("sqlite") << QStringLiteral("sqlite");
        if (m_hasCluster) QTest::newRow("postgres") << QStringLiteral("postgres");
    }

private Q_SLOTS:
    void initTestCase() { m_hasCluster = m_cluster.start(); }

    void postgres_isThere()
    {
        if (!m_hasCluster) QSKIP(qPrintable(QStringLiteral("SKIPPED: PostgreSQL CANNOT START, nothing of it is tested: ") + m_cluster.why()));
        QVERIFY(!m_cluster.fresh().empty());
    }

    void grants_byManyThreads_neverOutnumberTheSeats_data() { kinds(); }
    void grants_byManyThreads_neverOutnumberTheSeats()
    {
        const auto ledger = fresh();
        tests::BenchOn<store::SqlLedger> bench(*ledger);
        const Actor admin = bench.verified();
        constexpr int kSeats = 5, kPeople = kThreads * 3;
        for (int i = 0; i < kSeats; ++i)
            bench.seat(admin);
        std::vector<Id> people;
        for (int i = 0; i < kPeople; ++i)
            people.push_back(bench.person(admin, i));

        std::atomic<int> given = 0, denied = 0, other = 0;
        atOnce([&](int thread) {
            for (int i = thread; i < kPeople; i += kThreads) {
                const auto grant = bench.grants.give(admin, people[std::size_t(i)]);
                if (grant)
                    ++given;
                else if (grant.denied() == Denied::seatsUsedUp)
                    ++denied;
                else
                    ++other;
            }
        });
        QCOMPARE(given.load(), kSeats);
        QCOMPARE(denied.load(), kPeople - kSeats);
        QCOMPARE(other.load(), 0);
        std::set<Id> holders;
        for (const auto &seat : *bench.seats.list(admin))
            holders.insert(seat.person);
        QCOMPARE(holders.size(), std::size_t(kSeats)); // each seat another person's
        QCOMPARE(bench.grants.list(admin)->size(), std::size_t(kSeats));
        QVERIFY(audit::verify(*ledger)->intact());
    }

    void onePerson_byManyThreads_getsOneSeat_data() { kinds(); }
    void onePerson_byManyThreads_getsOneSeat()
    {
        const auto ledger = fresh();
        tests::BenchOn<store::SqlLedger> bench(*ledger);
        const Actor admin = bench.verified();
        for (int i = 0; i < kThreads; ++i)
            bench.seat(admin);
        const Id person = bench.person(admin, 1);
        std::atomic<int> given = 0, denied = 0;
        atOnce([&](int) {
            const auto grant = bench.grants.give(admin, person);
            if (grant) ++given;
            if (grant.denied() == Denied::grantExists) ++denied;
        });
        QCOMPARE(given.load(), 1);
        QCOMPARE(denied.load(), kThreads - 1);
    }

    void administrators_removingEachOther_leaveOne_data() { kinds(); }
    void administrators_removingEachOther_leaveOne()
    {
        const auto ledger = fresh();
        tests::BenchOn<store::SqlLedger> bench(*ledger);
        const Actor founder = bench.verified();
        std::vector<Id> all = {founder.person};
        for (int i = 1; i < kThreads; ++i)
            all.push_back(bench.person(founder, i, role::kAdministrator));
        std::atomic<int> removed = 0;
        atOnce([&](int thread) {
            const Actor actor{founder.company, all[std::size_t(thread)]};
            for (int i = 0; i < kThreads; ++i)
                if (bench.staff.remove(actor, all[std::size_t((thread + 1 + i) % kThreads)], Administration::changes)) ++removed;
        });
        QCOMPARE(removed.load(), kThreads - 1);
    }
};

QTEST_GUILESS_MAIN(TestSeatsAtOnce)
#include "test_seats_at_once.moc"
