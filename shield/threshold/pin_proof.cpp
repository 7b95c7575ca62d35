#include "shield/threshold/pin_proof.h"

#include "shield/threshold/transcript.h"

#include <algorithm>

namespace hufu::threshold {

namespace {

// extra may be rho1: wiped.
WipedVector<std::uint8_t> contextOf(Op op, const SharedKey &key, const Sid &sid, ByteView extra)
{
    Writer context;
    context.u8(static_cast<std::uint8_t>(op))
        .raw(key.keyId())
        .u32(key.epoch())
        .raw(key.acct())
        .raw(sid)
        .raw(extra);
    return {context.bytes().begin(), context.bytes().end()};
}

} // namespace

Result<WipedArray<48>> provePin(const PhoneShare &share, const EncodedPoint &p1, Op op, const SharedKey &key,
                               const Sid &sid, ByteView extra, ports::Random &random, std::string_view label)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    const Secret<48> draw = random.secret<48>(label);
    const Secret<32> u1 = share.expose().secretBytes();
    const crypto::Scalar a = hashToNonzero("pin-a", {draw.expose(), u1.expose(), sid, extra});
    return prove("pin-pok", contextOf(op, key, sid, extra), share.expose(), EncodedPoint::generator(), p1, a);
}

bool pinFits(const PinProof &proof, const ServerShare &share, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra)
{
    const auto commitment = pinCommitment(proof, share).encode();
    return commitment && pinFits(proof, share, op, key, sid, extra, *commitment);
}

// z G - c P1 with c in two halves, of P1 and of 2^64 P1, which costs half the doublings.
crypto::Point pinCommitment(const PinProof &proof, const ServerShare &share)
{
    const auto halfOfC = [&](std::size_t from) {
        WipedArray<32> wide;
        std::copy_n(proof.c.begin() + static_cast<std::ptrdiff_t>(from), 8, wide.begin() + 24);
        return crypto::Scalar::reduce(wide);
    };
    return crypto::VartimeSum()
        .addBase(proof.z)
        .add(halfOfC(8), -share.exposeP1())
        .add(halfOfC(0), -share.exposeHighP1())
        .sum();
}

bool pinFits(const PinProof &proof, const ServerShare &share, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra, const ByteArray<65> &commitment)
{
    return isChallengeOf("pin-pok", contextOf(op, key, sid, extra), EncodedPoint::generator(),
                         share.exposeEncodedP1(), proof, commitment);
}

} // namespace hufu::threshold
