// cosign_load [devices [conversations of each]]: whole conversations through the wire codec and the ledger, in
// memory and on disk, by a call and over TLS, and where the server's time goes.
#include "platform/store/sqlite_ledger.h"
#include "tests/bench/bench.h"
#include "tests/bench/load.h"
#include "tests/bench/tls_carrier.h"
#include "tests/support/fakes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>

using namespace hufu;
using namespace hufu::bench;

namespace {

// How the messages come, and the columns of the tables.
struct Way {
    const char *name;
    bool overTls;
    Connections connections;
};
constexpr Way kWays[] = {{"call", false, Connections::kept},
                         {"TLS, connection kept", true, Connections::kept},
                         {"TLS, new connection", true, Connections::fresh}};

struct Run {
    std::string name;
    LoadResult load;
    std::optional<double> perFlush; // conversations
};

class Folder {
public:
    Folder() { std::filesystem::create_directories(m_path); }
    ~Folder() { std::filesystem::remove_all(m_path); }
    std::filesystem::path file(const std::string &name) const { return m_path / name; }

private:
    std::filesystem::path m_path =
        std::filesystem::temp_directory_path() / ("cosign_load_" + std::to_string(::getpid()));
};

LoadResult carried(ports::LedgerStore &ledger, std::size_t devices, std::size_t each, const Way &way,
                   const Folder &folder)
{
    if (!way.overTls) return runLoad(ledger, devices, each, Watch::parts);
    // A thread of the server serves one conversation at a time, as the product has it: as many as may wait for a flush.
    const auto carrier = tlsCarrier(folder.file("tls"), static_cast<unsigned>(devices));
    return runLoad(ledger, devices, each, Watch::parts, carrier.get(), way.connections);
}

void printRates(const std::vector<Run> &runs)
{
    std::puts("| ledger, way | conversations a second and core | p50 | p99 | conversations a flush |\n"
              "| --- | ---: | ---: | ---: | ---: |");
    for (const Run &run : runs) {
        std::printf("| %s | %.0f | %.2f ms | %.2f ms | ", run.name.c_str(), 1e6 / run.load.cost.total,
                    run.load.p50Us / 1e3, run.load.p99Us / 1e3);
        if (run.perFlush)
            std::printf("%.1f |\n", *run.perFlush);
        else
            std::puts("|");
    }
}

// What the arithmetic of the steps takes by itself, hashes included: measured alone, as hufu_bench does.
double arithmeticUs()
{
    Bench bench;
    addThreshold(bench, "");
    const auto row = std::ranges::find(bench.rows(), "cosign.server_total", &Row::name);
    return row == bench.rows().end() ? 0 : row->value;
}

void printParts(const std::vector<Run> &runs)
{
    const double arithmetic = arithmeticUs();
    const auto line = [&](const char *part, auto of) {
        std::printf("| %s |", part);
        for (const Run &run : runs) {
            const double us = of(run.load.cost);
            std::printf(" %.0f us, %.0f %% |", us, 100 * us / run.load.cost.total);
        }
        std::puts("");
    };
    std::printf("\n| the server's part |");
    for (const Run &run : runs)
        std::printf(" %s |", run.name.c_str());
    std::printf("\n| --- |");
    for (std::size_t i = 0; i < runs.size(); ++i)
        std::printf(" ---: |");
    std::puts("");
    line("arithmetic, as measured alone", [&](const LoadCost &) { return arithmetic; });
    line("manifest, MAC, audit, locks: what is left", [&](const LoadCost &cost) {
        return cost.total - arithmetic - cost.codec - cost.ledger - cost.sealing - cost.carrier;
    });
    line("ledger", [](const LoadCost &cost) { return cost.ledger; });
    line("master key", [](const LoadCost &cost) { return cost.sealing; });
    line("codec", [](const LoadCost &cost) { return cost.codec; });
    line("TLS, WebSocket, threads", [](const LoadCost &cost) { return cost.carrier; });
    line("all", [](const LoadCost &cost) { return cost.total; });
}

} // namespace

int main(int count, char **arguments)
{
    const std::size_t devices = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 32;
    const std::size_t each = count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 50;
    if (devices == 0 || devices > 200 || each == 0) {
        std::fputs("usage: cosign_load [devices, at most 200 [conversations of each]]\n", stderr);
        return 2;
    }
    const Folder folder;
    std::vector<Run> runs;
    for (const Way &way : kWays) {
        tests::MemoryLedger ledger; // which copies all its rows for a transaction: one device
        runs.push_back({std::string("memory, ") + way.name, carried(ledger, 1, each, way, folder), {}});
    }
    for (const Way &way : kWays) {
        auto ledger = store::SqliteLedger::open(folder.file(std::to_string(runs.size()) + ".db"));
        if (!ledger) return 1;
        const std::uint64_t before = (*ledger)->flushes();
        const LoadResult load = carried(**ledger, devices, each, way, folder);
        const auto flushes = static_cast<double>((*ledger)->flushes() - before);
        runs.push_back({std::string("SQLite, ") + way.name, load, static_cast<double>(load.conversations) / flushes});
    }
    std::printf("%zu devices, %zu conversations of each, one of %u cores.\n\n", devices, each,
                std::thread::hardware_concurrency());
    printRates(runs);
    printParts(runs);
    return 0;
}
