// The diagnosis, the log and its export, whom to ask, cases: what is in them, and what never is.
#include "app/desk/composition.h"
#include "app/desk/help.h"
#include "tests/app/desk/desk_bench.h"
#include "tests/support/full_disk.h"

#include <QClipboard>
#include <QDirIterator>
#include <QJsonArray>
#include <QSysInfo>
#include <QTemporaryDir>
#include <zip.h>

using namespace hufu;
using namespace hufu::tests;

namespace {

using D = DiagnosisModel;

// As any other program opens it.
QMap<QString, QByteArray> unzipped(const QString &path)
{
    QMap<QString, QByteArray> out;
    int failure = 0;
    zip_t *archive = zip_open(path.toUtf8().constData(), ZIP_RDONLY | ZIP_CHECKCONS, &failure);
    if (archive == nullptr) return out;
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
        zip_stat_t stat{};
        zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
        QByteArray content(static_cast<qsizetype>(stat.size), '\0');
        zip_file_t *file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
        if (file != nullptr && zip_fread(file, content.data(), stat.size) == static_cast<zip_int64_t>(stat.size)) out[QString::fromUtf8(stat.name)] = content;
        if (file != nullptr) zip_fclose(file);
    }
    zip_close(archive);
    return out;
}

struct HelpBench : DeskBench {
    QTemporaryDir folder;
    Log log{folder.filePath(QStringLiteral("log")), clock};
    AskServer ask = logged([this](const QByteArray &method, const QString &path, const Headers &, const QByteArray &body, int,
                                  ServerDone done) { asked.push_back({method, path, body, std::move(done)}); },
                           log, clock);
    Health health{*screens.status(), *identity, clock, ask};
    bool isWritable = true, isKeyringOpen = true, isKeptApart = false;
    qint64 freeBytes = Help::kFreeLeast;
    std::optional<Help> help;

    explicit HelpBench(bool enrolled = true)
    {
        if (enrolled && !identity->setEnrolled("投标室 3 号机")) qFatal("not enrolled");
        // The counter's requests are logged, too.
        counter = std::make_unique<Counter>(
            screens, *identity, *journal, random, clock, ask, [](std::string_view text) { return eye::drawFrame(text, 1); }, QStringLiteral("bid.example:8443"));
        make();
    }
    void make()
    {
        help.emplace(screens, *counter, health, log, store, ask, QStringLiteral("bid.example:8443"),
                     Surroundings{[this] { return isWritable; }, [this] { return freeBytes; }, [this] { return isKeyringOpen; }, [] { return 19531; }, [this] { return isKeptApart; }});
    }
    // Answers the look that is under way, or a new one.
    void look(std::int64_t aheadMs = 0)
    {
        std::erase_if(asked, [](const Asked &one) { return one.path != QStringLiteral("/healthz"); });
        health.look();
        answerNext("GET", answer(200, {{"timeMs", static_cast<double>(clock.unixMs() - aheadMs)}}));
        if (identity->enrolled()) answerNext("GET", answer(200, {{"people", QJsonArray{QJsonObject{{"name", "林晓燕"}, {"company", "虎符演示建设有限公司"}}}}}));
    }
    FindingView finding(D::Kind kind)
    {
        screens.diagnosis()->run();
        return screens.diagnosis()->findings().at(kind).value<FindingView>();
    }
    QByteArray logText() const
    {
        QByteArray out;
        for (const auto &[name, content] : log.files())
            out += content;
        return out;
    }
};

} // namespace

class TestDeskHelp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findings_ofASoundDesk_areGood()
    {
        HelpBench bench;
        QCOMPARE(bench.finding(D::Server).state, int(D::Unknown));
        bench.look(3'000);
        bench.screens.show(DeskScreens::Diagnosis);
        for (int kind = D::Server; kind <= D::Pages; ++kind) {
            const auto finding = bench.screens.diagnosis()->findings().at(kind).value<FindingView>();
            QCOMPARE(finding.kind, kind);
            QVERIFY2(finding.state == D::Good && finding.code == 0, qPrintable(QString::number(kind)));
        }
        QCOMPARE(bench.finding(D::Clock).value, 3.0);
        QCOMPARE(bench.finding(D::Enrolment).value, 1.0);
        QCOMPARE(bench.finding(D::Pages).value, 19531.0);
    }
    void findings_ofWhatIsWrong_haveTheirCodes()
    {
        HelpBench bench(false);
        QCOMPARE(bench.finding(D::Enrolment), (FindingView{D::Enrolment, D::Bad, 0, 205}));
        bench.look(-Findings::kAheadMostMs - 1);
        QCOMPARE(bench.finding(D::Clock).code, 505);
        bench.health.look();
        bench.answerNext("GET", {Reached::no, 0, {}});
        QCOMPARE(bench.finding(D::Server).code, 500);
        QCOMPARE(bench.finding(D::Pin).state, int(D::Unknown));
        bench.health.look();
        bench.answerNext("GET", {Reached::mismatched, 0, {}});
        QCOMPARE(bench.finding(D::Server).code, 0); // somebody answers
        QVERIFY(bench.finding(D::Pin).state == D::Bad && bench.finding(D::Pin).code == 501);
        QCOMPARE(bench.finding(D::Keyring).value, 0.0);
        QVERIFY(bench.help->report().contains(QStringLiteral("keyring: good, a file\n")));
        bench.isKeptApart = true;
        QCOMPARE(bench.finding(D::Keyring).value, 1.0);
        QVERIFY(bench.help->report().contains(QStringLiteral("keyring: good, the desktop's\n")));
        bench.isKeyringOpen = false;
        QCOMPARE(bench.finding(D::Keyring).state, int(D::Bad));
        bench.freeBytes = Help::kFreeLeast - 1;
        QCOMPARE(bench.finding(D::Storage).code, 611);
        bench.freeBytes = Help::kFreeLeast;
        QCOMPARE(bench.finding(D::Storage).code, 0);
        bench.isWritable = false;
        QCOMPARE(bench.finding(D::Storage).code, 611);
    }
    void numbers_areAsAPersonReadsThem()
    {
        HelpBench bench;
        bench.freeBytes = 78'230'519'808;
        bench.look(-30); // less than a tenth of a second behind
        bench.screens.diagnosis()->run();
        QVERIFY2(bench.help->report().contains(QStringLiteral("clock ahead by (s): good, 0.0\n")), qPrintable(bench.help->report()));
        QVERIFY(bench.help->report().contains(QStringLiteral("folder, GB free: good, 78.2\n")));
        bench.screens.support()->visit(true, {});
        bench.look(-1'500);
        QVERIFY(bench.help->report().contains(QStringLiteral("clock ahead by (s): good, -1.5\n")));
    }
    void folder_thatCannotBeUsed_saysWhy()
    {
        QCOMPARE(Composition::problemOf(Error(Errc::locked, "keyring")), 629);
        QCOMPARE(Composition::problemOf(Error(Errc::unavailable, "folder")), 503);
    }
    // Whatever the desk knows of people, files and keys passes by here; none of it may be in what is given away.
    void export_ofADayWithSecrets_holdsNoneOfThem()
    {
        HelpBench bench;
        bench.look();
        QFile file(bench.folder.filePath(QStringLiteral("商务标-offer-of-lin.pdf")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("price 1234567") > 0);
        file.close();
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.file = file.fileName();
        errand.out = file.fileName() + QStringLiteral(".p7s");
        errand.form = intent::Form::cms;
        bench.asked.clear();
        bench.counter->start(errand);
        QTRY_VERIFY(!bench.asked.empty());
        bench.answerNext("POST", answer(403, {{"code", "HF-604"}, {"detail", "林晓燕 13800138000 lin@example.com"}}));
        Finished finished;
        finished.signer = QStringLiteral("林晓燕");
        finished.signature = QString(128, QLatin1Char('a'));
        Bid bid;
        bid.source = file.fileName();
        bid.problem = 614;
        finished.bids = {bid};
        errand.files = QStringList{file.fileName()};
        errand.project = documents::EnvelopeProject{"ZB-2026-0117", "滨江快速路改造工程", "2", 0};
        Q_EMIT bench.counter->ended(errand, finished, QStringLiteral("林晓燕"), 0);
        bench.ask("GET", QStringLiteral("/desk/v1/seals/%1/electronic?name=lin").arg(QString(32, QLatin1Char('e'))), {}, {}, 1, [](const ServerAnswer &) {});
        bench.answerNext("GET", answer(200, {}));
        bench.ask("POST", QStringLiteral("/desk/v1/bids/%1/withdrawal").arg(QString(64, QLatin1Char('d'))), {}, {}, 1, [](const ServerAnswer &) {});
        bench.asked.back().done({Reached::no, 0, {}});
        bench.log.note(QStringLiteral("13800138000 lin@example.com 11010119900307123X 林晓燕 %1").arg(QString::fromStdString(toHex(bench.identity->key().publicKey()))));

        const QString path = bench.folder.filePath(QStringLiteral("help.zip"));
        bench.screens.diagnosis()->save(QUrl::fromLocalFile(path));
        QCOMPARE(bench.screens.diagnosis()->savedAs(), QStringLiteral("help.zip"));
        const auto files = unzipped(path);
        QCOMPARE(files.keys(), (QStringList{QStringLiteral("desk.log"), QStringLiteral("diagnosis.txt")}));
        QVERIFY(files[QStringLiteral("desk.log")].contains("sign of 1: HF-604"));
        QVERIFY(files[QStringLiteral("desk.log")].contains("/desk/v1/bids/***/withdrawal: 0 HF-500"));
        QVERIFY(files[QStringLiteral("diagnosis.txt")].contains("last codes: HF-604 HF-614"));
        bench.screens.support()->visit(true, {});
        bench.screens.show(DeskScreens::Help);
        const QByteArray everything = files.values().join() + bench.help->report().toUtf8() + bench.screens.support()->facts().toUtf8();
        QList<QByteArray> secrets{"林", "商务标", "offer-of-lin", "lin@", "?name", "13800138000", "1101011990", "ZB-2026", "滨江", "投标室", "虎符演示",
                                  QByteArray(16, 'a'), QByteArray(16, 'd'), QByteArray(16, 'e'), "price",
                                  QByteArray::fromStdString(toHex(bench.identity->key().id())), QByteArray::fromStdString(toHex(bench.identity->key().publicKey())),
                                  bench.folder.path().toUtf8()};
        if (QSysInfo::machineHostName().size() > 4) secrets << QSysInfo::machineHostName().toUtf8();
        for (const QByteArray &secret : secrets)
            QVERIFY2(!everything.contains(secret), secret.constData());
    }
    void export_ontoAFullDisk_saysThatItIsFullAndLeavesNothing()
    {
        HelpBench bench;
        const FullDisk disk(16);
        bench.screens.diagnosis()->save(QUrl::fromLocalFile(bench.folder.filePath(QStringLiteral("help.zip"))));
        QCOMPARE(bench.screens.diagnosis()->problem(), 611);
        QVERIFY(bench.screens.diagnosis()->savedAs().isEmpty());
        QVERIFY(!QFile::exists(bench.folder.filePath(QStringLiteral("help.zip"))));
    }
    void export_whereNothingCanBeWritten_saysSo()
    {
        HelpBench bench;
        bench.screens.diagnosis()->save(QUrl::fromLocalFile(bench.folder.filePath(QStringLiteral("none/help.zip"))));
        QCOMPARE(bench.screens.diagnosis()->problem(), 610);
        QVERIFY(bench.screens.diagnosis()->savedAs().isEmpty());
        bench.screens.show(DeskScreens::Diagnosis);
        QCOMPARE(bench.screens.diagnosis()->problem(), 0); // the page is opened anew
    }
    void log_grownOld_keepsTwoFilesWithinTheirBounds_readByTheirOwnerAlone()
    {
        HelpBench bench;
        const QString line(Log::kLineMost * 2, QLatin1Char('x'));
        for (qint64 i = 0; i < 3 * Log::kBytesMost / Log::kLineMost; ++i)
            bench.log.note(line);
        const auto files = bench.log.files();
        QCOMPARE(files.size(), 2);
        for (const auto &[name, content] : files) {
            QVERIFY(content.size() > 0 && content.size() <= Log::kBytesMost + Log::kLineMost + 40);
            QVERIFY(!content.contains(QByteArray(Log::kLineMost + 1, 'x')));
            const auto rights = QFile::permissions(bench.folder.filePath(QStringLiteral("log/") + name));
            QCOMPARE(rights & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        }
    }
    void log_ofTheServer_tellsChanges_andNotEachLook()
    {
        HelpBench bench;
        for (int i = 0; i < 5; ++i)
            bench.look();
        QCOMPARE(bench.logText().count("the server answers"), 1);
        QVERIFY(!bench.logText().contains("healthz"));
        bench.asked.clear();
        bench.health.look();
        bench.answerNext("GET", {Reached::no, 0, {}});
        QCOMPARE(bench.logText().count("the server: HF-500"), 1);
        QVERIFY(bench.logText().contains("GET /healthz: 0 HF-500"));
    }
    void contacts_heardOnce_areThereWithoutTheServer()
    {
        HelpBench bench;
        bench.asked.clear();
        bench.screens.show(DeskScreens::Help);
        QCOMPARE(bench.asked.back().path, QStringLiteral("/support/v1"));
        bench.answerNext("GET", answer(200, {{"person", QJsonObject{{"zh", "王工"}, {"en", "Wang"}}}, {"group", QJsonValue()}, {"hotline", QJsonObject{{"zh", "1"}}}, {"chat", "https://help.example.com/a"}}));
        const auto contacts = bench.screens.support()->contacts();
        QCOMPARE(contacts.size(), 1); // what is not in both languages is no contact
        QCOMPARE(contacts.at(0).value<shell::ContactView>().en, QStringLiteral("Wang"));
        QCOMPARE(bench.screens.support()->chat(), QStringLiteral("https://help.example.com/a"));
        bench.screens.show(DeskScreens::Status);
        bench.screens.support()->showContacts({});
        bench.make(); // the next start
        QCOMPARE(bench.screens.support()->contacts().size(), 1);
        for (const char *bad : {"http://help.example.com/", "javascript:alert(1)", "file:///etc/passwd"}) {
            bench.screens.show(DeskScreens::Status);
            bench.asked.clear();
            bench.screens.show(DeskScreens::Help);
            bench.answerNext("GET", answer(200, {{"chat", bad}}));
            QVERIFY2(bench.screens.support()->chat().isEmpty(), bad);
        }
    }
    void case_sent_hasTheCodesThePageAndTheWords_andItsNumberIsShown()
    {
        HelpBench bench;
        bench.look();
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(403, {{"code", "HF-208"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        bench.screens.error()->diagnose();
        QCOMPARE(bench.screens.page(), DeskScreens::Help);
        auto *support = bench.screens.support();
        support->send(QStringLiteral("  打不开 "), QStringLiteral("zh_CN"));
        support->send(QStringLiteral("twice"), QStringLiteral("zh_CN"));
        QVERIFY(support->busy());
        const auto posts = std::count_if(bench.asked.begin(), bench.asked.end(), [](const Asked &one) { return one.method == "POST"; });
        QCOMPARE(posts, 1);
        const auto sent = std::find_if(bench.asked.begin(), bench.asked.end(), [](const Asked &one) { return one.method == "POST"; });
        QCOMPARE(sent->path, QStringLiteral("/support/v1/cases"));
        const auto body = QJsonDocument::fromJson(sent->body).object();
        QCOMPARE(body.value(QLatin1String("page")).toString(), QStringLiteral("desk-error"));
        QCOMPARE(body.value(QLatin1String("language")).toString(), QStringLiteral("zh-CN"));
        QCOMPARE(body.value(QLatin1String("codes")).toArray(), QJsonArray{QStringLiteral("HF-208")});
        QCOMPARE(body.value(QLatin1String("words")).toString(), QStringLiteral("打不开 / ") + support->facts());
        bench.answerNext("POST", answer(429, {{"code", "HF-105"}}));
        QVERIFY(support->problem() == 105 && support->number().isEmpty() && !support->busy());
        support->send({}, QStringLiteral("en"));
        bench.answerNext("POST", answer(201, {{"number", "HC-00000042"}}));
        QVERIFY(support->problem() == 0 && support->number() == QStringLiteral("HC-00000042"));
    }
    void report_afterManyFailures_namesTheLastTenCodes()
    {
        HelpBench bench;
        for (int i = 0; i < 15; ++i)
            Q_EMIT bench.counter->ended(Errand(), {}, {}, 600 + i);
        QVERIFY(bench.help->report().contains(QStringLiteral("last codes: HF-605 HF-606")));
        QVERIFY(bench.help->report().contains(QStringLiteral("HF-614\n")));
        Q_EMIT bench.counter->ended(Errand(), {}, {}, Record::kCancelled); // no failure
        QVERIFY(bench.help->report().contains(QStringLiteral("HF-614\n")));
    }
};

QTEST_MAIN(TestDeskHelp)
#include "test_desk_help.moc"
