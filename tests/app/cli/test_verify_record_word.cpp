// hufu verify record, on a record as a phone saves it.
#include "app/phone/act_record.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using intent::Act;

class TestVerifyRecordWord : public QObject {
    Q_OBJECT

    struct Said {
        int exit = -1;
        QString out, err;
        QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    };
    QTemporaryDir m_folder;
    PhoneHalf m_half;
    const Bytes m_content = bytesOf(viewOf("the offer"));

    QString saved(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size()) qFatal("file");
        return file.fileName();
    }
    QString pem(const Bytes &der) const { return QString::fromStdString(x509::Certificate::parse(der)->pem()); }
    // Of the newest entry.
    QByteArray record()
    {
        const auto entry = m_half.vault.history()->front();
        const auto certificates = *m_half.vault.certificates();
        return phone_app::actRecordOf(entry, pem(certificates.sign));
    }
    bool approves(const ByteArray<16> &token)
    {
        phone::Approval flow(m_half.environment);
        m_half.claim(flow, token);
        m_half.pump(flow, flow.approve());
        return m_half.pump(flow, flow.pin(pinOf(kPin))).show == phone::Show::done;
    }
    static Said verify(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("verify"), QStringLiteral("record")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_half.activate()); }
    void logIn_asSaved_isProvedByItsSignature()
    {
        QVERIFY(approves(m_half.server.open(manifestOf(Act::login))));
        const QString file = saved("record.json", record());
        const Said said = verify({file});
        QCOMPARE(said.exit, 0);
        QVERIFY(said.out.startsWith(QStringLiteral("valid\n  记录属实：")) && said.out.contains(QStringLiteral(" / The record is true")));
        const auto certificates = *m_half.vault.certificates();
        const QString root = saved("root.pem", pem(certificates.root).toUtf8()), issuing = saved("issuing.pem", pem(certificates.issuing).toUtf8());
        const Said trusted = verify({file, QStringLiteral("--trust"), root, QStringLiteral("--chain"), issuing, QStringLiteral("--json")});
        QCOMPARE(trusted.exit, 0);
        QVERIFY(trusted.json()["valid"].toBool() && trusted.json()["manifestIntact"].toBool());
        QCOMPARE(trusted.json()["act"].toString(), QStringLiteral("login"));
        QCOMPARE(trusted.json()["signaturesValid"].toInt(), 1);
        QCOMPARE(trusted.json()["chain"].toString(), QStringLiteral("none"));
        QCOMPARE(verify({file, QStringLiteral("--trust"), issuing}).exit, 1); // not a root
    }
    void record_changed_isNotValid_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("the manifest") << QByteArray(R"(\"act\":\"login\")") << QByteArray(R"(\"act\":\"revoke\")");
        QTest::newRow("its SM3") << QByteArray(R"("manifestSm3": ")") << QByteArray(R"("manifestSm3": "0)");
        QTest::newRow("the signature") << QByteArray(R"("signature": ")") << QByteArray(R"("signature": "00)");
        QTest::newRow("the item") << QByteArray(R"("item": 0)") << QByteArray(R"("item": 1)");
        QTest::newRow("the certificate") << QByteArray("BEGIN CERTIFICATE") << QByteArray("BEGIN NOTHING");
    }
    void record_changed_isNotValid()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QVERIFY(approves(m_half.server.open(manifestOf(Act::login))));
        QByteArray text = record();
        QVERIFY(text.contains(from));
        text.replace(from, to);
        QVERIFY(verify({saved("record.json", text)}).exit != 0);
    }
    void bareSignature_needsItsFile()
    {
        auto manifest = manifestOf(Act::sign);
        manifest.form = intent::Form::bare;
        manifest.files = {{"offer.txt", m_content.size(), crypto::sm3(m_content), 0}};
        QVERIFY(approves(m_half.server.open(manifest, {m_content})));
        const QString file = saved("record.json", record());
        QCOMPARE(verify({file, QStringLiteral("--json")}).json()["signaturesUnchecked"].toInt(), 1);
        const QString offer = saved("offer.txt", QByteArray("the offer"));
        const Said said = verify({file, offer, QStringLiteral("--json")});
        QCOMPARE(said.exit, 0);
        QCOMPARE(said.json()["signaturesValid"].toInt(), 1);
        QCOMPARE(verify({file, saved("other.txt", QByteArray("another")), QStringLiteral("--json")}).json()["signaturesUnchecked"].toInt(), 1);
    }
    // The next keys are activated with what comes of it.
    void words_thatAreNone_sayHowToUseThem()
    {
        QCOMPARE(verify({}).exit, 2);
        QCOMPARE(verify({m_folder.filePath(QStringLiteral("nowhere.json"))}).exit, 3);
        QCOMPARE(verify({saved("empty.json", "{}")}).exit, 3);
    }
};

QTEST_GUILESS_MAIN(TestVerifyRecordWord)
#include "test_verify_record_word.moc"
