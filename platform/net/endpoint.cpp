#include "platform/net/endpoint.h"

#include <algorithm>

namespace hufu::net {

bool Endpoint::knows(const QSslCertificate &certificate) const
{
    const QByteArray der = certificate.toDer();
    const auto pin = pinOfCertificate(
        {reinterpret_cast<const std::uint8_t *>(der.constData()), static_cast<std::size_t>(der.size())});
    return pin && std::ranges::count(pins, *pin) != 0;
}

QSslConfiguration pinnedTls()
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    // With no authority each certificate is an error, and each error asks for the pin.
    tls.setCaCertificates({});
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return tls;
}

} // namespace hufu::net
