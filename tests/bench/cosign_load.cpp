// cosign_load [devices [conversations of each]]: whole conversations through the wire codec and the ledger, in
// memory and on disk, and where the server's time goes.
#include "platform/store/sqlite_ledger.h"
#include "tests/bench/load.h"
#include "tests/support/fakes.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

using namespace hufu;
using namespace hufu::bench;

namespace {

void print(const char *name, const LoadResult &load)
{
    const LoadCost &cost = load.cost;
    const double rest = cost.total - cost.codec - cost.ledger - cost.sealing;
    const auto line = [&](const char *part, double us) {
        std::printf("| %s | %s | %.1f us | %.0f %% |\n", name, part, us, 100 * us / cost.total);
    };
    std::printf("| %s | all, %.0f a second and core; p50 %.0f us, p99 %.0f us | %.1f us | |\n", name,
                1e6 / cost.total, load.p50Us, load.p99Us, cost.total);
    line("arithmetic, hashes, MAC", rest);
    line("ledger", cost.ledger);
    line("master key", cost.sealing);
    line("codec", cost.codec);
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
    std::puts(
        "| ledger | part of a conversation, the server's side | time | share |\n| --- | --- | ---: | ---: |");
    tests::MemoryLedger memory;
    print("memory", runLoad(memory, 1, each, Watch::parts));
    const auto file =
        std::filesystem::temp_directory_path() / ("cosign_load_" + std::to_string(::getpid()) + ".db");
    {
        auto ledger = store::SqliteLedger::open(file);
        if (!ledger) return 1;
        const std::uint64_t before = (*ledger)->flushes();
        const LoadResult load = runLoad(**ledger, devices, each, Watch::parts);
        print("SQLite", load);
        std::printf(
            "\n%zu conversations of %zu devices in %.2f s with their phones, %llu flushes of the disk\n",
            load.conversations, devices, load.wallSeconds,
            static_cast<unsigned long long>((*ledger)->flushes() - before));
    }
    for (const char *side : {"", "-wal", "-shm"})
        std::filesystem::remove(file.string() + side);
    return 0;
}
