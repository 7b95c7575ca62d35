// Constant-time building blocks, and the marks by which valgrind checks them.
#pragma once

#include "shield/base/bytes.h"

#if defined(HUFU_CT_CHECK)
#include <valgrind/memcheck.h>
#endif

namespace hufu::ct {

// Hides a value from the optimiser, so that it cannot turn a mask into a branch.
inline std::uint64_t barrier(std::uint64_t value)
{
    __asm__("" : "+r"(value) : :);
    return value;
}

// All ones if the lowest bit of bit is set, else zero.
inline std::uint64_t maskOfBit(std::uint64_t bit)
{
    return barrier(0 - (bit & 1));
}

// All ones if value is zero, else zero.
inline std::uint64_t maskOfZero(std::uint64_t value)
{
    return maskOfBit(((~value & (value - 1)) >> 63));
}

// All ones if a equals b, else zero.
inline std::uint64_t maskOfEqual(std::uint64_t a, std::uint64_t b)
{
    return maskOfZero(a ^ b);
}

// a where mask is all ones, b where it is zero.
inline std::uint64_t select(std::uint64_t mask, std::uint64_t a, std::uint64_t b)
{
    return b ^ (mask & (a ^ b));
}

// Timing: depends on the lengths only.
bool equal(ByteView a, ByteView b);

// In the constant-time check (HUFU_CT_CHECK) a poisoned value counts as undefined: a branch or an address
// that depends on it is reported. declassify names the few points where a value becomes public.
inline void poison([[maybe_unused]] const void *data, [[maybe_unused]] std::size_t size)
{
#if defined(HUFU_CT_CHECK)
    VALGRIND_MAKE_MEM_UNDEFINED(data, size);
#endif
}

inline void declassify([[maybe_unused]] const void *data, [[maybe_unused]] std::size_t size)
{
#if defined(HUFU_CT_CHECK)
    VALGRIND_MAKE_MEM_DEFINED(data, size);
#endif
}

} // namespace hufu::ct
