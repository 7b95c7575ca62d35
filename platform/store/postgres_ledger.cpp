#include "platform/store/postgres_ledger.h"

#include "platform/store/sql_connection.h"

#include <soci/postgresql/soci-postgresql.h>

namespace hufu::store {

namespace {

// What the parameters may set otherwise: a server that does not answer is given up. The later of two values counts.
constexpr const char *kPatience = "connect_timeout=10 tcp_user_timeout=20000 ";

// Any number, the same in each program: "hufu".
constexpr const char *kBegin = "BEGIN; SELECT pg_advisory_xact_lock(1752524405)";

class PostgresConnection final : public SqlConnection {
public:
    static Result<std::unique_ptr<SqlConnection>> open(const std::string &parameters)
    {
        try {
            auto connection = std::unique_ptr<PostgresConnection>(new PostgresConnection(parameters));
            HUFU_CHECK(connection->setUp());
            return std::unique_ptr<SqlConnection>(std::move(connection));
        } catch (const std::exception &) {
            return Error(Errc::unavailable, "database");
        }
    }

private:
    explicit PostgresConnection(const std::string &parameters)
        : SqlConnection(Dialect::postgres, *soci::factory_postgresql(), kPatience + parameters)
    {}

    Result<void> ready() override
    {
        if (!m_hasFailed) return {};
        return guarded([&]() -> Result<void> {
            if (!m_session.is_connected()) {
                forgetStatements();
                m_session.reconnect();
                HUFU_CHECK(setUp());
            }
            m_hasFailed = false;
            return {};
        });
    }
    Result<void> begin() override
    {
        auto begun = execute(kBegin);
        if (!begun) static_cast<void>(execute("ROLLBACK"));
        return begun;
    }

    // SOCI's exceptions get out.
    Result<void> setUp()
    {
        std::string waits, commits;
        m_session << "SHOW fsync", soci::into(waits);
        if (waits != "on") return Error(Errc::badState, "the database server does not wait for its disk");
        m_session << "SHOW synchronous_commit", soci::into(commits);
        if (commits != "on" && commits != "remote_apply") m_session << "SET synchronous_commit = on";
        // Each statement sees what was committed before it, so also what the lock was waited for.
        m_session << "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";
        m_session << "SET lock_timeout = " + std::to_string(SqlLedger::kGateMs);
        m_session << "SET idle_in_transaction_session_timeout = " + std::to_string(PostgresLedger::kSessionMs);
        m_session << "SET client_min_messages = error";
        return {};
    }
};

} // namespace

Result<std::unique_ptr<PostgresLedger>> PostgresLedger::open(const std::string &parameters)
{
    HUFU_TRY(writer, PostgresConnection::open(parameters));
    HUFU_CHECK(writer->migrate());
    HUFU_TRY(reader, PostgresConnection::open(parameters));
    return std::unique_ptr<PostgresLedger>(new PostgresLedger(std::move(writer), std::move(reader)));
}

} // namespace hufu::store
