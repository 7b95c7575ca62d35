// The server's shares of a device in one of the epochs that are served: the current one, and that of a PENDING.
#pragma once

#include "shield/cosigner/change.h"
#include "shield/cosigner/kept_keys.h"
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

// Of one of the epochs that are served. The mark is zero where there is no key.
ports::EpochKeys::Name epochKeyOf(const DeviceRecord &record, std::uint32_t epoch);
// Whether what the rows have sealed in that epoch can still be opened: not so in a backup from before a refresh.
Result<bool> isAlive(const DeviceRecord &record, std::uint32_t epoch, ports::EpochKeys &epochKeys);

// Errors: unavailable; internal; badState if the epoch is not served, or the share or the epoch's key is destroyed.
// In: type, of a key of suite 1.
Result<KeyShare> shareOf(const DeviceRecord &record, KeyType type, std::uint32_t epoch, const Ports &ports,
                         KeptKeys &kept);
// Of a sign key of suite 2; internal too if the share is not its key's: a damaged one would make every PIN a wrong one.
Result<FrostKeyShare> frostShareOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports);

// A right PIN was shown under epoch: that of a PENDING commits it, the current one discards it (R7). The key of the epoch
// that is nobody's any more is destroyed once change has committed.
// Returns: the refresh that was committed, if one was.
std::optional<RefreshRow> settleEpoch(Change &change, DeviceRecord &record, std::uint32_t epoch);

// What an attempt that did not turn out right has brought on, besides its count.
struct Settlement {
    bool froze = false;
    bool destroyedSignShare = false;
};

// The last attempt was wrong, or a crash came before its verdict (R1): without a try left the device freezes; with the
// total used up the sign share is gone as well, in all epochs.
Settlement settleAttempt(DeviceRecord &record);

} // namespace hufu::cosigner
