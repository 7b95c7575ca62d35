// The server's durable rows in SQLite: write-ahead log, synchronous FULL.
#pragma once

#include "platform/store/sql_ledger.h"

#include <filesystem>

namespace hufu::store {

class SqliteLedger final : public SqlLedger {
public:
    // Opens or makes the database (mode 0600) and brings its schema to kSchemaVersion.
    // Errors: unavailable (no such folder, disk full, not a database); badState (a later program has written
    // it).
    static Result<std::unique_ptr<SqliteLedger>> open(const std::filesystem::path &file);

private:
    using SqlLedger::SqlLedger;
};

} // namespace hufu::store
