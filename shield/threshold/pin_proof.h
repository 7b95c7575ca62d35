// The proof of the PIN where nothing is signed: knowledge of u1, bound to the operation, key, epoch, account,
// conversation and content.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/proof.h"
#include "shield/threshold/shares.h"

namespace hufu::threshold {

// A proof of the right form (c 16, z below n).
using PinProof = Proof;

// In: p1 = u1 G, which the caller computes once for all items; extra, what the proof is about (T1, rho1 or
// rho2). Draws 48 bytes under label. Returns: c 16 | z 32. Errors: badState for an empty share. Timing:
// constant in share. Source: PROTOCOL 4.6, 4.7.
Result<WipedArray<48>> provePin(const PhoneShare &share, const EncodedPoint &p1, Op op, const SharedKey &key,
                               const Sid &sid, ByteView extra, ports::Random &random,
                               std::string_view label = "pa");

// Whether the proof fits the share's P1. In: share, not empty.
// Timing: variable in the proof only, which its maker knows. Source: PROTOCOL 4.6, 4.7.
bool pinFits(const PinProof &proof, const ServerShare &share, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra);

// The same in two steps, for one who takes several points to their bytes at once.
crypto::Point pinCommitment(const PinProof &proof, const ServerShare &share);
bool pinFits(const PinProof &proof, const ServerShare &share, Op op, const SharedKey &key, const Sid &sid,
             ByteView extra, const ByteArray<65> &commitment);

} // namespace hufu::threshold
