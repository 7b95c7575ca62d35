// Fakes of the ports for tests: each can be told to fail.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/device_store.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/random.h"

#include <map>
#include <mutex>
#include <set>
#include <string>

namespace hufu::tests {

inline Bytes hex(std::string_view text)
{
    auto bytes = fromHex(text);
    return bytes ? *bytes : Bytes{};
}

// Answers each labelled draw with a recorded value, in order for a label; unknown labels come from the system.
class RecordedRandom final : public ports::Random {
public:
    void expect(std::string label, Bytes value) { m_values[std::move(label)].push_back(std::move(value)); }
    void fill(std::span<std::uint8_t> out, std::string_view label) override
    {
        auto it = m_values.find(std::string(label));
        if (it == m_values.end() || it->second.empty() || it->second.front().size() != out.size()) {
            ++unexpected;
            m_system.fill(out, label);
            return;
        }
        std::copy(it->second.front().begin(), it->second.front().end(), out.begin());
        it->second.erase(it->second.begin());
    }
    int unexpected = 0;

private:
    ports::SystemRandom m_system;
    std::map<std::string, std::vector<Bytes>> m_values;
};

class ManualClock final : public ports::Clock {
public:
    std::int64_t unixMs() override { return wall; }
    std::int64_t monotonicMs() override { return monotonic; }
    void advance(std::int64_t ms)
    {
        wall += ms;
        monotonic += ms;
    }
    std::int64_t wall = 1'800'000'000'000;
    std::int64_t monotonic = 1'000'000;
};

class MemoryDeviceStore final : public ports::DeviceStore {
public:
    Result<Bytes> read(std::string_view name) override
    {
        auto it = files.find(std::string(name));
        if (it == files.end()) return Error(Errc::notFound, "no such file");
        return it->second;
    }
    Result<void> write(std::string_view name, ByteView content) override
    {
        if (full) return Error(Errc::unavailable, "storage full");
        files[std::string(name)] = bytesOf(content);
        ++writes;
        return {};
    }
    Result<void> remove(std::string_view name) override
    {
        files.erase(std::string(name));
        return {};
    }
    Result<std::vector<std::string>> list() override
    {
        std::vector<std::string> names;
        for (const auto &[name, content] : files)
            names.push_back(name);
        return names;
    }
    std::map<std::string, Bytes> files;
    bool full = false;
    int writes = 0;
};

// The ledger in memory: one transaction at a time, rolled back unless committed.
class MemoryLedger final : public ports::LedgerStore {
public:
    using Rows = std::map<std::pair<ports::Table, Bytes>, Bytes>;
    Rows rows;
    bool down = false;
    int commits = 0;

    Result<std::unique_ptr<ports::Transaction>> begin() override
    {
        if (down) return Error(Errc::unavailable, "ledger down");
        return std::unique_ptr<ports::Transaction>(std::make_unique<Open>(*this));
    }
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key) override
    {
        const std::lock_guard lock(m_mutex);
        if (down) return Error(Errc::unavailable, "ledger down");
        return find(rows, table, key);
    }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
    {
        const std::lock_guard lock(m_mutex);
        if (down) return Error(Errc::unavailable, "ledger down");
        return search(rows, table, prefix, limit, after);
    }

private:
    static std::optional<Bytes> find(const Rows &in, ports::Table table, ByteView key)
    {
        auto it = in.find({table, bytesOf(key)});
        if (it == in.end()) return std::nullopt;
        return it->second;
    }
    static std::vector<std::pair<Bytes, Bytes>> search(const Rows &in, ports::Table table, ByteView prefix, std::size_t limit,
                                                       ByteView after)
    {
        std::vector<std::pair<Bytes, Bytes>> found;
        const bool isBehind = !after.empty() && !std::ranges::lexicographical_compare(after, prefix);
        for (auto it = isBehind ? in.upper_bound({table, bytesOf(after)}) : in.lower_bound({table, bytesOf(prefix)}); it != in.end() && found.size() < limit; ++it) {
            const auto &[at, key] = it->first;
            if (at != table || key.size() < prefix.size() || !sameBytes(ByteView(key).first(prefix.size()), prefix)) break;
            found.emplace_back(key, it->second);
        }
        return found;
    }
    class Open final : public ports::Transaction {
    public:
        explicit Open(MemoryLedger &ledger) : m_ledger(ledger), m_lock(ledger.m_mutex), m_rows(ledger.rows) {}
        Result<std::optional<Bytes>> readForChange(ports::Table table, ByteView key) override { return find(m_rows, table, key); }
        Result<void> write(ports::Table table, ByteView key, ByteView value) override
        {
            m_rows[{table, bytesOf(key)}] = bytesOf(value);
            return {};
        }
        Result<void> remove(ports::Table table, ByteView key) override
        {
            m_rows.erase({table, bytesOf(key)});
            return {};
        }
        Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
        {
            return search(m_rows, table, prefix, limit, after);
        }
        Result<void> commit() override
        {
            if (m_ledger.down) return Error(Errc::unavailable, "ledger down");
            m_ledger.rows = m_rows;
            ++m_ledger.commits;
            m_lock.unlock();
            return {};
        }

    private:
        MemoryLedger &m_ledger;
        std::unique_lock<std::mutex> m_lock;
        Rows m_rows;
    };
    std::mutex m_mutex;
};

} // namespace hufu::tests
