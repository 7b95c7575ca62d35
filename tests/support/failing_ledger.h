// A ledger that breaks at the nth question that a transaction asks of it: for acts that must be whole or not at all.
#pragma once

#include "tests/support/fakes.h"

namespace hufu::tests {

class FailingLedger final : public ports::LedgerStore {
public:
    MemoryLedger memory;
    int left = -1; // questions until it breaks, and it stays so; below zero: it never does

    Result<std::unique_ptr<ports::Transaction>> begin() override
    {
        HUFU_CHECK(step());
        HUFU_TRY(inner, memory.begin());
        return std::unique_ptr<ports::Transaction>(std::make_unique<Open>(*this, std::move(inner)));
    }
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key) override
    {
        HUFU_CHECK(step());
        return memory.read(table, key);
    }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
    {
        HUFU_CHECK(step());
        return memory.scan(table, prefix, limit, after);
    }

private:
    Result<void> step()
    {
        if (left == 0) return Error(Errc::unavailable, "the ledger broke");
        if (left > 0) --left;
        return {};
    }
    class Open final : public ports::Transaction {
    public:
        Open(FailingLedger &ledger, std::unique_ptr<ports::Transaction> inner) : m_ledger(ledger), m_inner(std::move(inner)) {}
        Result<std::optional<Bytes>> readForChange(ports::Table table, ByteView key) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_inner->readForChange(table, key);
        }
        Result<void> write(ports::Table table, ByteView key, ByteView value) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_inner->write(table, key, value);
        }
        Result<void> remove(ports::Table table, ByteView key) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_inner->remove(table, key);
        }
        Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
        {
            HUFU_CHECK(m_ledger.step());
            return m_inner->scan(table, prefix, limit, after);
        }
        Result<void> commit() override
        {
            HUFU_CHECK(m_ledger.step());
            return m_inner->commit();
        }

    private:
        FailingLedger &m_ledger;
        std::unique_ptr<ports::Transaction> m_inner;
    };
};

} // namespace hufu::tests
