// The phone's and the desk's clients: the pin alone decides.
#include "platform/net/https_client.h"
#include "platform/net/name_lookup.h"
#include "platform/net/phone_socket.h"
#include "platform/net/tls_identity.h"
#include "server_under_test.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWebSocket>

#include <optional>

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
    void name_isANumber_leadsSomewhere_orNobodyKnowsIt()
    {
        const auto found = [](const QString &host) {
            QObject context;
            std::optional<NameLookup> out;
            lookUp(host, &context, [&out](const NameLookup &one) { out = one; });
            const bool isLater = !out; // never from within
            return QTest::qWaitFor([&out] { return out.has_value(); }, 20'000) && isLater ? *out : NameLookup{NameAnswer::unknown, QStringLiteral("late"), -1};
        };
        const NameLookup number = found(QStringLiteral("127.0.0.1")), six = found(QStringLiteral("::1")), local = found(QStringLiteral("localhost")), none = found(QStringLiteral("nobody.invalid"));
        QVERIFY(number.answer == NameAnswer::number && number.address == QStringLiteral("127.0.0.1"));
        QVERIFY(six.answer == NameAnswer::number && six.address == QStringLiteral("::1"));
        QVERIFY(local.answer == NameAnswer::known && !local.address.isEmpty());
        QVERIFY(none.answer == NameAnswer::unknown && none.address.isEmpty());
    }
    void name_whoseAskerIsGone_answersNobody()
    {
        bool isCalled = false;
        {
            QObject context;
            for (const char *host : {"127.0.0.1", "localhost"})
                lookUp(QLatin1String(host), &context, [&isCalled](const NameLookup &) { isCalled = true; });
        }
        QTest::qWait(300);
        QVERIFY(!isCalled);
    }
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

    void socket_language_isSaidAtEachOpening()
    {
        ServerUnderTest server;
        PhoneSocket socket(server.endpoint());
        QSignalSpy opened(&socket, &PhoneSocket::opened);
        QByteArray language = "en";
        socket.open();
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(server.language(), std::string());
        socket.setLanguage([&language] { return language; });
        socket.open();
        QTRY_COMPARE(opened.size(), 2);
        QCOMPARE(server.language(), std::string("en"));
        language = "zh-CN";
        socket.open();
        QTRY_COMPARE(opened.size(), 3);
        QCOMPARE(server.language(), std::string("zh-CN"));
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
        ServerUnderTest server(2'000);
        PhoneSocket socket(server.endpoint());
        QSignalSpy received(&socket, &PhoneSocket::received), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(received.size(), 1);
        socket.send(bytes("patience"));
        QTRY_COMPARE(received.size(), 2);
        QTest::qWait(5'000);
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

    void socket_quietPeerThatIsThere_staysOpen()
    {
        ServerUnderTest server(60'000);
        PhoneSocket socket(server.endpoint());
        socket.setAskEvery(400);
        QSignalSpy received(&socket, &PhoneSocket::received), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(received.size(), 1);
        QTest::qWait(3'000); // many more askings than may go without an answer
        QVERIFY(closed.isEmpty() && socket.isOpen());
    }

    // As a network that is gone without a word: the connection stands, and nothing comes through it any more.
    void socket_peerThatAnswersNothing_isClosed()
    {
        QTemporaryDir folder;
        const auto identity = *TlsIdentity::loadOrCreate(folder.path().toStdString());
        QFile key(folder.filePath(QStringLiteral("tls-key.pem")));
        QVERIFY(key.open(QIODevice::ReadOnly));
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(QByteArray::fromStdString(identity.certificatePem)));
        configuration.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
        QSslServer silent;
        silent.setSslConfiguration(configuration);
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        connect(&silent, &QTcpServer::pendingConnectionAvailable, this, [&silent] {
            QTcpSocket *peer = silent.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer] {
                static const QRegularExpression kKey(QStringLiteral("sec-websocket-key: *(\\S+)"), QRegularExpression::CaseInsensitiveOption);
                const auto asked = kKey.match(QString::fromLatin1(peer->readAll()));
                if (!asked.hasMatch()) return; // an asking
                const QByteArray named = asked.captured(1).toLatin1() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
                peer->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
                            QCryptographicHash::hash(named, QCryptographicHash::Sha1).toBase64() + "\r\n\r\n");
            });
        });
        for (const bool awaits : {false, true}) {
            PhoneSocket socket({QStringLiteral("127.0.0.1"), silent.serverPort(), {identity.pin}});
            socket.setAskEvery(100);
            QSignalSpy opened(&socket, &PhoneSocket::opened), closed(&socket, &PhoneSocket::closed), quiet(&socket, &PhoneSocket::silent);
            bool wasOpen = false;
            connect(&socket, &PhoneSocket::silent, this, [&] { wasOpen = socket.isOpen(); });
            socket.open();
            QTRY_COMPARE(opened.size(), 1);
            QElapsedTimer time;
            time.start();
            if (awaits) socket.send(bytes("an answer is waited for"));
            QTRY_COMPARE(closed.size(), 1);
            QVERIFY(time.elapsed() >= (awaits ? PhoneSocket::kMissedAwaiting : PhoneSocket::kMissedMost) * 100); // the server may only be busy
            QVERIFY(wasOpen && !socket.isOpen());
            QCOMPARE(quiet.size(), 1);
            QVERIFY(quiet.first().first().toBool());
        }
        QVERIFY((PhoneSocket::kMissedMost + 1) * PhoneSocket::kAskEveryMs < 5'000); // the product promises to say so within 5 s
        QVERIFY((PhoneSocket::kMissedAwaiting + 1) * PhoneSocket::kAskEveryMs < 11'000);
    }

    // The answer takes longer than any number of askings that may go without a sign: the server is there all the same.
    void socket_slowAnswer_isWaitedFor()
    {
        ServerUnderTest server(60'000);
        PhoneSocket socket(server.endpoint());
        socket.setAskEvery(400);
        QSignalSpy received(&socket, &PhoneSocket::received), closed(&socket, &PhoneSocket::closed), quiet(&socket, &PhoneSocket::silent);
        socket.open();
        QTRY_COMPARE(received.size(), 1);
        socket.send(bytes("mute")); // to which nothing is answered
        QTest::qWait(4'500);
        QVERIFY(closed.isEmpty() && quiet.isEmpty() && socket.isOpen());
        socket.send(bytes("still here"));
        QTRY_COMPARE(received.size(), 2);
    }

    // A tester's dead network: the connection stands and says nothing, and one that was made before is no good after it.
    void socket_networkDown_missesAllAndOpensWhenItIsUp()
    {
        ServerUnderTest server(60'000);
        PhoneSocket socket(server.endpoint());
        socket.setAskEvery(400);
        bool isDown = false;
        socket.setDown([&isDown] { return isDown; });
        QSignalSpy opened(&socket, &PhoneSocket::opened), received(&socket, &PhoneSocket::received), closed(&socket, &PhoneSocket::closed);
        socket.open();
        QTRY_COMPARE(received.size(), 1);
        isDown = true;
        socket.send(bytes("into the void"));
        isDown = false;
        socket.send(bytes("and so is this"));
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(received.size(), 1);
        QCOMPARE(server.echo.messages, 0);
        isDown = true;
        socket.open();
        QTest::qWait(500);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(closed.size(), 1);
        isDown = false;
        QTRY_COMPARE(opened.size(), 2);
        socket.send(bytes("here again"));
        QTRY_COMPARE(received.size(), 3);
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
