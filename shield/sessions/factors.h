// What a person must show besides the PIN (README, "What an act asks for").
#pragma once

#include "shield/sessions/session.h"

#include <optional>

namespace hufu::sessions {

inline constexpr std::int64_t kYoungDeskMs = std::int64_t{24} * 3'600'000;
inline constexpr std::int64_t kNoOutsideFactorMs = std::int64_t{2} * 3'600'000; // before an opening
inline constexpr std::int64_t kOpeningLastsMs = std::int64_t{24} * 3'600'000;   // after its hour

// From two hours before an opening to a day after it no outage of a gateway may lose a bid: the PIN alone opens. A portal takes opened
// files once the hour has struck, so that is when people decrypt.
bool isOpeningNear(std::int64_t openingMs, std::int64_t nowMs);

// In: deskEnrolledMs, when this person enrolled the desk; nothing if the desk is unknown to the person, or none is there.
// openingNear: a relying party has said so of all that is to be opened; what a desk writes into a manifest does not count.
// Returns: wire::factor bits; kDigits for a login from a desk that is unknown.
std::uint8_t factorsFor(intent::Act act, const Claimant &claimant, const std::optional<std::int64_t> &deskEnrolledMs,
                        bool openingNear, std::int64_t nowMs);

} // namespace hufu::sessions
