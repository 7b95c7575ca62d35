// What stands in the way of taking a shield off the phone: sealed bids that it alone opens, and a list of them that is too old.
#pragma once

#include "shield/opening/guard.h"
#include "shield/phone/bid_fetch.h"

#include <string_view>

namespace hufu::phone_app {

// In: known, of that shield; ownKeys, of the phone's other shields. The phone cannot ask whether others' shields still open: whoever is named with a
// key counts, but for the person's own other shields. Of a bid that one of those on this phone opens nobody else may: it blocks nothing, and
// others is 0. Whatever the server has listed as sealed counts, as this phone's clock may be wrong; and so does what a relying party alone calls
// withdrawn, whose word lifts no guard.
std::vector<opening::Risk> risksOfRemoval(const phone::KnownBids &known, const std::vector<Bytes> &ownKeys);

// The list says nothing of what was sealed since.
bool isTooOld(const phone::KnownBids &known, std::int64_t nowMs);

// In: typed, the number that the guard asks for; hasWord, what is asked for was typed where the list is too old.
bool mayRemove(const phone::KnownBids &known, const std::vector<Bytes> &ownKeys, std::int64_t nowMs, std::string_view typed, bool hasWord);

inline constexpr std::int64_t kListGoodMs = 24LL * 3600 * 1000;

} // namespace hufu::phone_app
