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
