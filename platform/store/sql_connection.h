// One SOCI connection to the ledger's database: rows in and out, exceptions turned into errors.
#pragma once

#include "platform/store/kept_statements.h"

namespace hufu::store {

using KeyedRows = std::vector<std::pair<Bytes, Bytes>>;

// Not for several threads at a time. Errors of every call: unavailable; badInput for a key or value out of its bounds.
class SqlConnection {
public:
    using OnRows = KeptStatements::OnRows;
    using OnTransaction = KeptStatements::OnTransaction;
    static constexpr std::size_t kKeyMax = 255;
    static constexpr std::size_t kValueMax = 16 * 1024 * 1024;

    virtual ~SqlConnection() = default;
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    Result<void> execute(const std::string &statement); // one that is not kept
    Result<void> run(OnTransaction what);
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key);
    Result<void> write(ports::Table table, ByteView key, ByteView value);
    Result<void> remove(ports::Table table, ByteView key);
    Result<KeyedRows> scan(ports::Table table, ByteView prefix, std::size_t limit, ByteView after);
    // Brings the schema to the newest version, each step in its own transaction. Errors: also badState (written by a later program).
    Result<void> migrate();

protected:
    SqlConnection(Dialect dialect, const soci::backend_factory &factory, const std::string &parameters);

    // Called outside transactions before anything is asked: what was lost may be found again here.
    virtual Result<void> ready() { return {}; }
    virtual Result<void> begin();
    Result<void> runKept(OnTransaction what);
    // No exception of SOCI gets out of these files.
    template <typename Work> auto guarded(Work &&work) -> decltype(work())
    {
        try {
            return work();
        } catch (const std::exception &) {
            m_hasFailed = true;
            return Error(Errc::unavailable, "database");
        }
    }
    void forgetStatements() { m_statements.emplace(m_session, m_dialect); }

    soci::session m_session;
    bool m_hasFailed = false; // a call, since it was last found ready

private:
    Result<void> readyIfIdle();
    Result<int> schemaVersion();

    Dialect m_dialect;
    bool m_isOpen = false; // a transaction
    std::optional<KeptStatements> m_statements; // dies before its session
};

} // namespace hufu::store
