// What both sides of a signature under suite 2 do alike.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/frost_algebra.h"
#include "shield/threshold/frost_shares.h"

#include <string_view>

namespace hufu::threshold::frost::cosign {

// The places of the two signers in a round.
inline constexpr std::size_t kPhonePlace = 0;
inline constexpr std::size_t kServerPlace = 1;

// H3(32 drawn bytes | s): hedged with the share, so that a weak generator alone does not repeat a nonce.
// Draws 32 bytes under label. Timing: constant in s. Source: RFC 9591 4.1.
crypto::EdScalar nonceOf(std::string_view label, const crypto::EdScalar &s, ports::Random &random);

// The nonce times Bp, which is sent.
crypto::EdPoint published(const crypto::EdScalar &nonce);

} // namespace hufu::threshold::frost::cosign
