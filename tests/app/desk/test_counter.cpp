// The counter against a server that a test plays: refusals, time-outs, restarts, lost answers.
#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"
#include "tests/app/desk/desk_bench.h"

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
        QCOMPARE(bench.counter->report().state, QStringLiteral("showing"));
        bench.answerNext("GET", answer(200, {{"state", "claimed"}, {"version", 2}}));
        QTRY_COMPARE(bench.screens.qr()->stage(), QrModel::Claimed);
        QVERIFY(bench.screens.qr()->code().isNull());
        bench.answerNext("GET", answer(200, {{"state", "refused"}, {"version", 3}, {"code", "HF-209"}}));
        QCOMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 209);
        QCOMPARE(bench.counter->report().state, QStringLiteral("failed"));
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
        bench.answerNext("PUT", {Reached::no, 0, {}});
        QCOMPARE(bench.screens.error()->code(), 500);
        QVERIFY(bench.asked.size() == 1 && bench.asked[0].method == "DELETE");
        QVERIFY(bench.asked[0].path.endsWith(QString(32, QChar('1'))));
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
        auto journal = Journal::open(store);
        QVERIFY(journal && journal->sealings().empty());
        const SealingOnPaper sealing{{{1}}, {{QStringLiteral("aa"), QStringLiteral("/home/李/a.hufu")}}};
        const auto number = journal->add(sealing);
        QVERIFY(number && journal->addToken(*number, {2}));
        auto again = Journal::open(store);
        QVERIFY(again && again->sealings().size() == 1);
        QCOMPARE(again->sealings().begin()->second.tokens.size(), std::size_t{2});
        QVERIFY(again->sealings().begin()->second.bids == sealing.bids);
        // A file that is cut off anywhere is no reason not to start.
        const Bytes whole = store.files.at(Journal::kFile);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            store.files[Journal::kFile] = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            const auto cut = Journal::open(store);
            QVERIFY(cut && cut->sealings().empty());
        }
        store.full = true;
        QVERIFY(!journal->add(sealing));
        QCOMPARE(journal->sealings().size(), std::size_t{1});
        store.full = false;
        journal->remove(*number);
        QVERIFY(!store.files.contains(Journal::kFile));
    }
    // The last run was killed between approval and file.
    void takeUp_ofASealingWithoutItsFile_undoesItAndForgetsItOnlyThen()
    {
        Bench bench;
        QTemporaryDir folder;
        const auto number = bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), folder.filePath(QStringLiteral("a.hufu"))}}});
        QVERIFY(number);
        QSignalSpy undone(bench.counter.get(), &Counter::sealingUndone);
        bench.counter->takeUp();
        QTRY_COMPARE(undone.size(), 1);
        QCOMPARE(undone[0][1].toStringList().size(), 1);
        QCOMPARE(undone[0][2].toStringList(), QStringList{QStringLiteral("aa")});
        QVERIFY(bench.store.files.contains(Journal::kFile));
        bench.counter->forget(*number);
        QVERIFY(!bench.store.files.contains(Journal::kFile));
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
