// How points and tables keep coordinates, whatever arithmetic works on them.
#pragma once

#include "shield/crypto/limbs.h"

#include <array>

namespace hufu::crypto {

inline constexpr std::size_t kFieldBytes = 32;

template <typename Stored> struct StoredAffine {
    Stored x;
    Stored y;
};

// Of SM2: limbs in Montgomery form, below p.
using AffineCoordinates = StoredAffine<Limbs>;

// X : Y : Z stands for (X / Z, Y / Z); O is 0 : Y : 0.
struct Coordinates {
    Limbs x{};
    Limbs y{1, 0x00000000ffffffff, 0, 0x0000000100000000}; // one
    Limbs z{};
};

// What sm2_multiply.h calls a comb.
using CombEntries = std::array<AffineCoordinates, 32>;

} // namespace hufu::crypto
