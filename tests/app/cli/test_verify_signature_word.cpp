// hufu verify, on signatures by one person and by several.
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "tests/support/pki.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using tests::Pki;
using tests::WholeKey;

class TestVerifySignatureWord : public QObject {
    Q_OBJECT

    struct Said {
        int exit = -1;
        QString out, err;
        QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    };
    const Pki m_pki{QDateTime::currentMSecsSinceEpoch()};
    const WholeKey m_otherKey;
    const x509::Certificate m_other = m_pki.issue(authority::Profile::sign, m_otherKey, {"CN", "示范", {}, "李经理", {}}, &m_pki.issuing, m_pki.issuingKey);
    const Bytes m_content = bytesOf(viewOf("a contract that two sign"));
    QTemporaryDir m_folder;

    QString written(const char *name, ByteView bytes) const
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(reinterpret_cast<const char *>(bytes.data()), static_cast<qint64>(bytes.size())) < 0) qFatal("file");
        return path;
    }
    documents::CmsDraft::Signature signatureBy(const WholeKey &key, const x509::Certificate &certificate, std::int64_t timeMs) const
    {
        const Bytes attributes = *documents::buildSignedAttributes(crypto::sm3(m_content), timeMs);
        return {attributes, key.sign(attributes), certificate};
    }
    // By both of them an hour ago.
    Bytes byTwo(bool isAttached) const
    {
        documents::CmsDraft draft;
        draft.signatures = {signatureBy(m_pki.signKey, m_pki.sign, m_pki.nowMs - 3'600'000)};
        draft.certificates = {m_pki.issuing};
        if (isAttached) draft.content = m_content;
        return *documents::addSignature(*documents::buildCms(draft), signatureBy(m_otherKey, m_other, m_pki.nowMs - 3'600'000), {});
    }
    QString revoking(const x509::Certificate &certificate, std::int64_t atMs, x509::Reason reason) const
    {
        return written("revoked.crl", viewOf(m_pki.list({{certificate.serial(), {atMs, reason}}}).pem()));
    }
    static Said hufu(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    Said verify(const QStringList &files, const QStringList &more = {}) const
    {
        return hufu(QStringList{QStringLiteral("verify")} + files +
                    QStringList{QStringLiteral("--trust"), written("root.pem", viewOf(m_pki.root.pem())), QStringLiteral("--chain"),
                                written("issuing.pem", viewOf(m_pki.issuing.pem()))} + more);
    }
    // Beside its content, or around it.
    QStringList filesOf(ByteView cms, bool isAttached) const
    {
        if (isAttached) return {written("contract.p7m", cms)};
        return {written("contract", m_content), written("contract.p7s", cms)};
    }
    static QString nameOf(const QJsonValue &verdict) { return verdict[QLatin1String("signer")].toString(); }
    // The two of them in this order: the set that they stand in has none of its own.
    static QJsonArray ordered(const QJsonObject &report)
    {
        const QJsonArray signers = report.value(QLatin1String("signers")).toArray();
        if (signers.size() != 2) return signers;
        return nameOf(signers[0]).contains(QStringLiteral("王小明")) ? signers : QJsonArray{signers[1], signers[0]};
    }

private Q_SLOTS:
    void several_allGood_areEachToldOf_data()
    {
        QTest::addColumn<bool>("isAttached");
        QTest::newRow("detached") << false;
        QTest::newRow("attached") << true;
    }
    void several_allGood_areEachToldOf()
    {
        QFETCH(bool, isAttached);
        const QStringList files = filesOf(byTwo(isAttached), isAttached);
        const Said said = verify(files, {QStringLiteral("--json")});
        QVERIFY2(said.exit == 0, qPrintable(said.err));
        const QJsonObject report = said.json();
        QVERIFY(report.value(QLatin1String("valid")).toBool());
        QCOMPARE(nameOf(report), nameOf(report.value(QLatin1String("signers")).toArray().at(0))); // the first, as ever
        const QJsonArray signers = ordered(report);
        QCOMPARE(signers.size(), 2);
        QVERIFY(nameOf(signers[0]).contains(QStringLiteral("王小明")) && nameOf(signers[1]).contains(QStringLiteral("李经理")));
        QCOMPARE(signers[1][QLatin1String("serial")].toString().toStdString(), toHex(m_other.serial()));
        QVERIFY(signers[0][QLatin1String("valid")].toBool() && signers[1][QLatin1String("valid")].toBool());
        const Said plain = verify(files);
        QVERIFY(plain.exit == 0 && plain.out.startsWith(QLatin1String("valid\n")));
        QVERIFY(plain.out.contains(QLatin1String("signer 1: valid\n")) && plain.out.contains(QLatin1String("signer 2: valid\n")));
        QVERIFY(plain.out.contains(QStringLiteral("王小明")) && plain.out.contains(QStringLiteral("李经理")));
        QVERIFY(plain.out.contains(QStringLiteral("2 位签名者的签名都有效 / The signatures of all 2 signers hold")));
        QCOMPARE(plain.out.count(QStringLiteral("签名有效：")), 2);
    }
    void several_oneRevoked_isNotValidAndSaysWhich_data() { several_allGood_areEachToldOf_data(); }
    void several_oneRevoked_isNotValidAndSaysWhich()
    {
        QFETCH(bool, isAttached);
        const QStringList files = filesOf(byTwo(isAttached), isAttached);
        const QStringList crl{QStringLiteral("--crl"), revoking(m_other, m_pki.nowMs - tests::kDayMs / 2, x509::Reason::affiliationChanged)};
        const Said said = verify(files, crl + QStringList{QStringLiteral("--json")});
        QCOMPARE(said.exit, 1);
        const QJsonObject report = said.json();
        QVERIFY(!report.value(QLatin1String("valid")).toBool() && nameOf(report).contains(QStringLiteral("李经理")));
        const QJsonArray signers = ordered(report);
        QCOMPARE(signers.size(), 2);
        QVERIFY(signers[0][QLatin1String("valid")].toBool() && !signers[1][QLatin1String("valid")].toBool());
        QCOMPARE(signers[1][QLatin1String("chainFault")].toString(), QStringLiteral("revoked"));
        const Said plain = verify(files, crl);
        QVERIFY(plain.exit == 1 && plain.out.startsWith(QLatin1String("NOT VALID\n")) && plain.err.contains(QLatin1String("HF-601")));
        QVERIFY(plain.out.contains(QRegularExpression(QStringLiteral("signer [12]: valid\n"))) && plain.out.contains(QRegularExpression(QStringLiteral("signer [12]: NOT VALID\n"))));
        QVERIFY(plain.out.contains(QStringLiteral("2 位签名者中，1 位的签名无效 / ")) && plain.out.contains(QStringLiteral("证书已被吊销，签名不能采信 / The certificate is revoked")));
        // Who is asked about is judged by himself; of the other it is told all the same.
        const Said one = verify(files, crl + QStringList{QStringLiteral("--json"), QStringLiteral("--certificate"), written("sign.pem", viewOf(m_pki.sign.pem()))});
        QVERIFY(one.exit == 0 && one.json().value(QLatin1String("valid")).toBool());
        QVERIFY(!ordered(one.json())[1][QLatin1String("valid")].toBool());
        QCOMPARE(verify(files, {QStringLiteral("--certificate"), written("nobody.pem", viewOf(m_pki.encrypt.pem()))}).exit, 1);
    }
    void several_oneOfAChangedSignature_isNotValid()
    {
        Bytes cms = byTwo(false);
        const auto parsed = documents::Cms::parse(cms);
        const auto signature = parsed->signers[parsed->signers[0].certificate == m_other ? 0 : 1].signature;
        const auto at = std::search(cms.begin(), cms.end(), signature.s.begin() + 1, signature.s.end()); // without a zero that DER may put before it
        QVERIFY(at != cms.end());
        *(at + 20) ^= 1;
        const Said said = verify(filesOf(cms, false), {QStringLiteral("--json")});
        QCOMPARE(said.exit, 1);
        const QJsonArray signers = ordered(said.json());
        QCOMPARE(signers.size(), 2);
        QVERIFY(signers[0][QLatin1String("valid")].toBool());
        QCOMPARE(signers[1][QLatin1String("finding")].toString(), QStringLiteral("signatureWrong"));
        QVERIFY(said.err.contains(QLatin1String("HF-602")));
    }
    // Who signed before his certificate was revoked has signed; but that he signed before is his own word.
    void revokedSince_isValidAndSaysWhenAndWhy()
    {
        const QStringList files = filesOf(byTwo(false), false);
        const std::int64_t atMs = (m_pki.nowMs - 60'000) / 1000 * 1000;
        const QString at = QDateTime::fromMSecsSinceEpoch(atMs, Qt::UTC).toString(Qt::ISODate);
        const QStringList crl{QStringLiteral("--crl"), revoking(m_other, atMs, x509::Reason::affiliationChanged)};
        const Said said = verify(files, crl + QStringList{QStringLiteral("--json")});
        QCOMPARE(said.exit, 0);
        const QJsonArray signers = ordered(said.json());
        QVERIFY(signers[1][QLatin1String("valid")].toBool() && signers[1][QLatin1String("revocationChecked")].toBool());
        QCOMPARE(signers[1][QLatin1String("revokedAt")].toString(), at);
        QCOMPARE(signers[1][QLatin1String("revocationReason")].toString(), QStringLiteral("affiliationChanged"));
        for (const QJsonValue &each : signers)
            QCOMPARE(each[QLatin1String("signedAtBy")].toString(), QStringLiteral("signer"));
        QVERIFY(!signers[0].toObject().contains(QLatin1String("revokedAt")));
        const Said plain = verify(files, crl);
        QCOMPARE(plain.exit, 0);
        QVERIFY(plain.out.contains(QStringLiteral("已于 %1 被吊销（所属单位变更），晚于签名时间 / ").arg(at)));
        QVERIFY(plain.out.contains(QStringLiteral("was revoked at %1 (the holder has left), after the time of signing").arg(at)));
        QCOMPARE(plain.out.count(QLatin1String("the signer's own word")), 2);
        QCOMPARE(plain.out.count(QStringLiteral("签名者自己的说法")), 2);

        // A stolen key signs with any time, so nothing counts that it is said to have signed before.
        const Said stolen = verify(files, {QStringLiteral("--crl"), revoking(m_other, atMs, x509::Reason::keyCompromise), QStringLiteral("--json")});
        QCOMPARE(stolen.exit, 1);
        QCOMPARE(stolen.json().value(QLatin1String("revocationReason")).toString(), QStringLiteral("keyCompromise"));
    }
    // A name turns the line around, or hides what stands behind it: its digits are shown instead.
    void name_thatATerminalMustNotGet_isShownByItsDigits()
    {
        const std::string name = "李\u202E经理";
        const x509::Certificate stranger = m_pki.issue(authority::Profile::sign, m_otherKey, {"CN", "示范\u2066", {}, name, {}}, &m_pki.issuing, m_pki.issuingKey);
        documents::CmsDraft draft;
        draft.signatures = {signatureBy(m_otherKey, stranger, m_pki.nowMs - 1'000)};
        draft.content = m_content;
        const QString signedFile = written("stranger.p7m", *documents::buildCms(draft)), certificate = written("stranger.pem", viewOf(stranger.pem()));
        const auto digits = [&](const Said &said) {
            return said.exit == 0 && !said.out.contains(QChar(0x202E)) && !said.out.contains(QChar(0x2066)) && said.out.contains(QLatin1String("(not to be shown) ")) &&
                   said.out.contains(QString::fromStdString(toHex(viewOf(std::string_view(name)))));
        };
        QVERIFY(digits(verify({signedFile})));
        QVERIFY(digits(verify({signedFile}, {QStringLiteral("--json")})));
        QVERIFY(digits(hufu({QStringLiteral("inspect"), signedFile})));
        QVERIFY(digits(hufu({QStringLiteral("inspect"), certificate})));
        const Said told = hufu({QStringLiteral("inspect"), signedFile, QStringLiteral("--json")});
        QVERIFY(digits(told));
        const QJsonObject facts = QJsonDocument::fromJson(told.out.toUtf8()).object();
        QCOMPARE(facts.value(QLatin1String("kind")).toString(), QStringLiteral("cms"));
        const QJsonObject signer = facts.value(QLatin1String("signers")).toArray().at(0).toObject();
        QCOMPARE(signer.value(QLatin1String("certificate")).toObject().value(QLatin1String("serial")).toString().toStdString(), toHex(stranger.serial()));
    }
    void one_isTheWholeReportAndTheListsOne()
    {
        documents::CmsDraft draft;
        draft.signatures = {signatureBy(m_pki.signKey, m_pki.sign, m_pki.nowMs - 1'000)};
        const QStringList files = filesOf(*documents::buildCms(draft), false);
        const QJsonObject report = verify(files, {QStringLiteral("--json")}).json();
        QJsonObject same = report;
        same.remove(QStringLiteral("signers"));
        QCOMPARE(report.value(QLatin1String("signers")).toArray(), QJsonArray{same});
        QVERIFY(!verify(files).out.contains(QLatin1String("signer 1")));
        // Of somebody else, who has not signed: who has is said all the same.
        const Said other = verify(files, {QStringLiteral("--certificate"), written("nobody.pem", viewOf(m_pki.encrypt.pem()))});
        QVERIFY(other.exit == 1 && other.out.startsWith(QLatin1String("NOT VALID\n")) && other.out.contains(QStringLiteral("王小明")));
    }
};

QTEST_GUILESS_MAIN(TestVerifySignatureWord)
#include "test_verify_signature_word.moc"
