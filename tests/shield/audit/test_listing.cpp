// A list of a chain's records: each thing that can be done to it is found, and said where.
#include "shield/audit/listing.h"

#include <QTest>

using namespace hufu;
using namespace hufu::audit;

namespace {

using Entries = std::vector<std::optional<Record>>;

constexpr ChainId kChain{1, 2, 3};

Entries chained(std::size_t count)
{
    Entries entries;
    ByteArray<32> previous{};
    for (std::size_t i = 1; i <= count; ++i) {
        entries.emplace_back(Record{kChain, i, previous, {Event::staffAdded, std::int64_t(1'800'000'000'000 + i), {7}, {}, 8}});
        previous = entries.back()->sm3();
    }
    return entries;
}

Head endOf(const Entries &entries)
{
    return {entries.back()->sequence, entries.back()->sm3()};
}

} // namespace

class TestListing : public QObject {
    Q_OBJECT

    const Entries m_whole = chained(8);
    const Head m_end = endOf(m_whole);

    std::vector<ListFinding> found(const Entries &entries) const { return verifyListing(kChain, entries, m_end); }
    static std::vector<ListFinding> one(std::size_t index, std::uint64_t first, std::uint64_t last, ListFault fault)
    {
        return {{index, first, last, fault}};
    }

private Q_SLOTS:
    void list_whole_isIntact()
    {
        QVERIFY(found(m_whole).empty());
        for (const auto &entry : m_whole)
            QVERIFY(verifyListing(kChain, m_whole, m_end, entry->sm3()).empty());
        QVERIFY(verifyListing(kChain, {}, {}).empty());
    }

    // Even by somebody who makes the record's own hash fit.
    void record_changed_isNamed()
    {
        for (std::size_t i = 0; i < m_whole.size(); ++i) {
            Entries entries = m_whole;
            entries[i]->entry.code ^= 1;
            QVERIFY(found(entries) == one(i, i + 1, i + 1, ListFault::changed));
            entries[i].reset(); // as a line that is no record
            QVERIFY(found(entries) == one(i, i + 1, i + 1, ListFault::changed));
            entries[i] = m_whole[i];
            entries[i]->chain = {9};
            QVERIFY(found(entries) == one(i, i + 1, i + 1, ListFault::changed));
        }
    }

    void records_removed_areNamed()
    {
        for (std::size_t from = 0; from < m_whole.size(); ++from)
            for (std::size_t count = 1; from + count < m_whole.size(); ++count) {
                Entries entries = m_whole;
                entries.erase(entries.begin() + std::ptrdiff_t(from), entries.begin() + std::ptrdiff_t(from + count));
                QVERIFY(found(entries) == one(from, from + 1, from + count, ListFault::missing));
            }
    }

    void records_swapped_areNamed()
    {
        for (std::size_t i = 0; i + 1 < m_whole.size(); ++i) {
            Entries entries = m_whole;
            std::swap(entries[i], entries[i + 1]);
            QVERIFY(found(entries) == one(i + 1, i + 1, i + 1, ListFault::moved));
        }
        // A first record that claims to follow another.
        Entries headless = m_whole;
        headless[0]->previous = {1};
        QVERIFY(found(headless).front() == (ListFinding{0, 1, 1, ListFault::changed}));
        Entries entries = m_whole;
        std::rotate(entries.begin() + 1, entries.begin() + 2, entries.begin() + 6); // the second one stands behind the sixth
        QVERIFY(found(entries) == one(5, 2, 2, ListFault::moved));
    }

    void record_repeated_isNamed()
    {
        Entries entries = m_whole;
        entries.insert(entries.begin() + 5, m_whole[2]);
        QVERIFY(found(entries) == one(5, 3, 3, ListFault::repeated));
    }

    void list_cutOff_isNamed()
    {
        for (std::size_t length = 0; length < m_whole.size(); ++length) {
            const Entries entries(m_whole.begin(), m_whole.begin() + std::ptrdiff_t(length));
            QVERIFY(found(entries) == one(length, length + 1, 8, ListFault::cutOff));
        }
    }

    // Its end written anew: only who has kept a hash can tell.
    void list_cutOffWithANewEnd_isFoundByTheKeptHash()
    {
        const Entries entries(m_whole.begin(), m_whole.begin() + 5);
        const Head end = endOf(entries);
        QVERIFY(verifyListing(kChain, entries, end).empty());
        QVERIFY(verifyListing(kChain, entries, end, m_whole[4]->sm3()).empty());
        QVERIFY(verifyListing(kChain, entries, end, m_end.sm3) == one(5, 0, 0, ListFault::keptMissing));
        // All of it chained anew from the change on.
        Entries forged = m_whole;
        forged[3]->entry.code ^= 1;
        for (std::size_t i = 4; i < forged.size(); ++i)
            forged[i]->previous = forged[i - 1]->sm3();
        QVERIFY(verifyListing(kChain, forged, endOf(forged)).empty());
        QVERIFY(verifyListing(kChain, forged, endOf(forged), m_whole[6]->sm3()) == one(8, 0, 0, ListFault::keptMissing));
    }

    void records_behindTheEnd_areNamed()
    {
        QVERIFY(verifyListing(kChain, m_whole, {6, m_whole[5]->sm3()}) == one(7, 7, 8, ListFault::behindEnd));
        QVERIFY(verifyListing(kChain, m_whole, {8, m_whole[5]->sm3()}) == one(7, 8, 8, ListFault::changed));
    }

    void findings_ofAListThatIsNone_haveAnEnd()
    {
        QCOMPARE(found(Entries(1'000)).size(), kListFindings);
        Entries far = m_whole;
        far.back()->sequence = ~std::uint64_t{0} - 1; // no loop over numbers that nobody has used
        QVERIFY(found(far).front() == (ListFinding{7, 8, ~std::uint64_t{0} - 2, ListFault::missing}));
    }
};

QTEST_GUILESS_MAIN(TestListing)
#include "test_listing.moc"
