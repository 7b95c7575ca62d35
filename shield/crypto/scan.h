// Reading a table at a secret place: every entry is touched, a mask keeps the wanted one. Constant time.
#pragma once

#include "shield/base/ct.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hufu::crypto {

// The body for vectors of type V; it has to be inlined into a function that may use them.
template <std::size_t Words, typename V>
[[gnu::always_inline]] inline void scanTableBy(const std::uint64_t *table, std::size_t entries,
                                               std::uint64_t index, std::uint64_t *out)
{
    constexpr std::size_t kLanes = sizeof(V) / sizeof(std::uint64_t);
    static_assert(Words % kLanes == 0);
    std::array<V, Words / kLanes> found{};
    const V wanted = V{} + static_cast<std::uint32_t>(index);
    V at{};
    for (std::size_t i = 0; i < entries; ++i) {
        const V mask = reinterpret_cast<V>(at == wanted);
        at += 1;
        for (std::size_t j = 0; j < found.size(); ++j) {
            V words;
            std::memcpy(&words, table + Words * i + kLanes * j, sizeof words);
            found[j] |= words & mask;
        }
    }
    std::memcpy(out, found.data(), sizeof found);
}

// table[index], where the table holds entries of Words words each. In: index below entries.
template <std::size_t Words>
inline void scanTable(const std::uint64_t *table, std::size_t entries, std::uint64_t index, std::uint64_t *out)
{
    typedef std::uint32_t Vector __attribute__((vector_size(16))); // what x86-64 and arm64 have at least
    scanTableBy<Words, Vector>(table, entries, index, out);
}

} // namespace hufu::crypto
