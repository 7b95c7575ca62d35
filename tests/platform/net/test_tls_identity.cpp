// The server's TLS key in its files.
#include "platform/net/tls_identity.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::net;

class TestTlsIdentity : public QObject {
    Q_OBJECT

    static Result<TlsIdentity> load(const QTemporaryDir &dir)
    {
        return TlsIdentity::loadOrCreate(dir.path().toStdString());
    }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void load_firstTime_makesPrivateFiles()
    {
        const QTemporaryDir dir;
        const auto identity = load(dir);
        QVERIFY(identity);
        QVERIFY(identity->pin != identity->backupPin);
        for (const char *name : {"tls-key.pem", "tls-backup-key.pem", "tls-cert.pem"}) {
            const QString path = dir.filePath(QString::fromLatin1(name));
            QVERIFY(QFile::exists(path));
            QCOMPARE(QFile::permissions(path) & 0x77, QFileDevice::Permissions());
        }
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 3);
    }

    void load_again_isTheSame()
    {
        const QTemporaryDir dir;
        const auto first = load(dir);
        const auto second = load(dir);
        QVERIFY(first && second);
        QCOMPARE(second->pin, first->pin);
        QCOMPARE(second->backupPin, first->backupPin);
        QCOMPARE(second->certificatePem, first->certificatePem);
    }

    void load_backupPutInPlace_isItsPin()
    {
        const QTemporaryDir dir;
        const auto first = load(dir);
        QVERIFY(first);
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral("tls-key.pem"))));
        QVERIFY(QFile::rename(dir.filePath(QStringLiteral("tls-backup-key.pem")),
                              dir.filePath(QStringLiteral("tls-key.pem"))));
        const auto second = load(dir);
        QVERIFY(second);
        QCOMPARE(second->pin, first->backupPin);
        QVERIFY(second->certificatePem != first->certificatePem);
        QVERIFY(second->backupPin != first->pin);
    }

    void load_keyReadableByOthers_isRefused()
    {
        const QTemporaryDir dir;
        QVERIFY(load(dir));
        const QString path = dir.filePath(QStringLiteral("tls-key.pem"));
        QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFileDevice::ReadGroup));
        const auto identity = load(dir);
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, Errc::tampered);
    }

    void load_keyOfRubbish_isRefusedAndKept()
    {
        const QTemporaryDir dir;
        QVERIFY(load(dir));
        QFile file(dir.filePath(QStringLiteral("tls-key.pem")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("rubbish");
        file.close();
        const auto identity = load(dir);
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, Errc::tampered);
        QCOMPARE(contentOf(file.fileName()), QByteArray("rubbish"));
    }

    void load_noSuchFolder_isUnavailable()
    {
        const auto identity = TlsIdentity::loadOrCreate("/proc/none");
        QVERIFY(!identity);
        QCOMPARE(identity.error().code, Errc::unavailable);
    }

    void pinOfCertificate_rubbish_isRefused()
    {
        QVERIFY(!pinOfCertificate({}));
        QVERIFY(!pinOfCertificate(viewOf("rubbish")));
    }
};

QTEST_GUILESS_MAIN(TestTlsIdentity)
#include "test_tls_identity.moc"
