// The counter and nonce chain of a device (PROTOCOL 6 and R3): pure functions.
#pragma once

#include "shield/base/bytes.h"

namespace hufu::cosigner {

struct Chain {
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    ByteArray<32> nPrevious{}; // of position ctr - 1; meaningless at 0
    ByteArray<16> ridLast{};   // the request that led from ctr - 1 to ctr
    bool operator==(const Chain &) const = default;
};

// Where a HELLO says that the phone stands.
struct Position {
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    ByteArray<16> rid{};
};

enum class Fit : std::uint8_t {
    step,   // in step: roll the chain
    repeat, // the same phone, whose answer got lost: the same position once more
    other,  // anything else
};

// Timing: public values.
Fit fitOf(const Chain &chain, const Position &phone);

// The chain one position on. nextN is fresh from the generator.
Chain rolled(const Chain &chain, const ByteArray<16> &rid, const ByteArray<32> &nextN);

// Whether a HELLO that does not fit may be a phone that is ahead of a restored backup.
bool isAhead(const Chain &chain, const Position &phone);

// The chain at the phone's position, from which rolled() goes on.
Chain adoptedFrom(const Position &phone);

} // namespace hufu::cosigner
