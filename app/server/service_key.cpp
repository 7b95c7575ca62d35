#include "app/server/service_key.h"

#include "shield/crypto/sm2_scalar.h"
#include "shield/x509/openssl.h"
#include "shield/x509/sm2_der.h"

#include <algorithm>

namespace hufu::server {

using ports::Table;

namespace {

constexpr std::string_view kRow = "service-key";
constexpr std::string_view kContext = "hufu service key";

Result<Secret<32>> openScalar(ports::MasterKey &masterKey, ByteView sealed)
{
    HUFU_TRY(opened, masterKey.open(sealed, viewOf(kContext)));
    if (opened.size() != 32) return Error(Errc::tampered, "service key");
    Secret<32> d;
    std::ranges::copy(opened.expose(), d.fill().begin());
    return d;
}

} // namespace

Result<ServiceKey> ServiceKey::open(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random)
{
    HUFU_TRY(transaction, ledger.begin());
    HUFU_TRY(stored, transaction->readForChange(Table::meta, viewOf(kRow)));
    if (!stored) {
        const auto wide = random.secret<64>("service-key");
        const Secret<32> fresh = crypto::Scalar::reduceWide(wide.expose()).secretBytes();
        HUFU_TRY(sealed, masterKey.seal(fresh.expose(), viewOf(kContext)));
        HUFU_CHECK(transaction->write(Table::meta, viewOf(kRow), sealed));
        HUFU_CHECK(transaction->commit());
        stored = std::move(sealed);
    }
    HUFU_TRY(d, openScalar(masterKey, *stored));
    HUFU_TRY(scalar, crypto::Scalar::parse(d.expose()));
    return ServiceKey(masterKey, std::move(*stored), crypto::mulBase(scalar));
}

Result<ByteArray<64>> ServiceKey::sign(ByteView message)
{
    HUFU_TRY(d, openScalar(*m_masterKey, m_sealed));
    HUFU_TRY(key, x509::privateKeyOf(d, m_point));
    HUFU_TRY(context, x509::signingContext(key.get()));
    std::size_t size = 0;
    if (EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1) return Error(Errc::internal, "signature");
    Bytes der(size);
    if (EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) != 1) return Error(Errc::internal, "signature");
    der.resize(size);
    HUFU_TRY(signature, x509::Sm2Signature::parse(der));
    return signature.raw();
}

} // namespace hufu::server
