#include "shield/crypto/sm2_scalar.h"

#include "shield/crypto/scalar_arithmetic.h"

namespace hufu::crypto {

namespace {

struct Sm2Order {
    static constexpr Limbs kN = kSm2Order;
    static constexpr std::uint64_t kMinusInverse = 0x327f9e8872350975;
    static constexpr std::uint64_t kInverse62 = 0x0d8061778dcaf68b;
    static constexpr Limbs kOne{0xac440bf6c62abedd, 0x8dfc2094de39fad4, 0x0000000000000000, 0x0000000100000000};
    static constexpr Limbs kSquareR{0x901192af7c114f20, 0x3464504ade6fa2fa, 0x620fc84c3affe0d4, 0x1eb5e412a22b3d3b};
    static constexpr Limbs kCubeR{0x6ff874c70eaa0b85, 0x87d0c315aabe8d32, 0x4c4fbbb397185afc, 0xc813249cd574ea14};
};
using Arithmetic = ScalarArithmetic<Sm2Order>;

} // namespace

Scalar Scalar::one()
{
    return Scalar(Sm2Order::kOne);
}

Scalar Scalar::fromWord(std::uint64_t value)
{
    return Scalar(Arithmetic::fromPlain({value, 0, 0, 0}));
}

Result<Scalar> Scalar::parseOrZero(ByteView bytes)
{
    if (bytes.size() != kScalarBytes) return Error(Errc::badInput, "scalar length");
    const PlainLimbs plain{limbsFrom(bytes.first<kScalarBytes>())};
    std::uint64_t canonical = maskOfBelow(plain.limbs, kSm2Order);
    ct::declassify(&canonical, sizeof canonical);
    if (canonical == 0) return Error(Errc::badInput, "scalar not below n");
    return Scalar(Arithmetic::fromPlain(plain.limbs));
}

Result<Scalar> Scalar::parse(ByteView bytes)
{
    HUFU_TRY(scalar, parseOrZero(bytes));
    if (scalar.isZero()) return Error(Errc::badInput, "scalar is zero");
    return scalar;
}

Scalar Scalar::reduce(std::span<const std::uint8_t, 32> bytes)
{
    const PlainLimbs plain{limbsFrom(bytes)};
    return Scalar(Arithmetic::fromPlain(plain.limbs));
}

Scalar Scalar::reduceWide(std::span<const std::uint8_t, 64> bytes)
{
    const Scalar high(Arithmetic::fromUpper(limbsFrom(bytes.first<32>())));
    return high + reduce(bytes.last<32>());
}

ByteArray<kScalarBytes> Scalar::bytes() const
{
    ByteArray<kScalarBytes> out;
    const PlainLimbs all = plain();
    limbsTo(all.limbs, out);
    return out;
}

PlainLimbs Scalar::plain() const
{
    return {Arithmetic::toPlain(m_limbs)};
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
    return Scalar(Arithmetic::inverse(m_limbs));
}

Scalar operator+(const Scalar &a, const Scalar &b)
{
    return Scalar(Arithmetic::add(a.m_limbs, b.m_limbs));
}

Scalar operator-(const Scalar &a, const Scalar &b)
{
    return Scalar(Arithmetic::sub(a.m_limbs, b.m_limbs));
}

Scalar operator*(const Scalar &a, const Scalar &b)
{
    return Scalar(Arithmetic::mul(a.m_limbs, b.m_limbs));
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
