// hufu verify confirmation: what a person has confirmed for a company, as the console gives it out. A shield has signed it; or the operator's
// service, for whom there was none, or none that could sign.
#include "app/cli/judging.h"
#include "app/cli/sentences.h"
#include "app/cli/words.h"

#include "shield/audit/statements.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/verdict.h"
#include "shield/intent/tbs.h"
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
    std::string company, person; // whose shield has signed; empty: the service has
    bool isByShield() const { return !person.empty(); }
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

// What the shield signs for a manifest of act confirm, all of which is in it.
std::optional<Said> shieldOf(ByteView bytes)
{
    constexpr std::string_view kIntent = "HUFU-INTENT-1";
    if (bytes.size() <= kIntent.size() + 1) return std::nullopt;
    const auto manifest = intent::Manifest::parse(bytes.subspan(kIntent.size() + 1));
    if (!manifest || manifest->act != intent::Act::confirm || !intent::checkTbs(*manifest, 0, bytes)) return std::nullopt;
    const intent::File &statement = manifest->files.front();
    Said said;
    said.timeMs = manifest->created;
    said.statementSm3 = statement.sm3;
    said.company = manifest->company;
    said.person = manifest->person;
    said.report = {{QStringLiteral("what"), QStringLiteral("confirmation")},
                   {QStringLiteral("by"), QStringLiteral("shield")},
                   {QStringLiteral("act"), QString::fromStdString(statement.name)},
                   {QStringLiteral("company"), QString::fromStdString(manifest->company)},
                   {QStringLiteral("person"), QString::fromStdString(manifest->person)},
                   {QStringLiteral("platform"), QString::fromStdString(manifest->platform.name)},
                   {QStringLiteral("statementSm3"), hex(statement.sm3)}};
    return said;
}

struct File {
    Bytes bytes, statement, signature; // signature: r | s, or R | z
    std::vector<x509::Certificate> certificates; // who may have signed, and their issuers
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
    if (bytes && !said) said = shieldOf(*bytes);
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
    file.signature = *signature;
    file.said = *said;
    return file;
}

// Whose certificate it is: the person's in the company that the signed bytes name, or nobody's in one.
bool isOf(const x509::Certificate &certificate, const Said &said)
{
    const x509::Subject subject = certificate.subject();
    return subject.organization == said.company && subject.commonName == said.person && !subject.serialNumber.empty();
}

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
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("FILE"), QStringLiteral("缺少要验证的文件"), QStringLiteral("no file to verify is named"));
    check.wrongIf(files.size() > 1, files.value(1), QStringLiteral("多余"), QStringLiteral("is one too many"));
    check.wrongIf(!parser.isSet(trust), QStringLiteral("--trust"),
                  QStringLiteral("缺少：请指定您信任的根证书"), QStringLiteral("is missing: name the root certificate that you trust"));
    if (check.isWrong()) return check.tell("usage: hufu verify confirmation FILE --trust ROOT [--crl FILE]... [--json]\n");
    const auto file = fileOf(files[0]);
    if (!file) return kUnreadable;
    const auto trusted = readTrust(parser.values(trust), {}, parser.values(crl));
    if (!trusted) return kUnreadable;

    // Of the certificates that may have signed the one whose key has; as it was when it signed, or began to hold.
    std::optional<documents::Verdict> best;
    for (const x509::Certificate &certificate : file->certificates) {
        if (file->said.isByShield() ? !isOf(certificate, file->said) : !isService(certificate)) continue;
        documents::Question question;
        question.trust = *trusted;
        question.trust.intermediates.insert(question.trust.intermediates.end(), file->certificates.begin(), file->certificates.end());
        question.nowMs = std::max(file->said.timeMs, certificate.notBeforeMs());
        question.signer = certificate;
        Bytes signature = file->signature;
        if (certificate.publicKey().suite() == crypto::Suite::sm2) {
            const auto raw = x509::Sm2Signature::fromRaw(signature);
            const auto der = raw ? raw->der() : Result<Bytes>(raw.error());
            if (der) signature = *der;
        }
        documents::Verdict verdict = documents::verifyBare(signature, file->bytes, question);
        const bool isGood = verdict.isValid();
        if (!best || isGood) best = std::move(verdict);
        if (isGood) break;
    }
    const bool isInTime = file->said.timeMs >= 0 && file->said.timeMs <= QDateTime::currentMSecsSinceEpoch();
    const bool isStated = file->statement.empty() || (file->said.statementSm3 && crypto::sm3(file->statement) == *file->said.statementSm3);
    const bool isValid = best && best->isValid() && isInTime && isStated;
    QJsonObject report = file->said.report;
    report[QStringLiteral("valid")] = isValid;
    if (file->said.isByShield() && best && best->signer) report[QStringLiteral("certificate")] = QString::fromStdString(toHex(best->signer->serial()));
    report[QStringLiteral("time")] = timeText(file->said.timeMs);
    report[QStringLiteral("finding")] = !best       ? file->said.isByShield() ? QStringLiteral("notThePerson") : QStringLiteral("notTheService")
                                        : !isStated ? QStringLiteral("statementDiffers")
                                        : !isInTime ? QStringLiteral("timeToCome")
                                                    : QString::fromUtf8(documents::nameOf(best->finding));
    const std::string text = textOf(file->statement);
    if (isStated && !text.empty() && QString::fromStdString(text).toStdString() == text && text.find('\0') == std::string::npos)
        report[QStringLiteral("statement")] = QString::fromStdString(text);
    for (const std::string_view act : audit::statement::kAll)
        if (isStated && text.starts_with(act)) report[QStringLiteral("about")] = QString::fromUtf8(act.data(), static_cast<qsizetype>(act.size()));
    if (parser.isSet(json)) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", isValid ? "valid" : "NOT VALID");
        printSentences({isValid    ? QStringLiteral("确认有效：确由所写的人或服务作出，内容没有改动 / The confirmation holds: it is of whom it names, and nothing in it was changed")
                        : !best    ? file->said.isByShield() ? QStringLiteral("没有附上所写的人的证书 / No certificate of the person whom it names is in the file")
                                                             : QStringLiteral("没有附上虎符服务的证书 / No certificate of Hufu's service is in the file")
                        : !isStated ? QStringLiteral("确认的内容与所附的文本不符 / What was confirmed is not the text in the file")
                        : !isInTime ? QStringLiteral("确认的时间晚于现在 / It claims to be confirmed later than now")
                                    : sentencesOf(*best).value(0)});
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
