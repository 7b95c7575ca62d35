// Sealing bids: what the phone is asked to sign, and that an envelope gets its name by that signature alone.
#include "app/desk/bid_sealing.h"
#include "app/desk/file_encryption.h"
#include "app/desk/journal.h"
#include "app/envelope/envelope_file.h"
#include "app/envelope/interchange.h"
#include "app/envelope/key_file.h"
#include "app/envelope/opening.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"
#include "tests/app/desk/desk_bench.h"
#include "tests/support/pki.h"
#include "tests/support/small_disk.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::desk_app;
using tests::Pki;

namespace {

struct Bench {
    QTemporaryDir folder;
    Pki pki{QDateTime::currentMSecsSinceEpoch()}, colleague{QDateTime::currentMSecsSinceEpoch()};
    ports::SystemRandom random;

    QString path(const QString &name) const { return folder.filePath(name); }
    QString write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly)) file.write(content);
        return file.fileName();
    }
    QJsonArray holders() const
    {
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        return {QJsonObject{{"sign", pem(pki.sign)}, {"encrypt", pem(pki.encrypt)}, {"opening", QJsonArray{pem(pki.encrypt)}}, {"issuing", pem(pki.issuing)}, {"root", pem(pki.root)}}};
    }
    Errand errand(const QStringList &files) const
    {
        Errand errand;
        errand.kind = ErrandKind::sealBids;
        errand.files = files;
        errand.out = folder.path();
        errand.project = documents::EnvelopeProject{"HF-2026-017", "滨江路改造", "1 标段", 1'900'000'000'000};
        errand.recipients = {pki.encrypt};
        errand.soleReason = QStringLiteral("同事休假");
        return errand;
    }
    // The manifest as a server would have made it of the draft.
    intent::Manifest manifestOf(const Prepared &prepared)
    {
        intent::Manifest base;
        base.flow = intent::Flow::desk;
        base.nonce = random.bytes<16>("nonce");
        base.created = QDateTime::currentMSecsSinceEpoch();
        base.desk = intent::Desk{{1}, "D", true};
        const QByteArray draft = QJsonDocument(prepared.draft).toJson(QJsonDocument::Compact);
        const auto manifest = intent::Manifest::fromDraft(ByteView(reinterpret_cast<const std::uint8_t *>(draft.constData()), static_cast<std::size_t>(draft.size())), base);
        if (!manifest) qFatal("draft: %s", manifest.error().what.text());
        return *manifest;
    }
    // What comes back once the phone has signed; the items in refused were left out.
    QJsonObject outcome(const intent::Manifest &manifest, const tests::WholeKey &key, const x509::Certificate &certificate, int refused = -1)
    {
        QJsonArray signatures;
        for (std::size_t i = 0; i < manifest.files.size(); ++i) {
            const auto signature = key.sign(*intent::buildTbs(manifest, i));
            signatures.append(static_cast<int>(i) == refused ? QJsonValue() : QString::fromStdString(toHex(concat({signature.r, signature.s}))));
        }
        return {{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"certificate", QString::fromStdString(certificate.pem())}, {"signatures", signatures}};
    }
    QStringList left() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); }
};

// An opening at a desk of its own, and the server that it asks. One request is cut off: it never comes there, or its answer is lost.
struct CutOpening {
    static constexpr int kRequests = 25; // certificates, session, 20 keys, and three looks until the phone has approved

    Bench &bench;
    int cut;
    bool isAfter; // the server has done what was asked
    tests::DeskBench desk;
    intent::Manifest manifest;
    std::map<int, QByteArray> keys; // wrapped, by item
    int seen = 0, sessions = 0;

    CutOpening(Bench &where, int request, bool after, const QStringList &files, const QString &out) : bench(where), cut(request), isAfter(after)
    {
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = files;
        errand.out = out;
        desk.counter->start(errand);
    }
    void serve()
    {
        while (!desk.asked.empty()) {
            const tests::Asked one = desk.asked.front();
            desk.asked.erase(desk.asked.begin());
            const bool isCut = seen++ == cut;
            const ServerAnswer given = isCut && !isAfter ? ServerAnswer() : answerTo(one);
            one.done(isCut ? ServerAnswer{Reached::no, 0, {}} : given);
        }
        if (desk.screens.page() != DeskScreens::Error || cut != 0) return;
        if (desk.screens.error()->code() == 500) desk.screens.error()->retry(); // who has not reached the server at all is told at once
    }
    bool isOver() const { return desk.screens.page() == DeskScreens::Outcome; }

private:
    ServerAnswer answerTo(const tests::Asked &one)
    {
        if (one.method == "POST") {
            Prepared sent;
            sent.draft = QJsonDocument::fromJson(one.body).object()["manifest"].toObject();
            manifest = bench.manifestOf(sent);
            manifest.desk = intent::Desk{desk.identity->key().id(), "D", true};
            const QJsonObject session = desk.session(++sessions, manifest);
            manifest = *intent::Manifest::parse(viewOf(session["manifest"].toString().toStdString()));
            keys.clear();
            return tests::answer(201, session);
        }
        if (one.method == "PUT") {
            keys[one.path.mid(one.path.lastIndexOf(QLatin1Char('/')) + 1).toInt()] = one.body;
            return tests::answer(204, {});
        }
        if (one.method == "DELETE") return tests::answer(204, {});
        if (one.path.endsWith(QLatin1String("/certificates"))) return tests::answer(200, {{"holders", bench.holders()}});
        if (one.path.endsWith(QLatin1String("since=1"))) return tests::answer(200, {{"state", "claimed"}, {"version", 2}});
        if (!one.path.endsWith(QLatin1String("since=2"))) return tests::answer(200, {{"state", "waiting"}, {"version", 1}});
        QJsonArray boxes;
        for (const auto &[item, der] : keys) {
            const auto key = crypto::sm2Decrypt(bench.pki.encryptKey.d, *x509::parseSm2Cipher({reinterpret_cast<const std::uint8_t *>(der.constData()), static_cast<std::size_t>(der.size())}));
            boxes.append(QString::fromStdString(toHex(*crypto::sealBox(*manifest.deskKey, key->expose(), bench.random))));
        }
        return tests::answer(200, {{"state", "approved"}, {"version", 3}, {"outcome", QJsonObject{{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"sealed", boxes}}}});
    }
};

} // namespace

class TestBidSealing : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // In one piece: on paper before a code is shown, each session of it, and off it by what came of it.
    void counter_sealing_isOnPaperBeforeItsCode_andOffItByItsEnvelopes()
    {
        Bench bench;
        tests::DeskBench desk;
        const Errand errand = bench.errand({bench.write("a.pdf", "one"), bench.write("b.pdf", "two")});
        const auto onPaper = [&desk] { return *Journal::open(desk.store, desk.element); };
        intent::Manifest manifest;
        const auto begin = [&](int token) {
            QTRY_VERIFY(std::ranges::any_of(desk.asked, [](const tests::Asked &one) { return one.method == "POST"; }));
            const auto post = std::ranges::find(desk.asked, QByteArray("POST"), &tests::Asked::method);
            Prepared sent;
            sent.draft = QJsonDocument::fromJson(post->body).object()["manifest"].toObject();
            manifest = bench.manifestOf(sent);
            manifest.desk = intent::Desk{desk.identity->key().id(), "D", true};
            desk.answerNext("POST", tests::answer(201, desk.session(token, manifest)));
        };
        bool wasOnPaper = true;
        int codes = 0;
        QObject::connect(desk.screens.qr(), &QrModel::codeChanged, desk.counter.get(), [&] {
            if (desk.screens.qr()->code().isNull()) return;
            ++codes;
            wasOnPaper = wasOnPaper && !onPaper().sealings().empty();
        });
        desk.counter->start(errand);
        desk.answerNext("GET", tests::answer(200, {{"holders", bench.holders()}}));
        begin(1);
        QTRY_VERIFY(codes > 0);
        QVERIFY(wasOnPaper);
        QCOMPARE(onPaper().sealings().begin()->second.bids.size(), std::size_t{2});
        desk.clock.advance(61'000); // a silent restart
        begin(2);
        QTRY_COMPARE(onPaper().sealings().begin()->second.tokens.size(), std::size_t{2});
        // One was left out: the other is on paper no more as soon as its envelope is there, whenever the server hears of the first.
        QSignalSpy undone(desk.counter.get(), &Counter::sealingUndone);
        const auto poll = [&desk](const QJsonObject &json) {
            const auto last = std::find_if(desk.asked.rbegin(), desk.asked.rend(), [](const tests::Asked &one) { return one.method == "GET"; });
            const tests::Asked taken = *last;
            desk.asked.clear();
            taken.done(tests::answer(200, json));
        };
        QTRY_COMPARE(desk.screens.qr()->stage(), QrModel::Showing);
        poll({{"state", "approved"}, {"version", 3}, {"outcome", bench.outcome(intent::Manifest::parse(viewOf(desk.session(2, manifest)["manifest"].toString().toStdString())).value(), bench.pki.signKey, bench.pki.sign, 1)}});
        QTRY_COMPARE(undone.size(), 1);
        QCOMPARE(undone[0][1].toStringList().size(), 2);
        QCOMPARE(undone[0][2].toStringList(), QStringList{QString::fromStdString(toHex(manifest.files[1].sm3))});
        QCOMPARE(desk.screens.page(), DeskScreens::Outcome);
        QCOMPARE(onPaper().sealings().begin()->second.bids.size(), std::size_t{1});
        QVERIFY(QFile::rename(bench.path("a.pdf.hufu"), bench.path("moved.hufu"))); // to the stick, for the upload
        tests::DeskBench next;
        next.store.files = desk.store.files;
        *next.journal = onPaper();
        QSignalSpy again(next.counter.get(), &Counter::sealingUndone);
        next.counter->takeUp();
        QTRY_COMPARE(again.size(), 1);
        QCOMPARE(again[0][2], undone[0][2]);
    }
    void counter_sealing_cancelledOrOnAFullDisk_isUndoneOrNotBegun()
    {
        Bench bench;
        for (const bool isFull : {false, true}) {
            tests::DeskBench desk;
            desk.counter->start(bench.errand({bench.write("a.pdf", "one")}));
            desk.answerNext("GET", tests::answer(200, {{"holders", bench.holders()}}));
            QTRY_VERIFY(!desk.asked.empty());
            Prepared sent;
            sent.draft = QJsonDocument::fromJson(desk.asked.front().body).object()["manifest"].toObject();
            intent::Manifest manifest = bench.manifestOf(sent);
            manifest.desk = intent::Desk{desk.identity->key().id(), "D", true};
            desk.store.full = isFull;
            QSignalSpy undone(desk.counter.get(), &Counter::sealingUndone);
            desk.answerNext("POST", tests::answer(201, desk.session(1, manifest)));
            if (isFull) {
                QCOMPARE(desk.screens.error()->code(), 611);
                QVERIFY(desk.screens.qr()->code().isNull());
                QCOMPARE(desk.asked.size(), std::size_t{1});
                QCOMPARE(desk.asked[0].method, QByteArray("DELETE"));
                continue;
            }
            QTRY_COMPARE(desk.screens.qr()->stage(), QrModel::Showing);
            desk.screens.qr()->cancel();
            QTRY_COMPARE(undone.size(), 1);
            QCOMPARE(undone[0][2].toStringList().size(), 1);
            QVERIFY(desk.store.files.contains(Journal::kFile)); // until the server has heard it
            desk.counter->forget(undone[0][0].toULongLong());
            QVERIFY(!desk.store.files.contains(Journal::kFile));
        }
    }

    void prepare_ofTwoPeople_sealsUnderTheNameOfWhoWasChosen()
    {
        Bench bench;
        const auto holderOf = [](const Pki &pki, const char *account) {
            const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
            return QJsonObject{{"account", QLatin1String(account)}, {"sign", pem(pki.sign)}, {"issuing", pem(pki.issuing)}, {"root", pem(pki.root)}};
        };
        const QJsonArray holders{holderOf(bench.pki, "aa"), holderOf(bench.colleague, "bb")};
        Errand errand = bench.errand({bench.write("a.pdf", "one")});
        errand.person = "bb";
        const auto prepared = prepareSealing(errand, holders, bench.random, QDateTime::currentMSecsSinceEpoch(), {});
        QVERIFY(prepared.value);
        QVERIFY(*prepared.value->sender == bench.colleague.sign);
        QCOMPARE(prepared.value->account, QStringLiteral("bb"));
        errand.person = "cc"; // has left the desk meanwhile
        QCOMPARE(prepareSealing(errand, holders, bench.random, QDateTime::currentMSecsSinceEpoch(), {}).problem, 600);
    }

    void sealing_onADiskThatIsFull_leavesNothing_andIsDoneOnceThereIsRoom()
    {
        tests::SmallDisk disk;
        if (!disk.isHere()) return disk.run();
        Bench bench;
        const Errand errand = bench.errand({bench.write("a.pdf", QByteArray(1 << 20, 'a'))});
        const auto prepared = [&] { return prepareSealing(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {}); };
        disk.fill(256 << 10);
        const auto refused = prepared();
        QVERIFY(!refused.value);
        QCOMPARE(refused.problem, 611);
        QCOMPARE(bench.left(), QStringList{"a.pdf"});
        disk.give();
        const auto sealed = prepared();
        QVERIFY(sealed.value);
        const auto finished = finish(errand, *sealed.value, bench.outcome(bench.manifestOf(*sealed.value), bench.pki.signKey, bench.pki.sign));
        QVERIFY(finished.value);
        QCOMPARE(finished.value->bids[0].problem, 0);
        QCOMPARE(bench.left(), (QStringList{"a.pdf", "a.pdf.hufu"}));
    }

    void sealed_envelope_opensForItsRecipientAndCarriesTheSendersSignature()
    {
        Bench bench;
        const Errand errand = bench.errand({bench.write("商务标.pdf", "one"), bench.write("技术标.pdf", QByteArray(2 << 20, 't'))});
        int last = -1;
        const auto prepared = prepareSealing(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), [&](int percent) {
            last = percent;
            return true;
        });
        QVERIFY(prepared.value);
        QCOMPARE(last, 100);
        QCOMPARE(bench.left().size(), 2); // no envelope has a name yet
        const auto manifest = bench.manifestOf(*prepared.value);
        QCOMPARE(manifest.recipients, std::vector<std::string>{"王小明"});
        QVERIFY(manifest.recipientKeys == std::vector<Bytes>{*documents::envelopeKeyId(bench.pki.encrypt)});
        QCOMPARE(manifest.soleReason, std::string("同事休假"));
        QCOMPARE(*manifest.deadline, std::int64_t{1'900'000'000'000});
        QCOMPARE(manifest.files[1].size, std::uint64_t{2 << 20});

        const auto finished = finish(errand, *prepared.value, bench.outcome(manifest, bench.pki.signKey, bench.pki.sign));
        QVERIFY(finished.value);
        QCOMPARE(finished.value->signer, QStringLiteral("王小明"));
        // Those that are there are no phantoms, whatever the journal still says of them.
        std::vector<BidOnPaper> paper;
        for (const Bid &bid : finished.value->bids)
            paper.push_back({QString::fromStdString(toHex(manifest.files[static_cast<std::size_t>(bid.item)].sm3)), bid.out});
        QVERIFY(envelopesOf(paper).lost.empty() && envelopesOf(paper).unknown.empty());
        std::swap(paper[0].id, paper[1].id); // other envelopes under these names
        paper.push_back({QStringLiteral("aa"), bench.path("商务标.pdf")});
        paper.push_back({QStringLiteral("bb"), bench.path("nothing.hufu")});
        QCOMPARE(envelopesOf(paper).lost.size(), paper.size());
        // A share or stick that is away says nothing about what is on it.
        paper = {{QStringLiteral("aa"), bench.path("away/商务标.pdf.hufu")}};
        QCOMPARE(envelopesOf(paper).unknown.size(), std::size_t{1});
        QVERIFY(envelopesOf(paper).lost.empty());
        // Whoever opens them says which sealed bids they are.
        Errand opening;
        opening.kind = ErrandKind::openBids;
        opening.out = bench.folder.path();
        for (const Bid &bid : finished.value->bids)
            opening.files << bid.out;
        const auto asked = prepareBids(opening, bench.holders(), bench.random);
        QVERIFY(asked.value);
        for (std::size_t i = 0; i < manifest.files.size(); ++i)
            QCOMPARE(asked.value->draft["files"][static_cast<int>(i)]["envelope"].toString().toStdString(), toHex(manifest.files[i].sm3));
        QCOMPARE(finished.value->bids[1].out, bench.path("技术标.pdf.hufu"));
        const auto file = envelope::EnvelopeFile::open(bench.path("商务标.pdf.hufu").toStdString());
        QVERIFY(file);
        QCOMPARE(file->body().project->package, std::string("1 标段"));
        documents::Question question;
        question.nowMs = QDateTime::currentMSecsSinceEpoch();
        question.trust.roots = {bench.pki.root};
        const auto verdict = envelope::verify(*file, question);
        QVERIFY(verdict && verdict->isValid());
        envelope::FileKeyOpener opener({bench.pki.encryptKey.d, bench.pki.encryptKey.point});
        envelope::OpenOrder order;
        order.target = bench.path("opened").toStdString();
        order.question = question;
        QVERIFY(envelope::open(*file, opener, order));
        QFile opened(bench.path("opened"));
        QVERIFY(opened.open(QIODevice::ReadOnly));
        QCOMPARE(opened.readAll(), QByteArray("one"));
    }

    // The hour does not come again: whichever of the desk's requests is lost, or its answer, the opening goes on by itself, and each file is
    // there once and whole.
    void opening_ofTwentyCutAtEachRequest_goesOn()
    {
        Bench bench;
        QStringList files;
        for (int i = 1; i <= 20; ++i) {
            envelope::SealOrder order;
            order.source = bench.write(QStringLiteral("bid %1.txt").arg(i), "the tender " + QByteArray::number(i)).toStdString();
            order.target = order.source.string() + ".hufu";
            order.recipients = {bench.pki.encrypt};
            order.project = documents::EnvelopeProject{"HF-2026-017", "滨江路改造", "", {}};
            order.nowMs = QDateTime::currentMSecsSinceEpoch();
            QVERIFY(envelope::seal(order, bench.random));
            files << QString::fromStdString(order.target.string());
        }
        std::vector<std::unique_ptr<CutOpening>> openings; // side by side: each waits a second before it asks again
        const auto outOf = [&bench](std::size_t opening) { return bench.path(QStringLiteral("opened-%1").arg(opening)); };
        const auto begin = [&](int cut, bool isAfter) {
            QVERIFY(QDir().mkpath(outOf(openings.size())));
            openings.push_back(std::make_unique<CutOpening>(bench, cut, isAfter, files, outOf(openings.size())));
        };
        begin(-1, false); // none is cut
        for (int cut = 0; cut < CutOpening::kRequests; ++cut) {
            begin(cut, false);
            begin(cut, true);
        }
        QVERIFY(QTest::qWaitFor([&] {
            for (const auto &opening : openings)
                opening->serve();
            return std::ranges::all_of(openings, [](const auto &opening) { return opening->isOver(); });
        }, 60'000));
        for (std::size_t at = 0; at < openings.size(); ++at) {
            const CutOpening &opening = *openings[at];
            const QString which = QStringLiteral("request %1, %2").arg(opening.cut).arg(opening.isAfter ? "after" : "before");
            QVERIFY2(opening.cut < 0 ? opening.seen == CutOpening::kRequests : opening.seen > CutOpening::kRequests, qPrintable(which)); // it was one of them
            QVERIFY2(QDir(outOf(at)).entryList(QDir::Files | QDir::Hidden).size() == 20, qPrintable(which));
            for (int i = 1; i <= 20; ++i) {
                QFile file(QDir(outOf(at)).filePath(QStringLiteral("bid %1.txt").arg(i)));
                QVERIFY2(file.open(QIODevice::ReadOnly) && file.readAll() == "the tender " + QByteArray::number(i), qPrintable(which));
            }
            QVERIFY2(!opening.desk.store.files.contains(Journal::kOpeningFile), qPrintable(which));
        }
    }

    // What is open is on paper as opened before the opening is off it: killed or cancelled anywhere, the desk still tells the server.
    void counter_opening_isOnPaperUntilItsBidsAreNotedAsOpened_data()
    {
        QTest::addColumn<bool>("cancelled");
        QTest::newRow("to its end") << false;
        QTest::newRow("cancelled after the first") << true;
    }
    void counter_opening_isOnPaperUntilItsBidsAreNotedAsOpened()
    {
        QFETCH(bool, cancelled);
        Bench bench;
        const Errand sealing = bench.errand({bench.write("a.pdf", "one"), bench.write("b.pdf", "two")});
        const auto sealed = prepareSealing(sealing, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {});
        QVERIFY(sealed.value);
        const auto envelopes = bench.manifestOf(*sealed.value);
        QVERIFY(finish(sealing, *sealed.value, bench.outcome(envelopes, bench.pki.signKey, bench.pki.sign)).value);

        tests::DeskBench desk;
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = {bench.path("a.pdf.hufu"), bench.path("b.pdf.hufu")};
        errand.out = bench.folder.path();
        const auto prepared = prepareBids(errand, bench.holders(), bench.random);
        QVERIFY(prepared.value);
        const auto manifest = bench.manifestOf(*prepared.value);
        QJsonArray boxes;
        for (const QByteArray &der : prepared.value->tbs) {
            const auto key = crypto::sm2Decrypt(bench.pki.encryptKey.d, *x509::parseSm2Cipher({reinterpret_cast<const std::uint8_t *>(der.constData()), static_cast<std::size_t>(der.size())}));
            boxes.append(QString::fromStdString(toHex(*crypto::sealBox(prepared.value->boxKey->publicKey(), key->expose(), bench.random))));
        }
        const QJsonObject outcome{{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"sealed", boxes}};
        OpeningOnPaper opening;
        opening.token.fill(0x11);
        opening.startedMs = desk.clock.unixMs();
        opening.manifest = manifest.encode();
        opening.boxKey = prepared.value->boxKey;
        opening.files = errand.files;
        opening.out = errand.out;
        QVERIFY(desk.journal->setOpening(opening));

        bool wasOnPaper = true;
        QStringList told;
        QObject::connect(desk.counter.get(), &Counter::bidsOpened, desk.counter.get(), [&](const QStringList &ids) {
            if (told.isEmpty()) wasOnPaper = desk.store.files.contains(Journal::kOpeningFile) && desk.journal->opening()->done.empty();
            told << ids;
            desk.journal->addOpened(ids);
            if (cancelled && told.size() == 1) desk.screens.qr()->cancel();
        });
        desk.counter->takeUp();
        desk.answerNext("GET", tests::answer(200, {{"state", "approved"}, {"version", 3}}));
        const QJsonArray lists{QString::fromStdString(bench.pki.list({}, QDateTime::currentMSecsSinceEpoch()).pem())};
        desk.answerNext("GET", tests::answer(200, {{"holders", bench.holders()}, {"revocationLists", lists}}));
        desk.answerNext("GET", tests::answer(200, {{"state", "approved"}, {"version", 3}, {"outcome", outcome}}));
        QTRY_COMPARE(desk.screens.page(), cancelled ? DeskScreens::Status : DeskScreens::Outcome);
        for (const QVariant &one : cancelled ? QVariantList() : desk.screens.outcome()->bids()) {
            QCOMPARE(one.value<BidView>().standing, QStringLiteral("good"));
            QCOMPARE(one.value<BidView>().sender, QStringLiteral("示范建设有限公司 · 王小明"));
        }
        if (!cancelled) QCOMPARE(desk.screens.outcome()->bids().size(), 2);
        QVERIFY(wasOnPaper);
        QVERIFY(!desk.store.files.contains(Journal::kOpeningFile));
        const auto next = Journal::open(desk.store, desk.element);
        QVERIFY(next && next->opened().contains(QString::fromStdString(toHex(envelopes.files[0].sm3))));
        if (!cancelled) QCOMPARE(told.size(), 2); // each once
        if (!cancelled) QCOMPARE(next->opened(), told);
    }

    // --- files for people with any software (.p7m): no phone, no session ------------------------------------------------

    void files_encrypted_openForEachReceiverAlone_andAreNamedClearly()
    {
        Bench bench;
        tests::DeskBench desk;
        Pki stranger{QDateTime::currentMSecsSinceEpoch()};
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        const QString theirs = bench.write("theirs.cer", pem(bench.colleague.encrypt).toUtf8()), wrong = bench.write("wrong.cer", pem(bench.colleague.sign).toUtf8());
        desk.screens.status()->encrypt({QUrl::fromLocalFile(bench.write("a.pdf", "one")), QUrl::fromLocalFile(bench.write("b.pdf", QByteArray(15 * 1024 * 1024 + 1, 'x'))), QUrl::fromLocalFile(bench.write("c.pdf", "three"))});
        QVERIFY(desk.screens.seal()->plain() && desk.screens.page() == DeskScreens::Seal);
        desk.answerNext("GET", tests::answer(200, {{"holders", QJsonArray{QJsonObject{{"account", "a"}, {"colleagues", QJsonArray{QJsonObject{{"name", "林晓燕"}, {"encrypt", pem(bench.pki.encrypt)}}}}}}}}));
        desk.screens.seal()->addReceivers({QUrl::fromLocalFile(wrong)});
        QCOMPARE(desk.screens.seal()->receiverProblem(), 600);
        QCOMPARE(desk.screens.seal()->people().size(), 1);
        for (int twice = 0; twice < 2; ++twice)
            desk.screens.seal()->addReceivers({QUrl::fromLocalFile(theirs)});
        QCOMPARE(desk.screens.seal()->receiverProblem(), 0);
        QCOMPARE(desk.screens.seal()->people().size(), 2);
        QCOMPARE(desk.screens.seal()->chosen(), 2);
        bench.write("a.pdf.p7m", "mine");
        desk.screens.seal()->encrypt();
        QTRY_COMPARE(desk.screens.page(), DeskScreens::Outcome);
        QCOMPARE(desk.screens.outcome()->act(), QStringLiteral("encrypt-files"));
        QVERIFY(std::ranges::none_of(desk.asked, [](const tests::Asked &one) { return one.method == "POST"; })); // no phone is asked
        const auto &bids = desk.counter->report().finished.bids;
        QCOMPARE(bids.size(), std::size_t(3));
        QCOMPARE(bids[0].out, bench.path("a.pdf (2).p7m"));
        QCOMPARE(bids[1].problem, 630);
        QVERIFY(bids[1].out.isEmpty() && !QFile::exists(bench.path("b.pdf.p7m")));
        QCOMPARE(bids[2].out, bench.path("c.pdf.p7m"));
        const auto data = envelope::readEnvelopedData(bids[0].out.toStdString());
        QVERIFY(data && data->dialect() == documents::Dialect::gmt0010 && data->recipients().size() == 2);
        int number = 0;
        for (const Pki *who : {&bench.pki, &bench.colleague, &stranger}) {
            envelope::FileKeyOpener opener({who->encryptKey.d, who->encryptKey.point});
            const QString out = bench.path(QStringLiteral("opened-%1").arg(++number));
            QCOMPARE(bool(envelope::openFromOthers(*data, opener, out.toStdString(), false)), who != &stranger);
            QFile file(out);
            if (who != &stranger) QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll() == "one");
        }
    }
    // Nothing of it needs the server: where that cannot be reached, whoever is meant is added by their certificate. A bid needs it.
    void files_encryptedWhileTheServerIsAway_openForWhoWasAdded()
    {
        for (const ServerAnswer &given : {ServerAnswer(), tests::answer(403, {{"code", "HF-205"}}), tests::answer(200, {{"holders", QJsonArray()}})}) {
            Bench bench;
            tests::DeskBench desk;
            desk.clock.wall = bench.pki.nowMs;
            const QList<QUrl> files{QUrl::fromLocalFile(bench.write("a.pdf", "one"))};
            desk.screens.status()->seal(files);
            desk.answerNext("GET", given);
            QCOMPARE(desk.screens.page(), DeskScreens::Error);
            const int code = desk.screens.error()->code();
            desk.screens.status()->encrypt(files);
            desk.answerNext("GET", given);
            QCOMPARE(desk.screens.page(), DeskScreens::Seal);
            QCOMPARE(desk.screens.seal()->away(), code);
            QVERIFY(!desk.screens.seal()->loading() && desk.screens.seal()->people().isEmpty());
            desk.screens.seal()->addReceivers({QUrl::fromLocalFile(bench.write("wrong.cer", QByteArray::fromStdString(bench.colleague.sign.pem())))});
            QCOMPARE(desk.screens.seal()->receiverProblem(), 600);
            desk.screens.seal()->addReceivers({QUrl::fromLocalFile(bench.write("theirs.cer", QByteArray::fromStdString(bench.colleague.encrypt.pem())))});
            QCOMPARE(desk.screens.seal()->chosen(), 1);
            desk.screens.seal()->encrypt();
            QTRY_COMPARE(desk.screens.page(), DeskScreens::Outcome);
            const auto data = envelope::readEnvelopedData(bench.path("a.pdf.p7m").toStdString());
            envelope::FileKeyOpener opener({bench.colleague.encryptKey.d, bench.colleague.encryptKey.point});
            QVERIFY(data && data->recipients().size() == 1 && envelope::openFromOthers(*data, opener, bench.path("opened").toStdString(), false));
        }
    }
    // A partner of another company: of the same authority, or refused at once; the manifest names whoever was added.
    void bid_forSomebodyByTheirCertificate_namesThemInTheManifest()
    {
        Bench bench;
        tests::DeskBench desk;
        desk.clock.wall = bench.pki.nowMs;
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        tests::WholeKey key;
        const auto certified = [&](authority::Profile profile, std::int64_t toMs = 0) {
            return bench.pki.issue(profile, key, {"CN", "长江示范建设有限公司", {}, "王芳", {}}, &bench.pki.issuing, bench.pki.issuingKey, 0, toMs);
        };
        desk.screens.status()->seal({QUrl::fromLocalFile(bench.write("a.pdf", "one"))});
        QJsonObject holder = bench.holders().first().toObject();
        holder["account"] = QStringLiteral("a");
        holder["colleagues"] = QJsonArray{QJsonObject{{"name", "王小明"}, {"encrypt", pem(bench.pki.encrypt)}}};
        desk.answerNext("GET", tests::answer(200, {{"holders", QJsonArray{holder}}}));
        auto *seal = desk.screens.seal();
        const auto adds = [&](const x509::Certificate &certificate) {
            seal->addReceivers({QUrl::fromLocalFile(bench.write("theirs.cer", pem(certificate).toUtf8()))});
            return seal->receiverProblem();
        };
        QCOMPARE(adds(bench.colleague.encrypt), 600); // of another authority
        QCOMPARE(adds(certified(authority::Profile::sign)), 600);
        QCOMPARE(adds(certified(authority::Profile::encrypt, bench.pki.nowMs - 1000)), 609);
        QCOMPARE(seal->people().size(), 1);
        QCOMPARE(adds(certified(authority::Profile::encrypt)), 0);
        QCOMPARE(seal->chosen(), 2);
        QVERIFY(seal->seal(QStringLiteral("HF-2026-017"), QStringLiteral("滨江路改造"), {}, {}));
        desk.answerNext("GET", tests::answer(200, {{"holders", QJsonArray{holder}}}));
        const auto isStart = [](const tests::Asked &one) { return one.method == "POST"; };
        QTRY_VERIFY(std::ranges::any_of(desk.asked, isStart));
        const auto manifest = QJsonDocument::fromJson(std::ranges::find_if(desk.asked, isStart)->body).object()["manifest"].toObject();
        QCOMPARE(manifest["recipients"].toArray(), (QJsonArray{"王小明", "王芳"}));
        QCOMPARE(manifest["recipientKeys"].toArray().size(), 2);
    }
    void files_toBeEncrypted_forNobodyOrNowhere_areRefusedAndLeaveNothing()
    {
        Bench bench;
        const std::int64_t now = QDateTime::currentMSecsSinceEpoch();
        Errand errand = bench.errand({bench.write("a", "one")});
        errand.kind = ErrandKind::encryptFiles;
        errand.recipients.clear();
        QCOMPARE(encryptFiles(errand, bench.random, now).problem, 600);
        errand.recipients = {bench.pki.sign};
        QCOMPARE(encryptFiles(errand, bench.random, now).problem, 600);
        errand.recipients = {bench.pki.encrypt};
        QCOMPARE(encryptFiles(errand, bench.random, bench.pki.encrypt.notAfterMs() + 1).problem, 609);
        QCOMPARE(encryptFiles(errand, bench.random, now, [](int) { return false; }).problem, 608);
        errand.out = bench.path("none");
        QCOMPARE(encryptFiles(errand, bench.random, now).problem, 610);
        errand.out = bench.folder.path();
        errand.files = {bench.path("missing")};
        QCOMPARE(encryptFiles(errand, bench.random, now).problem, 604);
        QCOMPARE(bench.left(), QStringList{"a"});
        errand.files = {bench.path("a")};
        errand.form = intent::Form::cms;
        const auto made = encryptFiles(errand, bench.random, now);
        QVERIFY(made.value && envelope::readEnvelopedData(made.value->out.toStdString())->dialect() == documents::Dialect::pkcs7);
        QCOMPARE(receiverOf(bench.path("missing"), now).problem, 604);
        QCOMPARE(receiverOf(bench.path("a"), now).problem, 600);
    }

    // Whoever asks for it, and however: the page is not the only one to hold this.
    void sealing_forOneAloneWithoutAReason_isRefusedBeforeAnythingIsEncrypted()
    {
        Bench bench;
        Errand errand = bench.errand({bench.write("a", "one")});
        errand.soleReason.clear();
        int steps = 0;
        const auto prepared = [&] { return prepareSealing(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), [&](int) { return ++steps > 0; }); };
        QCOMPARE(prepared().problem, 635);
        errand.recipients = {bench.pki.encrypt, bench.pki.encrypt}; // the same person
        QCOMPARE(prepared().problem, 635);
        QCOMPARE(steps, 0);
        QCOMPARE(bench.left(), QStringList{"a"});
        const tests::WholeKey other;
        errand.recipients.push_back(bench.pki.issue(authority::Profile::encrypt, other, {"CN", "示范", {}, "李经理", {}}, &bench.pki.issuing, bench.pki.issuingKey));
        const auto two = prepared();
        QVERIFY(two.value && !two.value->draft.contains(QLatin1String("soleReason")));
    }
    // What a site proposes comes to the same page: a reason of blanks is none.
    void counter_forOneAloneWithoutAReason_asksNoPhone()
    {
        Bench bench;
        tests::DeskBench desk;
        desk.clock.wall = bench.pki.nowMs;
        desk.screens.status()->seal({QUrl::fromLocalFile(bench.write("a.pdf", "one"))});
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        QJsonObject holder = bench.holders()[0].toObject();
        holder["account"] = "a";
        holder["colleagues"] = QJsonArray{QJsonObject{{"name", "王小明"}, {"encrypt", pem(bench.pki.encrypt)}}};
        const auto answer = tests::answer(200, {{"holders", QJsonArray{holder}}});
        desk.answerNext("GET", answer);
        QCOMPARE(desk.screens.seal()->chosen(), 1);
        desk.screens.seal()->setSoleReason(QStringLiteral("  "));
        QVERIFY(desk.screens.seal()->seal(QStringLiteral("P-1"), QStringLiteral("Bridge"), {}, {}));
        desk.answerNext("GET", answer);
        QTRY_COMPARE(desk.screens.page(), DeskScreens::Error);
        QCOMPARE(desk.screens.error()->code(), 635);
        QVERIFY(std::ranges::none_of(desk.asked, [](const tests::Asked &one) { return one.method == "POST"; }));
        QCOMPARE(bench.left(), QStringList{"a.pdf"});
    }

    void sealing_notFinished_leavesNothing()
    {
        Bench bench;
        {
            const auto prepared = prepareSealing(bench.errand({bench.write("a", "one")}), bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {});
            QVERIFY(prepared.value);
        }
        QCOMPARE(bench.left(), QStringList{"a"});
    }

    void finish_leftOutUnsignedOrSignedByAnother_namesNoEnvelope()
    {
        Bench bench;
        const Errand errand = bench.errand({bench.write("a", "one"), bench.write("b", "two")});
        const auto again = [&] { return prepareSealing(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {}); };
        auto prepared = again();
        auto manifest = bench.manifestOf(*prepared.value);
        // One file left out before the PIN.
        auto finished = finish(errand, *prepared.value, bench.outcome(manifest, bench.pki.signKey, bench.pki.sign, 0));
        QVERIFY(finished.value);
        QCOMPARE(finished.value->bids[0].problem, 209);
        QVERIFY(!QFile::exists(bench.path("a.hufu")) && QFile::exists(bench.path("b.hufu")));
        // Somebody else of the desk scanned the code.
        prepared = again();
        manifest = bench.manifestOf(*prepared.value);
        QCOMPARE(finish(errand, *prepared.value, bench.outcome(manifest, bench.colleague.signKey, bench.colleague.sign)).problem, 606);
        // A signature that is none.
        QCOMPARE(finish(errand, *prepared.value, bench.outcome(manifest, bench.colleague.signKey, bench.pki.sign)).problem, 602);
        // Envelopes other than those that were shown.
        const auto other = again();
        QCOMPARE(finish(errand, *other.value, bench.outcome(manifest, bench.pki.signKey, bench.pki.sign)).problem, 100);
        prepared = again();
        QCOMPARE(bench.left(), (QStringList{"a", "b", "b.hufu"}));
    }

    void prepare_twoFilesOfOneName_haveAnEnvelopeEach()
    {
        Bench bench;
        QVERIFY(QDir(bench.folder.path()).mkdir(QStringLiteral("other")));
        const auto prepared = prepareSealing(bench.errand({bench.write("a.pdf", "one"), bench.write("other/a.pdf", "two"), bench.path("missing"), bench.write("b", "three")}), bench.holders(),
                                             bench.random, QDateTime::currentMSecsSinceEpoch(), {});
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->bids[0].out, bench.path("a.pdf.hufu"));
        QCOMPARE(prepared.value->bids[1].out, bench.path("a.pdf (2).hufu"));
        QCOMPARE(prepared.value->bids[3].out, bench.path("b.hufu"));
        QCOMPARE(prepared.value->whose.toStdString(), prepared.value->sender->subject().commonName);
    }

    void prepare_byAnEd25519Key_isRefusedBeforeAnythingIsEncrypted()
    {
        Bench bench;
        QJsonArray holders = bench.holders();
        QJsonObject holder = holders.at(0).toObject();
        holder["sign"] = QString::fromStdString(bench.pki.certify(crypto::Ed25519Key::generate(bench.random).publicKey()).pem());
        holders[0] = holder;
        int steps = 0;
        QCOMPARE(prepareSealing(bench.errand({bench.write("a", "one")}), holders, bench.random, QDateTime::currentMSecsSinceEpoch(), [&](int) { return ++steps > 0; }).problem, 628);
        QCOMPARE(steps, 0);
        QCOMPARE(bench.left(), QStringList{"a"});
    }
    void prepare_openingThatIsOver_isRefusedBeforeAnythingIsEncrypted()
    {
        Bench bench;
        Errand errand = bench.errand({bench.write("a", "one")});
        const std::int64_t hour = QDateTime::currentMSecsSinceEpoch() + 60'000;
        errand.project->openingMs = hour;
        int steps = 0;
        for (const std::int64_t now : {hour, hour + 1})
            QCOMPARE(prepareSealing(errand, bench.holders(), bench.random, now, [&](int) { return ++steps > 0; }).problem, 618);
        QCOMPARE(steps, 0);
        QCOMPARE(bench.left(), QStringList{"a"});
        QVERIFY(prepareSealing(errand, bench.holders(), bench.random, hour - 1, {}).value);
    }
    // What the phone would be asked is counted before hours of work, and not by the server after them.
    void prepare_moreThanOneApprovalHolds_isRefusedBeforeAnythingIsEncrypted()
    {
        Bench bench;
        QStringList files;
        for (int i = 0; i < 64; ++i)
            files << bench.write(QString(80, QChar(0x6807)) + QString::number(i), "one"); // 240 bytes and more
        Errand errand = bench.errand(files);
        errand.recipients.clear();
        for (int i = 0; i < 64; ++i) {
            const tests::WholeKey key;
            errand.recipients.push_back(bench.pki.issue(authority::Profile::encrypt, key, {"CN", "示范建设有限公司", {}, QString(60, QChar(0x540d)).toStdString(), {}}, &bench.pki.issuing, bench.pki.issuingKey));
        }
        int steps = 0;
        const auto prepared = [&] { return prepareSealing(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), [&](int) { return ++steps > 0; }); };
        QCOMPARE(prepared().problem, 619);
        QCOMPARE(steps, 0);
        QCOMPARE(bench.left().size(), 64);
        errand.files = files.mid(0, 8); // as its steps say
        const auto fewer = prepared();
        QVERIFY(fewer.value);
        QCOMPARE(bench.manifestOf(*fewer.value).files.size(), std::size_t{8});
    }
    void prepare_whatCannotBeSealed_isToldByFile()
    {
        Bench bench;
        const auto prepared = prepareSealing(bench.errand({bench.path("missing"), bench.write("b", "two")}), bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {});
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->bids[0].problem, 604);
        QCOMPARE(prepared.value->bids[1].problem, 0);
        QCOMPARE(prepareSealing(bench.errand({bench.path("missing")}), bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {}).problem, 604);
        Errand stranger = bench.errand({bench.path("b")});
        stranger.recipients = {bench.colleague.encrypt}; // of an authority that is not the server's
        QCOMPARE(prepareSealing(stranger, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {}).problem, 600);
        stranger.recipients.clear();
        QCOMPARE(prepareSealing(stranger, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), {}).problem, 600);
        QCOMPARE(prepareSealing(bench.errand({bench.path("b")}), {}, bench.random, QDateTime::currentMSecsSinceEpoch(), {}).problem, 600);
        // By the clock that the desk is given: in a hundred years nobody's certificate holds.
        Errand late = bench.errand({bench.path("b")});
        late.project->openingMs.reset(); // an hour that is over would be told first
        QCOMPARE(prepareSealing(late, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch() + qint64{100} * 365 * 86'400'000, {}).problem, 609);
        QCOMPARE(prepareSealing(bench.errand({bench.path("b")}), bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), [](int) { return false; }).problem, 608);
        QCOMPARE(bench.left(), QStringList{"b"});
    }
};

QTEST_MAIN(TestBidSealing)
#include "test_bid_sealing.moc"
