// hufu seal, open, inspect and verify, on envelopes.
#include "app/envelope/envelope_file.h"
#include "tests/app/envelope/folder.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/enveloped.h"
#include "shield/intent/frame.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <openssl/pem.h>
#include <sys/stat.h>

using namespace hufu;

class TestEnvelopeWords : public QObject {
    Q_OBJECT
    struct Said {
        int exit = -1;
        QString out, err;
    };
    tests::EnvelopeFolder m_folder;

    QString path(const char *name) const { return QString::fromStdString(m_folder.path(name).string()); }
    static Said hufu(const QStringList &words)
    {
        QProcess process;
        process.start(QStringLiteral(HUFU_PROGRAM), words);
        if (!process.waitForFinished(60'000)) return {};
        // Where there is no session, Qt says on which folder it falls back.
        static const QRegularExpression ofQt(QStringLiteral("^QStandardPaths: [^\n]*\n"), QRegularExpression::MultilineOption);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError()).remove(ofQt)};
    }
    void writeKey(const char *name, const tests::WholeKey &key) const
    {
        const auto native = key.native();
        const x509::OwnedBio sink(BIO_new(BIO_s_mem()));
        QCOMPARE(PEM_write_bio_PrivateKey(sink.get(), native.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
        char *text = nullptr;
        const long length = BIO_get_mem_data(sink.get(), &text);
        m_folder.write(name, viewOf(std::string_view(text, static_cast<std::size_t>(length))));
    }
    QStringList signedBy() const
    {
        return {QStringLiteral("--from"), path("sign.pem"), QStringLiteral("--from-key"), path("sign-key.pem")};
    }
    QStringList trusting() const
    {
        return {QStringLiteral("--trust"), path("root.pem"), QStringLiteral("--chain"), path("issuing.pem")};
    }

private Q_SLOTS:
    void initTestCase() { m_folder.pki = tests::Pki(QDateTime::currentMSecsSinceEpoch()); }
    void init()
    {
        m_folder.clear();
        m_folder.write("root.pem", viewOf(m_folder.pki.root.pem()));
        m_folder.write("issuing.pem", viewOf(m_folder.pki.issuing.pem()));
        m_folder.write("sign.pem", viewOf(m_folder.pki.sign.pem()));
        m_folder.write("encrypt.pem", viewOf(m_folder.pki.encrypt.pem()));
        writeKey("sign-key.pem", m_folder.pki.signKey);
        writeKey("key.pem", m_folder.pki.encryptKey);
        m_folder.write("bid.pdf", viewOf("the price is 12,345,678.90"));
    }

    void sealAndOpen_signed_giveTheFileAndSayWho()
    {
        const QString colleague = path("colleague.pem");
        const tests::WholeKey other;
        const auto &pki = m_folder.pki;
        m_folder.write("colleague.pem",
                       viewOf(pki.issue(authority::Profile::encrypt, other, {"CN", "示范", {}, "李经理", {}},
                                        &pki.issuing, pki.issuingKey)
                                  .pem()));
        const Said sealed = hufu(QStringList{QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"),
                                             path("encrypt.pem"), QStringLiteral("--to"), colleague,
                                             QStringLiteral("--project"), QStringLiteral("P-1"),
                                             QStringLiteral("--project-name"), QStringLiteral("道路工程"),
                                             QStringLiteral("--opening"),
                                             QStringLiteral("2030-01-02T09:30:00Z"), QStringLiteral("--json")} +
                                 signedBy() + trusting());
        QCOMPARE(sealed.exit, 0);
        QVERIFY2(sealed.err.isEmpty(), qPrintable(sealed.err)); // two can open it: no warning
        const QJsonObject report = QJsonDocument::fromJson(sealed.out.toUtf8()).object();
        QCOMPARE(report.value(QLatin1String("envelope")).toString(), path("bid.pdf.hufu"));
        QCOMPARE(report.value(QLatin1String("signed")).toBool(), true);

        const Said seen = hufu({QStringLiteral("inspect"), path("bid.pdf.hufu")});
        QCOMPARE(seen.exit, 0);
        for (const char *part :
             {"bid.pdf, 26 bytes", "道路工程", "2030-01-02T09:30:00Z", "王小明", "李经理", "sender"})
            QVERIFY2(seen.out.contains(QString::fromUtf8(part)), part);

        // What a platform has to tell Hufu of it is there by name.
        const Said named = hufu({QStringLiteral("inspect"), path("bid.pdf.hufu"), QStringLiteral("--json")});
        QCOMPARE(named.exit, 0);
        const QJsonObject facts = QJsonDocument::fromJson(named.out.toUtf8()).object();
        const auto file = envelope::EnvelopeFile::open(m_folder.path("bid.pdf.hufu"));
        QVERIFY(file);
        const auto cms = documents::Cms::parse(file->cms());
        QVERIFY(cms);
        QCOMPARE(facts.value(QLatin1String("kind")).toString(), QStringLiteral("envelope"));
        QCOMPARE(facts.value(QLatin1String("id")).toString().toStdString(), toHex(file->body().id));
        QCOMPARE(facts.value(QLatin1String("bid")).toString().toStdString(), toHex(cms->signers.front().attributes.messageDigest));
        QCOMPARE(facts.value(QLatin1String("file")).toString(), QStringLiteral("bid.pdf"));
        QCOMPARE(facts.value(QLatin1String("size")).toInteger(), 26);
        QCOMPARE(facts.value(QLatin1String("project")).toObject(), (QJsonObject{{QStringLiteral("id"), QStringLiteral("P-1")}, {QStringLiteral("name"), QStringLiteral("道路工程")}}));
        QCOMPARE(facts.value(QLatin1String("openingMs")).toInteger(), QDateTime::fromString(QStringLiteral("2030-01-02T09:30:00Z"), Qt::ISODate).toMSecsSinceEpoch());
        QCOMPARE(facts.value(QLatin1String("signed")).toBool(), true);
        QVERIFY(facts.value(QLatin1String("sender")).toString().contains(QStringLiteral("王小明")));
        const QJsonArray recipients = facts.value(QLatin1String("recipients")).toArray();
        QCOMPARE(recipients.size(), 2);
        for (qsizetype i = 0; i < recipients.size(); ++i) {
            const documents::EnvelopeRecipient &recipient = file->body().recipients[static_cast<std::size_t>(i)];
            const QJsonObject one = recipients[i].toObject();
            QCOMPARE(one.value(QLatin1String("name")).toString().toStdString(), recipient.name);
            QCOMPARE(one.value(QLatin1String("keyId")).toString().toStdString(), toHex(recipient.keyId));
            QCOMPARE(one.value(QLatin1String("wrappedKeySm3")).toString().toStdString(), toHex(crypto::sm3(recipient.wrappedKey)));
            QVERIFY(seen.out.contains(QStringLiteral("wrapped key SM3  ") + one.value(QLatin1String("wrappedKeySm3")).toString()));
        }
        QVERIFY(seen.out.contains(QStringLiteral("bid              ") + facts.value(QLatin1String("bid")).toString()));

        const Said judged = hufu(QStringList{QStringLiteral("verify"), path("bid.pdf.hufu")} + trusting());
        QCOMPARE(judged.exit, 0);
        QVERIFY(judged.out.startsWith(QLatin1String("valid")));

        QFile::remove(path("bid.pdf"));
        const Said opened = hufu(QStringList{QStringLiteral("open"), path("bid.pdf.hufu"),
                                             QStringLiteral("--key"), path("key.pem")} +
                                 trusting());
        QVERIFY2(opened.exit == 0, qPrintable(opened.err));
        QVERIFY(opened.out.contains(QStringLiteral("王小明")));
        QCOMPARE(textOf(m_folder.read("bid.pdf")), std::string("the price is 12,345,678.90"));
    }

    // Sender and recipient bear names that must not reach a terminal as they are.
    void names_thatATerminalMustNotGet_areShownByTheirDigits()
    {
        const auto &pki = m_folder.pki;
        const std::string name = "王\u202E小明";
        const tests::WholeKey key;
        m_folder.write("sign.pem", viewOf(pki.issue(authority::Profile::sign, pki.signKey, {"CN", "示范", {}, name, {}}, &pki.issuing, pki.issuingKey).pem()));
        m_folder.write("encrypt.pem", viewOf(pki.issue(authority::Profile::encrypt, pki.encryptKey, {"CN", "示范", {}, name, {}}, &pki.issuing, pki.issuingKey).pem()));
        const QString digits = QString::fromStdString(toHex(viewOf(std::string_view(name))));
        const auto isShown = [&digits](const Said &said) {
            return said.exit == 0 && !(said.out + said.err).contains(QChar(0x202E)) && (said.out + said.err).contains(digits);
        };
        QVERIFY(isShown(hufu(QStringList{QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("encrypt.pem")} + signedBy() + trusting())));
        QVERIFY(isShown(hufu({QStringLiteral("inspect"), path("bid.pdf.hufu")})));
        QVERIFY(isShown(hufu(QStringList{QStringLiteral("verify"), path("bid.pdf.hufu")} + trusting())));
        QVERIFY(isShown(hufu(QStringList{QStringLiteral("open"), path("bid.pdf.hufu"), QStringLiteral("--key"), path("key.pem"), QStringLiteral("--out"), path("opened")} + trusting())));
        QVERIFY(isShown(hufu({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("encrypt.pem"), QStringLiteral("--form"), QStringLiteral("pkcs7")})));
    }
    void inspect_unsignedEnvelope_namesNoBid()
    {
        QCOMPARE(hufu({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("encrypt.pem")}).exit, 0);
        const QJsonObject facts = QJsonDocument::fromJson(hufu({QStringLiteral("inspect"), path("bid.pdf.hufu"), QStringLiteral("--json")}).out.toUtf8()).object();
        QCOMPARE(facts.value(QLatin1String("signed")), QJsonValue(false));
        for (const char *none : {"bid", "sender", "project", "openingMs"})
            QVERIFY2(!facts.contains(QLatin1String(none)), none);
    }
    // Whatever it can tell in words it can tell to a program.
    void inspect_asJson_namesTheKind()
    {
        intent::Frame frame;
        frame.second = 41;
        const QJsonObject shown = QJsonDocument::fromJson(hufu({QStringLiteral("inspect"), QString::fromStdString(frame.text()), QStringLiteral("--json")}).out.toUtf8()).object();
        QCOMPARE(shown.value(QLatin1String("kind")).toString(), QStringLiteral("frame"));
        QCOMPARE(shown.value(QLatin1String("shownBy")).toString(), QStringLiteral("page"));
        QCOMPARE(shown.value(QLatin1String("second")).toInteger(), 41);
        const QJsonObject certificate = QJsonDocument::fromJson(hufu({QStringLiteral("inspect"), path("encrypt.pem"), QStringLiteral("--json")}).out.toUtf8()).object();
        QCOMPARE(certificate.value(QLatin1String("kind")).toString(), QStringLiteral("certificate"));
        QCOMPARE(certificate.value(QLatin1String("use")).toString(), QStringLiteral("encrypt"));
        QCOMPARE(certificate.value(QLatin1String("serial")).toString().toStdString(), toHex(m_folder.pki.encrypt.serial()));
        const Said none = hufu({QStringLiteral("inspect"), path("bid.pdf"), QStringLiteral("--json")});
        QCOMPARE(none.exit, 3);
        QVERIFY(none.out.isEmpty() && none.err.startsWith(QLatin1String("HF-650")));
    }
    void seal_oneRecipient_isWarnedInBothLanguages()
    {
        const Said sealed =
            hufu({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("encrypt.pem")});
        QCOMPARE(sealed.exit, 0);
        QVERIFY(sealed.err.contains(QStringLiteral("只有 王小明 一个人能打开")));
        QVERIFY(sealed.err.contains(QStringLiteral("王小明 alone can open")));
    }

    void sealAndOpen_forOthers_giveTheFile_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<QString>("dialect");
        QTest::newRow("GM/T 0010") << QStringLiteral("gmt0010") << QStringLiteral("GM/T 0010");
        QTest::newRow("PKCS #7") << QStringLiteral("pkcs7") << QStringLiteral("PKCS #7");
    }
    void sealAndOpen_forOthers_giveTheFile()
    {
        QFETCH(QString, form);
        QFETCH(QString, dialect);
        const QStringList words{QStringLiteral("seal"), path("bid.pdf"),          QStringLiteral("--to"),
                                path("encrypt.pem"),    QStringLiteral("--form"), form};
        QCOMPARE(hufu(words).exit, 0);
        QVERIFY(hufu(words).err.contains(QLatin1String("HF-613")));
        const QString envelope = path("bid.pdf.p7m");
        const Said seen = hufu({QStringLiteral("inspect"), envelope});
        QVERIFY(seen.out.contains(dialect));
        QVERIFY(seen.out.contains(QString::fromStdString(toHex(m_folder.pki.encrypt.serial()))));
        const QJsonObject facts = QJsonDocument::fromJson(hufu({QStringLiteral("inspect"), envelope, QStringLiteral("--json")}).out.toUtf8()).object();
        QCOMPARE(facts.value(QLatin1String("kind")).toString(), QStringLiteral("envelopedData"));
        QCOMPARE(facts.value(QLatin1String("dialect")).toString(), dialect);
        const QJsonObject recipient = facts.value(QLatin1String("recipients")).toArray().at(0).toObject();
        QCOMPARE(recipient.value(QLatin1String("serial")).toString().toStdString(), toHex(m_folder.pki.encrypt.serial()));
        const auto data = documents::EnvelopedData::parse(m_folder.read("bid.pdf.p7m"));
        QVERIFY(data);
        QCOMPARE(recipient.value(QLatin1String("wrappedKeySm3")).toString().toStdString(), toHex(crypto::sm3(data->recipients().front().wrappedKey)));
        QFile::remove(path("bid.pdf"));
        const Said other =
            hufu({QStringLiteral("open"), envelope, QStringLiteral("--key"), path("sign-key.pem")});
        QCOMPARE(other.exit, 1);
        QVERIFY(other.err.startsWith(QLatin1String("HF-634  ") + path("sign-key.pem")));
        QVERIFY(!QFile::exists(path("bid.pdf")));
        QCOMPARE(hufu({QStringLiteral("open"), envelope, QStringLiteral("--key"), path("key.pem")}).exit, 0);
        QCOMPARE(textOf(m_folder.read("bid.pdf")), std::string("the price is 12,345,678.90"));
    }

    void verify_signatureWithItsContent_isJudged()
    {
        const Bytes content = bytesOf(viewOf("a bid inside"));
        documents::CmsDraft draft;
        const auto attributes = documents::buildSignedAttributes(crypto::sm3(content), m_folder.pki.nowMs,
                                                                 documents::Dialect::gmt0010);
        draft.signatures = {{*attributes, m_folder.pki.signKey.sign(*attributes), m_folder.pki.sign}};
        draft.content = content;
        Bytes cms = *documents::buildCms(draft);
        m_folder.write("bid.p7m", cms);
        const QStringList words = QStringList{QStringLiteral("verify"), path("bid.p7m")} + trusting();
        QCOMPARE(hufu(words).exit, 0);
        const auto at = std::search(cms.begin(), cms.end(), content.begin(), content.end());
        *at ^= 1;
        m_folder.write("bid.p7m", cms);
        const Said said = hufu(words);
        QCOMPARE(said.exit, 1);
        QVERIFY(said.err.contains(QLatin1String("HF-602")));
    }

    void verify_oneFileThatHoldsNothingToJudge_saysWhy()
    {
        const auto verify = [this](const QString &file) { return hufu(QStringList{QStringLiteral("verify"), file} + trusting()); };
        const auto isRefused = [&verify](const QString &file, const char *code) {
            const Said said = verify(file);
            return said.exit == 3 && said.out.isEmpty() && said.err.startsWith(QLatin1String(code)) && said.err.contains(file) && !said.err.contains(QLatin1String("usage:"));
        };
        QVERIFY(isRefused(path("none.pdf"), "HF-604"));
        QVERIFY(isRefused(QFileInfo(path("none.pdf")).absolutePath(), "HF-604"));
        m_folder.write("empty", {});
        QVERIFY(isRefused(path("empty"), "HF-650"));
        QVERIFY(isRefused(path("bid.pdf"), "HF-650")); // a text
        for (const std::size_t size : {std::size_t{1}, std::size_t{64}, std::size_t{5'000}}) {
            Bytes noise(size);
            m_folder.random.fill(noise, "noise");
            m_folder.write("noise", noise);
            QVERIFY(isRefused(path("noise"), "HF-650"));
        }
        QCOMPARE(verify(path("none.pdf")).err.count(QLatin1String("HF-")), 1);

        documents::CmsDraft draft;
        const auto attributes = documents::buildSignedAttributes(crypto::sm3(viewOf("the price is 12,345,678.90")), m_folder.pki.nowMs, documents::Dialect::gmt0010);
        draft.signatures = {{*attributes, m_folder.pki.signKey.sign(*attributes), m_folder.pki.sign}};
        m_folder.write("bid.pdf.p7s", *documents::buildCms(draft));
        m_folder.write("bid.sig", Bytes(64, 7));
        for (const char *signature : {"bid.pdf.p7s", "bid.sig"}) {
            const Said alone = verify(path(signature));
            QVERIFY(alone.exit == 2 && alone.out.isEmpty());
            QVERIFY(alone.err.contains(QStringLiteral("请在签名前写上原文件")) && alone.err.contains(QLatin1String("does not hold its document")));
        }
        QCOMPARE(hufu(QStringList{QStringLiteral("verify"), path("bid.pdf"), path("bid.pdf.p7s")} + trusting()).exit, 0);
    }
    void verify_withoutWhatItNeeds_namesIt_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("named");
        QTest::newRow("no trust") << QStringLiteral("verify bid.pdf") << QStringLiteral("--trust：");
        QTest::newRow("no file") << QStringLiteral("verify --trust r.pem") << QStringLiteral("FILE：");
        QTest::newRow("a third file") << QStringLiteral("verify a b c --trust r.pem") << QStringLiteral("c：");
        QTest::newRow("an option that there is not") << QStringLiteral("verify a --trusted r.pem") << QStringLiteral("--trusted：");
        QTest::newRow("an option without its value") << QStringLiteral("verify a --trust") << QStringLiteral("Missing value after '--trust'");
    }
    void verify_withoutWhatItNeeds_namesIt()
    {
        QFETCH(QString, words);
        QFETCH(QString, named);
        const Said said = hufu(words.split(QLatin1Char(' ')));
        QCOMPARE(said.exit, 2);
        QVERIFY2(said.err.startsWith(named), qPrintable(said.err));
        QVERIFY(said.err.split(QLatin1Char('\n'))[1].startsWith(QLatin1String("usage: hufu verify")) && said.out.isEmpty());
    }
    void help_ofAWord_isOnStandardOutput()
    {
        for (const char *word : {"verify", "seal", "open", "inspect", "scan", "script", "state", "reset", "sim", "demo", "sheet", "emulator"}) {
            const Said said = hufu({QLatin1String(word), QStringLiteral("--help")});
            QVERIFY2(said.exit == 0 && said.err.isEmpty(), qPrintable(said.err));
            QVERIFY2(said.out.startsWith(QLatin1String("usage: hufu ") + QLatin1String(word)), word);
        }
    }

    void replace_theFileItself_isRefused()
    {
        const QStringList onItself{QStringLiteral("--out"), path("bid.pdf"), QStringLiteral("--replace")};
        const Said said = hufu(
            QStringList{QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("encrypt.pem")} +
            onItself);
        QCOMPARE(said.exit, 1);
        QVERIFY(said.err.contains(QLatin1String("HF-613")));
        QCOMPARE(textOf(m_folder.read("bid.pdf")), std::string("the price is 12,345,678.90"));
    }

    void replace_whatIsNoFile_isRefused_andItIsStillThere()
    {
        const std::filesystem::path pipe = m_folder.path("pipe");
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        const QStringList onPipe{QStringLiteral("--out"), path("pipe"), QStringLiteral("--replace")};
        const QStringList sealing{QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("encrypt.pem")};
        QCOMPARE(hufu(sealing).exit, 0);
        const QStringList before = m_folder.names();
        for (const QStringList &words : {sealing, sealing + QStringList{QStringLiteral("--form"), QStringLiteral("gmt0010")},
                                         QStringList{QStringLiteral("open"), path("bid.pdf.hufu"), QStringLiteral("--key"), path("key.pem")}}) {
            const Said said = hufu(words + onPipe);
            QVERIFY(said.exit == 1 && said.out.isEmpty());
            QVERIFY2(said.err.startsWith(QLatin1String("HF-610  ") + path("pipe")), qPrintable(said.err));
        }
        QVERIFY(std::filesystem::is_fifo(pipe));
        QCOMPARE(m_folder.names(), before);
        std::filesystem::remove(pipe);
    }

    void words_wrong_areExplained_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("named"); // with which the line before the usage begins
        const auto row = [](const char *name, const char *words, const char *named) {
            QTest::newRow(name) << QString::fromLatin1(words).split(QLatin1Char(' ')) << QString::fromUtf8(named);
        };
        row("nothing to seal", "seal --to c.pem", "FILE：");
        row("two to seal", "seal a.pdf b.pdf --to c.pem", "b.pdf：");
        row("nobody to seal to", "seal bid.pdf", "--to：");
        row("a certificate without its key", "seal bid.pdf --to c.pem --from c.pem", "--from-key：");
        row("a key without its certificate", "seal bid.pdf --to c.pem --from-key k.pem", "--from：");
        row("a package without a project", "seal bid.pdf --to c.pem --package 2", "--project：");
        row("an hour without a project", "seal bid.pdf --to c.pem --opening 2030-01-15T09:30", "--project：");
        row("an hour that is none", "seal bid.pdf --to c.pem --project P --opening soon", "--opening soon：时间应写作 2030-01-15T09:30+08:00");
        row("a day that is none", "seal bid.pdf --to c.pem --project P --opening 2030-02-30T09:30", "--opening 2030-02-30T09:30：");
        row("a form that is none", "seal bid.pdf --to c.pem --form zip", "--form zip：");
        row("a sender in a form without one",
            "seal bid.pdf --to c.pem --form gmt0010 --from c.pem --from-key k.pem", "--form gmt0010：");
        row("too many threads", "seal bid.pdf --to c.pem --threads 99", "--threads 99：");
        row("an option that there is not", "seal bid.pdf --too c.pem", "--too：");
        row("no key to open with", "open bid.hufu", "--key：");
        row("nothing to open", "open --key k.pem", "ENVELOPE：");
        row("no name for the file", "open bid.dat --key k.pem", "--out：");
        row("too many threads to open with", "open bid.hufu --key k.pem --threads many", "--threads many：");
        row("no confirmation's root", "verify confirmation a", "--trust：");
        row("a hash that is none", "verify audit a --kept 12", "--kept 12：");
        row("a desk that is none", "verify evidence a --desk 12", "--desk 12：");
        row("desk and phone", "verify evidence a --desk 12 --phone 12", "--phone：");
        row("a receipt's key that is none", "verify receipt a --key 04", "--key 04：");
        row("no record", "verify record", "RECORD：");
        row("a suite that is none", "demo --suite rsa", "--suite rsa：");
        row("a script that is neither run nor recorded", "script play a", "play：");
        row("a record's option at a run", "script run a --start ready", "--start：");
        row("a state without a name", "state save", "NAME：");
        row("what no state can do", "state drop a", "drop：");
        row("a port that is none", "emulator serve --port x", "--port x：");
        row("two to look into", "inspect a b", "b：");
        row("a sheet of what", "sheet it", "it：");
    }
    void words_wrong_areExplained()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, named);
        const Said said = hufu(words);
        QCOMPARE(said.exit, 2);
        QVERIFY2(said.err.startsWith(named), qPrintable(said.err));
        const QStringList lines = said.err.split(QLatin1Char('\n'));
        QVERIFY(lines[0].contains(QLatin1String(" / ")) && lines[1].startsWith(QLatin1String("usage: hufu ") + words[0]) && said.out.isEmpty());
        QVERIFY(words[0] != QLatin1String("seal") || said.err.contains(QLatin1String("TIME as in 2030-01-15T09:30+08:00")));
        QCOMPARE(m_folder.names().filter(QStringLiteral(".hufu")), QStringList());
    }
    void word_thatThereIsNot_isNamedBeforeTheOthers()
    {
        const Said said = hufu({QStringLiteral("sign")});
        QCOMPARE(said.exit, 2);
        QVERIFY(said.err.startsWith(QStringLiteral("sign：没有这个命令 / there is no such word")) && said.err.contains(QLatin1String("hufu <word>")));
    }

    void refusals_haveCodesAndLeaveNothing()
    {
        const QString to = path("encrypt.pem");
        QCOMPARE(hufu({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), to}).exit, 0);
        const QStringList before = m_folder.names();
        const auto refused = [](const QStringList &words, int exit, const char *code) {
            const Said said = hufu(words);
            return said.exit == exit && said.err.contains(QLatin1String(code)) && said.out.isEmpty();
        };
        const QString envelope = path("bid.pdf.hufu");
        QVERIFY(refused({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), to}, 1, "HF-613"));
        QVERIFY(refused({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), to, QStringLiteral("--out"), path("late.hufu"), QStringLiteral("--project"),
                         QStringLiteral("P"), QStringLiteral("--opening"), QStringLiteral("2024-01-02T09:30:00Z")}, 1, "HF-618"));
        QVERIFY(refused({QStringLiteral("seal"), path("none"), QStringLiteral("--to"), to}, 3, "HF-604"));
        // Each way of sealing has a limit of its own, and says so of that one.
        const QStringList large{QStringLiteral("seal"), path("large"), QStringLiteral("--to"), to};
        QVERIFY(QFile(path("large")).open(QIODevice::WriteOnly) && QFile::resize(path("large"), 15 * 1024 * 1024 + 1));
        const Said forOthers = hufu(large + QStringList{QStringLiteral("--form"), QStringLiteral("gmt0010")});
        QVERIFY(forOthers.exit == 1 && forOthers.out.isEmpty() && forOthers.err.startsWith(QLatin1String("HF-630  ") + path("large")));
        QVERIFY(forOthers.err.contains(QLatin1String("15 MiB")) && !forOthers.err.contains(QLatin1String("signature")) && !forOthers.err.contains(QStringLiteral("签名")));
        QVERIFY(QFile::resize(path("large"), (qint64{64} << 30) + 1)); // of holes
        QVERIFY(refused(large, 1, "HF-631"));
        QVERIFY(hufu(large).err.contains(QLatin1String("64 GiB")));
        QVERIFY(QFile::remove(path("large")));
        QVERIFY(refused({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("sign.pem"),
                         QStringLiteral("--replace")},
                        1, "HF-600"));
        // Of several, the one that will not do.
        const Said wrong = hufu({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), to, QStringLiteral("--to"), path("sign.pem"), QStringLiteral("--replace")});
        QVERIFY(wrong.err.contains(path("sign.pem")) && !wrong.err.contains(path("bid.pdf")) && !wrong.err.contains(to));
        QVERIFY(refused({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("bid.pdf")}, 3,
                        "HF-650"));
        // Whatever else will not do is named as well, and not the file that would be sealed.
        const auto isNamed = [this, &to](const QStringList &words, const char *code, const QString &named) {
            const Said said = hufu(QStringList{QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--replace"), QStringLiteral("--to"), to} + words);
            return said.exit == 1 && said.out.isEmpty() && said.err.startsWith(QLatin1String(code) + QStringLiteral("  ") + named + QLatin1Char('\n'));
        };
        const auto writeRecipient = [this](const char *name, const tests::WholeKey &key, const char *person) {
            const auto &pki = m_folder.pki;
            m_folder.write(name, viewOf(pki.issue(authority::Profile::encrypt, key, {"CN", "示范", {}, person, {}}, &pki.issuing, pki.issuingKey).pem()));
        };
        writeRecipient("renewed.pem", m_folder.pki.encryptKey, "王小明");
        writeRecipient("control.pem", {}, "李\u0007经理");
        const QString from = QStringLiteral("--from"), fromKey = QStringLiteral("--from-key");
        QVERIFY(isNamed({from, path("sign.pem"), fromKey, path("key.pem")}, "HF-634", path("key.pem")));
        QVERIFY(isNamed({from, path("encrypt.pem"), fromKey, path("key.pem")}, "HF-600", path("encrypt.pem")));
        QVERIFY(isNamed({QStringLiteral("--to"), path("renewed.pem")}, "HF-633", path("renewed.pem")));
        QVERIFY(isNamed({QStringLiteral("--to"), path("control.pem")}, "HF-633", path("control.pem")));
        for (const char *name : {"renewed.pem", "control.pem"})
            QVERIFY(QFile::remove(path(name)));
        QVERIFY(refused({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), path("key.pem")}, 3, "a certificate is wanted here"));
        QVERIFY(refused({QStringLiteral("seal"), path("bid.pdf"), QStringLiteral("--to"), to, QStringLiteral("--trust"), path("root.pem"), QStringLiteral("--crl"),
                         path("bid.pdf")}, 3, "a revocation list is wanted here"));
        QVERIFY(
            refused({QStringLiteral("open"), envelope, QStringLiteral("--key"), path("key.pem")}, 1, "HF-613"));
        const QStringList aside{QStringLiteral("--out"), path("aside")};
        QVERIFY(refused(
            QStringList{QStringLiteral("open"), envelope, QStringLiteral("--key"), path("sign-key.pem")} +
                aside,
            1, "HF-634"));
        QVERIFY(refused(
            QStringList{QStringLiteral("open"), envelope, QStringLiteral("--key"), path("sign.pem")} + aside, 3,
            "an SM2 key file without a passphrase is wanted here"));
        QVERIFY(refused(
            QStringList{QStringLiteral("open"), path("bid.pdf"), QStringLiteral("--key"), path("key.pem")} +
                aside,
            3, "HF-650"));
        QVERIFY(refused(QStringList{QStringLiteral("verify"), envelope} + trusting(), 1, "HF-615"));
        QCOMPARE(m_folder.names(), before);
        Bytes damaged = m_folder.read("bid.pdf.hufu");
        damaged.pop_back();
        m_folder.write("bid.pdf.hufu", damaged);
        QVERIFY(refused(
            QStringList{QStringLiteral("open"), envelope, QStringLiteral("--key"), path("key.pem")} + aside, 1,
            "HF-614"));
        QVERIFY(refused({QStringLiteral("inspect"), envelope}, 1, "HF-614"));
        QCOMPARE(m_folder.names(), before);
    }
};

QTEST_GUILESS_MAIN(TestEnvelopeWords)
#include "test_envelope_words.moc"
