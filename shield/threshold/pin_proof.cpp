#include "shield/threshold/pin_proof.h"

#include "shield/threshold/transcript.h"

namespace hufu::threshold {

namespace {

Bytes contextOf(Op op, const SharedKey &key, const Sid &sid, ByteView extra)
{
    Writer context;
    context.u8(static_cast<std::uint8_t>(op))
        .raw(key.keyId())
        .u32(key.epoch())
        .raw(key.acct())
        .raw(sid)
        .raw(extra);
    return context.take();
}

} // namespace

Result<ByteArray<48>> provePin(const PhoneShare &share, const EncodedPoint &p1, Op op, const SharedKey &key,
                               const Sid &sid, ByteView extra, ports::Random &random, std::string_view label)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    const Secret<48> draw = random.secret<48>(label);
    const Secret<32> u1 = share.expose().secretBytes();
    const crypto::Scalar a = hashToNonzero("pin-a", {draw.expose(), u1.expose(), sid, extra});
    return prove("pin-pok", contextOf(op, key, sid, extra), share.expose(), EncodedPoint::generator(), p1, a);
}

bool pinFits(const PinProof &proof, const EncodedPoint &p1, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra)
{
    return verifiesVartime("pin-pok", contextOf(op, key, sid, extra), EncodedPoint::generator(), p1, proof);
}

crypto::Point pinCommitment(const PinProof &proof, const EncodedPoint &p1)
{
    return commitmentVartime(EncodedPoint::generator(), p1, proof);
}

bool pinFits(const PinProof &proof, const EncodedPoint &p1, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra, const ByteArray<65> &commitment)
{
    return isChallengeOf("pin-pok", contextOf(op, key, sid, extra), EncodedPoint::generator(), p1, proof, commitment);
}

} // namespace hufu::threshold
