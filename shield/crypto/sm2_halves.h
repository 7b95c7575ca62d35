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

// Timing: depends on k.
// Source: Antipa, Brown, Gallant, Lambert, Struik, Vanstone, "Accelerated verification of ECDSA signatures".
ScalarHalves halvesVartime(const Scalar &k);

} // namespace hufu::crypto
