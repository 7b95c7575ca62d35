// Refresh on schedule: new shares for all keys of the device under the same PIN (PROTOCOL R7, 4.7), op 3.
#pragma once

#include "shield/phone/step.h"

#include <memory>

namespace hufu::phone {

// Runs behind the back of the person, who is neither asked nor told: its only pages are working, done and stopped.
// It may be dropped at any moment. What came to nothing is due again after kRefreshRetryMs; what was half done is
// settled by the next approval, whichever epoch the server is in.
class Refresh {
public:
    // In: kPin, of a PIN that an approval has just found right for the shares of epoch.
    Refresh(const Environment &environment, Secret<32> kPin, std::uint32_t epoch);
    ~Refresh();

    // Errors: badState (begun, or no device).
    Result<Step> start();

    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();

    vault::ServerLink server() const; // to connect to

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hufu::phone
