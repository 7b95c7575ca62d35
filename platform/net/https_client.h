// HTTPS requests to one server that is known by its pinned key.
#pragma once

#include "platform/net/endpoint.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <functional>
#include <utility>
#include <vector>

namespace hufu::net {

enum class NetError : std::uint8_t {
    none,        // there is an answer, whatever its status
    unreachable, // no connection, or it broke
    pinMismatch, // another key than the pinned: nothing was sent
    timeout,
};

struct Answer {
    NetError error = NetError::none;
    int status = 0;
    QByteArray contentType;
    QByteArray setCookies; // one a line; none is kept or sent back here
    QByteArray body; // at most kAnswerMax, else unreachable
};

class HttpsClient : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 kAnswerMax = 8 * 1024 * 1024;
    using Done = std::function<void(const Answer &)>;
    using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

    explicit HttpsClient(Endpoint endpoint, QObject *parent = nullptr);

    // In: path with query, already escaped. done is called once from the event loop, never from within
    // request(), and not at all when the client is destroyed first. Redirects are not followed, proxies not
    // used.
    void request(const QByteArray &method, const QString &path, const Headers &headers, const QByteArray &body,
                 int timeoutMs, Done done);
    const Endpoint &endpoint() const { return m_endpoint; }

private:
    Endpoint m_endpoint;
    QNetworkAccessManager m_network;
};

} // namespace hufu::net
