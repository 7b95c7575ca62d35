// Conversations on a real disk: what a core does of them in a second, beside a bare loop of one-row commits.
#include "platform/store/sqlite_ledger.h"
#include "tests/bench/bench.h"
#include "tests/bench/load.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sqlite3.h>
#include <thread>
#include <unistd.h>

namespace hufu::bench {

namespace {

constexpr std::size_t kDevices = 32;
constexpr std::size_t kEach = 20;
constexpr std::uint32_t kCommits = 500;
constexpr int kRounds = 7; // of both in turn, since a disk's mood changes from one second to the next

struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("hufu_bench_" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
};

std::unique_ptr<store::SqliteLedger> opened(const std::filesystem::path &file)
{
    auto ledger = store::SqliteLedger::open(file);
    if (!ledger) std::abort();
    return std::move(*ledger);
}

// Microseconds of a commit of one row, one after the other, by SQLite alone: on the clock, and of the processor.
struct BareCommit {
    double clock;
    double processor;
};

BareCommit bareCommit(const std::filesystem::path &file)
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *write = nullptr;
    const auto run = [&](const char *sql) {
        if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
    };
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) std::abort();
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("CREATE TABLE row (id INTEGER PRIMARY KEY, value BLOB NOT NULL)");
    if (sqlite3_prepare_v2(database, "INSERT OR REPLACE INTO row VALUES (1, ?)", -1, &write, nullptr) != SQLITE_OK) std::abort();
    std::vector<double> clocks, processors;
    for (std::uint32_t i = 0; i < kCommits; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const double cpu = cpuUs();
        sqlite3_bind_blob(write, 1, &i, sizeof i, SQLITE_TRANSIENT);
        if (sqlite3_step(write) != SQLITE_DONE || sqlite3_reset(write) != SQLITE_OK) std::abort();
        processors.push_back(cpuUs() - cpu);
        clocks.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    sqlite3_finalize(write);
    sqlite3_close(database);
    return {median(clocks), median(processors)};
}

} // namespace

void addDurable(Bench &bench, const std::string &suffix)
{
    const Folder folder;
    std::vector<double> commitClock, commitProcessor, computed, perCore, perFlush, p50, p99;
    const double cores = std::max(1U, std::thread::hardware_concurrency());
    for (int round = 0; round < kRounds; ++round) {
        const std::string name = std::to_string(round);
        const BareCommit commit = bareCommit(folder.path / (name + ".bare.db"));
        commitClock.push_back(commit.clock);
        commitProcessor.push_back(commit.processor);
        const auto ledger = opened(folder.path / (name + ".load.db"));
        const std::uint64_t before = ledger->flushes();
        const LoadResult load = runLoad(*ledger, kDevices, kEach, Watch::all);
        const auto conversations = static_cast<double>(load.conversations);
        computed.push_back(load.cost.total);
        perCore.push_back(conversations / load.wallSeconds / cores);
        perFlush.push_back(conversations / static_cast<double>(ledger->flushes() - before));
        p50.push_back(load.p50Us);
        p99.push_back(load.p99Us);
    }
    const Row::Reference bare{"SQLite FULL one-row commits", 1e6 / median(commitClock)};
    // A core is free while the disk is flushed, so what counts is what the processor computes; a loop of one
    // has to wait.
    bench.add({"cosign.durable_per_core" + suffix, "1/s", 1e6 / median(computed), bare});
    bench.add({"cosign.durable_per_core.processor" + suffix, "1/s", 1e6 / median(computed),
               Row::Reference{"the same, without waiting for the disk", 1e6 / median(commitProcessor)}});
    // What this machine did of them on the clock, its phones computing on the same cores.
    bench.add({"cosign.durable_by_the_clock" + suffix, "1/s", median(perCore), bare});
    bench.add({"cosign.conversations_a_flush" + suffix, "", median(perFlush), std::nullopt});
    bench.add({"cosign.durable_p50" + suffix, "us", median(p50), std::nullopt});
    bench.add({"cosign.durable_p99" + suffix, "us", median(p99), std::nullopt});
}

} // namespace hufu::bench
