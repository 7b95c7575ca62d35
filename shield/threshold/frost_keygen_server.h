// Key generation of suite 2, the cosigner's side: (KG1) -> KG2 -> (KG3).
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/frost_shares.h"

namespace hufu::threshold::frost::keygen {

// What the cosigner holds in RAM between KG2 and KG3; consumed by serverAccept.
struct ServerStarted {
    Acct acct;
    UnpairedShare x2;
    crypto::EdPoint image; // X2 = x2 Bp
    ByteArray<32> np, ns, com;
};

struct ServerAnswer {
    ServerStarted state;
    WipedArray<112> kg2; // ns 32 | X2 32 | proof 48
};

// phone -> server -> phone: takes KG1, answers KG2. Draws "u2" 48, "ns" 32, "a2" 48.
// In: kg1, 82 bytes; acct, which it must be for.
// Errors: tampered if the form, suite, type or acct is another. Source: PROTOCOL 4.2, 4.8.
Result<ServerAnswer> serverAnswer(ByteView kg1, const Acct &acct, ports::Random &random);

struct ServerAccepted {
    ServerShare share;
    SharedKey key; // epoch 0
};

// phone -> server: takes KG3. The key is PENDING until its first use has succeeded.
// In: kg3, 144 bytes.
// Errors: tampered if the form, the opening, the proof or key_id is wrong, or Y would be the identity; badState
// if the state was used up. It is gone in any case. Source: PROTOCOL 4.2, 4.8.
Result<ServerAccepted> serverAccept(ServerStarted &&state, ByteView kg3);

} // namespace hufu::threshold::frost::keygen
