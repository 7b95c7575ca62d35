// hufu script run: what it refuses, and what it leaves of a script that fails. The scripts that pass are in tests/scripts.
#include "app/cli/page_names.h"
#include "app/desk/screens.h"
#include "app/phone/screens.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QMetaEnum>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

class TestScriptWord : public QObject {
    Q_OBJECT
    struct Said {
        int exit = -1;
        QString out, err;
    };
    struct Cases {
        int all = 0, failed = 0, skipped = 0;
        QString failure;
    };
    QTemporaryDir m_folder;

    static Said hufu(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), QStringList{QStringLiteral("script")} + words);
        if (!process.waitForFinished(60'000)) return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString saved(const QByteArray &content) const
    {
        QFile file(path("a.script"));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    }
    // Refused with this line's number before anything is played.
    void refused(const QByteArray &content, int line, const char *why) const
    {
        const Said said = hufu({QStringLiteral("run"), saved(content), QStringLiteral("--junit"), path("refused.xml")});
        QCOMPARE(said.exit, 3);
        const QString first = said.err.section(QLatin1Char('\n'), 0, 0);
        QVERIFY2(first.startsWith(QStringLiteral("HF-653  %1:%2: ").arg(path("a.script")).arg(line)), qPrintable(first));
        QVERIFY2(first.contains(QLatin1String(why)), qPrintable(first));
        QVERIFY(said.out.isEmpty() && !QFile::exists(path("refused.xml")));
    }
    static Cases casesOf(const QString &file)
    {
        QFile xml(file);
        if (!xml.open(QIODevice::ReadOnly)) return {};
        QXmlStreamReader reader(&xml);
        Cases cases;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement) continue;
            if (reader.name() == QLatin1String("testcase")) ++cases.all;
            if (reader.name() == QLatin1String("skipped")) ++cases.skipped;
            if (reader.name() != QLatin1String("failure")) continue;
            ++cases.failed;
            cases.failure = reader.attributes().value(QLatin1String("message")).toString();
        }
        return reader.hasError() ? Cases() : cases;
    }

private Q_SLOTS:
    void line_thatIsNoJson_isRefusedWithItsNumber()
    {
        refused("# what it shows\n{\"start\":\"server\"}\n\n{\"wait\":1\n", 4, "no JSON");
        refused("{\"start\":\"server\"}\n[1]\n", 2, "not a JSON object");
        refused("\xff\n", 1, "no JSON");
    }
    void each_thatIsNone_isRefusedWithItsNumber()
    {
        const QByteArray start("{\"start\":\"server\"}\n");
        refused(start + "{\"each\":[],\"do\":[{\"wait\":1}]}\n", 2, "\"each\" needs");
        refused(start + "{\"each\":[\"a\"],\"do\":[]}\n", 2, "\"each\" needs");
        refused(start + "{\"each\":[\"a\\\"b\"],\"do\":[{\"wait\":1}]}\n", 2, "\"each\" needs");
        refused(start + "{\"each\":[\"a\"],\"do\":[{\"each\":[\"b\"],\"do\":[{\"wait\":1}]}]}\n", 2, "\"each\" needs");
        refused(start + "{\"each\":[\"a\"],\"do\":[{\"wait\":1},{\"server\":\"$each\"}]}\n", 2, "must be one of");
        refused("{\"each\":[\"a\"],\"do\":[{\"wait\":1}]}\n", 1, "\"start\" is the first line");
    }
    void link_thatNoPhoneIsStartedWithout_isRefused()
    {
        refused("{\"start\":\"active\",\"link\":\"none\"}\n", 1, "\"link\" goes with a start at the phone");
        refused("{\"start\":\"phone\",\"link\":\"pasted\"}\n", 1, "\"link\" must be one of none");
    }
    void line_ofNoKnownWord_isRefusedWithItsNumber()
    {
        refused("{\"start\":\"server\"}\n{\"scann\":\"desk\"}\n", 2, "scann");
        refused("{\"start\":\"server\"}\n{}\n", 2, "no word");
        refused("{\"start\":\"server\"}\n{\"scan\":\"desk\",\"pin\":\"739154\"}\n", 2, "one word");
        refused("{\"start\":\"server\"}\n{\"wait\":1,\"ms\":2}\n", 2, "\"wait\" has no \"ms\"");
    }
    void start_missingOrTwice_isRefused()
    {
        refused("{\"wait\":1}\n", 1, "first line");
        refused("{\"start\":\"server\"}\n{\"start\":\"server\"}\n", 2, "first line");
        for (const char *asks : {"face", "sign=voice", "pinChange=face", "login=face,", "login=face decrypt=sms"})
            refused(QStringLiteral("{\"start\":\"ready\",\"asks\":\"%1\"}\n").arg(QLatin1String(asks)).toUtf8(), 1, "asks");
        refused("{\"start\":\"server\"}\n{\"server\":\"start\",\"asks\":\"sign=face\"}\n", 2, "\"server\" has no \"asks\"");
        refused("# nothing else\n", 2, "without a line");
    }
    void value_thatIsNone_isRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
             {R"({"server":"fly"})", R"({"server":"kill","fault":"hello.after"})", R"({"server":"kill","quota":1})", R"({"phone":"start","quota":0})", R"({"copy":"start","quota":1})", R"({"phone":{"name":"x"}})", R"({"phone":"take"})",
              R"({"copy":7})", R"({"scan":""})", R"({"scan":"desk","by":"desk"})", R"({"pin":739154})", R"({"pin":"73915a"})",
              R"({"sms":"late"})", R"({"sms":"type","refused":"x"})", R"({"scan":"desk","refused":""})", R"({"wait":-1})", R"({"wait":0.5})", R"({"wait":120001})", R"({"operator":"devices"})", R"({"operator":"freeze","days":1})", R"({"operator":"freeze","fault":7})", R"({"pin":"739154","seed":7})", R"({"operator":"renew-seat","days":-1})", R"({"person":"sleeps"})", R"({"person":"answers","by":"copy"})", R"({"jump":5})", R"({"jump":"0 h"})", R"({"jump":"3h"})", R"({"jump":"-1 d"})", R"({"jump":"1 month"})", R"({"jump":"274 y"})", R"({"wrongPins":0})", R"({"wrongPins":"3"})",
              R"({"outside":"sms"})", R"({"expect":"home"})", R"({"expect":{"phone":"page"}})", R"({"expect":{"is":"home"}})",
              R"({"expect":{"phone":"page","is":"home","not":"scan"}})", R"({"expect":{"phone":"page","desk":"page","is":"qr"}})",
              R"({"expect":{"phone":"page","is":"home","when":"now"}})", R"({"expect":{"phone":"text","is":"HF-201"}})",
              R"({"expect":{"phone":"page","of":"errorCode","is":"x"}})", R"({"expect":{"desk":"code","has":7}})",
              R"({"expect":{"server":"speed","is":1}})", R"({"expect":{"device":"state","of":"x","is":"y"}})",
              R"({"expect":{"phone":"page","is":"home"},"ms":"long"})"})
            QTest::newRow(line) << QByteArray(line);
    }
    void value_thatIsNone_isRefused()
    {
        QFETCH(QByteArray, line);
        refused("{\"start\":\"server\"}\n" + line + "\n", 2, "");
    }
    void page_thatNoProgramHas_isRefusedBeforeTheFirstLine()
    {
        const QByteArray start("{\"start\":\"server\"}\n");
        refused(start + R"({"expect":{"phone":"page","not":"nopage"}})", 2, "no such page of the phone in \"not\", but welcome, link, ");
        refused(start + R"({"expect":{"phone":"page","is":"hoem"}})", 2, "no such page of the phone in \"is\"");
        refused(start + R"({"expect":{"phone":"page","has":"hoem"}})", 2, "no such page of the phone in \"has\"");
        refused(start + R"({"expect":{"phone":"page","is":7}})", 2, "no such page of the phone");
        refused(start + R"({"expect":{"copy":"page","is":"sites"}})", 2, "no such page of the copy");
        refused(start + R"({"expect":{"desk":"page","not":"pinPad"}})", 2, "no such page of the desk");
    }
    void pages_thatAreKnown_areThoseOfThePrograms()
    {
        QStringList phone, desk;
        for (const auto page : hufu::phone_app::Screens::allPages())
            phone << hufu::phone_app::Screens::nameOf(page);
        QCOMPARE(hufu::cli::phonePages(), phone);
        const auto pages = QMetaEnum::fromType<hufu::desk_app::DeskScreens::Page>();
        for (int i = 0; i < pages.keyCount(); ++i)
            desk << hufu::desk_app::DeskScreens::nameOf(static_cast<hufu::desk_app::DeskScreens::Page>(pages.value(i)));
        QCOMPARE(hufu::cli::deskPages(), desk << QLatin1String(hufu::cli::kDeskStarts));
    }
    void jump_byAYear_isTaken()
    {
        refused("{\"start\":\"server\"}\n{\"jump\":\"1 y\"}\n{\"jump\":\"1 month\"}\n", 3, "s, min, h, d or y");
    }
    void file_thatIsNotThere_isRefused()
    {
        const Said said = hufu({QStringLiteral("run"), path("none.script")});
        QCOMPARE(said.exit, 3);
        QVERIFY(said.err.startsWith(QStringLiteral("HF-604  ") + path("none.script")));
    }
    void words_wrong_areSaid()
    {
        for (const QStringList &words : {QStringList{}, {QStringLiteral("run")}, {QStringLiteral("play"), path("a.script")},
                                         {QStringLiteral("run"), path("a.script"), QStringLiteral("--fast")}})
            QCOMPARE(hufu(words).exit, 2);
    }
    void script_thatHolds_isGood()
    {
        const Said said = hufu({QStringLiteral("run"), saved("# A title\n{\"start\":\"server\"}\n{\"expect\":{\"server\":\"running\",\"is\":true}}\n"
                                                             "{\"server\":\"kill\"}\n{\"expect\":{\"server\":\"running\",\"not\":true}}\n"),
                                QStringLiteral("--junit"), path("good.xml"), QStringLiteral("--shots"), path("none")});
        QVERIFY2(said.exit == 0, qPrintable(said.out + said.err));
        QVERIFY(said.out.startsWith(QStringLiteral("a: A title\n")));
        const Cases cases = casesOf(path("good.xml"));
        QCOMPARE(cases.all, 4);
        QCOMPARE(cases.failed + cases.skipped, 0);
        QVERIFY(QDir(path("none")).isEmpty());
    }
    void script_thatFails_leavesPicturesLogsAndJUnit()
    {
        const Said said = hufu({QStringLiteral("run"), saved("{\"start\":\"phone\"}\n{\"expect\":{\"phone\":\"page\",\"is\":\"home\"},\"ms\":100}\n{\"wait\":1}\n"),
                                QStringLiteral("--junit"), path("bad.xml"), QStringLiteral("--shots"), path("shots")});
        QVERIFY2(said.exit == 1, qPrintable(said.out + said.err));
        const Cases cases = casesOf(path("bad.xml"));
        QCOMPARE(cases.all, 3);
        QCOMPARE(cases.failed, 1);
        QCOMPARE(cases.skipped, 1);
        QCOMPARE(cases.failure, QStringLiteral("the phone's page is welcome"));
        QVERIFY(QImage(path("shots/a-phone.png")).width() > 100);
        QVERIFY(QFile::exists(path("shots/a-server.log")));
    }
    void control_thatTheProgramDoesNotKnow_isRefusedWithTheLinesNumber()
    {
        const Said said = hufu({QStringLiteral("run"), saved("{\"start\":\"phone\"}\n# here\n{\"phone\":{\"do\":\"dance\"}}\n")});
        QCOMPARE(said.exit, 3);
        QVERIFY2(said.err.startsWith(QStringLiteral("HF-653  %1:3: ").arg(path("a.script"))), qPrintable(said.err));
    }
    void refusal_thatIsExpected_mustComeAsItIs()
    {
        const QByteArray start = "{\"start\":\"phone\"}\n";
        QCOMPARE(hufu({QStringLiteral("run"), saved(start + R"({"phone":{"do":"click","name":"homeScan"},"refused":"no such control"})")}).exit, 0);
        QCOMPARE(hufu({QStringLiteral("run"), saved(start + R"({"phone":{"do":"click","name":"homeScan"},"refused":"disabled"})")}).exit, 1);
        QCOMPARE(hufu({QStringLiteral("run"), saved(start + R"({"phone":{"do":"page"},"refused":"no such control"})")}).exit, 1);
    }
    void program_thatDoesNotRun_isAFailure()
    {
        for (const char *line : {R"({"desk":{"do":"login"}})", R"({"copy":{"do":"page"}})", R"({"scan":"desk"})", R"({"pin":"739154"})", R"({"sms":"type"})",
                                 R"({"photo":"x.png"})", R"({"expect":{"desk":"page","is":"qr"},"ms":0})"}) {
            const Said said = hufu({QStringLiteral("run"), saved(QByteArray("{\"start\":\"server\"}\n") + line + '\n')});
            QVERIFY2(said.exit == 1, qPrintable(said.out + said.err));
        }
    }
};

QTEST_GUILESS_MAIN(TestScriptWord)
#include "test_script_word.moc"
