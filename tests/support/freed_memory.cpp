#include "tests/support/freed_memory.h"

#include <atomic>
#include <cstdlib>

namespace {

std::atomic<bool> g_keeps = false;

}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// glibc's own, behind the name that a program may replace.
extern "C" void __libc_free(void *block) noexcept;

// Of the whole process, libraries included.
extern "C" void free(void *block) noexcept
{
    if (!g_keeps.load(std::memory_order_relaxed)) __libc_free(block);
}

#endif

namespace hufu::tests {

void keepFreedMemory()
{
    g_keeps = true;
}

} // namespace hufu::tests
