// The operator's signature under what companies confirm before they have a shield: an SM2 key of this server's, sealed under
// the master key in the ledger.
#pragma once

#include "shield/crypto/sm2_point.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

namespace hufu::server {

class ServiceKey final : public ports::ServiceKey {
public:
    // Makes the key if there is none. All outlive it. Errors: unavailable; tampered.
    static Result<ServiceKey> open(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random);

    // Returns: r 32 | s 32, with the id of Hufu.
    Result<ByteArray<64>> sign(ByteView message) override;
    const crypto::Point &publicKey() const { return m_point; }

private:
    ServiceKey(ports::MasterKey &masterKey, Bytes sealed, const crypto::Point &point)
        : m_masterKey(&masterKey), m_sealed(std::move(sealed)), m_point(point)
    {}
    ports::MasterKey *m_masterKey;
    Bytes m_sealed; // opened for each signature alone
    crypto::Point m_point;
};

} // namespace hufu::server
