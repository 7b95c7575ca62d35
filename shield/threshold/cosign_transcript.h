// What both sides of a signature hash alike.
#pragma once

#include "shield/threshold/shared_key.h"

#include <string_view>

namespace hufu::threshold::cosign {

inline constexpr std::string_view kNonceTag = "S-pok";

// com1 = H("S-com"; key_id, epoch, acct, R1, rnd). Source: PROTOCOL 4.5.
ByteArray<32> commitmentOf(const SharedKey &key, const EncodedPoint &r1, const ByteArray<32> &rnd);

// key_id | epoch | acct | sid | com1 | e. Source: PROTOCOL 4.5.
Bytes contextOf(const SharedKey &key, const Sid &sid, const ByteArray<32> &com1, const ByteArray<32> &e);

} // namespace hufu::threshold::cosign
