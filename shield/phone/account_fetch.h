// How the account stands at the server: what would stop an approval, before one is tried.
#pragma once

#include "shield/phone/fetch.h"
#include "shield/wire/account.h"

namespace hufu::phone {

// Runs behind the back of the person. Only an answer under the device's MAC counts. A server of before does not know the question.
class AccountFetch final : public Fetch {
public:
    explicit AccountFetch(const Environment &environment) : Fetch(environment) {}

    // Errors: badState (begun, or no device).
    Result<Step> start() { return begin(); }

    const wire::AccountState &state() const { return m_state; } // once done

private:
    Bytes question(const ByteArray<16> &cn) const override { return underMac(wire::AccountQuery(), cn); }
    Result<void> take(ByteView answer) override;

    wire::AccountState m_state;
};

} // namespace hufu::phone
