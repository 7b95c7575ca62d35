#include "shield/phone/record_check.h"

#include "shield/phone/problem.h"

#include <algorithm>
#include <utility>

namespace hufu::phone {

using audit::Event;
using vault::Compared;

namespace {

constexpr std::uint8_t kForm = 1;

// Those of an activation have no entries of their own.
bool isOfActivation(std::uint16_t act)
{
    using intent::Act;
    for (const Act own : {Act::csr, Act::encryptCertificate, Act::probe, Act::rehearseSign, Act::rehearseDecrypt})
        if (act == static_cast<std::uint16_t>(own)) return true;
    return act == 0;
}

bool isOfSession(const vault::HistoryEntry &entry)
{
    return entry.act != "activation" && entry.act != "recovery";
}

} // namespace

// In the vault: form 1 | sequence 8 | sm3 32 | compared 8 | flags 1 | count 1 | (token 16 | act 2 | time 8 | manifest 32)*count
Result<SeenRecords> seenRecords(vault::Vault &vault)
{
    HUFU_TRY(stored, vault.seenRecords());
    SeenRecords seen;
    if (stored.empty()) return seen;
    Reader reader(stored);
    const std::uint8_t form = reader.u8();
    seen.sequence = reader.u64();
    seen.sm3 = reader.array<32>();
    seen.comparedMs = static_cast<std::int64_t>(reader.u64());
    const std::uint8_t flags = reader.u8();
    seen.isBroken = (flags & 1) != 0;
    seen.isRead = (flags & 2) != 0;
    seen.hasBegun = (flags & 4) != 0;
    const std::size_t count = reader.u8();
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        ForeignAct &foreign = seen.foreign.emplace_back();
        foreign.token = reader.array<16>();
        foreign.act = reader.u16();
        foreign.atMs = static_cast<std::int64_t>(reader.u64());
        foreign.manifestSm3 = reader.array<32>();
    }
    if (form != kForm || flags > 7 || count > SeenRecords::kForeignMost || !reader.finish()) return Error(Errc::tampered, "what is seen is not of the form");
    return seen;
}

Result<void> writeSeenRecords(vault::Vault &vault, const SeenRecords &seen)
{
    Writer out;
    const int flags = (seen.isBroken ? 1 : 0) | (seen.isRead ? 2 : 0) | (seen.hasBegun ? 4 : 0);
    out.u8(kForm).u64(seen.sequence).raw(seen.sm3).u64(static_cast<std::uint64_t>(seen.comparedMs)).u8(static_cast<std::uint8_t>(flags));
    out.u8(static_cast<std::uint8_t>(seen.foreign.size()));
    for (const ForeignAct &foreign : seen.foreign)
        out.raw(foreign.token).u16(foreign.act).u64(static_cast<std::uint64_t>(foreign.atMs)).raw(foreign.manifestSm3);
    return vault.writeSeenRecords(out.bytes());
}

Result<void> noteForeignRead(vault::Vault &vault)
{
    HUFU_TRY(seen, seenRecords(vault));
    if (seen.isRead) return {};
    seen.isRead = true;
    return writeSeenRecords(vault, seen);
}

RecordCheck::RecordCheck(SeenRecords seen, std::vector<vault::HistoryEntry> history) : m_seen(std::move(seen)), m_history(std::move(history))
{
    for (const vault::HistoryEntry &entry : m_history)
        if (entry.token == ByteArray<16>{} && isOfSession(entry)) m_unsaidMs = std::max(m_unsaidMs, entry.atMs);
}

vault::HistoryEntry *RecordCheck::entryOf(const ByteArray<16> &token)
{
    if (token == ByteArray<16>{}) return nullptr;
    const auto found = std::ranges::find(m_history, token, &vault::HistoryEntry::token);
    return found == m_history.end() ? nullptr : &*found;
}

Error RecordCheck::broken(Literal why)
{
    m_seen.isBroken = true;
    m_seen.isRead = false;
    startOver();
    return Error(Errc::tampered, why);
}

// Next time the chain is read from its beginning.
void RecordCheck::startOver()
{
    m_seen.sequence = 0;
    m_seen.sm3 = {};
    m_seen.hasBegun = false;
    for (vault::HistoryEntry &entry : m_history)
        entry.compared = Compared::notYet;
}

Result<void> RecordCheck::take(const audit::ChainId &chain, std::uint64_t last, const std::vector<Bytes> &records)
{
    auto record = records.begin();
    const std::uint64_t before = m_seen.sequence;
    if (m_seen.sequence > 0) {
        const auto again = record == records.end() ? Result<audit::Record>(Error(Errc::notFound, "none")) : audit::Record::parse(*record);
        if (last < m_seen.sequence || !again || again->sm3() != m_seen.sm3) return broken("another chain than before");
        ++record;
    }
    for (; record != records.end(); ++record)
        HUFU_CHECK(follow(chain, *record));
    m_isWhole = m_seen.sequence >= last;
    if (!m_isWhole && m_seen.sequence == before) return broken("records are held back");
    return {};
}

Result<void> RecordCheck::follow(const audit::ChainId &chain, const Bytes &bytes)
{
    const auto record = audit::Record::parse(bytes);
    const bool isNext = record && record->chain == chain && record->sequence == m_seen.sequence + 1 && record->previous == m_seen.sm3;
    if (!isNext) return broken("records that do not hang together");
    m_seen.sequence = record->sequence;
    m_seen.sm3 = record->sm3();
    const audit::Entry &entry = record->entry;
    switch (entry.event) {
    case Event::sessionStarted:
    case Event::sessionClaimed:
        if (auto *known = entryOf(entry.subject); known && known->compared == Compared::notYet) known->compared = Compared::heardOf;
        break;
    case Event::sessionApproved:
        onApproved(entry);
        break;
    case Event::sessionRefused:
    case Event::sessionFailed:
    case Event::delivered:
        onEnded(entry);
        break;
    default:
        break;
    }
    return {};
}

// The phone's half was not given.
static bool isWithheld(const vault::HistoryEntry &entry)
{
    return !entry.approved && (entry.code == hf::kPersonRefused || entry.code == hf::kUndecided);
}

void RecordCheck::onApproved(const audit::Entry &record)
{
    vault::HistoryEntry *known = entryOf(record.subject);
    if (!known) return onUnknown(record);
    if (!isOfActivation(record.code)) m_seen.hasBegun = true;
    const bool isSame = known->manifestSm3 == record.object;
    known->compared = isSame && !isWithheld(*known) ? Compared::same : Compared::differs;
    if (known->compared == Compared::differs || known->approved) return;
    // Its end was not heard here. What is opened is not yet handed over.
    if (known->act == "decrypt") {
        known->compared = Compared::heardOf;
        return;
    }
    known->approved = true;
    known->code = 0;
}

void RecordCheck::onEnded(const audit::Entry &record)
{
    vault::HistoryEntry *known = entryOf(record.subject);
    if (!known || known->compared == Compared::differs) return;
    if (record.event == Event::delivered) {
        if (known->act != "decrypt" || known->approved || isWithheld(*known)) return;
        known->approved = true;
        known->code = 0;
        known->compared = Compared::same;
        return;
    }
    if (known->approved) {
        if (record.event == Event::sessionRefused) known->compared = Compared::differs;
        return;
    }
    if (known->code == hf::kConnectionLost) known->code = record.event == Event::sessionRefused ? hf::kPersonRefused : hf::kSessionExpired;
    known->compared = Compared::same;
}

void RecordCheck::onUnknown(const audit::Entry &record)
{
    if (!m_seen.hasBegun && isOfActivation(record.code)) return;
    m_seen.hasBegun = true;
    if (m_unsaidMs >= 0 && record.timeMs <= m_unsaidMs + kSettledMs) return; // it may be one of those
    const bool isForgotten = m_history.size() >= vault::Vault::kHistoryMax && record.timeMs < m_history.back().atMs;
    if (isForgotten || std::ranges::find(m_seen.foreign, record.subject, &ForeignAct::token) != m_seen.foreign.end()) return;
    if (m_seen.foreign.size() == SeenRecords::kForeignMost) m_seen.foreign.erase(m_seen.foreign.begin());
    m_seen.foreign.push_back({record.subject, record.code, record.timeMs, record.object});
    m_seen.isRead = false;
}

void RecordCheck::settle(std::int64_t nowMs)
{
    if (!m_isWhole) return;
    m_seen.comparedMs = nowMs;
    for (vault::HistoryEntry &entry : m_history) {
        const bool isOpen = entry.compared == Compared::notYet || entry.compared == Compared::heardOf;
        if (entry.token == ByteArray<16>{} || !isOpen) continue;
        const bool isUnheard = !entry.approved && entry.code == hf::kConnectionLost;
        if (isUnheard && nowMs - entry.atMs < kSettledMs) continue; // it may come yet
        if (isUnheard) entry.code = hf::kSessionExpired;
        if (entry.compared == Compared::notYet) entry.compared = Compared::missing;
        else entry.compared = entry.approved && entry.act != "pinChange" ? Compared::differs : Compared::same; // which may be settled by the next act
    }
}

} // namespace hufu::phone
