// Which items of a conversation are meant: the rule is one for both suites and both sides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace hufu::threshold {

// Whether there is at least one, each once, ascending, and of an item among count. In: indices, or what holds one, found by indexOf.
// Source: PROTOCOL R9.
template <typename Items, typename IndexOf = std::identity>
bool ascendingBelow(const Items &items, std::size_t count, IndexOf indexOf = {})
{
    const auto at = [&](std::size_t i) -> std::uint8_t { return std::invoke(indexOf, items[i]); };
    if (items.empty()) return false;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (at(i) >= count || (i > 0 && at(i) <= at(i - 1))) return false;
    return true;
}

} // namespace hufu::threshold
