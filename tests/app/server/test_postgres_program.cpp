// hufu-server on a PostgreSQL instead of a file.
#include "server_process.h"
#include "tests/support/postgres_cluster.h"

using namespace hufu;
using namespace hufu::tests;

class TestPostgresProgram : public QObject {
    Q_OBJECT

    PostgresCluster m_cluster;
    QTemporaryDir m_folder;
    int m_files = 0;

    // A database of its own, and the file that says how to get there.
    QString parametersFile()
    {
        const QString path = m_folder.filePath(QString::number(m_files++));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("file");
        file.write(QByteArray::fromStdString(m_cluster.fresh()) + '\n');
        file.close();
        if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner)) qFatal("permissions");
        return path;
    }
    static QStringList demoOn(const QString &parameters)
    {
        return {QStringLiteral("--postgres"), parameters, QStringLiteral("--outside"), QStringLiteral("--seed"), QStringLiteral("demo")};
    }
    static int exitOf(ServerProcess &server, const QStringList &words)
    {
        server.startWith(QStringList{QStringLiteral("--data"), server.data()} + words);
        return server.process->waitForFinished(20'000) ? server.process->exitCode() : -1;
    }
    static QString file(const ServerProcess &server, const char *name) { return server.data() + QLatin1Char('/') + QLatin1String(name); }

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_cluster.start()) QSKIP(qPrintable(QStringLiteral("SKIPPED: PostgreSQL CANNOT START, nothing of it is tested: ") + m_cluster.why()));
    }

    void server_killed_findsItsRowsAgain()
    {
        const QString parameters = parametersFile();
        ServerProcess server;
        QVERIFY(server.start(demoOn(parameters)));
        QCOMPARE(server.get(QStringLiteral("/readyz")).status, 200);
        QVERIFY(!QFile::exists(file(server, "ledger.db")));
        const QString party = server.text("relyingPartyKey");
        const QByteArray root = server.get(QStringLiteral("/ca/root.pem")).body;
        const QByteArray started = server.askAsParty("POST", QStringLiteral("/rp/v1/sessions"), R"({"manifest":{"act":"login"},"idempotencyKey":"one"})").body;
        server.kill();
        QVERIFY(server.start(demoOn(parameters)));
        QCOMPARE(server.text("relyingPartyKey"), party);
        QCOMPARE(server.get(QStringLiteral("/ca/root.pem")).body, root);
        QCOMPARE(server.askAsParty("POST", QStringLiteral("/rp/v1/sessions"), R"({"manifest":{"act":"login"},"idempotencyKey":"one"})").body, started);
        // The operator's words act on the same rows.
        QProcess devices;
        devices.start(QStringLiteral(HUFU_SERVER), {QStringLiteral("devices"), QStringLiteral("--data"), server.data(), QStringLiteral("--postgres"), parameters});
        QVERIFY(devices.waitForFinished(20'000));
        QCOMPARE(devices.exitCode(), 0);
    }

    void parameters_thatOthersMayRead_areRefused()
    {
        const QString parameters = parametersFile();
        QVERIFY(QFile::setPermissions(parameters, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        ServerProcess server;
        QCOMPARE(exitOf(server, {QStringLiteral("--postgres"), parameters}), 1);
        QCOMPARE(exitOf(server, {QStringLiteral("--postgres"), m_folder.filePath(QStringLiteral("nothing"))}), 1);
        for (const char *name : {"master.key", "uses-postgres", "ledger.db"})
            QVERIFY2(!QFile::exists(file(server, name)), name);
        QCOMPARE(exitOf(server, {QStringLiteral("--postgres")}), 2);
    }

    // A word forgotten must not look like a company lost.
    void folder_ofOneStore_isNotTheOthers()
    {
        ServerProcess server;
        QVERIFY(server.start(demoOn(parametersFile())));
        QVERIFY(server.terminate());
        QCOMPARE(exitOf(server, {}), 1);
        QVERIFY(!QFile::exists(file(server, "ledger.db")));
        ServerProcess other;
        QVERIFY(other.start({}));
        QVERIFY(other.terminate());
        QCOMPARE(exitOf(other, {QStringLiteral("--postgres"), parametersFile()}), 1);
        QVERIFY(!QFile::exists(file(other, "uses-postgres")));
    }

    void database_withoutItsMasterKey_isRefused()
    {
        const QString parameters = parametersFile();
        ServerProcess server;
        QVERIFY(server.start(demoOn(parameters)));
        QVERIFY(server.terminate());
        QVERIFY(QFile::remove(file(server, "master.key")));
        QCOMPARE(exitOf(server, {QStringLiteral("--postgres"), parameters}), 1);
        QVERIFY(!QFile::exists(file(server, "master.key")));
    }
};

QTEST_GUILESS_MAIN(TestPostgresProgram)
#include "test_postgres_program.moc"
