// What stands in the way of taking a shield off the phone: sealed bids that it alone opens.
#pragma once

#include "shield/opening/guard.h"
#include "shield/phone/bid_fetch.h"

namespace hufu::phone_app {

// In: known, of that shield. The phone cannot ask whether the others' shields are frozen: whoever is named with a key counts.
std::vector<opening::Risk> risksOfRemoval(const phone::KnownBids &known, std::int64_t nowMs);

} // namespace hufu::phone_app
