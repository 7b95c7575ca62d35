// What both sides of suite 2's key generation hash and compute alike.
#pragma once

#include "shield/threshold/frost_proof.h"

namespace hufu::threshold::frost::keygen {

inline constexpr std::string_view kPhoneTag = "kg-pok1";
inline constexpr std::string_view kServerTag = "kg-pok2";

// com = H("kg-com"; suite, type, acct, np, X1, rho). Source: PROTOCOL 4.2.
ByteArray<32> commitmentOf(const Acct &acct, const ByteArray<32> &np, const crypto::EdPoint &x1, ByteView rho);

// ctx = suite | type | acct | np | ns. Source: PROTOCOL 4.2.
Bytes contextOf(const Acct &acct, const ByteArray<32> &np, const ByteArray<32> &ns);

// The key Y = X1 + X2 at epoch 0. Errors: tampered if Y is the identity. Source: PROTOCOL 4.8.
Result<SharedKey> keyOf(const Acct &acct, const crypto::EdPoint &x1, const crypto::EdPoint &x2);

} // namespace hufu::threshold::frost::keygen
