#include "shield/crypto/sm2_engine.h"

#include <atomic>
#include <cstdlib>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace hufu::crypto {

namespace {

#if defined(__x86_64__)
bool hasAdx()
{
#if defined(HUFU_CT_CHECK)
    return true; // valgrind executes adcx and adox, and tells of neither
#else
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_ADX) != 0;
#endif
}

bool hasMulxAndAdx()
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx2") && hasAdx();
}
#endif

const Engine &engineOf([[maybe_unused]] Path path)
{
#if defined(__x86_64__)
    if (path == Path::adx) return kAdxEngine;
#endif
    return kPortableEngine;
}

std::atomic<Path> &chosen()
{
    static std::atomic<Path> path{isAvailable(Path::adx) ? Path::adx : Path::portable};
    return path;
}

} // namespace

bool isAvailable(Path path)
{
    if (path == Path::portable) return true;
#if defined(__x86_64__)
    static const bool has = hasMulxAndAdx();
    return has;
#else
    return false;
#endif
}

Path chosenPath()
{
    return chosen().load(std::memory_order_relaxed);
}

void choosePath(Path path)
{
    if (!isAvailable(path)) std::abort();
    chosen().store(path, std::memory_order_relaxed);
}

const Engine &engine()
{
    return engineOf(chosenPath());
}

} // namespace hufu::crypto
