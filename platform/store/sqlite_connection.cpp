#include "platform/store/sqlite_connection.h"

#include "platform/store/schema.h"
#include "platform/store/sqlite_ledger.h"

#include <limits>
#include <soci/sqlite3/soci-sqlite3.h>

namespace hufu::store {

namespace {

Result<void> checkKey(ByteView key)
{
    if (key.empty() || key.size() > SqliteConnection::kKeyMax) return Error(Errc::badInput, "key length");
    return {};
}

void put(soci::blob &blob, ByteView bytes)
{
    // SOCI's blobs take char.
    if (!bytes.empty()) blob.write(0, reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

Bytes taken(soci::blob &blob)
{
    Bytes bytes(blob.get_len());
    if (!bytes.empty()) blob.read(0, reinterpret_cast<char *>(bytes.data()), bytes.size());
    return bytes;
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

SqliteConnection::SqliteConnection(const std::string &parameters) : m_session(*soci::factory_sqlite3(), parameters) {}

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

Result<std::optional<Bytes>> SqliteConnection::read(ports::Table table, ByteView key)
{
    HUFU_CHECK(checkKey(key));
    return guarded([&]() -> Result<std::optional<Bytes>> {
        soci::blob wanted(m_session), value(m_session);
        put(wanted, key);
        soci::indicator indicator = soci::i_null;
        m_session << "SELECT value FROM " + quotedName(table) + " WHERE key = :key", soci::use(wanted),
            soci::into(value, indicator);
        if (!m_session.got_data()) return std::optional<Bytes>();
        return std::optional<Bytes>(indicator == soci::i_ok ? taken(value) : Bytes());
    });
}

Result<void> SqliteConnection::write(ports::Table table, ByteView key, ByteView value)
{
    HUFU_CHECK(checkKey(key));
    if (value.size() > kValueMax) return Error(Errc::badInput, "value length");
    return guarded([&]() -> Result<void> {
        soci::blob at(m_session), content(m_session);
        put(at, key);
        put(content, value);
        m_session << "INSERT INTO " + quotedName(table) +
                         " (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            soci::use(at), soci::use(content);
        return {};
    });
}

Result<void> SqliteConnection::remove(ports::Table table, ByteView key)
{
    HUFU_CHECK(checkKey(key));
    return guarded([&]() -> Result<void> {
        soci::blob at(m_session);
        put(at, key);
        m_session << "DELETE FROM " + quotedName(table) + " WHERE key = :key", soci::use(at);
        return {};
    });
}

Result<KeyedRows> SqliteConnection::scan(ports::Table table, ByteView prefix, std::size_t limit)
{
    if (prefix.size() > kKeyMax) return Error(Errc::badInput, "key length");
    return guarded([&]() -> Result<KeyedRows> {
        const Bytes end = endOf(prefix);
        soci::blob from(m_session), to(m_session), key(m_session), value(m_session);
        put(from, prefix);
        put(to, end);
        soci::indicator indicator = soci::i_null;
        const long long most = static_cast<long long>(std::min<std::size_t>(limit, std::numeric_limits<int>::max()));

        soci::statement select(m_session);
        if (!prefix.empty()) select.exchange(soci::use(from));
        if (!end.empty()) select.exchange(soci::use(to));
        select.exchange(soci::use(most));
        select.exchange(soci::into(key));
        select.exchange(soci::into(value, indicator));
        select.alloc();
        select.prepare("SELECT key, value FROM " + quotedName(table) + " WHERE 1" +
                       (prefix.empty() ? "" : " AND key >= :from") + (end.empty() ? "" : " AND key < :to") +
                       " ORDER BY key LIMIT :most");
        select.define_and_bind();
        select.execute(false);

        KeyedRows rows;
        while (select.fetch()) {
            Bytes found = taken(key);
            rows.emplace_back(std::move(found), indicator == soci::i_ok ? taken(value) : Bytes());
        }
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
        HUFU_CHECK(execute("BEGIN IMMEDIATE"));
        Result<void> done;
        for (const std::string &statement : step.statements)
            if (done) done = execute(statement);
        if (done) done = execute("INSERT INTO schema_version (version) VALUES (" + std::to_string(step.version) + ")");
        if (done) done = execute("COMMIT");
        if (!done) {
            static_cast<void>(execute("ROLLBACK"));
            return done;
        }
    }
    return {};
}

} // namespace hufu::store
