// What hufu verify says to people: each verdict in a sentence, in both languages.
#include "app/cli/sentences.h"
#include "tests/shield/documents/seals.h"

#include <QSet>
#include <QTest>

using namespace hufu;
using documents::Finding;
using documents::SealFinding;
using documents::SesFinding;

class TestSentences : public QObject {
    Q_OBJECT
    static inline QSet<QString> s_seen;

    // Chinese first, then English, and none of it twice for two meanings.
    static bool isInBoth(const QString &sentence)
    {
        const QStringList halves = sentence.split(QStringLiteral(" / "));
        const auto hasHan = [](const QString &text) { return std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Han; }); };
        return halves.size() == 2 && hasHan(halves[0]) && !halves[1].isEmpty() && !hasHan(halves[1]) && halves[1].contains(QLatin1Char(' '));
    }
    static bool isNew(const QString &sentence)
    {
        const bool isFirst = !s_seen.contains(sentence);
        s_seen.insert(sentence);
        return isFirst;
    }

private Q_SLOTS:
    void init() { s_seen.clear(); }

    void finding_eachOfASignature_isSaid()
    {
        for (const auto form : {documents::Form::cms, documents::Form::bare})
            for (int i = 0; i <= static_cast<int>(Finding::timeImplausible); ++i) {
                documents::Verdict verdict;
                verdict.form = form;
                verdict.finding = static_cast<Finding>(i);
                if (verdict.finding == Finding::certificateRefused) continue; // below, by its fault
                const QStringList said = cli::sentencesOf(verdict);
                QVERIFY2(said.size() == 1 && isInBoth(said[0]), qPrintable(said.value(0)));
                if (form == documents::Form::cms) QVERIFY2(isNew(said[0]), qPrintable(said[0]));
            }
    }
    void fault_eachOfACertificate_isSaid()
    {
        QVERIFY(cli::sentenceOf(x509::Fault::none).isEmpty());
        for (int i = 1; i <= static_cast<int>(x509::Fault::revocationUnknown); ++i) {
            documents::Verdict verdict;
            verdict.finding = Finding::certificateRefused;
            verdict.chainFault = static_cast<x509::Fault>(i);
            const QStringList said = cli::sentencesOf(verdict);
            QVERIFY2(said.size() == 1 && isInBoth(said[0]) && isNew(said[0]), qPrintable(said.value(0)));
        }
    }
    void finding_eachOfASeal_isSaid()
    {
        for (int i = 0; i <= static_cast<int>(SealFinding::expired); ++i) {
            const QString said = cli::sentenceOf(static_cast<SealFinding>(i));
            QVERIFY2(isInBoth(said) && isNew(said), qPrintable(said));
        }
        for (int i = 0; i <= static_cast<int>(SesFinding::manifestDiffers); ++i) {
            documents::SesVerdict verdict;
            verdict.finding = static_cast<SesFinding>(i);
            verdict.seal = {SealFinding::makerRefused, x509::Fault::expired};
            verdict.chainFault = x509::Fault::untrusted;
            const QStringList said = cli::sentencesOf(verdict);
            QVERIFY2(isInBoth(said.value(0)), qPrintable(said.value(0)));
            QCOMPARE(said.size(), verdict.finding == SesFinding::sealRefused ? 2 : 1);
        }
    }
    void reason_eachOfARevocation_isSaid()
    {
        for (int i = 0; i <= static_cast<int>(x509::Reason::cessationOfOperation); ++i) {
            documents::Verdict verdict;
            verdict.finding = Finding::valid;
            verdict.form = documents::Form::cms;
            verdict.signedAtMs = 1'800'000'000'000;
            verdict.revocation = x509::Revocation{1'800'000'060'000, static_cast<x509::Reason>(i)};
            const QStringList said = cli::sentencesOf(verdict);
            QCOMPARE(said.size(), 3);
            QVERIFY2(isInBoth(said[1]) && isNew(said[1]) && said[1].contains(QStringLiteral("2027-01-15T08:01:00Z")), qPrintable(said[1]));
            QVERIFY(isInBoth(said[2]));
        }
    }
    // A time stamp is told of only where one comes with it.
    void timeStamp_ofASeal_isToldOf()
    {
        const tests::Pki pki;
        const tests::SealWorks works(pki);
        documents::SesVerdict verdict;
        verdict.finding = SesFinding::valid;
        verdict.signature = *documents::SesSignature::parse(works.sign(works.toSign(works.seal(), {})));
        QVERIFY(cli::sentencesOf(verdict)[1].contains(QLatin1String("no time stamp proves it")));
        verdict.signature->timeStamp = {1};
        QVERIFY(cli::sentencesOf(verdict)[1].contains(QLatin1String("time stamp that comes with it is not checked")) && isInBoth(cli::sentencesOf(verdict)[1]));
    }
    void added_each_isSaid()
    {
        pdf_app::SignatureVerdict verdict;
        verdict.cms.emplace();
        verdict.cms->finding = Finding::valid;
        for (int i = 0; i <= static_cast<int>(pdf::Added::content); ++i) {
            verdict.signature.added = static_cast<pdf::Added>(i);
            const QStringList said = cli::sentencesOf(verdict);
            QVERIFY2(isInBoth(said.back()) && isNew(said.back()), qPrintable(said.back()));
            // That the signature itself is right is no comfort where what it stands for was changed.
            QCOMPARE(said.size(), verdict.signature.added > pdf::Added::seals ? 1 : 2);
        }
        for (const auto defect : {pdf::Defect::range, pdf::Defect::revision}) {
            verdict.signature.defect = defect;
            const QStringList said = cli::sentencesOf(verdict);
            QVERIFY2(said.size() == 1 && isInBoth(said[0]) && isNew(said[0]), qPrintable(said.value(0)));
        }
        QVERIFY(isInBoth(cli::sentencesOf(pdf_app::SignatureVerdict{}).value(0)));
    }
    void several_together_areCounted()
    {
        documents::Verdict good, bad;
        good.finding = Finding::valid;
        for (const bool isOneAsked : {false, true})
            for (const auto &signers : {std::vector{good, good}, std::vector{good, bad}})
                QVERIFY(isInBoth(cli::sentenceOf(signers, isOneAsked)));
        QVERIFY(cli::sentenceOf({good, bad}, false).endsWith(QLatin1String("does not hold: 1 of 2")));
        pdf_app::PdfVerdict document;
        QVERIFY(isInBoth(cli::sentenceOf(document)));
        document.signatures.resize(2);
        document.signatures[1].problem = catalogue::Code::signatureInvalid;
        QVERIFY(isInBoth(cli::sentenceOf(document)) && cli::sentenceOf(document).endsWith(QLatin1String("do not hold: 1 of 2")));
        document.signatures.pop_back();
        QVERIFY(isInBoth(cli::sentenceOf(document)));
        for (int i = 0; i <= static_cast<int>(audit::ListFault::keptMissing); ++i)
            QVERIFY(isInBoth(QString::fromUtf8(cli::sentenceOf(static_cast<audit::ListFault>(i)))));
    }
};

QTEST_GUILESS_MAIN(TestSentences)
#include "test_sentences.moc"
