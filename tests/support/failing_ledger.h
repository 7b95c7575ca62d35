// A ledger that goes down at a call of the test's choice, for acts that must be whole or not at all.
#pragma once

#include "tests/support/fakes.h"

namespace hufu::tests {

class FailingLedger final : public ports::LedgerStore {
public:
    explicit FailingLedger(MemoryLedger &ledger) : m_ledger(ledger) {}

    void failAt(int call) // counted from now, beginning with 1
    {
        m_left = call;
        m_failed = false;
    }
    void heal()
    {
        m_left = 0;
        m_down = false;
    }
    bool hasFailed() const { return m_failed; } // since failAt

    Result<std::unique_ptr<ports::Transaction>> begin() override
    {
        HUFU_CHECK(step());
        HUFU_TRY(open, m_ledger.begin());
        return std::unique_ptr<ports::Transaction>(std::make_unique<Open>(*this, std::move(open)));
    }
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key) override
    {
        HUFU_CHECK(step());
        return m_ledger.read(table, key);
    }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
    {
        HUFU_CHECK(step());
        return m_ledger.scan(table, prefix, limit, after);
    }

private:
    Result<void> step()
    {
        if (m_left > 0 && --m_left == 0) m_down = m_failed = true;
        if (m_down) return Error(Errc::unavailable, "ledger down");
        return {};
    }
    class Open final : public ports::Transaction {
    public:
        Open(FailingLedger &ledger, std::unique_ptr<ports::Transaction> open) : m_ledger(ledger), m_open(std::move(open)) {}
        Result<std::optional<Bytes>> readForChange(ports::Table table, ByteView key) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_open->readForChange(table, key);
        }
        Result<void> write(ports::Table table, ByteView key, ByteView value) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_open->write(table, key, value);
        }
        Result<void> remove(ports::Table table, ByteView key) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_open->remove(table, key);
        }
        Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_open->scan(table, prefix, limit, after);
        }
        Result<void> commit() override
        {
            HUFU_CHECK(m_ledger.step());
            return m_open->commit();
        }

    private:
        FailingLedger &m_ledger;
        std::unique_ptr<ports::Transaction> m_open;
    };

    MemoryLedger &m_ledger;
    int m_left = 0; // 0: all calls get through
    bool m_down = false;
    bool m_failed = false;
};

} // namespace hufu::tests
