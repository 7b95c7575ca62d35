// hufu_ct [name]: runs all checks but the leaky ones, or the named one. Only under valgrind does it check
// anything, so elsewhere it refuses to run.
#include "tests/ct/check.h"

#include <cstdio>
#include <string_view>
#include <valgrind/valgrind.h>

using namespace hufu::tests;

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
    runFrom(cryptoChecks(), true);
    runFrom(thresholdChecks(), true);
    runFrom(frostChecks(), true);
    runFrom(leakyChecks(), false);
    runFrom(leakyFrostChecks(), false);
    return run > 0 ? 0 : 2;
}
