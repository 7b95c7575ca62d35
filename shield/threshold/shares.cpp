#include "shield/threshold/shares.h"

#include "shield/threshold/transcript.h"

#include <algorithm>
#include <utility>

namespace hufu::threshold {

PhoneShare::PhoneShare(PhoneShare &&other) noexcept : m_u1(other.m_u1)
{
    other.m_u1 = crypto::Scalar();
}

PhoneShare &PhoneShare::operator=(PhoneShare &&other) noexcept
{
    if (this != &other) {
        m_u1 = other.m_u1;
        other.m_u1 = crypto::Scalar();
    }
    return *this;
}

Result<ServerShare> ServerShare::of(const crypto::Scalar &u2, const SharedKey &key)
{
    if (u2.isZero()) return Error(Errc::badInput, "share is zero");
    HUFU_TRY(p1, EncodedPoint::of(key.base().times(u2.inverse())));
    ServerShare share(u2, p1);
    share.m_checked = true;
    return share;
}

Result<ServerShare> ServerShare::fromBytes(ByteView bytes)
{
    if (bytes.size() != kBytes) return Error(Errc::tampered, "share length");
    const auto u2 = crypto::Scalar::parse(bytes.first(32));
    const auto p1 = EncodedPoint::parse(bytes.subspan(32));
    if (!u2 || !p1) return Error(Errc::tampered, "share");
    return ServerShare(*u2, *p1);
}

Result<Secret<ServerShare::kBytes>> ServerShare::secretBytes() const
{
    if (isEmpty()) return Error(Errc::badState, "share used up");
    const Secret<32> u2 = m_u2.secretBytes();
    Secret<kBytes> out;
    std::ranges::copy(u2.expose(), out.fill().begin());
    std::ranges::copy(m_p1->bytes(), out.fill().begin() + 32);
    return out;
}

bool ServerShare::belongsTo(const SharedKey &key) const
{
    return !isEmpty() && crypto::mul(m_u2, m_p1->point()) == key.base().point();
}

ByteArray<32> ServerShare::fingerprint(const SharedKey &key) const
{
    const Secret<32> u2 = m_u2.secretBytes();
    Writer epoch;
    epoch.u32(key.epoch());
    return hash("share-fp", {u2.expose(), m_p1->bytes(), key.keyId(), key.acct(), epoch.bytes()});
}

ServerShare::ServerShare(ServerShare &&other) noexcept
    : m_u2(other.m_u2), m_p1(other.m_p1), m_checked(std::exchange(other.m_checked, false))
{
    other.m_u2 = crypto::Scalar();
    other.m_p1.reset();
}

ServerShare &ServerShare::operator=(ServerShare &&other) noexcept
{
    if (this != &other) {
        m_u2 = other.m_u2;
        m_p1 = other.m_p1;
        m_checked = std::exchange(other.m_checked, false);
        other.m_u2 = crypto::Scalar();
        other.m_p1.reset();
    }
    return *this;
}

ServerShare ServerShare::renewed(const crypto::Scalar &f) const
{
    ServerShare out(m_u2 * f.inverse(),
                    *EncodedPoint::of(crypto::mul(f, m_p1->point()))); // f P1 is never O
    out.m_checked = m_checked;
    return out;
}

} // namespace hufu::threshold
