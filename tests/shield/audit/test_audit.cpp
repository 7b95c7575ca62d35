// The audit chains: what is appended is found again, and every change, gap, swap and cut is noticed.
#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "tests/support/fakes.h"

#include <QTest>

using namespace hufu;
using audit::Event;
using audit::Fault;
using audit::Finding;
using ports::Table;

class TestAudit : public QObject {
    Q_OBJECT

    static constexpr audit::ChainId kDevice{1, 2, 3}, kOther{9};

    static void append(ports::LedgerStore &ledger, const audit::ChainId &chain, Event event)
    {
        auto transaction = std::move(*ledger.begin());
        QVERIFY(audit::append(*transaction, chain, {event, 1'800'000'000'000, {7}, {8}, 301}));
        QVERIFY(transaction->commit());
    }
    // Five records of a device, two of another: with the two beginnings in the root chain nine.
    static void fill(tests::MemoryLedger &ledger)
    {
        for (const Event event : {Event::keysGenerated, Event::signatureGiven, Event::wrongPin, Event::decrypted, Event::refreshed})
            append(ledger, kDevice, event);
        append(ledger, kOther, Event::keysGenerated);
        append(ledger, kOther, Event::signatureGiven);
    }
    static Bytes &stored(tests::MemoryLedger &ledger, const audit::ChainId &chain, std::uint64_t sequence)
    {
        return ledger.rows.at({Table::audit, Writer().raw(chain).u64(sequence).take()});
    }
    static bool has(const audit::Report &report, const Finding &finding)
    {
        return std::find(report.findings.begin(), report.findings.end(), finding) != report.findings.end();
    }

private Q_SLOTS:
    void record_encoded_parsesToTheSame()
    {
        const audit::Record record{kDevice, 5, {1}, {Event::wrongPin, 123, {2}, {3}, 300, {audit::By::person, {4}}}};
        const Bytes bytes = record.encode();
        QCOMPARE(bytes.size(), audit::Record::kBytes);
        const auto parsed = audit::Record::parse(bytes);
        QVERIFY(parsed);
        QVERIFY(parsed->version == 2 && parsed->entry.who == record.entry.who && parsed->entry.code == 300);
        QVERIFY(parsed->encode() == bytes);
        QVERIFY(parsed->sm3() == crypto::sm3(bytes));
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QCOMPARE(audit::Record::parse(ByteView(bytes).first(length)).error().code, Errc::badInput);
        QCOMPARE(audit::Record::parse(concat({bytes, ByteArray<1>{}})).error().code, Errc::badInput);
        Bytes other = bytes;
        other[0] ^= 1;
        QCOMPARE(audit::Record::parse(other).error().code, Errc::badInput);
        other = bytes;
        other[11] = '3'; // of a later program
        QCOMPARE(audit::Record::parse(other).error().code, Errc::badInput);
        other = bytes;
        other[audit::Record::kBytesOf1] = 200; // nobody
        QCOMPARE(audit::Record::parse(other).error().code, Errc::badInput);
    }

    // As it was written before records said who did it: byte for byte.
    void recordOfVersion1_parses_andItsChainGoesOnInVersion2()
    {
        tests::MemoryLedger ledger;
        Bytes old = concat({viewOf("HUFU-AUDIT-1"), kDevice, Writer().u64(1).take(), ByteArray<32>{}, Writer().u16(103).u64(123).take(),
                            ByteArray<16>{2}, ByteArray<32>{3}, Writer().u16(300).take()});
        const auto parsed = audit::Record::parse(old);
        QVERIFY(parsed && parsed->encode() == old && parsed->entry.event == Event::wrongPin && parsed->entry.code == 300);
        QCOMPARE(parsed->version, std::uint8_t(1));
        QVERIFY(parsed->entry.who == audit::Who{});
        QCOMPARE(audit::Record::parse(concat({old, ByteArray<17>{}})).error().code, Errc::badInput);

        append(ledger, kDevice, Event::wrongPin);
        stored(ledger, kDevice, 1) = old;
        ledger.rows.at({Table::meta, concat({viewOf("audit-head"), kDevice})}) = Writer().u64(1).raw(crypto::sm3(old)).take();
        append(ledger, kDevice, Event::decrypted);
        QVERIFY(audit::verify(ledger)->intact());
        const auto records = audit::recordsOf(ledger, kDevice, 1, 10);
        QVERIFY(records->size() == 2 && records->at(0).version == 1 && records->at(1).version == 2);
        stored(ledger, kDevice, 1)[90] ^= 1;
        QVERIFY(has(*audit::verify(ledger), {kDevice, 2, Fault::changed}));
    }

    void headOfADamagedLedger_endsTheWalkAllTheSame()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        ledger.rows.at({Table::meta, concat({viewOf("audit-head"), kDevice})}) =
            Writer().u64(UINT64_MAX).raw(ByteArray<32>{}).take();
        const auto report = audit::verify(ledger);
        QVERIFY(report && has(*report, {kDevice, 6, Fault::missing}));
        QCOMPARE(report->findings.size(), audit::Report::kFindings);
    }

    void event_each_hasItsName()
    {
        QCOMPARE(audit::nameOf(Event::wrongPin), std::string_view("wrong-pin"));
        QCOMPARE(audit::nameOf(static_cast<Event>(9999)), std::string_view("unknown"));
        QCOMPARE(audit::nameOf(audit::By::operatorSide), std::string_view("operator"));
        QVERIFY(audit::nameOf(static_cast<audit::By>(99)).empty());
    }

    void log_filled_isIntactAndInOrder()
    {
        tests::MemoryLedger ledger;
        QVERIFY(audit::verify(ledger)->intact());
        fill(ledger);
        const auto report = audit::verify(ledger);
        QVERIFY(report);
        QVERIFY(report->intact());
        QCOMPARE(report->chains, std::size_t(3));
        QCOMPARE(report->records, std::size_t(9));
        const auto records = audit::recordsOf(ledger, kDevice, 2, 3);
        QCOMPARE(records->size(), std::size_t(3));
        QCOMPARE(records->front().entry.event, Event::signatureGiven);
        QCOMPARE(records->back().sequence, std::uint64_t(4));
        QVERIFY(records->at(1).previous == records->at(0).sm3());
        QVERIFY(audit::recordsOf(ledger, kDevice, 0, 3)->empty()); // there is no such number
        QCOMPARE(audit::recordsOf(ledger, kDevice, 4, 100)->front().sequence, std::uint64_t(4));
        // Up to a gap, and nothing of another chain.
        ledger.rows.erase({Table::audit, Writer().raw(kDevice).u64(3).take()});
        QCOMPARE(audit::recordsOf(ledger, kDevice, 1, 100)->size(), std::size_t(2));
        QVERIFY(audit::recordsOf(ledger, kDevice, 3, 100)->empty());
    }

    void about_kept_isFoundByItsObject()
    {
        tests::MemoryLedger ledger;
        const audit::About about{"示范招标平台", "ZB-2026-001", "长江大桥", "一标段"};
        {
            auto transaction = std::move(*ledger.begin());
            QVERIFY(audit::keepAbout(*transaction, {7}, about) && transaction->commit());
        }
        QVERIFY(*audit::aboutOf(ledger, {7}) == about);
        QVERIFY(!*audit::aboutOf(ledger, {8}));
        ledger.rows.at({Table::meta, concat({viewOf("audit-about"), ByteArray<32>{7}})})[0] = 9; // of another program
        QCOMPARE(audit::aboutOf(ledger, {7}).error().code, Errc::badInput);
    }

    void append_withoutCommit_leavesNoTrace()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        const auto before = ledger.rows;
        {
            auto transaction = std::move(*ledger.begin());
            QVERIFY(audit::append(*transaction, kDevice, {Event::wrongPin, 1, {}, {}, 0}));
        }
        QVERIFY(ledger.rows == before);
    }

    void record_changedInAnyByte_isFound()
    {
        for (std::size_t at = 0; at < audit::Record::kBytes; ++at) {
            tests::MemoryLedger ledger;
            fill(ledger);
            stored(ledger, kDevice, 3)[at] ^= 0x10;
            const auto report = audit::verify(ledger);
            QVERIFY(report && !report->intact());
        }
    }

    void record_changedAtTheEnd_isFound()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        stored(ledger, kDevice, 5).back() ^= 1;
        QVERIFY(has(*audit::verify(ledger), {kDevice, 5, Fault::endMoved}));
    }

    void record_removed_isFound_data()
    {
        QTest::addColumn<int>("sequence");
        for (int i = 1; i <= 5; ++i)
            QTest::addRow("%d", i) << i;
    }
    void record_removed_isFound()
    {
        QFETCH(int, sequence);
        tests::MemoryLedger ledger;
        fill(ledger);
        ledger.rows.erase({Table::audit, Writer().raw(kDevice).u64(static_cast<std::uint64_t>(sequence)).take()});
        QVERIFY(has(*audit::verify(ledger), {kDevice, static_cast<std::uint64_t>(sequence), Fault::missing}));
    }

    void records_swapped_areFound()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        std::swap(stored(ledger, kDevice, 2), stored(ledger, kDevice, 3));
        const auto report = audit::verify(ledger);
        QVERIFY(has(*report, {kDevice, 2, Fault::changed}));
        QVERIFY(has(*report, {kDevice, 3, Fault::changed}));
    }

    void record_ofAnotherChain_isFound()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        stored(ledger, kDevice, 1) = stored(ledger, kOther, 1);
        QVERIFY(has(*audit::verify(ledger), {kDevice, 1, Fault::changed}));
    }

    void chain_removedWhole_isFound()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        std::erase_if(ledger.rows, [](const auto &row) {
            const Bytes &key = row.first.second;
            return std::search(key.begin(), key.end(), kOther.begin(), kOther.end()) != key.end();
        });
        QVERIFY(has(*audit::verify(ledger), {kOther, 1, Fault::missing}));
    }

    void record_behindTheEnd_isFound()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        ledger.rows[{Table::audit, Writer().raw(kDevice).u64(6).take()}] = stored(ledger, kDevice, 5);
        QVERIFY(has(*audit::verify(ledger), {kDevice, 6, Fault::extra}));
    }

    // Who can write the database can also write the end that it keeps: only what was kept outside tells.
    void end_cutOffWithItsMark_isFoundByTheAnchor()
    {
        tests::MemoryLedger ledger, shorter;
        fill(ledger);
        append(shorter, kDevice, Event::keysGenerated);
        const auto anchor = audit::headOf(ledger, audit::kRootChain);
        QCOMPARE(anchor->sequence, std::uint64_t(2));
        QVERIFY(audit::verify(shorter)->intact());
        QVERIFY(has(*audit::verify(shorter, *anchor), {audit::kRootChain, 1, Fault::endMoved}));
        append(ledger, {5}, Event::keysGenerated);
        QVERIFY(audit::verify(ledger, *anchor)->intact());
        const audit::Head other{1, {1}};
        QVERIFY(has(*audit::verify(ledger, other), {audit::kRootChain, 1, Fault::changed}));
    }

    void end_unreadable_stopsAppendingAndIsFound()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        ledger.rows.at({Table::meta, concat({viewOf("audit-head"), kDevice})}).pop_back();
        auto transaction = std::move(*ledger.begin());
        QCOMPARE(audit::append(*transaction, kDevice, {}).error().code, Errc::tampered);
        transaction.reset();
        QVERIFY(has(*audit::verify(ledger), {kDevice, 0, Fault::endMoved}));
    }

    void list_ofRecords_isVerifiedWithoutALedger()
    {
        tests::MemoryLedger ledger;
        fill(ledger);
        std::vector<Bytes> records;
        for (std::uint64_t i = 1; i <= 5; ++i)
            records.push_back(stored(ledger, kDevice, i));
        const auto head = audit::headOf(ledger, kDevice);
        QVERIFY(audit::verifyChain(kDevice, records, *head).empty());
        records.pop_back();
        QCOMPARE(audit::verifyChain(kDevice, records, *head).size(), std::size_t(1));
        std::swap(records[1], records[2]);
        QVERIFY(!audit::verifyChain(kDevice, records, std::nullopt).empty());
        QVERIFY(!audit::verifyChain(kOther, {stored(ledger, kDevice, 1)}, std::nullopt).empty());
    }

    void ledger_down_isUnavailable()
    {
        tests::MemoryLedger ledger;
        ledger.down = true;
        QCOMPARE(audit::verify(ledger).error().code, Errc::unavailable);
        QCOMPARE(audit::headOf(ledger, kDevice).error().code, Errc::unavailable);
    }
};

QTEST_GUILESS_MAIN(TestAudit)
#include "test_audit.moc"
