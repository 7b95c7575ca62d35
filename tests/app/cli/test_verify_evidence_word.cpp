// hufu verify evidence, on a bundle as a desk saves it.
#include "shield/audit/evidence.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestVerifyEvidenceWord : public QObject {
    Q_OBJECT

    struct Said {
        int exit = -1;
        QString out, err;
    };
    QTemporaryDir m_folder;
    ports::SystemRandom m_random;
    crypto::Ed25519Key m_key = crypto::Ed25519Key::generate(m_random);

    QString deskId() const { return QString::fromStdString(toHex(crypto::sm3(m_key.publicKey()))).left(32); }
    QList<QByteArray> bundle() const
    {
        const auto id = fixedBytes<16>(*fromHex(deskId().toStdString()));
        audit::Evidence evidence({7}, *id, 5, 1'800'000'000'000);
        evidence.note(audit::Step::claimed, 1'800'000'001'000, {1});
        evidence.note(audit::Step::failed, 1'800'000'002'000, {}, {}, 209);
        const std::string text = audit::bundleOf(evidence, m_key.publicKey(), [this](ByteView bytes) { return m_key.sign(bytes); });
        return QByteArray::fromStdString(text).trimmed().split('\n');
    }
    QString saved(const QList<QByteArray> &lines) const
    {
        QFile file(m_folder.filePath(QStringLiteral("evidence.jsonl")));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("file");
        file.write(lines.join('\n') + '\n');
        return file.fileName();
    }
    static Said verify(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("verify"), QStringLiteral("evidence")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void bundle_asSaved_isValidAndSaysWhatHappened()
    {
        const Said said = verify({saved(bundle()), QStringLiteral("--desk"), deskId()});
        QCOMPARE(said.exit, 0);
        QVERIFY(said.out.startsWith(QStringLiteral("valid")));
        QVERIFY(said.out.contains(QStringLiteral("failed           209")));
        const QJsonObject report = QJsonDocument::fromJson(verify({saved(bundle()), QStringLiteral("--json")}).out.toUtf8()).object();
        QVERIFY(report["valid"].toBool());
        QCOMPARE(report["desk"].toString(), deskId());
        QCOMPARE(report["steps"].toArray().size(), 3);
    }
    void bundle_thatIsNotAsItWas_isHf654()
    {
        const QList<QByteArray> lines = bundle();
        QList<QByteArray> changed = lines, fewer = lines, moved = lines;
        changed[2].replace("1800000001000", "1800000001001");
        fewer.removeAt(3);
        moved.swapItemsAt(1, 2);
        for (const auto &[other, line] : {std::pair(changed, 3), std::pair(fewer, 4), std::pair(moved, 3)}) {
            const Said said = verify({saved(other)});
            QCOMPARE(said.exit, 1);
            QVERIFY(said.out.startsWith(QStringLiteral("NOT VALID")));
            QVERIFY(said.err.startsWith(QStringLiteral("HF-654")));
            QVERIFY2(said.out.contains(QStringLiteral("line %1:").arg(line)), qPrintable(said.out));
        }
    }
    void signature_thatIsAnothers_isHf602()
    {
        QList<QByteArray> lines = bundle();
        QVERIFY(lines[0].endsWith("\"}"));
        lines[0].replace(lines[0].size() - 8, 6, lines[0].mid(lines[0].size() - 8, 6) == "000000" ? "111111" : "000000");
        const Said said = verify({saved(lines)});
        QCOMPARE(said.exit, 1);
        QVERIFY(said.err.startsWith(QStringLiteral("HF-602")));
        const Said other = verify({saved(bundle()), QStringLiteral("--desk"), QString(32, QChar('a'))});
        QCOMPARE(other.exit, 1);
        QVERIFY(other.err.startsWith(QStringLiteral("HF-602")));
    }
    void file_thatIsNone_isSaidSo()
    {
        QCOMPARE(verify({saved({"{}"})}).exit, 3);
        QVERIFY(verify({saved({"{}"})}).err.startsWith(QStringLiteral("HF-650")));
        QVERIFY(verify({m_folder.filePath(QStringLiteral("missing"))}).err.startsWith(QStringLiteral("HF-604")));
        for (const QStringList &words : {QStringList(), QStringList{QStringLiteral("a"), QStringLiteral("b")}, QStringList{saved(bundle()), QStringLiteral("--desk"), QStringLiteral("12")}})
            QCOMPARE(verify(words).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerifyEvidenceWord)
#include "test_verify_evidence_word.moc"
