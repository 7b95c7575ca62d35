// hufu_fuzz NAME [libFuzzer's words]: the fuzzer on one target. Built by clang with HUFU_FUZZ.
#include "tests/fuzz/target.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace hufu;
using namespace hufu::tests;

namespace {

void (*g_feed)(ByteView) = nullptr;

}

extern "C" int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    // A merge starts this program again without the word that was taken away.
    constexpr const char *kVariable = "HUFU_FUZZ_TARGET";
    const char *kept = std::getenv(kVariable);
    const std::string wanted = kept ? kept : *count > 1 ? (*arguments)[1] : "";
    for (const FuzzTarget &target : allTargets())
        if (target.name == wanted) g_feed = target.feed;
    if (kept && g_feed) return 0;
    ::setenv(kVariable, wanted.c_str(), 1);
    if (!g_feed) {
        std::fprintf(stderr, "usage: hufu_fuzz NAME [libFuzzer's words]; no target '%s'\n", wanted.c_str());
        std::exit(2);
    }
    std::copy(*arguments + 2, *arguments + *count, *arguments + 1);
    --*count;
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    g_feed({data, size});
    return 0;
}
