// What ends with an account when its grant does: its certificates are revoked in the same transaction. Open sessions need
// no hand: before a PIN counts the gateway asks anew whose account it is, and finds nobody.
#pragma once

#include "shield/authority/authority.h"
#include "shield/enterprise/grants.h"
#include "shield/ports/clock.h"

namespace hufu::server {

class AccountWatch final : public enterprise::AccountWatch {
public:
    AccountWatch(authority::Authority &authority, ports::Clock &clock) : m_authority(authority), m_clock(clock) {}

    // It may be resumed, and then with the same certificates.
    Result<void> suspended(ports::Transaction &, const enterprise::Id &) override { return {}; }
    Result<void> ended(ports::Transaction &transaction, const enterprise::Id &acct) override
    {
        return m_authority.revokeAllOf(transaction, acct, x509::Reason::cessationOfOperation, m_clock.unixMs());
    }

private:
    authority::Authority &m_authority;
    ports::Clock &m_clock;
};

} // namespace hufu::server
