// One SOCI connection to the ledger's file: rows in and out, exceptions turned into errors.
#pragma once

#include "platform/store/kept_statements.h"

#include <filesystem>

namespace hufu::store {

using KeyedRows = std::vector<std::pair<Bytes, Bytes>>;

// Not for several threads at a time. Errors of every call: unavailable; badInput for a key or value out of its bounds.
class SqliteConnection {
public:
    using OnRows = KeptStatements::OnRows;
    using OnTransaction = KeptStatements::OnTransaction;
    static constexpr std::size_t kKeyMax = 255;
    static constexpr std::size_t kValueMax = 16 * 1024 * 1024;

    static Result<std::unique_ptr<SqliteConnection>> open(const std::filesystem::path &file);

    Result<void> execute(const std::string &statement); // one that is not kept
    Result<void> run(OnTransaction what);
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key);
    Result<void> write(ports::Table table, ByteView key, ByteView value);
    Result<void> remove(ports::Table table, ByteView key);
    Result<KeyedRows> scan(ports::Table table, ByteView prefix, std::size_t limit);
    // Brings the schema to the newest version, each step in its own transaction. Errors: also badState (written by a later program).
    Result<void> migrate();

private:
    explicit SqliteConnection(const std::string &parameters);
    Result<int> schemaVersion();

    soci::session m_session;
    KeptStatements m_statements; // dies before its session
};

} // namespace hufu::store
