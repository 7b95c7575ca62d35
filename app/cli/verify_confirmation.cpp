// hufu verify confirmation: what the operator's service has signed for a company that had no shield yet, as the console gives it out.
#include "app/cli/judging.h"
#include "app/cli/words.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/verdict.h"
#include "shield/x509/sm2_der.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

namespace {

constexpr qint64 kFileMost = 1 << 20;
constexpr std::string_view kConfirmed = "HUFU-CONFIRMED-1", kLegal = "HUFU-LEGAL-1";

// What the signed bytes say.
struct Said {
    QJsonObject report;
    std::int64_t timeMs = 0;
    std::optional<ByteArray<32>> statementSm3;
};

QString hex(ByteView bytes)
{
    return QString::fromStdString(toHex(bytes));
}

// "HUFU-CONFIRMED-1" | by 1 | company 16 | person 16 | time 8 | SM3(statement) 32
std::optional<Said> confirmedOf(ByteView bytes)
{
    Reader reader(bytes);
    const bool isOurs = sameBytes(reader.raw(kConfirmed.size()), hufu::viewOf(kConfirmed));
    const std::uint8_t by = reader.u8();
    const auto company = reader.array<16>(), person = reader.array<16>();
    Said said;
    said.timeMs = static_cast<std::int64_t>(reader.u64());
    said.statementSm3 = reader.array<32>();
    if (!reader.finish() || !isOurs || by < 1 || by > 2) return std::nullopt;
    said.report = {{QStringLiteral("what"), QStringLiteral("confirmation")},
                   {QStringLiteral("by"), by == 1 ? QStringLiteral("sms") : QStringLiteral("face")},
                   {QStringLiteral("company"), hex(company)},
                   {QStringLiteral("person"), hex(person)},
                   {QStringLiteral("statementSm3"), hex(*said.statementSm3)}};
    return said;
}

// "HUFU-LEGAL-1" | purpose 1 | company 16 | subject 16 | time 8
std::optional<Said> legalOf(ByteView bytes)
{
    static const char *const kPurposes[] = {"authenticate", "legalSeal", "administrator"};
    Reader reader(bytes);
    const bool isOurs = sameBytes(reader.raw(kLegal.size()), hufu::viewOf(kLegal));
    const std::uint8_t purpose = reader.u8();
    const auto company = reader.array<16>(), subject = reader.array<16>();
    Said said;
    said.timeMs = static_cast<std::int64_t>(reader.u64());
    if (!reader.finish() || !isOurs || purpose < 1 || purpose > 3) return std::nullopt;
    said.report = {{QStringLiteral("what"), QStringLiteral("legalRepresentative")},
                   {QStringLiteral("purpose"), QLatin1String(kPurposes[purpose - 1])},
                   {QStringLiteral("company"), hex(company)},
                   {QStringLiteral("subject"), hex(subject)}};
    return said;
}

struct File {
    Bytes bytes, statement, signature; // signature: DER
    std::vector<x509::Certificate> certificates; // the service's, its issuer's
    Said said;
};

std::optional<Bytes> bytesMember(const QJsonObject &object, QLatin1String name)
{
    const auto bytes = fromHex(object.value(name).toString().toStdString());
    return bytes ? std::optional(*bytes) : std::nullopt;
}

// Explains what is wrong and is empty if the file is no confirmation.
std::optional<File> fileOf(const QString &path)
{
    const auto text = readFile(path, kFileMost);
    if (!text) return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(*text).object();
    const auto bytes = bytesMember(object, QLatin1String("signed")), signature = bytesMember(object, QLatin1String("signature"));
    std::optional<Said> said = bytes ? confirmedOf(*bytes) : std::nullopt;
    if (bytes && !said) said = legalOf(*bytes);
    File file;
    bool fits = object.value(QLatin1String("form")).toString() == QLatin1String("hufu-confirmation-1") && said && signature && signature->size() == 64;
    const QJsonValue statement = object.value(QLatin1String("statement"));
    if (!statement.isNull()) {
        const auto stated = bytesMember(object, QLatin1String("statement"));
        fits = fits && stated && !stated->empty();
        if (stated) file.statement = *stated;
    }
    for (const QJsonValue &one : object.value(QLatin1String("certificates")).toArray()) {
        const auto der = fromHex(one.toString().toStdString());
        auto certificate = der ? x509::Certificate::parse(*der) : Result<x509::Certificate>(Error(Errc::badInput, "certificate"));
        fits = fits && certificate;
        if (certificate) file.certificates.push_back(*std::move(certificate));
    }
    if (!fits || file.certificates.empty()) {
        explain(catalogue::Code::fileUnknown, path);
        return std::nullopt;
    }
    file.bytes = *bytes;
    const auto raw = x509::Sm2Signature::fromRaw(*signature);
    const auto der = raw ? raw->der() : Result<Bytes>(raw.error());
    if (!der) {
        explain(catalogue::Code::fileUnknown, path);
        return std::nullopt;
    }
    file.signature = *der;
    file.said = *said;
    return file;
}

// Whose certificate it is: nobody's in a company.
bool isService(const x509::Certificate &certificate)
{
    // As a whole: a person's names may be these, but a person's certificate has a serial number.
    return certificate.subject() == x509::Subject{"CN", "Hufu", {}, "Hufu Service", {}};
}

} // namespace

int verifyConfirmation(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption trust(QStringLiteral("trust"), QString(), QStringLiteral("file"));
    const QCommandLineOption crl(QStringLiteral("crl"), QString(), QStringLiteral("file"));
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOptions({trust, crl, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu verify confirmation")) + arguments);
    const QStringList files = parser.positionalArguments();
    if (!parsed || files.size() != 1 || !parser.isSet(trust)) {
        std::fputs("usage: hufu verify confirmation FILE --trust ROOT [--crl FILE]... [--json]\n", stderr);
        return kUsage;
    }
    const auto file = fileOf(files[0]);
    if (!file) return kUnreadable;
    const auto trusted = readTrust(parser.values(trust), {}, parser.values(crl));
    if (!trusted) return kUnreadable;

    // Of the service's certificates the one whose key has signed; as it was when it signed, or began to hold.
    std::optional<documents::Verdict> best;
    for (const x509::Certificate &certificate : file->certificates) {
        if (!isService(certificate)) continue;
        documents::Question question;
        question.trust = *trusted;
        question.trust.intermediates.insert(question.trust.intermediates.end(), file->certificates.begin(), file->certificates.end());
        question.nowMs = std::max(file->said.timeMs, certificate.notBeforeMs());
        question.signer = certificate;
        documents::Verdict verdict = documents::verifyBare(file->signature, file->bytes, question);
        const bool isGood = verdict.isValid();
        if (!best || isGood) best = std::move(verdict);
        if (isGood) break;
    }
    const bool isInTime = file->said.timeMs >= 0 && file->said.timeMs <= QDateTime::currentMSecsSinceEpoch();
    const bool isStated = file->statement.empty() || (file->said.statementSm3 && crypto::sm3(file->statement) == *file->said.statementSm3);
    const bool isValid = best && best->isValid() && isInTime && isStated;
    QJsonObject report = file->said.report;
    report[QStringLiteral("valid")] = isValid;
    report[QStringLiteral("time")] = timeText(file->said.timeMs);
    report[QStringLiteral("finding")] = !best       ? QStringLiteral("notTheService")
                                        : !isStated ? QStringLiteral("statementDiffers")
                                        : !isInTime ? QStringLiteral("timeToCome")
                                                    : QString::fromUtf8(documents::nameOf(best->finding));
    const std::string text = textOf(file->statement);
    if (isStated && !text.empty() && QString::fromStdString(text).toStdString() == text && text.find('\0') == std::string::npos)
        report[QStringLiteral("statement")] = QString::fromStdString(text);
    if (parser.isSet(json)) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", isValid ? "valid" : "NOT VALID");
        for (auto it = report.begin(); it != report.end(); ++it)
            if (it.key() != QLatin1String("valid"))
                for (const QString &line : it.value().toString().trimmed().split(QLatin1Char('\n')))
                    std::printf("  %-18s %s\n", qUtf8Printable(it.key()), shown(line.toStdString()).c_str());
    }
    if (isValid) return kGood;
    explain(best && !best->isValid() ? codeOf(*best) : catalogue::Code::signatureInvalid, files[0]);
    return kFailed;
}

} // namespace hufu::cli
