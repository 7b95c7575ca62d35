// Signing under suite 2, the cosigner's side: D2 | E2 -> (D1 | E1 | z1) -> R | z. The check of the phone's
// share is the PIN check. Between serverOpen and serverComplete stands the durable count of R1.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/frost_algebra.h"
#include "shield/threshold/frost_cosign_phone.h"

namespace hufu::threshold::frost::cosign {

// One item after CHAL.
struct ServerItem {
    Nonce d2, e2;
    crypto::EdPoint d2Point, e2Point;
    Bytes tbs;
};

// All items after CHAL: RAM only, never stored, dies with the next HELLO of the device, at expiry and at
// restart.
struct ServerSession {
    SharedKey key;
    std::vector<ServerItem> items;
};

struct ServerChallenge {
    ServerSession session;
    std::vector<ByteArray<64>> commitments; // D2 32 | E2 32 for CHAL
};

// server -> phone: a fresh pair of nonces for each item. Depends on no PIN. Draws "d2" 32 and "e2" 32 for each.
// In: share, which only hedges the draws; tbs, 1 to 64 items. Errors: badInput for another number; badState for
// an empty share. Timing: constant in share and nonces. Source: PROTOCOL 4.8, R9, R10; RFC 9591 5.1.
Result<ServerChallenge> serverChallenge(const SharedKey &key, const ServerShare &share,
                                        std::span<const Bytes> tbs, ports::Random &random);

// One item of the right form; its share is not judged yet.
struct ServerOpened {
    Nonce d2, e2;
    algebra::Round round;
    crypto::EdScalar z1;
    Bytes tbs;
};

// All items of one attempt.
struct ServerAttempt {
    SharedKey key;
    std::vector<ServerOpened> items;
};

// phone -> server: takes SIGN and checks all that needs no secret; not counted as an attempt.
// In: session, consumed: there is no second evaluation of its nonces; items, a non-empty part of CHAL's,
// ascending. Errors: tampered if the form, a point, z1 or an index is wrong, or R is the identity; badState if
// the session was used up. Source: PROTOCOL 4.8, R1, R9.
Result<ServerAttempt> serverOpen(ServerSession &&session, std::span<const SignItem> items);

// server -> phone: judges all shares together, then completes. The caller has counted the attempt durably.
// In: attempt, consumed; share, of the key and epoch of the session.
// Returns: R 32 | z 32 for each item. Errors: wrongPin if one share or more does not fit: no index, and no z2
// of the attempt is ever computed (with z1 known to the phone, z would give Y2 away). internal if a signature
// does not verify: a fault of this machine. Timing: constant in share and nonces; the verdict is public.
// Source: PROTOCOL 4.8, R9; RFC 9591 5.2 to 5.4.
Result<std::vector<ByteArray<64>>> serverComplete(ServerAttempt &&attempt, const ServerShare &share);

} // namespace hufu::threshold::frost::cosign
