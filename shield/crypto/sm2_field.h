// Field: an integer modulo p, the prime of the SM2 curve. For sm2_point; nothing else needs it.
#pragma once

#include "shield/base/result.h"
#include "shield/crypto/limbs.h"

namespace hufu::crypto {

inline constexpr std::size_t kFieldBytes = 32;

// Inlined, a dozen multiplications in one formula spill so many limbs that g++ 12 takes three times as long.
#define HUFU_OUT_OF_LINE __attribute__((noinline))

// Timing: constant in all values; parse makes public whether it refuses.
class Field {
public:
    constexpr Field() = default; // 0
    static constexpr Field one() { return Field({1, 0x00000000ffffffff, 0, 0x0000000100000000}); }
    // In: limbs already in Montgomery form, below p.
    static constexpr Field fromMontgomery(const Limbs &limbs) { return Field(limbs); }

    // In: 32 bytes, big endian, below p. Errors: badInput.
    static Result<Field> parse(std::span<const std::uint8_t, kFieldBytes> bytes);
    ByteArray<kFieldBytes> bytes() const;

    // The inverse modulo p; zero yields zero.
    Field inverse() const;
    HUFU_OUT_OF_LINE Field squared() const { return Field(reduce(squareWide(m_limbs))); }
    Field doubled() const { return *this + *this; }
    std::uint64_t maskOfZero() const { return maskOfEqual(m_limbs, Limbs{}); }

    static Field select(std::uint64_t mask, const Field &a, const Field &b)
    {
        return Field(selectLimbs(mask, a.m_limbs, b.m_limbs));
    }
    const Limbs &limbs() const { return m_limbs; }

    friend Field operator+(const Field &a, const Field &b) { return Field(addMod(a.m_limbs, b.m_limbs, kP)); }
    friend Field operator-(const Field &a, const Field &b) { return Field(subMod(a.m_limbs, b.m_limbs, kP)); }
    HUFU_OUT_OF_LINE friend Field operator*(const Field &a, const Field &b)
    {
        return Field(reduce(mulWide(a.m_limbs, b.m_limbs)));
    }
    Field operator-() const { return Field() - *this; }

    // 2^256 - 2^224 - 2^96 + 2^64 - 1
    static constexpr Limbs kP{0xffffffffffffffff, 0xffffffff00000000, 0xffffffffffffffff, 0xfffffffeffffffff};

private:
    explicit constexpr Field(const Limbs &limbs) : m_limbs(limbs) {}

    // t / 2^256 modulo p, for t below p 2^256. As p is -1 modulo 2^64, the multiple of p that clears the
    // lowest limb m is m p itself, and (t + m p) / 2^64 = t / 2^64 + m (1 + 2^192) - m (2^32 + 2^160).
    // The lower half stays below 2^256 in every step, so no carry leaves it.
    static Limbs reduce(const Wide &t)
    {
        std::uint64_t r0 = t.t0, r1 = t.t1, r2 = t.t2, r3 = t.t3;
        for (int step = 0; step < 4; ++step) {
            const std::uint64_t m = r0;
            const std::uint64_t low = m << 32;
            const std::uint64_t high = m >> 32;
            std::uint64_t carry = 0;
            const std::uint64_t s0 = addCarry(r1, m, carry);
            const std::uint64_t s1 = addCarry(r2, 0, carry);
            const std::uint64_t s2 = addCarry(r3, 0, carry);
            const std::uint64_t s3 = m + carry; // may wrap; the subtraction brings it back
            std::uint64_t borrow = 0;
            r0 = subBorrow(s0, low, borrow);
            r1 = subBorrow(s1, high, borrow);
            r2 = subBorrow(s2, low, borrow);
            r3 = subBorrow(s3, high, borrow);
        }
        std::uint64_t carry = 0;
        r0 = addCarry(r0, t.t4, carry);
        r1 = addCarry(r1, t.t5, carry);
        r2 = addCarry(r2, t.t6, carry);
        r3 = addCarry(r3, t.t7, carry);
        return reduceOnce(r0, r1, r2, r3, carry, kP);
    }

    Limbs m_limbs{}; // Montgomery form, below p
};

#undef HUFU_OUT_OF_LINE

} // namespace hufu::crypto
