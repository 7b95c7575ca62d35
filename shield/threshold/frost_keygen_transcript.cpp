#include "shield/threshold/frost_keygen_transcript.h"

#include "shield/threshold/frost_transcript.h"

namespace hufu::threshold::frost::keygen {

namespace {

constexpr std::uint8_t kType = static_cast<std::uint8_t>(KeyType::sign);

} // namespace

ByteArray<32> commitmentOf(const Acct &acct, const ByteArray<32> &np, const crypto::EdPoint &x1, ByteView rho)
{
    return hash("kg-com", {{&kSuiteFrost, 1}, {&kType, 1}, acct, np, x1.bytes(), rho});
}

Bytes contextOf(const Acct &acct, const ByteArray<32> &np, const ByteArray<32> &ns)
{
    Writer context;
    context.u8(kSuiteFrost).u8(kType).raw(acct).raw(np).raw(ns);
    return context.take();
}

Result<SharedKey> keyOf(const Acct &acct, const crypto::EdPoint &x1, const crypto::EdPoint &x2)
{
    auto key = SharedKey::of((x1 + x2).bytes(), acct, 0);
    if (!key) return Error(Errc::tampered, "Y is the identity");
    return key;
}

} // namespace hufu::threshold::frost::keygen
