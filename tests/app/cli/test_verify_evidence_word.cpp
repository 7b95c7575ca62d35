// hufu verify evidence, on a bundle as a desk or a phone saves it.
#include "shield/audit/evidence.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
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
    QList<QByteArray> bundle(audit::Maker kind = audit::Maker::desk) const
    {
        const auto id = fixedBytes<16>(*fromHex(deskId().toStdString()));
        audit::Evidence evidence({7}, *id, 5, 1'800'000'000'000, kind);
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
        QVERIFY(said.out.startsWith(QStringLiteral("valid\n  证据有效：每一行都没有改动，签名相符 / The evidence holds")));
        QVERIFY(said.out.contains(QStringLiteral("failed           209")));
        const QJsonObject report = QJsonDocument::fromJson(verify({saved(bundle()), QStringLiteral("--json")}).out.toUtf8()).object();
        QVERIFY(report["valid"].toBool());
        QCOMPARE(report["desk"].toString(), deskId());
        QCOMPARE(report["steps"].toArray().size(), 3);
    }
    void bundle_ofAPhone_isJudgedByTheLogOfItsCompany()
    {
        const QString file = saved(bundle(audit::Maker::phone));
        const auto lined = [this](const char *name, const audit::Entry &entry) {
            QFile log(m_folder.filePath(QLatin1String(name)));
            if (!log.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("log");
            log.write("{\"head\":1}\n{\"record\":\"" + QByteArray::fromStdString(toHex(audit::Record{{9}, 1, {}, entry}.encode())) + "\"}\n");
            return log.fileName();
        };
        const audit::Entry entry{audit::Event::evidenceKeyKept, 1'700'000'000'000, {0xab}, crypto::sm3(m_key.publicKey()), 0, {}};
        const Said said = verify({file, QStringLiteral("--phone"), deskId(), QStringLiteral("--log"), lined("log.jsonl", entry)});
        QVERIFY2(said.exit == 0, qPrintable(said.out + said.err));
        QVERIFY(said.out.contains(QStringLiteral("phone      ") + deskId()));
        QVERIFY(said.out.contains(QStringLiteral("registered")) && said.out.contains(QStringLiteral("ab000000000000000000000000000000")));
        // A desk's it is not, another phone's neither; and a log without its key knows nothing of it.
        audit::Entry other = entry;
        other.object = {1};
        audit::Entry desks = entry;
        desks.event = audit::Event::deskEnrolled;
        for (const QStringList &words : {QStringList{QStringLiteral("--desk"), deskId()}, QStringList{QStringLiteral("--phone"), QString(32, QChar('a'))},
                                         QStringList{QStringLiteral("--log"), lined("other.jsonl", other)}, QStringList{QStringLiteral("--log"), lined("desks.jsonl", desks)}}) {
            const Said refused = verify(QStringList{file} + words);
            QCOMPARE(refused.exit, 1);
            QVERIFY(refused.err.startsWith(QStringLiteral("HF-602")));
            QVERIFY(refused.out.contains(QStringLiteral("not of that phone")));
        }
        QCOMPARE(verify({file, QStringLiteral("--phone"), deskId(), QStringLiteral("--desk"), deskId()}).exit, 2);
        QVERIFY(verify({file, QStringLiteral("--log"), m_folder.filePath(QStringLiteral("missing"))}).err.startsWith(QStringLiteral("HF-604")));
        QCOMPARE(verify({saved(bundle()), QStringLiteral("--phone"), deskId()}).exit, 1);
    }
    // An activation, a change of the PIN and a recovery are judged as an approval is.
    void bundle_ofAnActOfThePhoneAlone_isValidAndSaysWhich()
    {
        const auto id = fixedBytes<16>(*fromHex(deskId().toStdString()));
        for (const std::uint16_t act : {std::uint16_t{12}, audit::kActivation, audit::kRecovery}) {
            audit::Evidence evidence({7}, *id, act, 1'800'000'000'000, audit::Maker::phone);
            evidence.note(audit::Step::factorGiven, 1'800'000'001'000, {}, {}, 2);
            evidence.note(audit::Step::finished, 1'800'000'002'000);
            const std::string text = audit::bundleOf(evidence, m_key.publicKey(), [this](ByteView bytes) { return m_key.sign(bytes); });
            auto lines = QByteArray::fromStdString(text).trimmed().split('\n');
            const Said said = verify({saved(lines), QStringLiteral("--phone"), deskId()});
            QCOMPARE(said.exit, 0);
            QVERIFY2(said.out.contains(QStringLiteral("begun-on-phone   %1\n").arg(act)), qPrintable(said.out));
            lines.removeAt(2);
            QCOMPARE(verify({saved(lines)}).exit, 1);
        }
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
            QVERIFY(said.out.startsWith(QStringLiteral("NOT VALID\n  证据无效，原因见下 / The evidence does not hold")));
            QVERIFY(said.err.startsWith(QStringLiteral("HF-654")));
            QVERIFY2(said.out.contains(QRegularExpression(QStringLiteral("line %1: [^ -~]+ / [a-z]+").arg(line))), qPrintable(said.out));
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
