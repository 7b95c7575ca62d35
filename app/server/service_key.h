// SM2 keys of this server's own, sealed under the master key in the ledger.
#pragma once

#include "shield/crypto/sm2_point.h"
#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

namespace hufu::server {

// One of them, which never becomes another: the first one signs the portal's receipts, which name it, for good.
class ServiceKey final : public ports::ServiceKey {
public:
    // The first one. Makes the key if there is none. All outlive it. Errors: unavailable; tampered.
    static Result<ServiceKey> open(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random);
    // In the caller's transaction: the one of this number, counted from 0.
    static Result<ServiceKey> load(ports::Transaction &transaction, ports::MasterKey &masterKey, ports::Random &random, std::uint32_t number);

    // Returns: r 32 | s 32, with the id of Hufu.
    Result<ByteArray<64>> sign(ByteView message) override;
    const crypto::Point &publicKey() const { return m_point; }

private:
    ServiceKey(ports::MasterKey &masterKey, Bytes context, Bytes sealed, const crypto::Point &point)
        : m_masterKey(&masterKey), m_context(std::move(context)), m_sealed(std::move(sealed)), m_point(point)
    {}
    ports::MasterKey *m_masterKey;
    Bytes m_context, m_sealed; // opened for each signature alone
    crypto::Point m_point;
};

} // namespace hufu::server
