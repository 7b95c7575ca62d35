// hufu_bench [--json FILE]: prints the table and which bounds are kept; with --json writes the rows for programs as
// well. Returns 1 if a bound is missed.
#include "shield/crypto/sm2_engine.h"
#include "tests/bench/bench.h"

#include <cstdio>
#include <fstream>
#include <string_view>
#include <thread>

using namespace hufu::bench;
using hufu::crypto::choosePath;
using hufu::crypto::chosenPath;
using hufu::crypto::Path;

namespace {

std::string processor()
{
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown processor";
}

} // namespace

int main(int count, char **arguments)
{
    const bool withJson = count == 3 && std::string_view(arguments[1]) == "--json";
    if (count != 1 && !withJson) {
        std::fputs("usage: hufu_bench [--json FILE]\n", stderr);
        return 2;
    }
    Bench bench;
    // First the path that this processor gets, then the one that every processor has.
    addCrypto(bench, "");
    addThreshold(bench, "");
    addEnvelope(bench);
    addDurable(bench, "");
    if (chosenPath() != Path::portable) {
        choosePath(Path::portable);
        addCrypto(bench, ".portable");
        addThreshold(bench, ".portable");
        addDurable(bench, ".portable");
    }
    std::printf("On %s, one of %u cores; ratio is ours / reference.\n\n%s", processor().c_str(),
                std::thread::hardware_concurrency(), table(bench.rows()).c_str());
    const Verdict verdict = hufu::bench::verdict(bench.rows());
    std::printf("\n%s", verdict.text.c_str());
    if (!withJson) return verdict.isMet ? 0 : 1;
    std::ofstream file(arguments[2]);
    file << json(bench.rows());
    file.close();
    if (file.fail()) {
        std::fprintf(stderr, "cannot write %s\n", arguments[2]);
        return 1;
    }
    return verdict.isMet ? 0 : 1;
}
