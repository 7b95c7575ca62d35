#include "shield/audit/log.h"

#include "shield/crypto/sm3.h"

namespace hufu::audit {

namespace {

using ports::Table;

constexpr std::string_view kHeadKey = "audit-head", kAboutKey = "audit-about";
constexpr std::uint8_t kAboutForm = 1;

Bytes headKey(const ChainId &chain)
{
    return concat({viewOf(kHeadKey), chain});
}

Bytes aboutKey(const ByteArray<32> &object)
{
    return concat({viewOf(kAboutKey), object});
}

Bytes recordKey(const ChainId &chain, std::uint64_t sequence)
{
    return Writer().raw(chain).u64(sequence).take();
}

Result<Head> parseHead(const std::optional<Bytes> &row)
{
    if (!row) return Head{};
    Reader reader(*row);
    Head head;
    head.sequence = reader.u64();
    head.sm3 = reader.array<32>();
    if (!reader.finish() || head.sequence == 0) return Error(Errc::tampered, "end of an audit chain");
    return head;
}

// Appends and returns the record.
Result<Record> appendOne(ports::Transaction &transaction, const ChainId &chain, const Entry &entry)
{
    HUFU_TRY(row, transaction.readForChange(Table::meta, headKey(chain)));
    HUFU_TRY(head, parseHead(row));
    const Record record{chain, head.sequence + 1, head.sm3, entry, 2};
    HUFU_CHECK(transaction.write(Table::audit, recordKey(chain, record.sequence), record.encode()));
    HUFU_CHECK(transaction.write(Table::meta, headKey(chain), Writer().u64(record.sequence).raw(record.sm3()).take()));
    return record;
}

// Goes along one chain, record by record, and notes what does not hold.
class Walk {
public:
    Walk(const ChainId &chain, const std::optional<Head> &anchor, std::vector<Finding> &findings)
        : m_chain(chain), m_anchor(anchor), m_findings(findings)
    {}

    // Returns: the record, if it is one of this place in the chain.
    std::optional<Record> step(const std::optional<Bytes> &row)
    {
        const std::uint64_t sequence = ++m_head.sequence;
        if (!row) {
            note(sequence, Fault::missing);
            m_linked = false;
            return std::nullopt;
        }
        auto record = Record::parse(*row);
        const bool inPlace = record && record->chain == m_chain && record->sequence == sequence;
        // After a gap there is nothing to compare the link with.
        if (!inPlace || (m_linked && record->previous != m_head.sm3)) note(sequence, Fault::changed);
        m_head.sm3 = crypto::sm3(*row);
        m_linked = true;
        if (m_anchor && m_anchor->sequence == sequence && m_anchor->sm3 != m_head.sm3) note(sequence, Fault::changed);
        if (!inPlace) return std::nullopt;
        return *record;
    }

    // recorded: the end that the store keeps.
    void finish(const std::optional<Head> &recorded)
    {
        const bool cutOff = m_anchor && m_anchor->sequence > m_head.sequence;
        if (cutOff || (recorded && m_linked && *recorded != m_head)) note(m_head.sequence, Fault::endMoved);
    }

    void note(std::uint64_t sequence, Fault fault)
    {
        if (m_findings.size() < Report::kFindings) m_findings.push_back({m_chain, sequence, fault});
    }

private:
    ChainId m_chain;
    std::optional<Head> m_anchor;
    std::vector<Finding> &m_findings;
    Head m_head;
    bool m_linked = true;
};

// Returns: the chains that began in this one.
Result<std::vector<ChainId>> verifyStored(ports::LedgerStore &ledger, const ChainId &chain, const std::optional<Head> &anchor,
                                          Report &report)
{
    Walk walk(chain, anchor, report.findings);
    HUFU_TRY(headRow, ledger.read(Table::meta, headKey(chain)));
    const auto head = parseHead(headRow);
    ++report.chains;
    std::vector<ChainId> started;
    if (!head) {
        walk.note(0, Fault::endMoved);
        return started;
    }
    for (std::uint64_t sequence = 1; sequence <= head->sequence; ++sequence) {
        HUFU_TRY(row, ledger.read(Table::audit, recordKey(chain, sequence)));
        // A damaged head may name any number of records.
        if (!row && report.findings.size() == Report::kFindings) break;
        const auto record = walk.step(row);
        if (!record) continue;
        ++report.records;
        if (record->entry.event == Event::chainStarted) started.push_back(record->entry.subject);
    }
    walk.finish(head->sequence == 0 ? std::nullopt : std::optional(*head));
    // A chain whose beginning is recorded has at least one record.
    if (chain != kRootChain && head->sequence == 0) walk.note(1, Fault::missing);
    // The head lags behind in a reading that a writer overtook; it never lags behind by itself, so look once more.
    HUFU_TRY(beyond, ledger.read(Table::audit, recordKey(chain, head->sequence + 1)));
    if (beyond) {
        HUFU_TRY(headAgain, ledger.read(Table::meta, headKey(chain)));
        if (headAgain == headRow) walk.note(head->sequence + 1, Fault::extra);
    }
    return started;
}

} // namespace

Result<void> append(ports::Transaction &transaction, const ChainId &chain, const Entry &entry)
{
    HUFU_TRY(record, appendOne(transaction, chain, entry));
    if (record.sequence == 1 && chain != kRootChain)
        HUFU_CHECK(appendOne(transaction, kRootChain, {Event::chainStarted, entry.timeMs, chain, {}, 0, {By::server, {}}}));
    return {};
}

Result<Head> headOf(ports::LedgerStore &ledger, const ChainId &chain)
{
    HUFU_TRY(row, ledger.read(Table::meta, headKey(chain)));
    return parseHead(row);
}

Result<Report> verify(ports::LedgerStore &ledger, const std::optional<Head> &anchor)
{
    Report report;
    HUFU_TRY(chains, verifyStored(ledger, kRootChain, anchor, report));
    for (const ChainId &chain : chains)
        HUFU_CHECK(verifyStored(ledger, chain, std::nullopt, report));
    return report;
}

std::vector<Finding> verifyChain(const ChainId &chain, const std::vector<Bytes> &records, const std::optional<Head> &anchor)
{
    std::vector<Finding> findings;
    Walk walk(chain, anchor, findings);
    for (const Bytes &record : records)
        walk.step(record);
    walk.finish(std::nullopt);
    return findings;
}

Result<std::vector<Record>> recordsOf(ports::LedgerStore &ledger, const ChainId &chain, std::uint64_t first, std::size_t limit)
{
    std::vector<Record> records;
    if (first == 0) return records; // there is none of that number
    std::uint64_t sequence = first;
    HUFU_TRY(rows, ledger.scan(Table::audit, chain, limit, recordKey(chain, first - 1)));
    for (const auto &[key, row] : rows) {
        if (key != recordKey(chain, sequence)) break;
        const auto record = Record::parse(row);
        if (!record || record->chain != chain || record->sequence != sequence)
            return Error(Errc::tampered, "audit record");
        records.push_back(*record);
        ++sequence;
    }
    return records;
}

Result<void> keepAbout(ports::Transaction &transaction, const ByteArray<32> &object, const About &about)
{
    return transaction.write(Table::meta, aboutKey(object),
                             Writer().u8(kAboutForm).text(about.platform).text(about.project).text(about.projectName).text(about.package).take());
}

Result<std::optional<About>> aboutOf(ports::LedgerStore &ledger, const ByteArray<32> &object)
{
    HUFU_TRY(row, ledger.read(Table::meta, aboutKey(object)));
    if (!row) return std::optional<About>();
    Reader reader(*row);
    const bool isKnown = reader.u8() == kAboutForm;
    About about;
    about.platform = reader.text();
    about.project = reader.text();
    about.projectName = reader.text();
    about.package = reader.text();
    HUFU_CHECK(reader.finish());
    if (!isKnown) return Error(Errc::badInput, "what a record is about");
    return std::optional(std::move(about));
}

} // namespace hufu::audit
