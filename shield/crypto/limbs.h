// 256-bit integers in four limbs, for sm2_field and sm2_scalar only. Constant time throughout.
#pragma once

#include "shield/base/ct.h"

#include <array>
#include <cstdint>
#include <span>

namespace hufu::crypto {

__extension__ using Uint128 = unsigned __int128;
using Limbs = std::array<std::uint64_t, 4>; // little endian

// a + b + carry; carry becomes the carry out.
inline std::uint64_t addCarry(std::uint64_t a, std::uint64_t b, std::uint64_t &carry)
{
    const Uint128 sum = Uint128{a} + b + carry;
    carry = static_cast<std::uint64_t>(sum >> 64);
    return static_cast<std::uint64_t>(sum);
}

// a - b - borrow; borrow becomes the borrow out.
inline std::uint64_t subBorrow(std::uint64_t a, std::uint64_t b, std::uint64_t &borrow)
{
    const Uint128 difference = Uint128{a} - b - borrow;
    borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    return static_cast<std::uint64_t>(difference);
}

// a * b + c + carry, which always fits; carry becomes the high half.
inline std::uint64_t mulAdd(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t &carry)
{
    const Uint128 product = Uint128{a} * b + c + carry;
    carry = static_cast<std::uint64_t>(product >> 64);
    return static_cast<std::uint64_t>(product);
}

inline Limbs selectLimbs(std::uint64_t mask, const Limbs &a, const Limbs &b)
{
    return {ct::select(mask, a[0], b[0]), ct::select(mask, a[1], b[1]), ct::select(mask, a[2], b[2]),
            ct::select(mask, a[3], b[3])};
}

// All ones if a equals b, else zero.
inline std::uint64_t maskOfEqual(const Limbs &a, const Limbs &b)
{
    return ct::maskOfZero((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]));
}

// The 257-bit value carry | a, known to be below 2 m, modulo m.
inline Limbs reduceOnce(const Limbs &a, std::uint64_t carry, const Limbs &m)
{
    std::uint64_t borrow = 0;
    Limbs less;
    for (std::size_t i = 0; i < 4; ++i)
        less[i] = subBorrow(a[i], m[i], borrow);
    subBorrow(carry, 0, borrow);
    return selectLimbs(ct::maskOfBit(borrow), a, less);
}

inline Limbs addMod(const Limbs &a, const Limbs &b, const Limbs &m)
{
    std::uint64_t carry = 0;
    Limbs sum;
    for (std::size_t i = 0; i < 4; ++i)
        sum[i] = addCarry(a[i], b[i], carry);
    return reduceOnce(sum, carry, m);
}

inline Limbs subMod(const Limbs &a, const Limbs &b, const Limbs &m)
{
    std::uint64_t borrow = 0;
    Limbs difference;
    for (std::size_t i = 0; i < 4; ++i)
        difference[i] = subBorrow(a[i], b[i], borrow);
    const std::uint64_t mask = ct::maskOfBit(borrow);
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i)
        difference[i] = addCarry(difference[i], m[i] & mask, carry);
    return difference;
}

inline std::array<std::uint64_t, 8> mulWide(const Limbs &a, const Limbs &b)
{
    std::array<std::uint64_t, 8> t{};
    for (std::size_t i = 0; i < 4; ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < 4; ++j)
            t[i + j] = mulAdd(a[i], b[j], t[i + j], carry);
        t[i + 4] = carry;
    }
    return t;
}

inline std::array<std::uint64_t, 8> squareWide(const Limbs &a)
{
    std::array<std::uint64_t, 8> t{};
    std::uint64_t carry = 0; // the products of different limbs, once each
    t[1] = mulAdd(a[0], a[1], 0, carry);
    t[2] = mulAdd(a[0], a[2], 0, carry);
    t[3] = mulAdd(a[0], a[3], 0, carry);
    t[4] = carry;
    carry = 0;
    t[3] = mulAdd(a[1], a[2], t[3], carry);
    t[4] = mulAdd(a[1], a[3], t[4], carry);
    t[5] = carry;
    carry = 0;
    t[5] = mulAdd(a[2], a[3], t[5], carry);
    t[6] = carry;
    t[7] = t[6] >> 63; // doubled
    for (std::size_t i = 6; i > 1; --i)
        t[i] = t[i] << 1 | t[i - 1] >> 63;
    t[1] <<= 1;
    carry = 0; // and the squares
    for (std::size_t i = 0; i < 4; ++i) {
        const Uint128 square = Uint128{a[i]} * a[i];
        t[2 * i] = addCarry(t[2 * i], static_cast<std::uint64_t>(square), carry);
        t[2 * i + 1] = addCarry(t[2 * i + 1], static_cast<std::uint64_t>(square >> 64), carry);
    }
    return t;
}

inline Limbs limbsFrom(std::span<const std::uint8_t, 32> bytes)
{
    Limbs out{};
    for (std::size_t i = 0; i < 32; ++i)
        out[3 - i / 8] = out[3 - i / 8] << 8 | bytes[i];
    return out;
}

inline void limbsTo(const Limbs &limbs, std::span<std::uint8_t, 32> bytes)
{
    for (std::size_t i = 0; i < 32; ++i)
        bytes[i] = static_cast<std::uint8_t>(limbs[3 - i / 8] >> (56 - 8 * (i % 8)));
}

// All ones if a is below m, else zero.
inline std::uint64_t maskOfBelow(const Limbs &a, const Limbs &m)
{
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i)
        subBorrow(a[i], m[i], borrow);
    return ct::maskOfBit(borrow);
}

} // namespace hufu::crypto
