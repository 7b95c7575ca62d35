#include "tests/bench/load.h"

#include "shield/audit/log.h"
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
#include <ctime>
#include <map>
#include <mutex>
#include <numeric>
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

double processCpuUs()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

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
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
    {
        const Part part(t_cost.ledger);
        return m_inner->scan(table, prefix, limit, after);
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
    Result<std::vector<std::pair<Bytes, Bytes>>> scan(ports::Table table, ByteView prefix, std::size_t limit,
                                                      ByteView after = {}) override
    {
        const Part part(t_cost.ledger);
        return m_inner.scan(table, prefix, limit, after);
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

using Account = ByteArray<16>;

// What the server knows of the devices' sessions, and what it has computed.
class Serving {
public:
    Serving(cosigner::Cosigner &cosigner, Watch watch) : m_cosigner(cosigner), m_watch(watch) {}
    cosigner::Cosigner &cosigner() { return m_cosigner; }
    Watch watch() const { return m_watch; }
    void expect(const Account &acct, const cosigner::Pending &pending)
    {
        const std::lock_guard lock(m_mutex);
        m_pending.insert_or_assign(acct, pending);
    }
    cosigner::Pending pendingOf(const Account &acct)
    {
        const std::lock_guard lock(m_mutex);
        return m_pending.at(acct);
    }
    void add(const LoadCost &cost)
    {
        const std::lock_guard lock(m_mutex);
        m_cost.total += cost.total;
        m_cost.codec += cost.codec;
        m_cost.ledger += cost.ledger;
        m_cost.sealing += cost.sealing;
    }
    // Returns: what was computed since the last call.
    LoadCost takeCost()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_cost, {});
    }

private:
    cosigner::Cosigner &m_cosigner;
    const Watch m_watch;
    std::mutex m_mutex;
    std::map<Account, cosigner::Pending> m_pending;
    LoadCost m_cost;
};

class CosignerEnd final : public ServerEnd {
public:
    explicit CosignerEnd(Serving &serving) : m_serving(serving), m_connection(serving.cosigner().connect()) {}

    Bytes greeting() override { return wire::encode(sure(m_connection->greeting())); }
    Bytes answer(ByteView message) override
    {
        t_isWatched = m_serving.watch() == Watch::parts;
        t_cost = {};
        t_clocksUs = 0;
        const double computed = cpuUs();
        Bytes out = answered(message);
        t_cost.total += cpuUs() - computed - s_clockUs - t_clocksUs;
        m_serving.add(t_cost);
        return out;
    }

private:
    Bytes answered(ByteView message)
    {
        if (sure(wire::Envelope::split(message)).type == wire::Type::sign)
            return encoded(sure(m_connection->sign(decoded<wire::Sign>(message))));
        const auto hello = decoded<wire::Hello>(message);
        auto made = sure(m_connection->hello(hello, m_serving.pendingOf(hello.acct)));
        return encoded(std::get<wire::Chal>(made));
    }

    Serving &m_serving;
    std::unique_ptr<cosigner::Conversation> m_connection;
};

// Without a carrier: the phone's end calls the server's.
class CalledEnd final : public PhoneEnd {
public:
    explicit CalledEnd(Serving &serving) : m_end(serving) {}
    Bytes greeting() override { return m_end.greeting(); }
    Bytes ask(ByteView message) override { return m_end.answer(message); }

private:
    CosignerEnd m_end;
};

using Connect = std::function<std::unique_ptr<PhoneEnd>()>;

class Device {
public:
    Device(Serving &serving, ports::Random &random, std::uint8_t number, Connect connect, Connections connections)
        : m_phone(random), m_connect(std::move(connect)), m_connections(connections)
    {
        Account acct{};
        acct[0] = 1;
        acct[15] = number;
        const auto activating = serving.cosigner().connect();
        sure(activating->greeting());
        const auto kg2 = sure(activating->keygenStart(m_phone.activate(acct)));
        if (!m_phone.finish(sure(activating->keygenFinish(sure(m_phone.kg3(kg2)))))) std::abort();
        const auto pending = tests::csrPending(m_phone.disk.signKey().key.p().bytes());
        m_op = pending.op;
        serving.expect(acct, pending);
    }

    // Returns: what the phone waited for the server, in microseconds on the clock.
    double converse()
    {
        double waited = 0;
        if (!m_end || m_connections == Connections::fresh) waited += waiting([&] {
            m_end = m_connect();
            m_cn = sure(wire::decode<wire::Greeting>(m_end->greeting())).cn;
        });
        const Bytes hello = wire::encode(m_phone.hello(m_op, 1, m_cn));
        Bytes answer;
        waited += waiting([&] { answer = m_end->ask(hello); });
        if (!m_phone.take(sure(wire::decode<wire::Chal>(answer)))) std::abort();
        const Bytes sign = wire::encode(m_phone.sign(tests::Pin::right));
        waited += waiting([&] { answer = m_end->ask(sign); });
        if (!m_phone.accepts(sure(wire::decode<wire::Resp>(answer)))) std::abort();
        return waited;
    }

private:
    template <typename Work> static double waiting(Work work)
    {
        const auto start = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
    }

    tests::TestPhone m_phone;
    Connect m_connect;
    Connections m_connections;
    std::unique_ptr<PhoneEnd> m_end;
    ByteArray<16> m_cn{};
    intent::Op m_op{};
};

// The audit record of the server, in the transaction of what it tells of.
cosigner::NoticeSink audited(ports::Clock &clock)
{
    return [&clock](ports::Transaction &transaction, const cosigner::Notice &notice) {
        return audit::append(transaction, notice.acct, {audit::Event::signatureGiven, clock.unixMs(), notice.sid, notice.keyId, 1});
    };
}

} // namespace

LoadResult runLoad(ports::LedgerStore &ledger, std::size_t devices, std::size_t each, Watch watch, Carrier *carrier,
                   Connections connections)
{
    s_clockUs = clockUs();
    TimedLedger timed(ledger);
    TimedMasterKey masterKey;
    tests::MemoryEpochKeys epochKeys;
    ports::SystemRandom random;
    tests::ManualClock clock;
    const auto server = sure(cosigner::Cosigner::start({timed, masterKey, epochKeys, random, clock, nullptr, audited(clock), 0}));
    Serving serving(*server, watch);
    if (carrier) carrier->start([&serving] { return std::make_unique<CosignerEnd>(serving); });
    const Connect connect = [&]() -> std::unique_ptr<PhoneEnd> {
        if (carrier) return carrier->connect();
        return std::make_unique<CalledEnd>(serving);
    };

    std::vector<std::vector<double>> clocks(devices);
    std::vector<double> phonesUs(devices); // what the phones' threads computed
    std::atomic<std::size_t> ready = 0, done = 0;
    std::atomic<bool> begun = false;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < devices; ++i)
        threads.emplace_back([&, i] {
            Device device(serving, random, static_cast<std::uint8_t>(i), connect, connections);
            device.converse(); // makes what the cosigner keeps of a key
            ++ready;
            begun.wait(false);
            const double start = cpuUs();
            for (std::size_t round = 0; round < each; ++round)
                clocks[i].push_back(device.converse());
            phonesUs[i] = cpuUs() - start;
            ++done;
            done.notify_one();
        });
    while (ready < devices)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    serving.takeCost();
    const double processUs = processCpuUs();
    const auto start = std::chrono::steady_clock::now();
    begun = true;
    begun.notify_all();
    for (std::size_t seen = done; seen < devices; seen = done)
        done.wait(seen);
    LoadResult result;
    result.wallSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double computedUs = processCpuUs() - processUs;
    for (std::thread &thread : threads)
        thread.join();
    if (carrier) carrier->stop();

    result.conversations = devices * each;
    result.cost = serving.takeCost();
    // What the process computed but neither the phones nor the cosigner did.
    if (carrier)
        result.cost.carrier =
            computedUs - std::accumulate(phonesUs.begin(), phonesUs.end(), 0.0) - result.cost.total;
    result.cost.total += result.cost.carrier;
    for (double *part : {&result.cost.total, &result.cost.codec, &result.cost.ledger, &result.cost.sealing,
                         &result.cost.carrier})
        *part /= static_cast<double>(result.conversations);
    std::vector<double> all;
    for (const auto &of : clocks)
        all.insert(all.end(), of.begin(), of.end());
    std::ranges::sort(all);
    result.p50Us = all[all.size() / 2];
    result.p99Us = all[all.size() * 99 / 100];
    return result;
}

} // namespace hufu::bench
