#include "shield/threshold/shared_key.h"

#include "shield/threshold/transcript.h"

#include <limits>

namespace hufu::threshold {

Result<EncodedPoint> EncodedPoint::of(const crypto::Point &point)
{
    HUFU_TRY(bytes, point.encode());
    return EncodedPoint(point, bytes);
}

Result<EncodedPoint> EncodedPoint::parse(ByteView bytes)
{
    auto fixed = fixedBytes<65>(bytes);
    auto point = crypto::Point::parse(bytes);
    if (!fixed || !point) return Error(Errc::tampered, "point");
    return EncodedPoint(*point, *fixed);
}

Result<std::vector<EncodedPoint>> EncodedPoint::allOf(std::span<const crypto::Point> points)
{
    const auto encoded = crypto::Point::encodeAll(points);
    if (!encoded) return Error(Errc::badInput, "point at infinity");
    std::vector<EncodedPoint> out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i)
        out.push_back(EncodedPoint(points[i], (*encoded)[i]));
    return out;
}

EncodedPoint EncodedPoint::withTable() const
{
    EncodedPoint out = *this;
    auto table = crypto::PointTable::of(m_point);
    if (table) out.m_table = std::make_shared<const crypto::PointTable>(std::move(*table)); // never O
    return out;
}

crypto::Point EncodedPoint::times(const crypto::Scalar &k) const
{
    if (m_table) return crypto::mul(k, *m_table);
    return isGenerator() ? crypto::mulBase(k) : crypto::mul(k, m_point);
}

void EncodedPoint::addTo(crypto::VartimeSum &sum, const crypto::Scalar &k) const
{
    if (m_table)
        sum.add(k, *m_table);
    else if (isGenerator())
        sum.addBase(k);
    else
        sum.add(k, m_point);
}

const EncodedPoint &EncodedPoint::generator()
{
    static const EncodedPoint kGenerator = *of(crypto::Point::generator());
    return kGenerator;
}

Result<SharedKey> SharedKey::of(KeyType type, ByteView p, const Acct &acct, std::uint32_t epoch)
{
    auto parsed = EncodedPoint::parse(p);
    if (!parsed) return Error(Errc::badInput, "public key");
    auto base = EncodedPoint::of(parsed->point() + crypto::Point::generator());
    if (!base) return Error(Errc::badInput, "public key without shares");
    return SharedKey(type, acct, epoch, keyIdOf(type, parsed->bytes()), *parsed, *base);
}

SharedKey SharedKey::withTable() const
{
    SharedKey out = *this;
    out.m_base = m_base.withTable();
    return out;
}

crypto::Point SharedKey::sumVartime(const crypto::Scalar &s, const crypto::Scalar &t) const
{
    crypto::VartimeSum sum;
    sum.addBase(s - t);
    m_base.addTo(sum, t);
    return sum.sum();
}

Result<SharedKey> SharedKey::nextEpoch() const
{
    if (m_epoch == std::numeric_limits<std::uint32_t>::max()) return Error(Errc::badState, "last epoch");
    SharedKey next = *this;
    ++next.m_epoch;
    return next;
}

KeyId keyIdOf(KeyType type, const ByteArray<65> &p)
{
    const std::uint8_t typeByte = static_cast<std::uint8_t>(type);
    return hash("key-id", {{&kSuiteSm2, 1}, {&typeByte, 1}, p});
}

} // namespace hufu::threshold
