// What every flow of the phone speaks: bytes and the person's inputs go in, a Step comes out.
//
// A flow has no connection, thread or timer of its own. Its caller
//   - opens a connection when Step::connect is true (closing the former one, if any; waiting a second after a
//   loss), and
//     gives every binary message of the server to receive(), the Greeting included;
//   - sends Step::send in order;
//   - calls connectionLost() when the connection ends by itself or cannot be opened, and tick() about once a
//   second;
//   - shows what Step::show names and calls the person's input of that page.
// A Result's error means that the call did not fit (badState, badInput): nothing has changed, the page stays.
// All that goes wrong with server, network, storage or PIN is a Step with a Problem.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/random.h"
#include "shield/vault/vault.h"

#include <optional>
#include <vector>

namespace hufu::phone {

// The page that the person should see now.
enum class Show : std::uint8_t {
    working,     // nothing to do but wait
    phoneNumber, // Activation::phoneNumber
    terms,       // agreements, SMS code, liveness: Activation::proof, resendSms
    choosePin,   // choosePin
    repeatPin,   // repeatPin
    keys,        // progress of Activation: progress()
    approve,     // the manifest: Approval::approve or refuse
    sms,         // smsCode, resendSms
    liveness,    // liveness
    pin,         // pin
    newPin,      // PinChange::newPin, then repeatPin
    recoveryCode, // Recovery::code
    done,        // the flow has ended well
    refused,     // the person said no; the server knows, or the session ends by its time
    stopped,     // the flow has ended; problem says why
};

struct Problem {
    Errc errc = Errc::internal;
    std::uint16_t code = 0;       // HF-nnn of app/catalogue if the server or the flow knows it; 0: by errc
    std::uint32_t retryAfter = 0; // seconds until the lock ends; 0: none
    std::optional<int> triesLeft; // before the device freezes
    std::optional<int> failures;  // since the last success
    std::string whose = {};       // whose phone is asked for, with HF-606; may be empty
    bool operator==(const Problem &) const = default;
};

// Messages to be sent, some of which test PINs: wiped when they die, and when others take their place.
class Outgoing : public std::vector<Bytes> {
public:
    Outgoing() = default;
    Outgoing(Outgoing &&) noexcept = default;
    Outgoing &operator=(Outgoing &&other) noexcept;
    Outgoing(const Outgoing &) = delete;
    Outgoing &operator=(const Outgoing &) = delete;
    ~Outgoing();
};

// Move-only.
struct Step {
    Outgoing send;
    bool connect = false; // open a new connection to the server of the device
    bool close = false;   // the connection is not needed any more
    bool unheard = false; // with show refused: the server may not know of it
    Show show = Show::working;
    std::optional<Problem> problem; // with show stopped: why; with any other: what to tell on that page

    Step() = default;
    explicit Step(Show page) : show(page) {}
};

// What the flows need from outside; all outlive the flow.
struct Environment {
    vault::Vault &vault;
    ports::Random &random;
    ports::Clock &clock;
    vault::Stretch stretch; // for new PINs
};

} // namespace hufu::phone
