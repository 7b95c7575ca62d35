// The counter against a server that a test plays: refusals, time-outs, restarts, lost answers.
#include "app/desk/autostart.h"
#include "app/desk/stamping.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "shield/x509/sm2_der.h"
#include "tests/app/desk/desk_bench.h"
#include "tests/support/secure_element.h"

#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::desk_app;

using tests::answer;
using Bench = tests::DeskBench;

class TestCounter : public QObject {
    Q_OBJECT

    static OpeningOnPaper openingOf(Bench &bench)
    {
        OpeningOnPaper opening;
        opening.token.fill(0x11);
        opening.startedMs = bench.clock.unixMs();
        opening.manifest = bytesOf(viewOf(bench.session(1)["manifest"].toString().toStdString()));
        opening.boxKey = std::make_shared<crypto::BoxKey>(crypto::BoxKey::generate(bench.random));
        opening.files = {QStringLiteral("/nowhere/a.hufu"), QStringLiteral("/nowhere/b.hufu")};
        opening.out = QStringLiteral("/nowhere");
        return opening;
    }
    // A file that can be opened as far as its form goes, and whose preparing draws.
    static Errand errandOf(const QTemporaryDir &folder)
    {
        Errand errand;
        errand.kind = ErrandKind::open;
        errand.file = folder.filePath(QStringLiteral("cipher"));
        errand.out = folder.filePath(QStringLiteral("plain"));
        QFile file(errand.file);
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(QByteArray::fromHex("306a0220"
                                           "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
                                           "022100bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0"
                                           "0420" "1111111111111111111111111111111111111111111111111111111111111111"
                                           "040178")) < 0)
            qFatal("write");
        return errand;
    }

private Q_SLOTS:
    void identity_opened_isTheSameAgain()
    {
        Bench bench;
        QVERIFY(!bench.identity->enrolled());
        QVERIFY(bench.identity->setEnrolled("投标室").has_value());
        auto again = Identity::open(bench.store, bench.element, bench.random);
        QVERIFY(again.has_value());
        QCOMPARE(again->key().id(), bench.identity->key().id());
        QCOMPARE(again->name(), std::string("投标室"));
    }
    void identity_fullDisk_isNotEnrolled()
    {
        Bench bench;
        bench.store.full = true;
        QVERIFY(!bench.identity->setEnrolled("x").has_value());
        QVERIFY(!bench.identity->enrolled());
    }
    void identity_brokenKey_isRefused()
    {
        Bench bench;
        bench.store.files["desk-key"] = Bytes(31, 1);
        QVERIFY(!Identity::open(bench.store, bench.element, bench.random).has_value());
    }
    void start_login_showsTheCodeAndHidesItOnceClaimed()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        QVERIFY(!bench.screens.qr()->code().isNull());
        QVERIFY(bench.screens.qr()->code().width() <= 53 + 2 * eye::kQuietZone); // one pixel a module
        QCOMPARE(bench.counter->report().state, QStringLiteral("showing"));
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Claimed);
        QVERIFY(bench.screens.qr()->code().isNull());
        bench.answerNext("GET", answer(200, {{"state", "refused"}, {"version", 3}, {"code", "HF-209"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 209);
        QCOMPARE(bench.counter->report().state, QStringLiteral("failed"));
    }

    void preparing_thatTakesLong_saysSoAndCanBeLeft()
    {
        const QTemporaryDir folder;
        Bench bench;
        bench.random.stopped = true;
        bench.counter->start(errandOf(folder));
        QTRY_COMPARE(bench.random.waiting.load(), 1);
        QVERIFY(!bench.screens.qr()->slow());
        QTRY_VERIFY_WITH_TIMEOUT(bench.screens.qr()->slow(), Counter::kSlowMs + 5000);
        QCOMPARE(bench.counter->report().state, QStringLiteral("starting"));
        bench.screens.qr()->cancel();
        QCOMPARE(bench.screens.page(), DeskScreens::Status);
        // The next errand is done, whatever that one is at.
        bench.counter->start(Errand());
        QVERIFY(!bench.screens.qr()->slow());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.asked.empty(), Counter::kGivenUpMs + 5000);
        bench.answerNext("POST", answer(201, bench.session(1)));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        // What comes back late changes nothing.
        bench.random.stopped = false;
        QTRY_COMPARE(bench.random.waiting.load(), 0);
        QTest::qWait(100);
        QCOMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("plain"))));
        QVERIFY(bench.counter->leave());
    }
    void preparing_thatTookLong_saysSoNoMoreOnceItIsDone()
    {
        const QTemporaryDir folder;
        Bench bench;
        bench.random.stopped = true;
        bench.counter->start(errandOf(folder));
        QTRY_VERIFY_WITH_TIMEOUT(bench.screens.qr()->slow(), Counter::kSlowMs + 5000);
        bench.random.stopped = false;
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QTRY_VERIFY(!bench.screens.qr()->slow());
        QTRY_VERIFY(!bench.asked.empty());
        QCOMPARE(bench.asked.front().method, QByteArray("POST"));
    }
    // Each time that something comes back late, room is made for the next that does not.
    void work_thatDoesNotComeBackInTime_isGivenUpAsOftenAsItHappens()
    {
        const QTemporaryDir folder;
        Bench bench;
        for (std::size_t round = 0; round <= Counter::kBenchesMost; ++round) {
            bench.random.stopped = true;
            bench.counter->start(errandOf(folder));
            QTRY_COMPARE(bench.random.waiting.load(), 1);
            bench.asked.clear();
            bench.counter->start(Errand());
            QTRY_VERIFY_WITH_TIMEOUT(!bench.asked.empty(), Counter::kGivenUpMs + 5000);
            bench.random.stopped = false;
            QTRY_COMPARE(bench.random.waiting.load(), 0);
        }
        QVERIFY(bench.counter->leave());
    }
    void work_thatIsCancelledAndQuick_holdsUpNobody()
    {
        const QTemporaryDir folder;
        Bench bench;
        for (int i = 0; i < 20; ++i) // each cancels the one before
            bench.counter->start(errandOf(folder));
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QTRY_COMPARE(std::count_if(bench.asked.begin(), bench.asked.end(), [](const auto &asked) { return asked.method == "POST"; }), 1);
        QVERIFY(bench.counter->leave());
    }
    void leave_workThatDoesNotComeBack_isNotWaitedFor()
    {
        const QTemporaryDir folder;
        Bench bench;
        bench.random.stopped = true;
        bench.counter->start(errandOf(folder));
        QTRY_COMPARE(bench.random.waiting.load(), 1);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!bench.counter->leave());
        QVERIFY(timer.elapsed() < Counter::kFarewellMs + 5000);
        bench.random.stopped = false; // or the bench could not be taken down
        QVERIFY(bench.counter->leave());
    }

    // After a renewal: nothing is wrong with the certificate or the seal, this computer does not know them.
    void act_ofADeskThatKnowsFormerKeysAlone_saysThatItIsToBeEnrolled()
    {
        Bench bench;
        QVERIFY(bench.identity->setEnrolled("D"));
        bench.screens.status()->seal({QUrl::fromLocalFile(QStringLiteral("/x/a.pdf"))});
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QCOMPARE(bench.screens.error()->code(), 205);
        bench.screens.error()->close();
        bench.screens.status()->stamp({QUrl::fromLocalFile(QStringLiteral("/x/a.pdf"))});
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QCOMPARE(bench.screens.error()->code(), 205);
        // It asks for an enrolment as one that nobody has enrolled.
        bench.screens.error()->close();
        bench.asked.clear();
        bench.screens.status()->enrol(QStringLiteral("D"));
        QTRY_VERIFY(!bench.asked.empty());
        QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/enrolments"));
    }
    // What GB/T 38540 signs under is asked for before any code is shown.
    void stamp_whoseElectronicSealDoesNotCome_startsNoSession_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("code");
        QTest::newRow("refused") << 403 << QJsonObject{{"code", "HF-768"}} << 768;
        QTest::newRow("no hex") << 200 << QJsonObject{{"seal", "xyz"}} << 100;
        QTest::newRow("nothing") << 200 << QJsonObject() << 600; // nobody who could sign was named besides
    }
    void stamp_whoseElectronicSealDoesNotCome_startsNoSession()
    {
        QFETCH(int, status);
        QFETCH(QJsonObject, body);
        QFETCH(int, code);
        Bench bench;
        Errand errand;
        errand.kind = ErrandKind::stampPdf;
        errand.files = {QStringLiteral("/nowhere/a.pdf")};
        errand.out = QStringLiteral("/nowhere");
        auto order = std::make_shared<StampOrder>();
        order->wish.electronic = true;
        order->wish.documents.push_back({QStringLiteral("/nowhere/a.pdf"), {{0, {1}, 10, 10}}, {}});
        order->seals.push_back({QString(32, QLatin1Char('1')), QStringLiteral("company"), QStringLiteral("S"), QStringLiteral("P"), {}, {}, 40});
        errand.stamp = std::move(order);
        bench.counter->start(errand);
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QTRY_VERIFY(!bench.asked.empty() && bench.asked.front().path == QStringLiteral("/desk/v1/seals/%1/electronic").arg(QString(32, QLatin1Char('1'))));
        bench.answerNext("GET", answer(status, body));
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), code);
        QVERIFY(bench.asked.empty());
    }
    void sign_cmsWithAnEd25519Key_isRefusedBeforeACodeIsShown()
    {
        Bench bench;
        QTemporaryDir folder;
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.file = folder.filePath(QStringLiteral("a.txt"));
        errand.out = errand.file + QStringLiteral(".p7s");
        QFile file(errand.file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        bench.counter->start(errand);
        bench.answerNext("POST", answer(403, {{"code", "HF-628"}}));
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 628);
        QVERIFY(bench.screens.qr()->code().isNull());
        QVERIFY(!QFile::exists(errand.out));
    }
    void start_serverSaysNo_showsItsCode()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(401, {{"code", "HF-102"}}));
        QCOMPARE(bench.screens.error()->code(), 102);
        bench.counter->start(Errand());
        bench.answerNext("POST", {Reached::no, 0, {}});
        QCOMPARE(bench.screens.error()->code(), 500);
        bench.counter->start(Errand());
        bench.answerNext("POST", {Reached::mismatched, 0, {}});
        QCOMPARE(bench.screens.error()->code(), 501);
    }
    void start_atABusyServer_isAskedAgainForASessionOfItsOwn()
    {
        Bench bench;
        bench.counter->start(Errand());
        QByteArray first;
        for (const int status : {503, 429}) {
            QTRY_VERIFY(!bench.asked.empty());
            QVERIFY(bench.asked[0].body != first);
            first = bench.asked[0].body;
            bench.answerNext("POST", answer(status, {{"code", "HF-503"}}));
            QCOMPARE(bench.screens.page(), DeskScreens::Qr);
            QVERIFY(bench.screens.qr()->offline());
        }
        bench.answerNext("POST", {Reached::no, 0, {}}); // it was there before
        bench.answerNext("POST", answer(201, bench.session(1)));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        QVERIFY(!bench.screens.qr()->offline());
        // The silent restart likewise.
        bench.clock.advance(61'000);
        bench.answerNext("POST", answer(500, {{"code", "HF-506"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Qr);
        bench.answerNext("POST", answer(201, bench.session(2)));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
    }
    void start_answerThatIsNone_isMalformed()
    {
        Bench bench;
        for (const char *member : {"token", "frameSecret", "manifest"}) {
            QJsonObject broken = bench.session(1);
            broken.insert(QString::fromLatin1(member), QStringLiteral("zz"));
            bench.counter->start(Errand());
            bench.answerNext("POST", answer(201, broken));
            QCOMPARE(bench.screens.error()->code(), 100);
        }
    }
    void shownForAMinute_startsAgainSilently()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        bench.clock.advance(61'000);
        bench.answerNext("POST", answer(201, bench.session(2)));
        QCOMPARE(bench.screens.page(), DeskScreens::Qr);
        // Late news of the first session changes nothing.
        bench.answerNext("GET", answer(200, {{"state", "expired"}, {"version", 2}, {"code", "HF-202"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Qr);
        bench.clock.advance(121'000);
        QTRY_VERIFY(bench.screens.page() == DeskScreens::Error || !bench.asked.empty());
        bench.clock.advance(60'000);
        QTRY_COMPARE(bench.screens.error()->code(), 202);
    }
    void poll_lost_isAskedAgain()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        bench.answerNext("GET", {Reached::no, 0, {}});
        QVERIFY(bench.screens.qr()->offline());
        bench.answerNext("GET", answer(200, {{"state", "waiting"}, {"version", 1}}));
        QVERIFY(!bench.screens.qr()->offline());
    }
    void poll_ofABusyServer_isAskedAgainAndEndsNothing()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        for (const int status : {429, 500, 502, 503}) {
            bench.answerNext("GET", answer(status, {{"code", "HF-503"}}));
            QVERIFY(bench.screens.qr()->offline());
            QCOMPARE(bench.screens.page(), DeskScreens::Qr);
        }
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 3}}));
        QVERIFY(!bench.screens.qr()->offline());
        // What the server says for good ends it as ever.
        bench.answerNext("GET", answer(403, {{"code", "HF-205"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 205);
    }
    void poll_ofASessionThatTheServerHasForgotten_saysThatItsTimeIsOver()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        bench.answerNext("GET", answer(404, {{"code", "HF-103"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 202);
    }
    void cancel_tellsTheServer()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        bench.screens.qr()->cancel();
        QCOMPARE(bench.screens.page(), DeskScreens::Status);
        bench.answerNext("DELETE", answer(204, {}));
        // The answer of the poll that was under way is of no interest.
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Status);
    }
    // A server that lets the person approve something else than the window shows.
    void session_ofAnotherManifest_isNeverShown()
    {
        Bench bench;
        intent::Manifest other;
        other.platform = {"bid.example", "招标平台"};
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1, other)));
        QCOMPARE(bench.screens.error()->code(), 208);
        QVERIFY(bench.screens.qr()->code().isNull());
        QVERIFY(bench.asked.size() == 1 && bench.asked[0].method == "DELETE"); // no byte was attached
    }
    void failure_onThisSide_tellsTheServer()
    {
        Bench bench;
        Errand errand; // its bytes cannot be attached
        QTemporaryDir folder;
        errand.kind = ErrandKind::sign;
        errand.form = intent::Form::bare;
        errand.file = folder.filePath(QStringLiteral("a.txt"));
        errand.out = folder.filePath(QStringLiteral("a.sig"));
        QFile file(errand.file);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        file.close();
        bench.counter->start(errand);
        intent::Manifest asked;
        asked.act = intent::Act::sign;
        asked.form = intent::Form::bare;
        asked.files = {{"a.txt", 1, crypto::sm3(viewOf(std::string_view("x"))), 0}};
        bench.answerNext("POST", answer(201, bench.session(1, asked)));
        // A server that is busy or away for a moment is asked again.
        for (const ServerAnswer &passing : {ServerAnswer(), answer(503, {{"code", "HF-503"}}), answer(429, {{"code", "HF-105"}})}) {
            bench.answerNext("PUT", passing);
            QVERIFY(bench.screens.qr()->offline());
            QCOMPARE(bench.screens.page(), DeskScreens::Qr);
        }
        bench.answerNext("PUT", answer(422, {{"code", "HF-208"}}));
        QCOMPARE(bench.screens.error()->code(), 208);
        QVERIFY(bench.asked.size() == 1 && bench.asked[0].method == "DELETE");
        QVERIFY(bench.asked[0].path.endsWith(QString(32, QChar('1'))));
        // Not for ever.
        bench.asked.clear();
        bench.counter->start(errand);
        bench.answerNext("POST", answer(201, bench.session(2, asked)));
        bench.clock.advance(180'000);
        bench.answerNext("PUT", answer(503, {{"code", "HF-503"}}));
        QCOMPARE(bench.screens.error()->code(), 503);
        // The time of its session ran out meanwhile: another one is begun.
        bench.asked.clear();
        bench.counter->start(errand);
        bench.answerNext("POST", answer(201, bench.session(3, asked)));
        bench.answerNext("PUT", answer(410, {{"code", "HF-202"}}));
        bench.answerNext("POST", answer(201, bench.session(4, asked)));
        bench.answerNext("PUT", answer(204, {}));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        bench.screens.qr()->cancel();
        // The poll is answered with what is not JSON of ours.
        bench.asked.clear();
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(2)));
        bench.answerNext("GET", answer(200, {{"state", "dancing"}}));
        QCOMPARE(bench.screens.error()->code(), 100);
        QVERIFY(bench.asked.size() == 1 && bench.asked[0].method == "DELETE");
        QVERIFY(bench.asked[0].path.endsWith(QString(32, QChar('2'))));
    }
    void failure_thatTheServerTold_isNotToldBack_data()
    {
        QTest::addColumn<QString>("state");
        for (const char *state : {"refused", "failed"})
            QTest::newRow(state) << QString::fromLatin1(state);
    }
    void failure_thatTheServerTold_isNotToldBack()
    {
        QFETCH(QString, state);
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        bench.answerNext("GET", answer(200, {{"state", state}, {"version", 3}, {"code", "HF-301"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 301);
        QVERIFY(!bench.screens.error()->retryPossible()); // the phone is locked: another code comes to nothing
        QVERIFY(bench.asked.empty());
        QCOMPARE(bench.counter->report().state, QStringLiteral("failed"));
    }
    void approved_withoutAProof_isRefused()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        bench.answerNext(
            "GET", answer(200, {{"state", "approved"},
                                {"version", 3},
                                {"outcome", QJsonObject{{"manifest", bench.session(1).value("manifest")}}}}));
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.counter->report().state, QStringLiteral("failed"));
    }
    void journal_written_isReadAgainAndForgotten()
    {
        tests::MemoryDeviceStore store;
        tests::OpenElement element;
        auto journal = Journal::open(store, element);
        QVERIFY(journal && journal->sealings().empty());
        const SealingOnPaper sealing{{{1}}, {{QStringLiteral("aa"), QStringLiteral("/home/李/a.hufu"), {7, 1ULL << 40}}}};
        const auto number = journal->add(sealing);
        QVERIFY(number && journal->addToken(*number, {2}));
        auto again = Journal::open(store, element);
        QVERIFY(again && again->sealings().size() == 1);
        QCOMPARE(again->sealings().begin()->second.tokens.size(), std::size_t{2});
        QVERIFY(again->sealings().begin()->second.bids == sealing.bids);
        QVERIFY(!again->sealings().begin()->second.isDecided);
        journal->keepOnly(*number, sealing.bids, true);
        QVERIFY(Journal::open(store, element)->sealings().begin()->second.isDecided);
        // A file that is cut off anywhere is no reason not to start.
        const Bytes whole = store.files.at(Journal::kFile);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            store.files[Journal::kFile] = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            const auto cut = Journal::open(store, element);
            QVERIFY(cut && cut->sealings().empty());
        }
        store.full = true;
        QVERIFY(!journal->add(sealing));
        QCOMPARE(journal->sealings().size(), std::size_t{1});
        store.full = false;
        journal->remove(*number);
        QVERIFY(!store.files.contains(Journal::kFile));
    }
    // As the desk wrote them before it knew the folders' places, and what was opened by its envelope.
    void journal_ofAFormerVersion_isRead()
    {
        Bench bench;
        const std::string id(64, 'a');
        bench.store.files[Journal::kFile] = Writer().u8(1).u16(1).u16(1).raw(ByteArray<16>{5}).u16(1).text(id).text("/x/a.hufu").take();
        const OpeningOnPaper opening = openingOf(bench);
        Writer writer;
        writer.u8(1).raw(opening.token).u64(static_cast<std::uint64_t>(opening.startedMs)).blob32(opening.manifest).blob16(opening.boxKey->secretKey().expose());
        writer.u16(1).text("/x/a.hufu").text("/x").text("").u16(1).u8(0).text("/x/a.pdf");
        bench.store.files[Journal::kOpeningFile] = writer.take();
        bench.store.files[Journal::kOpenedFile] = Writer().u8(1).u16(1).text(id).take();
        const auto read = Journal::open(bench.store, bench.element);
        QVERIFY(read && read->sealings().size() == 1);
        const SealingOnPaper sealing{{{5}}, {{QString::fromStdString(id), QStringLiteral("/x/a.hufu")}}};
        QVERIFY(read->sealings().begin()->second == sealing);
        QVERIFY(read->opening() && read->opening()->done.empty() && read->opening()->manifest == opening.manifest);
        QCOMPARE(read->opening()->files, QStringList{QStringLiteral("/x/a.hufu")});
        QCOMPARE(read->opened().size(), 1);
        // Nor is one of a version to come read as another.
        for (const char *file : {Journal::kFile, Journal::kOpeningFile, Journal::kOpenedFile})
            bench.store.files[file][0] = 3;
        const auto later = Journal::open(bench.store, bench.element);
        QVERIFY(later && later->sealings().empty() && !later->opening() && later->opened().isEmpty());
    }
    // The last run was killed between approval and file, or after it: only the person knows.
    void takeUp_ofASealingWithoutItsFile_asksThePerson_undoesItOnTheirWordAndForgetsItOnlyThen()
    {
        Bench bench;
        QTemporaryDir folder;
        const auto number = bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), folder.filePath(QStringLiteral("a.hufu")), placeOf(folder.path())}}});
        QVERIFY(number);
        QSignalSpy undone(bench.counter.get(), &Counter::sealingUndone);
        bench.counter->takeUp();
        QTRY_COMPARE(bench.screens.status()->lost(), QStringList{QStringLiteral("a.hufu")});
        QCOMPARE(bench.screens.status()->lostFolder(), folder.path());
        QCOMPARE(bench.screens.page(), DeskScreens::Status);
        QVERIFY(undone.isEmpty());
        // Its session is ended, whatever they will say: nobody approves now what no file can come of.
        QCOMPARE(bench.asked.size(), std::size_t{1});
        QCOMPARE(bench.asked[0].method, QByteArray("DELETE"));
        QCOMPARE(bench.asked[0].path, QStringLiteral("/desk/v1/sessions/11") + QString(30, QLatin1Char('0')));
        bench.screens.status()->answerLost(true);
        QVERIFY(bench.screens.status()->lost().isEmpty());
        QTRY_COMPARE(undone.size(), 1);
        // Said once, it holds: the next start does not ask again while the server has not heard it.
        {
            Bench next;
            next.store.files = bench.store.files;
            *next.journal = *Journal::open(next.store, next.element);
            QSignalSpy again(next.counter.get(), &Counter::sealingUndone);
            next.counter->takeUp();
            QTRY_COMPARE(again.size(), 1);
            QVERIFY(next.screens.status()->lost().isEmpty());
        }
        QCOMPARE(undone[0][1].toStringList().size(), 1);
        QCOMPARE(undone[0][2].toStringList(), QStringList{QStringLiteral("aa")});
        QVERIFY(bench.store.files.contains(Journal::kFile));
        bench.counter->forget(*number);
        QVERIFY(!bench.store.files.contains(Journal::kFile));
    }
    // What is saved names nobody: numbers and hashes, in a chain that the desk has signed.
    void evidence_ofAnAct_saysWhatHappenedAndNoName()
    {
        Bench bench;
        QTemporaryDir folder;
        QVERIFY(bench.identity->setEnrolled("投标室 3 号机"));
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.file = folder.filePath(QStringLiteral("secret-tender.txt"));
        errand.out = folder.filePath(QStringLiteral("secret-tender.p7s"));
        QFile file(errand.file);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("our price is 7") == 14);
        file.close();
        intent::Manifest asked;
        asked.act = intent::Act::sign;
        asked.form = intent::Form::cms;
        asked.files = {{"secret-tender.txt", 14, crypto::sm3(viewOf(std::string_view("our price is 7"))), 0}};
        QVERIFY(bench.screens.evidence()->caseId().isEmpty());
        bench.counter->start(errand);
        bench.answerNext("POST", answer(201, bench.session(1, asked)));
        bench.answerNext("GET", answer(503, {{"code", "HF-503"}}));
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        bench.answerNext("GET", answer(200, {{"state", "refused"}, {"version", 3}, {"code", "HF-209"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        const QString caseId = bench.screens.evidence()->caseId();
        QCOMPARE(caseId.size(), 32);
        bench.screens.evidence()->save(QUrl::fromLocalFile(folder.path()));
        const QString saved = bench.screens.evidence()->file();
        QCOMPARE(QFileInfo(saved).fileName(), QStringLiteral("hufu-evidence-%1.jsonl").arg(caseId.left(8)));
        QFile evidence(saved);
        QVERIFY(evidence.open(QIODevice::ReadOnly));
        const QByteArray text = evidence.readAll();
        const auto bundle = audit::Bundle::parse(text.toStdString());
        QVERIFY(bundle && audit::judge(*bundle, bench.identity->key().id()).holds());
        QStringList steps;
        for (const auto &entry : bundle->entries)
            steps << QString::fromUtf8(audit::nameOf(static_cast<audit::Step>(entry->entry.event)));
        QCOMPARE(steps, (QStringList{QStringLiteral("begun"), QStringLiteral("session-opened"), QStringLiteral("server-busy"), QStringLiteral("server-back"), QStringLiteral("claimed"), QStringLiteral("failed")}));
        QCOMPARE(bundle->entries.back()->entry.code, std::uint16_t{209});
        QCOMPARE(bundle->entries[1]->entry.object, crypto::sm3(viewOf(bench.session(1, asked)["manifest"].toString().toStdString())));
        for (const QByteArray &secret : {QByteArray("secret"), QByteArray("tender"), QByteArray("price"), QByteArray("投标"), QByteArray(32, '7'), folder.path().toUtf8()})
            QVERIFY2(!text.contains(secret), secret.constData());
        // A second one is beside the first, which stays; where nothing can be written, that is said.
        bench.screens.evidence()->save(QUrl::fromLocalFile(folder.path()));
        QVERIFY(bench.screens.evidence()->file() != saved && QFile::exists(bench.screens.evidence()->file()));
        bench.screens.evidence()->save(QUrl::fromLocalFile(folder.filePath(QStringLiteral("nowhere"))));
        QVERIFY(bench.screens.evidence()->file().isEmpty());
        QCOMPARE(bench.screens.evidence()->problem(), 610);
        // The next act is another case.
        bench.counter->start(errand);
        QVERIFY(bench.screens.evidence()->caseId() != caseId);
    }
    void takeUp_ofASealingWhoseFileIsElsewhere_leavesItsBidOnTheList()
    {
        Bench bench;
        QTemporaryDir folder;
        for (const char *name : {"a.hufu", "b.hufu"})
            QVERIFY(bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), folder.filePath(QLatin1String(name)), placeOf(folder.path())}, {QStringLiteral("bb"), QStringLiteral("/nowhere/c.hufu"), {1, 1}}}}));
        QSignalSpy undone(bench.counter.get(), &Counter::sealingUndone);
        bench.counter->takeUp();
        for (const char *name : {"a.hufu", "b.hufu"}) { // one sealing after the other
            QTRY_COMPARE(bench.screens.status()->lost(), QStringList{QLatin1String(name)});
            bench.screens.status()->answerLost(false);
        }
        QVERIFY(bench.screens.status()->lost().isEmpty() && undone.isEmpty());
        // What could not be looked at stays on paper.
        QCOMPARE(bench.journal->sealings().size(), std::size_t{2});
        QCOMPARE(bench.journal->sealings().begin()->second.bids.size(), std::size_t{1});
        QCOMPARE(bench.journal->sealings().begin()->second.bids[0].id, QStringLiteral("bb"));
        bench.screens.status()->answerLost(true); // nothing is asked any more
        QVERIFY(undone.isEmpty());
    }
    // An empty mount point that stays when its stick or share is away is another folder of the same name.
    void takeUp_ofASealingWhoseFolderIsAnotherOne_isNeitherUndoneNorAskedAbout()
    {
        Bench bench;
        QTemporaryDir folder;
        const QString mount = folder.filePath(QStringLiteral("share"));
        QVERIFY(QDir().mkpath(mount));
        QVERIFY(bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), mount + QStringLiteral("/a.hufu"), placeOf(mount)}}}));
        QVERIFY(QDir().rename(mount, folder.filePath(QStringLiteral("unmounted"))) && QDir().mkpath(mount));
        QFile other(mount + QStringLiteral("/a.hufu")); // whatever lies there
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("x") == 1);
        other.close();
        const auto found = envelopesOf(bench.journal->sealings().begin()->second.bids);
        QVERIFY(found.lost.empty() && found.unknown.size() == 1);
        QSignalSpy undone(bench.counter.get(), &Counter::sealingUndone);
        bench.counter->takeUp();
        QVERIFY(!QTest::qWaitFor([&] { return !undone.isEmpty() || !bench.screens.status()->lost().isEmpty() || bench.journal->sealings().empty(); }, 300));
        // It is back, and empty: now the person is asked.
        QVERIFY(other.remove() && QDir().rmdir(mount) && QDir().rename(folder.filePath(QStringLiteral("unmounted")), mount));
        bench.counter->takeUp();
        QTRY_COMPARE(bench.screens.status()->lost(), QStringList{QStringLiteral("a.hufu")});
        QVERIFY(undone.isEmpty());
    }
    // FAT, btrfs and shares number a folder anew when they are mounted again: it is the same by what was sealed there.
    void takeUp_ofASealingWhoseFolderHasAnotherNumber_knowsItByItsFile()
    {
        Bench bench;
        QTemporaryDir folder;
        const QString mount = folder.filePath(QStringLiteral("stick")), source = mount + QStringLiteral("/a.pdf");
        QVERIFY(QDir().mkpath(mount));
        const auto write = [&source](const QByteArray &content) {
            QFile file(source);
            return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
        };
        const QByteArray content = QByteArray(200'000, 'a');
        QVERIFY(write(content));
        const Witness witness = witnessOf(source, mount);
        QCOMPARE(witness.name, QStringLiteral("a.pdf"));
        QVERIFY(bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), mount + QStringLiteral("/a.hufu"), {1, 1}, witness}}}));
        const auto paper = [&bench] { return Journal::open(bench.store, bench.element)->sealings().begin()->second.bids; };
        QVERIFY(paper() == bench.journal->sealings().begin()->second.bids);
        for (const QByteArray &other : {QByteArray(), QByteArray(200'000, 'b'), content + 'a', content.left(199'999) + 'b', 'b' + content.mid(1)}) { // another folder, under the same name
            QVERIFY(write(other));
            QCOMPARE(envelopesOf(paper()).unknown.size(), std::size_t{1});
        }
        QVERIFY(QFile::remove(source));
        QCOMPARE(envelopesOf(paper()).unknown.size(), std::size_t{1});
        QVERIFY(write(content));
        QCOMPARE(envelopesOf(paper()).lost.size(), std::size_t{1});
        bench.counter->takeUp();
        QTRY_COMPARE(bench.screens.status()->lost(), QStringList{QStringLiteral("a.hufu")}); // never came to be: the person says what is to become of it
    }
    void witness_ofAnotherFolderOrOfNothing_isNone()
    {
        QTemporaryDir folder, other;
        QFile file(folder.filePath(QStringLiteral("a.pdf")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(witnessOf(file.fileName(), folder.path()) == Witness{});
        QVERIFY(file.write("x") == 1 && file.flush());
        QVERIFY(!witnessOf(file.fileName(), folder.path()).name.isEmpty());
        QVERIFY(witnessOf(file.fileName(), other.path()) == Witness{});
        QVERIFY(witnessOf(folder.filePath(QStringLiteral("none")), folder.path()) == Witness{});
    }
    // What a program of before has written is still read.
    void journal_sealingsOfAFormerVersion_areReadAgain()
    {
        Bench bench;
        for (const std::uint8_t version : {std::uint8_t{1}, std::uint8_t{2}}) {
            Writer writer;
            writer.u8(version).u16(1);
            if (version == 2) writer.u8(1);
            writer.u16(1).raw(ByteArray<16>{0x11}).u16(1).text("aa").text("/nowhere/a.hufu");
            if (version == 2) writer.u64(3).u64(4);
            bench.store.files[Journal::kFile] = writer.take();
            const auto read = Journal::open(bench.store, bench.element);
            QVERIFY(read && read->sealings().size() == 1);
            const SealingOnPaper expected{{ByteArray<16>{0x11}}, {{QStringLiteral("aa"), QStringLiteral("/nowhere/a.hufu"), version == 2 ? Place{3, 4} : Place{}}}, version == 2};
            QVERIFY(read->sealings().begin()->second == expected);
        }
    }
    void removed_desk_forgetsWhatItWouldHaveToldTheServer()
    {
        Bench bench;
        QTemporaryDir folder;
        QVERIFY(bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), folder.filePath(QStringLiteral("a.hufu"))}}}));
        QVERIFY(bench.journal->setOpening(openingOf(bench)));
        bench.journal->addOpened({QStringLiteral("bb")});
        QSignalSpy undone(bench.counter.get(), &Counter::sealingUndone);
        bench.counter->takeUp();
        QTRY_VERIFY(!bench.screens.status()->lost().isEmpty());
        bench.counter->left();
        QVERIFY(bench.screens.status()->lost().isEmpty());
        for (const char *file : {Journal::kFile, Journal::kOpeningFile, Journal::kOpenedFile})
            QVERIFY2(!bench.store.files.contains(file), file);
        const auto again = Journal::open(bench.store, bench.element);
        QVERIFY(again && again->sealings().empty() && !again->opening() && again->opened().isEmpty());
        bench.screens.status()->answerLost(true);
        QVERIFY(undone.isEmpty());
    }
    void journal_tooMuch_saysThatItIsNotTheDisk()
    {
        Bench bench;
        for (std::size_t i = 0; i < Journal::kMost; ++i)
            QVERIFY(bench.journal->add({{{1}}, {{QStringLiteral("aa"), QStringLiteral("a")}}}));
        const auto more = bench.journal->add({{{1}}, {{QStringLiteral("aa"), QStringLiteral("a")}}});
        QVERIFY(!more && more.error().code == Errc::locked);
        QCOMPARE(bench.journal->sealings().size(), Journal::kMost);
        bench.journal->remove(bench.journal->sealings().begin()->first);
        bench.store.full = true;
        const auto full = bench.journal->add({{{1}}, {{QStringLiteral("aa"), QStringLiteral("a")}}});
        QVERIFY(!full && full.error().code == Errc::unavailable);
    }
    void journal_opening_isReadAgainWithItsKey()
    {
        Bench bench;
        OpeningOnPaper opening = openingOf(bench);
        QVERIFY(bench.journal->setOpening(opening));
        bench.journal->addDone(QStringLiteral("/nowhere/b.hufu"), QStringLiteral("/x/b.pdf"));
        const auto again = Journal::open(bench.store, bench.element);
        QVERIFY(again && again->opening());
        QCOMPARE(again->opening()->token, opening.token);
        QCOMPARE(again->opening()->files, opening.files);
        QCOMPARE(again->opening()->done.at(QStringLiteral("/nowhere/b.hufu")), QStringLiteral("/x/b.pdf"));
        QCOMPARE(again->opening()->manifest, opening.manifest);
        const auto box = crypto::sealBox(opening.boxKey->publicKey(), viewOf(std::string_view("key")), bench.random);
        QVERIFY(box && crypto::openBox(*again->opening()->boxKey, *box));
        // Cut off anywhere, it is no reason not to start; nor is a full disk one not to open.
        const Bytes whole = bench.store.files.at(Journal::kOpeningFile);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            bench.store.files[Journal::kOpeningFile] = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            const auto cut = Journal::open(bench.store, bench.element);
            QVERIFY(cut && !cut->opening());
        }
        bench.store.full = true;
        QVERIFY(!bench.journal->setOpening(opening));
        QVERIFY(!bench.journal->opening() && !bench.store.files.contains(Journal::kOpeningFile));
    }
    void journal_keyOfAnOpening_liesSealedInItsFile()
    {
        Bench bench;
        tests::MemoryElement element;
        auto journal = Journal::open(bench.store, element);
        const OpeningOnPaper opening = openingOf(bench);
        QVERIFY(journal && journal->setOpening(opening));
        const Bytes &file = bench.store.files.at(Journal::kOpeningFile);
        const ByteView secret = opening.boxKey->secretKey().expose();
        QVERIFY(std::search(file.begin(), file.end(), secret.begin(), secret.end()) == file.end());
        tests::MemoryElement another(2);
        const auto elsewhere = Journal::open(bench.store, another);
        QVERIFY(elsewhere && !elsewhere->opening());
    }
    // Each seal that signs is asked for once.
    void stamp_ofSeveralElectronically_asksForEachSealOnce()
    {
        Bench bench;
        Errand errand;
        errand.kind = ErrandKind::stampPdf;
        errand.out = QStringLiteral("/nowhere");
        auto order = std::make_shared<StampOrder>();
        order->wish.electronic = true;
        for (const int seal : {0, 1, 0, 1}) {
            errand.files << QStringLiteral("/nowhere/%1.pdf").arg(errand.files.size());
            order->wish.documents.push_back({errand.files.back(), {{seal, {1}, 10, 10}}, {}});
        }
        order->wish.documents.push_back({QStringLiteral("/nowhere/broken.pdf"), {}, {}});
        for (const char *grant : {"1", "2"})
            order->seals.push_back({QString::fromLatin1(grant).repeated(32), QStringLiteral("company"), QStringLiteral("S"), QStringLiteral("P"), {}, {}, 40});
        errand.stamp = std::move(order);
        bench.counter->start(errand);
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QSet<QString> asked;
        for (int i = 0; i < 2; ++i) {
            QTRY_COMPARE(bench.asked.size(), std::size_t{1});
            asked.insert(bench.asked.front().path);
            bench.answerNext("GET", answer(200, {{"seal", "3000"}}));
        }
        QCOMPARE(asked, (QSet<QString>{QStringLiteral("/desk/v1/seals/%1/electronic").arg(QString(32, '1')), QStringLiteral("/desk/v1/seals/%1/electronic").arg(QString(32, '2'))}));
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error); // nobody who could sign was named besides
        QVERIFY(bench.asked.empty());
    }
    void stamp_ofMoreThanOneApprovalTakes_isRefused()
    {
        Bench bench;
        QList<QUrl> files;
        for (int i = 0; i < 65; ++i)
            files << QUrl::fromLocalFile(QStringLiteral("/nowhere/%1.pdf").arg(i));
        bench.screens.status()->stamp(files);
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 651);
        QVERIFY(bench.asked.empty());
    }
    // Each of them says by how many, and nothing is asked of the server.
    void files_moreThanOneApprovalTakes_areRefusedWithTheirNumber()
    {
        QList<QUrl> files;
        for (int i = 0; i < 67; ++i)
            files << QUrl::fromLocalFile(QStringLiteral("/nowhere/%1.hufu").arg(i));
        using Ask = void (*)(StatusModel &, const QList<QUrl> &);
        for (const Ask ask : {Ask([](StatusModel &status, const QList<QUrl> &all) { status.open(all); }), Ask([](StatusModel &status, const QList<QUrl> &all) { status.seal(all); }),
                              Ask([](StatusModel &status, const QList<QUrl> &all) { status.stamp(all); }), Ask([](StatusModel &status, const QList<QUrl> &all) { status.sign(all, false); })}) {
            Bench bench;
            QVERIFY(bench.identity->setEnrolled("D"));
            QSignalSpy ended(bench.counter.get(), &Counter::ended);
            ask(*bench.screens.status(), files);
            QCOMPARE(bench.screens.page(), DeskScreens::Error);
            QCOMPARE(bench.screens.error()->code(), 651);
            QCOMPARE(bench.screens.error()->tooMany(), 3);
            QVERIFY(!bench.screens.error()->retryPossible());
            QVERIFY(bench.asked.empty() && ended.isEmpty());
            bench.screens.error()->close();
            QCOMPARE(bench.screens.page(), DeskScreens::Status);
        }
    }
    void files_addedToABid_beyondWhatItTakes_areNotAddedInPart()
    {
        SealModel model;
        QList<QUrl> files;
        for (int i = 0; i < SealModel::kFilesMost - 1; ++i)
            files << QUrl::fromLocalFile(QStringLiteral("/nowhere/%1.pdf").arg(i));
        model.begin(files);
        QCOMPARE(model.files().size(), SealModel::kFilesMost - 1);
        const auto url = [](const char *name) { return QUrl::fromLocalFile(QStringLiteral("/nowhere/") + QLatin1String(name)); };
        model.addFiles({url("a"), url("b"), url("0.pdf")}); // the last one is there already
        QCOMPARE(model.tooMany(), 1);
        QCOMPARE(model.files().size(), SealModel::kFilesMost - 1);
        model.addFiles({url("a")});
        QCOMPARE(model.tooMany(), 0);
        QCOMPARE(model.files().size(), SealModel::kFilesMost);
        model.addFiles({url("b")});
        QCOMPARE(model.tooMany(), 1);
        model.removeFile(0);
        QCOMPARE(model.tooMany(), 0);
    }
    void claimed_code_countsDownWhatThePhoneHas()
    {
        Bench bench;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(201, bench.session(1)));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
        QCOMPARE(bench.screens.qr()->secondsTotal(), 180);
        bench.clock.advance(5'000);
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        QTRY_COMPARE(bench.screens.qr()->secondsLeft(), 120); // of a log-in
        QCOMPARE(bench.screens.qr()->secondsTotal(), 120);
        bench.clock.advance(61'000);
        QTRY_COMPARE(bench.screens.qr()->secondsLeft(), 59);
        bench.clock.advance(600'000);
        QTRY_COMPARE(bench.screens.qr()->secondsLeft(), 0);
        QCOMPARE(bench.screens.page(), DeskScreens::Qr); // it is the server that ends it
        bench.screens.qr()->cancel();
        bench.counter->start(Errand());
        QCOMPARE(bench.screens.qr()->secondsTotal(), 180);
    }
    // The server compares signs, and a wrong one costs one of three tries.
    void digits_typedByAChineseInputMethod_areSentAsThePhoneShowsThem()
    {
        for (const QString &typed : {QStringLiteral("1234"), QStringLiteral("１２３４"), QStringLiteral("1２3４")}) {
            Bench bench;
            bench.counter->start(Errand());
            bench.answerNext("POST", answer(201, bench.session(1)));
            QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Showing);
            bench.screens.qr()->typeDigits(typed);
            QVERIFY(bench.asked.back().path.endsWith(QLatin1String("/digits")));
            const QJsonObject body = QJsonDocument::fromJson(bench.asked.back().body).object();
            QCOMPARE(body["digits"].toString(), QStringLiteral("1234"));
        }
    }
    // Whose company asks for it, his desk names what the phone shall open, before a code is shown; of a lone ciphertext, too.
    void open_underAPolicyThatNamesCiphertexts_asksForThatOne()
    {
        QTemporaryDir folder;
        for (const bool isNamed : {true, false}) {
            Bench bench;
            const auto ciphertext = *crypto::sm2Encrypt(crypto::Point::generator(), viewOf(std::string_view("a key")), bench.random);
            const Bytes der = *x509::sm2CipherDer(ciphertext);
            QFile file(folder.filePath(QStringLiteral("key.der")));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(reinterpret_cast<const char *>(der.data()), static_cast<qint64>(der.size())) > 0);
            file.close();
            Errand errand;
            errand.kind = ErrandKind::open;
            errand.file = file.fileName();
            errand.out = folder.filePath(QStringLiteral("key.out"));
            bench.counter->start(errand);
            QTRY_VERIFY(!bench.asked.empty());
            QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/certificates"));
            bench.answerNext("GET", answer(200, {{"holders", QJsonArray{QJsonObject{{"account", "a"}, {"namedCiphertext", isNamed}}}}}));
            QTRY_VERIFY(!bench.asked.empty());
            QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/sessions"));
            const QJsonObject body = QJsonDocument::fromJson(bench.asked.front().body).object();
            const QJsonValue c1 = body["manifest"]["files"][0]["c1"];
            QCOMPARE(c1.toString(), isNamed ? QString::fromStdString(toHex(*ciphertext.c1.encode())) : QString());
            QVERIFY(!body.contains(QLatin1String("account"))); // whoever has enrolled the desk
            bench.screens.qr()->cancel();
        }
    }
    // The server need not be there for that.
    void open_ofWhatIsNoCiphertext_isRefusedBeforeAnybodyIsAsked()
    {
        QTemporaryDir folder;
        Bench bench;
        Errand errand = errandOf(folder);
        QFile file(errand.file);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(QByteArray(200, 'x')) == 200);
        file.close();
        bench.counter->start(errand);
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 603);
        QVERIFY(bench.asked.empty());
        QVERIFY(!QFile::exists(errand.out));
    }
    void rest_ofAnOpening_isWhatIsShut_andWhoeverCanOpenIt()
    {
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = {QStringLiteral("/x/a.hufu"), QStringLiteral("/x/b.hufu"), QStringLiteral("/x/c.hufu")};
        errand.out = QStringLiteral("/x");
        errand.person = QStringLiteral("acct");
        Finished finished;
        for (const QString &file : errand.files) {
            Bid bid;
            bid.source = file;
            bid.problem = file.contains(QLatin1Char('b')) ? 0 : 611;
            finished.bids.push_back(bid);
        }
        const Errand rest = restOf(errand, finished);
        QCOMPARE(rest.kind, ErrandKind::openBids);
        QCOMPARE(rest.files, (QStringList{QStringLiteral("/x/a.hufu"), QStringLiteral("/x/c.hufu")}));
        QCOMPARE(rest.out, errand.out);
        QVERIFY(rest.person.isEmpty());
        errand.kind = ErrandKind::sealBids; // under the same name as the others
        QCOMPARE(restOf(errand, finished).person, QStringLiteral("acct"));
        errand.kind = ErrandKind::stampPdf;
        auto order = std::make_shared<StampOrder>();
        for (const QString &file : errand.files)
            order->wish.documents.push_back({file, {{0, {1}, 10, 10}}, {}});
        errand.stamp = order;
        const Errand stamping = restOf(errand, finished);
        QCOMPARE(stamping.stamp->wish.documents.size(), std::size_t{2});
        QCOMPARE(stamping.stamp->wish.documents[1].file, QStringLiteral("/x/c.hufu"));
        QCOMPARE(order->wish.documents.size(), std::size_t{3});
    }
    void rest_leavesOutWhatNoRepetitionHelps_data()
    {
        QTest::addColumn<ErrandKind>("kind");
        QTest::addColumn<int>("problem");
        QTest::addColumn<bool>("isOfFile");
        for (const int problem : {600, 602, 603, 614, 650})
            QTest::addRow("an opening: HF-%d", problem) << ErrandKind::openBids << problem << true;
        for (const int problem : {0, 209, 507, 604, 606, 607, 610, 611, 612, 651})
            QTest::addRow("an opening: HF-%d", problem) << ErrandKind::openBids << problem << false;
        for (const int problem : {620, 621, 622, 623})
            QTest::addRow("a stamping: HF-%d", problem) << ErrandKind::stampPdf << problem << true;
        for (const int problem : {600, 602, 612, 624})
            QTest::addRow("a stamping: HF-%d", problem) << ErrandKind::stampPdf << problem << false;
        QTest::addRow("bare: HF-605") << ErrandKind::sign << 605 << true;
        QTest::addRow("for others' software: HF-630") << ErrandKind::encryptFiles << 630 << true;
        QTest::addRow("a sealing: HF-631") << ErrandKind::sealBids << 631 << true;
        QTest::addRow("bare: HF-602") << ErrandKind::sign << 602 << false;
    }
    void rest_leavesOutWhatNoRepetitionHelps()
    {
        QFETCH(ErrandKind, kind);
        QFETCH(int, problem);
        QFETCH(bool, isOfFile);
        QCOMPARE(desk_app::isOfFile(kind, problem), isOfFile);
        Errand errand;
        errand.kind = kind;
        errand.files = {QStringLiteral("/x/a"), QStringLiteral("/x/b")};
        Finished finished;
        for (const QString &file : errand.files) {
            Bid bid;
            bid.source = file;
            bid.problem = file.endsWith(QLatin1Char('a')) ? problem : 611;
            finished.bids.push_back(bid);
        }
        QCOMPARE(restOf(errand, finished).files.contains(QStringLiteral("/x/a")), problem != 0 && !isOfFile);
        QVERIFY(restOf(errand, finished).files.contains(QStringLiteral("/x/b")));
    }
    void rest_askedForWithoutAResult_beginsNothing()
    {
        Bench bench;
        bench.screens.show(DeskScreens::Outcome);
        bench.screens.outcome()->askRest();
        QCOMPARE(bench.screens.page(), DeskScreens::Outcome);
        QVERIFY(bench.asked.empty());
    }
    void desk_onceEnrolled_startsWithTheSession_unlessItsPersonHasChosen()
    {
        QTemporaryDir folder;
        const Autostart autostart(folder.path(), {QStringLiteral("hufu-desk")});
        const auto endOf = [](Bench &bench, ErrandKind kind, int problem) {
            Errand errand;
            errand.kind = kind;
            Q_EMIT bench.counter->ended(errand, {}, {}, problem);
        };
        {
            Bench bench;
            SettingsModel &settings = *bench.screens.settings();
            settings.keepIn(folder.filePath(QStringLiteral("settings.ini")));
            startOnceEnrolled(autostart, settings, *bench.counter);
            endOf(bench, ErrandKind::login, 0);
            endOf(bench, ErrandKind::enrol, 209);
            QVERIFY(!autostart.isOn() && !settings.autostart());
            endOf(bench, ErrandKind::enrol, 0);
            QVERIFY(autostart.isOn() && settings.autostart());
            settings.startWithSession(false); // what the switch does
            QVERIFY(autostart.set(false));
            endOf(bench, ErrandKind::enrol, 0); // one more person
            QVERIFY(!autostart.isOn());
        }
        Bench next;
        next.screens.settings()->keepIn(folder.filePath(QStringLiteral("settings.ini")));
        startOnceEnrolled(autostart, *next.screens.settings(), *next.counter);
        endOf(next, ErrandKind::enrol, 0);
        QVERIFY(!autostart.isOn());
    }
    // The last run was killed while the phone had the stamping.
    void takeUp_ofAStampingThatThePhoneHas_goesOn_andSaysSoIfItCannot()
    {
        StampingOnPaper stamping;
        stamping.token.fill(0x11);
        stamping.person = QStringLiteral("acct");
        stamping.out = QStringLiteral("/nowhere");
        stamping.wish.documents = {StampWish::Document{QStringLiteral("/nowhere/a.pdf"), {}, {}}};
        for (const char *state : {"approved", "waiting"}) {
            Bench bench;
            stamping.startedMs = bench.clock.unixMs();
            stamping.manifest = bytesOf(viewOf(bench.session(1)["manifest"].toString().toStdString()));
            QVERIFY(bench.journal->setStamping(stamping));
            bench.counter->takeUp();
            QCOMPARE(bench.screens.page(), DeskScreens::Qr);
            QCOMPARE(bench.screens.qr()->file(), QStringLiteral("a.pdf"));
            QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/sessions/") + QString(32, QChar('1')));
            bench.answerNext("GET", {Reached::no, 0, {}}); // not reached yet
            QVERIFY(bench.journal->stamping());
            bench.answerNext("GET", answer(200, {{"state", QLatin1String(state)}, {"version", 3}}));
            const bool isTaken = QLatin1String(state) == QLatin1String("approved");
            QTRY_VERIFY(!bench.asked.empty());
            QCOMPARE(bench.asked.front().method, QByteArray(isTaken ? "GET" : "DELETE")); // no phone may take a code whose window is gone
            if (isTaken) QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/certificates"));
            if (isTaken) bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
            QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
            QCOMPARE(bench.screens.error()->code(), isTaken ? 600 : 616);
            QVERIFY(!bench.journal->stamping() && !bench.store.files.contains(Journal::kStampingFile));
        }
    }
    // The last run was killed while the phone had the opening: nobody scans again.
    void takeUp_ofAnOpeningThatThePhoneHas_goesOn()
    {
        for (const char *state : {"claimed", "approved"}) {
            Bench bench;
            QVERIFY(bench.journal->setOpening(openingOf(bench)));
            bench.counter->takeUp();
            QCOMPARE(bench.screens.page(), DeskScreens::Qr);
            QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/sessions/") + QString(32, QChar('1')));
            bench.answerNext("GET", {Reached::no, 0, {}}); // not reached yet
            QVERIFY(bench.screens.qr()->offline());
            bench.answerNext("GET", answer(200, {{"state", QLatin1String(state)}, {"version", 3}}));
            QTRY_VERIFY(!bench.asked.empty());
            QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/certificates"));
            QVERIFY(bench.journal->opening());
            // Its files are gone: said so, and nothing is kept.
            bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
            QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
            QVERIFY(!bench.journal->opening());
        }
    }
    void takeUp_ofAnOpeningThatCameToNothing_tellsThePersonAndKeepsTheFilesForAnotherTry()
    {
        for (const ServerAnswer &over : {answer(404, {{"code", "HF-103"}}), answer(200, {{"state", "waiting"}}), answer(200, {{"state", "expired"}}), answer(200, {{"state", "refused"}}),
                                         answer(200, {{"state", "failed"}}), answer(200, {{"state", "dancing"}})}) {
            Bench bench;
            QVERIFY(bench.journal->setOpening(openingOf(bench)));
            bench.counter->takeUp();
            bench.answerNext("GET", over);
            QCOMPARE(bench.screens.page(), DeskScreens::Error);
            QCOMPARE(bench.screens.error()->code(), 616);
            QVERIFY(bench.screens.error()->retryPossible());
            QVERIFY(!bench.store.files.contains(Journal::kOpeningFile));
            // A session that no phone has taken yet is ended: nobody types a PIN for it.
            const bool isWaiting = over.json["state"].toString() == QStringLiteral("waiting");
            QCOMPARE(bench.asked.size(), std::size_t(isWaiting ? 1 : 0));
            if (isWaiting) QCOMPARE(bench.asked.front().method, QByteArray("DELETE"));
            if (isWaiting) QCOMPARE(bench.asked.front().path, QStringLiteral("/desk/v1/sessions/") + QString(32, QChar('1')));
            bench.screens.error()->retry();
            QCOMPARE(bench.screens.page(), DeskScreens::Qr);
            QCOMPARE(bench.screens.qr()->file(), QStringLiteral("a.hufu"));
        }
    }
    void takeUp_whereTheServerJudgesTheDeskItself_tellsItAndKeepsTheOpening()
    {
        for (const auto &[status, code] : {std::pair(401, 102), std::pair(400, 100)}) {
            Bench bench;
            QVERIFY(bench.journal->setOpening(openingOf(bench)));
            bench.counter->takeUp();
            bench.answerNext("GET", answer(status, {{"code", QStringLiteral("HF-%1").arg(code)}}));
            QCOMPARE(bench.screens.page(), DeskScreens::Error);
            QCOMPARE(bench.screens.error()->code(), code);
            QVERIFY(bench.asked.empty());
            const auto next = Journal::open(bench.store, bench.element);
            QVERIFY(next && next->opening());
        }
    }
    void takeUp_ofAnOpeningWhileTheServerIsAway_waitsOnlyAsLongAsItCouldBeThere()
    {
        Bench bench;
        OpeningOnPaper opening = openingOf(bench);
        QVERIFY(bench.journal->setOpening(opening));
        bench.counter->takeUp();
        bench.clock.advance(661'000);
        bench.answerNext("GET", {Reached::no, 0, {}});
        QCOMPARE(bench.screens.error()->code(), 616);
    }
    void enrol_withoutAProof_staysUnenrolled()
    {
        Bench bench;
        Errand errand;
        errand.kind = ErrandKind::enrol;
        errand.deskName = QStringLiteral("D");
        bench.counter->start(errand);
        intent::Manifest asked;
        asked.act = intent::Act::enrol;
        asked.deskPublicKey = bench.identity->key().publicKey();
        bench.answerNext("POST", answer(201, bench.session(1, asked)));
        bench.answerNext("GET",
                         answer(200, {{"state", "approved"}, {"version", 3}, {"outcome", QJsonObject()}}));
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QVERIFY(!bench.identity->enrolled());
    }
};

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    TestCounter test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_counter.moc"
