// What the server has logged for an account (shield/audit), for its phone to be held against.
#pragma once

#include "shield/wire/message.h"

namespace hufu::wire {

// p->s
struct RecordsQuery {
    static constexpr Type kType = Type::recordsQuery;
    static constexpr char kMacName[] = "records";
    ByteArray<16> acct{};
    std::uint64_t first = 1; // its number in the account's chain, from 1 on
    ByteArray<32> mac{};
    static Result<RecordsQuery> parse(ByteView body);
    Bytes body() const;
};

// s->p: records from first on, as many as a message holds.
struct RecordList {
    static constexpr Type kType = Type::recordList;
    static constexpr std::size_t kMost = 200, kRecordMax = 255;
    std::uint64_t last = 0; // of the chain; 0: it has none
    std::vector<Bytes> records; // each as shield/audit encodes it
    static Result<RecordList> parse(ByteView body);
    Bytes body() const;
};

} // namespace hufu::wire
