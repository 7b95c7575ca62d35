// What both sides of a refresh compute alike.
#pragma once

#include "shield/threshold/shared_key.h"

#include <span>
#include <string_view>
#include <vector>

namespace hufu::threshold::refresh {

// f = H2S*("refresh"; rho1, rho2, key_id, epoch + 1, sid). In: next, the key at its next epoch.
// Source: PROTOCOL 4.7, R7.
crypto::Scalar factorOf(const SharedKey &next, const Sid &sid, ByteView rho1, const ByteArray<32> &rho2);

// Whether REF1 may carry op, and keys belong to one device in one epoch. Errors: badInput.
Result<void> checkAsk(Op op, std::span<const SharedKey> keys);

// Errors: badState if there is no next epoch.
Result<std::vector<SharedKey>> nextEpochs(std::span<const SharedKey> keys);

} // namespace hufu::threshold::refresh
