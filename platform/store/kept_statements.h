// The statements of one connection, prepared at their first use and kept as long as the connection.
#pragma once

#include "shield/ports/ledger_store.h"

#include <array>
#include <memory>
#include <soci/soci.h>
#include <string>

namespace hufu::store {

enum class Dialect : std::uint8_t { sqlite, postgres };

// One variable that a statement is bound to, and bytes to us. SQLite has blobs; for PostgreSQL, where SOCI's blobs are objects of
// their own, the statement takes and gives hexadecimal.
class Variable {
public:
    virtual ~Variable() = default;
    virtual void useIn(soci::statement &statement) = 0;
    virtual void takeFrom(soci::statement &statement) = 0;
    virtual void put(ByteView bytes) = 0;
    virtual Bytes bytes() = 0;
    virtual void letGo() = 0; // of what is long
};

// One statement with the variables that it is bound to. SOCI's exceptions get out.
class KeptStatement {
public:
    enum class Ends : bool { free, limited };

    // In: text, whose parameters are inputs, then the greatest number of rows if it is limited; outputs, the number of its columns.
    KeptStatement(soci::session &session, Dialect dialect, const std::string &text, std::size_t inputs, std::size_t outputs, Ends ends);

    // Returns: whether there is a row. In: as many inputs as it was made for; most, only if it is limited.
    bool run(std::initializer_list<ByteView> inputs, std::size_t most = 0);
    bool next();
    Bytes column(std::size_t index); // of the row
    // To the end of its rows: from then on it holds neither a lock nor a snapshot.
    void finish();

private:
    std::vector<std::unique_ptr<Variable>> m_inputs, m_columns; // SOCI keeps their addresses, as of what follows
    long long m_most = 0;
    bool m_isRow = false;
    soci::statement m_statement;
};

// One use of a kept statement. Unless it was finished, the statement has failed half-way, and is not kept.
class StatementUse {
public:
    explicit StatementUse(std::unique_ptr<KeptStatement> &kept) : m_kept(kept) {}
    StatementUse(const StatementUse &) = delete;
    StatementUse &operator=(const StatementUse &) = delete;
    ~StatementUse()
    {
        if (!m_isFinished) m_kept.reset();
    }
    KeptStatement *operator->() { return m_kept.get(); }
    void finish()
    {
        m_kept->finish();
        m_isFinished = true;
    }

private:
    std::unique_ptr<KeptStatement> &m_kept;
    bool m_isFinished = false;
};

class KeptStatements {
public:
    // What is done with the rows of one table. scanFrom: no end, since the prefix is nothing but FF.
    enum class OnRows : std::uint8_t { read, write, remove, scanAll, scanFrom, scanBetween };
    // What is done with transactions: a part is a savepoint in the open one.
    enum class OnTransaction : std::uint8_t { begin, commit, rollBack, beginPart, endPart, rollBackPart };

    static constexpr std::size_t kTables = 17;

    KeptStatements(soci::session &session, Dialect dialect) : m_session(session), m_dialect(dialect) {}

    StatementUse of(ports::Table table, OnRows what);
    StatementUse of(OnTransaction what);

private:
    using OfTable = std::array<std::unique_ptr<KeptStatement>, 6>;
    soci::session &m_session;
    Dialect m_dialect;
    std::array<OfTable, kTables> m_ofTables;
    std::array<std::unique_ptr<KeptStatement>, 6> m_ofTransactions;
};

} // namespace hufu::store
