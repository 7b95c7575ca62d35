#include "shield/crypto/public_key.h"

#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm2.h"

#include <algorithm>

namespace hufu::crypto {

PublicKey::PublicKey(const ByteArray<kEdPointBytes> &point) : m_suite(Suite::frost)
{
    std::ranges::copy(point, m_bytes.begin());
}

PublicKey::PublicKey(const Point &point)
{
    if (const auto encoded = point.encode()) m_bytes = *encoded;
}

Result<PublicKey> PublicKey::parse(ByteView bytes)
{
    if (bytes.size() == kEdPointBytes) {
        HUFU_TRY(point, EdPoint::parse(bytes));
        return PublicKey(point.bytes());
    }
    HUFU_CHECK(Point::parse(bytes));
    HUFU_TRY(point, fixedBytes<kPointBytes>(bytes));
    return PublicKey(point);
}

Result<Point> PublicKey::sm2() const
{
    if (m_suite != Suite::sm2) return Error(Errc::badInput, "not a key of SM2");
    return Point::parse(m_bytes);
}

Result<void> PublicKey::verify(ByteView message, const ByteArray<64> &signature) const
{
    if (m_suite == Suite::frost) return ed25519Verify(bytes(), message, signature);
    const auto point = sm2();
    const auto r = Scalar::parse(ByteView(signature).first(32));
    const auto s = Scalar::parse(ByteView(signature).subspan(32));
    if (!point || !r || !s) return Error(Errc::tampered, "signature");
    HUFU_TRY(e, sm2E(*point, message));
    HUFU_CHECK(sm2VerifyVartime(*point, e, *r, *s));
    return {};
}

} // namespace hufu::crypto
