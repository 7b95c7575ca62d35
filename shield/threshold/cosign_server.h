// Signing, the cosigner's side: (com1) -> Q2 | PoK -> (R1 | rnd | s1) -> r | s. The check of the phone's share
// is the PIN check. Between serverOpen and serverComplete stands the durable count of R1.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/cosign_phone.h"

namespace hufu::threshold::cosign {

// One item after CHAL.
struct ServerItem {
    SigningNonce k2;
    EncodedPoint q2; // Q2 = k2 B
    ByteArray<32> com1;
    ByteArray<32> e;
};

// All items after CHAL: RAM only, never stored, dies with the next HELLO of the device, at expiry and at
// restart.
struct ServerSession {
    SharedKey key;
    Sid sid;
    std::vector<ServerItem> items;
};

struct ServerChallenge {
    ServerSession session;
    std::vector<ByteArray<113>> points; // Q2 65 | PoK 48 for CHAL
};

// phone -> server -> phone: answers the commitments with nonces of the cosigner. Depends on no PIN. Draws "k2"
// 48 and "a2" 48 for each item. In: key, of type sign; share, which only hedges the draws; sid, never used
// before; com1 and tbs, one for each item, 1 to 64. Errors: badInput for another type or count; badState for an
// empty share. Timing: constant in share and nonces. Source: PROTOCOL 4.5, R9, R10.
Result<ServerChallenge> serverChallenge(const SharedKey &key, const ServerShare &share, const Sid &sid,
                                        std::span<const ByteArray<32>> com1, std::span<const Bytes> tbs,
                                        ports::Random &random);

// One item whose opening fitted; its share is not judged yet.
struct ServerOpened {
    SigningNonce k2;
    EncodedPoint r1;
    crypto::Point nonce; // R = R1 + Q2
    ByteArray<32> e;
    crypto::Scalar r;
    crypto::Scalar s1;
};

// All items of one attempt.
struct ServerAttempt {
    SharedKey key;
    std::vector<ServerOpened> items;
};

// phone -> server: takes SIGN and checks all that needs no secret; not counted as an attempt.
// In: session, consumed: there is no second evaluation of its nonces; items, a non-empty part of CHAL's,
// ascending. Errors: tampered if the form, a point, a scalar, an opening or an index is wrong, R is O, or r is
// 0. badState if the session was used up. Timing: variable; all public. Source: PROTOCOL 4.5, R1, R9.
Result<ServerAttempt> serverOpen(ServerSession &&session, std::span<const SignItem> items);

// server -> phone: judges all shares together, then completes. The caller has counted the attempt durably.
// In: attempt, consumed; share, of the key and epoch of the session.
// Returns: r 32 | s 32 for each item. Errors: wrongPin if one share or more does not fit: no index, and no s of
// the attempt is ever computed (it would give P1 away). internal if a signature does not verify: a fault of
// this machine. Timing: constant in share and k2; variable in what the phone knows (s1, r) and in the verdict.
// Source: PROTOCOL 4.5, R9.
Result<std::vector<ByteArray<64>>> serverComplete(ServerAttempt &&attempt, const ServerShare &share);

} // namespace hufu::threshold::cosign
