#include "shield/x509/revocation_list.h"

#include "shield/x509/openssl.h"
#include "shield/x509/pem.h"
#include "shield/x509/signed_shell.h"

namespace hufu::x509 {

namespace {

constexpr char kLabel[] = "X509 CRL";

bool hasCriticalExtension(const X509_CRL *list)
{
    for (int i = 0; i < X509_CRL_get_ext_count(list); ++i)
        if (X509_EXTENSION_get_critical(X509_CRL_get_ext(list, i)) == 1) return true;
    return false;
}

// Of an entry; also refuses what would change the meaning of the entry, and a date that is none.
Result<Revocation> revocationOf(const X509_REVOKED *entry)
{
    for (int i = 0; i < X509_REVOKED_get_ext_count(entry); ++i)
        if (X509_EXTENSION_get_critical(X509_REVOKED_get_ext(entry, i)) == 1)
            return Error(Errc::badInput, "critical extension of an entry");
    HUFU_TRY(at, unixMsOf(X509_REVOKED_get0_revocationDate(entry)));
    const Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> code(
        static_cast<ASN1_ENUMERATED *>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
    const long number = code ? ASN1_ENUMERATED_get(code.get()) : 0;
    const bool known = number > 0 && number <= static_cast<long>(Reason::cessationOfOperation);
    return Revocation{at, known ? static_cast<Reason>(number) : Reason::unspecified};
}

} // namespace

Result<RevocationList> RevocationList::parse(ByteView der)
{
    const QuietErrors quiet;
    HUFU_TRY(native, parseDer<OwnedRevocationList>(der, ASN1_ITEM_rptr(X509_CRL)));
    if (X509_CRL_get_version(native.get()) != X509_CRL_VERSION_2)
        return Error(Errc::badInput, "not a version 2 list");
    if (hasCriticalExtension(native.get())) return Error(Errc::badInput, "critical extension of a list");
    auto data = std::make_shared<Data>();
    HUFU_TRY(thisUpdate, unixMsOf(X509_CRL_get0_lastUpdate(native.get())));
    HUFU_TRY(nextUpdate, unixMsOf(X509_CRL_get0_nextUpdate(native.get())));
    data->thisUpdateMs = thisUpdate;
    data->nextUpdateMs = nextUpdate;
    STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(native.get());
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);
        HUFU_TRY(revocation, revocationOf(entry));
        if (!data->entries.emplace(textOf(octetsOf(X509_REVOKED_get0_serialNumber(entry))), revocation).second)
            return Error(Errc::badInput, "a serial number twice");
    }
    data->der = bytesOf(der);
    data->native = std::shared_ptr<X509_CRL>(native.release(), X509_CRL_free);
    RevocationList out;
    out.m_data = std::move(data);
    return out;
}

Result<RevocationList> RevocationList::parseAny(ByteView file)
{
    HUFU_TRY(der, derOfFile(file, kLabel));
    return parse(der);
}

std::string RevocationList::pem() const
{
    return toPem(kLabel, m_data->der);
}

bool RevocationList::isOf(const Certificate &issuer) const
{
    return X509_NAME_cmp(X509_CRL_get_issuer(m_data->native.get()), X509_get_subject_name(issuer.native())) ==
           0;
}

Result<void> RevocationList::verify(const Certificate &issuer) const
{
    const auto shell = SignedShell::parse(m_data->der);
    if (!shell || !isOf(issuer)) return Error(Errc::tampered, "list of another issuer");
    if ((X509_get_key_usage(issuer.native()) & KU_CRL_SIGN) == 0)
        return Error(Errc::tampered, "may not sign lists");
    return shell->verify(issuer.publicKey());
}

std::optional<Revocation> RevocationList::find(ByteView serial) const
{
    const auto it = m_data->entries.find(textOf(serial));
    if (it == m_data->entries.end()) return std::nullopt;
    return it->second;
}

std::string_view nameOf(Reason reason)
{
    switch (reason) {
    case Reason::unspecified: return "unspecified";
    case Reason::keyCompromise: return "keyCompromise";
    case Reason::authorityCompromise: return "authorityCompromise";
    case Reason::affiliationChanged: return "affiliationChanged";
    case Reason::superseded: return "superseded";
    case Reason::cessationOfOperation: return "cessationOfOperation";
    }
    return "unspecified";
}

} // namespace hufu::x509
