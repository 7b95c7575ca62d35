// The audit log in the ledger: appended inside the transaction of the change it tells of, verified from outside.
#pragma once

#include "shield/audit/record.h"
#include "shield/ports/ledger_store.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hufu::audit {

// Where a chain ends. Kept outside (printed, signed, sent away), it also shows that the end was cut off.
struct Head {
    std::uint64_t sequence = 0; // 0: no record yet
    ByteArray<32> sm3{};
    bool operator==(const Head &) const = default;
};

// Appends to the chain; its first record also puts chainStarted into the root chain. Happens if the caller commits.
// Errors: unavailable; tampered (the chain's stored end is not readable).
Result<void> append(ports::Transaction &transaction, const ChainId &chain, const Entry &entry);

// Where what befalls an account is written down: append() alone, or besides what the account's owner reads. Whoever is given one knows
// nothing of owners.
using AccountLog = std::function<Result<void>(ports::Transaction &, const ChainId &acct, const Entry &)>;

// Errors: unavailable, tampered.
Result<Head> headOf(ports::LedgerStore &ledger, const ChainId &chain);

enum class Fault : std::uint8_t {
    changed,  // a record's bytes do not give the hash that follows, or are no record of this place
    missing,  // a record, or a whole chain, is gone
    extra,    // a record behind the recorded end
    endMoved, // the chain does not end where the head, or the anchor kept outside, says
};

struct Finding {
    ChainId chain{};
    std::uint64_t sequence = 0;
    Fault fault = Fault::changed;
    bool operator==(const Finding &) const = default;
};

struct Report {
    std::size_t chains = 0, records = 0;
    std::vector<Finding> findings; // at most kFindings
    bool intact() const { return findings.empty(); }
    static constexpr std::size_t kFindings = 100;
};

// Walks the root chain and every chain that began in it. anchor: the root chain's head as kept outside; the log must
// contain it. Errors: unavailable.
Result<Report> verify(ports::LedgerStore &ledger, const std::optional<Head> &anchor = std::nullopt);

// The records of one chain as a list, for export and for chains kept elsewhere (the phone's history).
// Returns: the findings in these records, from sequence 1 on.
std::vector<Finding> verifyChain(const ChainId &chain, const std::vector<Bytes> &records, const std::optional<Head> &anchor);

// In order, from sequence first on, at most limit, up to the first that is not there. Errors: unavailable; tampered.
Result<std::vector<Record>> recordsOf(ports::LedgerStore &ledger, const ChainId &chain, std::uint64_t first, std::size_t limit);

// What a record's object was about, in words: they stand beside the log, which holds numbers and hashes alone.
struct About {
    std::string platform; // who asked, as the person read it
    std::string project, projectName, package; // empty: of none
    bool operator==(const About &) const = default;
};

// In: object, as in the records. Happens if the caller commits. Errors: unavailable.
Result<void> keepAbout(ports::Transaction &transaction, const ByteArray<32> &object, const About &about);
// Nothing for an object of which nothing was kept. Errors: unavailable, badInput (the row).
Result<std::optional<About>> aboutOf(ports::LedgerStore &ledger, const ByteArray<32> &object);

} // namespace hufu::audit
