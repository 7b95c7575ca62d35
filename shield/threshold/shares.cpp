#include "shield/threshold/shares.h"

#include <algorithm>

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
    const crypto::Scalar d2 = u2.inverse();
    return ServerShare(u2, d2, crypto::mul(d2, key.base().point()));
}

Result<ServerShare> ServerShare::fromBytes(ByteView bytes)
{
    if (bytes.size() != kBytes) return Error(Errc::tampered, "share length");
    const auto u2 = crypto::Scalar::parse(bytes.first(32));
    const auto p1 = crypto::Point::parse(bytes.subspan(32));
    if (!u2 || !p1) return Error(Errc::tampered, "share");
    return ServerShare(*u2, u2->inverse(), *p1);
}

Result<Secret<ServerShare::kBytes>> ServerShare::secretBytes() const
{
    if (isEmpty()) return Error(Errc::badState, "share used up");
    HUFU_TRY(p1, m_p1.encode());
    const Secret<32> u2 = m_u2.secretBytes();
    Secret<kBytes> out;
    std::ranges::copy(u2.expose(), out.fill().begin());
    std::ranges::copy(p1, out.fill().begin() + 32);
    wipe(p1.data(), p1.size());
    return out;
}

ServerShare::ServerShare(ServerShare &&other) noexcept : m_u2(other.m_u2), m_d2(other.m_d2), m_p1(other.m_p1)
{
    other.m_u2 = crypto::Scalar();
    other.m_d2 = crypto::Scalar();
    other.m_p1 = crypto::Point();
}

ServerShare &ServerShare::operator=(ServerShare &&other) noexcept
{
    if (this != &other) {
        m_u2 = other.m_u2;
        m_d2 = other.m_d2;
        m_p1 = other.m_p1;
        other.m_u2 = crypto::Scalar();
        other.m_d2 = crypto::Scalar();
        other.m_p1 = crypto::Point();
    }
    return *this;
}

ServerShare ServerShare::renewed(const crypto::Scalar &f) const
{
    return ServerShare(m_u2 * f.inverse(), m_d2 * f, crypto::mul(f, m_p1));
}

} // namespace hufu::threshold
