#include "shield/crypto/sm2_point.h"

#include "shield/crypto/sm2_curve.h"
#include "shield/crypto/sm2_engine.h"
#include "shield/crypto/sm2_halves.h"

#include <algorithm>

namespace hufu::crypto {

namespace {

constexpr std::uint8_t kUncompressed = 0x04;

// In place, and no copy is left on the stack: the point may be secret.
void encodeTo(ByteArray<kPointBytes> &out, const AffineCoordinates &p)
{
    ByteArray<kFieldBytes> half = Field::fromStored(p.x).bytes();
    out[0] = kUncompressed;
    std::ranges::copy(half, out.begin() + 1);
    half = Field::fromStored(p.y).bytes();
    std::ranges::copy(half, out.begin() + 1 + kFieldBytes);
    wipe(half.data(), half.size());
}

} // namespace

const Point &Point::generator()
{
    using Curve = Sm2Curve<PortableArithmetic>;
    static const Point g(
        Coordinates{Curve::generatorX().stored(), Curve::generatorY().stored(), Field::one().stored()});
    return g;
}

Result<Point> Point::parse(ByteView bytes)
{
    if (bytes.size() != kPointBytes) return Error(Errc::badInput, "point length");
    std::uint8_t form = bytes[0];
    ct::declassify(&form, sizeof form); // of a secret point, too
    if (form != kUncompressed) return Error(Errc::badInput, "point form");
    HUFU_TRY(x, Field::parse(bytes.subspan<1, kFieldBytes>()));
    HUFU_TRY(y, Field::parse(bytes.subspan<1 + kFieldBytes, kFieldBytes>()));
    std::uint64_t onCurve = engine().maskOfOnCurve({x.stored(), y.stored()});
    ct::declassify(&onCurve, sizeof onCurve);
    if (onCurve == 0) return Error(Errc::badInput, "not a point of the curve");
    return Point(Coordinates{x.stored(), y.stored(), Field::one().stored()});
}

Result<ByteArray<kPointBytes>> Point::encode() const
{
    if (isInfinity()) return Error(Errc::badState, "the point at infinity has no encoding");
    AffineCoordinates affine;
    engine().normalise(std::span(&m_at, 1), &affine);
    Result<ByteArray<kPointBytes>> out(ByteArray<kPointBytes>{});
    encodeTo(*out, affine);
    wipe(&affine, sizeof affine);
    return out;
}

Result<std::vector<ByteArray<kPointBytes>>> Point::encodeAll(std::span<const Point> points)
{
    std::vector<Coordinates> all;
    all.reserve(points.size());
    for (const Point &point : points) {
        if (point.isInfinity()) return Error(Errc::badState, "the point at infinity has no encoding");
        all.push_back(point.m_at);
    }
    std::vector<AffineCoordinates> affine(all.size());
    engine().normalise(all, affine.data());
    std::vector<ByteArray<kPointBytes>> out(affine.size());
    for (std::size_t i = 0; i < affine.size(); ++i)
        encodeTo(out[i], affine[i]);
    wipe(all.data(), all.size() * sizeof(Coordinates));
    wipe(affine.data(), affine.size() * sizeof(AffineCoordinates));
    return out;
}

Result<ByteArray<kFieldBytes>> Point::x() const
{
    if (isInfinity()) return Error(Errc::badState, "the point at infinity has no coordinates");
    AffineCoordinates affine;
    engine().normalise(std::span(&m_at, 1), &affine);
    return Field::fromStored(affine.x).bytes();
}

bool Point::hasX(const Scalar &v) const
{
    // x is below p, so it is v, or v + n where that is below p.
    const PlainLimbs plain = v.plain();
    Limbs above{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < above.size(); ++i)
        above[i] = addCarry(plain.limbs[i], kSm2Order[i], carry);
    const std::uint64_t aboveCounts = maskOfBelow(above, kSm2Prime) & ~ct::maskOfBit(carry);
    const Field x = Field::fromStored(m_at.x);
    const Field z = Field::fromStored(m_at.z);
    std::uint64_t same = (Field::fromPlain(plain.limbs) * z - x).maskOfZero() |
                         ((Field::fromPlain(above) * z - x).maskOfZero() & aboveCounts);
    ct::declassify(&same, sizeof same);
    return same != 0;
}

bool Point::isInfinity() const
{
    std::uint64_t infinite = Field::fromStored(m_at.z).maskOfZero();
    ct::declassify(&infinite, sizeof infinite);
    return infinite != 0;
}

Point Point::doubled() const
{
    return Point(engine().doubled(m_at));
}

Point Point::operator-() const
{
    return Point(Coordinates{m_at.x, (-Field::fromStored(m_at.y)).stored(), m_at.z});
}

Point operator+(const Point &a, const Point &b)
{
    return Point(engine().add(a.m_at, b.m_at));
}

Point operator-(const Point &a, const Point &b)
{
    return a + -b;
}

bool operator==(const Point &a, const Point &b)
{
    std::uint64_t same = engine().maskOfSame(a.m_at, b.m_at);
    ct::declassify(&same, sizeof same);
    return same != 0;
}

PointTable::PointTable(PointTable &&) noexcept = default;
PointTable &PointTable::operator=(PointTable &&other) noexcept
{
    std::swap(m_point, other.m_point);
    std::swap(m_entries, other.m_entries);
    return *this;
}

PointTable::~PointTable()
{
    if (m_entries) wipe(m_entries->data(), sizeof *m_entries);
}

Result<PointTable> PointTable::of(const Point &point)
{
    if (point.isInfinity()) return Error(Errc::badState, "the point at infinity has no table");
    PointTable out;
    out.m_point = point;
    out.m_entries = std::make_unique<CombEntries>();
    engine().makeComb(point.m_at, *out.m_entries);
    return out;
}

Point mulBase(const Scalar &k)
{
    return Point(engine().mulBase(k.plain().limbs));
}

Point mul(const Scalar &k, const Point &p)
{
    return Point(engine().mul(k.plain().limbs, p.m_at));
}

Point mul(const Scalar &k, const PointTable &p)
{
    return Point(engine().mulComb(k.plain().limbs, *p.m_entries));
}

VartimeSum &VartimeSum::addBase(const Scalar &k)
{
    m_base = m_base ? *m_base + k : k;
    return *this;
}

VartimeSum &VartimeSum::add(const Scalar &k, const Point &p)
{
    m_terms.push_back({k.plain(), nullptr, p});
    return *this;
}

VartimeSum &VartimeSum::add(const Scalar &k, const PointTable &p)
{
    m_terms.push_back({k.plain(), &p, p.m_point});
    return *this;
}

Point VartimeSum::sum() const
{
    std::vector<EngineTerm> terms;
    terms.reserve(m_terms.size());
    for (const Term &term : m_terms)
        terms.push_back({term.scalar.limbs, term.table ? term.table->m_entries.get() : nullptr, term.point.m_at});
    const std::optional<PlainLimbs> base = m_base ? std::optional(m_base->plain()) : std::nullopt;
    const Point sum(engine().sumVartime(base ? &base->limbs : nullptr, terms));
    wipe(terms.data(), terms.size() * sizeof(EngineTerm)); // P1 is not for everyone
    return sum;
}

// With v b = +-w: v a G +- w P - v R is O exactly if a G + b P - R is, as v is not zero.
bool isSumVartime(const Scalar &a, const Scalar &b, const Point &p, const Point &r)
{
    const ScalarHalves halves = halvesVartime(b);
    return VartimeSum()
        .addBase(halves.v * a)
        .add(halves.w, halves.negative ? -p : p)
        .add(halves.v, -r)
        .sum()
        .isInfinity();
}

Point mulDoubleVartime(const Scalar &a, const Scalar &b, const Point &p)
{
    return VartimeSum().addBase(a).add(b, p).sum();
}

} // namespace hufu::crypto
