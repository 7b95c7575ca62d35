// The contract of LedgerStore, kept by the ledger in memory, by SQLite and by PostgreSQL alike.
#include "platform/store/postgres_ledger.h"
#include "platform/store/sqlite_ledger.h"
#include "tests/support/fakes.h"
#include "tests/support/postgres_cluster.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

using namespace hufu;
using ports::Table;

class TestLedger : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_next = 0;
    tests::PostgresCluster m_cluster;
    bool m_hasCluster = false;

    std::unique_ptr<ports::LedgerStore> fresh(const QString &kind)
    {
        if (kind == QLatin1String("memory")) return std::make_unique<tests::MemoryLedger>();
        if (kind == QLatin1String("postgres")) {
            auto opened = store::PostgresLedger::open(m_cluster.fresh());
            if (!opened) return nullptr;
            return std::move(*opened);
        }
        const std::string name = "ledger " + std::to_string(m_next++) + ".db"; // a blank is no trouble
        auto opened = store::SqliteLedger::open(std::filesystem::path(m_dir.path().toStdString()) / name);
        if (!opened) return nullptr;
        return std::move(*opened);
    }
    void kinds()
    {
        onDisk();
        QTest::newRow("memory") << QStringLiteral("memory");
    }
    void onDisk()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("sqlite") << QStringLiteral("sqlite");
        if (m_hasCluster) QTest::newRow("postgres") << QStringLiteral("postgres");
    }
    static void put(ports::LedgerStore &ledger, Table table, std::string_view key, std::string_view value)
    {
        auto transaction = ledger.begin();
        QVERIFY(transaction);
        QVERIFY((*transaction)->write(table, viewOf(key), viewOf(value)));
        QVERIFY((*transaction)->commit());
    }
    static std::optional<std::string> get(ports::LedgerStore &ledger, Table table, std::string_view key)
    {
        const auto found = ledger.read(table, viewOf(key));
        if (!found || !*found) return std::nullopt;
        return textOf(**found);
    }
    static std::string keysOf(const std::vector<std::pair<Bytes, Bytes>> &rows)
    {
        std::string keys;
        for (const auto &[key, value] : rows)
            keys += textOf(key) + "=" + textOf(value) + " ";
        return keys;
    }

private Q_SLOTS:
    void initTestCase() { m_hasCluster = m_cluster.start(); }

    // Without it half of this is not tested: a skip to be read.
    void postgres_isThere()
    {
        if (!m_hasCluster) QSKIP(qPrintable(QStringLiteral("SKIPPED: PostgreSQL CANNOT START, nothing of it is tested: ") + m_cluster.why()));
        QVERIFY(m_cluster.sql(QStringLiteral("SHOW fsync")) == QLatin1String("on"));
    }

    void row_committed_isRead_data() { kinds(); }
    void row_committed_isRead()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        put(*ledger, Table::device, "a", "1");
        put(*ledger, Table::device, "a", "2");
        QCOMPARE(get(*ledger, Table::device, "a").value(), std::string("2"));
        QVERIFY(!get(*ledger, Table::grant, "a"));
        QVERIFY(!get(*ledger, Table::device, "b"));
    }

    void row_ofAnyBytes_isKept_data() { kinds(); }
    void row_ofAnyBytes_isKept()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        Bytes all;
        for (int i = 0; i < 255; ++i)
            all.push_back(static_cast<std::uint8_t>(i));
        const Bytes large(2'000'000, 0xff), zeros(16, 0);
        auto transaction = std::move(*ledger->begin());
        QVERIFY(transaction->write(Table::result, all, large));
        QVERIFY(transaction->write(Table::result, zeros, {}));
        QVERIFY(transaction->commit());
        QVERIFY(**ledger->read(Table::result, all) == large);
        QVERIFY(ledger->read(Table::result, zeros)->has_value());
        QVERIFY((*ledger->read(Table::result, zeros))->empty());
    }

    // A statement is kept with what it was bound to: nothing of one use is seen in the next.
    void rows_oneAfterTheOther_leaveNothingToTheNext_data() { kinds(); }
    void rows_oneAfterTheOther_leaveNothingToTheNext()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        for (const std::size_t size : {300'000UL, 3UL, 0UL, 70'000UL, 1UL}) {
            const std::string key(1 + size % 200, 'k'), value(size, 'v');
            put(*ledger, Table::device, key, value);
            QCOMPARE(get(*ledger, Table::device, key).value(), value);
            QVERIFY(!get(*ledger, Table::device, key + "x"));
            QCOMPARE(ledger->scan(Table::device, viewOf(key), 1)->size(), std::size_t(1));
        }
        QCOMPARE(keysOf(*ledger->scan(Table::device, viewOf("kkkkk"), 0)), std::string());
        QCOMPARE(ledger->scan(Table::device, {}, 10)->size(), std::size_t(3));
    }

    void disk_scanCutByItsLimit_holdsNoSnapshot_data() { onDisk(); }
    void disk_scanCutByItsLimit_holdsNoSnapshot()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        put(*ledger, Table::desk, "a", "1");
        put(*ledger, Table::desk, "b", "1");
        QCOMPARE(keysOf(*ledger->scan(Table::desk, {}, 1)), std::string("a=1 "));
        put(*ledger, Table::desk, "a", "2");
        QCOMPARE(get(*ledger, Table::desk, "a").value(), std::string("2"));
        QCOMPARE(keysOf(*ledger->scan(Table::desk, {}, 1)), std::string("a=2 "));
    }

    void table_each_isItsOwn_data() { kinds(); }
    void table_each_isItsOwn()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        const int last = static_cast<int>(Table::bid);
        for (int i = 0; i <= last; ++i)
            put(*ledger, static_cast<Table>(i), "key", std::to_string(i));
        for (int i = 0; i <= last; ++i)
            QCOMPARE(get(*ledger, static_cast<Table>(i), "key").value(), std::to_string(i));
    }

    void transaction_open_seesItsOwnChanges_data() { kinds(); }
    void transaction_open_seesItsOwnChanges()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        put(*ledger, Table::seat, "a", "1");
        put(*ledger, Table::seat, "b", "1");
        auto transaction = std::move(*ledger->begin());
        QVERIFY(transaction->write(Table::seat, viewOf("a"), viewOf("2")));
        QVERIFY(transaction->remove(Table::seat, viewOf("b")));
        QVERIFY(transaction->write(Table::seat, viewOf("c"), viewOf("3")));
        QCOMPARE(textOf(**transaction->readForChange(Table::seat, viewOf("a"))), std::string("2"));
        QVERIFY(!transaction->readForChange(Table::seat, viewOf("b"))->has_value());
        QCOMPARE(keysOf(*transaction->scan(Table::seat, {}, 10)), std::string("a=2 c=3 "));
        QVERIFY(transaction->commit());
        QCOMPARE(keysOf(*ledger->scan(Table::seat, {}, 10)), std::string("a=2 c=3 "));
    }

    void transaction_dropped_changesNothing_data() { kinds(); }
    void transaction_dropped_changesNothing()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        put(*ledger, Table::person, "a", "1");
        {
            auto transaction = std::move(*ledger->begin());
            QVERIFY(transaction->write(Table::person, viewOf("a"), viewOf("2")));
            QVERIFY(transaction->remove(Table::person, viewOf("a")));
            QVERIFY(transaction->write(Table::person, viewOf("b"), viewOf("2")));
        }
        QCOMPARE(keysOf(*ledger->scan(Table::person, {}, 10)), std::string("a=1 "));
        put(*ledger, Table::person, "c", "3"); // and the next one begins
        QCOMPARE(keysOf(*ledger->scan(Table::person, {}, 10)), std::string("a=1 c=3 "));
    }

    void scan_withPrefixAndLimit_isInOrder_data() { kinds(); }
    void scan_withPrefixAndLimit_isInOrder()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        for (const char *key : {"b2", "a", "b1", "b", "c", "b10", "\xff", "\xff\xff", "\xff\xff\x01"})
            put(*ledger, Table::desk, key, "");
        QCOMPARE(keysOf(*ledger->scan(Table::desk, viewOf("b"), 100)), std::string("b= b1= b10= b2= "));
        QCOMPARE(keysOf(*ledger->scan(Table::desk, viewOf("b"), 2)), std::string("b= b1= "));
        QCOMPARE(keysOf(*ledger->scan(Table::desk, viewOf("b1"), 100)), std::string("b1= b10= "));
        QCOMPARE(ledger->scan(Table::desk, viewOf("\xff"), 100)->size(), std::size_t(3));
        QCOMPARE(ledger->scan(Table::desk, viewOf("\xff\xff"), 100)->size(), std::size_t(2));
        QCOMPARE(ledger->scan(Table::desk, {}, 100)->size(), std::size_t(9));
        QCOMPARE(ledger->scan(Table::desk, viewOf("x"), 100)->size(), std::size_t(0));
        QCOMPARE(ledger->scan(Table::desk, {}, 0)->size(), std::size_t(0));
    }

    void scan_behindAKey_startsThereAndStaysInThePrefix_data() { kinds(); }
    void scan_behindAKey_startsThereAndStaysInThePrefix()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        for (const char *key : {"b2", "a", "b1", "b", "c", "b10", "\xff", "\xff\xff"})
            put(*ledger, Table::desk, key, "");
        const auto behind = [&](const char *prefix, const char *after, std::size_t limit) {
            const auto outside = keysOf(*ledger->scan(Table::desk, viewOf(std::string_view(prefix)), limit, viewOf(std::string_view(after))));
            const auto transaction = std::move(*ledger->begin());
            const auto inside = keysOf(*transaction->scan(Table::desk, viewOf(std::string_view(prefix)), limit, viewOf(std::string_view(after))));
            return inside == outside ? outside : std::string("not the same");
        };
        QCOMPARE(behind("b", "b", 100), std::string("b1= b10= b2= "));
        QCOMPARE(behind("b", "b1", 100), std::string("b10= b2= "));
        QCOMPARE(behind("b", "b1", 1), std::string("b10= "));
        QCOMPARE(behind("b", "b11", 100), std::string("b2= ")); // a key that is not there
        QCOMPARE(behind("b", "a", 100), std::string("b= b1= b10= b2= "));
        QCOMPARE(behind("b", "b2", 100), std::string());
        QCOMPARE(behind("b", "c", 100), std::string()); // behind all of the prefix
        QCOMPARE(behind("", "b2", 1), std::string("c= "));
        QCOMPARE(ledger->scan(Table::desk, viewOf("\xff"), 100, viewOf("\xff"))->size(), std::size_t(1));
        QCOMPARE(ledger->scan(Table::desk, {}, 100, viewOf("\xff\xff"))->size(), std::size_t(0));
    }

    void scanAll_ofMoreThanAPart_isWholeAndInOrder_data() { kinds(); }
    void scanAll_ofMoreThanAPart_isWholeAndInOrder()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        const auto keyOf = [](int number) { return QByteArray::number(10'000 + number).toStdString(); };
        {
            auto transaction = std::move(*ledger->begin());
            for (int i = 0; i < 2001; ++i)
                QVERIFY(transaction->write(Table::seat, viewOf(keyOf(i)), {}));
            QVERIFY(transaction->write(Table::seat, viewOf("2"), {}));
            QVERIFY(transaction->commit());
        }
        QCOMPARE(ports::scanAll(*ledger, Table::seat, viewOf("3"))->size(), std::size_t(0));
        const auto outside = ports::scanAll(*ledger, Table::seat, viewOf("1"));
        const auto transaction = std::move(*ledger->begin());
        const auto inside = ports::scanAll(*transaction, Table::seat, viewOf("1"));
        QVERIFY(inside && outside && *inside == *outside);
        QCOMPARE(inside->size(), std::size_t(2001));
        for (int i = 0; i < 2001; ++i)
            QCOMPARE(textOf((*inside)[static_cast<std::size_t>(i)].first), keyOf(i));
    }

    void transactions_ofManyThreadsOnOneRow_areSerialised_data() { kinds(); }
    void transactions_ofManyThreadsOnOneRow_areSerialised()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        constexpr int kThreads = 8, kEach = 25;
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < kEach; ++i) {
                    auto transaction = ledger->begin();
                    if (!transaction) {
                        ++failures;
                        continue;
                    }
                    const auto stored = (*transaction)->readForChange(Table::device, viewOf("n"));
                    const int count = *stored ? std::stoi(textOf(**stored)) : 0;
                    std::this_thread::yield();
                    const std::string next = std::to_string(count + 1);
                    if (!(*transaction)->write(Table::device, viewOf("n"), viewOf(next)) || !(*transaction)->commit()) ++failures;
                }
            });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        QCOMPARE(get(*ledger, Table::device, "n").value(), std::to_string(kThreads * kEach));
    }

    void sqlite_commitsOfManyThreads_shareFlushesAndAreReadAtOnce()
    {
        const std::filesystem::path file = std::filesystem::path(m_dir.path().toStdString()) / "group.db";
        auto ledger = std::move(*store::SqliteLedger::open(file));
        const std::uint64_t before = ledger->flushes();
        constexpr int kThreads = 8, kEach = 40;
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < kEach; ++i) {
                    const std::string key = std::to_string(t) + "/" + std::to_string(i);
                    auto transaction = ledger->begin();
                    if (!transaction || !(*transaction)->write(Table::device, viewOf(key), viewOf("1"))) ++failures;
                    if (i % 4 == 3) continue; // dropped: takes no other with it
                    if (!(*transaction)->commit() || !get(*ledger, Table::device, key)) ++failures;
                }
            });
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
        const std::uint64_t flushes = ledger->flushes() - before;
        QVERIFY(flushes >= 1 && flushes <= kThreads * kEach * 3 / 4);
        ledger.reset(); // what another opening finds is what was on disk
        ledger = std::move(*store::SqliteLedger::open(file));
        const auto rows = ledger->scan(Table::device, {}, 1000);
        QVERIFY(rows);
        QCOMPARE(rows->size(), std::size_t{kThreads * kEach * 3 / 4});
    }

    // What it has read of its group may still be lost, so who dropped it must not go on ahead of the disk.
    void sqlite_droppedAfterAnUnflushedCommit_waitsForItsFlush()
    {
        const auto ledger = std::move(*store::SqliteLedger::open(std::filesystem::path(m_dir.path().toStdString()) / "dropped.db"));
        auto first = std::move(*ledger->begin());
        QVERIFY(first->write(Table::meta, viewOf("row"), Bytes{1}));
        const std::uint64_t before = ledger->flushes();
        std::atomic<std::uint64_t> flushesAfterDrop = before;
        std::atomic<int> waiting = 0;
        std::thread dropper([&] {
            ++waiting;
            auto second = std::move(*ledger->begin());
            const auto seen = second->readForChange(Table::meta, viewOf("row"));
            if (!seen || *seen != Bytes{1}) return;
            second.reset();
            flushesAfterDrop = ledger->flushes();
        });
        while (waiting < 1)
            QTest::qSleep(1);
        QTest::qSleep(50); // it stands at the gate first
        std::thread third([&] {
            ++waiting;
            const auto last = std::move(*ledger->begin());
            QTest::qSleep(300);
        });
        while (waiting < 2)
            QTest::qSleep(1);
        QTest::qSleep(50);
        QVERIFY(first->commit());
        dropper.join();
        third.join();
        QVERIFY(flushesAfterDrop > before);
    }

    void disk_readWhileATransactionIsOpen_givesTheLastCommitted_data() { onDisk(); }
    void disk_readWhileATransactionIsOpen_givesTheLastCommitted()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        put(*ledger, Table::device, "a", "1");
        auto transaction = std::move(*ledger->begin());
        QVERIFY(transaction->write(Table::device, viewOf("a"), viewOf("2")));
        QCOMPARE(get(*ledger, Table::device, "a").value(), std::string("1"));
        QVERIFY(transaction->commit());
        QCOMPARE(get(*ledger, Table::device, "a").value(), std::string("2"));
    }

    void disk_afterCommit_transactionIsOver_data() { onDisk(); }
    void disk_afterCommit_transactionIsOver()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        auto transaction = std::move(*ledger->begin());
        QVERIFY(transaction->write(Table::device, viewOf("a"), viewOf("1")));
        QVERIFY(transaction->commit());
        QCOMPARE(transaction->write(Table::device, viewOf("a"), viewOf("2")).error().code, Errc::unavailable);
        QCOMPARE(transaction->commit().error().code, Errc::unavailable);
        QCOMPARE(get(*ledger, Table::device, "a").value(), std::string("1"));
    }

    void disk_finishedOnAnotherThread_opensTheGate_data() { onDisk(); }
    void disk_finishedOnAnotherThread_opensTheGate()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        auto transaction = std::move(*ledger->begin());
        QVERIFY(transaction->write(Table::device, viewOf("a"), viewOf("1")));
        std::thread([moved = std::move(transaction)]() mutable {
            static_cast<void>(moved->commit());
            moved.reset();
        }).join();
        put(*ledger, Table::device, "b", "2");
        QCOMPARE(get(*ledger, Table::device, "a").value(), std::string("1"));
    }

    void disk_keyOrValueOutOfBounds_isRefusedAndTheTransactionGoesOn_data() { onDisk(); }
    void disk_keyOrValueOutOfBounds_isRefusedAndTheTransactionGoesOn()
    {
        QFETCH(QString, kind);
        const auto ledger = fresh(kind);
        QVERIFY(ledger);
        auto transaction = std::move(*ledger->begin());
        QCOMPARE(transaction->write(Table::device, {}, viewOf("x")).error().code, Errc::badInput);
        QCOMPARE(transaction->write(Table::device, Bytes(256), viewOf("x")).error().code, Errc::badInput);
        QCOMPARE(transaction->write(Table::device, viewOf("a"), Bytes(16 * 1024 * 1024 + 1)).error().code, Errc::badInput);
        QVERIFY(transaction->write(Table::device, Bytes(255, 'k'), viewOf("x")));
        QVERIFY(transaction->commit());
        QCOMPARE(ledger->scan(Table::device, {}, 10)->size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "test_ledger.moc"
