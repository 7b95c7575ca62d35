#include "app/server/service.h"

namespace hufu::server {

using ports::Table;

namespace {

constexpr std::string_view kHolder = "service"; // of its certificates
constexpr std::string_view kNumberRow = "service-key-number"; // of the key that signs now

Result<std::uint32_t> numberOf(ports::Transaction &transaction)
{
    HUFU_TRY(stored, transaction.readForChange(Table::meta, viewOf(kNumberRow)));
    if (!stored) return 0U;
    Reader reader(*stored);
    const std::uint32_t number = reader.u32();
    HUFU_CHECK(reader.finish());
    return number;
}

// The key proves itself as a person's does. Errors: refused (its certificate was revoked, or is over).
Result<x509::Certificate> certify(ports::Transaction &transaction, authority::Authority &authority, ServiceKey &key, std::int64_t nowMs)
{
    const x509::Subject subject{"CN", "Hufu", {}, "Hufu Service", {}};
    HUFU_TRY(info, x509::requestInfo(subject, key.publicKey()));
    HUFU_TRY(signature, key.sign(info));
    HUFU_TRY(request, x509::assembleCsr(info, crypto::Suite::sm2, signature));
    return authority.issueSign(transaction, request, subject, viewOf(kHolder), nowMs);
}

// About a month before the end of a year.
bool isDue(const x509::Certificate &certificate, std::int64_t nowMs)
{
    return certificate.notAfterMs() - nowMs < (certificate.notAfterMs() - certificate.notBeforeMs()) / 12;
}

} // namespace

Result<Service::Present> Service::present()
{
    const std::int64_t now = m_clock.unixMs();
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(number, numberOf(*transaction));
    HUFU_TRY(key, server::ServiceKey::load(*transaction, m_masterKey, m_random, number));
    auto certificate = certify(*transaction, m_authority, key, now);
    if (!certificate && certificate.error().code != Errc::refused) return certificate.error();
    if (!certificate || isDue(*certificate, now)) {
        number += 1;
        HUFU_CHECK(transaction->write(Table::meta, viewOf(kNumberRow), Writer().u32(number).bytes()));
        HUFU_TRY(next, server::ServiceKey::load(*transaction, m_masterKey, m_random, number));
        key = std::move(next);
        certificate = certify(*transaction, m_authority, key, now);
        if (!certificate) return certificate.error();
    }
    HUFU_CHECK(transaction->commit());
    return Present{std::move(key), std::move(*certificate)};
}

Result<ByteArray<64>> Service::sign(ByteView message)
{
    HUFU_TRY(now, present());
    return now.key.sign(message);
}

Result<x509::Certificate> Service::certificate()
{
    HUFU_TRY(now, present());
    return std::move(now.certificate);
}

Result<std::vector<Bytes>> Service::certificates()
{
    HUFU_CHECK(present());
    HUFU_TRY(records, m_authority.findByHolder(viewOf(kHolder)));
    std::vector<Bytes> certificates;
    for (const authority::Record &record : records)
        certificates.push_back(record.certificate.der());
    certificates.push_back(m_authority.issuing().der());
    return certificates;
}

} // namespace hufu::server
