// A chain's records as a list that others have kept, such as the console's export: what was done to it since.
#pragma once

#include "shield/audit/log.h"

namespace hufu::audit {

enum class ListFault : std::uint8_t {
    changed,     // what stands there is no record of this chain, or not the one that the next was chained to
    missing,     // records are gone
    moved,       // a record stands in another place than it was written
    repeated,    // a record is there twice
    cutOff,      // the list ends before the chain did
    behindEnd,   // records behind the end that the list itself names
    keptMissing, // the record that somebody has kept the hash of is not there
};

struct ListFinding {
    std::size_t index = 0;              // of the entry; of the one in front of which records are missing
    std::uint64_t first = 0, last = 0;  // the records, by their numbers in the chain
    ListFault fault = ListFault::changed;
    bool operator==(const ListFinding &) const = default;
};

std::string_view nameOf(ListFault fault);

inline constexpr std::size_t kListFindings = 100;

// In: entries, nothing for one that is no record at all; end, what the list says of the chain's end; kept, the hash of one of its
// records that was kept elsewhere: without it, a list that was cut off and whose end was written anew cannot be told from a whole one.
// Returns: at most kListFindings, in the order of the entries.
std::vector<ListFinding> verifyListing(const ChainId &chain, const std::vector<std::optional<Record>> &entries, const Head &end,
                                       const std::optional<ByteArray<32>> &kept = std::nullopt);

} // namespace hufu::audit
