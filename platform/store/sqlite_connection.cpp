#include "platform/store/sqlite_connection.h"

#include "platform/store/schema.h"
#include "platform/store/sqlite_ledger.h"

#include <soci/sqlite3/soci-sqlite3.h>

namespace hufu::store {

namespace {

Result<void> checkKey(ByteView key)
{
    if (key.empty() || key.size() > SqliteConnection::kKeyMax) return Error(Errc::badInput, "key length");
    return {};
}

// The first key behind all that start with prefix; empty if there is none (no prefix, or nothing but FF).
Bytes endOf(ByteView prefix)
{
    Bytes end = bytesOf(prefix);
    while (!end.empty() && end.back() == 0xff)
        end.pop_back();
    if (!end.empty()) ++end.back();
    return end;
}

// No exception of SOCI gets out of this file.
template <typename Work> auto guarded(Work &&work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &) {
        return Error(Errc::unavailable, "database");
    }
}

} // namespace

SqliteConnection::SqliteConnection(const std::string &parameters)
    : m_session(*soci::factory_sqlite3(), parameters), m_statements(m_session)
{}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::filesystem::path &file)
{
    using Opened = Result<std::unique_ptr<SqliteConnection>>;
    // The path stands between quotes among other parameters.
    if (file.string().find('"') != std::string::npos) return Error(Errc::badInput, "quote in the path");
    return guarded([&]() -> Opened {
        // The time-out is for another process on the same file, such as a backup.
        auto connection = std::unique_ptr<SqliteConnection>(
            new SqliteConnection("dbname=\"" + file.string() + "\" timeout=10"));
        std::string mode;
        connection->m_session << "PRAGMA journal_mode=WAL", soci::into(mode);
        if (mode != "wal") return Error(Errc::unavailable, "no write-ahead log");
        connection->m_session << "PRAGMA synchronous=FULL";
        connection->m_session << "PRAGMA secure_delete=ON";
        return connection;
    });
}

Result<void> SqliteConnection::execute(const std::string &statement)
{
    return guarded([&]() -> Result<void> {
        m_session << statement;
        return {};
    });
}

Result<void> SqliteConnection::run(OnTransaction what)
{
    return guarded([&]() -> Result<void> {
        StatementUse use = m_statements.of(what);
        use->run({});
        use.finish();
        return {};
    });
}

Result<std::optional<Bytes>> SqliteConnection::read(ports::Table table, ByteView key)
{
    HUFU_CHECK(checkKey(key));
    return guarded([&]() -> Result<std::optional<Bytes>> {
        StatementUse use = m_statements.of(table, OnRows::read);
        std::optional<Bytes> value;
        if (use->run({key})) value = use->column(0);
        use.finish();
        return value;
    });
}

Result<void> SqliteConnection::write(ports::Table table, ByteView key, ByteView value)
{
    HUFU_CHECK(checkKey(key));
    if (value.size() > kValueMax) return Error(Errc::badInput, "value length");
    return guarded([&]() -> Result<void> {
        StatementUse use = m_statements.of(table, OnRows::write);
        use->run({key, value});
        use.finish();
        return {};
    });
}

Result<void> SqliteConnection::remove(ports::Table table, ByteView key)
{
    HUFU_CHECK(checkKey(key));
    return guarded([&]() -> Result<void> {
        StatementUse use = m_statements.of(table, OnRows::remove);
        use->run({key});
        use.finish();
        return {};
    });
}

Result<KeyedRows> SqliteConnection::scan(ports::Table table, ByteView prefix, std::size_t limit)
{
    if (prefix.size() > kKeyMax) return Error(Errc::badInput, "key length");
    return guarded([&]() -> Result<KeyedRows> {
        const Bytes end = endOf(prefix);
        const OnRows what = prefix.empty() ? OnRows::scanAll : end.empty() ? OnRows::scanFrom : OnRows::scanBetween;
        StatementUse use = m_statements.of(table, what);
        bool isRow = what == OnRows::scanAll    ? use->run({}, limit)
                     : what == OnRows::scanFrom ? use->run({prefix}, limit)
                                                : use->run({prefix, end}, limit);
        KeyedRows rows;
        for (; isRow; isRow = use->next())
            rows.emplace_back(use->column(0), use->column(1));
        use.finish();
        return rows;
    });
}

Result<int> SqliteConnection::schemaVersion()
{
    return guarded([&]() -> Result<int> {
        m_session << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
        int version = 0;
        soci::indicator indicator = soci::i_null;
        m_session << "SELECT MAX(version) FROM schema_version", soci::into(version, indicator);
        return indicator == soci::i_ok ? version : 0;
    });
}

Result<void> SqliteConnection::migrate()
{
    HUFU_TRY(version, schemaVersion());
    if (version > kSchemaVersion) return Error(Errc::badState, "written by a later program");
    for (const Migration &step : migrations()) {
        if (step.version <= version) continue;
        HUFU_CHECK(run(OnTransaction::begin));
        Result<void> done;
        for (const std::string &statement : step.statements)
            if (done) done = execute(statement);
        if (done) done = execute("INSERT INTO schema_version (version) VALUES (" + std::to_string(step.version) + ")");
        if (done) done = run(OnTransaction::commit);
        if (!done) {
            static_cast<void>(run(OnTransaction::rollBack));
            return done;
        }
    }
    return {};
}

} // namespace hufu::store
