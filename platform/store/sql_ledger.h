// The server's durable rows in an SQL database, one SQL table for each ports::Table: what SQLite and PostgreSQL have in common.
#pragma once

#include "shield/ports/ledger_store.h"

#include <cstdint>
#include <memory>

namespace hufu::store {

class SqlConnection;

// The schema that this program writes. Raised by each migration.
inline constexpr int kSchemaVersion = 3;

// Transactions run one after the other, behind one gate (and in the database against other programs), so a row that is read for
// change, there or not, belongs to its transaction until the end; an open transaction may be finished or dropped on another thread
// than it was begun on. Group commit: transactions that end while others wait at the gate are made durable by
// one flush of the disk. A commit returns when that is done, so what it has answered is on disk as before; a
// failing flush fails all that it was for. One that is dropped waits likewise for those of its group whose rows it may
// have read; should their flush fail, what it has read never was. Reads outside go over a second connection and never wait for a
// writer. begin() waits at most kGateMs for the transaction before it; after that: unavailable. A thread that
// begins a second transaction while it holds one runs into just that. A key is 1 to 255 bytes, a value at most
// 16 MiB; anything else is badInput.
class SqlLedger : public ports::LedgerStore {
public:
    static constexpr std::int64_t kGateMs = 10'000;

    ~SqlLedger() override;

    Result<std::unique_ptr<ports::Transaction>> begin() override;
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key) override;
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override;

    // How often the disk was flushed for a commit, since it was opened.
    std::uint64_t flushes() const;

protected:
    SqlLedger(std::unique_ptr<SqlConnection> writer, std::unique_ptr<SqlConnection> reader);

private:
    struct State;
    class Open;
    std::shared_ptr<State> m_state;
};

} // namespace hufu::store
