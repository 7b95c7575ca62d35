// Whether a bid will open in its hour, and when that is to be tried. Pure functions of the bid and the time.
#pragma once

#include "shield/opening/bid.h"

#include <optional>

namespace hufu::opening {

// When a rehearsal is due, and the person is told.
enum class Moment : std::uint8_t { sealing = 1, dayBefore, hourBefore };

// The last moment that has passed; nothing once the bid is over or its hour has come. A moment before the sealing is none: who
// seals half an hour before the opening rehearses once.
std::optional<Moment> momentOf(const Bid &bid, std::int64_t nowMs);
std::int64_t timeOf(const Bid &bid, Moment moment);
// That moment, if no rehearsal has been since. In: lastMs, of the last one; 0: never.
std::optional<Moment> dueRehearsal(const Bid &bid, std::int64_t lastMs, std::int64_t nowMs);
// When momentOf() changes next; nothing: not any more.
std::optional<std::int64_t> nextMomentMs(const Bid &bid, std::int64_t nowMs);

enum class Light : std::uint8_t { green = 1, amber, red };

enum class Cause : std::uint8_t {
    ready = 1,
    keyMissing,   // no key of this phone opens it
    blocked,      // frozen or cloned
    locked,       // after wrong PINs: into the last hour before the opening, or just now if that is near or over
    serverAway,   // the other half is out of reach
    clockWrong,
    rehearsalDue, // amber; red within the last hour
    openNow,      // its hour has come: green, if nothing else is in the way
};

// What of the means to open it is there, as far as is known.
struct Means {
    bool hasKey = true;
    bool isBlocked = false;
    std::int64_t lockedUntilMs = 0; // after wrong PINs; 0: not locked
    bool isServerAway = false;
    std::int64_t skewMs = 0; // of the clock here
    std::int64_t lastRehearsalMs = 0;
};

inline constexpr std::int64_t kSkewMostMs = 120'000;

struct Readiness {
    Light light = Light::green;
    Cause cause = Cause::ready;
    bool operator==(const Readiness &) const = default;
};

// What stops everything comes first. For a bid that is not over.
Readiness readinessOf(const Bid &bid, const Means &means, std::int64_t nowMs);

} // namespace hufu::opening
