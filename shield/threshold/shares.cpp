#include "shield/threshold/shares.h"

#include "shield/threshold/transcript.h"

#include <algorithm>
#include <array>
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

// 2^64 P.
static crypto::Point highOf(crypto::Point p)
{
    for (int bit = 0; bit < 64; ++bit)
        p = p.doubled();
    return p;
}

Result<ServerShare> ServerShare::of(const crypto::Scalar &u2, const SharedKey &key)
{
    if (u2.isZero()) return Error(Errc::badInput, "share is zero");
    HUFU_TRY(share, withHigh(u2, key.base().times(u2.inverse())));
    share.m_checked = true;
    return std::move(share);
}

Result<ServerShare> ServerShare::withHigh(const crypto::Scalar &u2, const crypto::Point &p1)
{
    const std::array<crypto::Point, 2> points{p1, highOf(p1)};
    HUFU_TRY(encoded, EncodedPoint::allOf(points));
    return ServerShare(u2, encoded[0], encoded[1]);
}

Result<ServerShare> ServerShare::fromBytes(ByteView bytes)
{
    if (bytes.size() != kBytes && bytes.size() != kBytesBefore) return Error(Errc::tampered, "share length");
    const auto u2 = crypto::Scalar::parse(bytes.first(32));
    const auto p1 = EncodedPoint::parse(bytes.subspan(32, 65));
    if (!u2 || !p1) return Error(Errc::tampered, "share");
    if (bytes.size() == kBytesBefore) return withHigh(*u2, p1->point());
    const auto highP1 = EncodedPoint::parse(bytes.subspan(kBytesBefore));
    if (!highP1) return Error(Errc::tampered, "share");
    return ServerShare(*u2, *p1, *highP1);
}

Result<Secret<ServerShare::kBytes>> ServerShare::secretBytes() const
{
    if (isEmpty()) return Error(Errc::badState, "share used up");
    const Secret<32> u2 = m_u2.secretBytes();
    Secret<kBytes> out;
    std::ranges::copy(u2.expose(), out.fill().begin());
    std::ranges::copy(m_p1->bytes(), out.fill().begin() + 32);
    std::ranges::copy(m_highP1->bytes(), out.fill().begin() + kBytesBefore);
    return out;
}

bool ServerShare::belongsTo(const SharedKey &key) const
{
    return !isEmpty() && crypto::mul(m_u2, m_p1->point()) == key.base().point() &&
           highOf(m_p1->point()) == m_highP1->point(); // or every PIN would be a wrong one
}

ByteArray<32> ServerShare::fingerprint(const SharedKey &key) const
{
    const Secret<32> u2 = m_u2.secretBytes();
    Writer epoch;
    epoch.u32(key.epoch());
    return hash("share-fp", {u2.expose(), m_p1->bytes(), m_highP1->bytes(), key.keyId(), key.acct(), epoch.bytes()});
}

ServerShare::ServerShare(ServerShare &&other) noexcept
    : m_u2(other.m_u2), m_p1(other.m_p1), m_highP1(other.m_highP1), m_checked(std::exchange(other.m_checked, false))
{
    other.m_u2 = crypto::Scalar();
    other.m_p1.reset();
    other.m_highP1.reset();
}

ServerShare &ServerShare::operator=(ServerShare &&other) noexcept
{
    if (this != &other) {
        m_u2 = other.m_u2;
        m_p1 = other.m_p1;
        m_highP1 = other.m_highP1;
        m_checked = std::exchange(other.m_checked, false);
        other.m_u2 = crypto::Scalar();
        other.m_p1.reset();
        other.m_highP1.reset();
    }
    return *this;
}

ServerShare ServerShare::renewed(const crypto::Scalar &f) const
{
    ServerShare out = *withHigh(m_u2 * f.inverse(), crypto::mul(f, m_p1->point())); // f P1 is never O
    out.m_checked = m_checked;
    return out;
}

} // namespace hufu::threshold
