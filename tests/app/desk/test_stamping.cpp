// PDFs that are stamped at the desk: where seals may stand, what the phone is asked to sign, that each file gets its name by its own
// signature alone, with what was signed before still valid, and that the next start makes the same of them again.
#include "app/desk/page_list.h"
#include "app/desk/stamping.h"
#include "app/pdf/judging.h"
#include "shield/crypto/ed25519.h"
#include "shield/intent/tbs.h"
#include "tests/shield/documents/seals.h"
#include "tests/support/fakes.h"
#include "tests/support/pdfs.h"
#include "tests/support/pki.h"
#include "tests/support/secure_element.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPdfWriter>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

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
                               {"number", QLatin1String(kind) == QLatin1String("legalPerson") ? QString() : QStringLiteral("1101080000001")}, {"purpose", QStringLiteral("投标文件")}, {"project", QString::fromUtf8(project)}};
        };
        return {QJsonObject{{"person", QStringLiteral("王小明")}, {"seals", QJsonArray{seal("01", "company", "示范建设有限公司", "P-1"), seal("02", "legalPerson", "李建国", "")}}},
                QJsonObject{{"person", QStringLiteral("赵敏")}, {"seals", QJsonArray{seal("03", "contract", "示范建设有限公司", "")}}}};
    }
    QJsonArray holders() const
    {
        const auto pem = [](const x509::Certificate &certificate) { return QString::fromStdString(certificate.pem()); };
        return {QJsonObject{{"account", "acct"}, {"sign", pem(pki.sign)}, {"issuing", pem(pki.issuing)}, {"root", pem(pki.root)}}};
    }
    void fill(StampModel &model, const QStringList &files)
    {
        model.begin(files);
        model.showSeals(seals.views);
        for (int i = 0; i < files.size(); ++i) {
            const auto opened = openPdf(files[i]);
            if (opened.value) model.showDocument(i, opened.value->pages, opened.value->signatures);
            else model.showProblem(i, opened.problem);
        }
        QObject::connect(&model, &StampModel::stampAsked, &model, [asked = asked](const StampWish &wish) { *asked = wish; });
    }
    Errand errand() const
    {
        Errand errand;
        errand.kind = ErrandKind::stampPdf;
        for (const auto &document : asked->documents)
            errand.files << document.file;
        errand.out = folder.path();
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
        order->electronic[order->seals[0].grant] = seal;
        out.stamp = std::move(order);
        return out;
    }
    // In: refused, items that the person has left out.
    QJsonObject outcomeOf(const intent::Manifest &manifest, const std::vector<Bytes> &tbs, const std::set<std::size_t> &refused = {}) const
    {
        QJsonArray signatures;
        for (std::size_t i = 0; i < tbs.size(); ++i) {
            const auto signature = pki.signKey.sign(tbs[i]);
            signatures.append(refused.contains(i) ? QJsonValue() : QJsonValue(QString::fromStdString(toHex(concat({signature.r, signature.s})))));
        }
        return {{"manifest", QString::fromStdString(textOf(manifest.encode()))}, {"certificate", QString::fromStdString(pki.sign.pem())},
                {"issuing", QString::fromStdString(pki.issuing.pem())}, {"signatures", signatures}};
    }
    std::vector<Bytes> tbsOf(const intent::Manifest &manifest) const
    {
        std::vector<Bytes> out;
        for (std::size_t i = 0; i < manifest.files.size(); ++i)
            out.push_back(*intent::buildTbs(manifest, i));
        return out;
    }
    // Three documents, each with the first person's seal on its last page.
    QStringList three(StampModel &model)
    {
        const QStringList files{document(QStringLiteral("商务标.pdf"), 2), document(QStringLiteral("技术标.pdf"), 3), document(QStringLiteral("报价.pdf"), 1)};
        fill(model, files);
        model.goTo(2);
        model.place(0, 150, 240);
        model.onLastPages(0);
        model.stamp();
        return files;
    }
    // Both seals of the first person on the last page, the first one across all edges.
    Outcome<Finished> stamped(const QString &file)
    {
        StampModel model;
        fill(model, {file});
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
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 3)});
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

    void pages_typedByAChineseInputMethod_areUnderstood()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 8)});
        QVERIFY(model.place(0, 100, 100));
        const auto stamp = [&model] { return model.stamps().at(0).value<StampView>(); };
        for (const char *typed : {"１-３，7", "1－3、7", "1~3,7", "1—3，７", " 1 – 3 , 7 ", "1——3，7", "1〜3、7", "1～3,7"}) {
            QVERIFY(model.setPages(0, QStringLiteral("8")));
            QVERIFY2(model.setPages(0, QString::fromUtf8(typed)), typed);
            QCOMPARE(stamp().pages, QStringLiteral("1-3,7"));
            QCOMPARE(stamp().typed, QString::fromUtf8(typed)); // the field stays as it was written
        }
        model.stamp();
        QCOMPARE(bench.asked->documents.at(0).places.at(0).pages, (std::vector<int>{1, 2, 3, 7}));
    }

    void pages_wrong_keepEverythingFromBeingStamped_andSayWhere()
    {
        Bench bench;
        StampModel model;
        const QString broken = bench.write(QStringLiteral("broken.pdf"), "no PDF");
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 8), bench.document(QStringLiteral("b.pdf"), 2), broken});
        QCOMPARE(model.unfit(), QStringLiteral("broken.pdf"));
        QVERIFY(model.place(0, 100, 100));
        QCOMPARE(model.bare(), QStringLiteral("b.pdf"));
        QVERIFY(!model.ready());
        model.onLastPages(0);
        QVERIFY(model.bare().isEmpty() && model.ready()); // what cannot be stamped keeps nothing back
        model.onAllPages(0);
        for (const char *typed : {"abc", "", "1-", "0", "9", "3-1", "1-3,,7"}) {
            QVERIFY(!model.setPages(0, QString::fromUtf8(typed)));
            QVERIFY(!model.ready());
            QCOMPARE(model.wrong(), QStringLiteral("a.pdf"));
            model.choose(1); // also while another is shown
            QVERIFY(!model.ready());
            model.stamp();
            QVERIFY(bench.asked->documents.empty());
            model.choose(0);
            const auto stamp = model.stamps().at(0).value<StampView>();
            QVERIFY(stamp.wrong && stamp.typed == QString::fromUtf8(typed) && stamp.pages == QStringLiteral("1-8"));
        }
        QVERIFY(model.setPages(0, QStringLiteral("1-5")));
        QVERIFY(model.ready() && model.wrong().isEmpty());
        QVERIFY(!model.setPages(0, QStringLiteral("x")));
        model.onAllPages(0); // the button names right ones
        QVERIFY(model.ready());
        model.stamp();
        QCOMPARE(bench.asked->documents.at(0).places.at(0).pages.size(), std::size_t{8});
    }

    void seals_ofTwoPeople_areNotMixed()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 2)});
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
        const QString file = bench.document(QStringLiteral("a.pdf"), 2);
        const auto opened = openPdf(file);
        QVERIFY(opened.value);
        QCOMPARE(opened.value->pages.size(), std::size_t{2});
        QVERIFY(qAbs(opened.value->pages[0].width() - 210) < 1 && qAbs(opened.value->pages[0].height() - 297) < 1);
        PageSource pages;
        const QImage picture = pages.picture(file, 2, 400);
        QCOMPARE(picture.width(), 400);
        QCOMPARE(picture.pixelColor(100, 100), QColor(Qt::blue));
        QCOMPARE(picture.pixelColor(390, 550), QColor(Qt::white));
        QVERIFY(pages.picture(file, 3, 400).isNull());
        QVERIFY(pages.picture(bench.path(QStringLiteral("none.pdf")), 1, 400).isNull());
        QVERIFY(!pages.picture(file, 1, 400).isNull()); // another, and back
    }

    // So that the next seal covers none that is there.
    void page_showsTheSealsThatAreOnIt_andWhereASignatureStands()
    {
        Bench bench;
        const QString file = bench.document(QStringLiteral("a.pdf"), 3);
        const auto done = bench.stamped(file);
        QVERIFY(done.value);
        const auto opened = openPdf(done.value->out);
        QVERIFY(opened.value);
        QCOMPARE(opened.value->seen.size(), std::size_t{1});
        QCOMPARE(opened.value->seen[0].signer, QStringLiteral("王小明"));
        QVERIFY(openPdf(file).value->seen.empty());
        PageSource pages;
        pages.know(done.value->out, opened.value->seen);
        constexpr int kScale = 4; // pixels of a millimetre
        // How many pixels of a part of the page are neither white nor the document's blue.
        const auto inked = [&](const QString &path, int page, const QRect &mm) {
            const QImage picture = pages.picture(path, page, 210 * kScale);
            int count = 0;
            for (int y = mm.top() * kScale; y < (mm.top() + mm.height()) * kScale; ++y)
                for (int x = mm.left() * kScale; x < (mm.left() + mm.width()) * kScale; ++x) {
                    const QColor colour = picture.pixelColor(x, y);
                    if (colour.red() > 100 && colour.green() < 200) ++count;
                }
            return count;
        };
        const auto around = [](int x, int y, double side) { const int size = qRound(side); return QRect(x - size / 2 - 1, y - size / 2 - 1, size + 2, size + 2); };
        const QRect company = around(150, 240, bench.seals.seals[0].side), person = around(100, 240, bench.seals.seals[1].side);
        const QRect edge(195, 100, 14, 97); // where the riding seal's strips are
        for (const QRect &seal : {company, person}) {
            QVERIFY2(inked(done.value->out, 3, seal) > 200, qPrintable(QString::number(inked(done.value->out, 3, seal))));
            QCOMPARE(inked(done.value->out, 1, seal), 0); // of another page
            QCOMPARE(inked(file, 3, seal), 0);
        }
        for (int page = 1; page <= 3; ++page) {
            QVERIFY2(inked(done.value->out, page, edge) > 200, qPrintable(QString::number(page)));
            QCOMPARE(inked(file, page, edge), 0);
        }
        // The frame stands where the widget does.
        const QRectF frame = opened.value->seen[0].place;
        const QRectF first(frame.x() * 210, frame.y() * 297, frame.width() * 210, frame.height() * 297);
        QVERIFY(company.contains(first.toRect()) || person.contains(first.toRect()) || first.right() > 200);
    }

    void electronicSignature_underTheGrantedSeal_isWhole()
    {
        Bench bench;
        const QString file = bench.document(QStringLiteral("投标文件.pdf"), 3);
        const QByteArray original = bench.read(file);
        StampModel model;
        bench.fill(model, {file});
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
        const auto done = finish(errand, *prepared.value, bench.outcomeOf(manifest, {*intent::buildSesTbs(manifest, 0, prepared.value->electronic.at(0))}));
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
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 2)});
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
        QCOMPARE(done.value->out, bench.path(QStringLiteral("投标文件-sealed.pdf")));
        QVERIFY(!done.value->renamed);
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
        const auto said = Bench::granted().at(0)[QLatin1String("seals")].toArray(); // of what the phone draws the same pictures
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(static_cast<int>(seals[static_cast<std::size_t>(i)].style), said.at(i)[QLatin1String("style")].toInt());
            QCOMPARE(seals[static_cast<std::size_t>(i)].number, said.at(i)[QLatin1String("number")].toString().toStdString());
        }
        QVERIFY(!seals[0].number.empty());
        QVERIFY(seals[1].kind == intent::SealKind::legalPerson && seals[1].riding.empty());

        auto question = bench.question();
        question.manifest = manifest.encode();
        const auto verdict = pdf_app::judge(done.value->out.toStdString(), question);
        QVERIFY(verdict && !verdict->problem());
        QVERIFY(verdict->signatures.size() == 1 && verdict->signatures[0].signature.coversAll);
    }

    void documents_several_takeASealEach_orTheSamePlaceOnTheirLastPages()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 2), bench.write(QStringLiteral("broken.pdf"), "no PDF"), bench.document(QStringLiteral("c.pdf"), 4)});
        const auto view = [&model](int i) { return model.documents().at(i).value<StampDocumentView>(); };
        QVERIFY(!model.loading() && view(0).shown && model.problem() == 0);
        QCOMPARE(view(1).problem, 620);
        QVERIFY(model.place(0, 100, 100));
        model.move(0, 11, 22);
        QVERIFY(!model.ready()); // the third has none
        model.choose(1);         // nothing to be seen
        QVERIFY(view(0).shown);
        model.choose(2);
        QVERIFY(view(2).shown && model.count() == 4 && model.stamps().isEmpty());
        QVERIFY(!model.place(2, 50, 50) && model.mixed()); // another person's, though on another document
        model.choose(0);
        QCOMPARE(model.stamps().size(), 1);
        model.onLastPages(0);
        QCOMPARE(model.stamps().at(0).value<StampView>().pages, QStringLiteral("2"));
        model.choose(2);
        const auto there = model.stamps().at(0).value<StampView>();
        QVERIFY(there.pages == QStringLiteral("4") && there.left == 11 && there.top == 22 && !there.here);
        model.onFirstPages(0);
        QCOMPARE(model.stamps().size(), 1);
        QCOMPARE(model.stamps().at(0).value<StampView>().pages, QStringLiteral("1"));
        model.rideAll(1);
        QVERIFY(model.seals().at(1).value<StampSealView>().riding && !model.seals().at(0).value<StampSealView>().riding);
        QVERIFY(view(0).seals == 2 && view(1).seals == 0 && view(2).seals == 2 && model.ready());
        model.setElectronic(true);
        QVERIFY(model.tooMany() && !model.ready());
        model.setElectronic(false);
        model.stamp();
        QCOMPARE(bench.asked->documents.size(), std::size_t{3});
        QVERIFY(bench.asked->documents[0].ridings.size() == 1 && bench.asked->documents[2].places[0].pages == std::vector<int>{1});
        QVERIFY(bench.asked->documents[1].places.empty() && bench.asked->documents[1].ridings.empty());
        model.drop(1);
        model.drop(1);
        QVERIFY(model.documents().size() == 1 && view(0).shown);
        model.drop(0);
        QCOMPARE(model.documents().size(), 1);
    }
    void documents_noneOfWhichCanBeStamped_areOneProblem()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, {bench.write(QStringLiteral("a.pdf"), "no PDF"), bench.path(QStringLiteral("none.pdf"))});
        QVERIFY(model.problem() == 620 && !model.ready());
    }
    // One approval: each file by its own signature. What the person leaves out stays as it is, and so does what fails.
    void documents_several_getTheirOwnSignatures_butForOneThatIsLeftOut()
    {
        Bench bench;
        StampModel model;
        const QStringList files = bench.three(model);
        bench.asked->documents.insert(bench.asked->documents.begin() + 1, StampWish::Document{bench.write(QStringLiteral("broken.pdf"), "no PDF"), {}, {}});
        std::vector<QByteArray> originals;
        for (const QString &file : files)
            originals.push_back(bench.read(file));
        const auto prepared = prepareStamp(bench.errand(), bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch());
        QVERIFY2(prepared.value, qPrintable(QString::number(prepared.problem)));
        const auto manifest = bench.manifestOf(*prepared.value);
        QCOMPARE(manifest.files.size(), std::size_t{3});
        std::vector<int> told;
        const auto done = finish(bench.errand(), *prepared.value, bench.outcomeOf(manifest, bench.tbsOf(manifest), {1}), {}, [&told](const Bid &bid) { told.push_back(bid.item); });
        QVERIFY2(done.value, qPrintable(QString::number(done.problem)));
        QCOMPARE(told, (std::vector<int>{0, 2}));
        std::vector<int> problems;
        for (const Bid &bid : done.value->bids)
            problems.push_back(bid.problem);
        QCOMPARE(problems, (std::vector<int>{0, 620, static_cast<int>(Code::personRefused), 0}));
        QCOMPARE(done.value->out, bench.path(QStringLiteral("商务标-sealed.pdf")));
        QVERIFY(!QFile::exists(bench.path(QStringLiteral("技术标-sealed.pdf"))));
        for (std::size_t i = 0; i < originals.size(); ++i)
            QCOMPARE(bench.read(files[static_cast<int>(i)]), originals[i]);
        auto question = bench.question();
        question.manifest = manifest.encode();
        for (const char *name : {"商务标-sealed.pdf", "报价-sealed.pdf"}) {
            const auto verdict = pdf_app::judge(bench.path(QString::fromUtf8(name)).toStdString(), question);
            QVERIFY(verdict && !verdict->problem() && verdict->signatures.size() == 1 && verdict->signatures[0].signature.coversAll);
        }
        QCOMPARE(bench.left().size(), 6);
    }
    void documents_ofWhichNoneIsSigned_leaveNothing()
    {
        Bench bench;
        StampModel model;
        bench.three(model);
        const auto prepared = prepareStamp(bench.errand(), bench.holders(), bench.random, 1);
        QVERIFY(prepared.value);
        const auto manifest = bench.manifestOf(*prepared.value);
        QCOMPARE(finish(bench.errand(), *prepared.value, bench.outcomeOf(manifest, bench.tbsOf(manifest), {0, 1, 2})).problem, static_cast<int>(Code::personRefused));
        // A signature counts for its own document alone.
        auto swapped = bench.tbsOf(manifest);
        std::rotate(swapped.begin(), swapped.begin() + 1, swapped.end());
        QCOMPARE(finish(bench.errand(), *prepared.value, bench.outcomeOf(manifest, swapped)).problem, static_cast<int>(Code::signatureInvalid));
        QCOMPARE(bench.left().size(), 3);
    }
    // Two documents of one name, from two folders: neither takes the other's.
    void documents_ofOneName_getNamesOfTheirOwn()
    {
        Bench bench;
        StampModel model;
        QVERIFY(QDir(bench.folder.path()).mkdir(QStringLiteral("b")));
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 1), bench.document(QStringLiteral("b/a.pdf"), 1)});
        model.place(0, 100, 100);
        model.onFirstPages(0);
        model.stamp();
        const auto prepared = prepareStamp(bench.errand(), bench.holders(), bench.random, 1);
        QVERIFY(prepared.value);
        const auto manifest = bench.manifestOf(*prepared.value);
        const auto done = finish(bench.errand(), *prepared.value, bench.outcomeOf(manifest, bench.tbsOf(manifest)));
        QVERIFY(done.value);
        QCOMPARE(done.value->bids[0].out, bench.path(QStringLiteral("a-sealed.pdf")));
        QCOMPARE(done.value->bids[1].out, bench.path(QStringLiteral("a-sealed (2).pdf")));
    }
    // The program was killed behind the approval: the same signatures fit what the next start makes. One file was done, and one original
    // has changed.
    void stamping_goneOnWith_makesTheSameAgain()
    {
        for (const bool isElectronic : {false, true}) {
            Bench bench;
            StampModel model;
            const QStringList files = bench.three(model);
            bench.asked->electronic = isElectronic;
            const Errand errand = isElectronic ? bench.electronicErrand(bench.electronicSeal()) : bench.errand();
            intent::Manifest manifest;
            QJsonObject outcome;
            tests::MemoryDeviceStore store;
            tests::MemoryElement element;
            {
                const auto prepared = prepareStamp(errand, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch() - 5'000);
                QVERIFY2(prepared.value, qPrintable(QString::number(prepared.problem)));
                manifest = bench.manifestOf(*prepared.value);
                std::vector<Bytes> tbs = isElectronic ? std::vector<Bytes>() : bench.tbsOf(manifest);
                for (std::size_t i = 0; isElectronic && i < 3; ++i)
                    tbs.push_back(*intent::buildSesTbs(manifest, i, prepared.value->electronic[i]));
                outcome = bench.outcomeOf(manifest, tbs);
                auto journal = *Journal::open(store, element);
                StampingOnPaper paper = onPaper(errand, *prepared.value);
                paper.manifest = manifest.encode();
                paper.token.fill(7);
                QVERIFY(journal.setStamping(paper));
                journal.addStamped(0, bench.write(QStringLiteral("商务标-sealed.pdf"), "done by the former run"));
            }
            QCOMPARE(bench.left().size(), 4); // what was half done went with the program
            QVERIFY(bench.write(QStringLiteral("报价.pdf"), bench.read(files[0])).size() > 0);
            const auto journal = *Journal::open(store, element);
            QVERIFY(journal.stamping() && journal.stamping()->token[0] == 7 && journal.stamping()->person == QStringLiteral("acct"));
            const Errand again = errandOf(*journal.stamping());
            QCOMPARE(again.files, files);
            const auto prepared = prepareStamp(again, bench.holders(), bench.random, QDateTime::currentMSecsSinceEpoch(), &*journal.stamping());
            QVERIFY2(prepared.value, qPrintable(QString::number(prepared.problem)));
            const auto done = finish(again, *prepared.value, outcome);
            QVERIFY2(done.value, qPrintable(QString::number(done.problem)));
            QCOMPARE(bench.read(bench.path(QStringLiteral("商务标-sealed.pdf"))), QByteArray("done by the former run"));
            QVERIFY(done.value->bids[0].problem == 0 && done.value->bids[1].problem == 0);
            QCOMPARE(done.value->bids[2].problem, static_cast<int>(Code::fileChanged));
            const auto verdict = pdf_app::judge(done.value->bids[1].out.toStdString(), bench.question());
            QVERIFY(verdict && !verdict->problem() && verdict->signatures.size() == 1 && verdict->signatures[0].ses.has_value() == isElectronic);
            QVERIFY(!QFile::exists(bench.path(QStringLiteral("报价-sealed.pdf"))));
            // A journal that fits no manifest comes to nothing.
            StampingOnPaper other = *journal.stamping();
            other.wish.documents.pop_back();
            QVERIFY(!prepareStamp(errandOf(other), bench.holders(), bench.random, 1, &other).value);
            other = *journal.stamping();
            other.wish.documents[0].places[0].seal = 9;
            QVERIFY(!prepareStamp(errandOf(other), bench.holders(), bench.random, 1, &other).value);
            // Cut off anywhere, it is no reason not to start.
            const Bytes whole = store.files.at(Journal::kStampingFile);
            for (std::size_t length = 0; length < whole.size(); length += 7) {
                store.files[Journal::kStampingFile] = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
                const auto cut = Journal::open(store, element);
                QVERIFY(cut && !cut->stamping());
            }
        }
    }

    void stampedAgain_keepsTheFirstSignatureValid_andTakesAnotherName()
    {
        Bench bench;
        const auto first = bench.stamped(bench.document(QStringLiteral("a.pdf"), 2));
        QVERIFY(first.value);
        const auto second = bench.stamped(first.value->out);
        QVERIFY(second.value);
        QCOMPARE(second.value->out, bench.path(QStringLiteral("a-sealed-sealed.pdf")));
        const auto anew = bench.stamped(bench.path(QStringLiteral("a.pdf")));
        QVERIFY(anew.value && anew.value->renamed);
        QCOMPARE(anew.value->out, bench.path(QStringLiteral("a-sealed (2).pdf")));
        const auto verdict = pdf_app::judge(second.value->out.toStdString(), bench.question());
        QVERIFY(verdict && !verdict->problem());
        QCOMPARE(verdict->signatures.size(), std::size_t{2});
        QCOMPARE(openPdf(second.value->out).value->signatures, 2);
    }

    void stamp_notApproved_leavesNothing()
    {
        Bench bench;
        StampModel model;
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 2)});
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
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 2)});
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
        bench.fill(model, {bench.document(QStringLiteral("a.pdf"), 1)});
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
    // 64 documents with a few seals each are more than one approval holds: told before the first of them is prepared.
    void documents_moreThanOneApprovalHolds_areRefusedBeforeAnyIsLookedInto()
    {
        Bench bench;
        int steps = 0;
        const auto prepared = [&](int count) {
            bench.asked->documents.clear();
            for (int i = 0; i < count; ++i) // of which there is none: they are not looked into
                bench.asked->documents.push_back({bench.path(QStringLiteral("商务标与技术标第%1册.pdf").arg(i)), {{0, {1}, 10, 10}, {1, {1}, 60, 10}, {2, {1}, 110, 10}}, {{0, 20}}});
            return prepareStamp(bench.errand(), bench.holders(), bench.random, bench.pki.nowMs, nullptr, [&steps](int) { return ++steps > 0; }).problem;
        };
        QCOMPARE(prepared(64), 619);
        QCOMPARE(steps, 0);
        QCOMPARE(prepared(20), 604);
        QVERIFY(steps > 0);
        QVERIFY(bench.left().isEmpty());
    }
    void documents_preparing_isTold_andEndsWhenThePersonStopsIt()
    {
        Bench bench;
        StampModel model;
        const QStringList files = bench.three(model);
        std::vector<int> told;
        const auto prepared = [&](int until) {
            told.clear();
            return prepareStamp(bench.errand(), bench.holders(), bench.random, bench.pki.nowMs, nullptr, [&](int percent) {
                told.push_back(percent);
                return percent < until;
            });
        };
        const QStringList before = bench.left();
        QCOMPARE(prepared(1).problem, static_cast<int>(Code::cancelled));
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(bench.left(), before);
        QVERIFY(prepared(100).value);
        QCOMPARE(told.size(), std::size_t{2}); // before each but the first
        QVERIFY(told[0] > 0 && told[1] > told[0]);
        QCOMPARE(bench.left(), before);
    }
    void document_brokenEncryptedOrNone_isRefusedUntouched()
    {
        Bench bench;
        const QByteArray whole = bench.read(bench.document(QStringLiteral("a.pdf"), 2));
        QCOMPARE(openPdf(bench.path(QStringLiteral("none.pdf"))).problem, static_cast<int>(Code::fileUnreadable));
        for (const QByteArray &content : {whole.left(whole.size() / 2), QByteArray("%PDF-1.7\nnothing"), QByteArray()}) {
            const QString file = bench.write(QStringLiteral("broken.pdf"), content);
            QCOMPARE(openPdf(file).problem, 620);
            bench.asked->documents = {StampWish::Document{file, {{0, {1}, 10, 10}}, {}}};
            QCOMPARE(prepareStamp(bench.errand(), bench.holders(), bench.random, 1).problem, 620);
            QCOMPARE(bench.read(file), content);
        }
        QCOMPARE(bench.left(), (QStringList{QStringLiteral("a.pdf"), QStringLiteral("broken.pdf")}));
    }
};

QTEST_MAIN(TestStamping)
#include "test_stamping.moc"
