// A public scalar as a quotient of two of half its length, which halves the doublings of a check whose result
// is known.
#pragma once

#include "shield/crypto/sm2_scalar.h"

namespace hufu::crypto {

// v k = w, or v k = -w where negative; v is not zero; v and w are at most 2^128.
struct ScalarHalves {
    Scalar v;
    Scalar w;
    bool negative;
};

// The same on plain integers: w is at most 2^half, v at most n / 2^half, or 1.
struct LimbHalves {
    Limbs v;
    Limbs w;
    bool negative;
    ~LimbHalves()
    {
        wipe(v.data(), sizeof v);
        wipe(w.data(), sizeof w);
    }
};

// In: k, below n; n, prime; half, at least 1. Timing: depends on k.
LimbHalves halvesVartime(const Limbs &k, const Limbs &n, std::size_t half);

// Timing: depends on k.
// Source: Antipa, Brown, Gallant, Lambert, Struik, Vanstone, "Accelerated verification of ECDSA signatures".
ScalarHalves halvesVartime(const Scalar &k);

} // namespace hufu::crypto
