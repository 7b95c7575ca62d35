// Refresh and change of PIN, the phone's side, for all keys of the device in one conversation (R7):
// rho1 | proofs -> (rho2) -> proofs of the renewed shares. P stays; old halves become noise.
#pragma once

#include "shield/ports/random.h"
#include "shield/threshold/shares.h"

#include <span>
#include <vector>

namespace hufu::threshold::refresh {

// What the phone holds between REF1 and REF2; consumed by phoneRenew.
struct PhoneAsked {
    std::vector<SharedKey> keys;
    std::vector<PhoneShare> shares;
    Sid sid;
    Secret<32> rho1;
};

struct PhoneAsk {
    PhoneAsked state;
    WipedArray<32> rho1;               // for REF1
    WipedVector<ByteArray<48>> proofs; // one for each key
};

// phone -> server: REF1. Draws "rho1" 32, and "pa" 48 for each key.
// In: op, refresh, or pinChange when the person chose another PIN; keys, all of the device, of one account and
// epoch; shares, in their order, from unblind with the (old) PIN typed, consumed. Errors: badInput for another
// op or number, or keys of different devices or epochs; badState for an empty share. Timing: constant in the
// shares. Source: PROTOCOL 4.7, R1, R7.
Result<PhoneAsk> phoneAsk(Op op, std::vector<SharedKey> keys, std::vector<PhoneShare> shares, const Sid &sid,
                          ports::Random &random);

struct PhoneRenewed {
    std::vector<SharedKey> keys;    // of epoch + 1
    std::vector<PhoneShare> shares; // blind them under the new PIN and write them durably, keeping the old file
    WipedVector<ByteArray<48>> proofs; // for REF3
};

// server -> phone -> server: takes REF2, renews, proves. Draws "pa-new" 48 for each key.
// In: state, consumed; rho2.
// Errors: badState if the state was used up or there is no next epoch.
// Timing: constant in the shares. Source: PROTOCOL 4.7, R7.
Result<PhoneRenewed> phoneRenew(PhoneAsked &&state, const ByteArray<32> &rho2, ports::Random &random);

} // namespace hufu::threshold::refresh
