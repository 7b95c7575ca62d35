// What the phone looks after without being asked (PROTOCOL R1, R7): when the shares are due for a refresh, and when
// the person is urged to change the PIN.
#pragma once

#include "shield/vault/vault.h"

namespace hufu::phone {

inline constexpr std::int64_t kRefreshEveryMs = 30LL * 24 * 60 * 60 * 1000;
inline constexpr std::int64_t kRefreshRetryMs = 60LL * 60 * 1000; // after one that came to nothing
inline constexpr int kUrgeFromFailures = 15;                      // wrong PINs since the last change

// In: epoch, of the shares that are in use; nowMs, Unix milliseconds. A clock that was set back makes a refresh due,
// so that a wrong one cannot put it off for ever.
inline bool isRefreshDue(const vault::Upkeep &upkeep, std::uint32_t epoch, std::int64_t nowMs)
{
    const auto past = [nowMs](std::int64_t sinceMs, std::int64_t span) {
        return nowMs < sinceMs || nowMs - sinceMs >= span;
    };
    if (upkeep.sinceMs == 0 || upkeep.epoch != epoch) return false; // not seen to work yet
    return past(upkeep.sinceMs, kRefreshEveryMs) && (upkeep.triedMs == 0 || past(upkeep.triedMs, kRefreshRetryMs));
}

inline bool isPinChangeUrged(const vault::Upkeep &upkeep)
{
    return upkeep.failures >= kUrgeFromFailures;
}

} // namespace hufu::phone
