// Activation (PROTOCOL 4.2, R5): enrolment, PIN, two keys, certificates, rehearsals.
#pragma once

#include "shield/phone/step.h"
#include "shield/wire/activation.h"

#include <memory>
#include <string>
#include <string_view>

namespace hufu::phone {

// hufu://activate?host=H&port=N&pin=HEX64&pin2=HEX64&code=HEX32
struct ActivationLink {
    vault::ServerLink server;
    ByteArray<16> code{};
    // Errors: badInput.
    static Result<ActivationLink> parse(std::string_view text);
    std::string text() const;
};

// Where the device stands, from its files alone.
enum class Stage : std::uint8_t {
    empty,   // not activated, or broken off before the keys were agreed: starts over with a link
    started, // keys agreed, certificates or rehearsals missing: resumes with the PIN
    active,
};
Result<Stage> stageOf(vault::Vault &vault);

enum class Progress : std::uint8_t {
    keys,           // KG1 to KG4
    request,        // the two halves sign the certificate request
    encryptRequest, // the sign key asks for the encrypt certificate
    probe,          // decrypting the authority's probe
    certificates,   // the chain is verified
    rehearseSign,
    rehearseDecrypt,
    finished,
};

// In order: start -> phoneNumber -> proof -> choosePin -> repeatPin -> (keys) -> done.
// Resumed: resume -> pin -> (keys) -> done.
class Activation {
public:
    explicit Activation(const Environment &environment);
    ~Activation();

    // From the link. What an earlier, unfinished activation or damaged files left is erased once the server answers for the
    // new keys, not before: a stale link costs nothing.
    // Errors: badState (the device is active already, or this flow has begun).
    Result<Step> start(const ActivationLink &link);
    // The same, from the choice of the PIN: the identity was proved before the program ended. In: accepted, as acceptance() gave it.
    // Errors: also badInput (not of the form).
    Result<Step> goOn(const ActivationLink &link, std::string number, ByteView accepted);
    // Goes on where the files stand. Errors: badState (stage is not started).
    Result<Step> resume();

    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();

    Result<Step> phoneNumber(std::string number);
    Result<Step> resendSms();
    // The agreements that the person accepted must be all of terms(). provider and evidence: liveness; 0 and
    // empty if it is not asked for.
    Result<Step> proof(std::string sms, const std::vector<wire::Agreement> &accepted, std::uint8_t provider,
                       Bytes evidence);
    // Too weak: Show::choosePin again, with weakness().
    Result<Step> choosePin(vault::Pin pin);
    // Differs: Show::choosePin again, problem HF-305.
    Result<Step> repeatPin(vault::Pin pin);
    Result<Step> chooseAgain(); // instead of repeating it
    // Asked for when resumed, and again after a wrong one.
    Result<Step> pin(vault::Pin pin);

    Progress progress() const;
    std::optional<vault::PinWeakness> weakness() const;
    vault::PinHints hints() const; // that weakness() is judged by; empty until they are known
    const std::optional<wire::EnrolTerms> &terms() const;
    Bytes acceptance() const; // from the identity check until the keys are there, to be kept sealed; else empty
    vault::ServerLink server() const; // to connect to

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hufu::phone
