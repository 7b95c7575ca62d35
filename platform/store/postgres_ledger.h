// The server's durable rows in PostgreSQL.
#pragma once

#include "platform/store/sql_ledger.h"

#include <string>

namespace hufu::store {

// As with SQLite transactions run one after the other: a lock of the whole database (an advisory one) is held from begin to the end,
// also against other programs on the same database. A commit returns when the server has it on disk, and on the disks of its
// synchronous standbys if it has any. A connection that was lost is made anew at the next begin or read. A commit whose answer was
// lost is unavailable, and may be there all the same. What was removed lies in the server's files until it is vacuumed, and in its
// log: shares are destroyed by their epoch keys, not by that.
class PostgresLedger final : public SqlLedger {
public:
    static constexpr int kSessionMs = 60'000; // how long a stopped program may keep the others out

    // In: parameters, as libpq takes them, by keywords ("host=... dbname=... user=... password=..."). The role must own its schema. Brings that to
    // kSchemaVersion. Errors: unavailable (not there, refused); badState (a later program has written it, or the server does not
    // wait for its disk: fsync is off).
    static Result<std::unique_ptr<PostgresLedger>> open(const std::string &parameters);

private:
    using SqlLedger::SqlLedger;
};

} // namespace hufu::store
