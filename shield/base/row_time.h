// Times in rows of a database, which may be damaged.
#pragma once

#include "shield/base/bytes.h"

#include <algorithm>

namespace hufu {

// Reads 8 bytes: Unix milliseconds. What no clock reaches is brought down to 2^53, so that no sum or difference overflows.
inline std::int64_t readTimeMs(Reader &reader)
{
    constexpr std::int64_t kMost = std::int64_t{1} << 53;
    return std::clamp(static_cast<std::int64_t>(reader.u64()), -kMost, kMost);
}

} // namespace hufu
