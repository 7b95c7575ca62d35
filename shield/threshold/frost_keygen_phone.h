// Key generation of suite 2, the phone's side: KG1 -> (KG2) -> KG3. The secret is x1 + x2; RFC 9591's shares
// for the identifiers 1 and 2 are s1 = x1 / 2 and s2 = -x2.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/frost_shares.h"

namespace hufu::threshold::frost::keygen {

// What the phone holds between KG1 and KG2; consumed by phoneFinish.
struct PhoneStarted {
    Acct acct;
    UnpairedShare x1;
    crypto::EdPoint image; // X1 = x1 Bp
    ByteArray<32> np;
    Secret<32> rho;
};

struct Start {
    PhoneStarted state;
    ByteArray<82> kg1; // suite 1 | type 1 | acct 16 | np 32 | com 32
};

// phone -> server: KG1 commits to X1 before X2 is known. Draws "u1" 48, "rho" 32, "np" 32.
// Source: PROTOCOL 4.2, 4.8.
Start phoneStart(const Acct &acct, ports::Random &random);

struct PhoneFinished {
    PhoneShare share;   // blind it and write it durably before kg3 leaves; then drop it
    SharedKey key;      // epoch 0
    WipedArray<144> kg3; // X1 32 | rho 32 | proof 48 | key_id 32
};

// server -> phone -> server: takes KG2, opens X1 in KG3. Draws "a1" 48.
// In: kg2, 112 bytes: ns 32 | X2 32 | proof 48.
// Errors: tampered if the form, X2 or its proof is wrong, or Y would be the identity; badState if the state was
// used up. It is gone in any case. Source: PROTOCOL 4.2, 4.8.
Result<PhoneFinished> phoneFinish(PhoneStarted &&state, ByteView kg2, ports::Random &random);

} // namespace hufu::threshold::frost::keygen
