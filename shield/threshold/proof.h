// Schnorr's proof of knowledge of x with X = x B, with a challenge of 128 bits: c 16 | z 32.
#pragma once

#include "shield/threshold/shared_key.h"

#include <string_view>

namespace hufu::threshold {

// A proof of the right form.
struct Proof {
    WipedArray<16> c{};
    crypto::Scalar z;
    // In: 48 bytes, z below n. Errors: tampered.
    static Result<Proof> parse(ByteView bytes);
};

// In: tag, what is proved; context, all that it is bound to; x; base; image = x base; a, a fresh nonce, not
// zero. Timing: constant in x and a. Source: PROTOCOL 4.1.
Result<WipedArray<48>> prove(std::string_view tag, ByteView context, const crypto::Scalar &x,
                            const EncodedPoint &base, const EncodedPoint &image, const crypto::Scalar &a);

// The same for one who has the commitment a base already.
WipedArray<48> proveWith(std::string_view tag, ByteView context, const crypto::Scalar &x,
                        const EncodedPoint &base, const EncodedPoint &image, const crypto::Scalar &a,
                        const ByteArray<65> &commitment);

// Timing: variable; everything here is public. Source: PROTOCOL 4.1.
bool verifiesVartime(std::string_view tag, ByteView context, const EncodedPoint &base,
                     const EncodedPoint &image, const Proof &proof);

// The same for one who has made the commitment z B - c X of the proof already.
bool isChallengeOf(std::string_view tag, ByteView context, const EncodedPoint &base, const EncodedPoint &image,
                   const Proof &proof, const ByteArray<65> &commitment);

} // namespace hufu::threshold
