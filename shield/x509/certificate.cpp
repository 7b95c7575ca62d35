#include "shield/x509/certificate.h"

#include "shield/crypto/sm2.h"
#include "shield/x509/openssl.h"
#include "shield/x509/pem.h"

namespace hufu::x509 {

namespace {

constexpr std::size_t kCertificateMax = 64 * 1024;
constexpr char kLabel[] = "CERTIFICATE";

constexpr std::uint32_t kSignUsage = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
constexpr std::uint32_t kEncryptUsage = KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT;

// OpenSSL's verification hashes the id that is set here; without it, an empty one.
Result<void> setId(X509 *certificate)
{
    OwnedOctets id(ASN1_OCTET_STRING_new());
    const ByteView text = viewOf(crypto::kSm2Id);
    if (!id || ASN1_OCTET_STRING_set(id.get(), text.data(), static_cast<int>(text.size())) != 1)
        return Error(Errc::internal, "memory");
    X509_set0_distinguishing_id(certificate, id.release());
    return {};
}

} // namespace

Result<Certificate> Certificate::parse(ByteView der)
{
    const QuietErrors quiet;
    if (der.size() > kCertificateMax) return Error(Errc::badInput, "certificate too long");
    HUFU_TRY(native, parseDer<OwnedCertificate>(der, ASN1_ITEM_rptr(X509)));
    if (X509_get_version(native.get()) != X509_VERSION_3)
        return Error(Errc::badInput, "not a version 3 certificate");
    X509_check_purpose(native.get(), -1, 0); // reads the extensions
    if ((X509_get_extension_flags(native.get()) & EXFLAG_INVALID) != 0)
        return Error(Errc::badInput, "broken extension");
    HUFU_CHECK(setId(native.get()));

    auto data = std::make_shared<Data>();
    HUFU_TRY(key, publicKeyOf(X509_get_X509_PUBKEY(native.get())));
    HUFU_TRY(subject, subjectOf(X509_get_subject_name(native.get())));
    HUFU_TRY(issuer, subjectOf(X509_get_issuer_name(native.get())));
    HUFU_TRY(notBefore, unixMsOf(X509_get0_notBefore(native.get())));
    HUFU_TRY(notAfter, unixMsOf(X509_get0_notAfter(native.get())));
    const ASN1_INTEGER *serial = X509_get0_serialNumber(native.get());
    if (ASN1_STRING_type(serial) != V_ASN1_INTEGER || ASN1_STRING_length(serial) > 20)
        return Error(Errc::badInput, "serial number");
    data->key = key;
    data->subject = subject;
    data->issuer = issuer;
    data->notBeforeMs = notBefore;
    data->notAfterMs = notAfter;
    data->serial = bytesOf(octetsOf(serial));
    if (const ASN1_OCTET_STRING *id = X509_get0_subject_key_id(native.get()); id != nullptr)
        data->subjectKeyId = bytesOf(octetsOf(id));
    data->isAuthority = X509_check_ca(native.get()) == 1;
    data->der = bytesOf(der);
    data->native = std::shared_ptr<X509>(native.release(), X509_free);

    Certificate out;
    out.m_data = std::move(data);
    return out;
}

Result<Certificate> Certificate::parsePem(std::string_view pem)
{
    HUFU_TRY(all, parsePemList(pem));
    if (all.size() != 1) return Error(Errc::badInput, "not one certificate");
    return all.front();
}

Result<std::vector<Certificate>> Certificate::parsePemList(std::string_view pem)
{
    HUFU_TRY(blocks, blocksOfPem(pem, kLabel));
    if (blocks.empty()) return Error(Errc::badInput, "no certificate");
    std::vector<Certificate> all;
    for (const Bytes &der : blocks) {
        HUFU_TRY(certificate, parse(der));
        all.push_back(certificate);
    }
    return all;
}

Result<Certificate> Certificate::parseAny(ByteView file)
{
    HUFU_TRY(der, derOfFile(file, kLabel));
    return parse(der);
}

std::string Certificate::pem() const
{
    return toPem(kLabel, m_data->der);
}

std::string Certificate::subjectText() const
{
    const OwnedBio sink(BIO_new(BIO_s_mem()));
    constexpr unsigned long kFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!sink || X509_NAME_print_ex(sink.get(), X509_get_subject_name(native()), 0, kFlags) < 0) return {};
    char *text = nullptr;
    const long length = BIO_get_mem_data(sink.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
}

bool Certificate::allows(KeyKind kind) const
{
    if (m_data->isAuthority || (X509_get_extension_flags(native()) & EXFLAG_KUSAGE) == 0) return false;
    const std::uint32_t usage = X509_get_key_usage(native());
    const std::uint32_t wanted = kind == KeyKind::sign ? kSignUsage : kEncryptUsage;
    return (usage & (kSignUsage | kEncryptUsage)) == wanted;
}

} // namespace hufu::x509
