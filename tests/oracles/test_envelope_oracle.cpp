// Envelopes of ours, opened and verified by a second implementation, which also made the vectors.
#include "tests/app/envelope/folder.h"

#include "app/envelope/interchange.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/x509/openssl.h"

#include <QDateTime>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace hufu;

// Unwraps with OpenSSL alone, whatever of an envelope's keys it can.
class OpenSslOpener final : public envelope::KeyOpener {
public:
    explicit OpenSslOpener(const tests::WholeKey &key) : m_key(key.native()) {}
    envelope::Outcome<SecretBytes> open(std::span<const documents::EnvelopeRecipient> recipients) override
    {
        const x509::QuietErrors quiet;
        for (const documents::EnvelopeRecipient &each : recipients) {
            const x509::OwnedKeyContext context(EVP_PKEY_CTX_new(m_key.get(), nullptr));
            Bytes plain(each.wrappedKey.size());
            std::size_t length = plain.size();
            if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 ||
                EVP_PKEY_decrypt(context.get(), plain.data(), &length, each.wrappedKey.data(), each.wrappedKey.size()) != 1)
                continue;
            plain.resize(length);
            return SecretBytes::adopt(plain);
        }
        return catalogue::Code::keyOther;
    }

private:
    x509::OwnedKey m_key;
};

class TestEnvelopeOracle : public QObject {
    Q_OBJECT
    static constexpr int kSkipped = 77;

    static int oracle(const QStringList &words, QByteArray &said)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(HUFU_ORACLES "/envelope_with_bouncycastle.sh"), words);
        if (!process.waitForFinished(120'000)) return -1;
        said = process.readAll();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

private Q_SLOTS:
    void vectors_areWhatTheOracleMakes()
    {
        QByteArray said;
        const int code = oracle({QStringLiteral("vectors")}, said);
        if (code == kSkipped) QSKIP(said.constData());
        QFile file(QStringLiteral(HUFU_VECTORS "/envelope.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(code, 0);
        QVERIFY(said == file.readAll());
    }

    void envelope_ofOurs_isOpenedAndVerified()
    {
        tests::EnvelopeFolder folder;
        folder.pki = tests::Pki(QDateTime::currentMSecsSinceEpoch());
        Bytes content(2 * documents::kChunkBytes + 70'000);
        folder.random.fill(content, "content");
        folder.write("bid.pdf", content);
        auto signer = folder.signer();
        envelope::SealOrder order = folder.order("bid.pdf", "envelope.hufu");
        order.signer = &signer;
        order.project = documents::EnvelopeProject{"P-1", "道路工程", "第一标段", folder.pki.nowMs};
        QVERIFY(envelope::seal(order, folder.random));
        folder.write("key.hex", viewOf(toHex(folder.pki.encryptKey.d.bytes())));
        folder.write("sign-cert.pem", viewOf(folder.pki.sign.pem()));

        QByteArray said;
        const QStringList words{QStringLiteral("open"), QString::fromStdString(folder.path("").string())};
        const int code = oracle(words, said);
        if (code == kSkipped) QSKIP(said.constData());
        QVERIFY2(code == 0, said.constData());
        QVERIFY(folder.read("opened") == content);

        // It is not blind.
        folder.write("sign-cert.pem", viewOf(folder.pki.encrypt.pem()));
        QCOMPARE(oracle(words, said), 1);
        folder.write("sign-cert.pem", viewOf(folder.pki.sign.pem()));
        Bytes changed = folder.read("envelope.hufu");
        changed[changed.size() / 2] ^= 1;
        folder.write("envelope.hufu", changed);
        QCOMPARE(oracle(words, said), 1);
    }

    // The wrapped keys of what people really send are ones that any SM2 software unwraps.
    void envelope_ofOurs_isOpenedByTheKeyThatOpenSslUnwraps()
    {
        tests::EnvelopeFolder folder;
        const tests::WholeKey colleague, stranger;
        Bytes content(documents::kChunkBytes + 70'000);
        folder.random.fill(content, "content");
        folder.write("bid.pdf", content);
        auto signer = folder.signer();
        envelope::SealOrder order = folder.order("bid.pdf", "envelope.hufu");
        order.signer = &signer;
        order.recipients.push_back(folder.pki.issue(authority::Profile::encrypt, colleague, {"CN", "示范", {}, "李经理", {}}, &folder.pki.issuing, folder.pki.issuingKey));
        QVERIFY(envelope::seal(order, folder.random));
        const auto file = envelope::EnvelopeFile::open(folder.path("envelope.hufu"));
        QVERIFY(file);
        QCOMPARE(file->body().recipients.size(), std::size_t{2});
        for (const tests::WholeKey *key : {&std::as_const(folder.pki.encryptKey), &colleague}) {
            OpenSslOpener opener(*key);
            envelope::OpenOrder to = folder.openOrder("opened");
            to.replace = true;
            QVERIFY(envelope::open(*file, opener, to));
            QVERIFY(folder.read("opened") == content);
        }
        OpenSslOpener other(stranger);
        const auto shut = envelope::open(*file, other, folder.openOrder("shut"));
        QVERIFY(!shut && shut.problem() == catalogue::Code::keyOther);
    }
    void enveloped_ofOurs_isOpenedByTheKeyThatOpenSslUnwraps_data() { enveloped_bothWays_isOpened_data(); }
    void enveloped_ofOurs_isOpenedByTheKeyThatOpenSslUnwraps()
    {
        QFETCH(int, dialect);
        tests::EnvelopeFolder folder;
        const Bytes content = bytesOf(viewOf("the price is 12,345,678.90"));
        folder.write("input", content);
        QVERIFY(envelope::sealForOthers(folder.order("input", "enveloped.der"), static_cast<documents::Dialect>(dialect), folder.random));
        const auto data = envelope::readEnvelopedData(folder.path("enveloped.der"));
        QVERIFY(data);
        OpenSslOpener opener(folder.pki.encryptKey), other(folder.pki.signKey);
        QVERIFY(envelope::openFromOthers(*data, opener, folder.path("opened"), false));
        QVERIFY(folder.read("opened") == content);
        const auto shut = envelope::openFromOthers(*data, other, folder.path("shut"), false);
        QVERIFY(!shut && shut.problem() == catalogue::Code::keyOther);
    }

    void enveloped_bothWays_isOpened_data()
    {
        QTest::addColumn<int>("dialect");
        QTest::newRow("PKCS #7") << static_cast<int>(documents::Dialect::pkcs7);
        QTest::newRow("GM/T 0010") << static_cast<int>(documents::Dialect::gmt0010);
    }
    void enveloped_bothWays_isOpened()
    {
        QFETCH(int, dialect);
        tests::EnvelopeFolder folder;
        folder.pki = tests::Pki(QDateTime::currentMSecsSinceEpoch());
        Bytes content(100'003);
        folder.random.fill(content, "content");
        folder.write("input", content);
        folder.write("key.hex", viewOf(toHex(folder.pki.encryptKey.d.bytes())));
        folder.write("encrypt-cert.pem", viewOf(folder.pki.encrypt.pem()));
        QVERIFY(envelope::sealForOthers(folder.order("input", "enveloped.der"),
                                        static_cast<documents::Dialect>(dialect), folder.random));
        QByteArray said;
        const int code =
            oracle({QStringLiteral("enveloped"), QString::fromStdString(folder.path("").string())}, said);
        if (code == kSkipped) QSKIP(said.constData());
        QVERIFY2(code == 0, said.constData());
        QVERIFY(folder.read("opened") == content);
        const auto theirs = envelope::readEnvelopedData(folder.path("theirs.ber"));
        QVERIFY(theirs);
        QVERIFY(theirs->recipient(folder.pki.encrypt) != nullptr);
        envelope::FileKeyOpener opener(folder.keyOf(folder.pki.encryptKey));
        QVERIFY(envelope::openFromOthers(*theirs, opener, folder.path("back"), false));
        QVERIFY(folder.read("back") == content);
    }

    void signed_attachedByTwo_verifies_data() { enveloped_bothWays_isOpened_data(); }
    void signed_attachedByTwo_verifies()
    {
        QFETCH(int, dialect);
        tests::EnvelopeFolder folder;
        folder.pki = tests::Pki(QDateTime::currentMSecsSinceEpoch());
        const auto &pki = folder.pki;
        const tests::WholeKey key;
        const auto second =
            pki.issue(authority::Profile::sign, key, tests::kPerson, &pki.issuing, pki.issuingKey);
        const Bytes content = bytesOf(viewOf("a contract that two sign"));
        const Bytes attributes = *documents::buildSignedAttributes(crypto::sm3(content), pki.nowMs,
                                                                   static_cast<documents::Dialect>(dialect));
        documents::CmsDraft draft;
        draft.signatures = {{attributes, pki.signKey.sign(attributes), pki.sign}};
        draft.certificates = {pki.issuing};
        draft.revocations = {pki.list({})};
        draft.content = content;
        const auto both = documents::addSignature(*documents::buildCms(draft),
                                                  {attributes, key.sign(attributes), second}, {});
        QVERIFY(both);
        folder.write("signed.p7m", *both);
        QByteArray said;
        const QStringList words{QStringLiteral("signed"), QString::fromStdString(folder.path("").string())};
        const int code = oracle(words, said);
        if (code == kSkipped) QSKIP(said.constData());
        QVERIFY2(code == 0 && said.contains("2 signatures hold"), said.constData());
        Bytes changed = *both;
        *std::search(changed.begin(), changed.end(), content.begin(), content.end()) ^= 1;
        folder.write("signed.p7m", changed);
        QCOMPARE(oracle(words, said), 1);
    }
};

QTEST_GUILESS_MAIN(TestEnvelopeOracle)
#include "test_envelope_oracle.moc"
