// The computers that an account has enrolled (shield/sessions), and the removal of one.
#pragma once

#include "shield/wire/message.h"

namespace hufu::wire {

// p->s
struct DesksQuery {
    static constexpr Type kType = Type::desksQuery;
    static constexpr char kMacName[] = "desks";
    ByteArray<16> acct{};
    ByteArray<32> mac{};
    static Result<DesksQuery> parse(ByteView body);
    Bytes body() const;
};

// p->s: this desk may ask this account for nothing any more. Answered by the list without it, also when it was not there.
struct DeskRemoval {
    static constexpr Type kType = Type::deskRemoval;
    static constexpr char kMacName[] = "desk-removal";
    ByteArray<16> acct{}, desk{};
    ByteArray<32> mac{};
    static Result<DeskRemoval> parse(ByteView body);
    Bytes body() const;
};

// s->p: the newest first. With the longest texts they go into a message.
struct DeskList {
    static constexpr Type kType = Type::deskList;
    static constexpr std::size_t kMost = 255;
    struct Item {
        ByteArray<16> id{};
        std::string name, network; // network may be empty
        std::int64_t enrolledMs = 0; // Unix milliseconds
        bool waits = false;          // for the company's administrator: it may ask for nothing yet
        bool operator==(const Item &) const = default;
    };
    std::vector<Item> items;
    static Result<DeskList> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
