// The server against peers that keep to no rule.
#include "server_under_test.h"

#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;

class TestServer : public QObject {
    Q_OBJECT

    static int statusOf(const QByteArray &answer)
    {
        return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
    }
    static QByteArray bodyOf(const QByteArray &answer) { return answer.mid(answer.indexOf("\r\n\r\n") + 4); }
    static QByteArray get(const ServerUnderTest &server, const QByteArray &path, const QByteArray &more = {})
    {
        return "GET " + path + " HTTP/1.1\r\nHost: " + server.host() + "\r\n" + more + "\r\n";
    }

private Q_SLOTS:
    void get_known_isAnswered()
    {
        ServerUnderTest server;
        QVERIFY(server.up);
        RawClient client(server);
        QVERIFY(client.connected);
        client.send(get(server, "/hello"));
        const QByteArray answer = client.readOne();
        QCOMPARE(statusOf(answer), 200);
        QCOMPARE(bodyOf(answer), QByteArray("hello"));
        QVERIFY(answer.contains("Cache-Control: no-store"));
    }

    void plain_onLoopback_isServedWithTheSameLimits()
    {
        net::ServerConfig config;
        config.plain = true;
        net::Server server(std::move(config));
        QVERIFY(server.listen().has_value());
        net::Router router;
        router.add("GET", "/hello", [](const net::Request &, const net::Reply &reply) { reply(ServerUnderTest::textResponse("hello")); });
        router.addSocket("/socket", [](const net::Request &) { return std::unique_ptr<net::SocketHandler>(); });
        server.start(std::move(router));
        const QByteArray host = "127.0.0.1:" + QByteArray::number(server.port());
        const auto ask = [&](const QByteArray &request) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
            socket.write(request);
            QByteArray all;
            while (socket.waitForReadyRead(5'000))
                all += socket.readAll();
            return all;
        };
        const QByteArray good = "GET /hello HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        QCOMPARE(bodyOf(ask(good)), QByteArray("hello"));
        QCOMPARE(statusOf(ask("GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n")), 421);
        QCOMPARE(statusOf(ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\nX: " + QByteArray(static_cast<int>(limits::kHeaderMax), 'a') + "\r\n\r\n")), 431);
        QCOMPARE(statusOf(ask("GET /socket HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                              "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")), 404);
    }

    void plain_onAnOpenAddress_isRefused()
    {
        net::ServerConfig config;
        config.plain = true;
        config.address = "0.0.0.0";
        net::Server server(std::move(config));
        QVERIFY(!server.listen().has_value());
    }

    void cookies_ofOneAnswer_allArrive()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send(get(server, "/cookies"));
        const QByteArray answer = client.readOne();
        QVERIFY(answer.contains("Set-Cookie: a=1\r\n") && answer.contains("Set-Cookie: b=2\r\n"));
        QVERIFY(answer.contains("Cache-Control: no-cache\r\n") && !answer.contains("no-store")); // of any other the last counts
    }

    void keepAlive_thousandRequests_oneConnection()
    {
        ServerUnderTest server;
        RawClient client(server);
        QVERIFY(client.connected);
        for (int i = 0; i < 1'000; ++i) {
            client.send(get(server, "/hello"));
            QCOMPARE(statusOf(client.readOne()), 200);
        }
        QVERIFY(client.isOpen());
    }

    void peer_leavingBeforeItsAnswer_freesItsConnection()
    {
        ServerUnderTest server(1'000, 1);
        {
            RawClient waiting(server);
            QVERIFY(waiting.connected);
            waiting.send(get(server, "/never"));
            QTRY_VERIFY(server.asked.load() == 1);
            RawClient second(server);
            QVERIFY(!second.connected || second.waitForEnd()); // there is one place only
        }
        QTRY_VERIFY(server.hasLeft());
        bool isServedOnce = false; // looked at again, it would find its own connection in the way
        const auto isServed = [&] {
            if (isServedOnce) return true;
            RawClient next(server);
            if (!next.connected) return false;
            next.send(get(server, "/hello"));
            isServedOnce = statusOf(next.readOne()) == 200;
            return isServedOnce;
        };
        QTRY_VERIFY(isServed());
    }

    void stream_pieces_comeOneByOneUntilItsEnd()
    {
        ServerUnderTest server;
        RawClient client(server);
        QVERIFY(client.connected);
        client.send(get(server, "/stream"));
        std::shared_ptr<net::Stream> stream;
        QVERIFY(QTest::qWaitFor([&] { return (stream = server.stream()) != nullptr; }));
        QVERIFY(stream->send(bytesOf(viewOf("first"))));
        QByteArray read;
        QVERIFY(QTest::qWaitFor([&] { read += client.readSome(); return read.contains("5\r\nfirst\r\n"); }));
        QVERIFY(read.contains("\r\nTransfer-Encoding: chunked\r\n"));
        QVERIFY(stream->send(bytesOf(viewOf("second"))));
        stream->end();
        QVERIFY(!stream->send(bytesOf(viewOf("late"))));
        QVERIFY(QTest::qWaitFor([&] { read += client.readSome(); return read.endsWith("6\r\nsecond\r\n0\r\n\r\n"); }));
    }
    void stream_peerThatLeaves_isToldToTheApplication()
    {
        ServerUnderTest server;
        std::shared_ptr<net::Stream> stream;
        {
            RawClient client(server);
            QVERIFY(client.connected);
            client.send(get(server, "/stream"));
            QVERIFY(QTest::qWaitFor([&] { return (stream = server.stream()) != nullptr; }));
        }
        QTRY_VERIFY(!stream->send(bytesOf(viewOf("anybody?"))));
    }
    // The application may keep what it answers with for longer than the server lives: nothing of the server is touched then.
    void stream_keptForLongerThanTheServer_isOver()
    {
        std::shared_ptr<net::Stream> stream;
        {
            ServerUnderTest server;
            RawClient client(server);
            client.send(get(server, "/stream"));
            QVERIFY(QTest::qWaitFor([&] { return (stream = server.stream()) != nullptr; }));
            QVERIFY(stream->send(bytesOf(viewOf("first"))));
        }
        QVERIFY(!stream->send(bytesOf(viewOf("late"))));
        stream->end(); // an application that does not know yet
    }
    void pipelined_bothAreAnswered()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send(get(server, "/hello") + get(server, "/twice", "Connection: close\r\n"));
        const QByteArray answers = client.readAll();
        QVERIFY(answers.contains("hello"));
        QVERIFY(answers.endsWith("one"));
    }

    void header_oversized_is431()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send(
            get(server, "/hello", "X: " + QByteArray(static_cast<int>(limits::kHeaderMax), 'a') + "\r\n"));
        const QByteArray answer = client.readAll();
        QCOMPARE(statusOf(answer), 431);
        QCOMPARE(bodyOf(answer), QByteArray("own 431"));
        QVERIFY(client.waitForEnd());
    }

    void body_oversized_is413()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() + "\r\nContent-Length: 200000000\r\n\r\n" +
                    QByteArray(100'000, 'a'));
        QCOMPARE(statusOf(client.readOne()), 413);
        QCOMPARE(server.handled, 0);
    }

    void body_oversizedForTheRouteButNotForAll_is413()
    {
        ServerUnderTest server;
        const int size = static_cast<int>(limits::kBodyMax) + 1;
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() +
                    "\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n" + QByteArray(size, 'a'));
        QCOMPARE(statusOf(client.readOne()), 413);
        QCOMPARE(server.handled, 0);
    }

    void body_oversizedInChunks_is413()
    {
        ServerUnderTest server;
        RawClient client(server);
        const QByteArray chunk = "8000\r\n" + QByteArray(0x8000, 'a') + "\r\n";
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() + "\r\nTransfer-Encoding: chunked\r\n\r\n" +
                    chunk + chunk + chunk + "0\r\n\r\n");
        QCOMPARE(statusOf(client.readOne()), 413);
        QCOMPARE(server.handled, 0);
    }

    void body_ofTheRoutesOwnLimit_isTaken()
    {
        ServerUnderTest server;
        RawClient client(server);
        const int size = static_cast<int>(limits::kTbsMax);
        client.send("PUT /large/x HTTP/1.1\r\nHost: " + server.host() +
                    "\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n" + QByteArray(size, 'a'));
        QCOMPARE(bodyOf(client.readOne()), "x" + QByteArray::number(size));
    }

    void expect_continue_isAnswered()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() +
                    "\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(statusOf(client.readOne()), 100);
        client.send("abc");
        QCOMPARE(bodyOf(client.readOne()), QByteArray("3"));
    }

    void malformed_is400AndClosed_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("length and chunked") << QByteArray("POST /size HTTP/1.1\r\nHost: $\r\nContent-Length: "
                                                          "3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("chunked and length")
            << QByteArray("POST /size HTTP/1.1\r\nHost: $\r\nTransfer-Encoding: chunked\r\nContent-Length: "
                          "3\r\n\r\n0\r\n\r\n");
        QTest::newRow("two lengths") << QByteArray(
            "POST /size HTTP/1.1\r\nHost: $\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
        QTest::newRow("negative length")
            << QByteArray("POST /size HTTP/1.1\r\nHost: $\r\nContent-Length: -1\r\n\r\n");
        QTest::newRow("huge length") << QByteArray(
            "POST /size HTTP/1.1\r\nHost: $\r\nContent-Length: 99999999999999999999999\r\n\r\n");
        QTest::newRow("bad chunk") << QByteArray(
            "POST /size HTTP/1.1\r\nHost: $\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        QTest::newRow("no host") << QByteArray("GET /hello HTTP/1.1\r\n\r\n");
        QTest::newRow("two hosts") << QByteArray("GET /hello HTTP/1.1\r\nHost: $\r\nHost: $\r\n\r\n");
        QTest::newRow("old version") << QByteArray("GET /hello HTTP/1.0\r\nHost: $\r\n\r\n");
        QTest::newRow("no version") << QByteArray("GET /hello\r\nHost: $\r\n\r\n");
        QTest::newRow("absolute target") << QByteArray("GET https://$/hello HTTP/1.1\r\nHost: $\r\n\r\n");
        QTest::newRow("space in header name") << QByteArray("GET /hello HTTP/1.1\r\nHost : $\r\n\r\n");
        QTest::newRow("folded header") << QByteArray("GET /hello HTTP/1.1\r\nHost: $\r\nX\r\n\r\n");
        QTest::newRow("zero bytes") << QByteArray(64, '\0');
        QTest::newRow("random bytes") << QByteArray::fromHex("9f3ac1d24405ff0177a0") + "\r\n\r\n";
    }
    void malformed_is400AndClosed()
    {
        QFETCH(QByteArray, request);
        ServerUnderTest server;
        RawClient client(server);
        client.send(request.replace("$", server.host()));
        QCOMPARE(statusOf(client.readAll()), 400);
        QVERIFY(client.waitForEnd());
        QCOMPARE(server.handled, 0);
    }

    void host_foreign_is421_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("name") << QByteArray("evil.example:$");
        QTest::newRow("port") << QByteArray("127.0.0.1:1");
        QTest::newRow("no port") << QByteArray("127.0.0.1");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("user") << QByteArray("x@127.0.0.1:$");
    }
    void host_foreign_is421()
    {
        QFETCH(QByteArray, host);
        ServerUnderTest server;
        RawClient client(server);
        host.replace("$", QByteArray::number(server.server->port()));
        client.send("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QCOMPARE(statusOf(client.readOne()), 421);
    }

    void host_configured_isTaken()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send("GET /hello HTTP/1.1\r\nHost: HUFU.example:" + QByteArray::number(server.server->port()) +
                    "\r\n\r\n");
        QCOMPARE(statusOf(client.readOne()), 200);
    }

    void path_unknown_is404_method_is405()
    {
        ServerUnderTest server;
        RawClient first(server);
        first.send(get(server, "/none"));
        QCOMPARE(statusOf(first.readAll()), 404);
        RawClient second(server);
        second.send("POST /hello HTTP/1.1\r\nHost: " + server.host() + "\r\nContent-Length: 0\r\n\r\n");
        const QByteArray answer = second.readAll();
        QCOMPARE(statusOf(answer), 405);
        QVERIFY(answer.contains("Allow: GET\r\n"));
    }

    void handler_throws_is500()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send(get(server, "/throw"));
        QCOMPARE(statusOf(client.readOne()), 500);
    }

    void reply_later_blocksNobody()
    {
        ServerUnderTest server;
        std::vector<std::unique_ptr<RawClient>> waiting;
        for (int i = 0; i < 20; ++i) {
            waiting.push_back(std::make_unique<RawClient>(server));
            waiting.back()->send(get(server, "/never"));
        }
        RawClient client(server);
        client.send(get(server, "/later"));
        QCOMPARE(bodyOf(client.readOne()), QByteArray("later"));
    }

    void slowHeader_isClosed()
    {
        ServerUnderTest server(300);
        RawClient client(server);
        client.send("GET /hello HTTP/1.1\r\nHost:");
        QVERIFY(client.waitForEnd());
    }

    void slowBody_isClosed()
    {
        ServerUnderTest server(300);
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() + "\r\nContent-Length: 10\r\n\r\nabc");
        QVERIFY(client.waitForEnd());
        QCOMPARE(server.handled, 0);
    }

    // A piece each 100 ms, until all is sent or the connection is closed.
    static void trickle(RawClient &client, const QByteArray &piece, int pieces)
    {
        for (int i = 0; i < pieces && client.isOpen(); ++i) {
            client.send(piece);
            QTest::qWait(100);
        }
    }
    void body_thatTricklesAtABearableSpeed_isTaken()
    {
        ServerUnderTest server(3'000);
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() + "\r\nContent-Length: 61440\r\n\r\n");
        trickle(client, QByteArray(1024, 'a'), 59); // 6 s and more, 10 KiB a second
        client.send(QByteArray(1024, 'a'));
        const QByteArray answer = client.readOne();
        QCOMPARE(statusOf(answer), 200);
        QCOMPARE(bodyOf(answer), QByteArray("61440"));
    }
    void body_chunkedThatTrickles_isTaken()
    {
        ServerUnderTest server(3'000);
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        trickle(client, "400\r\n" + QByteArray(1024, 'a') + "\r\n", 60);
        client.send("0\r\n\r\n");
        QCOMPARE(bodyOf(client.readOne()), QByteArray("61440"));
    }
    void body_belowTheLeastSpeed_isClosed()
    {
        ServerUnderTest server(1'000);
        RawClient client(server);
        client.send("POST /size HTTP/1.1\r\nHost: " + server.host() + "\r\nContent-Length: 40960\r\n\r\n");
        trickle(client, QByteArray(50, 'a'), 100); // never silent for long, and 80 s would be needed for it
        QVERIFY(!client.isOpen()); // while it was being sent: silence would close it as well
        QCOMPARE(server.handled, 0);
    }
    void answer_thatIsReadSlowly_arrivesWhole()
    {
        ServerUnderTest server(2'000);
        RawClient client(server);
        client.send(get(server, "/much"));
        QElapsedTimer timer;
        timer.start();
        constexpr auto kMuch = static_cast<qsizetype>(ServerUnderTest::kMuch);
        QVERIFY(client.readSlowly(kMuch, 512 * 1024, 100) >= kMuch);
        QVERIFY(timer.elapsed() > 4'000); // twice as long as nothing may move
    }
    void answer_thatNobodyReads_isGivenUp()
    {
        ServerUnderTest server(500, 1);
        RawClient client(server);
        client.send(get(server, "/much"));
        bool isServed = false; // once its place is free
        const auto tryAgain = [&] {
            if (isServed) return true;
            RawClient next(server);
            if (!next.connected) return false;
            next.send(get(server, "/hello"));
            return isServed = statusOf(next.readOne()) == 200;
        };
        QTRY_VERIFY_WITH_TIMEOUT(tryAgain(), 20'000);
    }

    void silence_beforeTls_isClosed()
    {
        ServerUnderTest server(300);
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.server->port());
        QVERIFY(socket.waitForConnected());
        QVERIFY(socket.state() != QAbstractSocket::ConnectedState || socket.waitForDisconnected(10'000));
    }

    void bytesThatAreNotTls_areClosedWithoutAnAnswer()
    {
        ServerUnderTest server;
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.server->port());
        QVERIFY(socket.waitForConnected());
        socket.write(get(server, "/hello"));
        QVERIFY(socket.state() != QAbstractSocket::ConnectedState || socket.waitForDisconnected(10'000));
        QVERIFY(!socket.readAll().contains("HTTP"));
    }

    void tls12_isRefused()
    {
        ServerUnderTest server;
        QSslSocket socket;
        QSslConfiguration tls = net::pinnedTls();
        tls.setProtocol(QSsl::TlsV1_2);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(tls);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.server->port());
        QVERIFY(!socket.waitForEncrypted(5'000));
    }

    void connections_tooMany_areClosed_andLaterTakenAgain()
    {
        ServerUnderTest server(5'000, 2);
        auto first = std::make_unique<RawClient>(server);
        RawClient second(server);
        QVERIFY(first->connected && second.connected);
        const RawClient third(server);
        QVERIFY(!third.connected);
        first.reset();
        QVERIFY(QTest::qWaitFor([&server] { return RawClient(server).connected; }, 60'000));
    }

    void stop_idleConnections_endAtOnce()
    {
        ServerUnderTest server(60'000);
        RawClient client(server);
        client.send(get(server, "/hello"));
        QCOMPARE(statusOf(client.readOne()), 200);
        server.server->stop();
        QVERIFY(client.waitForEnd());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.server->port());
        QVERIFY(!socket.waitForConnected(2'000));
    }

    void stop_requestUnderWay_isAnswered()
    {
        ServerUnderTest server;
        RawClient client(server);
        client.send(get(server, "/later"));
        QTest::qWait(100);
        server.server->stop();
        QCOMPARE(bodyOf(client.readOne()), QByteArray("later"));
    }

    void listen_portTaken_isUnavailable()
    {
        ServerUnderTest server;
        net::ServerConfig config;
        config.identity = server.identity;
        config.port = server.server->port();
        net::Server second(std::move(config));
        const auto started = second.listen();
        QVERIFY(!started);
        QCOMPARE(started.error().code, Errc::unavailable);
    }

    void listen_badAddressOrKey_isBadInput()
    {
        ServerUnderTest server;
        net::ServerConfig config;
        config.identity = server.identity;
        config.address = "somewhere";
        QCOMPARE(net::Server(config).listen().error().code, Errc::badInput);
        config.address = "127.0.0.1";
        Bytes rubbish = bytesOf(viewOf("rubbish"));
        config.identity.keyPem = std::make_shared<const SecretBytes>(SecretBytes::adopt(rubbish));
        QCOMPARE(net::Server(config).listen().error().code, Errc::badInput);
    }
};

QTEST_GUILESS_MAIN(TestServer)
#include "test_server.moc"
