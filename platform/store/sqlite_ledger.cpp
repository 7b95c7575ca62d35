#include "platform/store/sqlite_ledger.h"

#include "platform/store/sqlite_connection.h"

#include <chrono>
#include <fcntl.h>
#include <mutex>
#include <semaphore>
#include <sys/stat.h>
#include <unistd.h>

namespace hufu::store {

struct SqliteLedger::State {
    std::unique_ptr<SqliteConnection> writer;
    std::binary_semaphore gate{1}; // held by the open transaction; unlike a mutex it may be opened by another thread
    std::unique_ptr<SqliteConnection> reader;
    std::mutex reading;
};

class SqliteLedger::Open final : public ports::Transaction {
public:
    // The gate is ours already.
    explicit Open(std::shared_ptr<State> state) : m_state(std::move(state)) {}
    ~Open() override { end("ROLLBACK"); }

    Result<std::optional<Bytes>> readForChange(ports::Table table, ByteView key) override
    {
        HUFU_CHECK(checkUsable());
        return judged(m_state->writer->read(table, key));
    }
    Result<void> write(ports::Table table, ByteView key, ByteView value) override
    {
        HUFU_CHECK(checkUsable());
        return judged(m_state->writer->write(table, key, value));
    }
    Result<void> remove(ports::Table table, ByteView key) override
    {
        HUFU_CHECK(checkUsable());
        return judged(m_state->writer->remove(table, key));
    }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit) override
    {
        HUFU_CHECK(checkUsable());
        return judged(m_state->writer->scan(table, prefix, limit));
    }
    Result<void> commit() override
    {
        if (m_failed) end("ROLLBACK");
        HUFU_CHECK(checkUsable());
        auto committed = m_state->writer->execute("COMMIT");
        if (committed) {
            m_open = false;
            m_state->gate.release();
        } else {
            end("ROLLBACK");
        }
        return committed;
    }

private:
    Result<void> checkUsable() const
    {
        if (!m_open || m_failed) return Error(Errc::unavailable, "transaction has ended");
        return {};
    }
    // After a failure inside the database (disk full) SQLite may have rolled back by itself: what followed would
    // be committed alone. So the whole transaction is lost.
    template <typename T> Result<T> judged(Result<T> result)
    {
        if (!result && result.error().code == Errc::unavailable) m_failed = true;
        return result;
    }
    void end(const char *statement)
    {
        if (!m_open) return;
        static_cast<void>(m_state->writer->execute(statement));
        m_open = false;
        m_state->gate.release();
    }

    std::shared_ptr<State> m_state;
    bool m_open = true;
    bool m_failed = false;
};

SqliteLedger::SqliteLedger(std::shared_ptr<State> state) : m_state(std::move(state)) {}
SqliteLedger::~SqliteLedger() = default;

Result<std::unique_ptr<SqliteLedger>> SqliteLedger::open(const std::filesystem::path &file)
{
    // Made here and not by SQLite, for the mode; its side files take after it.
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made < 0) return Error(Errc::unavailable, "database cannot be opened");
    const bool closed = ::fchmod(made, 0600) == 0;
    ::close(made);
    if (!closed) return Error(Errc::unavailable, "database is another user's");

    auto state = std::make_shared<State>();
    HUFU_TRY(writer, SqliteConnection::open(file));
    HUFU_CHECK(writer->migrate());
    HUFU_TRY(reader, SqliteConnection::open(file));
    state->writer = std::move(writer);
    state->reader = std::move(reader);
    return std::unique_ptr<SqliteLedger>(new SqliteLedger(std::move(state)));
}

Result<std::unique_ptr<ports::Transaction>> SqliteLedger::begin()
{
    if (!m_state->gate.try_acquire_for(std::chrono::milliseconds(kGateMs)))
        return Error(Errc::unavailable, "another transaction takes too long");
    if (auto begun = m_state->writer->execute("BEGIN IMMEDIATE"); !begun) {
        m_state->gate.release();
        return begun.error();
    }
    return std::unique_ptr<ports::Transaction>(std::make_unique<Open>(m_state));
}

Result<std::optional<Bytes>> SqliteLedger::read(ports::Table table, ByteView key)
{
    const std::lock_guard lock(m_state->reading);
    return m_state->reader->read(table, key);
}

Result<std::vector<std::pair<Bytes, Bytes>>> SqliteLedger::scan(ports::Table table, ByteView prefix, std::size_t limit)
{
    const std::lock_guard lock(m_state->reading);
    return m_state->reader->scan(table, prefix, limit);
}

} // namespace hufu::store
