// What both sides of a refresh under suite 2 compute alike.
#pragma once

#include "shield/threshold/frost_key.h"

namespace hufu::threshold::frost::refresh {

// f = H2S*("refresh"; rho1, rho2, key_id, epoch + 1, sid): x1 + f, x2 - f. In: next, the key at its next epoch.
// Source: PROTOCOL 4.7, 4.8, R7.
crypto::EdScalar factorOf(const SharedKey &next, const Sid &sid, ByteView rho1, const ByteArray<32> &rho2);

// Whether REF1 may carry op. Errors: badInput.
Result<void> checkOp(Op op);

} // namespace hufu::threshold::frost::refresh
