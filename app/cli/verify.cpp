#include "app/cli/words.h"

#include "shield/base/limits.h"
#include "shield/documents/verdict.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

// Certificates of a PEM or DER file, appended; false and explained if it is none.
static bool appendCertificates(const QString &path, std::vector<x509::Certificate> &to)
{
    const auto file = readFile(path, 1 << 20);
    if (!file) return false;
    auto list = x509::Certificate::parsePemList(std::string_view(file->constData(), static_cast<std::size_t>(file->size())));
    if (!list) {
        auto one = x509::Certificate::parseAny(viewOf(*file));
        if (!one) {
            explain(catalogue::Code::certificateInvalid, path);
            return false;
        }
        to.push_back(*one);
        return true;
    }
    to.insert(to.end(), list->begin(), list->end());
    return true;
}

static QJsonObject jsonOf(const documents::Verdict &verdict)
{
    QJsonObject out{{QStringLiteral("valid"), verdict.isValid()},
                    {QStringLiteral("finding"), QString::fromUtf8(documents::nameOf(verdict.finding))},
                    {QStringLiteral("form"), verdict.form == documents::Form::cms ? QStringLiteral("cms") : QStringLiteral("bare")},
                    {QStringLiteral("contentSm3"), QString::fromStdString(toHex(verdict.contentSm3))},
                    {QStringLiteral("judgedAt"), timeText(verdict.judgedAtMs)},
                    {QStringLiteral("revocationChecked"), verdict.revocationChecked}};
    if (verdict.signer) {
        out[QStringLiteral("signer")] = QString::fromStdString(verdict.signer->subjectText());
        out[QStringLiteral("serial")] = QString::fromStdString(toHex(verdict.signer->serial()));
    }
    if (verdict.signedAtMs) out[QStringLiteral("signedAt")] = timeText(*verdict.signedAtMs);
    if (verdict.manifestSm3) out[QStringLiteral("manifestSm3")] = QString::fromStdString(toHex(*verdict.manifestSm3));
    if (verdict.chainFault != x509::Fault::none)
        out[QStringLiteral("chainFault")] = QString::fromUtf8(x509::nameOf(verdict.chainFault));
    return out;
}

static catalogue::Code codeOf(const documents::Verdict &verdict)
{
    switch (verdict.finding) {
    case documents::Finding::malformed: return catalogue::Code::malformed;
    case documents::Finding::certificateMissing: return catalogue::Code::certificateInvalid;
    case documents::Finding::certificateRefused:
        return verdict.chainFault == x509::Fault::revoked ? catalogue::Code::certificateRevoked
                                                          : catalogue::Code::certificateInvalid;
    default: return catalogue::Code::signatureInvalid;
    }
}

int verify(const QStringList &arguments)
{
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
    if (!parsed || files.size() != 2 || !parser.isSet(trust)) {
        std::fputs("usage: hufu verify FILE SIGNATURE --trust ROOT [--chain CERT]... [--certificate CERT] [--manifest FILE] "
                   "[--crl FILE]... [--json]\n",
                   stderr);
        return kUsage;
    }

    documents::Question question;
    question.nowMs = QDateTime::currentMSecsSinceEpoch();
    for (const QString &path : parser.values(trust))
        if (!appendCertificates(path, question.trust.roots)) return kUnreadable;
    for (const QString &path : parser.values(chain))
        if (!appendCertificates(path, question.trust.intermediates)) return kUnreadable;
    for (const QString &path : parser.values(crl)) {
        const auto file = readFile(path, 16 << 20);
        if (!file) return kUnreadable;
        auto list = x509::RevocationList::parseAny(viewOf(*file));
        if (!list) {
            explain(catalogue::Code::malformed, path);
            return kUnreadable;
        }
        question.trust.revocations.push_back(*list);
    }
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
    const auto content = readFile(files[0], 2LL << 30);
    if (!content) return kUnreadable;
    const auto signature = readFile(files[1], 1 << 20);
    if (!signature) return kUnreadable;

    const documents::Verdict verdict = documents::verifySignatureFile(viewOf(*signature), viewOf(*content), question);
    const QJsonObject report = jsonOf(verdict);
    if (parser.isSet(json)) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", verdict.isValid() ? "valid" : "NOT VALID");
        for (auto it = report.begin(); it != report.end(); ++it)
            if (it.key() != QLatin1String("valid"))
                std::printf("  %-18s %s\n", qUtf8Printable(it.key()), qUtf8Printable(it.value().toVariant().toString()));
    }
    if (verdict.isValid()) return kGood;
    explain(codeOf(verdict), files[1]);
    return verdict.finding == documents::Finding::malformed ? kUnreadable : kFailed;
}

} // namespace hufu::cli
