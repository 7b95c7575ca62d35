// Envelopes of ours, opened and verified by a second implementation, which also made the vectors.
#include "tests/app/envelope/folder.h"

#include <QDateTime>
#include <QProcess>
#include <QTest>

using namespace hufu;

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
};

QTEST_GUILESS_MAIN(TestEnvelopeOracle)
#include "test_envelope_oracle.moc"
