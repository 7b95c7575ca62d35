// The loopback against pages: who is let in, what they may ask, and what no page gets the desk to do.
#include "app/desk/loopback.h"
#include "tests/app/desk/desk_bench.h"
#include "shield/documents/envelope.h"
#include "tests/support/child.h"
#include "tests/support/pki.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace hufu;
using namespace hufu::desk_app;
using tests::answer;

namespace {

struct Answered {
    int status = 0;
    QByteArray head;
    QJsonObject json;
    bool mayRead(const char *origin) const { return head.contains("\r\nAccess-Control-Allow-Origin: " + QByteArray(origin) + "\r\n"); }
};

constexpr char kSite[] = "https://bid.example";
constexpr char kOther[] = "https://other.example";
// JSON with its quotes written as apostrophes.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}
const QByteArray kSeal = json("{'act':'seal','project':{'id':'P-1','name':'Bridge'},'openingMs':1900000000123,'hint':'PDF'}");

// A port that is free at ::1 now; 0: this computer has no ::1.
quint16 freeOnSix()
{
    QTcpServer six;
    return six.listen(QHostAddress::LocalHostIPv6) ? six.serverPort() : 0;
}
// Where the desk is to be reached on this computer.
std::vector<const char *> addresses()
{
    return freeOnSix() == 0 ? std::vector{"127.0.0.1"} : std::vector{"127.0.0.1", "::1"};
}

struct Rig : tests::DeskBench {
    std::optional<Sites> sites;
    std::unique_ptr<Loopback> loopback;
    quint16 port = 0;
    tests::Pki pki;

    // As the server tells of a person. able: he could open something now.
    QJsonObject holder(bool able = true) const { return {{"opening", QJsonArray{QString::fromStdString(pki.encrypt.pem())}}, {"canOpen", able}}; }
    explicit Rig(bool enrolled = true, Loopback::OwnerOf ownerOf = net::ownerOf)
    {
        if (enrolled && !identity->setEnrolled("Desk").has_value()) qFatal("store");
        sites.emplace(store);
        loopback = std::make_unique<Loopback>(std::make_unique<LoopbackApi>(screens, *counter, *sites, random), std::move(ownerOf));
        const quint16 wished[] = {freeOnSix(), 0}; // at ::1, too, where nobody else has that port
        const auto listening = loopback->listen(wished);
        port = listening ? *listening : 0;
    }
    void allow(const char *origin = kSite) { QVERIFY(sites->set(QString::fromLatin1(origin), Sites::Standing::allowed).has_value()); }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(port); }

    // The request is written; the answer comes while events run.
    std::unique_ptr<QTcpSocket> send(const QByteArray &start, const QByteArray &headers, const QByteArray &body = {}, const char *address = "127.0.0.1") const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QString::fromLatin1(address), port);
        if (!socket->waitForConnected(5'000)) return socket;
        socket->write(start + " HTTP/1.1\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
        return socket;
    }
    static Answered answerOf(QTcpSocket &socket)
    {
        QByteArray all;
        if (!QTest::qWaitFor([&] {
                all += socket.readAll();
                return socket.state() == QAbstractSocket::UnconnectedState;
            }))
            return {};
        const auto end = all.indexOf("\r\n\r\n");
        return {all.mid(9, 3).toInt(), all.left(end + 2), QJsonDocument::fromJson(all.mid(end + 4)).object()};
    }
    Answered ask(const QByteArray &start, const QByteArray &origin = kSite, const QByteArray &body = {}, const QByteArray &more = {}) const
    {
        const QByteArray from = origin.isEmpty() ? QByteArray() : "Origin: " + origin + "\r\n";
        const auto socket = send(start, "Host: " + host() + "\r\n" + from + (body.isEmpty() ? QByteArray() : QByteArray("Content-Type: application/json\r\n")) + more, body);
        return answerOf(*socket);
    }
    QString begin(const QByteArray &body = kSeal) const { return ask("POST /v1/acts", kSite, body).json.value("id").toString(); }
    QByteArray actPath(const QString &id) const { return "/v1/acts/" + id.toLatin1(); }
    QJsonObject actOf(const QString &id) const { return ask("GET " + actPath(id)).json; }
    bool serverHasHeard(const QByteArray &method) const
    {
        return std::any_of(asked.begin(), asked.end(), [&](const tests::Asked &one) { return one.method == method; });
    }
};

} // namespace

class TestLoopback : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // --- who is let in ------------------------------------------------------------------------------------------------

    void host_foreign_isRefused()
    {
        Rig rig;
        rig.allow();
        rig.allow("http://127.0.0.1");
        // DNS rebinding: the page's own name leads to 127.0.0.1.
        for (const QByteArray &host : {QByteArray("bid.example:") + QByteArray::number(rig.port), QByteArray("bid.example"), QByteArray("127.0.0.1"), QByteArray("127.0.0.1:1")}) {
            const auto socket = rig.send("GET /v1/status", "Host: " + host + "\r\nOrigin: https://bid.example\r\n");
            const Answered answered = Rig::answerOf(*socket);
            QCOMPARE(answered.status, 421);
            QVERIFY(!answered.mayRead(kSite));
        }
        QVERIFY(rig.asked.empty());
    }
    void address_six_isServedAlike()
    {
        if (freeOnSix() == 0) QSKIP("this computer has no ::1");
        Rig rig;
        rig.allow();
        const QByteArray port = QByteArray::number(rig.port);
        const auto asked = [&rig](const QByteArray &host, const QByteArray &origin = kSite) {
            const auto socket = rig.send("GET /v1/access", "Host: " + host + "\r\nOrigin: " + origin + "\r\n", {}, "::1");
            return Rig::answerOf(*socket);
        };
        for (const QByteArray &host : {"[::1]:" + port, "localhost:" + port}) {
            const Answered standing = asked(host);
            QCOMPARE(standing.status, 200);
            QVERIFY(standing.mayRead(kSite));
            QCOMPARE(standing.json.value("access").toString(), QStringLiteral("allowed"));
        }
        QCOMPARE(asked("[::1]:" + port, kOther).json.value("access").toString(), QStringLiteral("none"));
        for (const QByteArray &host : {"bid.example:" + port, QByteArray("[::1]"), QByteArray("[::1]:1"), "[::2]:" + port}) {
            const Answered rebound = asked(host);
            QCOMPARE(rebound.status, 421);
            QVERIFY(!rebound.mayRead(kSite));
        }
    }
    // Of several people who are logged in at this computer: the page has to find its own person's desk.
    void user_other_isAnsweredWithNothing()
    {
        static constexpr std::int64_t kUnknown = -1, kGone = -2;
        const std::int64_t own = ::geteuid();
        std::atomic<std::int64_t> user = kUnknown; // asked on the server's thread
        std::atomic<std::uint16_t> seen = 0;
        Rig rig(true, [&](const net::SocketEnd &, const net::SocketEnd &other) {
            seen = other.port;
            return net::SocketOwner{user != kUnknown, user < 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(user))};
        });
        rig.allow();
        for (const char *address : addresses()) {
            const auto asked = [&rig, address] {
                const auto socket = rig.send("GET /v1/access", "Host: localhost:" + QByteArray::number(rig.port) + "\r\nOrigin: https://bid.example\r\n", {}, address);
                return Rig::answerOf(*socket);
            };
            for (const std::int64_t whose : {kUnknown, own}) {
                user = whose;
                QCOMPARE(asked().status, 200);
            }
            for (const std::int64_t whose : {own + 1, kGone}) {
                user = whose;
                const Answered other = asked();
                QCOMPARE(other.status, 0);
                QVERIFY(other.head.isEmpty());
            }
            QCOMPARE(seen.exchange(0), rig.port);
            user = own;
            QCOMPARE(asked().status, 200);
        }
    }
    // With the system's own tables: one's own programs, and another user's, if this test may become one.
    void user_otherOfThisSystem_isAnsweredWithNothing()
    {
        Rig rig;
        rig.allow();
        const bool mayBecomeAnother = ::geteuid() == 0;
        for (const char *address : addresses()) {
            const bool isSix = std::string_view(address) == "::1";
            const auto isAnswered = [&](uid_t user) {
                return tests::trueInChild([&] {
                    if (::setresuid(user, user, user) != 0) return false;
                    sockaddr_in four{};
                    sockaddr_in6 six{};
                    four.sin_family = AF_INET;
                    six.sin6_family = AF_INET6;
                    four.sin_port = six.sin6_port = htons(rig.port);
                    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                    six.sin6_addr = in6addr_loopback;
                    const int socket = ::socket(isSix ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
                    if (::connect(socket, isSix ? reinterpret_cast<sockaddr *>(&six) : reinterpret_cast<sockaddr *>(&four), isSix ? sizeof six : sizeof four) != 0) return false;
                    static constexpr char kRequest[] = "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n";
                    char got = 0;
                    return ::send(socket, kRequest, sizeof kRequest - 1, MSG_NOSIGNAL) > 0 && ::recv(socket, &got, 1, 0) == 1;
                });
            };
            QVERIFY(isAnswered(::geteuid()));
            QVERIFY(!mayBecomeAnother || !isAnswered(65534));
        }
        if (!mayBecomeAnother) QSKIP("only root can become another user: that one's own are answered was tested, and nothing of others");
    }
    // Nor does it get anywhere by being gone before anybody looks who it was.
    void user_otherThatIsGoneAtOnce_asksForNothing()
    {
        if (::geteuid() != 0) QSKIP("only root can become another user");
        Rig rig;
        const bool isSent = tests::trueInChild([&] {
            if (::setresuid(65534, 65534, 65534) != 0) return false;
            sockaddr_in to{};
            to.sin_family = AF_INET;
            to.sin_port = htons(rig.port);
            to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            const QByteArray request = "POST /v1/access HTTP/1.1\r\nHost: " + rig.host() + "\r\nOrigin: tool://stranger\r\nContent-Length: 0\r\n\r\n";
            for (int i = 0; i < 100; ++i) {
                const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
                if (::connect(socket, reinterpret_cast<sockaddr *>(&to), sizeof to) != 0) return false;
                static_cast<void>(::send(socket, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL)); // refused meanwhile, it may be
                ::close(socket);
            }
            return true;
        });
        QVERIFY(isSent);
        QCOMPARE(rig.ask("POST /v1/acts", kOther, kSeal).status, 403); // behind them all
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
    }
    void origin_foreign_isRefused()
    {
        Rig rig;
        rig.allow();
        const Answered foreign = rig.ask("POST /v1/acts", kOther, kSeal);
        QCOMPARE(foreign.status, 403);
        QCOMPARE(foreign.json.value("code").toString(), QStringLiteral("HF-107"));
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        for (const QByteArray &origin : {QByteArray(), QByteArray("null"), QByteArray("http://bid.example"), QByteArray("https://bid.example:444"), QByteArray("https://bid.example.evil.example"),
                                         QByteArray("https://BID.example"), QByteArray("https://bid.example/"), QByteArray("file://"), QByteArray("https://bid.example\r\nOrigin: https://bid.example")}) {
            QCOMPARE(rig.ask("GET /v1/status", origin).status, 403);
            QCOMPARE(rig.ask("POST /v1/acts", origin, kSeal).status, 403);
            const Answered preflight = rig.ask("OPTIONS /v1/acts", origin);
            QCOMPARE(preflight.status, Site::parse(origin.toStdString()) ? 204 : 403); // the answer to it is a refusal all the same
            QVERIFY(preflight.mayRead(origin.constData()) == (preflight.status == 204));
        }
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        QVERIFY(rig.asked.empty());
    }
    void origin_unknown_readsItsStandingAndNoMore()
    {
        Rig rig;
        const Answered standing = rig.ask("GET /v1/access");
        QCOMPARE(standing.status, 200);
        QVERIFY(standing.mayRead(kSite));
        QCOMPARE(standing.json, (QJsonObject{{"hufu", "desk"}, {"api", 1}, {"access", "none"}}));
        const Answered status = rig.ask("GET /v1/status");
        QCOMPARE(status.status, 403);
        QVERIFY(!status.json.contains("version"));
    }
    // A page has as many names as it likes: what one of them has spent is spent for all.
    void question_thatRanOut_isPutAgainByNoNewSite()
    {
        Rig rig;
        rig.loopback->api().setPatience(50);
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QTRY_COMPARE(rig.screens.site()->question(), SiteModel::None);
        QSignalSpy attention(&rig.loopback->api(), &LoopbackApi::attentionWanted);
        for (const char *start : {"POST /v1/access", "GET /v1/access", "POST /v1/access"})
            for (const char *origin : {kSite, kOther, "https://a1.bid.example", "tool://maker"}) {
                const QJsonObject told = rig.ask(start, origin).json;
                QCOMPARE(told.value("access").toString(), QStringLiteral("unanswered"));
                QVERIFY(told.value("seconds").toInt() > 20 && told.value("seconds").toInt() <= 30);
            }
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(attention.count(), 0);
        QCOMPARE(rig.sites->standingOf(QString::fromLatin1(kSite)), Sites::Standing::unknown); // nobody has said so for ever
        // Whoever opens the page of the sites is there: a site may ask again at once.
        rig.screens.site()->show();
        const Answered free = rig.ask("GET /v1/access");
        QCOMPARE(free.json.value("access").toString(), QStringLiteral("none"));
        QVERIFY(!free.json.contains("seconds"));
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QCOMPARE(attention.count(), 1);
    }
    void question_thatRunsOutAgain_isSilentForTwiceAsLong()
    {
        Rig rig;
        rig.loopback->api().setPatience(20, 1'500);
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QTRY_COMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.ask("POST /v1/access").json.value("seconds").toInt(), 2);
        QVERIFY(QTest::qWaitFor([&] { return rig.ask("POST /v1/access", kOther).status == 202; }));
        QTRY_COMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.ask("POST /v1/access").json.value("seconds").toInt(), 3);
    }
    void question_refused_isFollowedByNoOtherAtOnce()
    {
        Rig rig;
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QTest::qWait(static_cast<int>(SiteModel::kCalmMs));
        rig.screens.site()->refuse();
        const QJsonObject next = rig.ask("POST /v1/access", "https://a1.bid.example").json;
        QCOMPARE(next.value("access").toString(), QStringLiteral("unanswered"));
        QVERIFY(next.value("seconds").toInt() > 0);
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.ask("POST /v1/access").json.value("access").toString(), QStringLiteral("refused")); // itself
    }
    void question_allowed_endsTheSilence()
    {
        Rig rig;
        rig.loopback->api().setPatience(LoopbackApi::kQuestionMs, 300);
        QCOMPARE(rig.ask("POST /v1/access", "https://a1.bid.example").status, 202);
        QTest::qWait(static_cast<int>(SiteModel::kCalmMs));
        rig.screens.site()->refuse();
        QVERIFY(QTest::qWaitFor([&] { return rig.ask("POST /v1/access").status == 202; }));
        QTest::qWait(static_cast<int>(SiteModel::kCalmMs));
        rig.screens.site()->allow();
        QCOMPARE(rig.ask("POST /v1/access", kOther).status, 202); // the person is there, and wants sites
    }
    // Whoever is let in does not wait behind a stranger's question.
    void question_ofAStranger_makesWayForAnActOfTheAllowed()
    {
        for (const QByteArray &body : {kSeal, json("{'act':'open'}")}) {
            Rig rig;
            rig.allow();
            QCOMPARE(rig.ask("POST /v1/access", kOther).status, 202);
            const auto waiting = rig.send("GET /v1/access?wait=50", "Host: " + rig.host() + "\r\nOrigin: https://other.example\r\n");
            QTest::qWait(50);
            QCOMPARE(rig.ask("POST /v1/acts", kSite, body).status, 201);
            QCOMPARE(Rig::answerOf(*waiting).json.value("access").toString(), QStringLiteral("none"));
            QVERIFY(rig.screens.site()->question() != SiteModel::Access);
            QCOMPARE(rig.screens.page() == DeskScreens::Seal, body == kSeal);
            QCOMPARE(rig.ask("POST /v1/access", kOther).status, 409); // not over what the person is at
            QCOMPARE(rig.ask("POST /v1/acts", kSite, body).status, 409);
        }
    }
    // The time of the question that made way must not end the one that came.
    void question_thatMadeWay_leavesTheNextOneItsTime()
    {
        Rig rig;
        rig.allow();
        rig.loopback->api().setPatience(150);
        QCOMPARE(rig.ask("POST /v1/access", kOther).status, 202);
        QCOMPARE(rig.ask("POST /v1/acts", kSite, json("{'act':'open'}")).status, 201);
        QTest::qWait(300);
        QCOMPARE(rig.screens.site()->question(), SiteModel::Open);
        QCOMPARE(rig.screens.site()->origin(), QString::fromLatin1(kSite));
    }
    void status_duringAStrangersQuestion_isNotBusy()
    {
        Rig rig;
        rig.allow();
        QCOMPARE(rig.ask("POST /v1/access", kOther).status, 202);
        const auto asked = rig.send("GET /v1/status", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        rig.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QCOMPARE(Rig::answerOf(*asked).json.value("busy").toBool(true), false);
    }
    // It is the same whoever asks, so that it tells nothing of who is let in.
    void preflight_ofAnySite_opensTheLocalNetwork()
    {
        Rig rig;
        rig.allow();
        const QByteArray more = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n";
        const QByteArray networks = "Access-Control-Request-Private-Network: true\r\nAccess-Control-Request-Local-Network: true\r\n";
        for (const char *origin : {kSite, kOther})
            for (const char *start : {"OPTIONS /v1/acts", "OPTIONS /v1/access"}) {
                const Answered preflight = rig.ask(start, origin, {}, more + networks);
                QCOMPARE(preflight.status, 204);
                QVERIFY(preflight.mayRead(origin));
                QVERIFY(preflight.head.contains("\r\nAccess-Control-Allow-Private-Network: true\r\n"));
                QVERIFY(preflight.head.contains("\r\nAccess-Control-Allow-Local-Network: true\r\n"));
                QVERIFY(preflight.head.contains("\r\nVary: Origin\r\n"));
                QVERIFY(!preflight.head.contains("Allow-Credentials"));
                QVERIFY(!rig.ask(start, origin, {}, more).head.contains("-Network")); // only where the browser asks for it
            }
        // The page's own name that leads to 127.0.0.1 opens nothing.
        const auto rebound = rig.send("OPTIONS /v1/acts", "Host: bid.example:" + QByteArray::number(rig.port) + "\r\nOrigin: https://bid.example\r\n" + more + networks);
        const Answered answered = Rig::answerOf(*rebound);
        QCOMPARE(answered.status, 421);
        QVERIFY(!answered.mayRead(kSite));
        QVERIFY(!answered.head.contains("-Network"));
        QVERIFY(rig.asked.empty());
    }
    // After the preflight a page reads that it is not let in, and no more than that.
    void request_ofASiteThatIsNotLetIn_readsTheCodeAndNoMore()
    {
        Rig rig;
        rig.allow();
        const QString act = rig.begin();
        for (const QByteArray &start : {QByteArray("POST /v1/acts"), "GET " + rig.actPath(act), "DELETE " + rig.actPath(act), "DELETE " + rig.actPath(QStringLiteral("none")), QByteArray("GET /v1/status")}) {
            const Answered foreign = rig.ask(start, kOther, start.startsWith("POST") ? kSeal : QByteArray());
            QCOMPARE(foreign.status, 403);
            QVERIFY(foreign.mayRead(kOther));
            QCOMPARE(foreign.json.value("code").toString(), QStringLiteral("HF-107"));
            QVERIFY(!foreign.json.contains("state") && !foreign.json.contains("version"));
        }
        QCOMPARE(rig.actOf(act).value("state").toString(), QStringLiteral("choosing")); // nothing has happened to it
        QVERIFY(!rig.serverHasHeard("POST"));
    }
    void access_asked_isThePersonsToGive()
    {
        Rig rig;
        QSignalSpy attention(&rig.loopback->api(), &LoopbackApi::attentionWanted);
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QCOMPARE(attention.count(), 1);
        QCOMPARE(rig.screens.site()->origin(), QString::fromLatin1(kSite));
        QCOMPARE(rig.ask("POST /v1/acts", kSite, kSeal).status, 403); // asked is not allowed
        const Answered second = rig.ask("POST /v1/access", kOther); // one question at a time
        QCOMPARE(second.status, 409);
        QCOMPARE(second.json.value("code").toString(), QStringLiteral("HF-108"));
        const auto waiting = rig.send("GET /v1/access?wait=50", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        QTest::qWait(static_cast<int>(SiteModel::kCalmMs));
        rig.screens.site()->allow();
        QCOMPARE(Rig::answerOf(*waiting).json.value("access").toString(), QStringLiteral("allowed"));
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.ask("POST /v1/access").json.value("access").toString(), QStringLiteral("allowed")); // no second question
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(Sites(rig.store).standingOf(QString::fromLatin1(kSite)), Sites::Standing::allowed);     // over a restart
    }
    void access_answeredAtOnce_isNoAnswer()
    {
        Rig rig;
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        rig.screens.site()->ask(SiteModel::Access, QString::fromLatin1(kSite), false); // as if it had come up under the finger
        rig.screens.site()->allow();
        QCOMPARE(rig.sites->standingOf(QString::fromLatin1(kSite)), Sites::Standing::unknown);
    }
    void access_refused_isNotAskedAgain()
    {
        Rig rig;
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QTest::qWait(static_cast<int>(SiteModel::kCalmMs));
        rig.screens.site()->refuse();
        const Answered again = rig.ask("POST /v1/access");
        QCOMPARE(again.json.value("access").toString(), QStringLiteral("refused"));
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.ask("GET /v1/status").status, 403);
        rig.screens.site()->remove(QString::fromLatin1(kSite));
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
    }
    void access_fullDisk_isNotGiven()
    {
        Rig rig;
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        QTest::qWait(static_cast<int>(SiteModel::kCalmMs));
        rig.store.full = true;
        rig.screens.site()->allow();
        QCOMPARE(rig.screens.error()->code(), 611);
        QCOMPARE(rig.ask("GET /v1/status").status, 403);
    }
    void access_whileACodeIsShown_isRefusedAndDoesNotHideIt()
    {
        Rig rig;
        QCOMPARE(rig.ask("POST /v1/access").status, 202);
        rig.counter->start(Errand()); // the person begins something
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.ask("POST /v1/access").status, 409);
        QCOMPARE(rig.screens.page(), DeskScreens::Qr);
    }
    void program_named_isToldApart()
    {
        Rig rig;
        QCOMPARE(rig.ask("POST /v1/access", "tool://bid-maker.3").status, 202);
        QVERIFY(rig.screens.site()->program());
    }
    void sites_tooMany_areRefused()
    {
        Rig rig;
        for (std::size_t i = 0; i < Sites::kMost; ++i)
            QVERIFY(rig.sites->set(QStringLiteral("https://s%1.example").arg(i), Sites::Standing::allowed).has_value());
        QVERIFY(!rig.sites->set(QString::fromLatin1(kSite), Sites::Standing::allowed).has_value());
        QCOMPARE(rig.sites->standingOf(QString::fromLatin1(kSite)), Sites::Standing::unknown);
    }
    void sites_refused_takeNobodysPlaceAndTheOldestIsForgotten()
    {
        tests::MemoryDeviceStore store;
        Sites sites(store);
        for (std::size_t i = 0; i <= Sites::kRefusedMost; ++i) // falling names: it is not the alphabet that counts
            QVERIFY(sites.set(QStringLiteral("https://s%1.example").arg(1'000 - i), Sites::Standing::refused).has_value());
        for (std::size_t i = 0; i < Sites::kMost; ++i)
            QVERIFY(sites.set(QStringLiteral("https://a%1.example").arg(i), Sites::Standing::allowed).has_value());
        const Sites again(store); // over a restart
        for (const Sites *one : std::initializer_list<const Sites *>{&sites, &again}) {
            QCOMPARE(one->standingOf(QStringLiteral("https://s1000.example")), Sites::Standing::unknown);
            QCOMPARE(one->standingOf(QStringLiteral("https://s999.example")), Sites::Standing::refused);
            QCOMPARE(one->standingOf(QStringLiteral("https://s900.example")), Sites::Standing::refused);
            QCOMPARE(one->standingOf(QStringLiteral("https://a99.example")), Sites::Standing::allowed);
            QCOMPARE(one->all().size(), Sites::kMost + Sites::kRefusedMost);
        }
    }
    void sites_ofAnOlderVersion_areRead()
    {
        tests::MemoryDeviceStore store;
        store.files["sites"] = bytesOf(viewOf(json("{'https://bid.example':true,'https://other.example':false}").toStdString()));
        const Sites sites(store);
        QCOMPARE(sites.standingOf(QString::fromLatin1(kSite)), Sites::Standing::allowed);
        QCOMPARE(sites.standingOf(QString::fromLatin1(kOther)), Sites::Standing::refused);
    }
    void sites_damagedFile_letsNobodyIn()
    {
        tests::MemoryDeviceStore store;
        store.files["sites"] = bytesOf(viewOf(json("{'https://bid.example':true").toStdString()));
        QVERIFY(Sites(store).all().empty());
        store.files["sites"] = bytesOf(viewOf(json("{'https://bid.example':'true','*':true,'null':true,'https://good.example':true}").toStdString()));
        QCOMPARE(Sites(store).all().size(), std::size_t(1));
    }

    // --- readiness ----------------------------------------------------------------------------------------------------

    void status_ready_asksTheServerOnce()
    {
        Rig rig;
        rig.allow();
        const QByteArray head = "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n";
        const auto first = rig.send("GET /v1/status", head), second = rig.send("GET /v1/status", head);
        rig.answerNext("GET", answer(200, {{"holders", QJsonArray{rig.holder()}}}));
        const Answered answered = Rig::answerOf(*first);
        QCOMPARE(answered.json.value("canOpen").toBool(), true);
        QCOMPARE(answered.json.value("serverReached").toBool(), true);
        QCOMPARE(answered.json.value("enrolled").toBool(), true);
        QCOMPARE(Rig::answerOf(*second).json, answered.json);
        QCOMPARE(rig.ask("GET /v1/status").json, answered.json);
        QVERIFY(!rig.serverHasHeard("GET"));
    }
    void status_ofAnEnvelope_isOfItsKeys()
    {
        for (const bool able : {true, false}) {
            Rig rig;
            rig.allow();
            const auto key = QByteArray::fromStdString(toHex(*documents::envelopeKeyId(rig.pki.encrypt)));
            const auto socket = rig.send("GET /v1/status?keys=" + QByteArray(40, '7') + ',' + key, "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
            rig.answerNext("GET", answer(200, {{"holders", QJsonArray{QJsonObject{{"opening", QJsonArray{"no PEM"}}}, rig.holder(able)}}}));
            QCOMPARE(Rig::answerOf(*socket).json.value("canOpen").toBool(), able);
            QCOMPARE(rig.ask("GET /v1/status").json.value("canOpen").toBool(), able);
            QCOMPARE(rig.ask("GET /v1/status?keys=" + QByteArray(40, '7')).json.value("canOpen").toBool(), false); // somebody else's
            QCOMPARE(rig.ask("GET /v1/status?keys=").json.value("canOpen").toBool(), false);
        }
    }
    // Wrong PINs pass: the page is told that, and not that nobody has a key.
    void status_ofWhoeverIsLocked_saysSo()
    {
        Rig rig;
        rig.allow();
        QJsonObject holder = rig.holder(false);
        holder[QStringLiteral("locked")] = true;
        const auto key = QByteArray::fromStdString(toHex(*documents::envelopeKeyId(rig.pki.encrypt)));
        const auto socket = rig.send("GET /v1/status", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        rig.answerNext("GET", answer(200, {{"holders", QJsonArray{holder}}}));
        const auto codeIn = [](const Answered &answered) { return answered.json.value("problem").toObject().value("code").toString(); };
        const Answered answered = Rig::answerOf(*socket);
        QCOMPARE(answered.json.value("canOpen").toBool(), false);
        QCOMPARE(codeIn(answered), QStringLiteral("HF-301"));
        QCOMPARE(codeIn(rig.ask("GET /v1/status?keys=" + key)), QStringLiteral("HF-301"));
        QCOMPARE(codeIn(rig.ask("GET /v1/status?keys=" + QByteArray(40, '7'))), QString()); // somebody else's
    }
    void status_ofTheComputer_isTheSameForASiteAndAnotherForTheNext()
    {
        Rig rig;
        rig.allow();
        rig.allow(kOther);
        const auto socket = rig.send("GET /v1/status", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        rig.answerNext("GET", answer(200, {{"holders", QJsonArray{rig.holder()}}}));
        const QJsonObject computer = Rig::answerOf(*socket).json.value("computer").toObject();
        QCOMPARE(computer.value("name").toString(), QStringLiteral("Desk"));
        QCOMPARE(computer.value("id").toString().size(), 32);
        QCOMPARE(rig.ask("GET /v1/status").json.value("computer").toObject(), computer);
        const QJsonObject other = rig.ask("GET /v1/status", kOther).json.value("computer").toObject();
        QVERIFY(!other.value("id").toString().isEmpty() && other.value("id") != computer.value("id"));
    }
    // Whoever could open a moment ago cannot, and is told why: only what names no other cause means that nobody has a key.
    void status_ofWhatNeverOpens_saysWhy_data()
    {
        QTest::addColumn<int>("status"); // 0: no answer
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("isReached");
        QTest::newRow("server away") << 0 << QString() << false;
        QTest::newRow("clock wrong") << 401 << QStringLiteral("HF-505") << true;
        QTest::newRow("not taken for the computer") << 401 << QStringLiteral("HF-102") << true;
        QTest::newRow("removed") << 401 << QStringLiteral("HF-214") << true;
        QTest::newRow("waits for the administrator") << 403 << QStringLiteral("HF-205") << true;
        QTest::newRow("nobody's any more") << 404 << QStringLiteral("HF-205") << true;
        QTest::newRow("nobody with a key") << 200 << QString() << true;
    }
    void status_ofWhatNeverOpens_saysWhy()
    {
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(bool, isReached);
        Rig rig;
        rig.allow();
        const auto look = [&rig](const ServerAnswer &given) {
            rig.clock.advance(LoopbackApi::kLookMs);
            const auto socket = rig.send("GET /v1/status", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
            rig.answerNext("GET", given);
            return Rig::answerOf(*socket).json;
        };
        const QJsonObject holders{{"holders", QJsonArray{rig.holder()}}};
        QVERIFY(look(answer(200, holders)).value("canOpen").toBool());
        const QJsonObject told = look(status == 0 ? ServerAnswer{Reached::no, 0, {}} : answer(status, status == 200 ? QJsonObject{{"holders", QJsonArray()}} : QJsonObject{{"code", status == 404 ? QStringLiteral("HF-103") : code}}));
        QCOMPARE(told.value("canOpen").toBool(), false);
        QCOMPARE(told.value("serverReached").toBool(), isReached);
        QCOMPARE(told.value("problem").toObject().value("code").toString(), code);
        QCOMPARE(told.value("problem").toObject().value("stepsZh").toArray().isEmpty(), code.isEmpty());
        const QJsonObject again = look(answer(200, holders));
        QVERIFY(again.value("canOpen").toBool() && !again.contains("problem"));
    }
    // A server that has no time just now takes nobody's key away.
    void status_ofAServerThatIsBusy_isTheLastOne()
    {
        for (const auto &[status, code] : {std::pair(429, "HF-105"), std::pair(503, "HF-503")}) {
            Rig rig;
            rig.allow();
            const auto look = [&rig](const ServerAnswer &given) {
                rig.clock.advance(LoopbackApi::kLookMs);
                const auto socket = rig.send("GET /v1/status", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
                rig.answerNext("GET", given);
                return Rig::answerOf(*socket).json;
            };
            const QJsonObject first = look(answer(status, {{"code", code}}));
            QVERIFY(!first.value("canOpen").toBool() && !first.value("serverReached").toBool());
            QCOMPARE(first.value("problem").toObject().value("code").toString(), QString::fromLatin1(code));
            QVERIFY(look(answer(200, {{"holders", QJsonArray{rig.holder()}}})).value("canOpen").toBool());
            const QJsonObject later = look(answer(status, {{"code", code}}));
            QVERIFY(later.value("canOpen").toBool() && !later.value("serverReached").toBool() && !later.contains("problem"));
            QVERIFY(!look(answer(200, {{"holders", QJsonArray()}})).value("canOpen").toBool());
        }
    }
    void status_notEnrolled_saysSo()
    {
        Rig rig(false);
        rig.allow();
        const auto socket = rig.send("GET /v1/status", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        rig.answerNext("GET", answer(200, {{"status", "ok"}}));
        const Answered answered = Rig::answerOf(*socket);
        QCOMPARE(answered.json.value("enrolled").toBool(), false);
        QCOMPARE(answered.json.value("canOpen").toBool(), false);
        QVERIFY(!answered.json.contains("computer"));
        const Answered act = rig.ask("POST /v1/acts", kSite, kSeal);
        QCOMPARE(act.status, 409);
        QCOMPARE(act.json.value("code").toString(), QStringLiteral("HF-205"));
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
    }

    // --- acts ---------------------------------------------------------------------------------------------------------

    void seal_begun_showsThePageAndStartsNoSession()
    {
        Rig rig;
        rig.allow();
        QSignalSpy attention(&rig.loopback->api(), &LoopbackApi::attentionWanted);
        const Answered begun = rig.ask("POST /v1/acts", kSite, kSeal);
        QCOMPARE(begun.status, 201);
        QCOMPARE(begun.json.value("state").toString(), QStringLiteral("choosing"));
        QCOMPARE(attention.count(), 1);
        QCOMPARE(rig.screens.page(), DeskScreens::Seal);
        QCOMPARE(rig.screens.seal()->origin(), QString::fromLatin1(kSite));
        QCOMPARE(rig.screens.seal()->projectId(), QStringLiteral("P-1"));
        QVERIFY(rig.screens.seal()->files().isEmpty());
        QVERIFY(!rig.serverHasHeard("POST")); // nothing is to be signed yet: the person has the word
    }
    void seal_bySite_keepsTheSitesWordsToTheMillisecond()
    {
        Rig rig;
        rig.allow();
        rig.begin();
        SealWish wish;
        connect(rig.screens.seal(), &SealModel::sealAsked, [&](const SealWish &given) { wish = given; });
        QVERIFY(rig.screens.seal()->seal(QStringLiteral("other"), QStringLiteral("other"), QStringLiteral("x"), QStringLiteral("2031-01-01 00:00")));
        QCOMPARE(wish.projectId, QStringLiteral("P-1"));
        QCOMPARE(wish.projectName, QStringLiteral("Bridge"));
        QCOMPARE(wish.opening.toMSecsSinceEpoch(), 1900000000123);
        rig.screens.seal()->begin({}); // the next one is the person's own again
        QVERIFY(rig.screens.seal()->origin().isEmpty());
    }
    // When it is proposed, not once the person has chosen files: they could do nothing about the site's hour.
    void seal_proposedForAnHourThatIsOver_isRefusedAtOnce()
    {
        Rig rig;
        rig.allow();
        for (const std::int64_t over : {rig.clock.wall, rig.clock.wall - 1, std::int64_t{0}}) {
            const Answered refused = rig.ask("POST /v1/acts", kSite, json("{'act':'seal','project':{'id':'P','name':'N'},'openingMs':%1}").replace("%1", QByteArray::number(static_cast<qint64>(over))));
            QCOMPARE(refused.status, 422);
            QCOMPARE(refused.json.value("code").toString(), QStringLiteral("HF-618"));
        }
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        QVERIFY(rig.screens.seal()->origin().isEmpty() && rig.asked.empty());
        QCOMPARE(rig.ask("POST /v1/acts", kSite, json("{'act':'seal','project':{'id':'P','name':'N'},'openingMs':%1}").replace("%1", QByteArray::number(static_cast<qint64>(rig.clock.wall + 1)))).status, 201);
    }
    void act_namedFiles_isRefused()
    {
        Rig rig;
        rig.allow();
        for (const QByteArray &body : {(json("{'act':'seal','project':{'id':'P','name':'N'},'files':['/etc/passwd']}")), (json("{'act':'open','file':'/home/x/a.hufu'}")),
                                       (json("{'act':'open','out':'/tmp'}")), (json("{'act':'open','project':{'id':'P','path':'/'}}"))})
            QCOMPARE(rig.ask("POST /v1/acts", kSite, body).status, 400);
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QVERIFY(rig.asked.empty());
    }
    void act_thatSigns_isNotThere()
    {
        Rig rig;
        rig.allow();
        for (const char *act : {"sign", "login", "enrol", "decrypt", "encrypt", ""})
            QCOMPARE(rig.ask("POST /v1/acts", kSite, json("{'act':'%1','project':{'id':'P','name':'N'}}").replace("%1", act)).status, 400);
        for (const char *path : {"POST /v1/sign", "POST /v1/login", "POST /v1/sessions", "GET /v1/frame"})
            QCOMPARE(rig.ask(path).status, 404);
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        QVERIFY(rig.asked.empty());
    }
    void act_notJson_isRefused()
    {
        Rig rig;
        rig.allow();
        // What a form can send without a preflight.
        const auto socket = rig.send("POST /v1/acts", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\nContent-Type: text/plain\r\n", kSeal);
        QCOMPARE(Rig::answerOf(*socket).status, 415);
        QCOMPARE(rig.ask("POST /v1/acts", kSite, "[]").status, 400);
        QCOMPARE(rig.ask("POST /v1/acts", kSite, QByteArray(9'000, ' ')).status, 413);
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
    }
    void act_whileBusy_isRefused()
    {
        Rig rig;
        rig.allow();
        rig.counter->start(Errand());
        QCOMPARE(rig.ask("POST /v1/acts", kSite, kSeal).status, 409);
        QCOMPARE(rig.screens.page(), DeskScreens::Qr);
        QCOMPARE(rig.screens.qr()->act(), QStringLiteral("login"));
    }
    // What the person has put together, what can still be gone on with, and what is being typed.
    void act_thatWouldThrowAwayThePersonsWork_isRefused_data()
    {
        QTest::addColumn<int>("page");
        for (const auto page : {DeskScreens::Seal, DeskScreens::Stamp, DeskScreens::Error, DeskScreens::Outcome, DeskScreens::Help, DeskScreens::Diagnosis})
            QTest::addRow("%s", qPrintable(DeskScreens::nameOf(page))) << int(page);
    }
    void act_thatWouldThrowAwayThePersonsWork_isRefused()
    {
        QFETCH(int, page);
        Rig rig;
        rig.allow();
        rig.screens.stamp()->begin({QStringLiteral("/x/a.pdf")});
        rig.screens.error()->show(611, true);
        rig.screens.outcome()->show(QStringLiteral("decrypt"), {}, {}, false, {});
        rig.screens.outcome()->setBids({QVariant::fromValue(BidView{QStringLiteral("a.hufu"), QStringLiteral("a"), 0}), QVariant::fromValue(BidView{QStringLiteral("b.hufu"), {}, 611})});
        rig.screens.support()->setWords(QStringLiteral("It stays dark"));
        rig.screens.show(static_cast<DeskScreens::Page>(page));
        for (const QByteArray &body : {kSeal, json("{'act':'open'}")}) {
            const Answered refused = rig.ask("POST /v1/acts", kSite, body);
            QCOMPARE(refused.status, 409);
            QCOMPARE(refused.json.value("code").toString(), QStringLiteral("HF-108"));
        }
        QVERIFY(rig.ask("GET /v1/access").status == 200 && rig.asked.empty());
        QCOMPARE(int(rig.screens.page()), page);
        QCOMPARE(rig.screens.stamp()->documents().size(), 1);
        QCOMPARE(rig.screens.support()->words(), QStringLiteral("It stays dark"));
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
    }
    void act_whileNothingCanBeLost_isBegun_data()
    {
        QTest::addColumn<int>("page");
        for (const auto page : {DeskScreens::Outcome, DeskScreens::Help, DeskScreens::History, DeskScreens::Settings})
            QTest::addRow("%s", qPrintable(DeskScreens::nameOf(page))) << int(page);
    }
    void act_whileNothingCanBeLost_isBegun()
    {
        QFETCH(int, page);
        Rig rig;
        rig.allow();
        rig.screens.outcome()->show(QStringLiteral("decrypt"), {}, {}, false, {});
        rig.screens.outcome()->setBids({QVariant::fromValue(BidView{QStringLiteral("a.hufu"), QStringLiteral("a"), 0})});
        rig.screens.show(static_cast<DeskScreens::Page>(page));
        QCOMPARE(rig.ask("POST /v1/acts", kSite, kSeal).status, 201);
        QCOMPARE(rig.screens.page(), DeskScreens::Seal);
    }
    void act_ofAnotherSite_isNotFound()
    {
        Rig rig;
        rig.allow();
        rig.allow(kOther);
        const QString id = rig.begin();
        QCOMPARE(rig.ask("GET " + rig.actPath(id), kOther).status, 404);
        QCOMPARE(rig.ask("DELETE " + rig.actPath(id), kOther).status, 404);
        QCOMPARE(rig.screens.page(), DeskScreens::Seal);
    }
    void act_cancelledByThePerson_wakesThePage()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        const auto waiting = rig.send("GET " + rig.actPath(id) + "?wait=50&since=1", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        QTest::qWait(100);
        rig.screens.seal()->cancel();
        const Answered answered = Rig::answerOf(*waiting);
        QCOMPARE(answered.json.value("state").toString(), QStringLiteral("cancelled"));
        QCOMPARE(answered.json.value("over").toBool(), true);
    }
    void events_ofAnAct_comeAsItChangesAndEndWithIt()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        const auto page = rig.send("GET " + rig.actPath(id) + "/events", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        QByteArray heard;
        const auto hears = [&](const QByteArray &text) {
            return QTest::qWaitFor([&] {
                heard += page->readAll();
                return heard.contains(text);
            });
        };
        QVERIFY(hears("\"state\":\"choosing\""));
        QVERIFY(heard.startsWith("HTTP/1.1 200 "));
        QVERIFY(heard.contains("\r\nContent-Type: text/event-stream\r\n"));
        QVERIFY(heard.contains("\r\nAccess-Control-Allow-Origin: https://bid.example\r\n"));
        QVERIFY(heard.contains("event: act\nid: 1\ndata: {"));
        QVERIFY(!heard.contains("\"over\":true"));
        rig.screens.seal()->cancel();
        QVERIFY(hears("\"state\":\"cancelled\""));
        QVERIFY(heard.contains("event: act\nid: 2\ndata: {"));
        QVERIFY(QTest::qWaitFor([&] { heard += page->readAll(); return page->state() == QAbstractSocket::UnconnectedState; }));
        QVERIFY(heard.endsWith("\r\n0\r\n\r\n")); // whole, not cut
    }
    void events_ofOthers_areNotHeard()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        const QByteArray start = "GET " + rig.actPath(id) + "/events";
        QCOMPARE(rig.ask(start, kOther).status, 403);
        QCOMPARE(rig.ask(start, "null").status, 403);
        QCOMPARE(rig.ask(start, QByteArray()).status, 403);
        const auto rebound = rig.send(start, "Host: bid.example:" + QByteArray::number(rig.port) + "\r\nOrigin: https://bid.example\r\n");
        QCOMPARE(Rig::answerOf(*rebound).status, 421);
        rig.allow(kOther);
        QCOMPARE(rig.ask(start, kOther).status, 404);
        QCOMPARE(rig.ask("GET /v1/acts/00112233445566778899aabbccddeeff/events").status, 404);
        const auto otherMethod = rig.ask("POST " + rig.actPath(id) + "/events");
        QCOMPARE(otherMethod.status, 405);
        QCOMPARE(otherMethod.json.value("code").toString(), QStringLiteral("HF-110"));
        QVERIFY2(otherMethod.head.contains("\r\nAllow: ") && otherMethod.head.contains("GET"), otherMethod.head.constData());
    }
    void events_whenTheSiteIsRemoved_end()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        const auto page = rig.send("GET " + rig.actPath(id) + "/events", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        QVERIFY(QTest::qWaitFor([&] { return page->bytesAvailable() > 0 && page->peek(4'000).contains("choosing"); }));
        rig.screens.site()->remove(QString::fromLatin1(kSite));
        QVERIFY(QTest::qWaitFor([&] { return page->state() == QAbstractSocket::UnconnectedState; }));
    }
    void events_ofTooManyPages_endAtOnce()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        std::vector<std::unique_ptr<QTcpSocket>> pages;
        for (std::size_t i = 0; i < LoopbackApi::kListenersMost; ++i) {
            pages.push_back(rig.send("GET " + rig.actPath(id) + "/events", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n"));
            QVERIFY(QTest::qWaitFor([&] { return pages.back()->peek(4'000).contains("choosing"); }));
        }
        const Answered late = rig.ask("GET " + rig.actPath(id) + "/events");
        QCOMPARE(late.status, 200);
        QVERIFY(!late.head.contains("choosing"));
        QVERIFY(late.json.isEmpty());
        QCOMPARE(rig.actOf(id).value("state").toString(), QStringLiteral("choosing")); // it is asked instead
    }
    void end_whileAPageListens_endsItsEvents()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        const auto page = rig.send("GET " + rig.actPath(id) + "/events", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        QVERIFY(QTest::qWaitFor([&] { return page->peek(4'000).contains("choosing"); }));
        rig.loopback.reset();
        QVERIFY(QTest::qWaitFor([&] { return page->state() == QAbstractSocket::UnconnectedState; }));
    }
    void act_cancelledByThePage_leavesTheWindow()
    {
        Rig rig;
        rig.allow();
        const QString seal = rig.begin();
        QCOMPARE(rig.ask("DELETE " + rig.actPath(seal)).status, 204);
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        const QString open = rig.begin(json("{'act':'open','project':{'id':'P-1','name':'Bridge'}}"));
        QCOMPARE(rig.screens.site()->question(), SiteModel::Open);
        QCOMPARE(rig.ask("DELETE " + rig.actPath(open)).status, 204);
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.actOf(open).value("state").toString(), QStringLiteral("cancelled"));
    }
    void open_chosenByThePerson_isFollowed()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("c.bin")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(200, 'x'));
        file.close();
        Rig rig;
        rig.allow();
        const QString id = rig.begin(json("{'act':'open'}"));
        QVERIFY(!rig.serverHasHeard("POST"));
        QCOMPARE(rig.actOf(id).value("state").toString(), QStringLiteral("choosing"));
        rig.screens.site()->openFiles({QUrl::fromLocalFile(file.fileName())});
        QCOMPARE(rig.screens.page(), DeskScreens::Qr); // what the phone will scan is shown
        // No ciphertext of SM2: the desk says so, and the page hears of it.
        QTRY_COMPARE(rig.screens.page(), DeskScreens::Error);
        const QJsonObject failed = rig.actOf(id);
        QCOMPARE(failed.value("state").toString(), QStringLiteral("failed"));
        QCOMPARE(failed.value("code").toString(), QStringLiteral("HF-603"));
        const QJsonObject words = failed.value("problem").toObject();
        QCOMPARE(words.value("code").toString(), QStringLiteral("HF-603"));
        for (const char *said : {"title", "detail", "titleZh", "detailZh"})
            QVERIFY2(!words.value(QLatin1String(said)).toString().isEmpty(), said);
        QVERIFY(!words.value("steps").toArray().isEmpty() && !words.value("stepsZh").toArray().isEmpty());
        QCOMPARE(failed.value("over").toBool(), false); // it may be tried again in the window
        rig.screens.error()->close();
        QCOMPARE(rig.actOf(id).value("over").toBool(), true);
    }
    // The errand is of the project that the page named, and the person's own next one of none.
    void open_ofAProject_asksForItsBidsAlone()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("c.bin")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(200, 'x')) == 200);
        file.close();
        Rig rig;
        rig.allow();
        std::vector<std::optional<documents::EnvelopeProject>> projects;
        QObject::connect(rig.counter.get(), &Counter::ended, [&projects](const Errand &errand, const Finished &, const QString &, int) { projects.push_back(errand.project); });
        rig.begin(json("{'act':'open','project':{'id':'P-1','name':'Bridge'}}"));
        rig.screens.site()->openFiles({QUrl::fromLocalFile(file.fileName())});
        QTRY_COMPARE(projects.size(), std::size_t{1});
        QVERIFY(projects[0] && projects[0]->id == "P-1");
        rig.screens.error()->close();
        rig.screens.status()->open({QUrl::fromLocalFile(file.fileName())});
        QTRY_COMPARE(projects.size(), std::size_t{2});
        QVERIFY(!projects[1]);
    }
    void open_anotherErrandOfThePerson_endsTheAct()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin(json("{'act':'open'}"));
        rig.counter->start(Errand()); // a log-in, from the tray
        QCOMPARE(rig.screens.site()->question(), SiteModel::None);
        QCOMPARE(rig.actOf(id).value("state").toString(), QStringLiteral("cancelled"));
    }
    void site_removed_losesItsAct()
    {
        Rig rig;
        rig.allow();
        rig.begin();
        rig.screens.site()->remove(QString::fromLatin1(kSite));
        QCOMPARE(rig.screens.page(), DeskScreens::Status);
        QCOMPARE(rig.ask("GET /v1/status").status, 403);
    }

    // --- the server itself --------------------------------------------------------------------------------------------

    void listen_portTaken_takesTheNext()
    {
        Rig rig, second;
        Loopback other(std::make_unique<LoopbackApi>(second.screens, *second.counter, *second.sites, second.random));
        const quint16 ports[] = {rig.port, 0};
        const auto port = other.listen(ports);
        QVERIFY(port.has_value());
        QVERIFY(*port != rig.port);
        Loopback third(std::make_unique<LoopbackApi>(second.screens, *second.counter, *second.sites, second.random));
        const quint16 taken[] = {rig.port};
        QVERIFY(!third.listen(taken).has_value());
    }
    void end_whileAPageWaits_answersIt()
    {
        Rig rig;
        rig.allow();
        const QString id = rig.begin();
        const auto waiting = rig.send("GET " + rig.actPath(id) + "?wait=50", "Host: " + rig.host() + "\r\nOrigin: https://bid.example\r\n");
        QTest::qWait(100);
        rig.loopback.reset();
        QCOMPARE(Rig::answerOf(*waiting).status, 503);
    }

    // --- what comes in ------------------------------------------------------------------------------------------------

    void site_parse_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        for (const char *good : {"https://bid.example", "https://bid.example:8443", "https://xn--fiq228c.example", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:9", "https://[::1]", "tool://maker"})
            QTest::addRow("%s", good) << QByteArray(good) << true;
        for (const char *bad : {"", "null", "https://", "http://bid.example", "https://bid.example/", "https://u@bid.example", "https://bid..example", "https://-a.example", "https://bid.example:", "https://bid.example:0",
                                "https://bid.example:65536", "https://bid.example:08", "https://bid.example:1:2", "https://[::2]", "ftp://bid.example", "chrome-extension://abc", "tool://", "tool://a/b", "tool://A", "https://b\xc3\xa4.example"})
            QTest::addRow("not %s", bad) << QByteArray(bad) << false;
    }
    void site_parse()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, good);
        QCOMPARE(Site::parse(text.toStdString()).has_value(), good);
    }
    void wish_parse_refusesWhatAManifestWould()
    {
        const auto parse = [](const QByteArray &text) { return Wish::parse({reinterpret_cast<const std::uint8_t *>(text.constData()), static_cast<std::size_t>(text.size())}); };
        const auto wish = parse(kSeal);
        QVERIFY(wish && wish->openingMs == 1900000000123 && wish->hint == QLatin1String("PDF"));
        for (const QByteArray &bad : {json(""), json("{}"), json("[]"), json("{'act':1}"), json("{'act':'seal'}"), json("{'act':'seal','project':{'id':'P'}}"), json("{'act':'seal','project':[]}"), json("{'act':'seal','project':{'id':'P','name':7}}"),
                                json("{'act':'seal','project':{'id':'P','name':'a\\u202eb'}}"), json("{'act':'seal','project':{'id':'P','name':'a\\nb'}}"), json("{'act':'seal','project':{'id':'P','name':'N'},'openingMs':'1'}"),
                                json("{'act':'seal','project':{'id':'P','name':'N'},'openingMs':1.5}"), json("{'act':'seal','project':{'id':'P','name':'N'},'openingMs':-1}"),
                                json("{'act':'seal','project':{'id':'P','name':'N'},'openingMs':1e300}"), json("{'act':'open','openingMs':1}"), json("{'act':'open'}x")})
            QVERIFY2(!parse(bad), bad.constData());
    }
};

QTEST_MAIN(TestLoopback)
#include "test_loopback.moc"
