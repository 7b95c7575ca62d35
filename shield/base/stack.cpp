#include "shield/base/stack.h"

#include "shield/base/secret.h"

#include <cstdint>

namespace hufu {

// Out of line, so that its frame lies where theirs lay.
__attribute__((noinline)) void wipeStack()
{
    std::uint8_t below[32 * 1024];
    wipe(below, sizeof below);
}

} // namespace hufu
