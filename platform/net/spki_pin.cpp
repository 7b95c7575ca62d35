#include "platform/net/spki_pin.h"

#include <openssl/sha.h>
#include <openssl/x509.h>

#include <memory>

namespace hufu::net {

Result<Pin> pinOfCertificate(ByteView certificateDer)
{
    const unsigned char *at = certificateDer.data();
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        d2i_X509(nullptr, &at, static_cast<long>(certificateDer.size())), &X509_free);
    if (!certificate || at != certificateDer.data() + certificateDer.size())
        return Error(Errc::badInput, "not a certificate");
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
    if (size <= 0) return Error(Errc::badInput, "certificate without a key");
    Pin pin{};
    SHA256(der, static_cast<std::size_t>(size), pin.data());
    OPENSSL_free(der);
    return pin;
}

} // namespace hufu::net
