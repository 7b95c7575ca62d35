// Key generation, the phone's side: KG1 -> (KG2) -> KG3.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/shares.h"

namespace hufu::threshold::keygen {

// What the phone holds between KG1 and KG2; consumed by phoneFinish.
struct PhoneStarted {
    KeyType type;
    Acct acct;
    PhoneShare share;
    EncodedPoint p1;
    ByteArray<32> np;
    Secret<32> rho;
};

struct Start {
    PhoneStarted state;
    ByteArray<82> kg1; // suite 1 | type 1 | acct 16 | np 32 | com 32
};

// phone -> server: KG1 commits to P1 = u1 G before P2 is known. Draws "u1" 48, "rho" 32, "np" 32.
// Errors: internal. Source: PROTOCOL 4.2.
Result<Start> phoneStart(KeyType type, const Acct &acct, ports::Random &random);

struct PhoneFinished {
    PhoneShare share;   // blind it and write it durably before kg3 leaves; then drop it
    SharedKey key;      // epoch 0
    WipedArray<177> kg3; // P1 65 | rho 32 | proof 48 | key_id 32
};

// server -> phone -> server: takes KG2, opens P1 in KG3. Draws "a1" 48.
// In: kg2, 145 bytes: ns 32 | P2 65 | proof 48.
// Errors: tampered if the form, P2 or its proof is wrong, or P would be O; the state is gone in any case.
// Source: PROTOCOL 4.2.
Result<PhoneFinished> phoneFinish(PhoneStarted &&state, ByteView kg2, ports::Random &random);

} // namespace hufu::threshold::keygen
