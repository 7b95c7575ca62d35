// Where a server is, and by which keys it is known.
#pragma once

#include "platform/net/spki_pin.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>

namespace hufu::net {

struct Endpoint {
    QString host;
    quint16 port = 0;
    std::vector<Pin> pins; // the key's and the backup key's; without one, no connection is made

    // The server's certificate carries one of the pinned keys.
    bool knows(const QSslCertificate &certificate) const;
};

// TLS 1.3, no certificate authority at all: the pin decides alone.
QSslConfiguration pinnedTls();

} // namespace hufu::net
