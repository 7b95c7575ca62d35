// The phone's WebSocket to the server (PROTOCOL R4), which is known by its pinned key.
#pragma once

#include "platform/net/endpoint.h"
#include "shield/base/bytes.h"

#include <QObject>
#include <QTimer>

QT_FORWARD_DECLARE_CLASS(QWebSocket)

namespace hufu::net {

class PhoneSocket : public QObject {
    Q_OBJECT
public:
    explicit PhoneSocket(Endpoint endpoint, QObject *parent = nullptr);
    ~PhoneSocket() override;

    // Opens a new connection; an older one ends without a signal. Ends with one of opened, pinMismatched,
    // closed.
    void open(int timeoutMs = 10'000);
    // One binary message; dropped while not open. The caller wipes what was secret in it.
    void send(const hufu::Bytes &message);
    // Ends the connection; closed() does not come.
    void close();
    bool isOpen() const { return m_open; }
    // While nobody waits for an answer it asks the other end again and again whether it is there: a network that is gone closes no
    // connection by itself. kMissedMost askings without any sign end it: closed(). Who waits knows by himself how long.
    static constexpr int kAskEveryMs = 1'500, kMissedMost = 2;
    void setAskEvery(int ms) { m_asking.setInterval(ms); }

Q_SIGNALS:
    void opened();
    void received(const hufu::Bytes &message);
    void closed();        // could not be reached, or the connection ended
    void pinMismatched(); // another key than the pinned; nothing was sent

private:
    void forget();
    void lose(bool mismatch);
    void ask();

    Endpoint m_endpoint;
    QWebSocket *m_socket = nullptr;
    QTimer m_timeout, m_asking;
    int m_missed = 0; // askings since the last sign
    bool m_open = false;
    bool m_isAwaiting = false; // something was sent since the last message
};

} // namespace hufu::net
