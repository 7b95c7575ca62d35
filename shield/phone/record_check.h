// The phone's history held against what the server has logged for the account (shield/audit): each act that either of them knows of.
#pragma once

#include "shield/audit/record.h"
#include "shield/intent/manifest.h"
#include "shield/vault/vault.h"

#include <algorithm>
#include <vector>

namespace hufu::phone {

// Something was approved with this account's keys, and this phone knows nothing of it.
struct ForeignAct {
    ByteArray<16> token{};
    std::uint16_t act = 0;  // of intent::Act; 0: the record does not say
    std::int64_t atMs = 0;  // by the server's clock
    ByteArray<32> manifestSm3{};
    bool operator==(const ForeignAct &) const = default;
};

// How far the server's chain was read, and what was found in it.
struct SeenRecords {
    std::uint64_t sequence = 0; // of the last record that was read; 0: none
    ByteArray<32> sm3{};        // of that record: the server cannot give out another chain later on without being seen
    std::int64_t comparedMs = 0; // when all of it was read last, by the phone's clock; 0: never
    bool isBroken = false;       // the server gave out another chain than before, or one that does not hang together
    bool isRead = true;          // the person has read of what is foreign or broken
    bool hasBegun = false;       // what comes after the activation's own acts
    std::vector<ForeignAct> foreign; // at most kForeignMost, the oldest first
    bool operator==(const SeenRecords &) const = default;

    static constexpr std::size_t kForeignMost = 50;
};

// What the vault keeps. Errors: as the vault's.
Result<SeenRecords> seenRecords(vault::Vault &vault);
Result<void> writeSeenRecords(vault::Vault &vault, const SeenRecords &seen);
Result<void> noteForeignRead(vault::Vault &vault);

// Takes the chain piece by piece. What it finds stands in the history's entries, and in what is seen.
class RecordCheck {
public:
    RecordCheck(SeenRecords seen, std::vector<vault::HistoryEntry> history);

    // From which record on the server is asked; the last one that was read comes once more, to be held against its hash.
    std::uint64_t next() const { return std::max<std::uint64_t>(m_seen.sequence, 1); }
    // In: chain, the account; last, of the server's chain; records, from next() on. Errors: tampered (they are not this chain's, or do not
    // hang together: isBroken says so; what was found before stays).
    Result<void> take(const audit::ChainId &chain, std::uint64_t last, const std::vector<Bytes> &records);
    bool isWhole() const { return m_isWhole; } // nothing more is to be asked for
    // Once it is whole: what should have come by now has not.
    void settle(std::int64_t nowMs);

    const SeenRecords &seen() const { return m_seen; }
    const std::vector<vault::HistoryEntry> &history() const { return m_history; }

    // No act takes longer, its result kept and all.
    static constexpr std::int64_t kSettledMs = 15 * 60'000;

private:
    Result<void> follow(const audit::ChainId &chain, const Bytes &bytes);
    void startOver();
    Error broken(Literal why);
    vault::HistoryEntry *entryOf(const ByteArray<16> &token);
    void onApproved(const audit::Entry &record);
    void onEnded(const audit::Entry &record);
    void onUnknown(const audit::Entry &record);

    SeenRecords m_seen;
    std::vector<vault::HistoryEntry> m_history;
    std::int64_t m_unsaidMs = -1; // until then there are entries that do not name their session
    bool m_isWhole = false;
};

} // namespace hufu::phone
