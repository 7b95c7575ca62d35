#include "tests/bench/load.h"

#include "shield/crypto/aead.h"
#include "tests/bench/bench.h"
#include "tests/shield/cosigner/requests.h"
#include "tests/shield/cosigner/test_phone.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace hufu::bench {

namespace {

thread_local LoadCost t_cost;          // of the conversations of this thread
thread_local double t_clocksUs = 0;    // what reading the clock has taken of them
thread_local bool t_isWatched = false; // in parts
double s_clockUs = 0;                  // of one look at it

// Adds what a scope computes to a part of the cost.
class Part {
public:
    explicit Part(double &part) : m_part(part), m_isWatched(t_isWatched), m_start(m_isWatched ? cpuUs() : 0) {}
    Part(const Part &) = delete;
    Part &operator=(const Part &) = delete;
    ~Part()
    {
        if (!m_isWatched) return;
        m_part += cpuUs() - m_start - s_clockUs;
        t_clocksUs += 2 * s_clockUs;
    }

private:
    double &m_part;
    bool m_isWatched;
    double m_start;
};

double clockUs()
{
    constexpr int kTimes = 20'000;
    const double start = cpuUs();
    for (int i = 0; i < kTimes; ++i)
        static_cast<void>(cpuUs());
    return (cpuUs() - start) / kTimes;
}

class TimedTransaction final : public ports::Transaction {
public:
    explicit TimedTransaction(std::unique_ptr<ports::Transaction> inner) : m_inner(std::move(inner)) {}
    ~TimedTransaction() override
    {
        const Part part(t_cost.ledger);
        m_inner.reset();
    }
    Result<std::optional<Bytes>> readForChange(ports::Table table, ByteView key) override
    {
        const Part part(t_cost.ledger);
        return m_inner->readForChange(table, key);
    }
    Result<void> write(ports::Table table, ByteView key, ByteView value) override
    {
        const Part part(t_cost.ledger);
        return m_inner->write(table, key, value);
    }
    Result<void> remove(ports::Table table, ByteView key) override
    {
        const Part part(t_cost.ledger);
        return m_inner->remove(table, key);
    }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix,
                                                      std::size_t limit) override
    {
        const Part part(t_cost.ledger);
        return m_inner->scan(table, prefix, limit);
    }
    Result<void> commit() override
    {
        const Part part(t_cost.ledger);
        return m_inner->commit();
    }

private:
    std::unique_ptr<ports::Transaction> m_inner;
};

class TimedLedger final : public ports::LedgerStore {
public:
    explicit TimedLedger(ports::LedgerStore &inner) : m_inner(inner) {}
    Result<std::unique_ptr<ports::Transaction>> begin() override
    {
        const Part part(t_cost.ledger);
        HUFU_TRY(transaction, m_inner.begin());
        return std::unique_ptr<ports::Transaction>(std::make_unique<TimedTransaction>(std::move(transaction)));
    }
    Result<std::optional<Bytes>> read(ports::Table table, ByteView key) override
    {
        const Part part(t_cost.ledger);
        return m_inner.read(table, key);
    }
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix,
                                                      std::size_t limit) override
    {
        const Part part(t_cost.ledger);
        return m_inner.scan(table, prefix, limit);
    }

private:
    ports::LedgerStore &m_inner;
};

class TimedMasterKey final : public ports::MasterKey {
public:
    Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        const Part part(t_cost.sealing);
        return crypto::aeadSeal(m_key, plain, context, m_random);
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override
    {
        const Part part(t_cost.sealing);
        return crypto::aeadOpen(m_key, sealed, context);
    }

private:
    crypto::AeadKey m_key;
    ports::SystemRandom m_random;
};

template <typename T> T sure(Result<T> result)
{
    if (!result) std::abort();
    return std::move(*result);
}

template <typename M> Bytes encoded(const M &message)
{
    const Part part(t_cost.codec);
    return wire::encode(message);
}
template <typename M> M decoded(ByteView bytes)
{
    const Part part(t_cost.codec);
    return sure(wire::decode<M>(bytes));
}

// One device: its phone and its connection.
class Device {
public:
    Device(cosigner::Cosigner &server, ports::Random &random, std::uint8_t number)
        : m_phone(random), m_connection(server.connect()), m_cn(sure(m_connection->greeting()).cn)
    {
        ByteArray<16> acct{};
        acct[0] = 1;
        acct[15] = number;
        const auto kg2 = sure(m_connection->keygenStart(m_phone.activate(acct)));
        if (!m_phone.finish(sure(m_connection->keygenFinish(sure(m_phone.kg3(kg2)))))) std::abort();
        m_pending = tests::csrPending(m_phone.disk.signKey().key.p().bytes());
    }

    // Returns: the server's part in microseconds on the clock.
    double converse(LoadCost &cost)
    {
        const Bytes helloBytes = wire::encode(m_phone.hello(m_pending.op, 1, m_cn));
        t_cost = {};
        Bytes answer;
        double clock = onServer([&] {
            auto made = sure(m_connection->hello(decoded<wire::Hello>(helloBytes), m_pending));
            answer = encoded(std::get<wire::Chal>(made));
        });
        if (!m_phone.take(sure(wire::decode<wire::Chal>(answer)))) std::abort();
        const Bytes signBytes = wire::encode(m_phone.sign(tests::Pin::right));
        clock += onServer([&] { answer = encoded(sure(m_connection->sign(decoded<wire::Sign>(signBytes)))); });
        if (!m_phone.accepts(sure(wire::decode<wire::Resp>(answer)))) std::abort();
        cost.total += t_cost.total;
        cost.codec += t_cost.codec;
        cost.ledger += t_cost.ledger;
        cost.sealing += t_cost.sealing;
        return clock;
    }

private:
    template <typename Work> static double onServer(Work work)
    {
        const auto start = std::chrono::steady_clock::now();
        const double computed = cpuUs();
        t_clocksUs = 0;
        work();
        t_cost.total += cpuUs() - computed - s_clockUs - t_clocksUs;
        return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
    }

    tests::TestPhone m_phone;
    std::unique_ptr<cosigner::Conversation> m_connection;
    ByteArray<16> m_cn;
    cosigner::Pending m_pending;
};

} // namespace

LoadResult runLoad(ports::LedgerStore &ledger, std::size_t devices, std::size_t each, Watch watch)
{
    s_clockUs = clockUs();
    TimedLedger timed(ledger);
    TimedMasterKey masterKey;
    tests::MemoryEpochKeys epochKeys;
    ports::SystemRandom random;
    tests::ManualClock clock;
    auto server = sure(cosigner::Cosigner::start({timed, masterKey, epochKeys, random, clock, nullptr, {}, 0}));
    std::vector<LoadCost> costs(devices);
    std::vector<std::vector<double>> clocks(devices);
    std::atomic<std::size_t> ready = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < devices; ++i)
        threads.emplace_back([&, i] {
            t_isWatched = watch == Watch::parts;
            Device device(*server, random, static_cast<std::uint8_t>(i));
            LoadCost first;
            device.converse(first); // makes what the cosigner keeps of a key
            ++ready;
            while (ready < devices)
                std::this_thread::yield();
            for (std::size_t round = 0; round < each; ++round)
                clocks[i].push_back(device.converse(costs[i]));
        });
    const auto start = std::chrono::steady_clock::now();
    for (std::thread &thread : threads)
        thread.join();
    LoadResult result;
    result.wallSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.conversations = devices * each;
    std::vector<double> all;
    const auto share = [&](double of) { return of / static_cast<double>(result.conversations); };
    for (std::size_t i = 0; i < devices; ++i) {
        result.cost.total += share(costs[i].total);
        result.cost.codec += share(costs[i].codec);
        result.cost.ledger += share(costs[i].ledger);
        result.cost.sealing += share(costs[i].sealing);
        all.insert(all.end(), clocks[i].begin(), clocks[i].end());
    }
    std::ranges::sort(all);
    result.p50Us = all[all.size() / 2];
    result.p99Us = all[all.size() * 99 / 100];
    return result;
}

} // namespace hufu::bench
