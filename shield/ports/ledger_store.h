// The server's durable rows. Each library owns the form of its rows; the store owes atomicity and durability.
#pragma once

#include "shield/base/bytes.h"

#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace hufu::ports {

// One table each; a row is key -> value. The names are those of the SQL tables.
enum class Table : std::uint8_t {
    device,      // cosigner: chain, counters, lock state
    deviceKey,   // cosigner: sealed u2, P1, P, epoch
    result,      // cosigner: finished answers by sid
    session,     // sessions: relying-party and desk sessions by token
    desk,        // sessions: enrolled desks
    certificate, // authority
    company,     // enterprise
    person,      // enterprise: staff, by person id
    seat,        // enterprise
    grant,       // enterprise
    code,        // one-time codes: activation, SMS
    audit,       // audit: the SM3-chained log
    meta,        // schema version, restore epoch, counters
    application, // enterprise: a company's way to its shields
    order,       // enterprise: orders, payments, wallets
    seal,        // enterprise: seals, the right to use them, their history
    bid,         // opening: sealed bids, whose they are, rehearsals
};

// All of it happens at commit, or nothing. Reading a row for change locks it until the end, so that two
// transactions on one row run one after the other. Dropping an open transaction rolls it back.
// Errors of every call: unavailable.
class Transaction {
public:
    virtual ~Transaction() = default;
    virtual Result<std::optional<Bytes>> readForChange(Table table, ByteView key) = 0;
    virtual Result<void> write(Table table, ByteView key, ByteView value) = 0;
    virtual Result<void> remove(Table table, ByteView key) = 0;
    // Rows whose key starts with prefix and lies behind after, in the order of the keys, at most limit.
    virtual Result<std::vector<std::pair<Bytes, Bytes>>> scan(Table table, ByteView prefix, std::size_t limit, ByteView after = {}) = 0;
    // Returns only when the change is on disk.
    virtual Result<void> commit() = 0;
};

class LedgerStore {
public:
    virtual ~LedgerStore() = default;
    virtual Result<std::unique_ptr<Transaction>> begin() = 0;
    // Reads outside a transaction: the last committed value.
    virtual Result<std::optional<Bytes>> read(Table table, ByteView key) = 0;
    virtual Result<std::vector<std::pair<Bytes, Bytes>>> scan(Table table, ByteView prefix, std::size_t limit, ByteView after = {}) = 0;
};

// Every row whose key starts with prefix, however many: for rows that are small. source: a transaction, or the store.
// Outside a transaction the parts may be of different moments.
template <typename Source> Result<std::vector<std::pair<Bytes, Bytes>>> scanAll(Source &source, Table table, ByteView prefix)
{
    constexpr std::size_t kAtATime = 1000;
    std::vector<std::pair<Bytes, Bytes>> all;
    for (;;) {
        const Bytes after = all.empty() ? Bytes() : all.back().first;
        HUFU_TRY(part, source.scan(table, prefix, kAtATime, after));
        all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        if (part.size() < kAtATime) return all;
    }
}

// Names the durable steps of the server for the crash tests: called right before and right after each.
// The default does nothing.
class FaultHook {
public:
    virtual ~FaultHook() = default;
    virtual void at(const char *step) { static_cast<void>(step); }
};

} // namespace hufu::ports
