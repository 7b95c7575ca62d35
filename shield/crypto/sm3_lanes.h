// SM3 of many messages of one length at once, a message in each lane of the processor's widest registers. For
// what is public: hash trees over ciphertext. Source: GB/T 32905.
#pragma once

#include "shield/crypto/sm3.h"

#include <span>

namespace hufu::crypto {

// In: first, a byte that stands before each message; messages, all of one length.
// most, how many go at once, for tests of the narrower registers.
// Returns in out: SM3(first | messages[i]) for each i; out is as long as messages.
void sm3Lanes(std::uint8_t first, std::span<const ByteView> messages, std::span<ByteArray<kSm3Bytes>> out,
              std::size_t most = 16);

// How many messages go through at once on this processor: 16, 8, or 1.
std::size_t sm3LaneCount();

} // namespace hufu::crypto
