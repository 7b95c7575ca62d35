#include "platform/store/sql_ledger.h"

#include "platform/store/sql_connection.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace hufu::store {

namespace {

using OnTransaction = SqlConnection::OnTransaction;

constexpr std::size_t kGroupMax = 64; // transactions in one flush

// Lets one transaction in at a time, in the order in which they came. Unlike a mutex it may be left by another thread
// than the one that was let in. Whoever is woken finds no mutex held: nothing is told under one that it needs.
class Gate {
public:
    // Returns: whether it is ours.
    bool enter(std::chrono::milliseconds patience)
    {
        std::shared_ptr<Waiting> self;
        {
            const std::lock_guard lock(m_mutex);
            if (std::exchange(m_isOpen, false)) return true;
            self = m_waiting.emplace_back(std::make_shared<Waiting>());
        }
        if (self->isLetIn(patience)) return true;
        const std::lock_guard lock(m_mutex);
        return std::erase(m_waiting, self) == 0; // at the last moment it was let in after all
    }
    // Lets the next one in. Returns: false if nobody waits; then it is still ours.
    bool handOver()
    {
        std::shared_ptr<Waiting> next;
        {
            const std::lock_guard lock(m_mutex);
            next = firstWaiting();
        }
        if (next) next->letIn();
        return next != nullptr;
    }
    void leave()
    {
        std::shared_ptr<Waiting> next;
        {
            const std::lock_guard lock(m_mutex);
            next = firstWaiting();
            m_isOpen = next == nullptr;
        }
        if (next) next->letIn();
    }

private:
    class Waiting {
    public:
        void letIn()
        {
            {
                const std::lock_guard lock(m_mutex);
                m_isIn = true;
            }
            m_turn.notify_one();
        }
        bool isLetIn(std::chrono::milliseconds patience)
        {
            std::unique_lock lock(m_mutex);
            return m_turn.wait_for(lock, patience, [&] { return m_isIn; });
        }

    private:
        std::mutex m_mutex;
        std::condition_variable m_turn;
        bool m_isIn = false;
    };
    std::shared_ptr<Waiting> firstWaiting()
    {
        if (m_waiting.empty()) return nullptr;
        auto first = std::move(m_waiting.front());
        m_waiting.pop_front();
        return first;
    }

    std::mutex m_mutex;
    std::deque<std::shared_ptr<Waiting>> m_waiting;
    bool m_isOpen = true; // nobody is in
};

// The transactions that one COMMIT, and so one flush of the disk, makes durable.
class Group {
public:
    std::size_t committed = 0; // under the gate

    void end(bool durable)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_durable = durable;
        }
        m_ended.notify_all();
    }
    // Waits for the end.
    bool isDurable()
    {
        std::unique_lock lock(m_mutex);
        m_ended.wait(lock, [&] { return m_durable.has_value(); });
        return *m_durable;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_ended;
    std::optional<bool> m_durable; // empty as long as it is open
};

enum class End { commit, rollback };

} // namespace

struct SqlLedger::State {
    std::unique_ptr<SqlConnection> writer;
    Gate gate;                    // held by the open transaction
    std::shared_ptr<Group> group; // under the gate: there while the database has a transaction open
    std::atomic<std::uint64_t> flushes{0};
    std::unique_ptr<SqlConnection> reader;
    std::mutex reading;

    // Ends the database's transaction with all that is in it. In: the gate is held.
    void endGroup(End end)
    {
        const std::shared_ptr<Group> ending = std::exchange(group, nullptr);
        const bool durable = end == End::commit && writer->run(OnTransaction::commit);
        if (durable)
            ++flushes;
        else
            static_cast<void>(writer->run(OnTransaction::rollBack));
        ending->end(durable);
    }
};

// The first transaction of a group is the database's own, each later one a savepoint in it. One that commits waits
// until the group does, which the last one brings about that finds nobody waiting at the gate. What a
// transaction sees of an earlier one in its group is either durable with it or lost with it.
class SqlLedger::Open final : public ports::Transaction {
public:
    // The gate is ours already.
    Open(std::shared_ptr<State> state, bool isFirst) : m_state(std::move(state)), m_isFirst(isFirst) {}
    ~Open() override { abandon(); }

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
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
    {
        HUFU_CHECK(checkUsable());
        return judged(m_state->writer->scan(table, prefix, limit, after));
    }
    Result<void> commit() override
    {
        if (m_failed) abandon();
        HUFU_CHECK(checkUsable());
        if (!m_isFirst && !m_state->writer->run(OnTransaction::endPart)) {
            m_failed = true;
            abandon();
            return Error(Errc::unavailable, "database");
        }
        m_open = false;
        const std::shared_ptr<Group> group = m_state->group;
        ++group->committed;
        // Whoever is handed the gate now will end the group, or hand it on.
        if (group->committed >= kGroupMax || !m_state->gate.handOver()) {
            m_state->endGroup(End::commit);
            m_state->gate.leave();
        }
        if (!group->isDurable()) return Error(Errc::unavailable, "database");
        return {};
    }

private:
    Result<void> checkUsable() const
    {
        if (!m_open || m_failed) return Error(Errc::unavailable, "transaction has ended");
        return {};
    }
    // After a failure inside the database (disk full) it may have rolled back by itself: what followed
    // would be committed alone. So the whole transaction is lost, and its group with it.
    template <typename T> Result<T> judged(Result<T> result)
    {
        if (!result && result.error().code == Errc::unavailable) m_failed = true;
        return result;
    }

    void abandon()
    {
        if (!m_open) return;
        m_open = false;
        const std::shared_ptr<Group> group = m_state->group;
        const bool sawOthers = !m_isFirst && group->committed > 0;
        if (m_isFirst || m_failed || !m_state->writer->run(OnTransaction::rollBackPart) ||
            !m_state->writer->run(OnTransaction::endPart))
            m_state->endGroup(End::rollback);
        else if (m_state->gate.handOver()) {
            // Whoever acts on what it has read here must not be ahead of the disk.
            if (sawOthers) static_cast<void>(group->isDurable());
            return;
        } else
            m_state->endGroup(End::commit);
        m_state->gate.leave();
    }

    std::shared_ptr<State> m_state;
    bool m_isFirst;
    bool m_open = true;
    bool m_failed = false;
};

SqlLedger::SqlLedger(std::unique_ptr<SqlConnection> writer, std::unique_ptr<SqlConnection> reader)
    : m_state(std::make_shared<State>())
{
    m_state->writer = std::move(writer);
    m_state->reader = std::move(reader);
}
SqlLedger::~SqlLedger() = default;

Result<std::unique_ptr<ports::Transaction>> SqlLedger::begin()
{
    if (!m_state->gate.enter(std::chrono::milliseconds(kGateMs))) return Error(Errc::unavailable, "another transaction takes too long");
    const bool isFirst = m_state->group == nullptr;
    if (auto begun = m_state->writer->run(isFirst ? OnTransaction::begin : OnTransaction::beginPart); !begun) {
        if (!isFirst) m_state->endGroup(End::rollback);
        m_state->gate.leave();
        return begun.error();
    }
    if (isFirst) m_state->group = std::make_shared<Group>();
    return std::unique_ptr<ports::Transaction>(std::make_unique<Open>(m_state, isFirst));
}

std::uint64_t SqlLedger::flushes() const
{
    return m_state->flushes;
}

Result<std::optional<Bytes>> SqlLedger::read(ports::Table table, ByteView key)
{
    const std::lock_guard lock(m_state->reading);
    return m_state->reader->read(table, key);
}

Result<std::vector<std::pair<Bytes, Bytes>>> SqlLedger::scan(ports::Table table, ByteView prefix, std::size_t limit, ByteView after)
{
    const std::lock_guard lock(m_state->reading);
    return m_state->reader->scan(table, prefix, limit, after);
}

} // namespace hufu::store
