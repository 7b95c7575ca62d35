// Routes and request targets.
#include "platform/net/router.h"

#include <QTest>

using namespace hufu;
using namespace hufu::net;

class TestRouter : public QObject {
    Q_OBJECT

    static Router made()
    {
        Router router;
        const Handler none = [](const Request &, const Reply &) {};
        router.add("GET", "/a/{token}", none);
        router.add("DELETE", "/a/{token}", none);
        router.add("PUT", "/a/{token}/tbs/{index}", none, limits::kTbsMax);
        router.add("GET", "/", none);
        router.addSocket("/ws", [](const Request &) { return std::unique_ptr<SocketHandler>(); });
        return router;
    }

    static Result<Request> split(std::string target)
    {
        Request request;
        request.target = std::move(target);
        HUFU_CHECK(splitTarget(request));
        return request;
    }

private Q_SLOTS:
    void find_parameter_isNamed()
    {
        const Router router = made();
        const Router::Match match = router.find("PUT", "/a/xyz/tbs/7");
        QVERIFY(match.route != nullptr);
        QCOMPARE(match.parameters.at("token"), std::string("xyz"));
        QCOMPARE(match.parameters.at("index"), std::string("7"));
        QCOMPARE(match.route->bodyMax, limits::kTbsMax);
        QCOMPARE(router.largestBody(), limits::kTbsMax);
    }

    void find_otherMethod_saysWhatIsAllowed()
    {
        const Router router = made();
        const Router::Match match = router.find("POST", "/a/xyz");
        QVERIFY(match.route == nullptr);
        QVERIFY(match.pathKnown);
        QCOMPARE(match.allowed, std::string("GET, DELETE"));
    }

    void find_unknownPath_isNotFound_data()
    {
        QTest::addColumn<QString>("path");
        for (const char *path : {"/a", "/a/", "/a/x/", "//", "/a/x/tbs", "/b", "/a/x/tbs/1/2", "/A/x"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void find_unknownPath_isNotFound()
    {
        QFETCH(QString, path);
        const Router::Match match = made().find("GET", path.toStdString());
        QVERIFY(match.route == nullptr);
        QVERIFY(!match.pathKnown);
    }

    void findSocket_exactPathOnly()
    {
        const Router router = made();
        QVERIFY(router.findSocket("/ws") != nullptr);
        QVERIFY(router.findSocket("/ws/") == nullptr);
    }

    void splitTarget_query_isDecoded()
    {
        const auto request = split("/x?wait=5&phone=%2B86+1&empty=&bare");
        QVERIFY(request);
        QCOMPARE(request->path, std::string("/x"));
        QCOMPARE(request->query.at("wait"), std::string("5"));
        QCOMPARE(request->query.at("phone"), std::string("+86 1"));
        QCOMPARE(request->query.at("empty"), std::string());
        QCOMPARE(request->query.at("bare"), std::string());
    }

    void splitTarget_malformed_isRefused_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("absolute") << QByteArray("https://x/y");
        QTest::newRow("star") << QByteArray("*");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("escape cut off") << QByteArray("/x?a=%4");
        QTest::newRow("escape of no digits") << QByteArray("/x?a=%zz");
        QTest::newRow("name twice") << QByteArray("/x?a=1&a=2");
        QTest::newRow("fragment") << QByteArray("/x#y");
        QTest::newRow("control") << QByteArray("/x\ty");
        QTest::newRow("not ascii") << QByteArray("/\xc3\xa4");
    }
    void splitTarget_malformed_isRefused()
    {
        QFETCH(QByteArray, target);
        QVERIFY(!split(target.toStdString()));
    }

    void header_twice_isNone()
    {
        Request request;
        request.headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
        QVERIFY(!request.header("a"));
        QVERIFY(!request.header("c"));
        QCOMPARE(std::string(*request.header("b")), std::string("2"));
    }
};

QTEST_GUILESS_MAIN(TestRouter)
#include "test_router.moc"
