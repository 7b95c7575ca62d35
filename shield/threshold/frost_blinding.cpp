#include "shield/threshold/frost_blinding.h"

#include "shield/base/ct.h"
#include "shield/threshold/frost_transcript.h"

namespace hufu::threshold::frost {

using crypto::EdScalar;

namespace {

EdScalar maskOf(const Secret<32> &kPin, const SharedKey &key, const ByteArray<32> &saltEpoch)
{
    Writer epoch;
    epoch.u32(key.epoch());
    return hashToScalar("blind", {kPin.expose(), key.keyId(), epoch.bytes(), saltEpoch});
}

// s1, or 1 where it is 0 (a wrong PIN may hit it), without a branch.
EdScalar neverZero(const EdScalar &s1)
{
    const Secret<32> bytes = s1.secretBytes();
    std::uint64_t any = 0;
    for (const std::uint8_t byte : bytes.expose())
        any |= byte;
    return s1 + EdScalar::fromWord(ct::maskOfZero(any) & 1);
}

} // namespace

Result<ByteArray<32>> blind(const PhoneShare &share, const Secret<32> &kPin, const SharedKey &key,
                            const ByteArray<32> &saltEpoch)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    return (share.expose() - maskOf(kPin, key, saltEpoch)).bytes();
}

Result<PhoneShare> unblind(const ByteArray<32> &b, const Secret<32> &kPin, const SharedKey &key,
                           const ByteArray<32> &saltEpoch)
{
    const auto blinded = EdScalar::parseOrZero(b);
    if (!blinded) return Error(Errc::tampered, "blinded share");
    return PhoneShare(neverZero(*blinded + maskOf(kPin, key, saltEpoch)));
}

} // namespace hufu::threshold::frost
