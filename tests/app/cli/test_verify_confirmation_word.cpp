// hufu verify confirmation, on confirmations as the console gives them out.
#include "shield/audit/statements.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"
#include "tests/support/pki.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using tests::Pki;
using tests::WholeKey;

class TestVerifyConfirmationWord : public QObject {
    Q_OBJECT

    struct Said {
        int exit = -1;
        QString out, err;
        QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
    };
    const Pki m_pki{QDateTime::currentMSecsSinceEpoch()};
    const WholeKey m_key;
    const x509::Certificate m_service = m_pki.issue(authority::Profile::sign, m_key, {"CN", "Hufu", {}, "Hufu Service", {}}, &m_pki.issuing, m_pki.issuingKey);
    QTemporaryDir m_folder;

    static QString hex(ByteView bytes) { return QString::fromStdString(toHex(bytes)); }
    QString written(const char *name, const QByteArray &bytes) const
    {
        const QString path = m_folder.filePath(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("file");
        return path;
    }
    QString root() const { return written("root.der", QByteArray(reinterpret_cast<const char *>(m_pki.root.der().data()), static_cast<qsizetype>(m_pki.root.der().size()))); }
    static Bytes confirmed(std::int64_t timeMs, ByteView statement, std::uint8_t by = 1)
    {
        return Writer().raw(viewOf("HUFU-CONFIRMED-1")).u8(by).raw(ByteArray<16>{1}).raw(ByteArray<16>{2}).u64(static_cast<std::uint64_t>(timeMs)).raw(crypto::sm3(statement)).take();
    }
    Bytes signatureOf(ByteView bytes, const WholeKey &key) const
    {
        const x509::Sm2Signature signature = key.sign(bytes);
        return bytesOf(signature.raw());
    }
    QJsonObject whole(const std::string &statement = "用印授权书\n", std::int64_t timeMs = QDateTime::currentMSecsSinceEpoch() - 1'000) const
    {
        const Bytes bytes = confirmed(timeMs, viewOf(statement));
        return {{QStringLiteral("form"), QStringLiteral("hufu-confirmation-1")},
                {QStringLiteral("signed"), hex(bytes)},
                {QStringLiteral("statement"), hex(viewOf(statement))},
                {QStringLiteral("signature"), hex(signatureOf(bytes, m_key))},
                {QStringLiteral("certificates"), QJsonArray{hex(m_service.der()), hex(m_pki.issuing.der())}}};
    }
    Said verify(const QJsonObject &confirmation, bool asJson = true) const
    {
        return run({written("confirmation.json", QJsonDocument(confirmation).toJson()), QStringLiteral("--trust"), root()}, asJson);
    }
    static Said run(QStringList words, bool asJson)
    {
        if (asJson) words << QStringLiteral("--json");
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("verify"), QStringLiteral("confirmation")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void confirmation_whole_isValid()
    {
        const Said said = verify(whole());
        QCOMPARE(said.exit, 0);
        QVERIFY(said.err.isEmpty());
        const QJsonObject report = said.json();
        QVERIFY(report.value(QStringLiteral("valid")).toBool());
        QCOMPARE(report.value(QStringLiteral("by")).toString(), QStringLiteral("sms"));
        QCOMPARE(report.value(QStringLiteral("person")).toString(), hex(ByteArray<16>{2}));
        QCOMPARE(report.value(QStringLiteral("statement")).toString(), QStringLiteral("用印授权书\n"));
        const Said plain = verify(whole(), false);
        QVERIFY(plain.exit == 0 && plain.out.startsWith(QStringLiteral("valid\n  确认有效：")) && plain.out.contains(QStringLiteral(" / The confirmation holds")) && plain.out.contains(QStringLiteral("用印授权书")));
        QJsonObject silent = whole();
        silent[QStringLiteral("statement")] = QJsonValue();
        QCOMPARE(verify(silent).exit, 0);
    }

    // Of the policy, computers, administrators and certificates the statement is no text to be read, but says what it is about.
    void confirmation_ofAnAct_saysWhich()
    {
        const std::string policy = std::string("change the policy") + std::string(16, '\x01') + std::string("\x06\x02\x04\x02", 4);
        QJsonObject file = whole(policy);
        const Said said = verify(file);
        QCOMPARE(said.exit, 0);
        QCOMPARE(said.json().value(QStringLiteral("about")).toString(), QStringLiteral("change the policy"));
        QVERIFY(!verify(whole()).json().contains(QStringLiteral("about")));
        for (const std::string_view act : audit::statement::kAll)
            QCOMPARE(verify(whole(std::string(act) + std::string(16, '\x01'))).json().value(QStringLiteral("about")).toString().toStdString(), std::string(act));
        // Another policy than the one that was confirmed, or another act.
        for (const std::string &other : {std::string("change the policy") + std::string(16, '\x01') + std::string("\x06\x00\x04\x02", 4), std::string("approve no desk") + std::string(16, '\x01')}) {
            file[QStringLiteral("statement")] = hex(viewOf(other));
            const Said changed = verify(file);
            QVERIFY(changed.exit == 1 && !changed.json().value(QStringLiteral("valid")).toBool() && !changed.json().contains(QStringLiteral("about")));
            QCOMPARE(changed.json().value(QStringLiteral("finding")).toString(), QStringLiteral("statementDiffers"));
        }
    }

    // What a person's shield has signed: the manifest that was shown, judged by the certificate of the person whom it names.
    void shields_whole_isValid_andAnythingElseIsNot()
    {
        const auto person = [&](const x509::Subject &subject) { return m_pki.issue(authority::Profile::sign, m_key, subject, &m_pki.issuing, m_pki.issuingKey); };
        const x509::Certificate own = person({"CN", "甲建设有限公司", {}, "张三", "HF0001"});
        const std::string statement = "用印授权书\n";
        intent::Manifest manifest;
        manifest.act = intent::Act::confirm;
        manifest.flow = intent::Flow::page;
        manifest.nonce.fill(7);
        manifest.created = QDateTime::currentMSecsSinceEpoch() - 1'000;
        manifest.platform = {"hufu-console", "虎符企业控制台 Hufu console"};
        manifest.company = "甲建设有限公司";
        manifest.person = "张三";
        manifest.files = {{"用印授权书：李四 (authorisation to use a seal)", statement.size(), crypto::sm3(viewOf(statement)), 0}};
        const auto given = [&](const intent::Manifest &of, const x509::Certificate &certificate) -> QJsonObject {
            const Bytes bytes = *intent::buildTbs(of, 0);
            return {{QStringLiteral("form"), QStringLiteral("hufu-confirmation-1")},
                    {QStringLiteral("signed"), hex(bytes)},
                    {QStringLiteral("statement"), hex(viewOf(statement))},
                    {QStringLiteral("signature"), hex(signatureOf(bytes, m_key))},
                    {QStringLiteral("certificates"), QJsonArray{hex(certificate.der()), hex(m_pki.issuing.der())}}};
        };
        const Said said = verify(given(manifest, own));
        QCOMPARE(said.exit, 0);
        const QJsonObject report = said.json();
        QCOMPARE(report.value(QStringLiteral("by")).toString(), QStringLiteral("shield"));
        QCOMPARE(report.value(QStringLiteral("person")).toString(), QStringLiteral("张三"));
        QCOMPARE(report.value(QStringLiteral("certificate")).toString(), hex(own.serial()));
        QCOMPARE(report.value(QStringLiteral("statement")).toString(), QString::fromStdString(statement));

        const auto finding = [&](const QJsonObject &confirmation) {
            const Said judged = verify(confirmation);
            return judged.exit == 1 ? judged.json().value(QStringLiteral("finding")).toString() : QStringLiteral("exit %1").arg(judged.exit);
        };
        QJsonObject other = given(manifest, own);
        other[QStringLiteral("statement")] = hex(viewOf("用印授权书 二\n"));
        QCOMPARE(finding(other), QStringLiteral("statementDiffers"));
        QCOMPARE(finding(given(manifest, person({"CN", "甲建设有限公司", {}, "李四", "HF0002"}))), QStringLiteral("notThePerson"));
        QCOMPARE(finding(given(manifest, person({"CN", "乙建设有限公司", {}, "张三", "HF0001"}))), QStringLiteral("notThePerson"));
        QCOMPARE(finding(given(manifest, m_service)), QStringLiteral("notThePerson"));
        intent::Manifest later = manifest;
        later.created += 86'400'000;
        QCOMPARE(finding(given(later, own)), QStringLiteral("timeToCome"));
        intent::Manifest changed = manifest; // signed was the first one
        changed.files[0].name = "制作印章";
        other = given(manifest, own);
        other[QStringLiteral("signed")] = hex(*intent::buildTbs(changed, 0));
        QVERIFY(!finding(other).startsWith(QStringLiteral("exit")));
        // A log-in is no confirmation, whoever has signed it.
        intent::Manifest login = manifest;
        login.act = intent::Act::login;
        login.files.clear();
        QCOMPARE(verify(given(login, own)).exit, 3);
    }

    void legalRepresentatives_whole_isValid()
    {
        const Bytes bytes = Writer().raw(viewOf("HUFU-LEGAL-1")).u8(2).raw(ByteArray<16>{1}).raw(ByteArray<16>{3}).u64(static_cast<std::uint64_t>(QDateTime::currentMSecsSinceEpoch() - 1'000)).take();
        QJsonObject link = whole();
        link[QStringLiteral("signed")] = hex(bytes);
        link[QStringLiteral("signature")] = hex(signatureOf(bytes, m_key));
        link[QStringLiteral("statement")] = QJsonValue();
        const Said said = verify(link);
        QCOMPARE(said.exit, 0);
        QCOMPARE(said.json().value(QStringLiteral("purpose")).toString(), QStringLiteral("legalSeal"));
        link[QStringLiteral("statement")] = QStringLiteral("00"); // nothing of it is signed
        QCOMPARE(verify(link).exit, 1);
    }

    // Years later the service has another key: the one that signed is judged by its own certificate, as it was then, and by no time after.
    void confirmation_ofAnEarlierCertificate_isJudgedAsOfItsTime()
    {
        constexpr std::int64_t kDayMs = 86'400'000;
        const std::int64_t then = QDateTime::currentMSecsSinceEpoch() - 800 * kDayMs;
        const Pki former(then);
        const x509::Subject subject{"CN", "Hufu", {}, "Hufu Service", {}};
        const WholeKey later;
        const x509::Certificate first = former.issue(authority::Profile::sign, m_key, subject, &former.issuing, former.issuingKey);
        const x509::Certificate second = former.issue(authority::Profile::sign, later, subject, &former.issuing, former.issuingKey);
        const auto judged = [&](std::int64_t timeMs) {
            QJsonObject one = whole("x", timeMs);
            one[QStringLiteral("certificates")] = QJsonArray{hex(second.der()), hex(first.der()), hex(former.issuing.der())};
            const QString trust = written("former.der", QByteArray(reinterpret_cast<const char *>(former.root.der().data()), static_cast<qsizetype>(former.root.der().size())));
            return run({written("former.json", QJsonDocument(one).toJson()), QStringLiteral("--trust"), trust}, true).exit;
        };
        QCOMPARE(judged(then + kDayMs), 0);
        QCOMPARE(judged(first.notAfterMs() - kDayMs), 0);
        QCOMPARE(judged(first.notAfterMs() + kDayMs), 1);
    }

    // Signed by whomever, of whatever: it is found.
    void confirmation_changed_isNotValid()
    {
        const auto finding = [&](const QJsonObject &confirmation) {
            const Said said = verify(confirmation);
            return said.exit == 1 && said.err.startsWith(QStringLiteral("HF-60")) && !said.json().value(QStringLiteral("valid")).toBool()
                       ? said.json().value(QStringLiteral("finding")).toString()
                       : QStringLiteral("exit %1").arg(said.exit);
        };
        QJsonObject other = whole();
        other[QStringLiteral("statement")] = hex(viewOf("用印授权书 二\n"));
        QCOMPARE(finding(other), QStringLiteral("statementDiffers"));
        other = whole();
        other[QStringLiteral("signed")] = hex(confirmed(QDateTime::currentMSecsSinceEpoch() - 1'000, viewOf("用印授权书\n"), 2)); // another way
        QVERIFY(finding(other) != QStringLiteral("valid") && !finding(other).startsWith(QStringLiteral("exit")));
        other = whole("x", QDateTime::currentMSecsSinceEpoch() + 86'400'000);
        QCOMPARE(finding(other), QStringLiteral("timeToCome"));
        // A person's key, with a certificate that is good for a person.
        const Bytes bytes = confirmed(QDateTime::currentMSecsSinceEpoch() - 1'000, viewOf("x"));
        other = whole("x");
        other[QStringLiteral("signed")] = hex(bytes);
        other[QStringLiteral("signature")] = hex(signatureOf(bytes, m_pki.signKey));
        other[QStringLiteral("certificates")] = QJsonArray{hex(m_pki.sign.der()), hex(m_pki.issuing.der())};
        QCOMPARE(finding(other), QStringLiteral("notTheService"));
        // The service's name under another root.
        const Pki stranger(m_pki.nowMs);
        const x509::Certificate fake = stranger.issue(authority::Profile::sign, m_key, {"CN", "Hufu", {}, "Hufu Service", {}}, &stranger.issuing, stranger.issuingKey);
        other = whole();
        other[QStringLiteral("certificates")] = QJsonArray{hex(fake.der()), hex(stranger.issuing.der())};
        QVERIFY(finding(other) != QStringLiteral("valid") && !finding(other).startsWith(QStringLiteral("exit")));
    }

    void file_thatIsNoConfirmation_isUnreadable()
    {
        for (const char *member : {"form", "signed", "signature", "certificates"}) {
            QJsonObject torn = whole();
            torn.remove(QLatin1String(member));
            const Said said = verify(torn);
            QVERIFY2(said.exit == 3 && said.err.startsWith(QStringLiteral("HF-650")) && said.out.isEmpty(), member);
        }
        QJsonObject torn = whole();
        torn[QStringLiteral("signed")] = torn.value(QStringLiteral("signed")).toString().chopped(2);
        QCOMPARE(verify(torn).exit, 3);
        QCOMPARE(run({m_folder.filePath(QStringLiteral("nothing")), QStringLiteral("--trust"), root()}, false).exit, 3);
    }

    void words_wrong_areRefused()
    {
        const QString path = written("confirmation.json", QJsonDocument(whole()).toJson());
        for (const QStringList &words : {QStringList{}, {path}, {path, path, QStringLiteral("--trust"), root()}, {path, QStringLiteral("--kept"), root()}})
            QCOMPARE(run(words, false).exit, 2);
    }
};

QTEST_GUILESS_MAIN(TestVerifyConfirmationWord)
#include "test_verify_confirmation_word.moc"
