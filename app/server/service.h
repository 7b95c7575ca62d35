// The operator's service: what it signs under what companies confirm before they have a shield, and the certificate that this is checked
// with. The certificate renews itself: when the last twelfth of its time has begun, or it was revoked, the service has another key and
// a certificate for it; what the earlier ones signed is judged with theirs.
#pragma once

#include "app/server/service_key.h"
#include "shield/authority/authority.h"
#include "shield/ports/clock.h"

namespace hufu::server {

// May be used by several threads. Never called inside a transaction. Errors of every call: unavailable; tampered.
class Service final : public ports::ServiceKey {
public:
    // All outlive it.
    Service(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random, authority::Authority &authority, ports::Clock &clock)
        : m_ledger(ledger), m_masterKey(masterKey), m_random(random), m_authority(authority), m_clock(clock)
    {}

    // Returns: r 32 | s 32, with the id of Hufu, by a key that is certified for a while to come.
    Result<ByteArray<64>> sign(ByteView message) override;
    // Of the key that signs now.
    Result<x509::Certificate> certificate();
    // All that the service has had, and behind them that of the authority.
    Result<std::vector<Bytes>> certificates();

private:
    struct Present {
        server::ServiceKey key;
        x509::Certificate certificate;
    };
    Result<Present> present();

    ports::LedgerStore &m_ledger;
    ports::MasterKey &m_masterKey;
    ports::Random &m_random;
    authority::Authority &m_authority;
    ports::Clock &m_clock;
};

} // namespace hufu::server
