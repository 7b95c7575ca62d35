// A tender document sealed with real pictures, judged by us, by the command line and by BouncyCastle.
#include "app/pdf/judging.h"
#include "app/pdf/sealing.h"

#include "platform/drawing/seal_picture.h"
#include "tests/shield/documents/seals.h"
#include "tests/support/pdfs.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace hufu;
using catalogue::Code;
using documents::SealForm;

class TestPdf : public QObject {
    Q_OBJECT
    tests::Pki m_pki{QDateTime::currentMSecsSinceEpoch()};
    tests::SealWorks m_works{m_pki};
    ports::SystemRandom m_random;
    QTemporaryDir m_folder;
    pdf::SealImage m_company, m_person;
    int m_next = 0;

    QString file(const std::string &content, const QString &name = {})
    {
        const QString path = m_folder.filePath(name.isEmpty() ? QStringLiteral("file%1.pdf").arg(++m_next) : name);
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(content.data(), static_cast<qint64>(content.size())) < 0) qFatal("write");
        return path;
    }
    static QByteArray read(const QString &path)
    {
        QFile in(path);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    pdf::SealOrder order() const
    {
        pdf::SealOrder out;
        out.images = {m_company, m_person};
        out.places = {{0, 0, 130, 220, 40, 40}, {1, 0, 95, 235, 20, 20}};
        out.ridings = {{0, 0, 2, 120, 40, 40, 20}};
        out.timeMs = m_pki.nowMs;
        out.signer = "示范建设有限公司";
        return out;
    }
    Bytes cmsOver(const ByteArray<32> &digest) const
    {
        const Bytes attributes = *documents::buildSignedAttributes(digest, m_pki.nowMs);
        const std::vector<x509::Certificate> certificates{m_pki.sign, m_pki.issuing};
        return *documents::buildDetachedCms(attributes, m_pki.signKey.sign(attributes), certificates);
    }
    Bytes sesOver(const ByteArray<32> &digest, const documents::SesSealInfo &info) const
    {
        return m_works.sign(m_works.toSign(m_works.seal(info), digest));
    }
    QString sealed(const QString &source)
    {
        const QString target = m_folder.filePath(QStringLiteral("sealed%1.pdf").arg(++m_next));
        auto sealing = pdf_app::Sealing::begin(source.toStdString(), target.toStdString(), false, order(), m_random);
        if (!sealing || !(*sealing)->finish(cmsOver((*sealing)->digest()))) qFatal("seal");
        return target;
    }
    QString sealedBySes(const QString &source, const documents::SesSealInfo &info)
    {
        const QString target = m_folder.filePath(QStringLiteral("ses%1.pdf").arg(++m_next));
        pdf::SealOrder ses = order();
        ses.form = pdf::SignatureForm::ses;
        auto sealing = pdf_app::Sealing::begin(source.toStdString(), target.toStdString(), false, ses, m_random);
        if (!sealing || !(*sealing)->finish(sesOver((*sealing)->digest(), info))) qFatal("seal");
        return target;
    }
    documents::Question question() const { return {m_pki.trust(), m_pki.nowMs, false, {}, {}}; }
    std::optional<Code> problemOf(const QString &path) const
    {
        const auto verdict = pdf_app::judge(path.toStdString(), question());
        return verdict ? verdict->problem() : verdict.problem();
    }
    static int run(const QString &program, const QStringList &arguments, QByteArray *said = nullptr, QByteArray *complained = nullptr)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished(120000)) return -1;
        if (said != nullptr) *said = process.readAllStandardOutput();
        if (complained != nullptr) *complained = process.readAllStandardError();
        return process.exitCode();
    }
    QStringList verifying(const QString &path, const QStringList &more = {}) const
    {
        return QStringList{QStringLiteral("verify"), path, QStringLiteral("--trust"), m_folder.filePath(QStringLiteral("root.pem")), QStringLiteral("--chain"),
                           m_folder.filePath(QStringLiteral("issuing.pem"))} + more;
    }
    int bouncyCastle(const QString &path, int count, QByteArray *complained)
    {
        return run(QStringLiteral(HUFU_ORACLES "/pdf_with_bouncycastle.sh"),
                   {path, m_folder.filePath(QStringLiteral("root.pem")), m_folder.filePath(QStringLiteral("issuing.pem")), QString::number(count)}, nullptr, complained);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto company = drawing::SealPicture::draw({SealForm::company, "示范建设有限公司", "1101080123456", 1});
        const auto person = drawing::SealPicture::draw({SealForm::legalPerson, "王小明", "", 1});
        QVERIFY(company && person);
        m_company = *pdf_app::imageOf(*company);
        m_person = *pdf_app::imageOf(*person);
        file(m_pki.root.pem(), QStringLiteral("root.pem"));
        file(m_pki.issuing.pem(), QStringLiteral("issuing.pem"));
    }

    void judge_sealedTwiceAndByAnElectronicSeal_holds()
    {
        const QString path = sealedBySes(sealed(sealed(file(tests::pdfOf()))), m_works.info());
        const auto verdict = pdf_app::judge(path.toStdString(), question());
        QVERIFY(verdict);
        QVERIFY(!verdict->problem());
        QCOMPARE(verdict->signatures.size(), std::size_t{3});
        QVERIFY(verdict->signatures[0].cms && verdict->signatures[1].cms && verdict->signatures[2].ses);
        QVERIFY(*verdict->signatures[0].cms->signer == m_pki.sign);
        QCOMPARE(verdict->signatures[0].signature.added, pdf::Added::seals);
        QCOMPARE(verdict->signatures[2].signature.added, pdf::Added::nothing);
        QByteArray said;
        const int exit = bouncyCastle(path, 3, &said);
        if (exit == 77) QSKIP("no BouncyCastle");
        QVERIFY2(exit == 0, said.constData());
        if (const QString out = qEnvironmentVariable("HUFU_PICTURES"); !out.isEmpty()) QFile::copy(path, out + QStringLiteral("/sealed.pdf"));
    }
    void oracle_changedByte_isSeen()
    {
        QByteArray text = read(sealed(file(tests::pdfOf())));
        text.replace("Tender document, page 2", "Tender document, page 9");
        const QString path = file(text.toStdString());
        QByteArray said;
        const int exit = bouncyCastle(path, 1, &said);
        if (exit == 77) QSKIP("no BouncyCastle");
        QCOMPARE(exit, 1);
        QVERIFY(problemOf(path) == Code::signatureInvalid);
    }

    void judge_eachProblem_hasItsCode()
    {
        const QString path = sealed(file(tests::pdfOf()));
        QVERIFY(!problemOf(path));
        QVERIFY(problemOf(file(tests::pdfOf())) == Code::pdfUnsigned);
        QVERIFY(problemOf(file("%PDF-1.7\nnothing")) == Code::pdfBroken);
        QVERIFY(problemOf(m_folder.filePath(QStringLiteral("none.pdf"))) == Code::fileUnreadable);

        QByteArray text = read(path);
        text.replace("/adbe.pkcs7.detached", "/adbe.pkcs7.detachee");
        QVERIFY(problemOf(file(text.toStdString())) == Code::signatureInvalid); // a form that we do not know

        documents::Question asked = question();
        asked.trust = {};
        QVERIFY(pdf_app::judge(path.toStdString(), asked)->problem() == Code::certificateInvalid);
        asked = question();
        asked.trust.revocations = {m_pki.list({{m_pki.sign.serial(), {m_pki.nowMs - 1000, x509::Reason::keyCompromise}}})};
        QVERIFY(pdf_app::judge(path.toStdString(), asked)->problem() == Code::certificateRevoked);
    }
    void judge_electronicSealThatDoesNotHold_isRefused()
    {
        const QString source = file(tests::pdfOf());
        QVERIFY(!problemOf(sealedBySes(source, m_works.info())));
        documents::SesSealInfo ended = m_works.info();
        ended.untilMs = m_pki.nowMs - 3'600'000;
        QVERIFY(problemOf(sealedBySes(source, ended)) == Code::sealRefused);
    }
    void judge_contentAddedBehind_isNotWhatWasSigned()
    {
        const QByteArray text = read(sealed(file(tests::pdfOf())));
        tests::PdfWriter out(text.toStdString());
        out.put(6, "<< /Length 1 >>\nstream\nq\nendstream"); // what page 1 shows
        const QByteArray size = text.mid(text.lastIndexOf("/Size ") + 6, 6), start = text.mid(text.lastIndexOf("startxref") + 10);
        out.close(size.left(size.indexOf(' ')).toInt(), "/Root 1 0 R /Info 4 0 R /Prev " + start.left(start.indexOf('\n')).toStdString());
        const QString path = file(out.text);
        QVERIFY(problemOf(path) == Code::pdfChanged);
        QByteArray said, complained;
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(path), &said, &complained), 1);
        QVERIFY(said.startsWith("NOT VALID") && complained.contains("HF-626"));
        QVERIFY(said.contains("签名之后改动了文档内容 / The document's content was changed behind it") && !said.contains("签名有效"));
    }

    void finish_signatureOfAnotherDocument_isRefusedAndLeavesNoFile()
    {
        const QString source = file(tests::pdfOf()), target = m_folder.filePath(QStringLiteral("never.pdf"));
        for (const auto form : {pdf::SignatureForm::cms, pdf::SignatureForm::ses}) {
            pdf::SealOrder with = order();
            with.form = form;
            auto sealing = pdf_app::Sealing::begin(source.toStdString(), target.toStdString(), false, with, m_random);
            QVERIFY(sealing);
            ByteArray<32> other = (*sealing)->digest();
            other[0] ^= 1;
            const bool cms = form == pdf::SignatureForm::cms;
            QCOMPARE((*sealing)->finish(cms ? cmsOver(other) : sesOver(other, m_works.info())).problem(), Code::signatureInvalid);
            QCOMPARE((*sealing)->finish(cms ? sesOver((*sealing)->digest(), m_works.info()) : cmsOver((*sealing)->digest())).problem(), Code::malformed);
            QCOMPARE((*sealing)->finish(Bytes{1, 2, 3}).problem(), Code::malformed);
            QVERIFY(!QFile::exists(target));
        }
        QVERIFY(!QFile::exists(target));
    }
    void begin_refusals_haveTheirCodes()
    {
        const auto problem = [&](const std::string &content, const pdf::SealOrder &with) {
            const QString source = file(content);
            const auto sealing = pdf_app::Sealing::begin(source.toStdString(), m_folder.filePath(QStringLiteral("never.pdf")).toStdString(), false, with, m_random);
            return sealing ? Code::internal : sealing.problem();
        };
        pdf::SealOrder off = order();
        off.places[0].left = 200;
        QCOMPARE(problem(tests::pdfOf(), off), Code::pdfNoPlace);
        QCOMPARE(problem("no PDF", order()), Code::pdfBroken);
        tests::PdfDraft locked;
        locked.rootExtra = "/Perms << /DocMDP << /Reference [ << /TransformMethod /DocMDP /TransformParams << /P 1 >> >> ] >> >>";
        QCOMPARE(problem(tests::pdfOf(locked), order()), Code::pdfLocked);
        tests::PdfDraft encrypted;
        encrypted.trailerExtra = "/Encrypt << /Filter /Unheard /V 9 >> /ID [ <00> <00> ]";
        QCOMPARE(problem(tests::pdfOf(encrypted), order()), Code::pdfEncrypted);
        tests::PdfDraft huge;
        huge.pages = 10'001;
        QCOMPARE(problem(tests::pdfOf(huge), order()), Code::pdfTooComplex);
        const auto missing = pdf_app::Sealing::begin(m_folder.filePath(QStringLiteral("none.pdf")).toStdString(), "x", false, order(), m_random);
        QVERIFY(!missing && missing.problem() == Code::fileUnreadable);
    }

    void verify_sealedPdf_saysEachSignature()
    {
        const QString path = sealedBySes(sealed(file(tests::pdfOf())), m_works.info());
        QByteArray said;
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(path, {QStringLiteral("--json")}), &said), 0);
        const QJsonObject report = QJsonDocument::fromJson(said).object();
        QVERIFY(report.value(QStringLiteral("valid")).toBool());
        const QJsonArray signatures = report.value(QStringLiteral("signatures")).toArray();
        QCOMPARE(signatures.size(), 2);
        QCOMPARE(signatures[0].toObject().value(QStringLiteral("addedAfter")).toString(), QStringLiteral("seals"));
        QCOMPARE(signatures[1].toObject().value(QStringLiteral("form")).toString(), QStringLiteral("GB/T 38540"));
        QCOMPARE(signatures[1].toObject().value(QStringLiteral("seal")).toString(), QStringLiteral("示范建设有限公司"));
        QVERIFY(signatures[1].toObject().value(QStringLiteral("coversAll")).toBool());
    }
    // A signature that two have made under one field: both are told of, and both have to hold.
    void verify_signatureByTwo_saysBoth()
    {
        const tests::WholeKey key;
        const x509::Certificate second = m_pki.issue(authority::Profile::sign, key, {"CN", "示范", {}, "李经理", {}}, &m_pki.issuing, m_pki.issuingKey);
        const QString target = m_folder.filePath(QStringLiteral("by-two.pdf"));
        auto sealing = pdf_app::Sealing::begin(file(tests::pdfOf()).toStdString(), target.toStdString(), false, order(), m_random);
        QVERIFY(sealing);
        const Bytes attributes = *documents::buildSignedAttributes((*sealing)->digest(), m_pki.nowMs);
        const auto both = documents::addSignature(cmsOver((*sealing)->digest()), {attributes, key.sign(attributes), second}, {});
        QVERIFY(both && (*sealing)->finish(*both));

        QByteArray said;
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(target, {QStringLiteral("--json")}), &said), 0);
        // Whose verdict it is, and whether it is a good one: the set in which they stand has no order of its own.
        const auto verdicts = [&said] {
            QStringList out;
            for (const QJsonValue &each : QJsonDocument::fromJson(said).object().value(QStringLiteral("signatures")).toArray().at(0).toObject().value(QStringLiteral("signers")).toArray())
                out << (each[QLatin1String("signer")].toString().contains(QStringLiteral("李经理")) ? QStringLiteral("second ") : QStringLiteral("first ")) +
                           each[QLatin1String("finding")].toString();
            out.sort();
            return out;
        };
        QCOMPARE(verdicts(), (QStringList{QStringLiteral("first valid"), QStringLiteral("second valid")}));

        file(m_pki.list({{second.serial(), {m_pki.nowMs - 1000, x509::Reason::keyCompromise}}}).pem(), QStringLiteral("revoked.crl"));
        const QStringList revoked{QStringLiteral("--crl"), m_folder.filePath(QStringLiteral("revoked.crl"))};
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(target, revoked + QStringList{QStringLiteral("--json")}), &said), 1);
        QCOMPARE(verdicts(), (QStringList{QStringLiteral("first valid"), QStringLiteral("second certificateRefused")}));
        QByteArray complained;
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(target, revoked), &said, &complained), 1);
        QVERIFY(said.startsWith("NOT VALID") && said.contains("signature 1, signer 1: ") && said.contains("signature 1, signer 2: ") && said.count(": NOT VALID\n") == 2);
        QVERIFY(complained.contains("HF-601"));
    }
    void verify_unsignedOrBrokenPdf_saysWhy()
    {
        QByteArray complained;
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(file(tests::pdfOf())), nullptr, &complained), 1);
        QVERIFY(complained.contains("HF-625"));
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), verifying(file("%PDF-1.7\n")), nullptr, &complained), 3);
        QVERIFY(complained.contains("HF-620"));
    }
    void inspect_pdfAndSeal_sayWhatTheyAre()
    {
        QByteArray said;
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), {QStringLiteral("inspect"), sealed(file(tests::pdfOf()))}, &said), 0);
        QVERIFY(said.contains("signature HufuSeal1, page 1") && said.contains("the whole file") && said.contains("pages            3"));
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), {QStringLiteral("inspect"), sealed(file(tests::pdfOf())), QStringLiteral("--json")}, &said), 0);
        const QJsonObject facts = QJsonDocument::fromJson(said).object();
        QCOMPARE(facts.value(QLatin1String("kind")).toString(), QStringLiteral("pdf"));
        QCOMPARE(facts.value(QLatin1String("pages")).toInteger(), 3);
        const QJsonObject stamped = facts.value(QLatin1String("signatures")).toArray().at(0).toObject();
        QCOMPARE(stamped.value(QLatin1String("field")).toString(), QStringLiteral("HufuSeal1"));
        QCOMPARE(stamped.value(QLatin1String("page")).toInteger(), 1);
        QCOMPARE(stamped.value(QLatin1String("coversAll")), QJsonValue(true));
        const auto seal = m_works.seal();
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), {QStringLiteral("inspect"), file(textOf(seal.der), QStringLiteral("company.seal"))}, &said), 0);
        QVERIFY(said.startsWith("electronic seal") && said.contains("示范建设有限公司"));
        const Bytes signature = sesOver({}, m_works.info());
        QCOMPARE(run(QStringLiteral(HUFU_PROGRAM), {QStringLiteral("inspect"), file(textOf(signature), QStringLiteral("document.ses"))}, &said), 0);
        QVERIFY(said.startsWith("electronic signature"));
    }
};

QTEST_MAIN(TestPdf)
#include "test_pdf.moc"
