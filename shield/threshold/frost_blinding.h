// The phone's share of suite 2 at rest: b = s1 - mask, as in blinding.h. Every PIN yields a share.
#pragma once

#include "shield/threshold/frost_shares.h"

namespace hufu::threshold::frost {

// In: kPin, the stretched PIN, the same for all keys of the device (R2: the mask differs by key_id); saltEpoch,
// 32 bytes that are drawn anew at every refresh and never used for a second mask of the same key and epoch.
// Returns: b, 32 bytes, little endian. Errors: badState for an empty share.
// Timing: constant. Source: PROTOCOL 4.3, 4.8.
Result<ByteArray<32>> blind(const PhoneShare &share, const Secret<32> &kPin, const SharedKey &key,
                            const ByteArray<32> &saltEpoch);

// The way back, with whatever PIN was typed.
// Returns: s1, or with a wrong PIN some other share, never zero. Errors: tampered if b is not below L.
// Timing: constant. Source: PROTOCOL 4.3, 4.8.
Result<PhoneShare> unblind(const ByteArray<32> &b, const Secret<32> &kPin, const SharedKey &key,
                           const ByteArray<32> &saltEpoch);

} // namespace hufu::threshold::frost
