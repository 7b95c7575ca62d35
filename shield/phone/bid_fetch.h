// The list of sealed bids: fetched from the server, kept in the vault, so that hours and reminders stand without a network.
#pragma once

#include "shield/opening/bid.h"
#include "shield/phone/fetch.h"
#include "shield/wire/bids.h"

namespace hufu::phone {

struct KnownBids {
    std::int64_t fetchedMs = 0;       // Unix milliseconds; 0: never
    std::int64_t lastRehearsalMs = 0; // of this device's encrypt key; 0: never
    Bytes keyId;  // of this device's encrypt certificate, as envelopes name it; empty: none
    std::string person; // whose device it is
    // Recipients whose certificate is this device's have its account, the others none.
    std::vector<opening::Bid> bids;
};

// What the vault keeps. Errors: as the vault's.
Result<KnownBids> knownBids(vault::Vault &vault);

// Runs behind the back of the person, who is neither asked nor told. If it comes to nothing, what the vault keeps stays.
class BidFetch final : public Fetch {
public:
    explicit BidFetch(const Environment &environment) : Fetch(environment) {}

    // Errors: badState (begun, or no device).
    Result<Step> start() { return begin(); }

private:
    Bytes question(const ByteArray<16> &cn) const override;
    Result<void> take(ByteView answer) override;
};

} // namespace hufu::phone
