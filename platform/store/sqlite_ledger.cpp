#include "platform/store/sqlite_ledger.h"

#include "platform/store/sql_connection.h"

#include <fcntl.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hufu::store {

namespace {

class SqliteConnection final : public SqlConnection {
public:
    static Result<std::unique_ptr<SqlConnection>> open(const std::filesystem::path &file)
    {
        // The path stands between quotes among other parameters.
        if (file.string().find('"') != std::string::npos) return Error(Errc::badInput, "quote in the path");
        try {
            // The time-out is for another process on the same file, such as a backup.
            auto connection = std::unique_ptr<SqliteConnection>(new SqliteConnection("dbname=\"" + file.string() + "\" timeout=10"));
            std::string mode;
            connection->m_session << "PRAGMA journal_mode=WAL", soci::into(mode);
            if (mode != "wal") return Error(Errc::unavailable, "no write-ahead log");
            connection->m_session << "PRAGMA synchronous=FULL";
            connection->m_session << "PRAGMA secure_delete=ON";
            return std::unique_ptr<SqlConnection>(std::move(connection));
        } catch (const std::exception &) {
            return Error(Errc::unavailable, "database");
        }
    }

private:
    explicit SqliteConnection(const std::string &parameters) : SqlConnection(Dialect::sqlite, *soci::factory_sqlite3(), parameters) {}
};

} // namespace

Result<std::unique_ptr<SqliteLedger>> SqliteLedger::open(const std::filesystem::path &file)
{
    // Made here and not by SQLite, for the mode; its side files take after it.
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made < 0) return Error(Errc::unavailable, "database cannot be opened");
    const bool closed = ::fchmod(made, 0600) == 0;
    ::close(made);
    if (!closed) return Error(Errc::unavailable, "database is another user's");

    HUFU_TRY(writer, SqliteConnection::open(file));
    HUFU_CHECK(writer->migrate());
    HUFU_TRY(reader, SqliteConnection::open(file));
    return std::unique_ptr<SqliteLedger>(new SqliteLedger(std::move(writer), std::move(reader)));
}

} // namespace hufu::store
