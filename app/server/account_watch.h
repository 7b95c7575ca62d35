// What ends with an account when its grant rests or ends, in the same transaction: what it has scanned and not approved, so that no
// computer or page waits for it in vain; and with the grant's end its certificates.
#pragma once

#include "shield/authority/authority.h"
#include "shield/enterprise/grants.h"
#include "shield/ports/clock.h"
#include "shield/sessions/sessions.h"

namespace hufu::server {

class AccountWatch final : public enterprise::AccountWatch {
public:
    AccountWatch(authority::Authority &authority, ports::MasterKey &masterKey, ports::Clock &clock)
        : m_authority(authority), m_masterKey(masterKey), m_clock(clock)
    {}

    // It may be resumed, and then with the same certificates.
    Result<void> suspended(ports::Transaction &transaction, const enterprise::Id &acct) override
    {
        return sessions::endHeldBy(transaction, m_masterKey, acct, m_clock.unixMs());
    }
    Result<void> ended(ports::Transaction &transaction, const enterprise::Id &acct) override
    {
        HUFU_CHECK(sessions::endHeldBy(transaction, m_masterKey, acct, m_clock.unixMs()));
        return m_authority.revokeAllOf(transaction, acct, x509::Reason::cessationOfOperation, m_clock.unixMs());
    }

private:
    authority::Authority &m_authority;
    ports::MasterKey &m_masterKey;
    ports::Clock &m_clock;
};

} // namespace hufu::server
