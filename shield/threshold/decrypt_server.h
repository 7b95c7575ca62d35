// Decryption, the cosigner's side: (T1 | PoK) -> T2. Between serverParse and serverAnswer stands the durable
// count of R1.
#pragma once

#include "shield/threshold/pin_proof.h"
#include "shield/threshold/shares.h"

#include <span>
#include <vector>

namespace hufu::threshold::decrypt {

// One ask of the right form.
struct Ask {
    EncodedPoint t1;
    PinProof proof;
};

// phone -> server: reads DEC1; needs no secret, and is not counted.
// In: asks, 1 to 64 of 113 bytes. Errors: tampered for T1 that is no point, a proof out of range, or another
// number. Source: PROTOCOL 4.6, R1.
Result<std::vector<Ask>> serverParse(std::span<const ByteArray<113>> asks);

// server -> phone: judges all proofs together, then answers T2 = u2 T1. The caller has counted the attempt
// durably and looked at the daily cap; where the policy names ciphertexts it has compared t1 with C1 (R8). In:
// key, of type encrypt; share, of that key and epoch; sid; asks. Returns: T2 65 for each: never stored, never
// logged. Errors: badInput for another type; badState for an empty share; wrongPin if one proof or more does
// not fit, with no index. Timing: constant in u2; variable in the proofs. Source: PROTOCOL 4.6, R9.
Result<WipedVector<ByteArray<65>>> serverAnswer(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                                std::span<const Ask> asks);

} // namespace hufu::threshold::decrypt
