// Refresh and change of PIN of one key of suite 2, the phone's side. A refresh covers every key of the device
// with one rho1, one rho2 and one verdict (R7): refresh_phone.h speaks for the keys of suite 1 and draws rho1,
// this joins.
#pragma once

#include "shield/threshold/frost_proof.h"

namespace hufu::threshold::frost::refresh {

// phone -> server: the key's proof in REF1. Draws "pa" 48.
// In: op, refresh, or pinChange when the person chose another PIN; share, from unblind with the (old) PIN
// typed; rho1, the device's. Errors: badInput for another op; badState for an empty share. Timing: constant in
// the share. Source: PROTOCOL 4.7, 4.8, R1, R7.
Result<WipedArray<48>> phoneAsk(Op op, const SharedKey &key, const PhoneShare &share, const Sid &sid,
                               ByteView rho1, ports::Random &random);

struct PhoneRenewed {
    SharedKey key;       // of epoch + 1
    PhoneShare share;    // blind it under the new PIN and write it durably, keeping the old file
    WipedArray<48> proof; // for REF3
};

// server -> phone -> server: takes rho2 of REF2, renews, proves. Draws "pa-new" 48.
// In: share, consumed. Errors: badState for an empty share, a renewed one of zero, or no next epoch.
// Timing: constant in the share. Source: PROTOCOL 4.7, 4.8, R7.
Result<PhoneRenewed> phoneRenew(const SharedKey &key, PhoneShare share, const Sid &sid, ByteView rho1,
                                const ByteArray<32> &rho2, ports::Random &random);

} // namespace hufu::threshold::frost::refresh
