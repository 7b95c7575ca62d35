#include "shield/crypto/sm2_scalar.h"

#include "shield/crypto/divsteps.h"

namespace hufu::crypto {

namespace {

constexpr Limbs kN = kSm2Order;
constexpr std::uint64_t kMinusInverseOfN = 0x327f9e8872350975; // modulo 2^64
constexpr std::uint64_t kInverseOfN62 = 0x0d8061778dcaf68b;    // modulo 2^62
// 2^256, 2^512 and 2^768 modulo n
constexpr Limbs kOne{0xac440bf6c62abedd, 0x8dfc2094de39fad4, 0x0000000000000000, 0x0000000100000000};
constexpr Limbs kSquareR{0x901192af7c114f20, 0x3464504ade6fa2fa, 0x620fc84c3affe0d4, 0x1eb5e412a22b3d3b};
constexpr Limbs kCubeR{0x6ff874c70eaa0b85, 0x87d0c315aabe8d32, 0x4c4fbbb397185afc, 0xc813249cd574ea14};

// t / 2^256 modulo n, for t below n 2^256. As n is below 2^256 - 2^223, the lower half stays below 2^256.
Limbs reduceMontgomery(const Wide &t)
{
    std::uint64_t r0 = t.t0, r1 = t.t1, r2 = t.t2, r3 = t.t3;
    for (int step = 0; step < 4; ++step) {
        const std::uint64_t m = r0 * kMinusInverseOfN;
        std::uint64_t carry = 0;
        mulAdd(m, kN[0], r0, carry);
        r0 = mulAdd(m, kN[1], r1, carry);
        r1 = mulAdd(m, kN[2], r2, carry);
        r2 = mulAdd(m, kN[3], r3, carry);
        r3 = carry;
    }
    std::uint64_t carry = 0;
    r0 = addCarry(r0, t.t4, carry);
    r1 = addCarry(r1, t.t5, carry);
    r2 = addCarry(r2, t.t6, carry);
    r3 = addCarry(r3, t.t7, carry);
    return reduceOnce(r0, r1, r2, r3, carry, kN);
}

// A plain integer on its way, as secret as the Scalar.
struct PlainLimbs {
    Limbs limbs;
    explicit PlainLimbs(const Limbs &of) : limbs(of) {}
    ~PlainLimbs() { wipe(limbs.data(), sizeof limbs); }
};

Limbs mulMontgomery(const Limbs &a, const Limbs &b)
{
    return reduceMontgomery(mulWide(a, b));
}

} // namespace

Scalar Scalar::one()
{
    return Scalar(kOne);
}

Scalar Scalar::fromWord(std::uint64_t value)
{
    return Scalar(mulMontgomery({value, 0, 0, 0}, kSquareR));
}

Result<Scalar> Scalar::parseOrZero(ByteView bytes)
{
    if (bytes.size() != kScalarBytes) return Error(Errc::badInput, "scalar length");
    const PlainLimbs plain(limbsFrom(bytes.first<kScalarBytes>()));
    std::uint64_t canonical = maskOfBelow(plain.limbs, kN);
    ct::declassify(&canonical, sizeof canonical);
    if (canonical == 0) return Error(Errc::badInput, "scalar not below n");
    return Scalar(mulMontgomery(plain.limbs, kSquareR));
}

Result<Scalar> Scalar::parse(ByteView bytes)
{
    HUFU_TRY(scalar, parseOrZero(bytes));
    if (scalar.isZero()) return Error(Errc::badInput, "scalar is zero");
    return scalar;
}

Scalar Scalar::reduce(std::span<const std::uint8_t, 32> bytes)
{
    const PlainLimbs plain(limbsFrom(bytes));
    return Scalar(mulMontgomery(plain.limbs, kSquareR));
}

Scalar Scalar::reduceWide(std::span<const std::uint8_t, 64> bytes)
{
    const Scalar high(mulMontgomery(limbsFrom(bytes.first<32>()), kCubeR));
    return high + reduce(bytes.last<32>());
}

ByteArray<kScalarBytes> Scalar::bytes() const
{
    ByteArray<kScalarBytes> out;
    const PlainLimbs all(plain());
    limbsTo(all.limbs, out);
    return out;
}

Limbs Scalar::plain() const
{
    return reduceMontgomery({m_limbs[0], m_limbs[1], m_limbs[2], m_limbs[3], 0, 0, 0, 0});
}

Secret<kScalarBytes> Scalar::secretBytes() const
{
    ByteArray<kScalarBytes> plain = bytes();
    return Secret<kScalarBytes>::adopt(plain);
}

bool Scalar::isZero() const
{
    return *this == Scalar();
}

Scalar Scalar::inverse() const
{
    Scalar plain(DivisionSteps::inverse(m_limbs, kN, kInverseOfN62));
    plain.m_limbs = mulMontgomery(plain.m_limbs, kCubeR);
    return plain;
}

Scalar operator+(const Scalar &a, const Scalar &b)
{
    return Scalar(addMod(a.m_limbs, b.m_limbs, kN));
}

Scalar operator-(const Scalar &a, const Scalar &b)
{
    return Scalar(subMod(a.m_limbs, b.m_limbs, kN));
}

Scalar operator*(const Scalar &a, const Scalar &b)
{
    return Scalar(mulMontgomery(a.m_limbs, b.m_limbs));
}

Scalar Scalar::operator-() const
{
    return Scalar() - *this;
}

bool operator==(const Scalar &a, const Scalar &b)
{
    std::uint64_t same = maskOfEqual(a.m_limbs, b.m_limbs);
    ct::declassify(&same, sizeof same);
    return same != 0;
}

} // namespace hufu::crypto
