// The phone's share at rest: b = u1 - mask, where the mask comes from the PIN. Nothing that is stored tells a
// right PIN from a wrong one: every PIN yields a share, and only the cosigner can say whether it fits.
#pragma once

#include "shield/threshold/shares.h"

namespace hufu::threshold {

// In: kPin, the stretched PIN; saltEpoch, 32 bytes that are drawn anew at every refresh and never used for a
// second mask of the same epoch. One share is blinded under one PIN only (R2).
// Returns: b, 32 bytes. Errors: badState for an empty share.
// Timing: constant. Source: PROTOCOL 4.3.
Result<ByteArray<32>> blind(const PhoneShare &share, const Secret<32> &kPin, const SharedKey &key,
                            const ByteArray<32> &saltEpoch);

// The way back, with whatever PIN was typed.
// Returns: u1, or with a wrong PIN some other share. Errors: tampered if b is not below n.
// Timing: constant. Source: PROTOCOL 4.3.
Result<PhoneShare> unblind(const ByteArray<32> &b, const Secret<32> &kPin, const SharedKey &key,
                           const ByteArray<32> &saltEpoch);

} // namespace hufu::threshold
