// PIN change: always a refresh of all shares of the device (PROTOCOL R7, 4.7), op 6.
#pragma once

#include "shield/phone/step.h"

#include <memory>
#include <string>

namespace hufu::phone {

// In order: start -> sms -> pin (the old one) -> newPin -> repeatPin -> done. "Changed" is said only with
// Show::done: after REF4, or after the first success in the new epoch when REF4 was lost.
class PinChange {
public:
    explicit PinChange(const Environment &environment);
    ~PinChange();

    // Errors: badState (not active, or begun).
    Result<Step> start();

    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();

    Result<Step> smsCode(std::string code);
    Result<Step> resendSms();
    Result<Step> pin(vault::Pin old);
    // Too weak: Show::newPin again with weakness(); unchanged: with problem HF-306.
    Result<Step> newPin(vault::Pin pin);
    // Differs: Show::newPin again, problem HF-305.
    Result<Step> repeatPin(vault::Pin pin);
    Result<Step> chooseAgain(); // instead of repeating it

    std::optional<vault::PinWeakness> weakness() const;
    vault::PinHints hints() const; // that weakness() is judged by; empty until they are known
    vault::ServerLink server() const; // to connect to

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hufu::phone
