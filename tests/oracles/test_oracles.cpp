// What our code makes, judged by others; and that those judges are not blind.
#include "tests/shield/documents/attributes.h"
#include "tests/support/fakes.h"

#include "shield/documents/cms.h"
#include "shield/x509/sm2_der.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;

class TestOracles : public QObject
{
    Q_OBJECT
    static constexpr int kSkipped = 77;
    tests::Pki m_pki{QDateTime::currentMSecsSinceEpoch()};
    const Bytes m_content = bytesOf(viewOf("a bid of some bytes\n"));
    const Bytes m_attributes = tests::attributesOf(tests::signingManifest(m_content, m_pki.nowMs));

    static void write(const QTemporaryDir &folder, const char *name, ByteView content)
    {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(reinterpret_cast<const char *>(content.data()), static_cast<qint64>(content.size()));
    }
    static void write(const QTemporaryDir &folder, const char *name, std::string_view text)
    {
        write(folder, name, viewOf(text));
    }
    static Bytes read(const QTemporaryDir &folder, const char *name)
    {
        QFile file(folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly)) return {};
        const QByteArray all = file.readAll();
        return Bytes(all.begin(), all.end());
    }
    void fill(const QTemporaryDir &folder) const
    {
        const std::vector<x509::Certificate> certificates{m_pki.sign, m_pki.issuing};
        const auto cms =
            documents::buildDetachedCms(m_attributes, m_pki.signKey.sign(m_attributes), certificates);
        QVERIFY(cms);
        write(folder, "ca-root.pem", m_pki.root.pem());
        write(folder, "ca-issuing.pem", m_pki.issuing.pem());
        write(folder, "sign-cert.pem", m_pki.sign.pem());
        write(folder, "encrypt-cert.pem", m_pki.encrypt.pem());
        write(folder, "ca-issuing.crl", m_pki.list({}).pem());
        write(folder, "input", m_content);
        write(folder, "signature.der", m_pki.signKey.signDer(m_content));
        write(folder, "signature.p7s", *cms);
    }
    static int run(const QString &program, const QStringList &arguments, QByteArray *said = nullptr,
                   const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(60'000)) return -1;
        if (said != nullptr) *said = process.readAll();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    static int script(const char *name, const QTemporaryDir &folder, QByteArray *said = nullptr)
    {
        return run(QStringLiteral(HUFU_ORACLES "/") + QLatin1String(name), {folder.path()}, said);
    }

private Q_SLOTS:
    void bouncycastle_good_verifiesAll()
    {
        const QTemporaryDir folder;
        fill(folder);
        QByteArray said;
        const int code = script("verify_with_bouncycastle.sh", folder, &said);
        if (code == kSkipped) QSKIP(said.constData());
        QVERIFY2(code == 0, said.constData());
        QCOMPARE(said.count("ok   "), 11);
    }

    void bouncycastle_bad_isRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("content");
        const auto bytes = [](ByteView content) {
            return QByteArray(reinterpret_cast<const char *>(content.data()),
                              static_cast<qsizetype>(content.size()));
        };
        const tests::Pki other(m_pki.nowMs);
        QTest::newRow("another input") << QByteArray("input") << QByteArray("another");
        QTest::newRow("another root") << QByteArray("ca-root.pem")
                                      << QByteArray::fromStdString(other.root.pem());
        QTest::newRow("another signer")
            << QByteArray("sign-cert.pem") << QByteArray::fromStdString(m_pki.encrypt.pem());
        QTest::newRow("another id") << QByteArray("signature.der")
                                    << bytes(m_pki.signKey.signDer(m_content, "x"));
    }
    void bouncycastle_bad_isRefused()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        fill(folder);
        write(folder, name.constData(),
              std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
        QByteArray said;
        const int code = script("verify_with_bouncycastle.sh", folder, &said);
        if (code == kSkipped) QSKIP(said.constData());
        QVERIFY2(code == 1, said.constData());
    }

    // Where there is no Java the judge is skipped; where a run has installed it, that is a failure, and no verdict either.
    void bouncycastle_withoutJava_isSkippedUnlessItMustBeThere()
    {
        const QTemporaryDir tools, folder;
        for (const char *tool : {"bash", "dirname"}) {
            const QString path = QStandardPaths::findExecutable(QLatin1String(tool));
            QVERIFY(!path.isEmpty() && QFile::link(path, tools.filePath(QLatin1String(tool))));
        }
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), tools.path());
        const std::pair<const char *, QStringList> judges[] = {{"verify", {folder.path()}}, {"envelope", {QStringLiteral("vectors")}}, {"pdf", {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("1")}}};
        for (const auto &[name, words] : judges) {
            const QString path = QStringLiteral(HUFU_ORACLES "/%1_with_bouncycastle.sh").arg(QLatin1String(name));
            QByteArray said;
            environment.remove(QStringLiteral("HUFU_ORACLES_MUST"));
            QCOMPARE(run(path, words, &said, environment), kSkipped);
            QVERIFY(said.startsWith("SKIPPED: it needs a JDK"));
            environment.insert(QStringLiteral("HUFU_ORACLES_MUST"), QStringLiteral("1"));
            QCOMPARE(run(path, words, &said, environment), 3);
        }
    }

    void openssl_bareSignature_verifies()
    {
        const QTemporaryDir folder;
        fill(folder);
        QByteArray said;
        QVERIFY2(script("verify_with_openssl.sh", folder, &said) == 0, said.constData());
        write(folder, "input", std::string_view("another"));
        QCOMPARE(script("verify_with_openssl.sh", folder), 1);
        write(folder, "input", m_content);
        write(folder, "signature.der", m_pki.signKey.signDer(m_content, "x"));
        QCOMPARE(script("verify_with_openssl.sh", folder), 1);
    }

    // The other way, with the keys of real envelopes, is in test_envelope_oracle.
    void openssl_itsCiphertext_isOpenedByOurs()
    {
        const QTemporaryDir folder;
        write(folder, "plain", std::string_view("a key of 32 bytes, wrapped once."));
        write(folder, "encrypt-cert.pem", m_pki.encrypt.pem());
        QCOMPARE(openssl(folder, "pkeyutl -encrypt -certin -inkey encrypt-cert.pem -in plain -out theirs.der"),
                 0);
        const auto cipher = x509::parseSm2Cipher(read(folder, "theirs.der"));
        QVERIFY(cipher);
        const auto opened = crypto::sm2Decrypt(m_pki.encryptKey.d, *cipher);
        QVERIFY(opened);
        QVERIFY(sameBytes(opened->expose(), read(folder, "plain")));
    }

private:
    static int openssl(const QTemporaryDir &folder, const char *words)
    {
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(QStringLiteral("openssl"), QString::fromLatin1(words).split(QLatin1Char(' ')));
        return process.waitForFinished(30'000) ? process.exitCode() : -1;
    }
};

QTEST_GUILESS_MAIN(TestOracles)
#include "test_oracles.moc"
