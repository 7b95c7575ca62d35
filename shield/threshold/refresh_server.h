// Refresh and change of PIN, the cosigner's side, for all keys of the device in one conversation (R7).
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/shares.h"

#include <span>
#include <vector>

namespace hufu::threshold::refresh {

struct ServerProposal {
    std::vector<SharedKey> keys;     // of epoch + 1
    std::vector<ServerShare> shares; // renewed; PENDING beside the old ones until serverCommit
    ByteArray<32> rho2;              // for REF2, once PENDING is durable
};

// phone -> server -> phone: takes REF1. The caller has counted the attempt durably; parseProofs came before.
// Draws "rho2" 32. In: op, refresh or pinChange; keys, all of the device, with their shares, in the order of
// the proofs; rho1, to be wiped by the caller once PENDING is written, and never logged. Errors: badInput for
// another op or number, or keys of different devices or epochs; badState for an empty share or no next epoch;
// wrongPin if one proof or more does not fit, with no index; internal if a renewed share does not belong to its
// key, a fault of this machine. Timing: constant in the shares; variable in the proofs. Source: PROTOCOL 4.7, R1, R7.
Result<ServerProposal> serverPropose(Op op, std::span<const SharedKey> keys,
                                     std::span<const ServerShare> shares, const Sid &sid,
                                     const ByteArray<32> &rho1, std::span<const ByteArray<48>> proofs,
                                     ports::Random &random);

// phone -> server: takes REF3. The caller has counted the attempt durably, and commits epoch + 1 only if this
// succeeds. In: keys and shares of the proposal; rho2, as sent. Errors: badInput for another number; badState
// for an empty share; wrongPin if one proof or more does not fit; internal as above. Timing: variable in the proofs. Source:
// PROTOCOL 4.7, R7.
Result<void> serverCommit(std::span<const SharedKey> keys, std::span<const ServerShare> shares, const Sid &sid,
                          const ByteArray<32> &rho2, std::span<const ByteArray<48>> proofs);

// Whether the proofs of REF1 or REF3 have the right form; needs no secret, and is not counted (R1).
// Errors: tampered.
Result<void> parseProofs(std::span<const ByteArray<48>> proofs);

} // namespace hufu::threshold::refresh
