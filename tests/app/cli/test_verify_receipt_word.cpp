// hufu verify receipt, on receipts as the portal's page saves them.
#include "shield/crypto/sm3.h"
#include "tests/support/pki.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestVerifyReceiptWord : public QObject {
    Q_OBJECT

    struct Said {
        int exit = -1;
        QString out, err;
    };
    QTemporaryDir m_folder;
    tests::WholeKey m_key, m_other;
    const QByteArray m_envelope = QByteArrayLiteral("an envelope");

    static QString hex(ByteView bytes) { return QString::fromStdString(toHex(bytes)); }
    static QString keyOf(const tests::WholeKey &key) { return hex(*key.point.encode()); }
    QString write(const char *name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0) qFatal("write");
        return file.fileName();
    }
    QString receipt(const char *name, const tests::WholeKey &signer, const QByteArray &change = {}) const
    {
        const auto sm3 = crypto::sm3(ByteView(reinterpret_cast<const std::uint8_t *>(m_envelope.data()), static_cast<std::size_t>(m_envelope.size())));
        QByteArray text = QJsonDocument(QJsonObject{{"bid", "00"}, {"company", "示范建设有限公司"}, {"kind", "hufu-portal-receipt"}, {"openingMs", qint64{1795570200000}},
                                                    {"project", "ZB-1"}, {"receivedMs", qint64{1795542311000}}, {"size", 11}, {"sm3", hex(sm3)}})
                              .toJson(QJsonDocument::Compact);
        const auto signature = signer.sign(ByteView(reinterpret_cast<const std::uint8_t *>(text.constData()), static_cast<std::size_t>(text.size())));
        if (!change.isEmpty()) text.replace("ZB-1", change);
        return write(name, QJsonDocument(QJsonObject{{"text", QString::fromUtf8(text)}, {"signature", hex(concat({signature.r, signature.s}))}, {"publicKey", keyOf(m_key)}}).toJson());
    }
    static Said verify(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("verify"), QStringLiteral("receipt")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void receipt_asThePortalSignedIt_holds()
    {
        const QString path = receipt("a.json", m_key), envelope = write("a.hufu", m_envelope);
        const Said plain = verify({path});
        QCOMPARE(plain.exit, 0);
        QVERIFY(plain.out.startsWith(QStringLiteral("valid\n  回执有效，没有改动 / The receipt holds")));
        QVERIFY(plain.out.contains(QStringLiteral("compare it")));
        const Said said = verify({path, envelope, QStringLiteral("--key"), keyOf(m_key), QStringLiteral("--json")});
        QCOMPARE(said.exit, 0);
        const QJsonObject report = QJsonDocument::fromJson(said.out.toUtf8()).object();
        QVERIFY(report["valid"].toBool() && report["keyKnown"].toBool() && report["ofFile"].toBool());
        QCOMPARE(report["receivedAt"].toString(), QStringLiteral("2026-11-24T17:45:11Z"));
        QCOMPARE(report["company"].toString(), QStringLiteral("示范建设有限公司"));
    }
    void receipt_changedOfAnotherKeyOrFile_isRefused()
    {
        const QString envelope = write("a.hufu", m_envelope), other = write("b.hufu", "another");
        const QList<QStringList> wrong{{receipt("changed.json", m_key, "ZB-2")},
                                       {receipt("foreign.json", m_other)},
                                       {receipt("a.json", m_key), QStringLiteral("--key"), keyOf(m_other)},
                                       {receipt("a.json", m_key), other}};
        for (const QStringList &words : wrong) {
            const Said said = verify(words);
            QCOMPARE(said.exit, 1);
            QVERIFY(said.out.startsWith(QStringLiteral("NOT VALID\n  回执")) && said.out.contains(QStringLiteral(" / The receipt ")));
            QVERIFY(said.err.startsWith(QStringLiteral("HF-602")));
        }
    }
    void receipt_none_isNotRead()
    {
        QCOMPARE(verify({write("c.json", "{}")}).exit, 3);
        QCOMPARE(verify({m_folder.filePath(QStringLiteral("missing"))}).exit, 3);
        QCOMPARE(verify({receipt("a.json", m_key), QStringLiteral("--key"), QStringLiteral("04aa")}).exit, 2);
        QCOMPARE(verify({}).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerifyReceiptWord)
#include "test_verify_receipt_word.moc"
