// Refresh and change of PIN of one key of suite 2, the cosigner's side. The caller judges all keys of the
// device, those of suite 1 included, before it renews any (R7).
#pragma once

#include "shield/threshold/frost_proof.h"

namespace hufu::threshold::frost::refresh {

// Whether a proof of REF1 or REF3 has the right form; needs no secret, and is not counted (R1). Errors:
// tampered. Timing: depends on the form alone.
Result<void> parseProof(const ByteArray<48> &proof);

// phone -> server: judges the key's proof of REF1. The caller has counted the attempt durably.
// In: op, refresh or pinChange; rho1, to be wiped by the caller and never logged. Errors: badInput for another
// op; badState for an empty share; wrongPin. Timing: constant in share and proof but for the answer. Source: PROTOCOL 4.7, 4.8,
// R1, R7.
Result<void> serverJudge(Op op, const SharedKey &key, const ServerShare &share, const Sid &sid,
                         const ByteArray<32> &rho1, const ByteArray<48> &proof);

struct ServerRenewed {
    SharedKey key;     // of epoch + 1
    ServerShare share; // PENDING beside the old one until serverCommit
};

// server -> phone: the renewed share, once all keys were judged. Errors: badState for an empty share, a renewed
// one of zero, or no next epoch. Timing: constant in the share. Source: PROTOCOL 4.7, 4.8, R7.
Result<ServerRenewed> serverRenew(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                  const ByteArray<32> &rho1, const ByteArray<32> &rho2);

// phone -> server: judges the key's proof of REF3. The caller has counted the attempt durably, and commits
// epoch + 1 only if all keys pass. In: key and share of serverRenew; rho2, as sent. Errors: badState for an
// empty share; wrongPin. Timing: as serverJudge. Source: PROTOCOL 4.7, 4.8, R7.
Result<void> serverCommit(const SharedKey &key, const ServerShare &share, const Sid &sid,
                          const ByteArray<32> &rho2, const ByteArray<48> &proof);

} // namespace hufu::threshold::frost::refresh
