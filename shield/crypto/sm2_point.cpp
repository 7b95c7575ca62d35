#include "shield/crypto/sm2_point.h"

#include <algorithm>

namespace hufu::crypto {

namespace {

constexpr std::uint8_t kUncompressed = 0x04;

} // namespace

const Point &Point::generator()
{
    static const Point g(Projective::of(kGenerator));
    return g;
}

Result<Point> Point::parse(ByteView bytes)
{
    if (bytes.size() != kPointBytes) return Error(Errc::badInput, "point length");
    if (bytes[0] != kUncompressed) return Error(Errc::badInput, "point form");
    HUFU_TRY(x, Field::parse(bytes.subspan<1, kFieldBytes>()));
    HUFU_TRY(y, Field::parse(bytes.subspan<1 + kFieldBytes, kFieldBytes>()));
    const Affine affine{x, y};
    std::uint64_t onCurve = maskOfOnCurve(affine);
    ct::declassify(&onCurve, sizeof onCurve);
    if (onCurve == 0) return Error(Errc::badInput, "not a point of the curve");
    return Point(Projective::of(affine));
}

Result<ByteArray<kPointBytes>> Point::encode() const
{
    if (isInfinity()) return Error(Errc::badState, "the point at infinity has no encoding");
    const Field inverse = m_at.z.inverse();
    const ByteArray<kFieldBytes> x = (m_at.x * inverse).bytes();
    const ByteArray<kFieldBytes> y = (m_at.y * inverse).bytes();
    ByteArray<kPointBytes> out;
    out[0] = kUncompressed;
    std::copy(x.begin(), x.end(), out.begin() + 1);
    std::copy(y.begin(), y.end(), out.begin() + 1 + kFieldBytes);
    return out;
}

Result<ByteArray<kFieldBytes>> Point::x() const
{
    if (isInfinity()) return Error(Errc::badState, "the point at infinity has no coordinates");
    return (m_at.x * m_at.z.inverse()).bytes();
}

bool Point::isInfinity() const
{
    std::uint64_t infinite = m_at.z.maskOfZero();
    ct::declassify(&infinite, sizeof infinite);
    return infinite != 0;
}

Point Point::doubled() const
{
    return Point(crypto::doubled(m_at, 1));
}

Point Point::operator-() const
{
    return Point({m_at.x, -m_at.y, m_at.z});
}

Point operator+(const Point &a, const Point &b)
{
    return Point(add(a.m_at, b.m_at));
}

Point operator-(const Point &a, const Point &b)
{
    return a + -b;
}

// Cross-multiplied, so that no inverse is needed. O equals O alone: its z is zero and its y is not.
bool operator==(const Point &a, const Point &b)
{
    const Projective &p = a.m_at;
    const Projective &q = b.m_at;
    const std::uint64_t sameX = (p.x * q.z - q.x * p.z).maskOfZero();
    const std::uint64_t sameY = (p.y * q.z - q.y * p.z).maskOfZero();
    const std::uint64_t sameKind = ct::maskOfEqual(p.z.maskOfZero(), q.z.maskOfZero());
    std::uint64_t same = sameX & sameY & sameKind;
    ct::declassify(&same, sizeof same);
    return same != 0;
}

} // namespace hufu::crypto
