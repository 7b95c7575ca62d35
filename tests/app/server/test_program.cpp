// The program: options, start, stop, and what it leaves.
#include "server_process.h"

using namespace hufu;
using namespace hufu::tests;

class TestProgram : public QObject {
    Q_OBJECT

    static int exitOf(ServerProcess &server)
    {
        return server.process->waitForFinished(20'000) && server.process->exitStatus() == QProcess::NormalExit
                   ? server.process->exitCode()
                   : -1;
    }
    static QByteArray bytesOf(const QStringList &words, int &code)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(HUFU_SERVER), words);
        process.waitForFinished(20'000);
        code = process.exitCode();
        return process.readAll();
    }

private Q_SLOTS:
    void readyLine_hasLinksAndPins()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QVERIFY(server.port() != 0);
        QCOMPARE(server.text("pin").size(), 64);
        QCOMPARE(server.text("pin2").size(), 64);
        const QUrl activation(server.text("activation"));
        QCOMPARE(activation.scheme(), QStringLiteral("hufu"));
        QCOMPARE(activation.host(), QStringLiteral("activate"));
        const QUrlQuery query(activation);
        QCOMPARE(query.queryItemValue(QStringLiteral("host")), QStringLiteral("127.0.0.1"));
        QCOMPARE(query.queryItemValue(QStringLiteral("port")).toInt(), server.port());
        QCOMPARE(query.queryItemValue(QStringLiteral("pin")), server.text("pin"));
        QCOMPARE(query.queryItemValue(QStringLiteral("pin2")), server.text("pin2"));
        QCOMPARE(query.queryItemValue(QStringLiteral("code")).size(), 32);
        QVERIFY(server.text("desk").startsWith(QStringLiteral("hufu://desk?host=127.0.0.1&port=")));
        QCOMPARE(server.text("relyingPartyKey").size(), 64);
    }

    void operatorsWord_withoutAServersFolder_isRefused_andMakesNone()
    {
        QTemporaryDir folder;
        int code = 0;
        const QString none = folder.filePath(QStringLiteral("none"));
        const QByteArray said = bytesOf({QStringLiteral("devices"), QStringLiteral("--data"), none}, code);
        QCOMPARE(code, 1);
        QVERIFY(said.contains("HF-802"));
        QVERIFY(!QFile::exists(none));
    }

    void operatorsWord_wrong_showsTheUsage()
    {
        for (const QStringList &words :
             {QStringList{QStringLiteral("steal")}, QStringList{QStringLiteral("freeze")},
              QStringList{QStringLiteral("devices"), QStringLiteral("x")},
              QStringList{QStringLiteral("revoke"), QStringLiteral("00"), QStringLiteral("--reason"), QStringLiteral("x")},
              QStringList{QStringLiteral("renew-seat"), QStringLiteral("00"), QStringLiteral("--days"), QStringLiteral("-1")},
              QStringList{QStringLiteral("devices")}}) {
            int code = 0;
            QStringList all = words;
            if (words != QStringList{QStringLiteral("devices")}) all += {QStringLiteral("--data"), QStringLiteral("x")};
            const QByteArray said = bytesOf(all, code);
            QCOMPARE(code, 2);
            QVERIFY(said.contains("raise-restore-epoch"));
        }
    }

    void operatorsWord_onAStoppedServer_acts()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QVERIFY(server.terminate());
        int code = 0;
        const QStringList words{QStringLiteral("raise-restore-epoch"), QStringLiteral("--data"), server.data()};
        QVERIFY(bytesOf(words, code).contains(R"({"restoreEpoch":1})"));
        QVERIFY(bytesOf(words, code).contains(R"({"restoreEpoch":2})"));
        QCOMPARE(code, 0);
        QVERIFY(server.start());
    }

    void readyLine_withoutSeed_tellsOfNobody()
    {
        ServerProcess server;
        QVERIFY(server.start({}));
        for (const char *name : {"activation", "phoneNumber", "relyingPartyKey"})
            QVERIFY(!server.ready.contains(QLatin1String(name)));
    }

    void memory_isNotWrittenOutInACrash()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QFile limits(QStringLiteral("/proc/%1/limits").arg(server.process->processId()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        QVERIFY(limits.readAll().simplified().contains("Max core file size 0 0 "));
    }

    void restart_keepsPinsAndCertificates()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const QString pin = server.text("pin"), pin2 = server.text("pin2"), key = server.text("relyingPartyKey");
        const QByteArray root = server.get(QStringLiteral("/ca/root.pem")).body;
        QVERIFY(root.startsWith("-----BEGIN CERTIFICATE-----"));
        QVERIFY(server.terminate());
        QCOMPARE(server.process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(server.process->exitCode(), 0);
        QVERIFY(server.start());
        QCOMPARE(server.text("pin"), pin);
        QCOMPARE(server.text("pin2"), pin2);
        QCOMPARE(server.text("relyingPartyKey"), key);
        QCOMPARE(server.get(QStringLiteral("/ca/root.pem")).body, root);
    }

    void killed_startsAgain()
    {
        ServerProcess server;
        QVERIFY(server.start());
        server.kill();
        QVERIFY(server.start());
        QCOMPARE(server.get(QStringLiteral("/readyz")).status, 200);
    }

    void data_isForTheOwnerAlone()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                            QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(server.data()) & others));
        for (const char *name : {"master.key", "tls-key.pem", "tls-backup-key.pem", "ledger.db"})
            QVERIFY2(!(QFile::permissions(server.data() + QLatin1Char('/') + QLatin1String(name)) & others),
                     name);
    }

    void log_isJsonLinesWithoutPersonalData()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const QString number = server.text("phoneNumber");
        server.get(QStringLiteral("/outside/sms?phone=") + number);
        server.get(QStringLiteral("/none/") + number);
        QVERIFY(server.terminate());
        const auto lines = server.logLines();
        QVERIFY(lines.size() >= 4);
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QVERIFY2(object.contains(QStringLiteral("ms")) && object.contains(QStringLiteral("event")),
                     line.constData());
            QVERIFY2(!line.contains(number.toLatin1()), line.constData());
        }
    }

    void options_wrong_exitWithUsage_data()
    {
        QTest::addColumn<QStringList>("words");
        const QString data = QStringLiteral("--data"), none = QStringLiteral("/tmp/hufu-never-made");
        QTest::newRow("none") << QStringList{};
        QTest::newRow("unknown") << QStringList{data, none, QStringLiteral("--verbose")};
        QTest::newRow("listen without port")
            << QStringList{data, none, QStringLiteral("--listen"), QStringLiteral("127.0.0.1")};
        QTest::newRow("port too high")
            << QStringList{data, none, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:70000")};
        QTest::newRow("port with tail")
            << QStringList{data, none, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:80x")};
        QTest::newRow("other suite") << QStringList{data, none, QStringLiteral("--suite"), QStringLiteral("rsa")};
        QTest::newRow("payee without an account") << QStringList{data, none, QStringLiteral("--payee"), QStringLiteral("甲公司,乙银行")};
        QTest::newRow("payee with letters") << QStringList{data, none, QStringLiteral("--payee"), QStringLiteral("甲公司,乙银行,12345678X")};
        QTest::newRow("more asked for without stand-ins") << QStringList{data, none, QStringLiteral("--seed"), QStringLiteral("demo"), QStringLiteral("--asks"), QStringLiteral("login=face")};
        QTest::newRow("more asked for without a demo") << QStringList{data, none, QStringLiteral("--outside"), QStringLiteral("--asks"), QStringLiteral("sign=sms")};
        for (const char *asks : {"", "login", "login=", "login=voice", "pinChange=face", "login=face,", ",login=face"})
            QTest::addRow("asks '%s'", asks)
                << QStringList{data, none, QStringLiteral("--outside"), QStringLiteral("--seed"), QStringLiteral("demo"), QStringLiteral("--asks"), QLatin1String(asks)};
        QTest::newRow("no suite") << QStringList{data, none, QStringLiteral("--suite")};
        QTest::newRow("other seed") << QStringList{data, none, QStringLiteral("--seed"),
                                                   QStringLiteral("other")};
        QTest::newRow("seed of a generator") << QStringList{data, none, QStringLiteral("--seed"), QStringLiteral("7")}; // what is drawn is never foretold
        QTest::newRow("no such step") << QStringList{data, none, QStringLiteral("--fault"),
                                                     QStringLiteral("nowhere")};
        QTest::newRow("stand-ins for everyone") << QStringList{data, none, QStringLiteral("--outside"), QStringLiteral("--listen"),
                                                               QStringLiteral("0.0.0.0:0")};
        QTest::newRow("data without folder") << QStringList{data};
    }
    void options_wrong_exitWithUsage()
    {
        QFETCH(QStringList, words);
        int code = 0;
        const QByteArray output = bytesOf(words, code);
        QCOMPARE(code, 2);
        QVERIFY(output.contains("hufu-server --data DIR"));
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/hufu-never-made")));
    }

    void help_isShown()
    {
        int code = 1;
        QVERIFY(bytesOf({QStringLiteral("--help")}, code).contains("--listen"));
        QCOMPARE(code, 0);
    }

    void second_onTheSameFolder_isRefused()
    {
        ServerProcess server;
        QVERIFY(server.start());
        int code = 0;
        const QByteArray output = bytesOf({QStringLiteral("--data"), server.data()}, code);
        QCOMPARE(code, 1);
        QVERIFY(output.contains("another server uses the data folder"));
        QCOMPARE(server.get(QStringLiteral("/readyz")).status, 200);
    }

    void portTaken_isRefused()
    {
        ServerProcess first, second;
        QVERIFY(first.start());
        second.startWith({QStringLiteral("--data"), second.data(), QStringLiteral("--listen"),
                          QStringLiteral("127.0.0.1:%1").arg(first.port())});
        QCOMPARE(exitOf(second), 1);
    }

    void masterKeyLost_isRefused_andNoneIsMade()
    {
        ServerProcess server;
        QVERIFY(server.start());
        QVERIFY(server.terminate());
        const QString key = server.data() + QStringLiteral("/master.key");
        QVERIFY(QFile::remove(key));
        server.startWith({QStringLiteral("--data"), server.data()});
        QCOMPARE(exitOf(server), 1);
        QVERIFY(!QFile::exists(key));
    }

    void masterKeyOfAnother_isRefused()
    {
        ServerProcess first, second;
        QVERIFY(first.start() && second.start());
        QVERIFY(first.terminate() && second.terminate());
        QVERIFY(QFile::remove(first.data() + QStringLiteral("/master.key")));
        QVERIFY(QFile::copy(second.data() + QStringLiteral("/master.key"),
                            first.data() + QStringLiteral("/master.key")));
        first.startWith({QStringLiteral("--data"), first.data()});
        QCOMPARE(exitOf(first), 1);
    }

    void fault_killsAtItsStep()
    {
        ServerProcess server;
        server.startWith({QStringLiteral("--data"), server.data(), QStringLiteral("--fault"),
                          QStringLiteral("boot.before")});
        QVERIFY(server.process->waitForFinished(20'000));
        QCOMPARE(server.process->exitStatus(), QProcess::CrashExit);
        QVERIFY(server.start());
    }

    void stop_longPollIsAnswered()
    {
        ServerProcess server;
        QVERIFY(server.start());
        const auto started = ServerProcess::jsonOf(server.askAsParty(
            "POST", QStringLiteral("/rp/v1/sessions"), R"({"idempotencyKey":"a","manifest":{"act":"login"}})"));
        const QString path =
            QStringLiteral("/rp/v1/sessions/") + started.value(QStringLiteral("token")).toString();
        std::optional<net::Answer> answer;
        server.client->request("GET", path + QStringLiteral("?wait=60"),
                               {{"Authorization", "Bearer " + server.text("relyingPartyKey").toLatin1()}}, {},
                               30'000, [&](const net::Answer &got) { answer = got; });
        QTest::qWait(500);
        if (answer) qWarning("answered at once: %d %s", answer->status, answer->body.constData());
        QVERIFY(!answer);
        server.process->terminate();
        QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 10'000);
        QCOMPARE(answer->status, 200);
        QCOMPARE(ServerProcess::jsonOf(*answer).value(QStringLiteral("state")).toString(),
                 QStringLiteral("waiting"));
        QVERIFY(server.process->waitForFinished(10'000) || server.process->state() == QProcess::NotRunning);
        QCOMPARE(server.process->exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestProgram)
#include "test_program.moc"
