// What both sides of the key generation hash and compute alike.
#pragma once

#include "shield/threshold/proof.h"
#include "shield/threshold/transcript.h"

namespace hufu::threshold::keygen {

inline constexpr std::string_view kPhoneTag = "kg-pok1";
inline constexpr std::string_view kServerTag = "kg-pok2";

// com = H("kg-com"; suite, type, acct, np, P1, rho). Source: PROTOCOL 4.2.
ByteArray<32> commitmentOf(KeyType type, const Acct &acct, const ByteArray<32> &np, const EncodedPoint &p1,
                           ByteView rho);

// ctx = suite | type | acct | np | ns. Source: PROTOCOL 4.2.
Bytes contextOf(KeyType type, const Acct &acct, const ByteArray<32> &np, const ByteArray<32> &ns);

// The key P = u P' - G that a share and the other side's point make, at epoch 0.
// Errors: tampered if P is O. Timing: constant in u. Source: PROTOCOL 4.2.
Result<SharedKey> keyOf(KeyType type, const Acct &acct, const crypto::Scalar &u, const crypto::Point &other);

} // namespace hufu::threshold::keygen
