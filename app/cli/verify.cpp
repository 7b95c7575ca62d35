#include "app/cli/judging.h"
#include "app/cli/sentences.h"
#include "app/cli/words.h"
#include "app/envelope/envelope_file.h"
#include "app/pdf/judging.h"

#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/ses_seal.h"
#include "shield/documents/verdict.h"
#include "shield/x509/pem.h"
#include "shield/x509/sm2_der.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

static constexpr qint64 kAttachedMost = 24 << 20;

// What is known of when it was signed: whose word that is, and what has become of the certificate.
static void addTimes(QJsonObject &to, std::optional<std::int64_t> signedAtMs, const std::optional<x509::Revocation> &revocation)
{
    if (signedAtMs) {
        to[QStringLiteral("signedAt")] = timeText(*signedAtMs);
        to[QStringLiteral("signedAtBy")] = QStringLiteral("signer"); // no time stamp is judged
    }
    if (!revocation) return;
    const std::string_view reason = x509::nameOf(revocation->reason);
    to[QStringLiteral("revokedAt")] = timeText(revocation->atMs);
    to[QStringLiteral("revocationReason")] = QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size()));
}

QJsonObject jsonOf(const documents::Verdict &verdict)
{
    QJsonObject out{{QStringLiteral("valid"), verdict.isValid()},
                    {QStringLiteral("finding"), QString::fromUtf8(documents::nameOf(verdict.finding))},
                    {QStringLiteral("contentSm3"), QString::fromStdString(toHex(verdict.contentSm3))},
                    {QStringLiteral("revocationChecked"), verdict.revocationChecked}};
    if (verdict.finding != documents::Finding::malformed) {
        out[QStringLiteral("form")] = verdict.form == documents::Form::cms ? QStringLiteral("cms") : QStringLiteral("bare");
        out[QStringLiteral("judgedAt")] = timeText(verdict.judgedAtMs);
    }
    if (verdict.signer) {
        out[QStringLiteral("signer")] = QString::fromStdString(shown(verdict.signer->subjectText()));
        out[QStringLiteral("serial")] = QString::fromStdString(toHex(verdict.signer->serial()));
    }
    addTimes(out, verdict.signedAtMs, verdict.revocation);
    if (verdict.manifestSm3) out[QStringLiteral("manifestSm3")] = QString::fromStdString(toHex(*verdict.manifestSm3));
    if (verdict.chainFault != x509::Fault::none)
        out[QStringLiteral("chainFault")] = QString::fromUtf8(x509::nameOf(verdict.chainFault));
    return out;
}

QJsonArray jsonOf(const std::vector<documents::Verdict> &signers)
{
    QJsonArray out;
    for (const documents::Verdict &each : signers)
        out.append(jsonOf(each));
    return out;
}

static const char *wordOf(bool isValid) { return isValid ? "valid" : "NOT VALID"; }

// The facts of a report, a line each.
static void printFacts(const QJsonObject &report)
{
    for (auto it = report.begin(); it != report.end(); ++it)
        if (it.key() != QLatin1String("valid") && it.key() != QLatin1String("signers"))
            std::printf("  %-18s %s\n", qUtf8Printable(it.key()), qUtf8Printable(it.value().toVariant().toString()));
}

// A block for each signer. In: of, what they have signed, where that is one of several.
static void printSigners(const std::vector<documents::Verdict> &signers, const QString &of = {})
{
    for (std::size_t i = 0; i < signers.size(); ++i) {
        std::printf("%ssigner %zu: %s\n", qUtf8Printable(of), i + 1, wordOf(signers[i].isValid()));
        printSentences(sentencesOf(signers[i]));
        printFacts(jsonOf(signers[i]));
    }
}

// Prints a verdict. In: signers, of a CMS: of each of whom is told, if there are several; isOneAsked, the verdict is on one of them. Returns: the exit code.
static int tell(const documents::Verdict &verdict, const std::vector<documents::Verdict> &signers, bool isOneAsked, const QString &about, bool asJson)
{
    QJsonObject report = jsonOf(verdict);
    if (!signers.empty()) report[QStringLiteral("signers")] = jsonOf(signers);
    if (asJson) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", wordOf(verdict.isValid()));
        if (signers.size() > 1 || (isOneAsked && !signers.empty() && !verdict.signer)) {
            printSentences({sentenceOf(signers, isOneAsked)});
            std::printf("  %-18s %zu\n", "signers", signers.size());
            printSigners(signers);
        } else {
            printSentences(sentencesOf(verdict));
            printFacts(report);
        }
    }
    if (verdict.isValid()) return kGood;
    explain(codeOf(verdict), about);
    return verdict.finding == documents::Finding::malformed ? kUnreadable : kFailed;
}

// A CMS in a file, with or without its content inside; nothing if it is none.
struct Found {
    Bytes der;
    documents::Cms cms;
};
static std::optional<Found> cmsIn(ByteView bytes)
{
    for (const char *label : {"CMS", "PKCS7"})
        if (auto der = x509::derOfFile(bytes, label))
            if (auto cms = documents::Cms::parse(*der)) return Found{*der, *std::move(cms)};
    return std::nullopt;
}

// 64 bytes may be anything: they are a signature by their name alone.
static bool isBareSignature(const QString &path, ByteView bytes)
{
    return (bytes.size() == 64 && path.endsWith(QLatin1String(".sig"))) || x509::Sm2Signature::parse(bytes);
}

static int verifyEnvelope(const QString &path, const documents::Question &question, bool asJson)
{
    const auto file = envelope::EnvelopeFile::open(path.toStdString());
    if (!file) return failed(file.problem(), path);
    const auto verdict = envelope::verify(*file, question);
    if (!verdict) return failed(verdict.problem(), path);
    return tell(*verdict, {*verdict}, false, path, asJson); // an envelope has the sender that its header names, and no other
}

// Judges a CMS and prints the verdicts. Returns: the exit code.
static int verifyCms(ByteView der, const ByteArray<32> &contentSm3, const documents::Question &question, const QString &about, bool asJson)
{
    const auto signers = documents::verifyEachSigner(der, contentSm3, question);
    return tell(documents::togetherOf(signers, question), signers, question.signer.has_value(), about, asJson);
}

static QJsonObject jsonOf(const documents::SesVerdict &verdict)
{
    QJsonObject out{{QStringLiteral("valid"), verdict.isValid()},
                    {QStringLiteral("finding"), QString::fromUtf8(documents::nameOf(verdict.finding))},
                    {QStringLiteral("form"), QStringLiteral("GB/T 38540")},
                    {QStringLiteral("revocationChecked"), verdict.revocationChecked}};
    if (verdict.chainFault != x509::Fault::none) out[QStringLiteral("chainFault")] = QString::fromUtf8(x509::nameOf(verdict.chainFault));
    if (!verdict.signature) return out;
    const documents::SesToSign &signedPart = verdict.signature->toSign;
    out[QStringLiteral("signer")] = QString::fromStdString(shown(verdict.signature->signer.subjectText()));
    out[QStringLiteral("serial")] = QString::fromStdString(toHex(verdict.signature->signer.serial()));
    addTimes(out, signedPart.timeMs, verdict.revocation);
    out[QStringLiteral("seal")] = QString::fromStdString(shown(signedPart.seal.info.name));
    out[QStringLiteral("sealMaker")] = QString::fromStdString(shown(signedPart.seal.maker.subjectText()));
    if (verdict.finding == documents::SesFinding::sealRefused)
        out[QStringLiteral("sealFinding")] = QString::fromUtf8(documents::nameOf(verdict.seal.finding));
    if (signedPart.manifestSm3) out[QStringLiteral("manifestSm3")] = QString::fromStdString(toHex(*signedPart.manifestSm3));
    return out;
}

// A seal as it is given out: whether its maker may make seals and has made this one, and whether it holds today.
static int verifySeal(const QString &path, const documents::SesSeal &seal, const documents::Question &question, bool asJson)
{
    const auto verdict = documents::judgeSeal(seal, question.trust, question.nowMs, question.nowMs);
    QJsonArray signers;
    for (const x509::Certificate &signer : seal.info.signers)
        signers.append(QString::fromStdString(shown(signer.subjectText())));
    for (const ByteArray<32> &signer : seal.info.signerDigests)
        signers.append(QString::fromStdString("SM3 " + toHex(signer)));
    QJsonObject report{{QStringLiteral("valid"), verdict.isValid()},
                       {QStringLiteral("finding"), QString::fromUtf8(documents::nameOf(verdict.finding))},
                       {QStringLiteral("form"), QStringLiteral("GB/T 38540 seal")},
                       {QStringLiteral("seal"), QString::fromStdString(shown(seal.info.name))},
                       {QStringLiteral("sealId"), QString::fromStdString(shown(seal.info.id))},
                       {QStringLiteral("sealMaker"), QString::fromStdString(shown(seal.maker.subjectText()))},
                       {QStringLiteral("usableBy"), signers},
                       {QStringLiteral("madeAt"), timeText(seal.info.createdMs)},
                       {QStringLiteral("validUntil"), timeText(seal.info.untilMs)}};
    if (verdict.makerFault != x509::Fault::none) report[QStringLiteral("chainFault")] = QString::fromUtf8(x509::nameOf(verdict.makerFault));
    if (asJson) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", wordOf(verdict.isValid()));
        printSentences({sentenceOf(verdict.finding)});
        if (verdict.makerFault != x509::Fault::none) printSentences({sentenceOf(verdict.makerFault)});
        for (auto it = report.begin(); it != report.end(); ++it) {
            if (it.key() == QLatin1String("valid")) continue;
            QStringList words;
            for (const QJsonValue &one : it.value().isArray() ? it.value().toArray() : QJsonArray{it.value()})
                words << one.toVariant().toString();
            std::printf("  %-18s %s\n", qUtf8Printable(it.key()), qUtf8Printable(words.join(QStringLiteral("; "))));
        }
    }
    if (verdict.isValid()) return kGood;
    explain(catalogue::Code::sealRefused, path);
    return kFailed;
}

static QJsonObject jsonOf(const pdf_app::SignatureVerdict &verdict)
{
    const pdf::PdfSignature &found = verdict.signature;
    QJsonObject out = verdict.cms ? jsonOf(*verdict.cms) : verdict.ses ? jsonOf(*verdict.ses) : QJsonObject();
    if (verdict.cms && verdict.cms->finding != documents::Finding::malformed) out[QStringLiteral("signers")] = jsonOf(verdict.signers);
    out[QStringLiteral("valid")] = !verdict.problem;
    out[QStringLiteral("field")] = QString::fromStdString(shown(found.field));
    out[QStringLiteral("subFilter")] = QString::fromStdString(shown(found.subFilter));
    out[QStringLiteral("page")] = static_cast<qint64>(found.page + 1);
    if (found.defect != pdf::Defect::none) {
        out[QStringLiteral("finding")] = found.defect == pdf::Defect::range ? QStringLiteral("rangeWrong") : QStringLiteral("revisionWrong");
        return out;
    }
    const auto bytes = [](std::uint64_t from, std::uint64_t to) { return QStringLiteral("%1-%2").arg(from).arg(to); };
    out[QStringLiteral("covers")] = bytes(0, found.range.start) + QStringLiteral(", ") + bytes(found.range.end, found.end());
    out[QStringLiteral("coversAll")] = found.coversAll;
    out[QStringLiteral("addedAfter")] = QString::fromUtf8(pdf::nameOf(found.added));
    return out;
}

static int verifyPdf(const QString &path, const documents::Question &question, bool asJson)
{
    const auto verdict = pdf_app::judge(path.toStdString(), question);
    if (!verdict) {
        explain(verdict.problem(), path);
        return kUnreadable;
    }
    QJsonArray signatures;
    for (const pdf_app::SignatureVerdict &each : verdict->signatures)
        signatures.append(jsonOf(each));
    const auto problem = verdict->problem();
    if (asJson) {
        const QJsonObject report{{QStringLiteral("valid"), !problem},
                                 {QStringLiteral("pages"), static_cast<qint64>(verdict->pages.size())},
                                 {QStringLiteral("signatures"), signatures}};
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", wordOf(!problem));
        printSentences({sentenceOf(*verdict)});
        for (qsizetype i = 0; i < signatures.size(); ++i) {
            const pdf_app::SignatureVerdict &each = verdict->signatures[static_cast<std::size_t>(i)];
            const QString name = QStringLiteral("signature %1").arg(i + 1);
            std::printf("%s: %s\n", qUtf8Printable(name), wordOf(!each.problem));
            printSentences(sentencesOf(each));
            printFacts(signatures[i].toObject());
            if (each.signers.size() > 1) printSigners(each.signers, name + QStringLiteral(", "));
        }
    }
    if (!problem) return kGood;
    explain(*problem, path);
    return kFailed;
}

static constexpr char kUsageOfVerify[] =
    "usage: hufu verify FILE SIGNATURE | SIGNATURE-WITH-CONTENT | ENVELOPE | PDF | SEAL --trust ROOT [--chain CERT]...\n"
    "                   [--certificate CERT] [--manifest FILE] [--crl FILE]... [--json]\n"
    "       hufu verify confirmation FILE --trust ROOT [--crl FILE]... [--json]\n"
    "       hufu verify audit FILE [--kept SM3] [--json]\n"
    "       hufu verify evidence FILE [--desk ID | --phone ID] [--log FILE] [--json]\n"
    "       hufu verify record RECORD [SIGNED-FILE]... [--trust ROOT [--chain CERT]...] [--json]\n"
    "       hufu verify receipt RECEIPT [FILE] [--key HEX] [--json]\n";

// What has the content and the signature in one file. Another signature wants its document named, too.
static int verifyAlone(const QString &path, const documents::Question &question, bool asJson)
{
    if (pdf_app::isPdf(path.toStdString())) return verifyPdf(path, question, asJson);
    if (envelope::isEnvelope(path.toStdString())) return verifyEnvelope(path, question, asJson);
    if (QFileInfo(path).size() > kAttachedMost) { // nothing that is signed inside is as large
        explain(catalogue::Code::fileUnknown, path);
        return kUnreadable;
    }
    const auto file = readFile(path, kAttachedMost);
    if (!file) return kUnreadable;
    const ByteView bytes = viewOf(*file);
    if (const auto found = cmsIn(bytes); found && found->cms.content)
        return verifyCms(found->der, crypto::sm3(*found->cms.content), question, path, asJson);
    else if (found || isBareSignature(path, bytes)) {
        std::fprintf(stderr, "%s：签名里没有原文，请在签名前写上原文件 / the signature does not hold its document: name that before it\n"
                             "  hufu verify FILE %s --trust ROOT\n",
                     qUtf8Printable(path), qUtf8Printable(path));
        return kUsage;
    }
    if (const auto seal = documents::SesSeal::parse(bytes)) return verifySeal(path, *seal, question, asJson);
    explain(catalogue::Code::fileUnknown, path);
    return kUnreadable;
}

int verify(const QStringList &arguments)
{
    if (arguments.value(0) == QLatin1String("audit")) return verifyAudit(arguments.mid(1));
    if (arguments.value(0) == QLatin1String("confirmation")) return verifyConfirmation(arguments.mid(1));
    if (arguments.value(0) == QLatin1String("evidence")) return verifyEvidence(arguments.mid(1));
    if (arguments.value(0) == QLatin1String("receipt")) return verifyReceipt(arguments.mid(1));
    if (arguments.value(0) == QLatin1String("record")) return verifyRecord(arguments.mid(1));
    QCommandLineParser parser;
    const QCommandLineOption trust(QStringLiteral("trust"), QString(), QStringLiteral("file"));
    const QCommandLineOption chain(QStringLiteral("chain"), QString(), QStringLiteral("file"));
    const QCommandLineOption certificate(QStringLiteral("certificate"), QString(), QStringLiteral("file"));
    const QCommandLineOption manifest(QStringLiteral("manifest"), QString(), QStringLiteral("file"));
    const QCommandLineOption crl(QStringLiteral("crl"), QString(), QStringLiteral("file"));
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOptions({trust, chain, certificate, manifest, crl, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu verify")) + arguments);
    const QStringList files = parser.positionalArguments();
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("FILE"), QStringLiteral("缺少要验证的文件"), QStringLiteral("no file to verify is named"));
    check.wrongIf(files.size() > 2, files.value(2), QStringLiteral("多余：一次验证一个文件"), QStringLiteral("is one too many: one file is verified at a time"));
    check.wrongIf(!parser.isSet(trust), QStringLiteral("--trust"),
                  QStringLiteral("缺少：请指定您信任的根证书"), QStringLiteral("is missing: name the root certificate that you trust"));
    if (check.isWrong()) return check.tell(kUsageOfVerify);

    documents::Question question;
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    const auto trusted = readTrust(parser.values(trust), parser.values(chain), parser.values(crl));
    if (!trusted) return kUnreadable;
    question.trust = *trusted;
    if (parser.isSet(certificate)) {
        std::vector<x509::Certificate> signer;
        if (!appendCertificates(parser.value(certificate), signer)) return kUnreadable;
        question.signer = signer.front();
    }
    if (parser.isSet(manifest)) {
        const auto file = readFile(parser.value(manifest), static_cast<qint64>(limits::kManifestMax));
        if (!file) return kUnreadable;
        question.manifest = bytesOf(viewOf(*file));
    }
    if (files.size() == 1) return verifyAlone(files[0], question, parser.isSet(json));
    const auto content = MappedFile::open(files[0]);
    if (!content) return kUnreadable;
    const auto signature = readFile(files[1], 1 << 20);
    if (!signature) return kUnreadable;
    const bool isBare = signature->size() == 64 || x509::Sm2Signature::parse(viewOf(*signature));
    if (isBare && !question.signer) {
        std::fputs("裸签名不含证书，请用 --certificate 指定 / A bare signature carries no certificate: name it with --certificate CERT\n",
                   stderr);
        return kUsage;
    }

    if (const auto found = isBare ? std::nullopt : cmsIn(viewOf(*signature)))
        return verifyCms(found->der, crypto::sm3(content->view()), question, files[1], parser.isSet(json));
    return tell(documents::verifySignatureFile(viewOf(*signature), content->view(), question), {}, false, files[1], parser.isSet(json));
}

} // namespace hufu::cli
