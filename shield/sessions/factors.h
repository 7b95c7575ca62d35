// What a person must show besides the PIN (README, "What an act asks for").
#pragma once

#include "shield/sessions/session.h"

#include <optional>

namespace hufu::sessions {

inline constexpr std::int64_t kYoungDeskMs = std::int64_t{24} * 3'600'000;
inline constexpr std::int64_t kNoOutsideFactorMs = std::int64_t{2} * 3'600'000; // before a deadline

// In: deskEnrolledMs, when this person enrolled the desk; nothing if the desk is unknown to the person, or none is there.
// Returns: wire::factor bits; kDigits for a login from a desk that is unknown.
std::uint8_t factorsFor(const intent::Manifest &manifest, const Claimant &claimant,
                        const std::optional<std::int64_t> &deskEnrolledMs, std::int64_t nowMs);

} // namespace hufu::sessions
