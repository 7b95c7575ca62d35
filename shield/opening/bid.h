// One sealed bid: what is known of an envelope that waits for its opening. The envelope itself stays with the desk.
#pragma once

#include "shield/intent/manifest.h"

namespace hufu::opening {

using AccountId = ByteArray<16>;
using PersonId = ByteArray<16>;
using BidId = ByteArray<32>; // SM3 of what the sender signed (shield/documents/README.md)

struct Recipient {
    std::string name;
    Bytes keyId;        // as the envelope names the certificate; empty: not told
    AccountId acct{};   // whose certificate that is; zero: nobody's of this server
    bool operator==(const Recipient &) const = default;
};

enum class BidState : std::uint8_t {
    sealed = 1,
    opened,
    withdrawn, // the person wants it no more
    replaced,  // by successor
};

struct Bid {
    BidId id{};
    AccountId sealer{};
    intent::Project project;
    std::string fileName;
    std::uint64_t size = 0;
    std::int64_t sealedMs = 0;  // Unix milliseconds, as all here
    std::int64_t openingMs = 0; // 0: not known
    std::vector<Recipient> recipients;
    std::string soleReason; // why one person alone can open it; may be empty
    BidState state = BidState::sealed;
    std::int64_t endedMs = 0; // since when it is not sealed any more
    BidId successor{};        // of one that was replaced
    bool isGivenBack = false; // a relying party says that it is withdrawn or replaced, its sealer has not; not in the row itself

    // Errors: badInput, also for another version.
    static Result<Bid> parse(ByteView bytes);
    Bytes encode() const;
    bool operator==(const Bid &) const = default;

    bool isFor(const AccountId &acct) const; // a recipient
    // Its opening may still come: sealed, and the hour not long past.
    bool isAwaited(std::int64_t nowMs) const;
    // Awaited, or given back by a party's word alone, which lifts no guard before the hour.
    bool isGuarded(std::int64_t nowMs) const;
};

inline constexpr std::int64_t kHourMs = 3'600'000, kDayMs = 24 * kHourMs;
inline constexpr std::int64_t kLateMs = 30 * kDayMs;     // an opening may be postponed, and nobody tells us
inline constexpr std::int64_t kHourlessMs = 365 * kDayMs; // one without an hour is awaited for so long
inline constexpr std::int64_t kKeptMs = 90 * kDayMs;     // on the list after its end, for the person to read

// When the row is of no use any more.
std::int64_t forgetMsOf(const Bid &bid);

// Whom a manifest of act encrypt names, without their accounts.
std::vector<Recipient> recipientsOf(const intent::Manifest &manifest);

// The bids that it seals. In: included, its items that were not refused; sealedMs, now.
std::vector<Bid> bidsOf(const intent::Manifest &manifest, const std::vector<std::uint8_t> &included, const std::vector<Recipient> &recipients,
                        const AccountId &sealer, std::int64_t sealedMs);

} // namespace hufu::opening
