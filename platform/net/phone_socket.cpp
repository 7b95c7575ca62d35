#include "platform/net/phone_socket.h"

#include "shield/base/limits.h"
#include "shield/base/secret.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslCipher>
#include <QWebSocket>

namespace hufu::net {

static constexpr int kKnockEveryMs = 200;

PhoneSocket::PhoneSocket(Endpoint endpoint, QObject *parent) : QObject(parent), m_endpoint(std::move(endpoint))
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] { lose(false); });
    m_asking.setInterval(kAskEveryMs);
    connect(&m_asking, &QTimer::timeout, this, &PhoneSocket::ask);
    m_knocking.setSingleShot(true);
    m_knocking.setInterval(kKnockEveryMs);
    connect(&m_knocking, &QTimer::timeout, this, &PhoneSocket::knock);
}

PhoneSocket::~PhoneSocket()
{
    forget();
}

void PhoneSocket::open(int timeoutMs)
{
    forget();
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setSslConfiguration(pinnedTls());
    m_socket->setMaxAllowedIncomingMessageSize(limits::kMessageMax);
    m_socket->setMaxAllowedIncomingFrameSize(limits::kMessageMax);
    connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &) {
        if (m_endpoint.knows(m_socket->sslConfiguration().peerCertificate()))
            m_socket->ignoreSslErrors();
        else
            lose(true);
    });
    connect(m_socket, &QWebSocket::connected, this, [this] {
        if (isDead()) return;
        if (!m_endpoint.knows(m_socket->sslConfiguration().peerCertificate())) return lose(true);
        m_timeout.stop();
        m_open = true;
        m_missed = 0;
        m_isAwaiting = false;
        m_asking.start();
        Q_EMIT opened();
    });
    connect(m_socket, &QWebSocket::pong, this, [this] {
        if (!isDead()) heard();
    });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &message) {
        if (isDead()) return;
        m_isAwaiting = false;
        heard();
        hufu::Bytes bytes(message.begin(), message.end());
        Q_EMIT received(bytes);
        wipe(bytes.data(), bytes.size()); // P2 of a KG2, T2 of a DEC2; Qt's own copy is Qt's
    });
    const auto end = [this] {
        if (!isDead()) lose(false);
    };
    connect(m_socket, &QWebSocket::disconnected, this, end);
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, end);
    m_timeout.start(timeoutMs);
    knock();
}

void PhoneSocket::knock()
{
    if (m_isDown && m_isDown()) return m_knocking.start();
    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(m_endpoint.host);
    url.setPort(m_endpoint.port);
    url.setPath(QStringLiteral("/phone/v1"));
    QNetworkRequest request(url);
    if (m_language) request.setRawHeader("Hufu-Language", m_language());
    m_socket->open(request);
}

void PhoneSocket::send(const hufu::Bytes &message)
{
    if (!m_open) return;
    QByteArray bytes(reinterpret_cast<const char *>(message.data()), static_cast<qsizetype>(message.size()));
    m_isAwaiting = true;
    if (m_missed < kMissedMost) m_missed = 0;
    if (!isDead()) m_socket->sendBinaryMessage(bytes);
    wipe(bytes.data(), static_cast<std::size_t>(bytes.size())); // Qt masks a copy of its own
}

void PhoneSocket::close()
{
    forget();
}

void PhoneSocket::ask()
{
    if (m_missed == kMissedMost) Q_EMIT silent(true);
    if (m_socket == nullptr) return; // who heard that has left
    if (m_missed >= (m_isAwaiting ? kMissedAwaiting : kMissedMost)) return lose(false);
    ++m_missed;
    if (!isDead()) m_socket->ping();
}

// The other end is there.
void PhoneSocket::heard()
{
    const bool wasSilent = m_missed > kMissedMost;
    m_missed = 0;
    if (wasSilent) Q_EMIT silent(false);
}

bool PhoneSocket::isDead()
{
    m_isDead = m_isDead || (m_isDown && m_isDown());
    return m_isDead;
}

void PhoneSocket::forget()
{
    m_timeout.stop();
    m_asking.stop();
    m_knocking.stop();
    m_open = m_isDead = false;
    if (m_socket == nullptr) return;
    m_socket->disconnect(this);
    if (m_socket->isValid()) m_socket->close();
    m_socket->deleteLater();
    m_socket = nullptr;
}

void PhoneSocket::lose(bool mismatch)
{
    if (m_socket == nullptr) return;
    m_socket->disconnect(this);
    m_socket->abort();
    forget();
    if (mismatch)
        Q_EMIT pinMismatched();
    else
        Q_EMIT closed();
}

} // namespace hufu::net
