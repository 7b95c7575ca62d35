// What the desk did, kept over a restart; how it is bounded; and what of it the person sees.
#include "app/desk/history_keeper.h"
#include "shield/audit/evidence.h"
#include "tests/app/desk/desk_bench.h"

#include <QTemporaryDir>

using namespace hufu;
using namespace hufu::tests;

namespace {

Record recordAt(std::int64_t atMs)
{
    Record record;
    record.atMs = atMs;
    record.act = QStringLiteral("decrypt");
    record.person = QStringLiteral("林晓燕");
    record.project = QStringLiteral("ZB-1");
    record.items = {{QStringLiteral("商务标.hufu"), QStringLiteral("商务标.pdf"), 0, {Sender::Standing::revokedSince, QStringLiteral("远山工程有限公司 · 赵六")}}, {QStringLiteral("b.hufu"), {}, 614, {}}};
    record.folder = QStringLiteral("/home/lin/投标文件");
    return record;
}

struct HistoryBench : DeskBench {
    History history = *History::open(store);

    HistoryBench() { keepHistory(*counter, history, screens, clock); }
    Record newest() const { return history.records().value(0); }
};

} // namespace

class TestHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void records_areThereAgainAfterARestart_theNewestFirst()
    {
        MemoryDeviceStore store;
        {
            auto history = *History::open(store);
            QVERIFY(history.add(recordAt(1)));
            Record cancelled = recordAt(2);
            cancelled.problem = Record::kCancelled;
            QVERIFY(history.add(cancelled));
        }
        auto again = *History::open(store);
        QCOMPARE(again.records().size(), 2);
        QCOMPARE(again.records()[0].problem, Record::kCancelled);
        QVERIFY(again.records()[1] == recordAt(1));
        QVERIFY(again.clear());
        QVERIFY(History::open(store)->records().isEmpty());
    }
    void records_beyondTheBound_areTheOldestThatGo()
    {
        MemoryDeviceStore store;
        auto history = *History::open(store);
        for (std::size_t i = 0; i <= History::kMost; ++i)
            QVERIFY(history.add(recordAt(static_cast<std::int64_t>(i))));
        QCOMPARE(history.records().size(), static_cast<qsizetype>(History::kMost));
        QCOMPARE(history.records().back().atMs, 1);
        // Long names: the file stays small all the same.
        Record large = recordAt(9);
        large.items.fill({QString(History::kNameMost, QChar(0x4e00)), QString(History::kNameMost, QChar(0x4e00)), 0, {Sender::Standing::good, QString(History::kNameMost, QChar(0x4e00))}}, 64);
        for (int i = 0; i < 20; ++i)
            QVERIFY(history.add(large));
        QVERIFY(store.files[History::kFile].size() <= History::kBytesMost + 3);
        QVERIFY(!history.records().isEmpty());
        QCOMPARE(History::open(store)->records().size(), history.records().size());
    }
    void file_cutOrForeign_costsOnlyWhatIsBehindTheCut()
    {
        MemoryDeviceStore store;
        auto history = *History::open(store);
        for (const int at : {1, 2})
            QVERIFY(history.add(recordAt(at)));
        const Bytes whole = store.files[History::kFile];
        for (std::size_t length = 0; length < whole.size(); ++length) {
            store.files[History::kFile] = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            const auto left = History::open(store);
            QVERIFY(left);
            QVERIFY(left->records().size() < 2);
            if (!left->records().isEmpty()) QVERIFY(left->records()[0] == recordAt(2));
        }
        store.files[History::kFile] = Bytes(100, 0xff);
        QVERIFY(History::open(store)->records().isEmpty());
    }
    void file_ofTheFormatBefore_isReadAndKeptAnew()
    {
        MemoryDeviceStore store;
        Writer before;
        before.u8(1).u16(2);
        for (const int at : {7, 6})
            before.u64(static_cast<std::uint64_t>(at)).u16(1).text("sign").text("王小明").text("").u16(1).u16(0).text("a.pdf").text("a.pdf.p7s");
        store.files[History::kFile] = before.take();
        auto history = *History::open(store);
        QCOMPARE(history.records().size(), 2);
        QCOMPARE(history.records()[1].atMs, std::int64_t{6});
        QCOMPARE(history.records()[1].items[0].out, QStringLiteral("a.pdf.p7s"));
        QVERIFY(history.records()[1].folder.isEmpty());
        QVERIFY(history.add(recordAt(8)));
        QCOMPARE(History::open(store)->records().size(), 3);
        QVERIFY(History::open(store)->records()[0] == recordAt(8));
    }
    // Of a desk that noted the folder, and no senders.
    void file_withoutSenders_isReadAndKeptAnew()
    {
        MemoryDeviceStore store;
        Writer before;
        before.u8(2).u16(1).u64(7).u16(1).text("decrypt").text("林晓燕").text("ZB-1").u16(2);
        before.u16(0).text("商务标.hufu").text("商务标.pdf").u16(614).text("b.hufu").text("").text("/home/lin/投标文件");
        store.files[History::kFile] = before.take();
        auto history = *History::open(store);
        Record wanted = recordAt(7);
        wanted.items[0].sender = {};
        QCOMPARE(history.records().size(), 1);
        QVERIFY(history.records()[0] == wanted);
        QVERIFY(history.add(recordAt(8)));
        const auto again = *History::open(store);
        QVERIFY(again.records()[0] == recordAt(8) && again.records()[1] == wanted);
        store.files[History::kFile].front() = 4; // of a desk to come
        QVERIFY(History::open(store)->records().isEmpty());
    }
    void disk_full_isToldOnThePage()
    {
        HistoryBench bench;
        bench.store.full = true;
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(403, {{"code", "HF-205"}}));
        QCOMPARE(bench.screens.history()->problem(), 611);
        QCOMPARE(bench.screens.history()->records().size(), 1); // of this run
    }
    void errand_failed_isOneRecordWithItsCodeAndFile()
    {
        HistoryBench bench;
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("商务标.pdf")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        file.close();
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.file = file.fileName();
        errand.out = file.fileName() + QStringLiteral(".p7s");
        bench.counter->start(errand);
        bench.answerNext("POST", answer(403, {{"code", "HF-208"}}));
        QCOMPARE(bench.history.records().size(), 1);
        const Record record = bench.newest();
        QCOMPARE(record.act, QStringLiteral("sign"));
        QCOMPARE(record.problem, 208);
        QCOMPARE(record.atMs, bench.clock.wall);
        QCOMPARE(record.items.size(), 1);
        QCOMPARE(record.items[0].name, QStringLiteral("商务标.pdf")); // without its folder
        QVERIFY(record.items[0].out.isEmpty());
        bench.screens.error()->close();
        QCOMPARE(bench.history.records().size(), 1);
    }
    void errand_cancelledOrReplaced_isARecord_andNoneIsOfAPageAlone()
    {
        HistoryBench bench;
        bench.counter->start(Errand());
        bench.screens.qr()->cancel();
        QCOMPARE(bench.history.records().size(), 1);
        QCOMPARE(bench.newest().problem, Record::kCancelled);
        bench.counter->start(Errand());
        bench.counter->start(Errand());
        QCOMPARE(bench.history.records().size(), 2);
        bench.screens.qr()->cancel();
        QCOMPARE(bench.history.records().size(), 3);
        bench.screens.status()->seal({QUrl::fromLocalFile(QStringLiteral("/x/a.pdf"))}); // put together, not asked for
        bench.screens.seal()->cancel();
        bench.screens.status()->seal({QUrl::fromLocalFile(QStringLiteral("/x/a.pdf"))});
        bench.asked.clear();
        bench.screens.status()->seal({QUrl::fromLocalFile(QStringLiteral("/x/a.pdf"))});
        bench.answerNext("GET", answer(503, {{"code", "HF-503"}}));
        QCOMPARE(bench.history.records().size(), 3);
    }
    void outcome_ofManyFiles_isKeptFileByFile()
    {
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = QStringList{QStringLiteral("/x/a.hufu"), QStringLiteral("/x/b.hufu")};
        Finished finished;
        Bid opened, shut;
        opened.source = QStringLiteral("/x/a.hufu");
        opened.out = QStringLiteral("/x/a (2).pdf");
        shut.source = QStringLiteral("/x/b.hufu");
        shut.out = QStringLiteral("/x/b.pdf");
        shut.problem = 614;
        finished.bids = {opened, shut};
        const Record record = recordOf(errand, finished, QStringLiteral("王建国"), 0, 5);
        QCOMPARE(record.person, QStringLiteral("王建国"));
        QCOMPARE(record.items, (QList<Record::Item>{{QStringLiteral("a.hufu"), QStringLiteral("a (2).pdf"), 0}, {QStringLiteral("b.hufu"), {}, 614}}));
        QCOMPARE(record.folder, QStringLiteral("/x")); // where what was opened lies
        finished.bids[0].problem = 614;
        QVERIFY(recordOf(errand, finished, {}, 0, 5).folder.isEmpty());
        finished.bids[0].problem = 0;
        finished.bids[0].out = QLatin1Char('/') + QString(History::kFolderMost, QLatin1Char('d')) + QStringLiteral("/a.pdf");
        QVERIFY(recordOf(errand, finished, {}, 0, 5).folder.isEmpty()); // half a path would lead elsewhere
        const Record failed = recordOf(errand, {}, {}, 500, 5);
        QVERIFY(failed.folder.isEmpty());
        QCOMPARE(failed.items, (QList<Record::Item>{{QStringLiteral("a.hufu"), {}, 0}, {QStringLiteral("b.hufu"), {}, 0}}));
    }
    void opened_withoutAnySignature_isOfNobody()
    {
        Errand errand;
        errand.kind = ErrandKind::open;
        errand.file = QStringLiteral("/x/a.p7m");
        Finished finished;
        finished.out = QStringLiteral("/x/a.pdf");
        QVERIFY(recordOf(errand, finished, {}, 0, 5).items[0].sender.standing == Sender::Standing::nobody);
        QVERIFY(recordOf(errand, {}, {}, 500, 5).items[0].sender.standing == Sender::Standing::notLookedAt);
        errand.kind = ErrandKind::sign;
        QVERIFY(recordOf(errand, finished, {}, 0, 5).items[0].sender.standing == Sender::Standing::notLookedAt);
    }
    // Nothing came of any of several: the page of the failure, the record and the evidence say of each why.
    void files_noneOfWhichSucceeds_areToldOneByOne()
    {
        HistoryBench bench;
        QTemporaryDir folder;
        QFile locked(folder.filePath(QStringLiteral("空.hufu"))); // no envelope, and nothing that could be opened
        QVERIFY(locked.open(QIODevice::WriteOnly));
        locked.close();
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = QStringList{folder.filePath(QStringLiteral("missing.hufu")), folder.path(), locked.fileName()};
        errand.out = folder.path();
        bench.counter->start(errand);
        bench.answerNext("GET", answer(200, {{"holders", QJsonArray()}}));
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->code(), 604);
        const auto files = bench.screens.error()->files();
        QCOMPARE(files.size(), 3);
        const auto at = [&files](int i) { return files.at(i).value<shell::FileProblemView>(); };
        QVERIFY(at(0).name == QStringLiteral("missing.hufu") && at(0).problem == 604);
        QVERIFY(at(1).name == QFileInfo(folder.path()).fileName() && at(1).problem == 604);
        QVERIFY(at(2).name == QStringLiteral("空.hufu") && at(2).problem != 0);
        QCOMPARE(bench.newest().problem, 604);
        QCOMPARE(bench.newest().items.size(), 3);
        QCOMPARE(bench.newest().items[0], (Record::Item{QStringLiteral("missing.hufu"), {}, 604}));
        QCOMPARE(bench.newest().items[2].problem, at(2).problem);
        QVERIFY(bench.newest().folder.isEmpty());
        QTemporaryDir saved;
        bench.screens.evidence()->save(QUrl::fromLocalFile(saved.path()));
        QFile evidence(bench.screens.evidence()->file());
        QVERIFY(evidence.open(QIODevice::ReadOnly));
        const auto bundle = audit::Bundle::parse(evidence.readAll().toStdString());
        QVERIFY(bundle);
        std::vector<std::uint16_t> codes;
        for (const auto &entry : bundle->entries)
            if (entry->entry.event == static_cast<audit::Event>(audit::Step::fileDone)) codes.push_back(entry->entry.code);
        QCOMPARE(codes, (std::vector<std::uint16_t>{604, 604, static_cast<std::uint16_t>(at(2).problem)}));
        bench.screens.error()->close(); // the next failure has its own files
        bench.counter->start(Errand());
        bench.answerNext("POST", answer(403, {{"code", "HF-205"}}));
        QVERIFY(bench.screens.error()->files().isEmpty());
    }
    void file_alone_thatCannotBeTaken_isNamed()
    {
        HistoryBench bench;
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.file = QStringLiteral("/no/such/合同.pdf");
        errand.out = errand.file + QStringLiteral(".p7s");
        bench.counter->start(errand);
        QTRY_COMPARE(bench.screens.page(), DeskScreens::Error);
        QCOMPARE(bench.screens.error()->files().size(), 1);
        QCOMPARE(bench.screens.error()->files().at(0).value<shell::FileProblemView>().name, QStringLiteral("合同.pdf"));
    }
    // Said with the code, before anybody has scanned it.
    void files_ofWhichOneCannotBeTaken_areSaidBeforeTheScan()
    {
        HistoryBench bench;
        QTemporaryDir folder;
        QFile good(folder.filePath(QStringLiteral("good.pdf")));
        QVERIFY(good.open(QIODevice::WriteOnly) && good.write("x") == 1);
        good.close();
        Errand errand;
        errand.kind = ErrandKind::sign;
        errand.files = QStringList{good.fileName(), folder.filePath(QStringLiteral("gone.pdf"))};
        errand.out = folder.path();
        bench.counter->start(errand);
        QTRY_COMPARE(bench.screens.qr()->leftOut().size(), 1);
        const auto left = bench.screens.qr()->leftOut().at(0).value<shell::FileProblemView>();
        QVERIFY(left.name == QStringLiteral("gone.pdf") && left.problem == 604);
        bench.screens.qr()->cancel();
        bench.counter->start(Errand());
        QVERIFY(bench.screens.qr()->leftOut().isEmpty());
    }
    // The run that sealed was killed and wrote no record: the next one does, once the person has said what became of the envelopes.
    void sealing_thatAKillCutOff_isARecordOnceThePersonHasAnswered()
    {
        for (const bool isWithdrawn : {true, false}) {
            HistoryBench bench;
            QTemporaryDir folder;
            QVERIFY(bench.journal->add({{{0x11}}, {{QStringLiteral("aa"), folder.filePath(QStringLiteral("商务标.pdf.hufu")), placeOf(folder.path())}}}));
            bench.counter->takeUp();
            QTRY_COMPARE(bench.screens.status()->lost().size(), 1);
            QVERIFY(bench.history.records().isEmpty());
            bench.screens.status()->answerLost(isWithdrawn);
            QCOMPARE(bench.history.records().size(), 1);
            QCOMPARE(bench.newest().act, QStringLiteral("encrypt"));
            QCOMPARE(bench.newest().problem, 617);
            QCOMPARE(bench.newest().items, (QList<Record::Item>{{QStringLiteral("商务标.pdf.hufu"), {}, 617}}));
            bench.screens.status()->answerLost(isWithdrawn); // nothing is asked any more
            QCOMPARE(bench.history.records().size(), 1);
        }
    }
    // Whoever enrols it next is not greeted with the name of the one before.
    void removal_isARecord_andTakesTheLastNameOffTheFirstPage()
    {
        HistoryBench bench;
        Finished finished;
        finished.signer = QStringLiteral("林晓燕");
        Q_EMIT bench.counter->ended(Errand(), finished, {}, 0);
        noteRemoval(bench.history, bench.screens, bench.clock);
        QVERIFY(bench.screens.status()->lastPerson().isEmpty());
        QVERIFY(bench.newest().act == QStringLiteral("removed") && bench.newest().problem == 205 && bench.newest().atMs == bench.clock.wall);
        const History kept = *History::open(bench.store);
        QCOMPARE(kept.records().size(), 2);
        HistoryBench next; // nor after a restart
        next.store.files = bench.store.files;
        next.history = kept;
        next.counter->start(Errand());
        next.screens.qr()->cancel();
        QVERIFY(next.screens.status()->lastPerson().isEmpty());
        finished.signer = QStringLiteral("王建国");
        Q_EMIT bench.counter->ended(Errand(), finished, {}, 0);
        QCOMPARE(bench.screens.status()->lastPerson(), QStringLiteral("王建国"));
    }
    void login_done_isSaidOnTheFirstPage_untilTheListIsDeleted()
    {
        HistoryBench bench;
        QVERIFY(bench.screens.status()->lastPerson().isEmpty());
        Finished finished;
        finished.signer = QStringLiteral("林晓燕");
        Q_EMIT bench.counter->ended(Errand(), finished, {}, 0);
        QCOMPARE(bench.screens.status()->lastPerson(), QStringLiteral("林晓燕"));
        Q_EMIT bench.counter->ended(Errand(), {}, {}, 209); // one that failed does not change who did
        QCOMPARE(bench.screens.status()->lastPerson(), QStringLiteral("林晓燕"));
        bench.screens.history()->clear();
        QVERIFY(bench.history.records().isEmpty() && bench.screens.status()->lastPerson().isEmpty());
        QVERIFY(!bench.store.files.contains(History::kFile));
    }
    void results_goWhereThePersonChose_andBesideTheFileOnceThatIsGone()
    {
        QTemporaryDir chosen, folder;
        const QString settingsFile = folder.filePath(QStringLiteral("settings.ini"));
        const QString file = folder.filePath(QStringLiteral("a.pdf"));
        {
            SettingsModel model;
            model.keepIn(settingsFile);
            QCOMPARE(model.folderFor(file), folder.path());
            model.choose(QUrl::fromLocalFile(chosen.filePath(QStringLiteral("none"))));
            model.choose(QUrl(QStringLiteral("https://example.com/")));
            QVERIFY(model.folder().isEmpty());
            model.choose(QUrl::fromLocalFile(chosen.path()));
        }
        SettingsModel again;
        again.keepIn(settingsFile);
        QCOMPARE(again.folderFor(file), chosen.path());
        QVERIFY(chosen.remove());
        QVERIFY(!again.folderThere());
        QCOMPARE(again.folderFor(file), folder.path());
        again.besideEach();
        QVERIFY(again.folderThere());
    }
};

QTEST_MAIN(TestHistory)
#include "test_history.moc"
