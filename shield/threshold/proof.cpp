#include "shield/threshold/proof.h"

#include "shield/base/ct.h"
#include "shield/threshold/transcript.h"

#include <algorithm>

namespace hufu::threshold {

namespace {

using Challenge = WipedArray<16>;

Challenge challengeOf(std::string_view tag, ByteView context, const EncodedPoint &base,
                      const EncodedPoint &image, const ByteArray<65> &commitment)
{
    const ByteArray<32> digest = hash(tag, {context, base.bytes(), image.bytes(), commitment});
    Challenge c{};
    std::copy_n(digest.begin(), c.size(), c.begin());
    return c;
}

crypto::Scalar scalarOf(const Challenge &c)
{
    WipedArray<32> wide;
    std::ranges::copy(c, wide.begin() + 16);
    return crypto::Scalar::reduce(wide);
}

} // namespace

Result<Proof> Proof::parse(ByteView bytes)
{
    if (bytes.size() != 48) return Error(Errc::tampered, "proof length");
    Proof out;
    std::ranges::copy(bytes.first(16), out.c.begin());
    const auto z = crypto::Scalar::parseOrZero(bytes.subspan(16));
    if (!z) return Error(Errc::tampered, "proof range");
    out.z = *z;
    return out;
}

Result<WipedArray<48>> prove(std::string_view tag, ByteView context, const crypto::Scalar &x,
                            const EncodedPoint &base, const EncodedPoint &image, const crypto::Scalar &a)
{
    HUFU_TRY(commitment, base.times(a).encode());
    return proveWith(tag, context, x, base, image, a, commitment);
}

WipedArray<48> proveWith(std::string_view tag, ByteView context, const crypto::Scalar &x,
                        const EncodedPoint &base, const EncodedPoint &image, const crypto::Scalar &a,
                        const ByteArray<65> &commitment)
{
    const Challenge c = challengeOf(tag, context, base, image, commitment);
    return WipedArray<48>::of(c, (a + scalarOf(c) * x).secretBytes().expose());
}

bool verifiesVartime(std::string_view tag, ByteView context, const EncodedPoint &base,
                     const EncodedPoint &image, const Proof &proof)
{
    crypto::VartimeSum a; // z B - c X; c stays short if X changes its sign
    base.addTo(a, proof.z);
    a.add(scalarOf(proof.c), -image.point());
    const auto commitment = a.sum().encode();
    return commitment && isChallengeOf(tag, context, base, image, proof, *commitment);
}

bool isChallengeOf(std::string_view tag, ByteView context, const EncodedPoint &base, const EncodedPoint &image,
                   const Proof &proof, const ByteArray<65> &commitment)
{
    return ct::equal(challengeOf(tag, context, base, image, commitment), proof.c);
}

} // namespace hufu::threshold
