// Approval: claim a scanned frame or begin an own act, read, approve, cosign or decrypt.
#pragma once

#include "shield/intent/manifest.h"
#include "shield/phone/activation.h"
#include "shield/phone/refresh.h"
#include "shield/phone/step.h"
#include "shield/wire/session.h"

#include <memory>
#include <string>

namespace hufu::phone {

// What the approve page shows.
struct Request {
    intent::Manifest manifest;
    std::uint8_t factors = 0;              // wire::factor bits
    std::string digits;                    // to be typed on the desk; empty if not asked for
    bool deskKnown = false;                // false: the red page
    std::int64_t expiresAtMonotonicMs = 0; // by ports::Clock::monotonicMs
    ByteArray<16> token = {};              // the session
    Bytes manifestBytes = {};              // as they came: what is signed has their SM3
};

struct Signed {
    std::size_t index = 0;     // item of the manifest
    ByteArray<64> signature{}; // r | s, or R | z, verified under the device's key
};

// In order: claim or begin -> approve page -> approve (or refuse) -> [sms, liveness] -> pin -> done.
class Approval {
public:
    explicit Approval(const Environment &environment);
    ~Approval();

    // In: the text of the QR and when it was seen (monotonic ms). Errors: badInput (not a frame of ours: HF-200
    // at the edge), expired (seen more than 3 s ago), badState (not active, or already begun).
    Result<Step> claim(std::string_view frameText, std::int64_t seenMs);
    // rehearseSign, rehearseDecrypt, vouch or revoke. Errors: badInput (another act), badState.
    Result<Step> begin(intent::Act act);

    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    // Looks at the clock: an expired conversation stops.
    Result<Step> tick();

    // Items of the manifest that the person refused are left out; refusing all is refuse(). Errors: badInput,
    // badState.
    Result<Step> approve(const std::vector<std::size_t> &refusedItems = {});
    // From a page behind the request back to it: nothing was said. The factors that were given stay, a PIN does not.
    Result<Step> back();
    Result<Step> refuse(wire::RefuseReason reason);
    Result<Step> smsCode(std::string code);
    Result<Step> resendSms();
    Result<Step> liveness(std::uint8_t provider, Bytes evidence);
    Result<Step> pin(vault::Pin pin);

    const std::optional<Request> &request() const; // from Show::approve on
    const std::vector<Signed> &signatures() const; // with Show::done of an act that signs
    // With Show::done of a vouch: activates the same person's next keys.
    std::optional<ActivationLink> next() const;
    const std::vector<std::uint8_t> &openedItems() const; // with Show::done of an act that decrypts: those of the manifest that did open
    // While a PIN change is unfinished, two PINs are possible: which one is asked for now.
    enum class WhichPin : std::uint8_t { only, fresh, former };
    WhichPin whichPin() const;
    // With Show::done: a refresh of the shares, if one is due now that the PIN has been typed anyway. To be driven
    // like any flow, on a connection of its own, while the person goes on.
    std::unique_ptr<Refresh> takeRefresh();
    vault::ServerLink server() const; // to connect to

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hufu::phone
