// hufu_ct [name]: runs all checks but the leaky ones, or the named one, on each path of the arithmetic. Only
// under valgrind does it check anything, so elsewhere it refuses to run.
#include "tests/ct/check.h"

#include "shield/crypto/sm2_engine.h"

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <valgrind/valgrind.h>

using namespace hufu::tests;

// What the kernel says, whatever valgrind and the dispatch make of it.
static bool machineHasAdx()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("flags")) return (line + ' ').find(" adx ") != line.npos && (line + ' ').find(" bmi2 ") != line.npos;
    return false;
}

int main(int count, char **arguments)
{
    if (!RUNNING_ON_VALGRIND) {
        std::fputs("run it under valgrind: valgrind --error-exitcode=99 hufu_ct\n", stderr);
        return 2;
    }
    const std::string_view wanted = count > 1 ? arguments[1] : "";
    int run = 0;
    const auto runFrom = [&](std::span<const CtCheck> checks, bool all) {
        for (const CtCheck &check : checks) {
            if (!(all && wanted.empty()) && wanted != check.name) continue;
            std::printf("%s\n", check.name);
            std::fflush(stdout); // so that valgrind's report stands behind the name
            check.run();
            ++run;
        }
    };
    for (const auto path : {hufu::crypto::Path::portable, hufu::crypto::Path::adx}) {
        if (!hufu::crypto::isAvailable(path)) {
            if (!machineHasAdx()) continue;
            std::fputs("this machine has mulx and adx, and the path that uses them was not checked\n", stderr);
            return 3;
        }
        hufu::crypto::choosePath(path);
        std::printf("on the %s path\n", path == hufu::crypto::Path::adx ? "mulx and adx" : "portable");
        runFrom(cryptoChecks(), true);
        runFrom(thresholdChecks(), true);
        runFrom(conversationChecks(), true);
        runFrom(leakyChecks(), false);
    }
    runFrom(frostChecks(), true);
    runFrom(atRestChecks(), true);
    runFrom(leakyFrostChecks(), false);
    runFrom(leakyConversationChecks(), false);
    return run > 0 ? 0 : 2;
}
