#include "tests/support/freed_memory.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

namespace {

std::atomic<bool> g_keeps = false;

}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

// glibc's own, behind the names that a program may replace.
extern "C" void __libc_free(void *block) noexcept;
extern "C" void *__libc_realloc(void *block, std::size_t size) noexcept;

// Of the whole process, libraries included.
extern "C" void free(void *block) noexcept
{
    if (!g_keeps.load(std::memory_order_relaxed)) __libc_free(block);
}

// What grows moves, and leaves what it was.
extern "C" void *realloc(void *block, std::size_t size) noexcept
{
    if (!g_keeps.load(std::memory_order_relaxed) || block == nullptr || size == 0) return __libc_realloc(block, size);
    void *moved = std::malloc(size);
    if (moved != nullptr) std::memcpy(moved, block, std::min(size, ::malloc_usable_size(block)));
    return moved;
}

#endif

namespace hufu::tests {

void keepFreedMemory()
{
    g_keeps = true;
}

} // namespace hufu::tests
