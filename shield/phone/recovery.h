// The way back after a clone was found (PROTOCOL R3): a code from the identity check, a new K_dev and a new chain, then
// a refresh of all shares, which makes the copy noise.
#pragma once

#include "shield/phone/step.h"

#include <memory>
#include <string>

namespace hufu::phone {

// In order: start -> recoveryCode -> pin -> done. Broken off after the code was taken, it goes on with resume -> pin.
class Recovery {
public:
    explicit Recovery(const Environment &environment);
    ~Recovery();

    // Asks for the code. Errors: badState (not active, or begun).
    Result<Step> start();
    // The server knows the new K_dev already (HF-311): only the refresh is missing. Errors: badState.
    Result<Step> resume();

    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();

    // Errors: badInput (not eight digits: nothing is sent), badState.
    Result<Step> code(std::string digits);
    Result<Step> pin(vault::Pin pin);

    vault::ServerLink server() const; // to connect to

    static constexpr std::size_t kCodeDigits = 8;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hufu::phone
