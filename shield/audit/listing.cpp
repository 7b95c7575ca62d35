#include "shield/audit/listing.h"

#include <set>

namespace hufu::audit {

namespace {

class Reading {
public:
    Reading(const ChainId &chain, const std::vector<std::optional<Record>> &entries) : m_chain(chain)
    {
        for (const auto &entry : entries)
            if (isOurs(entry)) m_there.insert(entry->sequence);
    }

    void take(std::size_t index, const std::optional<Record> &entry)
    {
        if (!isOurs(entry)) {
            note(index, m_expected, m_expected, ListFault::changed);
            m_seen.insert(m_expected++);
            m_linked = false; // there is nothing to compare the next one with
            return;
        }
        if (entry->sequence < m_expected)
            return note(index, entry->sequence, entry->sequence, m_seen.contains(entry->sequence) ? ListFault::repeated : ListFault::moved);
        if (entry->sequence > m_expected) skipTo(index, entry->sequence);
        if (m_linked && entry->previous != m_sm3) {
            if (m_expected == 1) note(index, 1, 1, ListFault::changed);
            else note(m_last, m_expected - 1, m_expected - 1, ListFault::changed);
        }
        m_seen.insert(m_expected++);
        m_sm3 = entry->sm3();
        m_linked = true;
        m_last = index;
    }
    void end(std::size_t count, const Head &head)
    {
        if (head.sequence >= m_expected) return note(count, m_expected, head.sequence, ListFault::cutOff);
        if (head.sequence + 1 < m_expected) return note(m_last, head.sequence + 1, m_expected - 1, ListFault::behindEnd);
        if (m_linked && m_sm3 != head.sm3) note(m_last, head.sequence, head.sequence, ListFault::changed);
    }
    void note(std::size_t index, std::uint64_t first, std::uint64_t last, ListFault fault)
    {
        if (findings.size() < kListFindings) findings.push_back({index, first, last, fault});
    }

    std::vector<ListFinding> findings;

private:
    bool isOurs(const std::optional<Record> &entry) const
    {
        return entry && entry->chain == m_chain && entry->sequence != 0 && entry->sequence != ~std::uint64_t{0};
    }
    // Records that come further down are only out of their place.
    void skipTo(std::size_t index, std::uint64_t sequence)
    {
        while (m_expected < sequence) {
            const auto next = m_there.lower_bound(m_expected); // sequence at the latest
            if (*next == m_expected) {
                ++m_expected;
            } else {
                note(index, m_expected, *next - 1, ListFault::missing);
                m_expected = *next;
            }
        }
        m_linked = false;
    }

    const ChainId &m_chain;
    std::set<std::uint64_t> m_there, m_seen;
    std::uint64_t m_expected = 1;
    ByteArray<32> m_sm3{};
    bool m_linked = true;
    std::size_t m_last = 0;
};

} // namespace

std::string_view nameOf(ListFault fault)
{
    switch (fault) {
    case ListFault::changed: return "changed";
    case ListFault::missing: return "missing";
    case ListFault::moved: return "moved";
    case ListFault::repeated: return "repeated";
    case ListFault::cutOff: return "cutOff";
    case ListFault::behindEnd: return "behindEnd";
    case ListFault::keptMissing: return "keptMissing";
    }
    return "changed";
}

std::vector<ListFinding> verifyListing(const ChainId &chain, const std::vector<std::optional<Record>> &entries, const Head &end,
                                       const std::optional<ByteArray<32>> &kept)
{
    Reading reading(chain, entries);
    bool found = false;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        reading.take(i, entries[i]);
        if (kept && entries[i]) found = found || entries[i]->sm3() == *kept;
    }
    reading.end(entries.size(), end);
    if (kept && !found) reading.note(entries.size(), 0, 0, ListFault::keptMissing);
    return std::move(reading.findings);
}

} // namespace hufu::audit
