// The formulas of profile S, in the letters of PROTOCOL 4.5, each with the zero checks that belong to it.
#pragma once

#include "shield/threshold/shared_key.h"

namespace hufu::threshold::algebra {

struct Joined {
    crypto::Point nonce; // R
    crypto::Scalar r;
};

// R = R1 + Q2, r = e + x(R). Errors: tampered if R is O or r is 0. Source: PROTOCOL 4.5.
Result<Joined> joinNonces(const crypto::Point &r1, const crypto::Point &q2, const ByteArray<32> &e);

// s1 = d1 (r + k1). Errors: tampered if s1 is 0. Timing: constant. Source: PROTOCOL 4.5.
Result<crypto::Scalar> phonePart(const crypto::Scalar &d1, const crypto::Scalar &r, const crypto::Scalar &k1);

// Whether s1 P1 - r G = R1: the check of the share, which is the check of the PIN.
// Timing: variable in s1 and r, which the phone knows. Source: PROTOCOL 4.5.
bool shareFitsVartime(const crypto::Point &p1, const crypto::Scalar &s1, const crypto::Scalar &r,
                      const crypto::Point &r1);

// The same of a cosigner whose u2 belongs to B, since then P1 = d2 B: d2 s1 B - r G = R1, quicker by B's table. For who knows s1 the
// point d2 s1 B is P1, which tests PINs, whether it fits or not: it is wiped. In: base, B. Timing: constant but for the answer.
// Source: PROTOCOL 4.5.
bool shareFits(const EncodedPoint &base, const crypto::Scalar &d2, const crypto::Scalar &s1, const crypto::Scalar &r,
               const crypto::Point &r1);

// The fault guard of complete, without its inverse, by other operations and in another order: u2 (s + r - k2) = s1.
// Timing: constant but for the answer.
bool completesRightly(const crypto::Scalar &u2, const crypto::Scalar &s1, const crypto::Scalar &k2,
                      const crypto::Scalar &r, const crypto::Scalar &s);

// s = d2 s1 + k2 - r, guarded: a wrong s of a fitting share would be an equation in secrets. Only for a share that fits: the s of a
// misfit gives P1 away.
// In: d2, u2^-1. Errors: internal if s or r + s is 0, or a fault was computed. Timing: constant but for the errors. Source: PROTOCOL 4.5.
Result<crypto::Scalar> complete(const crypto::Scalar &u2, const crypto::Scalar &d2, const crypto::Scalar &s1,
                                const crypto::Scalar &k2, const crypto::Scalar &r);

} // namespace hufu::threshold::algebra
