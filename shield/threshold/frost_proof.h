// Suite 2's proofs of knowledge: Schnorr's, of x with X = x Bp, with a challenge of 128 bits: c 16 | z 32, both
// little endian. The PIN's proof is one of the phone's share.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/frost_shares.h"

#include <string_view>

namespace hufu::threshold::frost {

// A proof of the right form.
struct Proof {
    WipedArray<16> c{};
    crypto::EdScalar z;
    // In: 48 bytes, z below L. Errors: tampered.
    static Result<Proof> parse(ByteView bytes);
};

// In: tag, what is proved; context, all that it is bound to; x; image = x Bp; a, a fresh nonce, not zero.
// Timing: constant in x and a. Source: PROTOCOL 4.1.
WipedArray<48> prove(std::string_view tag, ByteView context, const crypto::EdScalar &x,
                    const crypto::EdPoint &image, const crypto::EdScalar &a);

// Source: PROTOCOL 4.1.
bool verifies(std::string_view tag, ByteView context, const crypto::EdPoint &image, const Proof &proof);

// The proof of the PIN where nothing is signed: knowledge of s1, bound as suite 1's (pin_proof.h).
// In: extra, what the proof is about (rho1 or rho2). Draws 48 bytes under label. Returns: c 16 | z 32.
// Errors: badState for an empty share. Timing: constant in share. Source: PROTOCOL 4.7, 4.8.
Result<WipedArray<48>> provePin(const PhoneShare &share, Op op, const SharedKey &key, const Sid &sid,
                               ByteView extra, ports::Random &random, std::string_view label);

// Whether the proof fits the share's Y1. Source: PROTOCOL 4.7, 4.8.
bool pinFits(const Proof &proof, const crypto::EdPoint &y1, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra);

} // namespace hufu::threshold::frost
