// What the phone sends to support, and what it makes of the answer.
#include "app/phone/support_case.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace hufu;

class TestSupportCase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void case_holdsTheNewestCodesAndTheFacts()
    {
        QStringList codes;
        for (int i = 200; i < 215; ++i)
            codes << QStringLiteral("HF-%1").arg(i);
        const auto body = QJsonDocument::fromJson(phone_app::caseOf(QStringLiteral("pinPad"), QStringLiteral("zh_CN"), codes,
                                                                    QStringLiteral("server: state 1"), QStringLiteral("打不开")))
                              .object();
        QCOMPARE(body.value(QLatin1String("page")).toString(), QStringLiteral("phone-pinPad"));
        QCOMPARE(body.value(QLatin1String("language")).toString(), QStringLiteral("zh-CN"));
        QCOMPARE(body.value(QLatin1String("words")).toString(), QStringLiteral("打不开 / server: state 1"));
        const QJsonArray sent = body.value(QLatin1String("codes")).toArray();
        QCOMPARE(sent.size(), 10);
        QCOMPARE(sent.last().toString(), QStringLiteral("HF-214"));
        QCOMPARE(body.size(), 5); // and nothing else
    }
    void contacts_anyBytes_areThoseInBothLanguages()
    {
        const auto heard = phone_app::readContacts(R"({"person":{"zh":"王工","en":"Wang"},"group":null,"hotline":{"zh":"1"},"hours":{"zh":"工作日","en":"working days"},"chat":"https:\/\/help.example.com/a"})"); // moc takes // for a comment there, too
        QCOMPARE(heard.named.size(), 2);
        QCOMPARE(heard.named.at(0).value<shell::ContactView>().en, QStringLiteral("Wang"));
        QCOMPARE(heard.named.at(1).value<shell::ContactView>().kind, QStringLiteral("hours"));
        QCOMPARE(heard.chat, QStringLiteral("https://help.example.com/a"));
        for (const char *bad : {"", "[]", "\xa5\xa5", R"({"chat":"http:\/\/help.example.com/"})", R"x({"chat":"javascript:alert(1)"})x", R"({"chat":"file:\/\/\/etc/passwd"})", R"({"person":"Wang"})"}) {
            const auto none = phone_app::readContacts(bad);
            QVERIFY2(none.named.isEmpty() && none.chat.isEmpty(), bad);
        }
    }
    void answer_anyBytes_isANumberOrAProblem_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("number");
        QTest::addColumn<int>("problem");
        QTest::newRow("taken") << 201 << QByteArray(R"({"number":"HC-00000042"})") << QStringLiteral("HC-00000042") << 0;
        QTest::newRow("too many") << 429 << QByteArray() << QString() << 105;
        QTest::newRow("no number") << 201 << QByteArray("{}") << QString() << 506;
        QTest::newRow("noise") << 201 << QByteArray("\xa5\xa5") << QString() << 506;
        QTest::newRow("refused") << 403 << QByteArray(R"({"number":"HC-00000042"})") << QString() << 506;
    }
    void answer_anyBytes_isANumberOrAProblem()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QString, number);
        QFETCH(int, problem);
        int told = 0;
        phone_app::readCaseAnswer(status, body, [&](const QString &said, int code) {
            ++told;
            QCOMPARE(said, number);
            QCOMPARE(code, problem);
        });
        QCOMPARE(told, 1);
    }
};

QTEST_GUILESS_MAIN(TestSupportCase)
#include "test_support_case.moc"
