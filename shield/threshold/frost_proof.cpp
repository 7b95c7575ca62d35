#include "shield/threshold/frost_proof.h"

#include "shield/base/ct.h"
#include "shield/threshold/frost_transcript.h"

#include <algorithm>

namespace hufu::threshold::frost {

using crypto::EdPoint;
using crypto::EdScalar;

namespace {

using Challenge = WipedArray<16>;

Challenge challengeOf(std::string_view tag, ByteView context, const EdPoint &image, const EdPoint &commitment)
{
    const ByteArray<32> digest =
        hash(tag, {context, EdPoint::generator().bytes(), image.bytes(), commitment.bytes()});
    Challenge c{};
    std::copy_n(digest.begin(), c.size(), c.begin());
    return c;
}

EdScalar scalarOf(const Challenge &c)
{
    WipedArray<64> wide;
    std::ranges::copy(c, wide.begin());
    return EdScalar::reduceWide(wide);
}

// extra may be rho1: wiped.
WipedVector<std::uint8_t> pinContextOf(Op op, const SharedKey &key, const Sid &sid, ByteView extra)
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

Result<Proof> Proof::parse(ByteView bytes)
{
    if (bytes.size() != 48) return Error(Errc::tampered, "proof length");
    Proof out;
    std::ranges::copy(bytes.first(16), out.c.begin());
    const auto z = EdScalar::parseOrZero(bytes.subspan(16));
    if (!z) return Error(Errc::tampered, "proof range");
    out.z = *z;
    return out;
}

WipedArray<48> prove(std::string_view tag, ByteView context, const EdScalar &x, const EdPoint &image,
                    const EdScalar &a)
{
    const Challenge c = challengeOf(tag, context, image, mulBase(a));
    return WipedArray<48>::of(c, (a + scalarOf(c) * x).secretBytes().expose());
}

bool verifies(std::string_view tag, ByteView context, const EdPoint &image, const Proof &proof)
{
    const EdPoint commitment = mulBase(proof.z) - mul(scalarOf(proof.c), image);
    return !commitment.isIdentity() && ct::equal(challengeOf(tag, context, image, commitment), proof.c);
}

Result<WipedArray<48>> provePin(const PhoneShare &share, Op op, const SharedKey &key, const Sid &sid,
                               ByteView extra, ports::Random &random, std::string_view label)
{
    if (share.isEmpty()) return Error(Errc::badState, "share used up");
    const Secret<48> draw = random.secret<48>(label);
    const Secret<32> s1 = share.expose().secretBytes();
    const EdScalar a = hashToNonzero("pin-a", {draw.expose(), s1.expose(), sid, extra});
    return prove("pin-pok", pinContextOf(op, key, sid, extra), share.expose(), mulBase(share.expose()), a);
}

bool pinFits(const Proof &proof, const EdPoint &y1, Op op, const SharedKey &key, const Sid &sid, ByteView extra)
{
    return verifies("pin-pok", pinContextOf(op, key, sid, extra), y1, proof);
}

} // namespace hufu::threshold::frost
