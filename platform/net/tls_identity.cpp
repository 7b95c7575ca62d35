#include "platform/net/tls_identity.h"

#include "platform/files/atomic_file.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

namespace hufu::net {

namespace {

namespace fs = std::filesystem;

struct KeyFree {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
struct CertificateFree {
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
struct BioFree {
    void operator()(BIO *bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;
using Certificate = std::unique_ptr<X509, CertificateFree>;
using Bio = std::unique_ptr<BIO, BioFree>;

constexpr std::size_t kFileMost = 65'536;
constexpr long kValidSeconds = 20L * 365 * 24 * 3600; // the pin decides, not the date

ByteView viewOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {reinterpret_cast<const std::uint8_t *>(data), size > 0 ? static_cast<std::size_t>(size) : 0};
}

SecretBytes pemOf(EVP_PKEY *key)
{
    const Bio bio(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    const ByteView text = viewOf(bio.get());
    SecretBytes out(text.size());
    std::ranges::copy(text, out.fill().begin());
    return out;
}

std::string pemOf(X509 *certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return textOf(viewOf(bio.get()));
}

Certificate selfSigned(EVP_PKEY *key)
{
    Certificate certificate(X509_new());
    unsigned char serial[8];
    if (!certificate || RAND_bytes(serial, sizeof serial) != 1) return nullptr;
    serial[0] &= 0x7f;
    X509_set_version(certificate.get(), 2);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_bin2bn(serial, sizeof serial, nullptr),
                                                             &BN_free);
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24 * 3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    static constexpr unsigned char kName[] = "hufu-server";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, kName, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    if (X509_sign(certificate.get(), key, EVP_sha256()) <= 0) return nullptr;
    return certificate;
}

Result<Key> loadOrCreateKey(const fs::path &path)
{
    if (const auto isPrivate = files::checkPrivate(path); isPrivate) {
        HUFU_TRY(content, files::readWhole(path, kFileMost));
        const auto text = SecretBytes::adopt(content);
        const Bio bio(BIO_new_mem_buf(text.expose().data(), static_cast<int>(text.size())));
        Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
        if (!key) return Error(Errc::tampered, "not a TLS key");
        return key;
    } else if (isPrivate.error().code != Errc::notFound) {
        return Error(Errc::tampered, "TLS key readable by others");
    }
    Key key(EVP_EC_gen("P-256"));
    if (!key) return Error(Errc::internal, "key generation");
    HUFU_CHECK(files::writeAtomically(path, pemOf(key.get()).expose()));
    return key;
}

Result<Certificate> loadOrCreateCertificate(const fs::path &path, EVP_PKEY *key)
{
    auto text = files::readWhole(path, kFileMost);
    if (text) {
        const Bio bio(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
        Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        // Another key was put in place (the backup): its certificate is made anew.
        if (certificate && X509_check_private_key(certificate.get(), key) == 1) return certificate;
    } else if (text.error().code != Errc::notFound) {
        return text.error();
    }
    Certificate certificate = selfSigned(key);
    if (!certificate) return Error(Errc::internal, "certificate");
    HUFU_CHECK(files::writeAtomically(path, hufu::viewOf(pemOf(certificate.get()))));
    return certificate;
}

Result<Pin> pinOfKey(EVP_PKEY *key)
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    if (size <= 0) return Error(Errc::internal, "public key");
    Pin pin{};
    SHA256(der, static_cast<std::size_t>(size), pin.data());
    OPENSSL_free(der);
    return pin;
}

} // namespace

Result<TlsIdentity> TlsIdentity::loadOrCreate(const fs::path &folder)
{
    HUFU_TRY(key, loadOrCreateKey(folder / "tls-key.pem"));
    HUFU_TRY(backup, loadOrCreateKey(folder / "tls-backup-key.pem"));
    HUFU_TRY(certificate, loadOrCreateCertificate(folder / "tls-cert.pem", key.get()));
    HUFU_TRY(pin, pinOfKey(key.get()));
    HUFU_TRY(backupPin, pinOfKey(backup.get()));
    return TlsIdentity{std::make_shared<const SecretBytes>(pemOf(key.get())), pemOf(certificate.get()), pin, backupPin};
}

} // namespace hufu::net
