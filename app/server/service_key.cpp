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

// The first one's row and seal are as they were when there was no other.
Bytes numbered(std::string_view text, std::uint32_t number)
{
    return number == 0 ? bytesOf(viewOf(text)) : concat({viewOf(text), viewOf(" "), viewOf(std::to_string(number))});
}

Result<Secret<32>> openScalar(ports::MasterKey &masterKey, ByteView context, ByteView sealed)
{
    HUFU_TRY(opened, masterKey.open(sealed, context));
    if (opened.size() != 32) return Error(Errc::tampered, "service key");
    Secret<32> d;
    std::ranges::copy(opened.expose(), d.fill().begin());
    return d;
}

} // namespace

Result<ServiceKey> ServiceKey::open(ports::LedgerStore &ledger, ports::MasterKey &masterKey, ports::Random &random)
{
    HUFU_TRY(transaction, ledger.begin());
    HUFU_TRY(key, load(*transaction, masterKey, random, 0));
    HUFU_CHECK(transaction->commit());
    return std::move(key);
}

Result<ServiceKey> ServiceKey::load(ports::Transaction &transaction, ports::MasterKey &masterKey, ports::Random &random, std::uint32_t number)
{
    const Bytes row = numbered(kRow, number), context = numbered(kContext, number);
    HUFU_TRY(stored, transaction.readForChange(Table::meta, row));
    if (!stored) {
        const auto wide = random.secret<64>("service-key");
        const Secret<32> fresh = crypto::Scalar::reduceWide(wide.expose()).secretBytes();
        HUFU_TRY(sealed, masterKey.seal(fresh.expose(), context));
        HUFU_CHECK(transaction.write(Table::meta, row, sealed));
        stored = std::move(sealed);
    }
    HUFU_TRY(d, openScalar(masterKey, context, *stored));
    HUFU_TRY(scalar, crypto::Scalar::parse(d.expose()));
    return ServiceKey(masterKey, context, std::move(*stored), crypto::mulBase(scalar));
}

Result<ByteArray<64>> ServiceKey::sign(ByteView message)
{
    HUFU_TRY(d, openScalar(*m_masterKey, m_context, m_sealed));
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
