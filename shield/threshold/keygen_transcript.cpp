#include "shield/threshold/keygen_transcript.h"

#include "shield/base/ct.h"

namespace hufu::threshold::keygen {

ByteArray<32> commitmentOf(KeyType type, const Acct &acct, const ByteArray<32> &np, const EncodedPoint &p1,
                           ByteView rho)
{
    const std::uint8_t typeByte = static_cast<std::uint8_t>(type);
    return hash("kg-com", {{&kSuiteSm2, 1}, {&typeByte, 1}, acct, np, p1.bytes(), rho});
}

Bytes contextOf(KeyType type, const Acct &acct, const ByteArray<32> &np, const ByteArray<32> &ns)
{
    Writer context;
    context.u8(kSuiteSm2).u8(static_cast<std::uint8_t>(type)).raw(acct).raw(np).raw(ns);
    return context.take();
}

Result<SharedKey> keyOf(KeyType type, const Acct &acct, const crypto::Scalar &u, const crypto::Point &other)
{
    const auto p = (crypto::mul(u, other) - crypto::Point::generator()).encode();
    if (!p) return Error(Errc::tampered, "P is O");
    ct::declassify(p->data(), p->size()); // the public key
    return SharedKey::of(type, *p, acct, 0);
}

} // namespace hufu::threshold::keygen
