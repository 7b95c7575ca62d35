// The list of sealed bids: fetched from the server, kept in the vault, so that hours and reminders stand without a network.
#pragma once

#include "shield/opening/bid.h"
#include "shield/phone/step.h"
#include "shield/wire/bids.h"

#include <memory>

namespace hufu::phone {

struct KnownBids {
    std::int64_t fetchedMs = 0;       // Unix milliseconds; 0: never
    std::int64_t lastRehearsalMs = 0; // of this device's encrypt key; 0: never
    // Recipients whose certificate is this device's have its account, the others none.
    std::vector<opening::Bid> bids;
};

// What the vault keeps. Errors: as the vault's.
Result<KnownBids> knownBids(vault::Vault &vault);

// Runs behind the back of the person, who is neither asked nor told: its only pages are working, done and stopped. A loss of the
// connection ends it; what the vault keeps stays then.
class BidFetch {
public:
    explicit BidFetch(const Environment &environment) : m_environment(environment) {}

    // Errors: badState (begun, or no device).
    Result<Step> start();
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick(); // gives up after kPatienceMs

    const vault::ServerLink &server() const { return m_server; } // to connect to
    static constexpr std::int64_t kPatienceMs = 10'000;

private:
    enum class State : std::uint8_t { idle, greeting, list, ended };
    Step end(Show show, const std::optional<Problem> &problem);
    Result<Step> dispatch(ByteView message);

    Environment m_environment;
    State m_state = State::idle;
    std::optional<vault::Device> m_device;
    vault::ServerLink m_server;
    std::int64_t m_sinceMs = 0; // monotonic
};

} // namespace hufu::phone
