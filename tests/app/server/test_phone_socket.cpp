// The phones' WebSocket against bytes and messages that do not belong.
#include "server_process.h"

#include "app/catalogue/catalogue.h"
#include "platform/net/phone_socket.h"
#include "shield/wire/activation.h"
#include "shield/wire/conversation.h"
#include "shield/wire/session.h"

#include <QSignalSpy>

using namespace hufu;
using namespace hufu::tests;
using catalogue::Code;

// A connection whose Greeting has come.
class Line {
public:
    explicit Line(const ServerProcess &server)
        : m_socket(server.endpoint()), m_received(&m_socket, &net::PhoneSocket::received),
          m_closed(&m_socket, &net::PhoneSocket::closed)
    {
        m_socket.open();
        if (const auto message = next()) greeting = wire::decode<wire::Greeting>(*message).value();
    }
    // The next message; nothing if the connection ends first.
    std::optional<Bytes> next()
    {
        if (!QTest::qWaitFor([this] { return !m_received.isEmpty() || !m_closed.isEmpty(); }, 20'000) ||
            m_received.isEmpty())
            return std::nullopt;
        return m_received.takeFirst()[0].value<Bytes>();
    }
    std::optional<Bytes> ask(const Bytes &message)
    {
        m_socket.send(message);
        return next();
    }
    // The code of the Failure that answers; 0 for anything else.
    int failure(const Bytes &message)
    {
        const auto answer = ask(message);
        if (!answer) return -1;
        const auto fail = wire::decode<wire::Failure>(*answer);
        return fail ? fail->code : 0;
    }
    bool ended()
    {
        return QTest::qWaitFor([this] { return !m_closed.isEmpty(); }, 20'000);
    }

    wire::Greeting greeting;

private:
    net::PhoneSocket m_socket;
    QSignalSpy m_received, m_closed;
};

class TestPhoneSocket : public QObject {
    Q_OBJECT

    ServerProcess m_server;

    static int number(Code code) { return static_cast<int>(code); }
    ByteArray<16> code() const
    {
        const QUrlQuery query(QUrl(m_server.text("activation")));
        return *fixedBytes<16>(*fromHex(query.queryItemValue(QStringLiteral("code")).toStdString()));
    }
    wire::EnrolStart start(const char *number) const
    {
        wire::EnrolStart message;
        message.code = code();
        message.phoneNumber = number;
        return message;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.start()); }

    void greeting_comesFirst_andIsFresh()
    {
        Line first(m_server), second(m_server);
        QVERIFY(first.greeting.cn != ByteArray<16>{});
        QVERIFY(first.greeting.cn != second.greeting.cn);
        QVERIFY(qAbs(first.greeting.serverMs - QDateTime::currentMSecsSinceEpoch()) < 60'000);
    }

    void malformed_isNamedAndClosed_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("one byte") << QByteArray("\x01");
        QTest::newRow("other version") << QByteArray("\x02\x01");
        QTest::newRow("unknown type") << QByteArray("\x01\x3f");
        QTest::newRow("the server's own type") << QByteArray("\x01\x40");
        for (int type = 0x01; type <= 0x13; ++type) {
            const QByteArray head = QByteArray("\x01") + static_cast<char>(type);
            QTest::addRow("type %d without body", type) << head;
            QTest::addRow("type %d with rubbish", type) << head + QByteArray(3000, '\xa5');
        }
    }
    void malformed_isNamedAndClosed()
    {
        QFETCH(QByteArray, message);
        Line line(m_server);
        QCOMPARE(line.failure(Bytes(message.begin(), message.end())), number(Code::malformed));
        QVERIFY(line.ended());
    }

    void activation_unknownCode_isRefused()
    {
        Line line(m_server);
        auto message = start("13800138000");
        message.code[0] ^= 1;
        QCOMPARE(line.failure(wire::encode(message)), number(Code::activationUnknown));
    }

    void enrolment_wrongSms_isRefused_andNoAccountIsMade()
    {
        Line line(m_server);
        const auto answer = line.ask(wire::encode(start("13800138000")));
        QVERIFY(answer);
        const auto terms = wire::decode<wire::EnrolTerms>(*answer);
        QVERIFY(terms);
        QVERIFY(!terms->company.empty());
        QVERIFY(terms->resendAfter > 0);
        QCOMPARE(m_server.inbox().size(), 1);

        wire::EnrolProof proof;
        proof.code = code();
        proof.sms = "000000";
        proof.agreements = terms->agreements;
        QCOMPARE(line.failure(wire::encode(proof)), number(Code::smsWrong));
        proof.agreements.clear();
        QCOMPARE(line.failure(wire::encode(proof)), number(Code::agreementMissing));
    }

    void enrolment_otherNumber_isRefused()
    {
        Line line(m_server);
        QCOMPARE(line.failure(wire::encode(start("13900139000"))), number(Code::phoneNumberOther));
    }

    void keys_withoutTicket_areRefused()
    {
        Line line(m_server);
        wire::Activate activate;
        activate.acct[0] = 1;
        QCOMPARE(line.failure(wire::encode(activate)), number(Code::activationUnknown));
        QCOMPARE(line.failure(wire::encode(wire::Kg3{})), number(Code::wrongState));
    }

    void hello_withoutASession_isRefused()
    {
        Line line(m_server);
        wire::Hello hello;
        hello.com1.resize(1);
        QCOMPARE(line.failure(wire::encode(hello)), number(Code::wrongState));
    }

    void mac_wrong_endsWithoutAWord_data()
    {
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, const Bytes &bytes) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char *>(bytes.data()),
                                              static_cast<qsizetype>(bytes.size()));
        };
        row("begin", wire::encode(wire::Begin{}));
        wire::Claim claim;
        claim.frame = Bytes(37, 1);
        row("claim", wire::encode(claim));
        row("resume", wire::encode(wire::Resume{}));
        wire::FactorAsk ask;
        ask.kind = wire::factor::kSms;
        row("factor-ask", wire::encode(ask));
        wire::Factor factor;
        factor.kind = wire::factor::kSms;
        factor.value = bytesOf(viewOf("123456"));
        row("factor", wire::encode(factor));
        row("refuse", wire::encode(wire::Refuse{}));
        row("result", wire::encode(wire::ResultQuery{}));
        row("probe", wire::encode(wire::ProbeAnswer{}));
        row("certificates", wire::encode(wire::CertificatesQuery{}));
        wire::Deliver deliver;
        deliver.items.push_back({0, Bytes(80, 1)});
        row("deliver", wire::encode(deliver));
        wire::Hello refresh;
        refresh.op = intent::Op::refresh;
        row("hello", wire::encode(refresh));
    }
    void mac_wrong_endsWithoutAWord()
    {
        QFETCH(QByteArray, message);
        Line line(m_server);
        QVERIFY(!line.ask(Bytes(message.begin(), message.end())));
        QVERIFY(line.ended());
    }

    void smsDown_isNamed()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/faults"), R"({"sms":{"down":true}})").status, 200);
        const QUrlQuery query(QUrl(server.text("activation")));
        wire::EnrolStart message;
        message.code = *fixedBytes<16>(*fromHex(query.queryItemValue(QStringLiteral("code")).toStdString()));
        message.phoneNumber = "13800138000";
        Line line(server);
        QCOMPARE(line.failure(wire::encode(message)), number(Code::serviceDown));
        QCOMPARE(server.ask("POST", QStringLiteral("/outside/faults"), R"({"sms":{"down":false}})").status,
                 200);
        QVERIFY(wire::decode<wire::EnrolTerms>(*line.ask(wire::encode(message))));
    }

    void log_namesNoPerson()
    {
        for (const QByteArray &line : m_server.logLines()) {
            QVERIFY2(!line.contains("13800138000"), line.constData());
            QVERIFY2(!line.contains("13900139000"), line.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestPhoneSocket)
#include "test_phone_socket.moc"
