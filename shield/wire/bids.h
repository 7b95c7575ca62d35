// The list of sealed bids, as the server keeps it for an account (shield/opening).
#pragma once

#include "shield/wire/message.h"

namespace hufu::wire {

// p->s
struct BidsQuery {
    static constexpr Type kType = Type::bidsQuery;
    static constexpr char kMacName[] = "bids";
    ByteArray<16> acct{};
    ByteArray<32> mac{};
    static Result<BidsQuery> parse(ByteView body);
    Bytes body() const;
};

// s->p: the next opening first. What is long over is left out, and so is what would make it too long a message.
struct BidList {
    static constexpr Type kType = Type::bidList;
    static constexpr std::size_t kMost = 200;
    struct Recipient {
        std::string name;
        Bytes keyId; // as envelopes name a certificate; empty: not told; at most 64
        bool operator==(const Recipient &) const = default;
    };
    struct Item {
        ByteArray<32> id{};
        std::string projectId, projectName, package, fileName, soleReason; // package and soleReason may be empty
        std::uint64_t size = 0;
        std::int64_t sealedMs = 0, openingMs = 0; // Unix milliseconds; openingMs 0: not known
        std::uint8_t state = 1;                   // 1 sealed, 2 opened, 3 withdrawn, 4 replaced
        std::int64_t endedMs = 0;
        bool isOwn = false; // sealed by this account
        std::vector<Recipient> recipients; // at most 64
        bool isGivenBack = false; // withdrawn or replaced by a relying party's word alone, and its hour is to come: it is guarded still
        bool operator==(const Item &) const = default;
    };
    std::int64_t lastRehearsalMs = 0; // of this account; 0: never
    std::vector<Item> items;
    static Result<BidList> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
