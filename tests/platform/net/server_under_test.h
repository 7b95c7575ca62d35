// A server with a few routes, and a raw TLS connection to it.
#pragma once

#include "platform/net/endpoint.h"
#include "platform/net/server.h"

#include <QElapsedTimer>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <mutex>

namespace hufu::tests {

// Echoes; tells how often it was opened and closed.
struct EchoCounts {
    std::atomic<int> opened = 0, closed = 0, messages = 0;
};

class Echo final : public net::SocketHandler {
public:
    explicit Echo(EchoCounts &counts) : m_counts(counts) {}
    void onOpen(std::shared_ptr<net::Socket> socket) override
    {
        ++m_counts.opened;
        m_socket = std::move(socket);
        m_socket->send(bytesOf(viewOf("greeting")));
    }
    void onMessage(ByteView message) override
    {
        ++m_counts.messages;
        if (sameBytes(message, viewOf("close"))) return m_socket->close();
        if (sameBytes(message, viewOf("patience"))) m_socket->allowSilence(60'000);
        if (sameBytes(message, viewOf("mute"))) return;
        if (sameBytes(message, viewOf("throw"))) throw std::runtime_error("broken");
        m_socket->send(bytesOf(message));
    }
    void onClosed() override { ++m_counts.closed; }

private:
    EchoCounts &m_counts;
    std::shared_ptr<net::Socket> m_socket;
};

class ServerUnderTest {
public:
    explicit ServerUnderTest(std::int64_t idleMs = 1'000, std::size_t connectionsMax = 200)
    {
        net::Router router;
        router.add("GET", "/hello",
                   [](const net::Request &, const net::Reply &reply) { reply(textResponse("hello")); });
        router.add("POST", "/size", [this](const net::Request &request, const net::Reply &reply) {
            ++handled;
            reply(textResponse(std::to_string(request.body.size())));
        });
        router.add(
            "PUT", "/large/{name}",
            [](const net::Request &request, const net::Reply &reply) {
                reply(textResponse(request.parameters.at("name") + std::to_string(request.body.size())));
            },
            limits::kTbsMax);
        router.add("GET", "/much", [](const net::Request &, const net::Reply &reply) { reply(textResponse(std::string(kMuch, 'm'))); });
        router.add("GET", "/throw",
                   [](const net::Request &, const net::Reply &) { throw std::runtime_error("broken"); });
        router.add("GET", "/twice", [](const net::Request &, const net::Reply &reply) {
            reply(textResponse("one"));
            reply(textResponse("two"));
        });
        router.add("GET", "/cookies", [](const net::Request &, const net::Reply &reply) {
            net::Response response = textResponse("cookies");
            response.headers = {{"Set-Cookie", "a=1"}, {"Cache-Control", "no-cache"}, {"Set-Cookie", "b=2"}};
            reply(std::move(response));
        });
        router.add("GET", "/later", [this](const net::Request &, const net::Reply &reply) {
            server->after(300, [reply] { reply(textResponse("later")); });
        });
        router.add("GET", "/never", [this](const net::Request &request, const net::Reply &) {
            {
                const std::lock_guard lock(m_mutex);
                m_left = request.left;
            }
            ++asked;
        });
        router.add("GET", "/stream", [this](const net::Request &, const net::Reply &reply) {
            net::Response response = textResponse({});
            response.opened = [this](std::shared_ptr<net::Stream> stream) {
                const std::lock_guard lock(m_mutex);
                m_stream = std::move(stream);
            };
            reply(std::move(response));
        });
        router.addSocket("/phone/v1", [this](const net::Request &upgrade) {
            {
                const std::lock_guard lock(m_mutex);
                m_language = upgrade.header("hufu-language").value_or("");
            }
            return std::make_unique<Echo>(echo);
        });

        net::ServerConfig config;
        config.idleMs = idleMs;
        config.stopMs = 600;
        config.connectionsMax = connectionsMax;
        config.hosts = {"hufu.example"};
        config.errorResponse = [](int status) { return textResponse("own " + std::to_string(status)); };
        auto loaded = net::TlsIdentity::loadOrCreate(dir.path().toStdString());
        if (!loaded) return;
        identity = *loaded;
        config.identity = identity;
        server = std::make_unique<net::Server>(std::move(config));
        up = static_cast<bool>(server->listen());
        if (up) server->start(std::move(router));
    }

    static constexpr std::size_t kMuch = 24 * 1024 * 1024; // more than a system keeps for a peer that does not read

    static net::Response textResponse(std::string_view text)
    {
        net::Response response;
        response.contentType = "text/plain";
        response.body = bytesOf(viewOf(text));
        return response;
    }

    // Whether the last who asked for /never is gone.
    bool hasLeft()
    {
        const std::lock_guard lock(m_mutex);
        return m_left && *m_left;
    }
    // The body that the last who asked for /stream reads; null until it is open.
    std::shared_ptr<net::Stream> stream()
    {
        const std::lock_guard lock(m_mutex);
        return m_stream;
    }
    // What the last who opened the socket has said.
    std::string language()
    {
        const std::lock_guard lock(m_mutex);
        return m_language;
    }
    net::Endpoint endpoint() const
    {
        return {QStringLiteral("127.0.0.1"), server->port(), {identity.pin, identity.backupPin}};
    }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(server->port()); }

    QTemporaryDir dir;
    net::TlsIdentity identity;
    EchoCounts echo;
    std::atomic<int> handled = 0, asked = 0;
    bool up = false;

private:
    std::mutex m_mutex;
    std::shared_ptr<const std::atomic<bool>> m_left;
    std::string m_language;
    std::shared_ptr<net::Stream> m_stream;

public:
    std::unique_ptr<net::Server> server; // ends before what its routes touch
};

// Bytes in, bytes out, over TLS.
class RawClient {
public:
    explicit RawClient(const ServerUnderTest &server)
    {
        m_socket.setSslConfiguration(net::pinnedTls());
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.server->port());
        connected = m_socket.waitForEncrypted(5'000);
    }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    // Everything until the connection ends, or nothing comes for ms.
    QByteArray readAll(int ms = 5'000)
    {
        QByteArray all;
        while (m_socket.state() == QAbstractSocket::ConnectedState && m_socket.waitForReadyRead(ms))
            all += m_socket.readAll();
        return all + m_socket.readAll();
    }
    // Until the body of one answer with Content-Length is complete.
    QByteArray readOne()
    {
        QByteArray all;
        while (!isComplete(all) && m_socket.waitForReadyRead(5'000))
            all += m_socket.readAll();
        return all;
    }
    QByteArray readSome() { return m_socket.readAll(); } // what is there
    // So much at once, then a pause, until all of it is there or nothing comes any more. Returns: how much. The connection has to stay: at its end
    // a socket with a small buffer loses what it has not taken.
    qsizetype readSlowly(qsizetype all, qsizetype atOnce, int pauseMs)
    {
        m_socket.setReadBufferSize(atOnce);
        qsizetype read = 0;
        while (read < all && (m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(10'000))) {
            read += m_socket.read(atOnce).size();
            QThread::msleep(static_cast<unsigned long>(pauseMs));
        }
        return read;
    }
    bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool waitForEnd(int ms = 10'000) { return !isOpen() || m_socket.waitForDisconnected(ms); }

    bool connected = false;

private:
    static bool isComplete(const QByteArray &answer)
    {
        const qsizetype end = answer.indexOf("\r\n\r\n");
        if (end < 0) return false;
        const qsizetype at = answer.indexOf("Content-Length: ");
        if (at < 0) return true;
        return answer.size() >= end + 4 + answer.mid(at + 16, answer.indexOf('\r', at) - at - 16).toInt();
    }
    QSslSocket m_socket;
};

} // namespace hufu::tests
