// Many envelopes by one scan: whose key is asked for, and that each file stands or falls by itself.
#include "app/catalogue/catalogue.h"
#include "app/desk/bid_opening.h"
#include "app/envelope/envelope_file.h"
#include "app/envelope/interchange.h"
#include "app/envelope/key_file.h"
#include "app/envelope/sealing.h"
#include "shield/crypto/sm3.h"
#include "tests/support/full_disk.h"
#include "tests/support/pki.h"
#include "tests/support/small_disk.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::desk_app;
using tests::FullDisk;
using tests::Pki;

namespace {

struct Bench {
    QTemporaryDir folder;
    Pki pki, other;
    ports::SystemRandom random;

    QString path(const QString &name) const { return folder.filePath(name); }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly)) file.write(content);
        return file.fileName();
    }
    // An envelope with that file in it, for these recipients; the file itself is gone then. In: signer, null for an unsigned one.
    QString sealed(const QString &name, const QByteArray &content, std::vector<x509::Certificate> recipients, envelope::Signer *signer = nullptr)
    {
        envelope::SealOrder order;
        order.source = write(name, content).toStdString();
        order.target = order.source.string() + ".hufu";
        order.recipients = std::move(recipients);
        order.project = documents::EnvelopeProject{"HF-2026-017", "滨江路改造", "", {}};
        order.nowMs = pki.nowMs;
        order.signer = signer;
        if (!envelope::seal(order, random)) qFatal("not sealed");
        QFile::remove(path(name));
        return QString::fromStdString(order.target.string());
    }
    // Signed a minute after it was made.
    QString sealedBy(const QString &name, const x509::Certificate &sender, const tests::WholeKey &key)
    {
        envelope::FileSigner signer({key.d, key.point}, {sender, pki.issuing}, pki.nowMs + 60'000);
        return sealed(name, "content", {pki.encrypt}, &signer);
    }
    // The same for people with any software.
    QString envelopedData(const QString &name, const QByteArray &content, std::vector<x509::Certificate> recipients, documents::Dialect dialect = documents::Dialect::gmt0010)
    {
        envelope::SealOrder order;
        order.source = write(name, content).toStdString();
        order.target = order.source.string() + ".p7m";
        order.recipients = std::move(recipients);
        order.nowMs = pki.nowMs;
        if (!envelope::sealForOthers(order, dialect, random)) qFatal("not encrypted");
        QFile::remove(path(name));
        return QString::fromStdString(order.target.string());
    }
    // A bare SM2 ciphertext. spoilt: it looks like one, and opens with no key.
    QString ciphertext(const QString &name, const char *content, bool spoilt = false)
    {
        auto sealed = *crypto::sm2Encrypt(pki.encryptKey.point, viewOf(content), random);
        if (spoilt) sealed.c3[0] ^= 1;
        const Bytes der = *x509::sm2CipherDer(sealed);
        return write(name, QByteArray(reinterpret_cast<const char *>(der.data()), static_cast<qsizetype>(der.size())));
    }
    static QJsonObject holder(const Pki &of)
    {
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        return {{"sign", pem(of.sign)}, {"encrypt", pem(of.encrypt)}, {"opening", QJsonArray{pem(of.encrypt)}}, {"issuing", pem(of.issuing)}, {"root", pem(of.root)}};
    }
    Errand errand(const QStringList &files) const
    {
        Errand errand;
        errand.kind = ErrandKind::openBids;
        errand.files = files;
        errand.out = folder.path();
        return errand;
    }
    static OpeningOnPaper keptOf(const Prepared &prepared, const QJsonObject &outcome)
    {
        OpeningOnPaper kept;
        kept.boxKey = prepared.boxKey;
        kept.manifest = bytesOf(viewOf(outcome["manifest"].toString().toStdString()));
        return kept;
    }
    // What the phone would have sealed for the desk; null for the items that the person left out.
    QJsonObject outcome(const Prepared &prepared, const std::vector<int> &refused = {})
    {
        intent::Manifest manifest;
        manifest.act = intent::Act::decrypt;
        manifest.desk = intent::Desk{{1}, "D", true};
        manifest.platform = {"p", "P"};
        manifest.deskKey = prepared.boxKey->publicKey();
        QJsonArray boxes;
        for (std::size_t i = 0; i < prepared.tbs.size(); ++i) {
            const ByteView der(reinterpret_cast<const std::uint8_t *>(prepared.tbs[i].constData()), static_cast<std::size_t>(prepared.tbs[i].size()));
            const QJsonObject entry = prepared.draft["files"][static_cast<int>(i)].toObject();
            manifest.files.push_back({entry["name"].toString().toStdString(), der.size(), crypto::sm3(der), 0});
            if (std::ranges::find(refused, static_cast<int>(i)) != refused.end()) {
                boxes.append(QJsonValue::Null);
                continue;
            }
            const auto key = crypto::sm2Decrypt(pki.encryptKey.d, *x509::parseSm2Cipher(der));
            boxes.append(QString::fromStdString(toHex(*crypto::sealBox(*manifest.deskKey, key ? key->expose() : ByteView(), random))));
        }
        return {{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"sealed", boxes}};
    }
};

} // namespace

class TestBidOpening : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prepare_severalEnvelopes_asksForEachKeyUnderItsFilesName()
    {
        Bench bench;
        const QStringList files{bench.sealed("商务标.pdf", "one", {bench.pki.encrypt}), bench.sealed("技术标.pdf", "two", {bench.pki.encrypt})};
        const auto prepared = prepareBids(bench.errand(files), {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->tbs.size(), std::size_t(2));
        QCOMPARE(prepared.value->draft["act"].toString(), QStringLiteral("decrypt"));
        QCOMPARE(prepared.value->draft["files"][1]["name"].toString(), QStringLiteral("技术标.pdf"));
        QCOMPARE(prepared.value->draft["project"]["id"].toString(), QStringLiteral("HF-2026-017"));
    }

    // The certificate is revoked or was followed by another: its key still opens.
    void prepare_forACertificateThatHoldsNoMore_opens()
    {
        Bench bench;
        QJsonObject holder = Bench::holder(bench.pki);
        holder["opening"] = QJsonArray{Bench::holder(bench.other)["encrypt"], holder["encrypt"]};
        holder["encrypt"] = QJsonValue::Null;
        const QStringList files{bench.sealed("a", "one", {bench.pki.encrypt}), bench.sealed("b", "two", {bench.other.encrypt})};
        const auto prepared = prepareBids(bench.errand(files), {holder}, bench.random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->tbs.size(), std::size_t(2));
    }

    void prepare_ofSeveralHolders_choosesWhoOpensTheMost()
    {
        Bench bench;
        const QStringList files{bench.sealed("a", "one", {bench.pki.encrypt, bench.other.encrypt}), bench.sealed("b", "two", {bench.pki.encrypt})};
        const auto prepared = prepareBids(bench.errand(files), {Bench::holder(bench.other), Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->tbs.size(), std::size_t(2));
        QCOMPARE(prepared.value->bids[0].problem, 0);
    }

    void prepare_nameOfAHiddenFile_isRefused()
    {
        Bench bench;
        for (const char *name : {".bash_profile", ".a"}) {
            const auto prepared = prepareBids(bench.errand({bench.sealed(QString::fromLatin1(name), "1", {bench.pki.encrypt})}), {Bench::holder(bench.pki)}, bench.random);
            QVERIFY(!prepared.value);
            QCOMPARE(prepared.problem, 208);
        }
    }

    void prepare_saysWhosePhoneIsNeeded()
    {
        Bench bench;
        const Errand errand = bench.errand({bench.sealed("a", "1", {bench.other.encrypt})});
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki), Bench::holder(bench.other)}, bench.random);
        QCOMPARE(prepared.value->whose.toStdString(), bench.other.encrypt.subject().commonName);
    }

    // The desk was killed after the approval: with its key, the boxes that the phone sealed for it open, and no file is opened twice.
    void finish_ofAnOpeningGoneOnWith_opensWhatIsNotThereYet()
    {
        Bench bench;
        const QStringList files{bench.sealed("a", "one", {bench.pki.encrypt}), bench.sealed("b", "two", {bench.pki.encrypt}), bench.sealed("c", "three", {bench.pki.encrypt})};
        const Errand errand = bench.errand(files);
        const auto first = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        const QJsonObject outcome = bench.outcome(*first.value);
        OpeningOnPaper kept = bench.keptOf(*first.value, outcome);
        kept.done = {{files[0], bench.write("a", "one")}, {files[1], bench.path("deleted since")}};
        const auto again = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random, &kept);
        QCOMPARE(again.value->draft, first.value->draft);
        QStringList told;
        const auto finished = finish(errand, *again.value, outcome, {}, [&told](const Bid &bid) { told << QFileInfo(bid.out).fileName(); });
        QVERIFY(finished.value);
        QCOMPARE(told, (QStringList{QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(QFileInfo(finished.value->bids[0].out).fileName(), QStringLiteral("a"));
        QVERIFY(!QFile::exists(bench.path("a (2)")));
        QCOMPARE(bench.contentOf(bench.path("b")), QByteArray("two"));
        QCOMPARE(bench.contentOf(bench.path("c")), QByteArray("three"));
    }

    // To say who sealed it takes all of an envelope: that of what is open already keeps nothing waiting that is still shut.
    void finish_ofAnOpeningGoneOnWith_opensBeforeItReadsAgainWhatIsThere()
    {
        Bench bench;
        const Pki &pki = bench.pki;
        envelope::FileSigner signer({pki.signKey.d, pki.signKey.point}, {pki.sign, pki.issuing}, pki.nowMs);
        const QStringList files{bench.sealed("large", QByteArray(3 << 20, 'a'), {pki.encrypt}, &signer), bench.sealed("small", "two", {pki.encrypt})};
        const Errand errand = bench.errand(files);
        const auto first = prepareBids(errand, {Bench::holder(pki)}, bench.random);
        const QJsonObject outcome = bench.outcome(*first.value);
        OpeningOnPaper kept = bench.keptOf(*first.value, outcome);
        kept.done = {{files[0], bench.write("large", "as it was opened")}};
        const auto again = prepareBids(errand, {Bench::holder(pki)}, bench.random, &kept);
        QVERIFY(again.value && again.value->bids[0].isThere);
        int last = 0, atOpening = -1;
        const auto finished = finish(
            errand, *again.value, outcome,
            [&last](int percent) {
                last = percent;
                return true;
            },
            [&](const Bid &bid) { atOpening = QFileInfo(bid.out).fileName() == QLatin1String("small") ? last : -1; });
        QVERIFY(finished.value);
        QVERIFY2(atOpening >= 0 && atOpening < 5, qPrintable(QString::number(atOpening)));
        QCOMPARE(last, 100);
        QCOMPARE(finished.value->bids[0].sender.standing, Sender::Standing::unchecked);
        QCOMPARE(finished.value->bids[1].sender.standing, Sender::Standing::nobody);
    }

    // What was approved for an envelope is its key alone, whichever of the others have moved or changed since the kill.
    void finish_ofAnOpeningGoneOnWith_whereOneHasMoved_opensTheOthersAndNamesIt()
    {
        for (const bool isOther : {false, true}) {
            Bench bench;
            const QStringList files{bench.sealed("a", "one", {bench.pki.encrypt}), bench.sealed("b", "two", {bench.pki.encrypt}), bench.sealed("c", "three", {bench.pki.encrypt}), bench.sealed("d", "four", {bench.pki.encrypt})};
            const Errand errand = bench.errand(files);
            const auto first = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
            const QJsonObject outcome = bench.outcome(*first.value, {3});
            OpeningOnPaper kept = bench.keptOf(*first.value, outcome);
            kept.done = {{files[1], bench.write("b", "two")}};
            QVERIFY(QFile::rename(files[0], bench.path("moved.hufu")));
            if (isOther) QCOMPARE(bench.sealed("a", "another", {bench.pki.encrypt}), files[0]);
            const auto again = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random, &kept);
            QVERIFY(again.value);
            QStringList told;
            const auto finished = finish(errand, *again.value, outcome, {}, [&told](const Bid &bid) { told << QFileInfo(bid.out).fileName(); });
            QVERIFY2(finished.value, qPrintable(QString::number(finished.problem)));
            const auto &bids = finished.value->bids;
            QCOMPARE(bids[0].source, files[0]);
            QCOMPARE(bids[0].problem, isOther ? 612 : 604);
            QVERIFY(bids[0].out.isEmpty() && !QFile::exists(bench.path("a")));
            QCOMPARE(bids[1].out, bench.path("b")); // as it was
            QVERIFY(!QFile::exists(bench.path("b (2)")));
            QCOMPARE(told, QStringList{QStringLiteral("c")});
            QCOMPARE(bench.contentOf(bench.path("c")), QByteArray("three"));
            QCOMPARE(bids[3].problem, 209); // left out before the PIN
        }
    }

    void prepare_ofTwoWhoCanOpen_asksForWhomThePersonChose()
    {
        Bench bench;
        QJsonObject one = Bench::holder(bench.pki), two = Bench::holder(bench.other);
        one["account"] = "aa";
        two["account"] = "bb";
        Errand errand = bench.errand({bench.sealed("a", "1", {bench.pki.encrypt, bench.other.encrypt})});
        for (const auto &[account, pki] : {std::pair("aa", &bench.pki), std::pair("bb", &bench.other)}) {
            errand.person = QLatin1String(account);
            const auto prepared = prepareBids(errand, {one, two}, bench.random);
            QVERIFY(prepared.value);
            const auto &der = prepared.value->tbs[0];
            QVERIFY(crypto::sm2Decrypt(pki->encryptKey.d, *x509::parseSm2Cipher({reinterpret_cast<const std::uint8_t *>(der.constData()), static_cast<std::size_t>(der.size())})));
        }
        errand.person = "cc"; // has left meanwhile
        QCOMPARE(prepareBids(errand, {one, two}, bench.random).problem, 606);
    }

    void prepare_unreadableAndForeignOnes_areLeftAsideAndTheRestGoesOn()
    {
        Bench bench;
        const QStringList files{bench.write("not.hufu", "no envelope"), bench.sealed("other", "x", {bench.other.encrypt}),
                                bench.path("missing.hufu"), bench.sealed("mine", "y", {bench.pki.encrypt})};
        const auto prepared = prepareBids(bench.errand(files), {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        const auto &bids = prepared.value->bids;
        QCOMPARE(bids.size(), std::size_t(4));
        QCOMPARE(bids[0].problem, 650);
        QCOMPARE(bids[1].problem, 606);
        QCOMPARE(bids[1].whose, QString::fromStdString(bench.other.encrypt.subject().commonName));
        QVERIFY(bids[0].whose.isEmpty() && bids[3].whose.isEmpty());
        QCOMPARE(bids[2].problem, 604);
        QCOMPARE(bids[3].problem, 0);
        QCOMPARE(prepared.value->tbs.size(), std::size_t(1));
    }

    // A page that asks for the bids of one project gets no other's; what names no project is of any.
    void prepare_forOneProject_leavesTheBidsOfAnotherShut()
    {
        Bench bench;
        Errand errand = bench.errand({bench.sealed("a", "one", {bench.pki.encrypt}), bench.envelopedData("b", "two", {bench.pki.encrypt})});
        errand.project = documents::EnvelopeProject{"ZB-2026-2", {}, {}, {}};
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        const auto &bids = prepared.value->bids;
        QVERIFY(bids[0].problem == 901 && bids[0].item == -1);
        QVERIFY(bids[1].problem == 0 && prepared.value->tbs.size() == 1); // the phone is asked for this one alone
        Finished finished;
        finished.bids = bids;
        QVERIFY(restOf(errand, finished).files.isEmpty()); // to be tried again it would be of another project still
        QVERIFY(!QFile::exists(bench.path("a")));
        errand.files.removeLast();
        const auto none = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(!none.value && none.problem == 901 && none.bids.size() == 1);
        errand.project->id = "HF-2026-017"; // its own
        QVERIFY(prepareBids(errand, {Bench::holder(bench.pki)}, bench.random).value);
        errand.project.reset();
        QVERIFY(prepareBids(errand, {Bench::holder(bench.pki)}, bench.random).value);
    }

    void prepare_nothingToAskFor_saysWhy()
    {
        Bench bench;
        const QString foreign = bench.sealed("other", "x", {bench.other.encrypt});
        QCOMPARE(prepareBids(bench.errand({foreign}), {Bench::holder(bench.pki)}, bench.random).problem, 606);
        QCOMPARE(prepareBids(bench.errand({foreign}), {Bench::holder(bench.pki)}, bench.random).whose, QString::fromStdString(bench.other.encrypt.subject().commonName));
        QCOMPARE(prepareBids(bench.errand({foreign}), {}, bench.random).problem, 606);
        QCOMPARE(prepareBids(bench.errand({}), {Bench::holder(bench.pki)}, bench.random).problem, 604);
        Errand nowhere = bench.errand({foreign});
        nowhere.out = bench.path("no/such/folder");
        QCOMPARE(prepareBids(nowhere, {Bench::holder(bench.other)}, bench.random).problem, 610);
        // Of several each says why.
        const auto none = prepareBids(bench.errand({foreign, bench.path("no-such.hufu"), bench.path(".")}), {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(!none.value && none.problem == 606 && none.bids.size() == 3);
        QVERIFY(none.bids[0].problem == 606 && none.bids[1].problem == 604 && none.bids[2].problem == 604);
        QCOMPARE(none.bids[1].source, bench.path("no-such.hufu"));
    }

    void finish_keysThatCame_openTheirFilesAndReplaceNothing()
    {
        Bench bench;
        const QByteArray large(3 << 20, 'b');
        const QStringList files{bench.sealed("a.pdf", "one", {bench.pki.encrypt}), bench.sealed("b.pdf", large, {bench.pki.encrypt})};
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        bench.write("a.pdf", "the person's own");
        int last = -1;
        const auto finished = finish(errand, *prepared.value, bench.outcome(*prepared.value), [&](int percent) {
            last = percent;
            return true;
        });
        QVERIFY(finished.value);
        QCOMPARE(finished.value->bids[0].out, bench.path("a (2).pdf"));
        QCOMPARE(Bench::contentOf(bench.path("a (2).pdf")), QByteArray("one"));
        QCOMPARE(Bench::contentOf(bench.path("a.pdf")), QByteArray("the person's own"));
        QCOMPARE(Bench::contentOf(bench.path("b.pdf")), large);
        QCOMPARE(last, 100);
    }

    void finish_ofEach_saysWhoHasSealedIt()
    {
        using Standing = Sender::Standing;
        constexpr std::int64_t kHourMs = 3'600'000;
        Bench bench;
        const Pki &pki = bench.pki;
        const tests::WholeKey key;
        const x509::Subject stranger{"CN", "远山工程有限公司", {}, "赵六", {}};
        const auto issued = [&](const x509::Subject &subject, std::int64_t toMs = 0) {
            return pki.issue(authority::Profile::sign, key, subject, &pki.issuing, pki.issuingKey, 0, toMs);
        };
        // Each serial number of this authority's is another one: a list names one of them.
        const x509::Certificate foreign = issued(stranger), since = issued(stranger), before = issued(stranger), stolen = issued(stranger),
                                late = issued(stranger, pki.nowMs), hidden = issued({"CN", {}, {}, "a\u202eb", {}});
        const QStringList files{bench.sealed("unsigned", "content", {pki.encrypt}),
                                bench.envelopedData("other", "content", {pki.encrypt}),
                                bench.sealedBy("own", pki.sign, pki.signKey),
                                bench.sealedBy("foreign", foreign, key),
                                bench.sealedBy("since", since, key),
                                bench.sealedBy("before", before, key),
                                bench.sealedBy("stolen", stolen, key),
                                bench.sealedBy("late", late, key),
                                bench.sealedBy("hidden", hidden, key)};
        const x509::RevocationList list = pki.list({{since.serial(), {pki.nowMs + kHourMs, x509::Reason::superseded}},
                                                    {before.serial(), {pki.nowMs - kHourMs, x509::Reason::unspecified}},
                                                    {stolen.serial(), {pki.nowMs + kHourMs, x509::Reason::keyCompromise}}},
                                                   pki.nowMs + 2 * kHourMs, pki.nowMs + 3 * kHourMs);
        const QJsonArray lists{QString::fromStdString(list.pem())};
        const QString theirs = QStringLiteral("远山工程有限公司 · 赵六"), ours = QStringLiteral("示范建设有限公司 · 王小明");
        const std::vector<Sender> wanted{{Standing::nobody, {}},       {Standing::nobody, {}},        {Standing::good, ours},     {Standing::good, theirs},
                                         {Standing::revokedSince, theirs}, {Standing::revoked, theirs}, {Standing::revoked, theirs}, {Standing::outOfDate, theirs},
                                         {Standing::good, QString::fromStdString(toHex(hidden.serial()))}};
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(pki)}, bench.random, nullptr, lists);
        const QJsonObject outcome = bench.outcome(*prepared.value);
        const auto finished = finish(errand, *prepared.value, outcome);
        QVERIFY(finished.value);
        OpeningOnPaper kept = bench.keptOf(*prepared.value, outcome);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const Bid &bid = finished.value->bids[i];
            QVERIFY2(bid.problem == 0 && QFile::exists(bid.out), qPrintable(bid.source)); // whoever sealed it: the hour does not come again
            QCOMPARE(bid.sender.standing, wanted[i].standing);
            QCOMPARE(bid.sender.name, wanted[i].name);
            kept.done[bid.source] = bid.out;
        }
        // Those that were opened before the desk was killed tell it again, but for one that was altered since.
        {
            QFile altered(files[2]);
            const auto start = static_cast<qint64>(envelope::EnvelopeFile::open(files[2].toStdString())->header().start().size());
            char first = 0;
            QVERIFY(altered.open(QIODevice::ReadWrite) && altered.seek(start) && altered.getChar(&first) && altered.seek(start) && altered.putChar(static_cast<char>(first ^ 1)));
        }
        const auto again = prepareBids(errand, {Bench::holder(pki)}, bench.random, &kept, lists);
        const auto gone = finish(errand, *again.value, outcome);
        QVERIFY(gone.value);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (i != 2) QVERIFY(gone.value->bids[i].sender == wanted[i]);
        QVERIFY(gone.value->bids[2].sender == Sender());
        // Without a list nobody is said to be good; what shows without one still does.
        for (const QJsonArray &none : {QJsonArray(), QJsonArray{QStringLiteral("no list")}, QJsonArray{QString::fromStdString(Pki().list({}).pem())}}) {
            const auto unlisted = finish(errand, *prepareBids(errand, {Bench::holder(pki)}, bench.random, &kept, none).value, outcome);
            QCOMPARE(unlisted.value->bids[0].sender.standing, Standing::nobody);
            QCOMPARE(unlisted.value->bids[3].sender.standing, Standing::unchecked);
            QCOMPARE(unlisted.value->bids[3].sender.name, theirs);
            QCOMPARE(unlisted.value->bids[7].sender.standing, Standing::outOfDate);
        }
        // Of an authority that is not the company's nobody has a name here: it may be of any stranger's choice.
        QJsonObject elsewhere = Bench::holder(bench.other);
        elsewhere["opening"] = Bench::holder(pki)["opening"];
        const auto untrusted = finish(errand, *prepareBids(errand, {elsewhere}, bench.random, &kept, lists).value, outcome);
        QVERIFY(untrusted.value);
        QCOMPARE(untrusted.value->bids[0].sender.standing, Standing::nobody);
        for (std::size_t i = 2; i < wanted.size(); ++i)
            QVERIFY2(untrusted.value->bids[i].sender == Sender(), qPrintable(files[static_cast<qsizetype>(i)]));
    }

    void finish_oneLeftOutOneDamagedOneExchanged_opensTheRestAndLeavesNoHalfFile()
    {
        Bench bench;
        QByteArray damaged;
        const QStringList files{bench.sealed("refused", "1", {bench.pki.encrypt}), bench.sealed("damaged", "2", {bench.pki.encrypt}),
                                bench.sealed("exchanged", "3", {bench.pki.encrypt}), bench.sealed("good", "4", {bench.pki.encrypt}),
                                bench.sealed("spoilt", "5", {bench.pki.encrypt})};
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        QJsonObject outcome = bench.outcome(*prepared.value, {0});
        QJsonArray boxes = outcome["sealed"].toArray();
        boxes[4] = QString(boxes[3].toString()); // another file's key
        outcome["sealed"] = boxes;
        damaged = Bench::contentOf(files[1]);
        damaged[damaged.size() - 1] = static_cast<char>(damaged.back() ^ 1);
        bench.write("damaged.hufu", damaged);
        QFile::remove(files[2]);
        bench.sealed("exchanged", "another", {bench.pki.encrypt});

        const auto finished = finish(errand, *prepared.value, outcome);
        QVERIFY(finished.value);
        const auto &bids = finished.value->bids;
        QCOMPARE(bids[0].problem, 209);
        QCOMPARE(bids[1].problem, 614);
        QCOMPARE(bids[2].problem, 612);
        QCOMPARE(bids[3].problem, 0);
        QCOMPARE(bids[4].problem, 614);
        QCOMPARE(Bench::contentOf(bench.path("good")), QByteArray("4"));
        for (const char *name : {"refused", "damaged", "exchanged", "spoilt"})
            QVERIFY(!QFile::exists(bench.path(name)));
        QCOMPARE(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 6); // five envelopes and one result
    }

    void opening_ofTwentyWhileTheDiskIsFull_leavesNoHalfFile_andTheNextTryOpensTheRest()
    {
        Bench bench;
        const QByteArray large(3 << 20, 'l');
        QStringList files, names;
        for (int i = 0; i < 20; ++i) {
            names << QStringLiteral("bid %1").arg(i);
            files << bench.sealed(names.last(), i == 7 || i == 19 ? large : names.last().toUtf8(), {bench.pki.encrypt});
        }
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        std::optional<Outcome<Finished>> finished;
        {
            const FullDisk full(1 << 20);
            finished = finish(errand, *prepared.value, bench.outcome(*prepared.value));
        }
        QVERIFY(finished->value);
        QStringList shut;
        for (int i = 0; i < 20; ++i) {
            const Bid &bid = finished->value->bids[static_cast<std::size_t>(i)];
            const bool isShut = i == 7 || i == 19;
            QCOMPARE(bid.problem, isShut ? static_cast<int>(catalogue::Code::diskFull) : 0);
            QCOMPARE(Bench::contentOf(bench.path(names[i])), isShut ? QByteArray() : names[i].toUtf8());
            QCOMPARE(QFile::exists(bench.path(names[i])), !isShut);
            if (isShut) shut << bid.source;
        }
        QCOMPARE(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 20 + 18); // nothing half, under any name

        const Errand next = bench.errand(shut);
        const auto again = prepareBids(next, {Bench::holder(bench.pki)}, bench.random);
        const auto rest = finish(next, *again.value, bench.outcome(*again.value));
        QVERIFY(rest.value);
        for (const Bid &bid : rest.value->bids)
            QCOMPARE(Bench::contentOf(bid.out), large);
    }

    // A disk that is full for everybody: what fits is opened, what does not is as it was, and opens once there is room.
    void opening_onADiskThatIsFull_hasWholeFilesAlone_andOpensTheRestOnceThereIsRoom()
    {
        tests::SmallDisk disk;
        if (!disk.isHere()) return disk.run();
        Bench bench;
        const QByteArray large(1 << 20, 'l');
        const QStringList files{bench.sealed("large", large, {bench.pki.encrypt}), bench.sealed("small", "s", {bench.pki.encrypt})};
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        disk.fill(256 << 10);
        const auto finished = finish(errand, *prepared.value, bench.outcome(*prepared.value));
        QVERIFY(finished.value);
        QCOMPARE(finished.value->bids[0].problem, static_cast<int>(catalogue::Code::diskFull));
        QCOMPARE(finished.value->bids[1].problem, 0);
        QCOMPARE(Bench::contentOf(bench.path("small")), QByteArray("s"));
        QCOMPARE(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name), (QStringList{"large.hufu", "small", "small.hufu"}));
        disk.give();
        const Errand next = bench.errand({files[0]});
        const auto again = prepareBids(next, {Bench::holder(bench.pki)}, bench.random);
        const auto rest = finish(next, *again.value, bench.outcome(*again.value));
        QVERIFY(rest.value);
        QCOMPARE(Bench::contentOf(rest.value->bids[0].out), large);
    }

    void opening_ofTwentyThatIsStopped_hasWholeFilesAlone_andTheNextTryOpensTheRest()
    {
        Bench bench;
        QStringList files;
        for (int i = 0; i < 20; ++i)
            files << bench.sealed(QStringLiteral("bid %1").arg(i), QByteArray(100'000, static_cast<char>('a' + i)), {bench.pki.encrypt});
        for (int stopAt = 0; stopAt < 100; stopAt += 25) {
            const Errand errand = bench.errand(files);
            const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
            finish(errand, *prepared.value, bench.outcome(*prepared.value), [&](int percent) { return percent < stopAt; }); // the desk ends
            for (int i = 0; i < 20; ++i) {
                const QByteArray content = Bench::contentOf(bench.path(QStringLiteral("bid %1").arg(i)));
                QVERIFY(content.isEmpty() || content == QByteArray(100'000, static_cast<char>('a' + i)));
                QCOMPARE(QFile::exists(bench.path(QStringLiteral("bid %1").arg(i))), !content.isEmpty());
                QFile::remove(bench.path(QStringLiteral("bid %1").arg(i)));
            }
            QCOMPARE(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 20); // the envelopes
        }
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        const auto finished = finish(errand, *prepared.value, bench.outcome(*prepared.value));
        QVERIFY(finished.value);
        for (const Bid &bid : finished.value->bids)
            QCOMPARE(bid.problem, 0);
    }

    void opening_ofALargeOneThatIsStopped_isGoneOnWith_andForgottenWithTheAct()
    {
        Bench bench;
        const QByteArray large(64 * 1024 * 1024 + 5, 'x');
        const Errand errand = bench.errand({bench.sealed("large", large, {bench.pki.encrypt})});
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        const auto names = [&bench] { return QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden); };
        const auto stop = [&] { QCOMPARE(finish(errand, *prepared.value, bench.outcome(*prepared.value), [](int) { return false; }).problem, static_cast<int>(catalogue::Code::cancelled)); };
        stop();
        QCOMPARE(names().size(), 2);
        QVERIFY(names().filter(QStringLiteral("hufu-opening-")).size() == 1 && !QFile::exists(bench.path("large")));
        forgetCut(prepared.value->bids);
        QCOMPARE(names(), QStringList{"large.hufu"});
        stop();
        QVERIFY(finish(errand, *prepared.value, bench.outcome(*prepared.value)).value);
        QVERIFY(Bench::contentOf(bench.path("large")) == large);
        QCOMPARE(names(), (QStringList{"large", "large.hufu"}));
    }

    // Whatever the person chose together goes by one scan and one PIN; what a stranger made to spoil it spoils itself.
    void opening_ofAllKindsTogether_opensEachAndLeavesTheHostileOnesShut()
    {
        Bench bench;
        const QStringList files{
            bench.sealed("bid.pdf", "of ours", {bench.pki.encrypt}),
            bench.envelopedData("gm.pdf", "of others", {bench.other.encrypt, bench.pki.encrypt}),
            bench.envelopedData("pkcs7.pdf", "of others again", {bench.pki.encrypt}, documents::Dialect::pkcs7),
            bench.ciphertext("bare.sm2", "as it is"),
            bench.ciphertext("spoilt.sm2", "never seen", true),
            bench.envelopedData("foreign.pdf", "not for me", {bench.other.encrypt}),
            bench.write("cut.p7m", QByteArray::fromHex("3080060a2a811ccf55060104020300")),
            bench.write("text.p7m", "nothing of the kind"),
            bench.path("missing.p7m"),
        };
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        QVERIFY2(prepared.value, qPrintable(QString::number(prepared.problem)));
        QCOMPARE(prepared.value->tbs.size(), std::size_t(5));
        QStringList shown;
        for (const QJsonValue &entry : prepared.value->draft["files"].toArray())
            shown << entry["name"].toString();
        QCOMPARE(shown, (QStringList{"bid.pdf", "gm.pdf.p7m", "pkcs7.pdf.p7m", "bare.sm2", "spoilt.sm2"}));
        QVERIFY(!prepared.value->draft.contains("project")); // not of all of them
        const auto finished = finish(errand, *prepared.value, bench.outcome(*prepared.value));
        QVERIFY(finished.value);
        const int problems[] = {0, 0, 0, 0, 603, 606, 603, 650, 604};
        for (std::size_t i = 0; i < std::size(problems); ++i)
            QCOMPARE(finished.value->bids[i].problem, problems[i]);
        QCOMPARE(Bench::contentOf(bench.path("bid.pdf")), QByteArray("of ours"));
        QCOMPARE(Bench::contentOf(bench.path("gm.pdf")), QByteArray("of others"));
        QCOMPARE(Bench::contentOf(bench.path("pkcs7.pdf")), QByteArray("of others again"));
        QCOMPARE(Bench::contentOf(bench.path("bare.sm2.opened")), QByteArray("as it is"));
        QCOMPARE(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 8 + 4);
    }

    void opening_ofOthersFilesAlone_asksForWhomTheyAre()
    {
        Bench bench;
        const QStringList files{bench.envelopedData("a", "one", {bench.pki.encrypt}), bench.envelopedData("b", "two", {bench.pki.encrypt, bench.other.encrypt})};
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.other), Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->whose.toStdString(), bench.pki.encrypt.subject().commonName);
        QCOMPARE(prepared.value->others.size(), std::size_t(1));
        QVERIFY(finish(errand, *prepared.value, bench.outcome(*prepared.value)).value);
        QCOMPARE(Bench::contentOf(bench.path("b")), QByteArray("two"));
    }

    void opening_ofOthersFiles_whereOneIsExchanged_hasANameTakenOrIsNamedLikeAProgramsOwn_opensTheRest()
    {
        Bench bench;
        const QString hidden = bench.envelopedData("x", "hidden", {bench.pki.encrypt}), turned = bench.envelopedData("y", "turned", {bench.pki.encrypt});
        QVERIFY(QFile::rename(hidden, bench.path(".bashrc.p7m")) && QFile::rename(turned, bench.path(QStringLiteral("fdp.\u202egpj.p7m"))));
        const QStringList files{bench.envelopedData("a", "one", {bench.pki.encrypt}), bench.envelopedData("b", "two", {bench.pki.encrypt}), bench.path(".bashrc.p7m"), bench.path(QStringLiteral("fdp.\u202egpj.p7m"))};
        const Errand errand = bench.errand(files);
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        QVERIFY(prepared.value);
        QCOMPARE(prepared.value->tbs.size(), std::size_t(2));
        bench.write("a", "the person's own");
        QFile::remove(files[1]);
        bench.envelopedData("b", "another", {bench.pki.encrypt});
        const auto finished = finish(errand, *prepared.value, bench.outcome(*prepared.value));
        QVERIFY(finished.value);
        const int problems[] = {0, 612, 208, 208};
        for (std::size_t i = 0; i < std::size(problems); ++i)
            QCOMPARE(finished.value->bids[i].problem, problems[i]);
        QCOMPARE(Bench::contentOf(bench.path("a (2)")), QByteArray("one"));
        QCOMPARE(Bench::contentOf(bench.path("a")), QByteArray("the person's own"));
        QVERIFY(!QFile::exists(bench.path("b")) && !QFile::exists(bench.path(".bashrc")));
    }

    void opening_ofOthersFiles_goneOnWith_opensWhatIsNotThereYet()
    {
        Bench bench;
        const QStringList files{bench.envelopedData("a", "one", {bench.pki.encrypt}), bench.ciphertext("b.sm2", "two"), bench.sealed("c", "three", {bench.pki.encrypt})};
        const Errand errand = bench.errand(files);
        const auto first = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        const QJsonObject outcome = bench.outcome(*first.value);
        OpeningOnPaper kept = bench.keptOf(*first.value, outcome);
        kept.done = {{files[0], bench.write("a", "one")}};
        const auto again = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random, &kept);
        QCOMPARE(again.value->draft, first.value->draft);
        QVERIFY(finish(errand, *again.value, outcome).value);
        QVERIFY(!QFile::exists(bench.path("a (2)")));
        QCOMPARE(bench.contentOf(bench.path("b.sm2.opened")), QByteArray("two"));
        QCOMPARE(bench.contentOf(bench.path("c")), QByteArray("three"));
    }

    void finish_nothingOpened_isAFailure()
    {
        Bench bench;
        const Errand errand = bench.errand({bench.sealed("a", "1", {bench.pki.encrypt})});
        const auto prepared = prepareBids(errand, {Bench::holder(bench.pki)}, bench.random);
        const auto refused = finish(errand, *prepared.value, bench.outcome(*prepared.value, {0}));
        QVERIFY(refused.problem == 209 && refused.bids.size() == 1 && refused.bids[0].problem == 209 && refused.bids[0].out.isEmpty());
        // The answer to another list of files is none.
        QJsonObject outcome = bench.outcome(*prepared.value);
        Prepared more = *prepared.value;
        QJsonArray entries = more.draft["files"].toArray();
        entries.append(entries[0]);
        more.draft["files"] = entries;
        QCOMPARE(finish(errand, more, outcome).problem, 100);
        QVERIFY(!QFile::exists(bench.path("a")));
    }
};

QTEST_GUILESS_MAIN(TestBidOpening)
#include "test_bid_opening.moc"
