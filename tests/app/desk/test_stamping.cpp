// A PDF that is stamped at the desk: where seals may stand, what the phone is asked to sign, and that the file gets its name by that
// signature alone, with what was signed before still valid.
#include "app/desk/page_list.h"
#include "app/desk/stamping.h"
#include "app/pdf/judging.h"
#include "shield/crypto/ed25519.h"
#include "shield/intent/tbs.h"
#include "tests/shield/documents/seals.h"
#include "tests/support/pdfs.h"
#include "tests/support/pki.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPdfDocument>
#include <QPdfWriter>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using namespace hufu::desk_app;
using catalogue::Code;
using tests::Pki;

namespace {

struct Bench {
    QTemporaryDir folder;
    Pki pki{QDateTime::currentMSecsSinceEpoch()}, other{QDateTime::currentMSecsSinceEpoch()};
    ports::SystemRandom random;
    SealsOfDesk seals = drawnSeals(granted());
    std::shared_ptr<StampWish> asked = std::make_shared<StampWish>();

    QString path(const QString &name) const { return folder.filePath(name); }
    QByteArray read(const QString &file) const
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    QString write(const QString &name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0) qFatal("write");
        return file.fileName();
    }
    QString document(const QString &name, int pages) const
    {
        QPdfWriter writer(path(name));
        writer.setPageSize(QPageSize(QPageSize::A4));
        QPainter painter(&writer);
        for (int page = 0; page < pages; ++page) {
            if (page > 0) writer.newPage();
            painter.fillRect(QRect(0, 0, writer.width() / 2, writer.height() / 2), Qt::blue);
        }
        return path(name);
    }
    static QJsonArray granted()
    {
        const auto seal = [](const char *grant, const char *kind, const char *name, const char *project) {
            return QJsonObject{{"grant", QString::fromLatin1(grant).repeated(16)}, {"kind", QLatin1String(kind)}, {"style", 1}, {"name", QString::fromUtf8(name)},
                               {"number", QString()}, {"purpose", QStringLiteral("投标文件")}, {"project", QString::fromUtf8(project)}};
        };
        return {QJsonObject{{"person", QStringLiteral("王小明")}, {"seals", QJsonArray{seal("01", "company", "示范建设有限公司", "P-1"), seal("02", "legalPerson", "李建国", "")}}},
                QJsonObject{{"person", QStringLiteral("赵敏")}, {"seals", QJsonArray{seal("03", "contract", "示范建设有限公司", "")}}}};
    }
    QJsonArray holders() const
    {
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        return {QJsonObject{{"sign", pem(pki.sign)}, {"issuing", pem(pki.issuing)}, {"root", pem(pki.root)}}};
    }
    void fill(StampModel &model, const QString &file)
    {
        const auto opened = openPdf(file);
        if (!opened.value) qFatal("document");
        model.begin(file);
        model.showSeals(seals.views);
        model.showDocument(opened.value->pages, opened.value->signatures);
        QObject::connect(&model, &StampModel::stampAsked, &model, [asked = asked](const StampWish &wish) { *asked = wish; });
    }
    Errand errand() const
    {
        Errand errand;
        errand.kind = ErrandKind::stampPdf;
        errand.file = asked->file;
        errand.out = path(QStringLiteral("sealed.pdf"));
        errand.stamp = std::make_shared<StampOrder>(StampOrder{*asked, seals.seals, 0, {}});
        return errand;
    }
    intent::Manifest manifestOf(const Prepared &prepared)
    {
        intent::Manifest base;
        base.flow = intent::Flow::desk;
        base.nonce = random.bytes<16>("nonce");
        base.created = QDateTime::currentMSecsSinceEpoch();
        base.desk = intent::Desk{{1}, "D", true};
        const auto draft = QJsonDocument(prepared.draft).toJson(QJsonDocument::Compact).toStdString();
        const auto manifest = intent::Manifest::fromDraft(viewOf(draft), base);
        if (!manifest) qFatal("draft: %s", manifest.error().what.text());
        return *manifest;
    }
    QJsonObject outcome(const intent::Manifest &manifest, const tests::WholeKey &key, const x509::Certificate &certificate) const
    {
        const auto signature = key.sign(*intent::buildTbs(manifest, 0));
        return {{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"certificate", QString::fromStdString(certificate.pem())},
                {"issuing", QString::fromStdString(pki.issuing.pem())},
                {"signatures", QJsonArray{QString::fromStdString(toHex(concat({signature.r, signature.s})))}}};
    }
    Bytes electronicSeal(const char *name = "示范建设有限公司", const x509::Certificate *signer = nullptr) const
    {
        const tests::SealWorks works(pki);
        auto info = works.info();
        info.name = name;
        info.signers = {signer != nullptr ? *signer : pki.sign};
        return works.seal(info).der;
    }
    Errand electronicErrand(const Bytes &seal) const
    {
        Errand out = errand();
        auto order = std::make_shared<StampOrder>(*out.stamp);
        order->electronic = seal;
        out.stamp = std::move(order);
        return out;
    }
    QJsonObject outcomeOf(const intent::Manifest &manifest, const Bytes &tbs) const
    {
        const auto signature = pki.signKey.sign(tbs);
        return {{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"certificate", QString::fromStdString(pki.sign.pem())},
                {"issuing", QString::fromStdString(pki.issuing.pem())},
                {"signatures", QJsonArray{QString::fromStdString(toHex(concat({signature.r, signature.s})))}}};
    }
    // Both seals of the first person on the last page, the first one across all edges.
    Outcome<Finished> stamped(const QString &file)
    {
        StampModel model;
        fill(model, file);
        model.goTo(model.count());
        model.place(0, 150, 240);
        model.place(1, 100, 240);
        model.setRiding(0, true);
        model.stamp();
        const auto prepared = prepareStamp(errand(), holders(), random, QDateTime::currentMSecsSinceEpoch());
        if (!prepared.value) return {std::nullopt, prepared.problem};
        return finish(errand(), *prepared.value, outcome(manifestOf(*prepared.value), pki.signKey, pki.sign));
    }
    documents::Question question() const { return {pki.trust(), QDateTime::currentMSecsSinceEpoch(), false, {}, {}}; }
    QStringList left() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden); }
};

} // namespace

class TestStamping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pages_asPeopleNameThem_andBack()
    {
        QCOMPARE(pagesOf(QStringLiteral("1-3,7"), 7), (std::vector<int>{1, 2, 3, 7}));
        QVERIFY(pagesOf(QStringLiteral("1-8"), 7).empty());
        QVERIFY(pagesOf(QStringLiteral("x"), 7).empty());
        QCOMPARE(pageListOf({1, 2, 3, 7, 9, 10}), QStringLiteral("1-3,7,9-10"));
        QCOMPARE(pageListOf({}), QString());
    }

    void seal_dragged_staysOnThePage()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, bench.document(QStringLiteral("a.pdf"), 3));
        QVERIFY(!model.ready());
        QVERIFY(!model.place(9, 10, 10));
        QVERIFY(!model.place(-1, 10, 10));
        QVERIFY(model.place(0, 0, 0));
        const auto stamp = [&model](int i) { return model.stamps().at(i).value<StampView>(); };
        QCOMPARE(stamp(0).left, 0.0);
        const double side = bench.seals.seals[0].side;
        model.move(0, 1000, 1000);
        QCOMPARE(stamp(0).left, model.pageWidth() - side);
        QCOMPARE(stamp(0).top, model.pageHeight() - side);
        QCOMPARE(stamp(0).pages, QStringLiteral("1"));
        QVERIFY(!model.setPages(0, QStringLiteral("2-9")));
        QVERIFY(!model.setPages(0, QString()));
        QCOMPARE(stamp(0).pages, QStringLiteral("1"));
        QVERIFY(model.setPages(0, QStringLiteral("2 - 3")));
        QCOMPARE(stamp(0).pages, QStringLiteral("2-3"));
        QVERIFY(!stamp(0).here);
        model.goTo(3);
        QVERIFY(stamp(0).here);
        model.onAllPages(0);
        QCOMPARE(stamp(0).pages, QStringLiteral("1-3"));
        model.remove(0);
        QVERIFY(model.stamps().isEmpty() && !model.ready());
    }

    void seals_ofTwoPeople_areNotMixed()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, bench.document(QStringLiteral("a.pdf"), 2));
        QVERIFY(model.place(0, 100, 100));
        QVERIFY(!model.place(2, 100, 100));
        QVERIFY(model.mixed());
        QCOMPARE(model.stamps().size(), 1);
        model.setRiding(2, true);
        QVERIFY(model.mixed() && !model.seals().at(2).value<StampSealView>().riding);
        QVERIFY(model.place(1, 50, 50));
        QVERIFY(!model.mixed());
    }

    void page_isDrawnAsItIs()
    {
        Bench bench;
        const auto opened = openPdf(bench.document(QStringLiteral("a.pdf"), 2));
        QVERIFY(opened.value && opened.value->document);
        QCOMPARE(opened.value->pages.size(), std::size_t{2});
        QVERIFY(qAbs(opened.value->pages[0].width() - 210) < 1 && qAbs(opened.value->pages[0].height() - 297) < 1);
        const QImage picture = pictureOf(*opened.value->document, 2, 400);
        QCOMPARE(picture.width(), 400);
        QCOMPARE(picture.pixelColor(100, 100), QColor(Qt::blue));
        QCOMPARE(picture.pixelColor(390, 550), QColor(Qt::white));
        QVERIFY(pictureOf(*opened.value->document, 3, 400).isNull());
    }

    void electronicSignature_underTheGrantedSeal_isWhole()
    {
        Bench bench;
        const QString file = bench.document(QStringLiteral("投标文件.pdf"), 3);
        const QByteArray original = bench.read(file);
        StampModel model;
        bench.fill(model, file);
        model.setElectronic(true);
        model.place(0, 150, 240);
        model.place(1, 100, 240);
        QVERIFY(model.tooMany() && !model.ready());
        model.remove(1);
        model.setRiding(0, true);
        QVERIFY(!model.tooMany() && model.ready());
        model.stamp();
        const auto errand = bench.electronicErrand(bench.electronicSeal());
        const auto prepared = prepareStamp(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch());
        QVERIFY2(prepared.value, qPrintable(QString::number(prepared.problem)));
        const auto manifest = bench.manifestOf(*prepared.value);
        QVERIFY(manifest.form == intent::Form::ses);
        const auto done = finish(errand, *prepared.value, bench.outcomeOf(manifest, *intent::buildSesTbs(manifest, 0, prepared.value->electronic)));
        QVERIFY2(done.value, qPrintable(QString::number(done.problem)));
        QCOMPARE(bench.read(file), original);
        QVERIFY(bench.read(done.value->out).startsWith(original));
        const auto verdict = pdf_app::judge(done.value->out.toStdString(), bench.question());
        QVERIFY(verdict && !verdict->problem() && verdict->signatures.size() == 1);
        QVERIFY(verdict->signatures[0].ses && verdict->signatures[0].ses->signature->toSign.manifestSm3 == manifest.sm3());
        // The other seal, and CMS, behind it.
        const auto again = bench.stamped(done.value->out);
        QVERIFY(again.value && !pdf_app::judge(again.value->out.toStdString(), bench.question())->problem());
    }

    void electronicSignature_underASealThatIsNotThePersons_isRefusedBeforeTheScan()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, bench.document(QStringLiteral("a.pdf"), 2));
        model.setElectronic(true);
        model.place(0, 100, 100);
        model.stamp();
        const auto problemOf = [&](const Bytes &seal) {
            return prepareStamp(bench.electronicErrand(seal), bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch()).problem;
        };
        QCOMPARE(problemOf(bench.electronicSeal()), 0);
        Bytes broken = bench.electronicSeal();
        broken.back() ^= 1;
        for (const Bytes &seal : {broken, Bytes(), bench.electronicSeal("别家有限公司"), bench.electronicSeal("示范建设有限公司", &bench.pki.encrypt)})
            QCOMPARE(problemOf(seal), static_cast<int>(Code::sealRefused));
        Bench foreign; // of an authority that nobody here trusts, naming the signer
        QCOMPARE(problemOf(foreign.electronicSeal("示范建设有限公司", &bench.pki.sign)), static_cast<int>(Code::sealRefused));
        QCOMPARE(bench.left(), QStringList{QStringLiteral("a.pdf")});
    }

    void stamped_document_isWhole_andItsManifestNamesTheSeals()
    {
        Bench bench;
        const QString file = bench.document(QStringLiteral("投标文件.pdf"), 3);
        const QByteArray original = bench.read(file);
        const auto done = bench.stamped(file);
        QVERIFY2(done.value, qPrintable(QString::number(done.problem)));
        QCOMPARE(done.value->out, bench.path(QStringLiteral("sealed.pdf")));
        QCOMPARE(bench.read(file), original);
        QVERIFY(bench.read(done.value->out).startsWith(original));
        QCOMPARE(bench.left().size(), 2);

        const auto manifest = *intent::Manifest::parse(viewOf(done.value->manifest.toStdString()));
        QCOMPARE(manifest.files.at(0).pages, 3U);
        QCOMPARE(manifest.project->id, std::string("P-1")); // the one that the company's seal is granted for
        const auto &seals = manifest.files.at(0).seals;
        QCOMPARE(seals.size(), std::size_t{2});
        QCOMPARE(seals[0].name, std::string("示范建设有限公司"));
        QCOMPARE(seals[0].pages, std::string("3"));
        QCOMPARE(seals[0].riding, std::string("1-3"));
        QVERIFY(seals[1].kind == intent::SealKind::legalPerson && seals[1].riding.empty());

        auto question = bench.question();
        question.manifest = manifest.encode();
        const auto verdict = pdf_app::judge(done.value->out.toStdString(), question);
        QVERIFY(verdict && !verdict->problem());
        QVERIFY(verdict->signatures.size() == 1 && verdict->signatures[0].signature.coversAll);
    }

    void stampedAgain_keepsTheFirstSignatureValid_andTakesAnotherName()
    {
        Bench bench;
        const auto first = bench.stamped(bench.document(QStringLiteral("a.pdf"), 2));
        QVERIFY(first.value);
        const auto second = bench.stamped(first.value->out);
        QVERIFY(second.value);
        QCOMPARE(second.value->out, bench.path(QStringLiteral("sealed (2).pdf")));
        const auto verdict = pdf_app::judge(second.value->out.toStdString(), bench.question());
        QVERIFY(verdict && !verdict->problem());
        QCOMPARE(verdict->signatures.size(), std::size_t{2});
        QCOMPARE(openPdf(second.value->out).value->signatures, 2);
    }

    void stamp_notApproved_leavesNothing()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, bench.document(QStringLiteral("a.pdf"), 2));
        model.place(0, 100, 100);
        model.stamp();
        {
            const auto prepared = prepareStamp(bench.errand(), bench.holders(), bench.random, 1);
            QVERIFY(prepared.value);
        }
        QCOMPARE(bench.left(), QStringList{QStringLiteral("a.pdf")});
    }

    void signature_ofAnotherKeyOrManifest_givesNoFile()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, bench.document(QStringLiteral("a.pdf"), 2));
        model.place(0, 100, 100);
        model.stamp();
        const auto problemOf = [&](const std::function<QJsonObject(const intent::Manifest &)> &answer) {
            const auto prepared = prepareStamp(bench.errand(), bench.holders(), bench.random, 1);
            return finish(bench.errand(), *prepared.value, answer(bench.manifestOf(*prepared.value))).problem;
        };
        QCOMPARE(problemOf([&](const auto &manifest) { return bench.outcome(manifest, bench.other.signKey, bench.pki.sign); }), static_cast<int>(Code::signatureInvalid));
        QCOMPARE(problemOf([&](intent::Manifest manifest) {
            manifest.files[0].sm3[0] ^= 1;
            return bench.outcome(manifest, bench.pki.signKey, bench.pki.sign);
        }), static_cast<int>(Code::malformed));
        QCOMPARE(bench.left(), QStringList{QStringLiteral("a.pdf")});
    }

    void document_underAnEd25519Key_isRefusedBeforeAnybodyScans()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, bench.document(QStringLiteral("a.pdf"), 1));
        model.place(0, 100, 200);
        model.stamp();
        QJsonArray holders = bench.holders();
        QJsonObject holder = holders.at(0).toObject();
        holder["sign"] = QString::fromStdString(bench.pki.certify(crypto::Ed25519Key::generate(bench.random).publicKey()).pem());
        holders[0] = holder;
        const auto refused = prepareStamp(bench.errand(), holders, bench.random, bench.pki.nowMs);
        QCOMPARE(refused.problem, static_cast<int>(Code::keySignsBare));
        QCOMPARE(bench.left(), QStringList{QStringLiteral("a.pdf")});
    }
    void document_brokenEncryptedOrNone_isRefusedUntouched()
    {
        Bench bench;
        const QByteArray whole = bench.read(bench.document(QStringLiteral("a.pdf"), 2));
        QCOMPARE(openPdf(bench.path(QStringLiteral("none.pdf"))).problem, static_cast<int>(Code::fileUnreadable));
        for (const QByteArray &content : {whole.left(whole.size() / 2), QByteArray("%PDF-1.7\nnothing"), QByteArray()}) {
            const QString file = bench.write(QStringLiteral("broken.pdf"), content);
            QCOMPARE(openPdf(file).problem, 620);
            bench.asked->file = file;
            bench.asked->places = {{0, {1}, 10, 10}};
            QCOMPARE(prepareStamp(bench.errand(), bench.holders(), bench.random, 1).problem, 620);
            QCOMPARE(bench.read(file), content);
        }
        QCOMPARE(bench.left(), (QStringList{QStringLiteral("a.pdf"), QStringLiteral("broken.pdf")}));
    }
};

QTEST_MAIN(TestStamping)
#include "test_stamping.moc"
