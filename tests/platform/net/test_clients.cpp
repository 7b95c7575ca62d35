// The phone's and the desk's clients: the pin alone decides.
#include "platform/net/https_client.h"
#include "platform/net/phone_socket.h"
#include "server_under_test.h"

#include <QEventLoop>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QTimer>
#include <QWebSocket>

using namespace hufu;
using namespace hufu::net;
using namespace hufu::tests;

class TestClients : public QObject {
    Q_OBJECT

    static Answer ask(HttpsClient &client, const QByteArray &method, const QString &path,
                      const QByteArray &body = {}, int timeoutMs = 5'000)
    {
        QEventLoop loop;
        Answer answer{NetError::timeout, -1, {}, {}, {}};
        bool within = true;
        client.request(method, path, {}, body, timeoutMs, [&](const Answer &got) {
            if (!within) answer = got;
            loop.quit();
        });
        within = false;
        QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
        loop.exec();
        return answer;
    }

    static Bytes bytes(const char *text) { return bytesOf(viewOf(text)); }

    static Endpoint wrongPin(Endpoint endpoint)
    {
        for (Pin &pin : endpoint.pins)
            pin[31] ^= 1;
        return endpoint;
    }

private Q_SLOTS:
    void request_pinned_isAnswered()
    {
        ServerUnderTest server;
        HttpsClient client(server.endpoint());
        const Answer answer = ask(client, "GET", QStringLiteral("/hello"));
        QCOMPARE(answer.error, NetError::none);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, QByteArray("hello"));
        QCOMPARE(answer.contentType, QByteArray("text/plain"));
    }

    void request_body_arrives()
    {
        ServerUnderTest server;
        HttpsClient client(server.endpoint());
        QCOMPARE(ask(client, "PUT", QStringLiteral("/large/n?x=%20"), QByteArray(300'000, 'b')).body,
                 QByteArray("n300000"));
    }

    void request_refused_isAnAnswerWithItsBody()
    {
        ServerUnderTest server;
        HttpsClient client(server.endpoint());
        for (const auto &[path, status] : {std::pair("/none", 404), std::pair("/throw", 500)}) {
            const Answer answer = ask(client, "GET", QString::fromLatin1(path));
            QCOMPARE(answer.error, NetError::none);
            QCOMPARE(answer.status, status);
            QCOMPARE(answer.body, "own " + QByteArray::number(status));
        }
    }

    void request_thousand_areAnswered()
    {
        ServerUnderTest server;
        HttpsClient client(server.endpoint());
        for (int i = 0; i < 1'000; ++i)
            QCOMPARE(ask(client, "GET", QStringLiteral("/hello")).status, 200);
    }

    void request_backupPin_isEnough()
    {
        ServerUnderTest server;
        Endpoint endpoint = server.endpoint();
        std::swap(endpoint.pins[0], endpoint.pins[1]);
        endpoint.pins[0] = Pin{};
        HttpsClient client(endpoint);
        QCOMPARE(ask(client, "GET", QStringLiteral("/hello")).status, 200);
    }

    void request_wrongPin_sendsNothing()
    {
        ServerUnderTest server;
        HttpsClient client(wrongPin(server.endpoint()));
        QCOMPARE(ask(client, "POST", QStringLiteral("/size"), "secret").error, NetError::pinMismatch);
        QCOMPARE(server.handled, 0);
    }

    void request_noPin_isMismatch()
    {
        ServerUnderTest server;
        Endpoint endpoint = server.endpoint();
        endpoint.pins.clear();
        HttpsClient client(endpoint);
        QCOMPARE(ask(client, "GET", QStringLiteral("/hello")).error, NetError::pinMismatch);
    }

    void request_nobodyThere_isUnreachable()
    {
        ServerUnderTest server;
        const Endpoint endpoint = server.endpoint();
        server.server->stop();
        HttpsClient client(endpoint);
        QCOMPARE(ask(client, "GET", QStringLiteral("/hello")).error, NetError::unreachable);
    }

    void request_noAnswer_isTimeout()
    {
        ServerUnderTest server;
        HttpsClient client(server.endpoint());
        QCOMPARE(ask(client, "GET", QStringLiteral("/never"), {}, 300).error, NetError::timeout);
    }

    void socket_message_isEchoed()
    {
        ServerUnderTest server;
        PhoneSocket socket(server.endpoint());
        QSignalSpy opened(&socket, &PhoneSocket::opened), received(&socket, &PhoneSocket::received);
        socket.open();
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(received[0][0].value<Bytes>(), bytes("greeting"));
        for (const std::size_t size : {std::size_t{0}, std::size_t{174}, limits::kMessageMax}) {
            const Bytes message(size, 0x5a);
            received.clear();
            socket.send(message);
            QTRY_COMPARE(received.size(), 1);
            QCOMPARE(received[0][0].value<Bytes>(), message);
        }
    }

    void socket_oversizedMessage_isClosed()
    {
        ServerUnderTest server;
        PhoneSocket socket(server.endpoint());
        QSignalSpy opened(&socket, &PhoneSocket::opened), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(opened.size(), 1);
        socket.send(Bytes(limits::kMessageMax + 1, 0));
        QTRY_COMPARE(closed.size(), 1);
        QTRY_COMPARE(server.echo.closed, 1);
        QCOMPARE(server.echo.messages, 0);
    }

    void socket_wrongPin_isMismatchAndNothingElse()
    {
        ServerUnderTest server;
        PhoneSocket socket(wrongPin(server.endpoint()));
        QSignalSpy opened(&socket, &PhoneSocket::opened), closed(&socket, &PhoneSocket::closed),
            mismatched(&socket, &PhoneSocket::pinMismatched);
        socket.open();
        QTRY_COMPARE(mismatched.size(), 1);
        QTest::qWait(200);
        QCOMPARE(opened.size(), 0);
        QCOMPARE(closed.size(), 0);
        QCOMPARE(mismatched.size(), 1);
        QCOMPARE(server.echo.opened, 0);
    }

    void socket_nobodyThere_isClosed()
    {
        ServerUnderTest server;
        PhoneSocket socket(server.endpoint());
        server.server->stop();
        QSignalSpy closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!socket.isOpen());
    }

    void socket_silentPeer_isClosedAfterTheTimeout()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        PhoneSocket socket({QStringLiteral("127.0.0.1"), silent.serverPort(), {Pin{}}});
        QSignalSpy closed(&socket, &PhoneSocket::closed);
        socket.open(300);
        QTRY_COMPARE(closed.size(), 1);
    }

    void socket_silence_isClosedByTheServer()
    {
        ServerUnderTest server(300);
        PhoneSocket socket(server.endpoint());
        QSignalSpy closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(closed.size(), 1);
        QTRY_COMPARE(server.echo.closed, 1);
    }

    void socket_allowedSilence_staysOpen()
    {
        ServerUnderTest server(300);
        PhoneSocket socket(server.endpoint());
        QSignalSpy received(&socket, &PhoneSocket::received), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(received.size(), 1);
        socket.send(bytes("patience"));
        QTRY_COMPARE(received.size(), 2);
        QTest::qWait(900);
        QCOMPARE(closed.size(), 0);
        socket.send(bytes("still here"));
        QTRY_COMPARE(received.size(), 3);
    }

    void socket_handlerCloses_orThrows()
    {
        for (const char *message : {"close", "throw"}) {
            ServerUnderTest server;
            PhoneSocket socket(server.endpoint());
            QSignalSpy opened(&socket, &PhoneSocket::opened), closed(&socket, &PhoneSocket::closed);
            socket.open();
            QTRY_COMPARE(opened.size(), 1);
            socket.send(bytes(message));
            QTRY_COMPARE(closed.size(), 1);
            QTRY_COMPARE(server.echo.closed, 1);
        }
    }

    void socket_serverStops_isClosed()
    {
        ServerUnderTest server;
        PhoneSocket socket(server.endpoint());
        QSignalSpy opened(&socket, &PhoneSocket::opened), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(opened.size(), 1);
        server.server->stop();
        QCOMPARE(server.echo.closed, 1);
        QTRY_COMPARE(closed.size(), 1);
    }

    void socket_closeAndReopen_isANewConnection()
    {
        ServerUnderTest server;
        PhoneSocket socket(server.endpoint());
        QSignalSpy opened(&socket, &PhoneSocket::opened), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(opened.size(), 1);
        socket.close();
        QTRY_COMPARE(server.echo.closed, 1);
        QCOMPARE(closed.size(), 0);
        socket.open();
        QTRY_COMPARE(opened.size(), 2);
        QCOMPARE(server.echo.opened, 2);
    }

    void socket_withOrigin_isRefused()
    {
        ServerUnderTest server;
        QWebSocket page(QStringLiteral("https://evil.example"));
        page.setSslConfiguration(pinnedTls());
        connect(&page, &QWebSocket::sslErrors, &page, [&page] { page.ignoreSslErrors(); });
        QSignalSpy failed(&page, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error));
        page.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/phone/v1").arg(server.server->port())));
        QTRY_VERIFY(!failed.isEmpty());
        QVERIFY(!page.sslConfiguration().peerCertificate().isNull());
        QCOMPARE(server.echo.opened, 0);
    }

    void socket_text_isRefused()
    {
        ServerUnderTest server;
        QWebSocket page;
        page.setSslConfiguration(pinnedTls());
        connect(&page, &QWebSocket::sslErrors, &page, [&page] { page.ignoreSslErrors(); });
        QSignalSpy connected(&page, &QWebSocket::connected), ended(&page, &QWebSocket::disconnected);
        page.open(QUrl(QStringLiteral("wss://127.0.0.1:%1/phone/v1").arg(server.server->port())));
        QTRY_COMPARE(connected.size(), 1);
        page.sendTextMessage(QStringLiteral("hello"));
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(page.closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);
        QCOMPARE(server.echo.messages, 0);
    }
};

QTEST_GUILESS_MAIN(TestClients)
#include "test_clients.moc"
