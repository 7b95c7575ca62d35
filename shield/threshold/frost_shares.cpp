#include "shield/threshold/frost_shares.h"

#include "shield/base/ct.h"

#include <algorithm>

namespace hufu::threshold::frost {

using crypto::EdPoint;
using crypto::EdScalar;

EdScalar half()
{
    static const EdScalar kHalf = EdScalar::fromWord(2).inverse();
    return kHalf;
}

Result<PhoneShare> PhoneShare::renewed(const EdScalar &f) const
{
    const EdScalar s1 = m_s1 + half() * f;
    if (s1.isZero()) return Error(Errc::badState, "share is zero");
    return PhoneShare(s1);
}

Result<ServerShare> ServerShare::of(const EdScalar &s2, const SharedKey &key)
{
    if (s2.isZero()) return Error(Errc::badInput, "share is zero");
    const EdPoint y1 = mul(half(), key.y() + mulBase(s2));
    if (y1.isIdentity()) return Error(Errc::badInput, "the other share is zero");
    return ServerShare(s2, y1);
}

Result<ServerShare> ServerShare::fromBytes(ByteView bytes)
{
    if (bytes.size() != kBytes) return Error(Errc::tampered, "share length");
    const auto s2 = EdScalar::parse(bytes.first(32));
    const auto y1 = EdPoint::parse(bytes.subspan(32));
    if (!s2 || !y1) return Error(Errc::tampered, "share");
    return ServerShare(*s2, *y1);
}

Result<Secret<ServerShare::kBytes>> ServerShare::secretBytes() const
{
    if (isEmpty()) return Error(Errc::badState, "share used up");
    const Secret<32> s2 = m_s2.secretBytes();
    Secret<kBytes> out;
    std::ranges::copy(s2.expose(), out.fill().begin());
    std::ranges::copy(m_y1.bytes(), out.fill().begin() + 32);
    return out;
}

bool ServerShare::belongsTo(const SharedKey &key) const
{
    return !isEmpty() && m_y1 + m_y1 == key.y() + mulBase(m_s2);
}

Result<ServerShare> ServerShare::renewed(const EdScalar &f) const
{
    const EdScalar s2 = m_s2 + f;
    const EdPoint y1 = m_y1 + mulBase(half() * f);
    if (s2.isZero() || y1.isIdentity()) return Error(Errc::badState, "share is zero");
    return ServerShare(s2, y1);
}

} // namespace hufu::threshold::frost
