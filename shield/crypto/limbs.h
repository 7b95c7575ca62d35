// 256-bit integers in four limbs, for sm2_field and sm2_scalar only. Constant time throughout.
// adc and sbb go by the compilers' own names: <immintrin.h> is long, and most files of the tree would read it.
#pragma once

#include "shield/base/ct.h"

#include <array>
#include <cstdint>
#include <span>

namespace hufu::crypto {

// Inlined, a dozen multiplications in one formula spill so many limbs that g++ 12 takes three times as long.
#define HUFU_OUT_OF_LINE __attribute__((noinline))

__extension__ using Uint128 = unsigned __int128;
using Limbs = std::array<std::uint64_t, 4>; // little endian

// n, the order of the SM2 group.
inline constexpr Limbs kSm2Order{0x53bbf40939d54123, 0x7203df6b21c6052b, 0xffffffffffffffff, 0xfffffffeffffffff};

// a + b + carry; carry becomes the carry out.
inline std::uint64_t addCarry(std::uint64_t a, std::uint64_t b, std::uint64_t &carry)
{
#if defined(__x86_64__)
    unsigned long long sum = 0; // g++ makes an adc of it, of the other form it does not
    carry = __builtin_ia32_addcarryx_u64(static_cast<unsigned char>(carry), a, b, &sum);
    return sum;
#else
    const Uint128 sum = Uint128{a} + b + carry;
    carry = static_cast<std::uint64_t>(sum >> 64);
    return static_cast<std::uint64_t>(sum);
#endif
}

// a - b - borrow; borrow becomes the borrow out.
inline std::uint64_t subBorrow(std::uint64_t a, std::uint64_t b, std::uint64_t &borrow)
{
#if defined(__x86_64__)
    unsigned long long difference = 0;
#if defined(__clang__)
    borrow = __builtin_ia32_subborrow_u64(static_cast<unsigned char>(borrow), a, b, &difference);
#else
    borrow = __builtin_ia32_sbb_u64(static_cast<unsigned char>(borrow), a, b, &difference);
#endif
    return difference;
#else
    const Uint128 difference = Uint128{a} - b - borrow;
    borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    return static_cast<std::uint64_t>(difference);
#endif
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
inline Limbs reduceOnce(std::uint64_t a0, std::uint64_t a1, std::uint64_t a2, std::uint64_t a3,
                        std::uint64_t carry, const Limbs &m)
{
    std::uint64_t borrow = 0;
    const std::uint64_t d0 = subBorrow(a0, m[0], borrow);
    const std::uint64_t d1 = subBorrow(a1, m[1], borrow);
    const std::uint64_t d2 = subBorrow(a2, m[2], borrow);
    const std::uint64_t d3 = subBorrow(a3, m[3], borrow);
    subBorrow(carry, 0, borrow);
    const std::uint64_t keep = ct::maskOfBit(borrow);
    return {ct::select(keep, a0, d0), ct::select(keep, a1, d1), ct::select(keep, a2, d2),
            ct::select(keep, a3, d3)};
}

inline Limbs addMod(const Limbs &a, const Limbs &b, const Limbs &m)
{
    std::uint64_t carry = 0;
    const std::uint64_t s0 = addCarry(a[0], b[0], carry);
    const std::uint64_t s1 = addCarry(a[1], b[1], carry);
    const std::uint64_t s2 = addCarry(a[2], b[2], carry);
    const std::uint64_t s3 = addCarry(a[3], b[3], carry);
    return reduceOnce(s0, s1, s2, s3, carry, m);
}

inline Limbs subMod(const Limbs &a, const Limbs &b, const Limbs &m)
{
    std::uint64_t borrow = 0;
    const std::uint64_t d0 = subBorrow(a[0], b[0], borrow);
    const std::uint64_t d1 = subBorrow(a[1], b[1], borrow);
    const std::uint64_t d2 = subBorrow(a[2], b[2], borrow);
    const std::uint64_t d3 = subBorrow(a[3], b[3], borrow);
    const std::uint64_t mask = ct::maskOfBit(borrow);
    std::uint64_t carry = 0;
    Limbs out;
    out[0] = addCarry(d0, m[0] & mask, carry);
    out[1] = addCarry(d1, m[1] & mask, carry);
    out[2] = addCarry(d2, m[2] & mask, carry);
    out[3] = addCarry(d3, m[3] & mask, carry);
    return out;
}

// A 512-bit product. It and the sums above are written out limb by limb, because g++ 12 keeps loops over arrays
// in memory instead of registers.
struct Wide {
    std::uint64_t t0, t1, t2, t3, t4, t5, t6, t7;
};

inline Wide mulWide(const Limbs &a, const Limbs &b)
{
    const std::uint64_t b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
    Wide t;
    std::uint64_t carry = 0;
    t.t0 = mulAdd(a[0], b0, 0, carry);
    t.t1 = mulAdd(a[0], b1, 0, carry);
    t.t2 = mulAdd(a[0], b2, 0, carry);
    t.t3 = mulAdd(a[0], b3, 0, carry);
    t.t4 = carry;
    carry = 0;
    t.t1 = mulAdd(a[1], b0, t.t1, carry);
    t.t2 = mulAdd(a[1], b1, t.t2, carry);
    t.t3 = mulAdd(a[1], b2, t.t3, carry);
    t.t4 = mulAdd(a[1], b3, t.t4, carry);
    t.t5 = carry;
    carry = 0;
    t.t2 = mulAdd(a[2], b0, t.t2, carry);
    t.t3 = mulAdd(a[2], b1, t.t3, carry);
    t.t4 = mulAdd(a[2], b2, t.t4, carry);
    t.t5 = mulAdd(a[2], b3, t.t5, carry);
    t.t6 = carry;
    carry = 0;
    t.t3 = mulAdd(a[3], b0, t.t3, carry);
    t.t4 = mulAdd(a[3], b1, t.t4, carry);
    t.t5 = mulAdd(a[3], b2, t.t5, carry);
    t.t6 = mulAdd(a[3], b3, t.t6, carry);
    t.t7 = carry;
    return t;
}

inline Wide squareWide(const Limbs &a)
{
    const std::uint64_t a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3];
    std::uint64_t carry = 0; // the products of different limbs, once each
    std::uint64_t t1 = mulAdd(a0, a1, 0, carry);
    std::uint64_t t2 = mulAdd(a0, a2, 0, carry);
    std::uint64_t t3 = mulAdd(a0, a3, 0, carry);
    std::uint64_t t4 = carry;
    carry = 0;
    t3 = mulAdd(a1, a2, t3, carry);
    t4 = mulAdd(a1, a3, t4, carry);
    std::uint64_t t5 = carry;
    carry = 0;
    t5 = mulAdd(a2, a3, t5, carry);
    std::uint64_t t6 = carry;
    const std::uint64_t t7 = t6 >> 63; // doubled
    t6 = t6 << 1 | t5 >> 63;
    t5 = t5 << 1 | t4 >> 63;
    t4 = t4 << 1 | t3 >> 63;
    t3 = t3 << 1 | t2 >> 63;
    t2 = t2 << 1 | t1 >> 63;
    t1 = t1 << 1;
    const Uint128 s0 = Uint128{a0} * a0; // and the squares
    const Uint128 s1 = Uint128{a1} * a1;
    const Uint128 s2 = Uint128{a2} * a2;
    const Uint128 s3 = Uint128{a3} * a3;
    carry = 0;
    Wide t;
    t.t0 = static_cast<std::uint64_t>(s0);
    t.t1 = addCarry(t1, static_cast<std::uint64_t>(s0 >> 64), carry);
    t.t2 = addCarry(t2, static_cast<std::uint64_t>(s1), carry);
    t.t3 = addCarry(t3, static_cast<std::uint64_t>(s1 >> 64), carry);
    t.t4 = addCarry(t4, static_cast<std::uint64_t>(s2), carry);
    t.t5 = addCarry(t5, static_cast<std::uint64_t>(s2 >> 64), carry);
    t.t6 = addCarry(t6, static_cast<std::uint64_t>(s3), carry);
    t.t7 = t7 + static_cast<std::uint64_t>(s3 >> 64) + carry;
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
