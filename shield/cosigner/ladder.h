// The lock ladder (PROTOCOL R1): pure functions over a device's counters. Counting is per device, not per key.
#pragma once

#include "shield/base/result.h"

#include <cstdint>

namespace hufu::cosigner {

inline constexpr std::uint32_t kAllowedFailures = 10;
inline constexpr std::uint32_t kUnfreezeTries = 3;
inline constexpr std::uint32_t kUnfreezeFromRun = 5; // the rung of 30 minutes
inline constexpr std::uint32_t kTotalMax = 30;       // then the sign share is destroyed

enum class Standing : std::uint8_t {
    active = 1,
    frozen = 2, // too many wrong PINs; unfreeze() helps
    cloned = 3, // two phones with one chain (R3); keys are kept
};

// The counters in the device's row.
struct Lock {
    std::uint32_t run = 0;   // failures since the last success
    std::uint32_t total = 0; // failures since the last PIN change
    std::uint32_t allow = kAllowedFailures;
    std::int64_t lockUntil = 0; // Unix milliseconds; 0: not locked
    Standing standing = Standing::active;
    bool exhausted = false;     // total reached kTotalMax: no sign share any more, kUnfreezeTries at a time
    bool operator==(const Lock &) const = default;
};

// What a peer may know of it.
struct LockView {
    std::uint8_t tries = 0;
    std::uint8_t failures = 0;
    std::uint32_t retryAfter = 0; // seconds, rounded up; 0 when only an unfreeze helps, or when open
    std::uint8_t total = 0;       // failures since the last PIN change
    bool operator==(const LockView &) const = default;
};

// Milliseconds of waiting after the run-th failure in a row.
std::int64_t rungMs(std::uint32_t run);

// Whether an attempt may be counted now.
bool isOpen(const Lock &lock, std::int64_t nowMs);

// The state after one more attempt, before its verdict. Only for a lock that isOpen. The last allowed try leaves it closed,
// and frozen only once settled() or cleared() has said how it went: nobody is told of a freeze that a right PIN undoes.
Lock counted(Lock lock, std::int64_t nowMs);

// The state after the counted attempt turned out right. A freeze that came in between stands: it is the operator's.
Lock cleared(Lock lock);

// The state after the counted attempt turned out wrong, or after a crash left it standing: frozen when no try is left;
// frozen and exhausted, so without sign share, when the total is used up. The same for a lock that needs nothing.
Lock settled(Lock lock);

// The company's administrator approved and the person's identity was checked.
// Errors: badState below the rung of 30 minutes, or when the device is cloned.
Result<Lock> unfrozen(Lock lock);

// After a refresh whose first proof carried the op of a PIN change.
Lock pinChanged(Lock lock);

// After the chain was adopted from the phone once a backup had been restored: counts since the backup are lost, so
// only a right PIN goes on (PROTOCOL 6.8, R3).
Lock adopted(Lock lock);

LockView viewOf(const Lock &lock, std::int64_t nowMs);

} // namespace hufu::cosigner
