// The server's shares of a device in one of the epochs that are served: the current one, and that of a PENDING.
#pragma once

#include "shield/cosigner/change.h"
#include "shield/threshold/frost_shares.h"

namespace hufu::cosigner {

bool isServed(const DeviceRecord &record, std::uint32_t epoch);

struct KeyShare {
    threshold::SharedKey key;
    threshold::ServerShare share;
};

struct FrostKeyShare {
    threshold::frost::SharedKey key;
    threshold::frost::ServerShare share;
};

// Errors: unavailable; internal; badState if the epoch is not served or the share is destroyed.
// In: type, of a key of suite 1.
Result<KeyShare> shareOf(const DeviceRecord &record, KeyType type, std::uint32_t epoch, ports::MasterKey &masterKey);
// Of a sign key of suite 2.
Result<FrostKeyShare> frostShareOf(const DeviceRecord &record, std::uint32_t epoch, ports::MasterKey &masterKey);

// A right PIN was shown under epoch: that of a PENDING commits it, the current one discards it (R7).
// Returns: the refresh that was committed, if one was.
std::optional<RefreshRow> settleEpoch(DeviceRecord &record, std::uint32_t epoch);

// The total is used up (R1): the sign share is gone, in all epochs. Returns: whether that changed anything.
bool settleTotal(DeviceRecord &record);

} // namespace hufu::cosigner
