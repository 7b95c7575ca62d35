#include "shield/base/ct.h"

namespace hufu::ct {

bool equal(ByteView a, ByteView b)
{
    if (a.size() != b.size()) return false;
    std::uint64_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference |= barrier(static_cast<std::uint64_t>(a[i] ^ b[i]));
    bool same = maskOfZero(difference) != 0;
    declassify(&same, sizeof same);
    return same;
}

} // namespace hufu::ct
