// Every HTTPS end point: what it gives, and how it refuses.
#include "api_book.h"
#include "server_process.h"

#include <QDir>
#include <QRegularExpression>

using namespace hufu;
using namespace hufu::tests;

class TestEndpoints : public QObject {
    Q_OBJECT

    ServerProcess m_server;
    ports::SystemRandom m_random;
    desk::DeskKey m_desk = desk::DeskKey::generate(m_random); // not enrolled
    QString m_party = QStringLiteral("/rp/v1/sessions");

    static QByteArray json(std::initializer_list<std::pair<QString, QJsonValue>> members)
    {
        return QJsonDocument(QJsonObject(members)).toJson(QJsonDocument::Compact);
    }
    QByteArray enrolment(const desk::DeskKey &key) const
    {
        return json({{QStringLiteral("name"), QStringLiteral("二号机")},
                     {QStringLiteral("publicKey"), QString::fromStdString(toHex(key.publicKey()))},
                     {QStringLiteral("network"), QStringLiteral("10.0.0.7")}});
    }
    QString startLogin(const QString &idempotencyKey)
    {
        const auto answer = m_server.askAsParty("POST", m_party,
                                                R"({"manifest":{"act":"login"},"idempotencyKey":")" +
                                                    idempotencyKey.toLatin1() + R"("})");
        return ServerProcess::jsonOf(answer).value(QStringLiteral("token")).toString();
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.start()); }

    void health_isOk()
    {
        for (const char *path : {"/healthz", "/readyz"})
            QCOMPARE(m_server.get(QLatin1String(path)).status, 200);
    }
    void health_tellsTheServersClock()
    {
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        const auto told = ServerProcess::jsonOf(m_server.get(QStringLiteral("/healthz"))).value(QLatin1String("timeMs"));
        const qint64 after = QDateTime::currentMSecsSinceEpoch();
        QVERIFY(told.isDouble());
        QVERIFY(told.toDouble() >= static_cast<double>(before) && told.toDouble() <= static_cast<double>(after));
    }

    void health_tellsTheServersVersion()
    {
        const auto health = ServerProcess::jsonOf(m_server.get(QStringLiteral("/healthz")));
        QCOMPARE(health.value(QLatin1String("version")).toString(), QStringLiteral(HUFU_VERSION));
        QVERIFY(!ServerProcess::jsonOf(m_server.get(QStringLiteral("/readyz"))).contains(QLatin1String("version")));
    }
    void authority_publishesItsFiles()
    {
        for (const char *path : {"/ca/root.pem", "/ca/issuing.pem"})
            QVERIFY(m_server.get(QLatin1String(path)).body.startsWith("-----BEGIN CERTIFICATE-----"));
        for (const char *path : {"/ca/issuing.crl", "/ca/root.crl"}) {
            const auto answer = m_server.get(QLatin1String(path));
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.contentType, QByteArray("application/pkix-crl"));
            QVERIFY(answer.body.startsWith("\x30"));
        }
    }

    void unknown_isAProblemDocument()
    {
        const auto answer = m_server.get(QStringLiteral("/nothing"));
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.contentType, QByteArray("application/problem+json"));
        const auto problem = ServerProcess::jsonOf(answer);
        QCOMPARE(problem.value(QStringLiteral("code")).toString(), QStringLiteral("HF-103"));
        QCOMPARE(problem.value(QStringLiteral("status")).toInt(), 404);
        for (const char *member : {"type", "title", "detail", "titleZh", "detailZh"})
            QVERIFY(!problem.value(QLatin1String(member)).toString().isEmpty());
        QVERIFY(!problem.value(QStringLiteral("steps")).toArray().isEmpty());
        QVERIFY(!problem.value(QStringLiteral("stepsZh")).toArray().isEmpty());
    }

    // A person gets a page, with the headers of every page; a program, and whatever stands under an API, the problem document.
    void unknown_isAPageForAPersonsBrowser()
    {
        const net::HttpsClient::Headers browser{{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
        for (const char *path : {"/consol", "/console/staff", "/"}) {
            const auto page = m_server.ask("GET", QLatin1String(path), {}, browser);
            QVERIFY2(page.status == 404 && page.contentType == "text/html; charset=utf-8" && page.body.contains("/web/nowhere.js"), path);
        }
        for (const char *path : {"/console/v1/nothing", "/v1/nothing", "/legal/v1/x/y"}) {
            const auto answer = m_server.ask("GET", QLatin1String(path), {}, browser);
            QVERIFY2(answer.status == 404 && answer.contentType == "application/problem+json", path);
        }
        QCOMPARE(m_server.ask("POST", QStringLiteral("/consol"), "{}", browser).contentType, QByteArray("application/problem+json"));
    }

    // Another method, and a body that is no JSON: whoever asks, and for whatever, the refusal is one that a program can read.
    void operation_askedWrongly_isAProblemDocument()
    {
        const auto isProblem = [](const net::Answer &answer, int status) {
            const auto problem = ServerProcess::jsonOf(answer);
            return answer.status == status && answer.contentType == "application/problem+json" && problem.value(QLatin1String("status")).toInt() == status &&
                   problem.value(QLatin1String("code")).toString().startsWith(QLatin1String("HF-"));
        };
        const net::HttpsClient::Headers party{{"Authorization", "Bearer " + m_server.text("relyingPartyKey").toLatin1()}};
        int bodies = 0;
        for (const auto &[name, operation] : apiBook().operations()) {
            const QString whole = QString::fromStdString(name);
            const QByteArray method = whole.section(QLatin1Char(' '), 0, 0).toLatin1();
            const QString path = whole.section(QLatin1Char(' '), 1).replace(QRegularExpression(QStringLiteral("\\{[^}]+\\}")), QString(32, QLatin1Char('9')));
            QVERIFY2(isProblem(m_server.ask("PATCH", path, "{}"), 405), name.c_str());
            if (method == "GET") continue;
            for (const QByteArray &body : {QByteArray("{"), QByteArray("[]"), QByteArray("\xff\x00", 2)}) {
                const auto answer = m_server.ask(method, path, body, party);
                if (answer.status < 400) continue; // it reads no body
                QVERIFY2(isProblem(answer, answer.status) && answer.status < 500, (name + ": " + std::to_string(answer.status)).c_str());
                ++bodies;
            }
        }
        QVERIFY2(bodies > 100, std::to_string(bodies).c_str());
    }

    void portal_accountTriedTooOften_is429AndNoOtherIs()
    {
        const auto tried = [this](const QString &account) {
            return m_server.ask("POST", QStringLiteral("/portal/v1/sessions"),
                                json({{QStringLiteral("account"), account}, {QStringLiteral("password"), QStringLiteral("a guess of many")}}));
        };
        for (int i = 0; i < 10; ++i)
            QCOMPARE(tried(QStringLiteral("victim")).status, 401);
        const auto over = tried(QStringLiteral("victim"));
        QCOMPARE(over.status, 429);
        QCOMPARE(ServerProcess::codeOf(over), QStringLiteral("HF-105"));
        QCOMPARE(tried(QStringLiteral("another")).status, 401);
    }

    void client_package_isGivenWithItsDigest()
    {
        const QString given = QStringLiteral("/portal/v1/client/packages/"), told = QStringLiteral("/portal/v1/client");
        const auto packages = [this, told] { return ServerProcess::jsonOf(m_server.get(told)).value(QStringLiteral("packages")).toArray(); };
        QCOMPARE(m_server.get(given + QStringLiteral("amd64")).status, 404);
        QVERIFY(packages().isEmpty());
        QCOMPARE(ServerProcess::jsonOf(m_server.get(told)).value(QStringLiteral("deskLink")).toString(), m_server.text("desk"));
        QVERIFY(QDir().mkpath(m_server.data() + QStringLiteral("/client")));
        const auto lay = [this](const QString &name, const QByteArray &content) {
            QFile file(m_server.data() + QStringLiteral("/client/") + name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(content), content.size());
        };
        // Whichever was written last: of each architecture the newest version is given.
        lay(QStringLiteral("hufu-desk_0.10.0_amd64.deb"), "abc");
        for (const char *name : {"hufu-desk_0.9.0_amd64.deb", "hufu-desk_0.10.0~rc2_amd64.deb", "hufu-desk_0.9.0+b1-3_amd64.deb", "other_0.11.0_amd64.deb", "hufu-desk_0.20.0_amd64.deb.part"})
            lay(QLatin1String(name), "older");
        lay(QStringLiteral("hufu-desk_0.9.0-2_arm64.deb"), "arm");
        lay(QStringLiteral("hufu-desk_0.9.0_arm64.deb"), "older");
        lay(QStringLiteral("hufu-desk_0.9.0-1_arm64.deb"), "older");
        QCOMPARE(m_server.get(given + QStringLiteral("amd64")).body, QByteArray("abc"));
        QCOMPARE(m_server.get(given + QStringLiteral("arm64")).body, QByteArray("arm"));
        QCOMPARE(packages().size(), 2);
        const QJsonObject one = packages().at(0).toObject(), other = packages().at(1).toObject();
        QCOMPARE(one.value(QStringLiteral("architecture")).toString(), QStringLiteral("amd64"));
        QCOMPARE(one.value(QStringLiteral("version")).toString(), QStringLiteral("0.10.0"));
        QCOMPARE(one.value(QStringLiteral("size")).toInt(), 3);
        // GB/T 32905 A.1
        QCOMPARE(one.value(QStringLiteral("sm3")).toString(), QStringLiteral("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
        QCOMPARE(other.value(QStringLiteral("name")).toString(), QStringLiteral("hufu-desk_0.9.0-2_arm64.deb"));
        QVERIFY(other.value(QStringLiteral("sm3")).toString() != one.value(QStringLiteral("sm3")).toString());
        lay(QStringLiteral("hufu-desk_0.11.0_amd64.deb"), "newer");
        QCOMPARE(packages().at(0).toObject().value(QStringLiteral("version")).toString(), QStringLiteral("0.11.0"));
        QCOMPARE(packages().at(0).toObject().value(QStringLiteral("size")).toInt(), 5);
    }

    // Each operation that is not everybody's, asked by each kind of visitor that it is not for, logged in where there is a log-in.
    void operation_ofAnotherKindOfVisitor_is401()
    {
        struct Visitor {
            const char *kind;
            net::HttpsClient::Headers headers;
        };
        const auto page = [this](const QByteArray &cookies) {
            const auto csrf = ServerProcess::jsonOf(m_server.ask("GET", QStringLiteral("/portal/v1/sessions"), {}, {{"Cookie", cookies}})).value(QLatin1String("csrf"));
            const QByteArray host = "127.0.0.1:" + QByteArray::number(m_server.port());
            return net::HttpsClient::Headers{{"Cookie", cookies}, {"Origin", "https://" + host}, {"Hufu-Csrf", csrf.toString().toLatin1()}};
        };
        const auto cookieOf = [](const net::Answer &answer) { return answer.setCookies.left(answer.setCookies.indexOf(';')); };
        const auto account = m_server.ask("POST", QStringLiteral("/portal/v1/accounts"), json({{QStringLiteral("account"), QStringLiteral("visitor-1")}, {QStringLiteral("password"), QStringLiteral("correct horse")}}));
        QCOMPARE(account.status, 201);
        const auto portal = page(cookieOf(account));
        const auto applied = m_server.ask("POST", QStringLiteral("/portal/v1/applications"), R"({"issuer":"hufu"})", portal);
        QCOMPARE(applied.status, 201);
        const QString ticket = ServerProcess::jsonOf(applied).value(QLatin1String("console")).toString().section(QLatin1String("#/apply/"), 1);
        const auto visited = m_server.ask("POST", QStringLiteral("/console/v1/application/visit"), json({{QStringLiteral("ticket"), ticket}}));
        QCOMPARE(visited.status, 204);
        const QString creditCode = QStringLiteral("91110108MA0DEM0P1T"), number = m_server.text("phoneNumber");
        QCOMPARE(m_server.ask("POST", QStringLiteral("/console/v1/codes"), json({{QStringLiteral("creditCode"), creditCode}, {QStringLiteral("phoneNumber"), number}})).status, 200);
        const QString text = m_server.inbox().first().toObject().value(QLatin1String("text")).toString();
        const QString code = QRegularExpression(QStringLiteral("\\d{6}")).match(text).captured();
        const auto opened = m_server.ask("POST", QStringLiteral("/console/v1/sessions"), json({{QStringLiteral("creditCode"), creditCode}, {QStringLiteral("phoneNumber"), number}, {QStringLiteral("code"), code}}));
        QCOMPARE(opened.status, 201);
        const QByteArray token = ServerProcess::jsonOf(opened).value(QLatin1String("token")).toString().toLatin1();
        const std::vector<Visitor> visitors = {{"", {}},
                                               {"party", {{"Authorization", "Bearer " + m_server.text("relyingPartyKey").toLatin1()}}},
                                               {"portalPage", portal},
                                               {"applicantPage", page(cookieOf(visited))},
                                               {"console", {{"Authorization", "Bearer " + token}}}};
        int asked = 0, let = 0;
        for (const auto &[name, operation] : apiBook().operations()) {
            QVERIFY2(operation.isOpen != !operation.visitors.empty(), name.c_str());
            if (operation.isOpen) continue;
            const QString whole = QString::fromStdString(name);
            const QByteArray method = whole.section(QLatin1Char(' '), 0, 0).toLatin1();
            const QString path = whole.section(QLatin1Char(' '), 1).replace(QRegularExpression(QStringLiteral("\\{[^}]+\\}")), QString(32, QLatin1Char('9')));
            for (const Visitor &visitor : visitors) {
                if (operation.visitors.contains(visitor.kind)) {
                    let += method == "GET" && m_server.ask(method, path, {}, visitor.headers).status != 401;
                    continue;
                }
                const auto answer = m_server.ask(method, path, method == "GET" ? "" : "{}", visitor.headers);
                QVERIFY2(answer.status == 401, (name + " as " + visitor.kind + ": " + std::to_string(answer.status)).c_str());
                ++asked;
            }
            if (operation.visitors.contains("desk")) continue;
            const int asDesk = m_server.askAs(m_desk, method, path, method == "GET" ? QByteArray() : QByteArray("{}")).status;
            QVERIFY2(asDesk == 401, (name + " as a desk: " + std::to_string(asDesk)).c_str());
            ++asked;
        }
        const QString counted = QStringLiteral("%1 asked, %2 let").arg(asked).arg(let);
        QVERIFY2(asked > 500 && let > 30, qPrintable(counted)); // and whose it is is let in

        // What opens one thing opens no other: a console's token is no link's, a log-in's cookie none of a scan.
        int links = 0, scans = 0;
        const QByteArray visit = cookieOf(account).mid(cookieOf(account).indexOf('=') + 1);
        const auto swapped = page("__Host-hufu-scan=" + visit + "; __Host-hufu-portal-scan=" + visit + "; __Host-hufu-console=" + visit);
        for (const auto &[name, operation] : apiBook().operations()) {
            const QString whole = QString::fromStdString(name);
            const QByteArray method = whole.section(QLatin1Char(' '), 0, 0).toLatin1(), body = method == "GET" ? "" : R"({"provider":0,"code":"000000"})";
            const QString path = whole.section(QLatin1Char(' '), 1);
            if (path.startsWith(QLatin1String("/legal/v1/{token}"))) {
                const auto withToken = [&](const QByteArray &of) { return m_server.ask(method, QString(path).replace(QLatin1String("{token}"), QString::fromLatin1(of)), body); };
                const auto nobodys = withToken(QByteArray(64, '9')), tokens = withToken(token), shorter = withToken("9");
                QVERIFY2(ServerProcess::codeOf(nobodys) == QLatin1String("HF-728") && tokens.body == nobodys.body && shorter.body == nobodys.body, name.c_str());
                ++links;
            } else if (path.contains(QLatin1String("/scans")) && name != "POST /console/v1/scans" && name != "POST /portal/v1/scans") {
                QVERIFY2(m_server.ask(method, path, body, swapped).status == 401, name.c_str());
                ++scans;
            }
        }
        QVERIFY(links == 5 && scans == 8);
    }

    void method_wrong_is405()
    {
        const auto other = m_server.ask("DELETE", QStringLiteral("/healthz"));
        QCOMPARE(other.status, 405);
        QVERIFY(other.body.contains("HF-110"));
        QCOMPARE(m_server.ask("GET", QStringLiteral("/desk/v1/enrolments")).status, 405);
    }

    void desk_withoutHeaders_is401_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        const QString session = QStringLiteral("/desk/v1/sessions/00112233445566778899aabbccddeeff");
        QTest::newRow("start") << QByteArray("POST") << QStringLiteral("/desk/v1/sessions");
        QTest::newRow("look") << QByteArray("GET") << session;
        QTest::newRow("cancel") << QByteArray("DELETE") << session;
        QTest::newRow("tbs") << QByteArray("PUT") << session + QStringLiteral("/tbs/0");
        QTest::newRow("digits") << QByteArray("POST") << session + QStringLiteral("/digits");
        QTest::newRow("certificates") << QByteArray("GET") << QStringLiteral("/desk/v1/certificates");
        QTest::newRow("enrolment") << QByteArray("GET") << QStringLiteral("/desk/v1/enrolment");
        QTest::newRow("colleagues") << QByteArray("GET") << QStringLiteral("/desk/v1/colleagues");
        QTest::newRow("bids") << QByteArray("GET") << QStringLiteral("/desk/v1/bids");
        QTest::newRow("withdrawal") << QByteArray("POST") << QStringLiteral("/desk/v1/bids/%1/withdrawal").arg(QString(64, QLatin1Char('1')));
    }
    void desk_withoutHeaders_is401()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        const auto bare = m_server.ask(method, path, "{}");
        QCOMPARE(bare.status, 401);
        QCOMPARE(ServerProcess::codeOf(bare), QStringLiteral("HF-102"));
        // A key that nobody has enrolled proves nothing.
        QCOMPARE(m_server.askAs(m_desk, method, path, "{}").status, 401);
        for (const char *rubbish : {"", "zz", "00112233445566778899aabbccddeeff"})
            QCOMPARE(m_server
                         .ask(method, path, "{}",
                              {{"Hufu-Desk", rubbish}, {"Hufu-Time", rubbish}, {"Hufu-Signature", rubbish}})
                         .status,
                     401);
    }

    void enrolment_opensASessionThatOnlyItsDeskSees()
    {
        const auto key = desk::DeskKey::generate(m_random);
        const auto answer = m_server.ask("POST", QStringLiteral("/desk/v1/enrolments"), enrolment(key));
        QCOMPARE(answer.status, 201);
        const auto started = ServerProcess::jsonOf(answer);
        QCOMPARE(started.value(QStringLiteral("deskId")).toString(), QString::fromStdString(toHex(key.id())));
        QCOMPARE(started.value(QStringLiteral("token")).toString().size(), 32);
        QCOMPARE(started.value(QStringLiteral("frameSecret")).toString().size(), 64);
        QVERIFY(started.value(QStringLiteral("ready")).toBool());
        const QJsonObject manifest = QJsonDocument::fromJson(started.value(QStringLiteral("manifest")).toString().toUtf8()).object();
        QCOMPARE(manifest.value(QStringLiteral("network")).toString(), QStringLiteral("127.0.0.1")); // whatever the desk says of itself
        const QString path =
            QStringLiteral("/desk/v1/sessions/") + started.value(QStringLiteral("token")).toString();

        const auto view = m_server.askAs(key, "GET", path);
        QCOMPARE(view.status, 200);
        QCOMPARE(ServerProcess::jsonOf(view).value(QStringLiteral("state")).toString(),
                 QStringLiteral("waiting"));
        QCOMPARE(m_server
                     .askAsParty("GET",
                                 m_party + QLatin1Char('/') + started.value(QStringLiteral("token")).toString())
                     .status,
                 404);
        const auto other = desk::DeskKey::generate(m_random);
        QCOMPARE(m_server.ask("POST", QStringLiteral("/desk/v1/enrolments"), enrolment(other)).status, 201);
        QCOMPARE(m_server.askAs(other, "GET", path).status, 404);

        // It is not enrolled yet, so it may ask for nothing, as its window and HF-205 say: not even for a log-in.
        const auto early = m_server.askAs(key, "POST", QStringLiteral("/desk/v1/sessions"),
                                          R"({"manifest":{"act":"login"},"idempotencyKey":"1"})");
        QCOMPARE(early.status, 403);
        QCOMPARE(ServerProcess::codeOf(early), QStringLiteral("HF-205"));
        QCOMPARE(m_server.askAs(key, "GET", QStringLiteral("/desk/v1/certificates")).status, 404);
        QCOMPARE(m_server.askAs(key, "GET", QStringLiteral("/desk/v1/colleagues")).status, 404);
        QCOMPARE(m_server.askAs(key, "GET", QStringLiteral("/desk/v1/enrolment")).status, 404);

        QCOMPARE(m_server.askAs(key, "DELETE", path).status, 204);
        const auto over = ServerProcess::jsonOf(m_server.askAs(key, "GET", path));
        QCOMPARE(over.value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
        QCOMPARE(over.value(QStringLiteral("code")).toString(), QStringLiteral("HF-608"));
        QCOMPARE(m_server.askAs(key, "DELETE", path).status, 409);
    }

    void deskSignature_wrong_is401()
    {
        const auto key = desk::DeskKey::generate(m_random);
        const auto started =
            ServerProcess::jsonOf(m_server.ask("POST", QStringLiteral("/desk/v1/enrolments"), enrolment(key)));
        const QString path =
            QStringLiteral("/desk/v1/sessions/") + started.value(QStringLiteral("token")).toString();
        auto headers = ServerProcess::signedHeaders(key, "GET", path, {});
        QCOMPARE(m_server.ask("GET", path + QStringLiteral("?wait=0"), {}, headers).status,
                 401);                                                   // another path
        QCOMPARE(m_server.ask("DELETE", path, {}, headers).status, 401); // another method
        QCOMPARE(m_server.ask("GET", path, {}, headers).status, 200);
        QCOMPARE(m_server.ask("GET", path, {}, headers).status, 401); // a second time
        const auto late = m_server.askAs(key, "GET", path, {}, -120'000);
        QCOMPARE(late.status, 401);
        QCOMPARE(ServerProcess::codeOf(late), QStringLiteral("HF-505"));
        const auto body = ServerProcess::signedHeaders(key, "POST", path + QStringLiteral("/digits"), "{}");
        QCOMPARE(m_server.ask("POST", path + QStringLiteral("/digits"), "[]", body).status,
                 401); // another body
    }

    void malformed_is400_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        const QString enrolments = QStringLiteral("/desk/v1/enrolments");
        QTest::newRow("empty") << enrolments << QByteArray("");
        QTest::newRow("no json") << enrolments << QByteArray("hello");
        QTest::newRow("array") << enrolments << QByteArray("[]");
        QTest::newRow("cut off") << enrolments << QByteArray("{\"name\":\"a\"");
        QTest::newRow("missing") << enrolments << QByteArray("{}");
        QTest::newRow("key no text") << enrolments << QByteArray("{\"name\":\"a\",\"publicKey\":7}");
        QTest::newRow("key no hex") << enrolments << QByteArray("{\"name\":\"a\",\"publicKey\":\"zz\"}");
        QTest::newRow("name empty") << enrolments
                                    << QByteArray("{\"name\":\"\",\"publicKey\":\"" + QByteArray(64, 'a') +
                                                  "\"}");
        QTest::newRow("name bidi") << enrolments
                                   << QByteArray("{\"name\":\"a\\u202eb\",\"publicKey\":\"" +
                                                 QByteArray(64, 'a') + "\"}");
        QTest::newRow("not utf-8") << enrolments
                                   << QByteArray("{\"name\":\"\xff\",\"publicKey\":\"" + QByteArray(64, 'a') +
                                                 "\"}");
        QTest::newRow("deep") << enrolments << QByteArray(30'000, '[');
        QTest::newRow("deep member") << m_party
                                     << "{\"idempotencyKey\":\"k\",\"manifest\":" + QByteArray(10'000, '[') +
                                            QByteArray(10'000, ']') + "}";
        QTest::newRow("party: missing key") << m_party << QByteArray("{\"manifest\":{\"act\":\"login\"}}");
        QTest::newRow("party: empty key")
            << m_party << QByteArray("{\"idempotencyKey\":\"\",\"manifest\":{\"act\":\"login\"}}");
        QTest::newRow("party: no manifest") << m_party << QByteArray("{\"idempotencyKey\":\"k\"}");
        QTest::newRow("party: manifest is text")
            << m_party << QByteArray("{\"idempotencyKey\":\"k\",\"manifest\":\"login\"}");
        QTest::newRow("party: unknown act")
            << m_party << QByteArray("{\"idempotencyKey\":\"k\",\"manifest\":{\"act\":\"dance\"}}");
        QTest::newRow("party: unknown member")
            << m_party << QByteArray("{\"idempotencyKey\":\"k\",\"manifest\":{\"act\":\"login\",\"x\":1}}");
        QTest::newRow("party: a fraction")
            << m_party
            << QByteArray("{\"idempotencyKey\":\"k\",\"manifest\":{\"deadline\":1.5,\"act\":\"login\"}}");
    }
    void malformed_is400()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        const auto answer = m_server.askAsParty("POST", path, body);
        QCOMPARE(answer.status, 400);
        QCOMPARE(ServerProcess::codeOf(answer), QStringLiteral("HF-100"));
    }

    void body_tooLarge_is413()
    {
        const auto answer =
            m_server.ask("POST", QStringLiteral("/desk/v1/enrolments"), QByteArray(70'000, 'a'));
        QCOMPARE(answer.status, 413);
        QCOMPARE(ServerProcess::codeOf(answer), QStringLiteral("HF-101"));
    }

    void opening_isRegisteredByAPartyAlone()
    {
        const QString path = QStringLiteral("/rp/v1/openings");
        const qint64 soon = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
        const QByteArray file = '"' + QByteArray(64, '7') + '"';
        const auto body = [](qint64 ms, const QByteArray &files) {
            return R"({"openingMs":)" + QByteArray::number(ms) + R"(,"files":[)" + files + "]}";
        };
        QCOMPARE(m_server.askAsParty("POST", path, body(soon, file)).status, 204);
        QCOMPARE(m_server.ask("POST", path, body(soon, file)).status, 401);
        for (const QByteArray &bad :
             {body(1, file), body(soon, {}), body(soon, "7"), body(soon, R"("77")"), QByteArray("{}"),
              QByteArray(R"({"openingMs":1.5,"files":[]})"), QByteArray("[]"), QByteArray()}) {
            const auto answer = m_server.askAsParty("POST", path, bad);
            QCOMPARE(answer.status, 400);
            QCOMPARE(ServerProcess::codeOf(answer), QStringLiteral("HF-100"));
        }
    }

    void enrolment_underAPartysName_isRefused()
    {
        const auto key = desk::DeskKey::generate(m_random);
        const auto answer =
            m_server.ask("POST", QStringLiteral("/desk/v1/enrolments"),
                         json({{QStringLiteral("name"), QStringLiteral("示范招标平台")},
                               {QStringLiteral("publicKey"), QString::fromStdString(toHex(key.publicKey()))}}));
        QCOMPARE(answer.status, 403);
        QCOMPARE(ServerProcess::codeOf(answer), QStringLiteral("HF-211"));
    }

    void party_unknown_is401()
    {
        const QByteArray body = R"({"idempotencyKey":"k","manifest":{"act":"login"}})";
        for (const char *value : {"Bearer", "Bearer ", "Basic abc", "Bearer 0000"})
            QCOMPARE(m_server.ask("POST", m_party, body, {{"Authorization", value}}).status, 401);
        QCOMPARE(m_server.ask("POST", m_party, body).status, 401);
        const QString session = m_party + QStringLiteral("/00112233445566778899aabbccddeeff");
        QCOMPARE(m_server.get(session).status, 401);
        QCOMPARE(m_server.get(session + QStringLiteral("/frame")).status, 401);
        QCOMPARE(m_server.ask("POST", session + QStringLiteral("/digits"), "{}").status, 401);
    }

    void party_login_getsFramesButNoSecret()
    {
        const auto answer =
            m_server.askAsParty("POST", m_party, R"({"manifest":{"act":"login"},"idempotencyKey":"one"})");
        QCOMPARE(answer.status, 201);
        const auto started = ServerProcess::jsonOf(answer);
        QVERIFY(!started.contains(QStringLiteral("frameSecret")));
        const QString path = m_party + QLatin1Char('/') + started.value(QStringLiteral("token")).toString();
        const auto frame = m_server.askAsParty("GET", path + QStringLiteral("/frame"));
        QCOMPARE(frame.status, 200);
        QVERIFY(ServerProcess::jsonOf(frame)
                    .value(QStringLiteral("text"))
                    .toString()
                    .startsWith(QStringLiteral("HUFU:1:")));
        // The same key and draft give the same session, another draft does not get it.
        QCOMPARE(startLogin(QStringLiteral("one")), started.value(QStringLiteral("token")).toString());
        QCOMPARE(
            m_server
                .askAsParty(
                    "POST", m_party,
                    R"({"manifest":{"act":"login","project":{"id":"p","name":"P"}},"idempotencyKey":"one"})")
                .status,
            409);
        QCOMPARE(m_server.askAsParty("POST", path + QStringLiteral("/digits"), R"({"digits":"1234"})").status,
                 409);
        QCOMPARE(m_server.askAsParty("POST", path + QStringLiteral("/digits"), R"({"digits":1234})").status,
                 400);
    }

    void party_otherActs_are403()
    {
        const auto answer = m_server.askAsParty(
            "POST", m_party,
            R"({"idempotencyKey":"s","manifest":{"act":"sign","form":"cms","files":[{"name":"a","size":1,"sm3":")" +
                QByteArray(64, 'a') + R"("}]}})");
        QCOMPARE(answer.status, 403);
        QCOMPARE(ServerProcess::codeOf(answer), QStringLiteral("HF-205"));
    }

    void session_unknown_is404()
    {
        for (const char *token :
             {"00112233445566778899aabbccddeeff", "short", "zz112233445566778899aabbccddeeff"}) {
            const QString path = m_party + QLatin1Char('/') + QLatin1String(token);
            QCOMPARE(m_server.askAsParty("GET", path).status, 404);
            QCOMPARE(m_server.askAsParty("GET", path + QStringLiteral("/frame")).status, 404);
            QCOMPARE(m_server.askAsParty("POST", path + QStringLiteral("/digits"), R"({"digits":"1"})").status,
                     404);
        }
    }

    void longPoll_isChecked()
    {
        const QString path = m_party + QLatin1Char('/') + startLogin(QStringLiteral("poll"));
        for (const char *query : {"?wait=x", "?wait=-1", "?wait=1.5", "?since=x", "?wait=", "?wait=1&wait=2"})
            QCOMPARE(m_server.askAsParty("GET", path + QLatin1String(query)).status, 400);
        const auto view = ServerProcess::jsonOf(m_server.askAsParty("GET", path));
        const QString version = QString::number(view.value(QStringLiteral("version")).toInt());
        // Nothing changes: the answer comes when the time is over. Another version than now: at once.
        const auto waited = m_server.askAsParty("GET", path + QStringLiteral("?wait=1&since=") + version);
        QCOMPARE(ServerProcess::jsonOf(waited).value(QStringLiteral("state")).toString(),
                 QStringLiteral("waiting"));
        QCOMPARE(m_server.askAsParty("GET", path + QStringLiteral("?wait=60&since=9999")).status, 200);
    }

    void outside_faults_areSetAndChecked()
    {
        const QString path = QStringLiteral("/outside/faults");
        const QByteArray before = m_server.get(path).body;
        for (const char *body :
             {"", "[]", "{\"sms\":1}", "{\"sms\":{\"down\":1}}", "{\"sms\":{\"delayMs\":-1}}",
              "{\"face\":{\"verdict\":\"maybe\"}}", "{\"other\":{}}", "{\"authority\":{\"certificateMs\":31536000001}}", "{\"authority\":{\"certificateMs\":true}}",
              "{\"sms\":{\"copies\":0}}", "{\"bank\":{\"copies\":6}}", "{\"register\":{\"delayMs\":10001}}", "{\"register\":{\"backwards\":true}}", "{\"identity\":{\"losesReplies\":1}}"})
            QCOMPARE(m_server.ask("POST", path, body).status, 400);
        QCOMPARE(m_server.get(path).body, before);
        QCOMPARE(m_server.ask("POST", path, R"({"face":{"verdict":"notLive"},"sms":{"down":true}})").status,
                 200);
        const auto now = ServerProcess::jsonOf(m_server.get(path));
        QCOMPARE(now.value(QStringLiteral("face")).toObject().value(QStringLiteral("verdict")).toString(),
                 QStringLiteral("notLive"));
        QVERIFY(now.value(QStringLiteral("sms")).toObject().value(QStringLiteral("down")).toBool());
        const QByteArray tomorrow = R"({"authority":{"certificateMs":86400000}})";
        QCOMPARE(ServerProcess::jsonOf(m_server.ask("POST", path, tomorrow))[QStringLiteral("authority")][QStringLiteral("certificateMs")].toInteger(), 86'400'000);
        QCOMPARE(m_server.ask("POST", path, R"({"face":{"verdict":null},"sms":{"down":false},"authority":{"certificateMs":0}})").body, before);
        for (const char *body : {R"({"sms":{"copies":2,"backwards":true}})", R"({"mail":{"copies":2,"backwards":true}})", R"({"bank":{"copies":2,"backwards":true}})",
                                 R"({"identity":{"losesReplies":true,"delayMs":5}})", R"({"face":{"losesReplies":true,"delayMs":5}})", R"({"register":{"delayMs":5}})"}) {
            const auto told = QJsonDocument::fromJson(body).object();
            const QString service = told.keys().first();
            const auto set = ServerProcess::jsonOf(m_server.ask("POST", path, body)).value(service).toObject(), asked = told.value(service).toObject();
            for (const QString &name : asked.keys())
                QVERIFY2(set.value(name) == asked.value(name), body);
        }
        QCOMPARE(m_server.ask("POST", path, R"({"sms":{"copies":1,"backwards":false},"mail":{"copies":1,"backwards":false},"bank":{"copies":1,"backwards":false},
                                                "identity":{"losesReplies":false,"delayMs":0},"face":{"losesReplies":false,"delayMs":0},"register":{"delayMs":0}})").body, before);
        QCOMPARE(m_server.get(QStringLiteral("/outside/sms")).status, 400);
    }

    void outside_clock_jumpsAheadAndNeverBack()
    {
        const QString path = QStringLiteral("/outside/clock");
        const auto ahead = [&] { return ServerProcess::jsonOf(m_server.get(path)).value(QStringLiteral("aheadMs")).toInteger(-1); };
        const qint64 before = ahead();
        for (const char *body : {"", "{}", R"({"jumpMs":-1})", R"({"jumpMs":"1"})", R"({"jumpMs":1.5})", R"({"jumpMs":1,"back":true})",
                                 R"({"jumpMs":18446744073709551615})", R"({"jumpMs":632448000001})"})
            QCOMPARE(m_server.ask("POST", path, body).status, 400);
        QCOMPARE(ahead(), before);
        const auto now = ServerProcess::jsonOf(m_server.ask("POST", path, R"({"jumpMs":1500})"));
        QCOMPARE(now.value(QStringLiteral("aheadMs")).toInteger(), before + 1500);
        QVERIFY(now.value(QStringLiteral("unixMs")).toInteger() > QDateTime::currentMSecsSinceEpoch());
    }

    // Nobody looks at it, and its day is over: the server ends it, and says so in the company's log.
    void order_nobodyPays_isEndedByTheServer()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const auto json = [](const QJsonObject &object) { return QJsonDocument(object).toJson(); };
        const QString creditCode = QStringLiteral("91110108MA0DEM0P1T");
        const auto logIn = [&]() -> net::HttpsClient::Headers {
            QJsonObject who{{QStringLiteral("creditCode"), creditCode}, {QStringLiteral("phoneNumber"), server.text("phoneNumber")}};
            server.ask("POST", QStringLiteral("/console/v1/codes"), json(who));
            const QString text = server.inbox().first().toObject().value(QLatin1String("text")).toString();
            who.insert(QStringLiteral("code"), QRegularExpression(QStringLiteral("\\d{6}")).match(text).captured());
            const auto opened = server.ask("POST", QStringLiteral("/console/v1/sessions"), json(who));
            return {{"Authorization", "Bearer " + ServerProcess::jsonOf(opened).value(QLatin1String("token")).toString().toLatin1()}};
        };
        const QByteArray asked = R"({"idempotencyKey":"k1","kind":"seats","quantity":1,"buyerName":"虎符演示建设有限公司","buyerCode":"91110108MA0DEM0P1T","agreements":[{"id":"order","version":2}]})";
        const auto made = server.ask("POST", QStringLiteral("/console/v1/orders"), asked, logIn());
        QCOMPARE(made.status, 201);
        const QString order = ServerProcess::jsonOf(made).value(QLatin1String("id")).toString();
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/clock"), R"({"jumpMs":90000000})").status, 200); // 25 hours
        const auto later = logIn(); // the log-in of before is over, too
        QJsonObject record;
        QVERIFY(QTest::qWaitFor([&] {
            const auto log = server.ask("GET", QStringLiteral("/console/v1/audit"), {}, later);
            const QJsonArray records = ServerProcess::jsonOf(log).value(QLatin1String("records")).toArray();
            for (const QJsonValue &one : records)
                if (one[QLatin1String("event")].toString() == QLatin1String("order-expired")) record = one.toObject();
            return !record.isEmpty();
        }, 20'000));
        QCOMPARE(record.value(QLatin1String("subject")).toString(), order);
        QCOMPARE(record.value(QLatin1String("by")).toString(), QStringLiteral("server"));
        const auto seen = server.ask("GET", QStringLiteral("/console/v1/orders/") + order, {}, later);
        QCOMPARE(ServerProcess::jsonOf(seen).value(QLatin1String("state")).toString(), QStringLiteral("expired"));
    }

    void outside_people_haveLinksAsOftenAsAsked()
    {
        const auto people = ServerProcess::jsonOf(m_server.get(QStringLiteral("/outside/people"))).value(QStringLiteral("people")).toArray();
        QVERIFY(people.size() > 10);
        const QString number = people[0].toObject().value(QStringLiteral("phoneNumber")).toString();
        const QString path = QStringLiteral("/outside/people/%1/activation").arg(number);
        const auto one = ServerProcess::jsonOf(m_server.ask("POST", path)), other = ServerProcess::jsonOf(m_server.ask("POST", path));
        QVERIFY(one.value(QStringLiteral("activation")).toString().startsWith(QStringLiteral("hufu://activate?")));
        QVERIFY(one.value(QStringLiteral("activation")) != other.value(QStringLiteral("activation")));
        QCOMPARE(other.value(QStringLiteral("phoneNumber")).toString(), number);
        QCOMPARE(m_server.ask("POST", QStringLiteral("/outside/people/13800138000/activation")).status, 404);
    }

    void outside_somebodyNew_isOfTheCompanyThatWasNamed()
    {
        const QString path = QStringLiteral("/outside/people");
        const auto at = [&](const QString &company) {
            return ServerProcess::jsonOf(m_server.ask("POST", path, QJsonDocument(QJsonObject{{QStringLiteral("company"), company}}).toJson()));
        };
        const auto text = [](const QJsonObject &one, const char *member) { return one.value(QLatin1String(member)).toString(); };
        const auto made = at(QStringLiteral("江海机电设备有限公司")), byName = at(text(made, "company")), byCode = at(text(made, "creditCode"));
        QCOMPARE(text(made, "creditCode").size(), 18);
        for (const auto &one : {byName, byCode}) {
            QCOMPARE(text(one, "creditCode"), text(made, "creditCode"));
            QCOMPARE(text(one, "company"), text(made, "company"));
            QVERIFY(text(one, "activation").startsWith(QStringLiteral("hufu://activate?")));
        }
        QVERIFY(text(byName, "phoneNumber") != text(byCode, "phoneNumber") && text(byName, "phoneNumber") != text(made, "phoneNumber"));
        QCOMPARE(text(at(QStringLiteral("91110108MA0TE5T01L")), "creditCode"), QStringLiteral("91110108MA0TE5T01L"));
        for (const char *body : {"", "{}", R"({"company":""})", R"({"company":" x"})", R"({"company":7})", R"({"company":"x","colour":"red"})"})
            QCOMPARE(m_server.ask("POST", path, body).status, 400);
    }

    void outside_withoutTheWord_isNotThere()
    {
        ServerProcess server;
        QVERIFY(server.start({}));
        QCOMPARE(server.get(QStringLiteral("/outside/sms?phone=13800138000")).status, 404);
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/faults"), "{}").status, 404);
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/clock"), R"({"jumpMs":1})").status, 404);
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/people/13900139001/activation"), "").status, 404);
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/people"), R"({"company":"x"})").status, 404);
    }

    // Each operation of openapi.yaml is there: not unknown, not another method, and closed to strangers.
    void openapi_eachOperation_isServed()
    {
        QFile file(QStringLiteral(HUFU_OPENAPI));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression pathLine(QStringLiteral("^  (/\\S*):$")),
            methodLine(QStringLiteral("^    (get|post|put|delete):$"));
        QString path;
        int operations = 0;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (const auto match = pathLine.match(lines[i]); match.hasMatch()) path = match.captured(1);
            const auto match = methodLine.match(lines[i]);
            if (!match.hasMatch()) continue;
            ++operations;
            bool open = false;
            for (qsizetype j = i + 1; j < lines.size() && lines[j].startsWith(QStringLiteral("      ")); ++j)
                open = open || lines[j] == QStringLiteral("      security: []");
            static const QRegularExpression parameter(QStringLiteral("\\{[a-z]+\\}"));
            QString real = path;
            real.replace(QStringLiteral("{index}"), QStringLiteral("0")).replace(parameter, QStringLiteral("00112233445566778899aabbccddeeff"));
            const int status = m_server.ask(match.captured(1).toUpper().toLatin1(), real).status;
            const bool aboutOne = path.contains(QLatin1Char('{'));
            QVERIFY2(open ? status == 200 || status == 201 || status == 204 || status == 400 || (aboutOne && status == 404) : status == 401,
                     qPrintable(match.captured(1) + path + QString::number(status)));
        }
        QVERIFY(operations >= 100);
    }

    void enrolments_tooMany_are429()
    {
        ServerProcess server;
        QVERIFY(server.start({}));
        int refused = 0;
        for (int i = 0; i < 40; ++i)
            refused += server
                           .ask("POST", QStringLiteral("/desk/v1/enrolments"),
                                enrolment(desk::DeskKey::generate(m_random)))
                           .status == 429;
        QVERIFY(refused >= 5);
        QVERIFY(refused <= 10);
    }
};

QTEST_GUILESS_MAIN(TestEndpoints)
#include "test_endpoints.moc"
