// Field: an integer modulo p, the prime of the SM2 curve. For sm2_point; nothing else needs it.
#pragma once

#include "shield/base/result.h"
#include "shield/crypto/limbs.h"

namespace hufu::crypto {

inline constexpr std::size_t kFieldBytes = 32;

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
    Field squared() const { return Field(reduce(squareWide(m_limbs))); }
    Field doubled() const { return *this + *this; }
    std::uint64_t maskOfZero() const { return maskOfEqual(m_limbs, Limbs{}); }

    static Field select(std::uint64_t mask, const Field &a, const Field &b)
    {
        return Field(selectLimbs(mask, a.m_limbs, b.m_limbs));
    }
    const Limbs &limbs() const { return m_limbs; }

    friend Field operator+(const Field &a, const Field &b) { return Field(addMod(a.m_limbs, b.m_limbs, kP)); }
    friend Field operator-(const Field &a, const Field &b) { return Field(subMod(a.m_limbs, b.m_limbs, kP)); }
    friend Field operator*(const Field &a, const Field &b)
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
    static Limbs reduce(const std::array<std::uint64_t, 8> &t)
    {
        Limbs low{t[0], t[1], t[2], t[3]};
        for (int step = 0; step < 4; ++step) {
            const std::uint64_t m = low[0];
            std::uint64_t carry = 0;
            Limbs next;
            next[0] = addCarry(low[1], m, carry);
            next[1] = addCarry(low[2], 0, carry);
            next[2] = addCarry(low[3], 0, carry);
            next[3] = m + carry; // may wrap; the subtraction brings it back
            std::uint64_t borrow = 0;
            low[0] = subBorrow(next[0], m << 32, borrow);
            low[1] = subBorrow(next[1], m >> 32, borrow);
            low[2] = subBorrow(next[2], m << 32, borrow);
            low[3] = subBorrow(next[3], m >> 32, borrow);
        }
        std::uint64_t carry = 0;
        Limbs sum;
        for (std::size_t i = 0; i < 4; ++i)
            sum[i] = addCarry(low[i], t[i + 4], carry);
        return reduceOnce(sum, carry, kP);
    }

    Limbs m_limbs{}; // Montgomery form, below p
};

} // namespace hufu::crypto
