// The phone's WebSocket to the server (PROTOCOL R4), which is known by its pinned key.
#pragma once

#include "platform/net/endpoint.h"
#include "shield/base/bytes.h"

#include <QObject>
#include <QTimer>

#include <functional>

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
    // It asks the other end again and again whether it is there: a network that is gone closes no connection by itself. kMissedMost
    // askings without any sign are told, silent(), and end it, closed(). While an answer is waited for, the other end may only be
    // busy: then it takes kMissedAwaiting of them to end it.
    static constexpr int kAskEveryMs = 1'500, kMissedMost = 2, kMissedAwaiting = 6;
    void setAskEvery(int ms) { m_asking.setInterval(ms); }
    // A tester's network that is down, which says so to nobody: nothing arrives, nothing leaves, and a connection that has missed
    // something is good for nothing afterwards. A new one waits until it is up.
    void setDown(std::function<bool()> isDown) { m_isDown = std::move(isDown); }

    // The language of the screens, "zh-CN" or "en", asked for at each opening: the server writes to the person in it.
    void setLanguage(std::function<QByteArray()> language) { m_language = std::move(language); }

Q_SIGNALS:
    void opened();
    void received(const hufu::Bytes &message);
    void silent(bool is); // no sign for so long that the connection may be gone; or there is one again
    void closed();        // could not be reached, or the connection ended
    void pinMismatched(); // another key than the pinned; nothing was sent

private:
    void forget();
    void lose(bool mismatch);
    void knock();
    void ask();
    void heard();
    bool isDead();

    Endpoint m_endpoint;
    QWebSocket *m_socket = nullptr;
    QTimer m_timeout, m_asking, m_knocking;
    std::function<bool()> m_isDown;
    std::function<QByteArray()> m_language;
    int m_missed = 0; // askings since the last sign
    bool m_isDead = false; // it was open while the network was down
    bool m_open = false;
    bool m_isAwaiting = false; // something was sent since the last message
};

} // namespace hufu::net
