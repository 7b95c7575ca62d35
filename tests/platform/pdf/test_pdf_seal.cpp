// Sealing PDFs by increments, what is read back, what was added behind, and what is refused; judged by qpdf and poppler, too.
#include "platform/pdf/seal.h"
#include "platform/pdf/signatures.h"

#include "shield/documents/verdict.h"
#include "tests/shield/documents/seals.h"
#include "tests/support/child.h"
#include "tests/support/pdfs.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

using namespace hufu;
using pdf::Added;
using pdf::Defect;
using pdf::Refusal;
using tests::PdfDraft;
using tests::PdfWriter;

namespace {

pdf::SealImage redSquare(int side = 40)
{
    pdf::SealImage image{side, side, {}};
    for (int i = 0; i < side * side; ++i)
        for (const int value : {220, 0, 0, i % side < side / 2 ? 255 : 128})
            image.rgba.push_back(static_cast<std::uint8_t>(value));
    return image;
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString();
}

std::string bytesIn(const QString &path)
{
    return read(path).toLatin1().toStdString();
}

std::string documentOf(const std::vector<std::string> &objects)
{
    PdfWriter out;
    for (std::size_t i = 0; i < objects.size(); ++i)
        out.put(static_cast<int>(i + 1), objects[i]);
    out.close(static_cast<int>(objects.size() + 1), "/Root 1 0 R");
    return out.text;
}

// Pages that share one list of annotations, which is object 3, and signature fields; each page is an object from 4 on.
std::string sharingDocument(int pages, int annotations, int fields, const std::string &annotation = "2 0 R")
{
    std::string kids, list, form;
    for (int i = 0; i < pages; ++i)
        kids += std::to_string(4 + i) + " 0 R ";
    for (int i = 0; i < annotations; ++i)
        list += annotation + " ";
    for (int i = 0; i < fields; ++i)
        form += std::to_string(4 + pages + i) + " 0 R ";
    std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ " + form + "] >> >>",
                                        "<< /Type /Pages /Kids [ " + kids + "] /Count " + std::to_string(pages) + " >>", "[ " + list + "]"};
    for (int i = 0; i < pages; ++i)
        objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots 3 0 R >>");
    for (int i = 0; i < fields; ++i)
        objects.push_back("<< /FT /Sig /T (s" + std::to_string(i) + ") /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <30> >> >>");
    return documentOf(objects);
}

constexpr qint64 kSoonMs = 60'000; // some seconds at most, under a sanitizer as well; what is counted pair by pair takes many minutes

} // namespace

class TestPdfSeal : public QObject {
    Q_OBJECT
    tests::Pki m_pki;
    QTemporaryDir m_folder;
    int m_next = 0;

    QString file(const std::string &content)
    {
        const QString path = m_folder.filePath(QStringLiteral("in%1.pdf").arg(++m_next));
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(content.data(), static_cast<qint64>(content.size())) < 0) qFatal("write");
        return path;
    }
    pdf::SealOrder order() const
    {
        pdf::SealOrder out;
        out.images = {redSquare()};
        out.places = {{0, 0, 120, 200, 40, 40}};
        out.timeMs = m_pki.nowMs;
        out.signer = "王小明";
        out.revisionId = {1, 2, 3};
        return out;
    }
    // Seals source and gives the path of the result; empty where that is refused.
    QString sealed(const QString &source, const pdf::SealOrder &order, pdf::Failure *failure = nullptr)
    {
        const QString target = m_folder.filePath(QStringLiteral("out%1.pdf").arg(++m_next));
        crypto::Sm3 hash;
        auto prepared = pdf::PreparedPdf::prepare(source.toStdString(), target.toStdString(), false, order, [&](ByteView piece) { hash.update(piece); });
        if (!prepared) {
            if (failure != nullptr) *failure = prepared.failure();
            if (QFile::exists(target)) qFatal("a file of a refused order");
            return {};
        }
        if (QFile::exists(target)) qFatal("a file before the signature");
        const Bytes attributes = *documents::buildSignedAttributes(hash.finish(), m_pki.nowMs);
        const std::vector<x509::Certificate> certificates{m_pki.sign, m_pki.issuing};
        const auto finished = (*prepared)->finish(*documents::buildDetachedCms(attributes, m_pki.signKey.sign(attributes), certificates));
        if (!finished) {
            if (failure != nullptr) *failure = finished.failure();
            return {};
        }
        return target;
    }
    pdf::PdfFacts facts(const QString &path) const
    {
        pdf::FileSource source;
        if (source.open(path.toStdString()) != files::Trouble::none) qFatal("open");
        const auto out = pdf::examine(source);
        if (!out) qFatal("%s: refused, %d", qPrintable(path), static_cast<int>(out.failure().refusal));
        return *out;
    }
    Refusal refusalOf(const QString &path) const
    {
        pdf::FileSource source;
        if (source.open(path.toStdString()) != files::Trouble::none) qFatal("open");
        const auto out = pdf::examine(source);
        return out ? Refusal::file : out.failure().refusal;
    }
    bool holds(const QString &path, const pdf::PdfSignature &signature) const
    {
        pdf::FileSource source;
        if (source.open(path.toStdString()) != files::Trouble::none) qFatal("open");
        crypto::Sm3 hash;
        if (pdf::pourCovered(source, signature.range, [&](ByteView piece) { hash.update(piece); }) != files::Trouble::none) return false;
        documents::Question question;
        question.trust = m_pki.trust();
        question.nowMs = m_pki.nowMs;
        return documents::verifyCms(signature.contents, hash.finish(), question).isValid();
    }
    static int run(const QString &program, const QStringList &arguments, QString *said = nullptr)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(60000)) return -1;
        if (said != nullptr) *said = QString::fromUtf8(process.readAll());
        return process.exitCode();
    }
    static void judge(const QString &path, int signatures)
    {
        QString said;
        QVERIFY2(run(QStringLiteral("qpdf"), {QStringLiteral("--check"), path}, &said) == 0, qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("No syntax or stream encoding errors found")), qPrintable(said));
        run(QStringLiteral("pdfsig"), {QStringLiteral("-nocert"), path}, &said);
        QCOMPARE(said.count(QStringLiteral("Signature #")), signatures);
        QVERIFY2(said.contains(QStringLiteral("Total document signed")), qPrintable(said)); // the last of them
        QVERIFY2(!said.contains(QStringLiteral("rror")), qPrintable(said));
    }
    // A document as others write it: object streams, a table in a stream.
    QString compressed(const QString &path)
    {
        const QString out = m_folder.filePath(QStringLiteral("streams%1.pdf").arg(++m_next));
        QPDF qpdf;
        qpdf.processFile(path.toLocal8Bit().constData());
        const QByteArray name = out.toLocal8Bit(); // the writer keeps the pointer
        QPDFWriter writer(qpdf, name.constData());
        writer.setObjectStreamMode(qpdf_o_generate);
        writer.setStaticID(true);
        writer.write();
        return out;
    }
    static constexpr int kNew = 900; // in an edit: the first number that is free
    // An increment by an unknown editor behind a sealed document. In: its objects by number.
    QString edited(const QString &path, const std::vector<std::pair<int, std::string>> &objects, const std::string &information = "4 0 R")
    {
        const std::string before = bytesIn(path);
        const QRegularExpressionMatch match = QRegularExpression(QStringLiteral("startxref\\s+(\\d+)\\s+%%EOF\\s*$")).match(QString::fromLatin1(before.data(), static_cast<qsizetype>(before.size())));
        int size = 0;
        for (auto sizes = QRegularExpression(QStringLiteral("/Size (\\d+)")).globalMatch(read(path)); sizes.hasNext();)
            size = sizes.next().captured(1).toInt();
        PdfWriter out(before);
        bool more = false;
        for (const auto &[object, body] : objects) {
            out.put(object == kNew ? size : object, QString::fromStdString(body).replace(QStringLiteral("900 0 R"), QStringLiteral("%1 0 R").arg(size)).toStdString());
            more = more || object == kNew;
        }
        out.close(more ? size + 1 : size, "/Root 1 0 R /Info " + information + " /Prev " + match.captured(1).toStdString());
        return file(out.text);
    }
    Added addedAfter(const QString &path) const { return facts(path).signatures.front().added; }

private Q_SLOTS:
    void seal_one_coversAllAndLeavesTheOriginalToTheByte()
    {
        const std::string original = tests::pdfOf();
        const QString source = file(original), target = sealed(source, order());
        QVERIFY(!target.isEmpty());
        QCOMPARE(bytesIn(source), original);
        QVERIFY(bytesIn(target).starts_with(original));
        const auto found = facts(target);
        QCOMPARE(found.pages.size(), std::size_t{3});
        QCOMPARE(found.signatures.size(), std::size_t{1});
        const pdf::PdfSignature &signature = found.signatures.front();
        QCOMPARE(signature.defect, Defect::none);
        QVERIFY(signature.coversAll && signature.added == Added::nothing);
        QCOMPARE(signature.field, std::string("HufuSeal1"));
        QCOMPARE(signature.subFilter, std::string("/adbe.pkcs7.detached"));
        QCOMPARE(signature.signer, std::string("王小明"));
        QCOMPARE(signature.time, std::string("D:20270115080000Z"));
        QVERIFY(holds(target, signature));
        judge(target, 1);
    }
    // Also on pages that lie on their side: what was put there is read where it was put.
    void seal_onTurnedPages_isReadWhereItStands()
    {
        for (const int turn : {0, 90, 180, 270}) {
            PdfDraft draft;
            draft.turn = turn;
            pdf::SealOrder one = order();
            one.places = {{0, 1, 120, 130, 40, 30}};
            const QString path = sealed(file(tests::pdfOf(draft)), one);
            QVERIFY(!path.isEmpty());
            const auto read = facts(path);
            QCOMPARE(read.signatures.size(), std::size_t{1});
            const pdf::PdfSignature &signature = read.signatures[0];
            QCOMPARE(signature.page, std::size_t{1});
            const auto isNear = [](double a, double b) { return qAbs(a - b) < 0.1; };
            QVERIFY2(isNear(signature.place.left, 120) && isNear(signature.place.top, 130) && isNear(signature.place.width, 40) && isNear(signature.place.height, 30),
                     qPrintable(QStringLiteral("%1: %2 %3").arg(turn).arg(signature.place.left).arg(signature.place.top)));
        }
        pdf::SealOrder unseen = order();
        unseen.places.clear();
        QVERIFY(facts(sealed(file(tests::pdfOf({})), unseen)).signatures[0].place.width < 0.001);
    }
    void seal_several_keepTheEarlierValid()
    {
        QString path = file(tests::pdfOf());
        for (int i = 1; i <= 3; ++i) {
            path = sealed(path, order());
            QVERIFY(!path.isEmpty());
            const auto found = facts(path);
            QCOMPARE(found.signatures.size(), static_cast<std::size_t>(i));
            for (const auto &signature : found.signatures) {
                const bool last = &signature == &found.signatures.back();
                QCOMPARE(signature.defect, Defect::none);
                QCOMPARE(signature.coversAll, last);
                QCOMPARE(signature.added, last ? Added::nothing : Added::seals);
                QVERIFY(holds(path, signature));
            }
        }
        judge(path, 3);
    }
    void seal_documentWithObjectStreams_getsATableOfItsKind()
    {
        QString path = compressed(file(tests::pdfOf()));
        QVERIFY(bytesIn(path).find("/ObjStm") != std::string::npos);
        for (int i = 1; i <= 2; ++i)
            path = sealed(path, order());
        QVERIFY(!path.isEmpty());
        const auto found = facts(path);
        QCOMPARE(found.signatures.size(), std::size_t{2});
        QCOMPARE(found.signatures.front().added, Added::seals);
        QVERIFY(holds(path, found.signatures.front()) && holds(path, found.signatures.back()));
        QVERIFY(bytesIn(path).find("trailer") == std::string::npos);
        judge(path, 2);
    }
    void seal_linearized_isSealedAsAnyOther()
    {
        const QString path = m_folder.filePath(QStringLiteral("linear.pdf"));
        QPDF qpdf;
        qpdf.processFile(file(tests::pdfOf()).toLocal8Bit().constData());
        const QByteArray name = path.toLocal8Bit(); // the writer keeps the pointer
        QPDFWriter writer(qpdf, name.constData());
        writer.setLinearization(true);
        writer.setStaticID(true);
        writer.write();
        const QString twice = sealed(sealed(path, order()), order());
        const auto found = facts(twice);
        QCOMPARE(found.signatures.size(), std::size_t{2});
        QCOMPARE(found.signatures.front().added, Added::seals);
        QVERIFY(holds(twice, found.signatures.front()) && holds(twice, found.signatures.back()));
        judge(twice, 2);
    }
    void seal_severalPagesAndRiding_hasAnAnnotationOnEach()
    {
        pdf::SealOrder both = order();
        both.images.push_back(redSquare(20)); // of the legal representative
        both.places = {{0, 2, 120, 200, 40, 40}, {1, 2, 100, 220, 20, 20}, {0, 0, 10, 10, 40, 40}};
        both.ridings = {{0, 0, 6, 120, 40, 40, 20}};
        PdfDraft draft;
        draft.pages = 7;
        const QString path = sealed(file(tests::pdfOf(draft)), both);
        QVERIFY(!path.isEmpty());
        const auto found = facts(path);
        QCOMPARE(found.signatures.size(), std::size_t{1});
        QCOMPARE(found.signatures.front().page, std::size_t{2});
        judge(path, 1);
        const std::string text = bytesIn(path);
        const auto count = [&text](std::string_view what) {
            std::size_t out = 0;
            for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at)
                ++out;
            return out;
        };
        QCOMPARE(count("/Subtype /Widget"), std::size_t{1});
        QCOMPARE(count("/Subtype /Stamp"), std::size_t{9});
        QCOMPARE(count("/Subtype /Image"), std::size_t{4}); // two seals and their masks, each once
    }
    // The strips, laid side by side, are the seal; on each page, however it is turned.
    void seal_riding_isCutIntoStripsAtTheRightEdge()
    {
        for (const int turn : {0, 90, 180, 270}) {
            PdfDraft draft;
            draft.pages = 4;
            draft.turn = turn;
            draft.pageExtra = "/CropBox [20 30 575.276 811.89]";
            pdf::SealOrder riding = order();
            riding.places.clear();
            riding.ridings = {{0, 0, 3, 50, 40, 40, 20}};
            const QString path = sealed(file(tests::pdfOf(draft)), riding);
            QVERIFY(!path.isEmpty());
            const QString png = m_folder.filePath(QStringLiteral("page"));
            QVERIFY(run(QStringLiteral("pdftoppm"), {QStringLiteral("-r"), QStringLiteral("72"), QStringLiteral("-cropbox"), path, png}) == 0);
            const double dots = 72 / 25.4;
            for (int page = 1; page <= 4; ++page) {
                QFile ppm(QStringLiteral("%1-%2.ppm").arg(png).arg(page));
                QVERIFY(ppm.open(QIODevice::ReadOnly));
                const QByteArray all = ppm.readAll();
                const auto head = QRegularExpression(QStringLiteral("^P6\\s(\\d+)\\s(\\d+)\\s255\\s")).match(QString::fromLatin1(all.left(40)));
                QVERIFY(head.hasMatch());
                const int width = head.captured(1).toInt();
                const auto greenAt = [&](double xMm, double yMm) {
                    const qsizetype at = head.capturedLength() + 3 * (static_cast<int>(yMm * dots) * width + static_cast<int>(xMm * dots));
                    return static_cast<int>(static_cast<unsigned char>(all[at + 1]));
                };
                const double right = width / dots;
                // The left half of the seal is opaque, the right one half transparent.
                const int green = greenAt(right - 5, 70);
                QVERIFY2(page <= 2 ? green < 20 : green > 80 && green < 160, qPrintable(QStringLiteral("turn %1, page %2: %3").arg(turn).arg(page).arg(green)));
                QCOMPARE(greenAt(right - 12, 70), 255);
                QCOMPARE(greenAt(right - 5, 45), 255);
                QCOMPARE(greenAt(right - 5, 95), 255);
            }
        }
    }
    void seal_longBundle_getsSeveralSeals()
    {
        PdfDraft draft;
        draft.pages = 45;
        pdf::SealOrder riding = order();
        riding.places.clear();
        riding.ridings = {{0, 0, 44, 50, 40, 40, 20}};
        const QString path = sealed(file(tests::pdfOf(draft)), riding);
        QVERIFY(!path.isEmpty());
        const std::string text = bytesIn(path);
        QVERIFY(text.find("/BBox [0 0 7.5591 113.3858]") != std::string::npos); // 15 strips of 40 mm, three times
        judge(path, 1);
    }
    void seal_unseen_isASignatureAlone()
    {
        pdf::SealOrder unseen = order();
        unseen.places.clear();
        const QString path = sealed(file(tests::pdfOf()), unseen);
        QVERIFY(!path.isEmpty() && holds(path, facts(path).signatures.front()));
        judge(path, 1);
    }
    void seal_electronicSignature_standsInTheSamePlace()
    {
        const tests::SealWorks works(m_pki);
        const auto seal = works.seal();
        pdf::SealOrder ses = order();
        ses.form = pdf::SignatureForm::ses;
        ses.room = seal.der.size() + 8192;
        const QString target = m_folder.filePath(QStringLiteral("ses.pdf"));
        crypto::Sm3 hash;
        auto prepared = pdf::PreparedPdf::prepare(file(tests::pdfOf()).toStdString(), target.toStdString(), false, ses, [&](ByteView piece) { hash.update(piece); });
        QVERIFY(prepared);
        const auto digest = hash.finish();
        QVERIFY((*prepared)->finish(works.sign(works.toSign(seal, digest))));
        const auto found = facts(target);
        QCOMPARE(found.signatures.front().subFilter, std::string("/HUFU.GBT38540"));
        QVERIFY(documents::verifySes(found.signatures.front().contents, digest, m_pki.trust(), m_pki.nowMs).isValid());
        QVERIFY(run(QStringLiteral("qpdf"), {QStringLiteral("--check"), target}) == 0);
    }

    void signature_aChangedByte_holdsNoMore()
    {
        const QString path = sealed(file(tests::pdfOf()), order());
        std::string text = bytesIn(path);
        const std::size_t at = text.find("Tender document, page 1");
        QVERIFY(at != std::string::npos);
        text[at] = 'F';
        const QString changed = file(text);
        QVERIFY(holds(path, facts(path).signatures.front()) && !holds(changed, facts(changed).signatures.front()));
    }
    void added_eachKind_isNamed()
    {
        const QString path = sealed(file(tests::pdfOf()), order());
        const std::string page = "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 3 0 R >> >> /Contents 6 0 R";
        const auto annotations = QRegularExpression(QStringLiteral("/Annots \\[ (.*?) \\]")).match(read(path)).captured(1).toStdString();
        QVERIFY(!annotations.empty());
        const std::string note = "<< /Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (x) /DA (/F 9 Tf) >>";
        const std::string stamp = "<< /Type /Annot /Subtype /Stamp /Rect [0 0 99 99] >>";
        QCOMPARE(addedAfter(edited(path, {})), Added::nothing);
        QCOMPARE(addedAfter(edited(path, {{kNew, "<< /Unused true >>"}})), Added::nothing);
        QCOMPARE(addedAfter(edited(path, {{4, "<< /Title (Another title) >>"}})), Added::notes);
        QCOMPARE(addedAfter(edited(path, {{kNew, note}, {5, page + " /Annots [ " + annotations + " 900 0 R ] >>"}})), Added::notes);
        QCOMPARE(addedAfter(edited(path, {{kNew, stamp}, {5, page + " /Annots [ " + annotations + " 900 0 R ] >>"}})), Added::notes);
        QCOMPARE(addedAfter(edited(path, {{5, page + " >>"}})), Added::content);                                         // the seal is gone
        QCOMPARE(addedAfter(edited(path, {{5, page + " /Annots [ 900 0 R " + annotations + " ] >>"}, {kNew, note}})), Added::content);
        QCOMPARE(addedAfter(edited(path, {{5, page + " /Rotate 90 /Annots [ " + annotations + " ] >>"}})), Added::content);
        QCOMPARE(addedAfter(edited(path, {{6, "<< /Length 1 >>\nstream\nq\nendstream"}})), Added::content);               // another content
        QCOMPARE(addedAfter(edited(path, {{3, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"}})), Added::content); // of all pages
        QCOMPARE(addedAfter(edited(path, {{2, "<< /Type /Pages /Count 2 /Kids [ 5 0 R 7 0 R ] /MediaBox [0 0 595.276 841.89] >>"}})), Added::content);
    }
    // A page that names contents which are not there yet: whoever adds them later decides what the signed page shows.
    void added_whatWasMissingWhenSigned_isContent()
    {
        for (const char *missing : {"900 0 R", "850 0 R"}) {
            PdfDraft draft;
            draft.pageExtra = std::string("/Thumb ") + missing;
            const QString path = sealed(file(tests::pdfOf(draft)), order());
            const int number = QString::fromLatin1(missing).section(QLatin1Char(' '), 0, 0).toInt();
            const std::string before = bytesIn(path);
            const auto start = QRegularExpression(QStringLiteral("startxref\\s+(\\d+)\\s+%%EOF\\s*$")).match(read(path)).captured(1).toStdString();
            PdfWriter out(before);
            out.put(number, "<< /Now true >>");
            out.close(number + 1, "/Root 1 0 R /Info 4 0 R /Prev " + start);
            QCOMPARE(addedAfter(file(out.text)), Added::content);
        }
    }
    void added_formsAppearance_isANote()
    {
        PdfDraft draft;
        draft.rootExtra = "/AcroForm << /Fields [ ] /NeedAppearances true /DA (/F 9 Tf) >>";
        const QString once = sealed(file(tests::pdfOf(draft)), order());
        QCOMPARE(addedAfter(sealed(once, order())), Added::seals);
        const auto match = QRegularExpression(QStringLiteral("(\\d+) 0 obj\\n<< (/DA [^\\n]*)>>\\nendobj")).match(read(once));
        QVERIFY(match.hasMatch());
        const int form = match.captured(1).toInt();
        const std::string entries = match.captured(2).toStdString();
        QCOMPARE(addedAfter(edited(once, {{form, "<< " + entries + " >>"}})), Added::nothing);
        QCOMPARE(addedAfter(edited(once, {{form, "<< " + entries + " /NeedAppearances true >>"}})), Added::notes);
        QCOMPARE(addedAfter(edited(once, {{form, "<< " + entries + " /DR << /Font << /F 3 0 R >> >> >>"}})), Added::notes);
        QCOMPARE(addedAfter(edited(once, {{form, "<< " + entries + " /XFA (x) >>"}})), Added::content);
        QVERIFY(facts(edited(once, {{form, "<< /Fields [ ] /SigFlags 3 /DA (/F 9 Tf) >>"}})).signatures.empty());
    }
    void added_fieldTakenAway_isContent()
    {
        const QString twice = sealed(sealed(file(tests::pdfOf()), order()), order());
        const auto form = QRegularExpression(QStringLiteral("(\\d+) 0 obj\\n<< /Fields \\[ (\\d+ 0 R) (\\d+ 0 R) \\]")).match(read(twice));
        QVERIFY(form.hasMatch());
        const auto found = facts(edited(twice, {{form.captured(1).toInt(), "<< /Fields [ " + form.captured(3).toStdString() + " ] /SigFlags 3 >>"}}));
        QCOMPARE(found.signatures.size(), std::size_t{1});
        QCOMPARE(found.signatures.front().added, Added::content);
    }
    void added_validationData_isNotMore()
    {
        const QString path = sealed(file(tests::pdfOf()), order());
        const auto form = QRegularExpression(QStringLiteral("/AcroForm (\\d+ 0 R)")).match(read(path)).captured(1).toStdString();
        QVERIFY(!form.empty());
        QCOMPARE(addedAfter(edited(path, {{1, "<< /Type /Catalog /Pages 2 0 R /AcroForm " + form + " /DSS 900 0 R >>"}, {kNew, "<< /Type /DSS >>"}})), Added::validation);
        QCOMPARE(addedAfter(edited(path, {{1, "<< /Type /Catalog /Pages 2 0 R /AcroForm " + form + " /OpenAction 900 0 R >>"}, {kNew, "<< /S /JavaScript >>"}})), Added::content);
        QCOMPARE(addedAfter(edited(path, {}, "3 0 R")), Added::notes);
    }
    void signature_rangeThatLeavesSomethingOut_isADefect()
    {
        const QString path = sealed(file(tests::pdfOf()), order());
        const std::string text = bytesIn(path);
        const auto match = QRegularExpression(QStringLiteral("/ByteRange \\[0 (\\d+) (\\d+) (\\d+)\\]")).match(QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())));
        QVERIFY(match.hasMatch());
        const std::uint64_t start = match.captured(1).toULongLong(), end = match.captured(2).toULongLong(), rest = match.captured(3).toULongLong();
        const auto with = [&](std::uint64_t zero, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
            std::string out = text;
            const std::string range = "/ByteRange [" + std::to_string(zero) + " " + std::to_string(a) + " " + std::to_string(b) + " " + std::to_string(c) + "]";
            out.replace(static_cast<std::size_t>(match.capturedStart()), range.size(), range);
            return facts(file(out)).signatures.front().defect;
        };
        QCOMPARE(with(0, start, end, rest), Defect::none);
        QCOMPARE(with(0, start - 1, end, rest), Defect::range);
        QCOMPARE(with(0, start, end + 1, rest - 1), Defect::range);
        QCOMPARE(with(0, start + 2, end, rest), Defect::range);
        QCOMPARE(with(0, start, end, rest + 1), Defect::range);
        QCOMPARE(with(1, start, end, rest), Defect::range);
        QCOMPARE(with(0, start, end, rest - 20), Defect::revision); // ends in the middle
    }
    // The digits of a signature elsewhere in the file, which the document's reader never sees as this signature's.
    void signature_rangeAroundAnotherString_isADefect()
    {
        const QString path = sealed(file(tests::pdfOf()), order());
        const std::string text = bytesIn(path);
        const auto contents = QRegularExpression(QStringLiteral("/Contents (<[0-9a-f]+>)")).match(read(path)).captured(1).toStdString();
        const auto signature = QRegularExpression(QStringLiteral("/V (\\d+) 0 R")).match(read(path)).captured(1).toInt();
        const auto range = QRegularExpression(QStringLiteral("/ByteRange \\[[^\\]]*\\]")).match(read(path)).captured(0).toStdString();
        QVERIFY(signature > 0 && !contents.empty());
        // The signature's object, written once more behind.
        const QString moved = edited(path, {{signature, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached " + range + " /Contents " + contents + " >>"}});
        QCOMPARE(facts(moved).signatures.front().defect, Defect::range);
    }

    void prepare_unfitOrders_areRefused()
    {
        const QString source = file(tests::pdfOf());
        const auto refusal = [&](const std::function<void(pdf::SealOrder &)> &change) {
            pdf::SealOrder changed = order();
            change(changed);
            pdf::Failure failure = Refusal::file;
            return sealed(source, changed, &failure).isEmpty() ? failure.refusal : Refusal::file;
        };
        QCOMPARE(refusal([](auto &o) { o.places[0].page = 3; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.places[0].image = 1; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.places[0].left = 171; }), Refusal::noPlace); // A4 is 210 mm wide
        QCOMPARE(refusal([](auto &o) { o.places[0].left = -1; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.places[0].top = 258; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.places[0].width = 0; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.places[0].left = std::numeric_limits<double>::quiet_NaN(); }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.ridings = {{0, 0, 3, 50, 40, 40, 20}}; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.ridings = {{0, 1, 1, 50, 40, 40, 20}}; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.ridings = {{0, 0, 2, 270, 40, 40, 20}}; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.images[0].rgba.pop_back(); }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.images[0].width = 5000; }), Refusal::noPlace);
        QCOMPARE(refusal([](auto &o) { o.room = 100; }), Refusal::noRoom);
        QCOMPARE(refusal([](auto &o) { o.room = 0; }), Refusal::noRoom);
        QVERIFY(refusal([](auto &) {}) == Refusal::file); // and this one is made
    }
    void prepare_targetThatIsThere_isLeftAlone()
    {
        const QString source = file(tests::pdfOf()), target = file("something else");
        const auto prepared = pdf::PreparedPdf::prepare(source.toStdString(), target.toStdString(), false, order(), [](ByteView) {});
        QVERIFY(!prepared && prepared.failure() == pdf::Failure(files::Trouble::exists));
        QCOMPARE(read(target), QStringLiteral("something else"));
    }
    void prepare_itselfAsTarget_isReplacedOnlyAtTheEnd()
    {
        const std::string original = tests::pdfOf();
        const QString source = file(original);
        {
            const auto prepared = pdf::PreparedPdf::prepare(source.toStdString(), source.toStdString(), true, order(), [](ByteView) {});
            QVERIFY(prepared);
        }
        QCOMPARE(bytesIn(source), original); // given up
        auto prepared = pdf::PreparedPdf::prepare(source.toStdString(), source.toStdString(), true, order(), [](ByteView) {});
        QVERIFY(prepared && (*prepared)->finish(Bytes{0x30, 0x00}));
        QVERIFY(bytesIn(source).size() > original.size());
    }
    void prepare_sourceWrittenToMeanwhile_isRefused()
    {
        const QString source = file(tests::pdfOf()), target = m_folder.filePath(QStringLiteral("never.pdf"));
        bool written = false;
        const auto prepared = pdf::PreparedPdf::prepare(source.toStdString(), target.toStdString(), false, order(), [&](ByteView) {
            if (written) return;
            QFile out(source);
            written = out.open(QIODevice::Append) && out.write("\n") == 1;
        });
        QVERIFY(written);
        QVERIFY(!prepared && prepared.failure() == pdf::Failure(files::Trouble::changed));
        QVERIFY(!QFile::exists(target));
    }
    void prepare_diskThatIsFull_isRefused()
    {
        const QString source = file(tests::pdfOf()), target = m_folder.filePath(QStringLiteral("never.pdf"));
        QVERIFY(tests::trueInChild([&] {
            tests::limitFileSize(4096);
            const auto prepared = pdf::PreparedPdf::prepare(source.toStdString(), target.toStdString(), false, order(), [](ByteView) {});
            return !prepared && prepared.failure() == pdf::Failure(files::Trouble::diskFull);
        }));
        QVERIFY(!QFile::exists(target));
    }
    void prepare_documentThatItsAuthorLocked_isRefused()
    {
        const auto locked = [&](const std::string &allowed) {
            PdfDraft draft;
            draft.rootExtra = "/Perms << /DocMDP << /Type /Sig /Reference [ << /TransformMethod /DocMDP /TransformParams << " + allowed + " >> >> ] >> >>";
            pdf::Failure failure = Refusal::file;
            return sealed(file(tests::pdfOf(draft)), order(), &failure).isEmpty() ? failure.refusal : Refusal::file;
        };
        QCOMPARE(locked("/P 1"), Refusal::locked);
        QCOMPARE(locked("/P 2"), Refusal::file);
        QCOMPARE(locked(""), Refusal::file);
    }

    void open_encrypted_isRefused()
    {
        for (const char *user : {"", "secret"}) {
            const QString out = m_folder.filePath(QStringLiteral("encrypted%1.pdf").arg(++m_next));
            QPDF qpdf;
            qpdf.processFile(file(tests::pdfOf()).toLocal8Bit().constData());
            const QByteArray name = out.toLocal8Bit(); // the writer keeps the pointer
            QPDFWriter writer(qpdf, name.constData());
            writer.setR6EncryptionParameters(user, "owner", true, true, true, true, true, true, qpdf_r3p_full, true);
            writer.write();
            QCOMPARE(refusalOf(out), Refusal::encrypted);
            pdf::Failure failure = Refusal::file;
            QVERIFY(sealed(out, order(), &failure).isEmpty());
            QCOMPARE(failure.refusal, Refusal::encrypted);
        }
    }
    void open_broken_isRefused()
    {
        const std::string good = tests::pdfOf();
        const auto with = [&good](const std::string &what, const std::string &by) {
            std::string out = good;
            const std::size_t at = out.rfind(what);
            if (at == std::string::npos) qFatal("nothing to replace");
            out.replace(at, what.size(), by);
            return out;
        };
        const std::vector<std::string> broken = {
            "",
            "%PDF-1.7",
            "GIF89a",
            "\n" + good,
            good.substr(0, good.size() / 2),
            good.substr(0, good.size() - 8),
            good + "<script>",
            with("/Root 1 0 R", "/Root 3 0 R"),
            with("/Root 1 0 R", "/Root 99 0 R"),
            with("/Kids [ 5", "/Kids [ 2"), // a page tree that is its own page
            with("/Size", "/Siez"),
            with("/MediaBox [0 0 595.276 841.89]", "/MediaBox [0 0 0 0]             "),
            with("7 0 obj", "8 0 obj"), // not the object that the table names
            with("trailer", "tailer "),
        };
        for (const std::string &text : broken) {
            const QString path = file(text);
            QVERIFY2(refusalOf(path) == Refusal::broken, text.substr(0, 40).c_str());
            pdf::Failure failure = Refusal::file;
            QVERIFY(sealed(path, order(), &failure).isEmpty());
            QCOMPARE(failure.refusal, Refusal::broken);
            QCOMPARE(bytesIn(path), text);
        }
    }
    void open_streamThatSwells_isRefused()
    {
        // 100 MiB of white space in an object stream, a hundred KiB long.
        const QString path = m_folder.filePath(QStringLiteral("bomb.pdf"));
        QPDF qpdf;
        qpdf.emptyPDF();
        PdfWriter out;
        const std::string head = "7 0 << >> ";
        Bytes raw(100 * 1024 * 1024, ' ');
        std::copy(head.begin(), head.end(), raw.begin());
        const QByteArray zipped = qCompress(raw.data(), static_cast<qsizetype>(raw.size())).mid(4);
        QVERIFY(zipped.size() < 1024 * 1024);
        const std::string stream(zipped.constData(), static_cast<std::size_t>(zipped.size()));
        out.put(1, "<< /Type /Catalog /Pages 7 0 R >>");
        out.put(2, "<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length " + std::to_string(stream.size()) + " >>\nstream\n" + stream + "\nendstream");
        const std::size_t one = out.text.find("1 0 obj"), two = out.text.find("2 0 obj"), here = out.text.size();
        std::string table;
        const auto entry = [&table](int type, std::size_t a, int b) {
            table += static_cast<char>(type);
            for (int shift = 16; shift >= 0; shift -= 8)
                table += static_cast<char>((a >> shift) & 0xff);
            table += static_cast<char>(b);
        };
        entry(0, 0, 255);
        entry(1, one, 0);
        entry(1, two, 0);
        entry(1, here, 0);
        for (int i = 4; i < 8; ++i)
            entry(i == 7 ? 2 : 0, i == 7 ? 2 : 0, 0);
        std::string text = out.text + "3 0 obj\n<< /Type /XRef /W [1 3 1] /Size 8 /Root 1 0 R /Length " + std::to_string(table.size()) + " >>\nstream\n" + table +
                           "\nendstream\nendobj\nstartxref\n" + std::to_string(here) + "\n%%EOF\n";
        QCOMPARE(refusalOf(file(text)), Refusal::tooComplex);
    }
    void examine_listThatAllPagesShare_isLookedAtOnce()
    {
        QElapsedTimer timer;
        timer.start();
        const QString path = file(sharingDocument(9000, 20'000, 64));
        const pdf::PdfFacts found = facts(path); // page by page it would be 10^10 steps
        QCOMPARE(found.pages.size(), 9000U);
        QCOMPARE(found.signatures.size(), 64U);
        QVERIFY(timer.elapsed() < kSoonMs);
    }
    void examine_fields_upToTheMost()
    {
        const auto withFields = [](std::size_t fields) {
            std::string references;
            for (std::size_t i = 0; i < fields; ++i)
                references += std::to_string(4 + i) + " 0 R ";
            std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ " + references + "] >> >>",
                                                "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"};
            objects.insert(objects.end(), fields, "<< /FT /Tx /T (a) >>");
            return documentOf(objects);
        };
        QCOMPARE(facts(file(withFields(20'000))).pages.size(), 1U);
        QCOMPARE(refusalOf(file(withFields(20'001))), Refusal::tooComplex);
    }
    void examine_widgets_areFoundOnTheirPages()
    {
        pdf::SealOrder third = order(), second = order();
        third.places[0].page = 2;
        second.places[0].page = 1;
        const pdf::PdfFacts found = facts(sealed(sealed(file(sharingDocument(3, 4, 0)), third), second));
        QCOMPARE(found.signatures.size(), 2U);
        QCOMPARE(found.signatures[0].page, 2U);
        QCOMPARE(found.signatures[1].page, 1U);
        // On all pages, by their common list: the first counts.
        QCOMPARE(facts(file(sharingDocument(3, 1, 2, "7 0 R"))).signatures[0].page, 0U);
    }
    void added_pagesThatShareAList_areComparedOnce()
    {
        QElapsedTimer timer;
        timer.start();
        const QString once = sealed(file(sharingDocument(9000, 20'000, 0)), order());
        const QString twice = sealed(once, order());
        const pdf::PdfFacts found = facts(twice); // page by page it would be 10^8 comparisons of text
        QCOMPARE(found.signatures.size(), 2U);
        QCOMPARE(found.signatures[0].added, Added::seals);
        QVERIFY(holds(twice, found.signatures[0]));
        QVERIFY(timer.elapsed() < kSoonMs);
    }
    void prepare_longListOnEachPage_isRefused()
    {
        // Each page's list would be written anew: 9,000 times 20,000 entries.
        const std::string text = sharingDocument(9000, 20'000, 0);
        const QString path = file(text);
        pdf::SealOrder riding = order();
        riding.places.clear();
        riding.ridings = {{0, 0, 8999, 50, 40, 40}};
        pdf::Failure failure = Refusal::file;
        QVERIFY(sealed(path, riding, &failure).isEmpty());
        QCOMPARE(failure.refusal, Refusal::tooComplex);
        QCOMPARE(bytesIn(path), text);
    }
    void open_hostileTrees_areRefused()
    {
        const std::string page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
        const auto reference = [](std::size_t object) { return std::to_string(object) + " 0 R"; };
        const auto references = [&reference](std::size_t first, std::size_t count) {
            std::string out;
            for (std::size_t i = 0; i < count; ++i)
                out += reference(first + i) + " ";
            return out;
        };
        std::map<std::string, std::pair<std::string, Refusal>> documents;
        {
            // A tree so deep that a reader which calls itself ends with its stack.
            std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>"};
            for (std::size_t i = 0; i < 60'000; ++i)
                objects.push_back("<< /Type /Pages /Kids [ " + reference(3 + i) + " ] /Count 1 >>");
            objects.push_back(page);
            documents["deep page tree"] = {documentOf(objects), Refusal::tooComplex};
        }
        {
            // Nothing is above a page but 60,000 dictionaries, which each page would climb three times.
            constexpr std::size_t kPages = 5000, kAbove = 60'000;
            std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>",
                                                "<< /Type /Pages /Kids [ " + references(3, kPages) + "] /Count " + std::to_string(kPages) + " >>"};
            objects.insert(objects.end(), kPages, "<< /Type /Page /Parent " + reference(3 + kPages) + " >>");
            for (std::size_t i = 0; i < kAbove; ++i)
                objects.push_back("<< /Parent " + reference(4 + kPages + i) + " >>");
            objects.push_back("<< /MediaBox [0 0 595 842] >>");
            documents["endless inheritance"] = {documentOf(objects), Refusal::broken};
        }
        {
            constexpr std::size_t kFields = 15'000;
            std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ " + references(5, kFields) + "] >> >>",
                                                "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>", page};
            std::string kids;
            for (int i = 0; i < 30'000; ++i)
                kids += "3 0 R ";
            objects.push_back("[ " + kids + "]");
            objects.insert(objects.end(), kFields, "<< /T (a) /Kids 4 0 R >>");
            documents["fields that share their kids"] = {documentOf(objects), Refusal::tooComplex};
        }
        {
            // Each field's full name begins with half a megabyte.
            constexpr std::size_t kFields = 19'000;
            std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R ] >> >>",
                                                "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>", page,
                                                "<< /T (" + std::string(500'000, 'n') + ") /Kids [ " + references(5, kFields) + "] >>"};
            objects.insert(objects.end(), kFields, "<< /T (a) >>");
            documents["long names"] = {documentOf(objects), Refusal::tooComplex};
        }
        {
            std::string nested = "<< /FT /Sig >>";
            for (int i = 0; i < 40; ++i)
                nested = "<< /T (a) /Kids [ " + nested + " ] >>";
            documents["deep fields"] = {documentOf({"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ " + nested + " ] >> >>",
                                                    "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>", page}),
                                        Refusal::tooComplex};
        }
        {
            PdfDraft draft;
            draft.rootExtra = "/AcroForm << /Fields [ << /T (a) /Kids [ 2 0 R 2 0 R ] >> ] >>"; // a tree that leads to another, twice
            documents["fields of one object"] = {tests::pdfOf(draft), Refusal::file};
        }
        QElapsedTimer timer;
        timer.start();
        for (const auto &[what, document] : documents) {
            const QString path = file(document.first);
            QVERIFY2(refusalOf(path) == document.second, what.c_str());
            QCOMPARE(bytesIn(path), document.first);
        }
        QVERIFY(timer.elapsed() < kSoonMs);
    }
    void open_listInAStreamThatSwells_isRefused()
    {
        // 40 MiB of numbers in an object stream, 40 KiB long: below what a document may decompress, and 5 GiB in a reader's memory.
        PdfWriter out;
        std::string raw = "4 0 [ ";
        while (raw.size() < 40 * 1024 * 1024)
            raw += "0 0 0 0 0 0 0 0 ";
        raw += "]";
        const QByteArray zipped = qCompress(reinterpret_cast<const uchar *>(raw.data()), static_cast<qsizetype>(raw.size())).mid(4);
        QVERIFY(zipped.size() < 1024 * 1024);
        const std::string stream(zipped.constData(), static_cast<std::size_t>(zipped.size()));
        out.put(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 4 0 R >> >>");
        out.put(2, "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>");
        out.put(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
        out.put(5, "<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length " + std::to_string(stream.size()) + " >>\nstream\n" + stream + "\nendstream");
        const std::size_t here = out.text.size();
        std::string table;
        for (int object = 0; object < 7; ++object) {
            const std::size_t place = object == 6 ? here : out.text.find("\n" + std::to_string(object) + " 0 obj") + 1;
            table += static_cast<char>(object == 0 ? 0 : object == 4 ? 2 : 1);
            for (int shift = 16; shift >= 0; shift -= 8)
                table += static_cast<char>(((object == 0 ? 0 : object == 4 ? 5 : place) >> shift) & 0xff);
            table += '\0';
        }
        QCOMPARE(refusalOf(file(out.text + "6 0 obj\n<< /Type /XRef /W [1 3 1] /Size 7 /Root 1 0 R /Length " + std::to_string(table.size()) + " >>\nstream\n" +
                                table + "\nendstream\nendobj\nstartxref\n" + std::to_string(here) + "\n%%EOF\n")),
                 Refusal::tooComplex);
    }
    void open_cutAnywhere_neverCrashesNorHolds()
    {
        const std::string good = bytesIn(sealed(file(tests::pdfOf()), order()));
        for (std::size_t length = 0; length + 1 < good.size(); length += 97) {
            const Bytes part(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
            const auto found = pdf::examine(pdf::MemorySource(part));
            QVERIFY(!found || found->signatures.empty()); // the unsigned original is a whole document
        }
    }
};

QTEST_GUILESS_MAIN(TestPdfSeal)
#include "test_pdf_seal.moc"
