// Field: an integer modulo p, the prime of the SM2 curve, over either of two arithmetics with the same results:
// the portable one here, and the one of sm2_field_adx.h. For the group's formulas; nothing else needs it.
#pragma once

#include "shield/base/result.h"
#include "shield/base/secret.h"
#include "shield/crypto/divsteps.h"
#include "shield/crypto/scan.h"
#include "shield/crypto/sm2_coordinates.h"

namespace hufu::crypto {

// 2^256 - 2^224 - 2^96 + 2^64 - 1
inline constexpr Limbs kSm2Prime{0xffffffffffffffff, 0xffffffff00000000, 0xffffffffffffffff,
                                 0xfffffffeffffffff};

// Limb by limb: a vector that was stored in halves waits until these have left the store buffer, and g++ likes
// to load and store limbs as vectors.
inline void storeLimbs(Limbs &out, const Limbs &in)
{
    for (std::size_t i = 0; i < in.size(); ++i)
        static_cast<volatile std::uint64_t &>(out[i]) = in[i];
}

// What a field is made of: values in Montgomery form, below p. Any C++ compiler; constant time. The result may
// stand where an operand did.
struct PortableArithmetic {
    HUFU_OUT_OF_LINE static void mul(Limbs &out, const Limbs &a, const Limbs &b)
    {
        storeLimbs(out, reduce(mulWide(a, b)));
    }
    HUFU_OUT_OF_LINE static void square(Limbs &out, const Limbs &a) { storeLimbs(out, reduce(squareWide(a))); }
    static void add(Limbs &out, const Limbs &a, const Limbs &b) { storeLimbs(out, addMod(a, b, kSm2Prime)); }
    static void sub(Limbs &out, const Limbs &a, const Limbs &b) { storeLimbs(out, subMod(a, b, kSm2Prime)); }
    template <std::size_t Words>
    static void scan(const std::uint64_t *table, std::size_t entries, std::uint64_t index, std::uint64_t *out)
    {
        scanTable<Words>(table, entries, index, out);
    }

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
        return reduceOnce(r0, r1, r2, r3, carry, kSm2Prime);
    }
};

// Timing: constant in all values; parse makes public whether it refuses.
template <class A> class FieldOf {
public:
    using Arithmetic = A;
    using Stored = Limbs; // how tables and points keep a value, whatever the arithmetic

    constexpr FieldOf() : m_limbs{} {} // 0
    constexpr FieldOf(const FieldOf &other) { copy(other); }
    constexpr FieldOf &operator=(const FieldOf &other)
    {
        copy(other);
        return *this;
    }
    static constexpr FieldOf one() { return FieldOf({1, 0x00000000ffffffff, 0, 0x0000000100000000}); }
    // In: limbs already in Montgomery form, below p.
    static constexpr FieldOf fromMontgomery(const Limbs &limbs) { return FieldOf(limbs); }

    // In: a plain integer; reduced modulo p.
    static FieldOf fromPlain(const Limbs &plain) { return FieldOf(plain) * FieldOf(kIntoMontgomery); }

    // In: 32 bytes, big endian, below p. Errors: badInput.
    static Result<FieldOf> parse(std::span<const std::uint8_t, kFieldBytes> bytes)
    {
        const Limbs plain = limbsFrom(bytes);
        std::uint64_t canonical = maskOfBelow(plain, kSm2Prime);
        ct::declassify(&canonical, sizeof canonical);
        if (canonical == 0) return Error(Errc::badInput, "coordinate not below p");
        return fromPlain(plain);
    }
    ByteArray<kFieldBytes> bytes() const
    {
        ByteArray<kFieldBytes> out;
        limbsTo(PortableArithmetic::reduce({m_limbs[0], m_limbs[1], m_limbs[2], m_limbs[3], 0, 0, 0, 0}), out);
        return out;
    }

    FieldOf squared() const
    {
        FieldOf out{Unset()};
        A::square(out.m_limbs, m_limbs);
        return out;
    }
    FieldOf doubled() const { return *this + *this; }
    FieldOf tripled() const { return *this + *this + *this; }
    // a / 2: an odd a becomes even by adding p.
    FieldOf halved() const
    {
        const std::uint64_t odd = ct::maskOfBit(m_limbs[0]);
        std::uint64_t carry = 0;
        const std::uint64_t s0 = addCarry(m_limbs[0], odd & kSm2Prime[0], carry);
        const std::uint64_t s1 = addCarry(m_limbs[1], odd & kSm2Prime[1], carry);
        const std::uint64_t s2 = addCarry(m_limbs[2], odd & kSm2Prime[2], carry);
        const std::uint64_t s3 = addCarry(m_limbs[3], odd & kSm2Prime[3], carry);
        FieldOf out{Unset()};
        storeLimbs(out.m_limbs,
                   {s0 >> 1 | s1 << 63, s1 >> 1 | s2 << 63, s2 >> 1 | s3 << 63, s3 >> 1 | carry << 63});
        return out;
    }
    // The inverse modulo p; zero yields zero.
    FieldOf inverse() const
    {
        // Of a 2^256 it is a^-1 2^-256: three factors 2^256 lead back into Montgomery form.
        constexpr Limbs kCube{0x0000001200000016, 0x0000000efffffff8, 0x0000000a0000000c, 0x0000001b00000009};
        return FieldOf(DivisionSteps::inverse(m_limbs, kSm2Prime, 0x3fffffffffffffff)) * FieldOf(kCube);
    }
    std::uint64_t maskOfZero() const { return maskOfEqual(m_limbs, Limbs{}); }

    static FieldOf select(std::uint64_t mask, const FieldOf &a, const FieldOf &b)
    {
        FieldOf out{Unset()};
        storeLimbs(out.m_limbs, selectLimbs(mask, a.m_limbs, b.m_limbs));
        return out;
    }
    static FieldOf fromStored(const Stored &stored) { return FieldOf(stored); }
    const Stored &stored() const { return m_limbs; }

    friend FieldOf operator+(const FieldOf &a, const FieldOf &b)
    {
        FieldOf out{Unset()};
        A::add(out.m_limbs, a.m_limbs, b.m_limbs);
        return out;
    }
    friend FieldOf operator-(const FieldOf &a, const FieldOf &b)
    {
        FieldOf out{Unset()};
        A::sub(out.m_limbs, a.m_limbs, b.m_limbs);
        return out;
    }
    friend FieldOf operator*(const FieldOf &a, const FieldOf &b)
    {
        FieldOf out{Unset()};
        A::mul(out.m_limbs, a.m_limbs, b.m_limbs);
        return out;
    }
    FieldOf operator-() const { return FieldOf() - *this; }

private:
    // 2^512 modulo p: takes a plain integer into Montgomery form.
    static constexpr Limbs kIntoMontgomery{0x0000000200000003, 0x00000002ffffffff, 0x0000000100000001,
                                           0x0000000400000002};
    struct Unset {};
    explicit FieldOf(Unset) {}
    explicit constexpr FieldOf(const Limbs &limbs) : m_limbs(limbs) {}
    constexpr void copy(const FieldOf &other)
    {
        if (std::is_constant_evaluated())
            m_limbs = other.m_limbs;
        else
            storeLimbs(m_limbs, other.m_limbs);
    }

    Limbs m_limbs; // Montgomery form, below p
};

using Field = FieldOf<PortableArithmetic>;

} // namespace hufu::crypto
