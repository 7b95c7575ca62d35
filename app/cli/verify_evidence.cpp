// hufu verify evidence: what a desk or a phone saw of one act, as it saved it (shield/audit/README.md).
#include "app/cli/sentences.h"
#include "app/cli/words.h"

#include "shield/audit/evidence.h"
#include "shield/crypto/sm3.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

namespace {

using audit::Bundle;
using audit::EvidenceVerdict;

std::optional<Bundle> readBundle(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        explain(catalogue::Code::fileUnreadable, path);
        return std::nullopt;
    }
    const QByteArray text = file.read(static_cast<qint64>(Bundle::kBytesMost) + 1);
    auto bundle = Bundle::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!bundle) explain(catalogue::Code::fileUnknown, path);
    return bundle ? std::optional(std::move(*bundle)) : std::nullopt;
}

// What the console's audit log says of the phone's key: when it was registered, and whose phone that was then. Without it, nothing.
std::optional<audit::Record> registrationIn(QFile &log, const ByteArray<32> &key)
{
    const auto hash = crypto::sm3(key);
    while (!log.atEnd()) {
        const QString text = QJsonDocument::fromJson(log.readLine()).object().value(QLatin1String("record")).toString();
        const auto bytes = fromHex(text.toStdString());
        const auto record = bytes ? audit::Record::parse(*bytes) : Result<audit::Record>(bytes.error());
        if (record && record->entry.event == audit::Event::evidenceKeyKept && record->entry.object == hash) return *record;
    }
    return std::nullopt;
}

QJsonObject jsonOf(const Bundle &bundle, const EvidenceVerdict &verdict)
{
    QJsonArray findings, steps;
    for (const audit::ListFinding &finding : verdict.findings)
        findings.append(QJsonObject{{QStringLiteral("line"), static_cast<qint64>(finding.index + 2)},
                                    {QStringLiteral("first"), static_cast<qint64>(finding.first)},
                                    {QStringLiteral("last"), static_cast<qint64>(finding.last)},
                                    {QStringLiteral("fault"), QString::fromUtf8(audit::nameOf(finding.fault))}});
    for (const auto &entry : bundle.entries)
        if (entry) steps.append(QJsonObject{{QStringLiteral("time"), timeText(entry->entry.timeMs)},
                                            {QStringLiteral("step"), QString::fromUtf8(audit::nameOf(static_cast<audit::Step>(entry->entry.event)))},
                                            {QStringLiteral("code"), entry->entry.code}});
    return {{QStringLiteral("valid"), verdict.holds()},
            {QStringLiteral("intact"), verdict.findings.empty()},
            {QStringLiteral("signed"), verdict.isSigned},
            {bundle.kind == audit::Maker::phone ? QStringLiteral("ofThePhone") : QStringLiteral("ofTheDesk"), verdict.isMakers},
            {QStringLiteral("case"), QString::fromStdString(toHex(bundle.caseId))},
            {QString::fromUtf8(audit::nameOf(bundle.kind)), QString::fromStdString(toHex(bundle.maker))},
            {QStringLiteral("findings"), findings},
            {QStringLiteral("steps"), steps}};
}

void tell(const QJsonObject &report, const EvidenceVerdict &verdict)
{
    const auto textOf = [&report](const char *name) { return report.value(QLatin1String(name)).toString(); };
    const bool isPhones = report.contains(QLatin1String("phone"));
    const char *maker = isPhones ? "phone" : "desk";
    const bool isValid = report.value(QLatin1String("valid")).toBool();
    std::printf("%s\n", isValid ? "valid" : "NOT VALID");
    printSentences({isValid ? QStringLiteral("证据有效：每一行都没有改动，签名相符 / The evidence holds: no line was changed, and the signature fits")
                            : QStringLiteral("证据无效，原因见下 / The evidence does not hold: see below why")});
    std::printf("  %-10s %s\n  %-10s %s\n", "case", qUtf8Printable(textOf("case")), maker,
                qUtf8Printable(textOf(maker)));
    if (report.contains(QLatin1String("registered")))
        std::printf("  %-10s %s  %s\n", "registered", qUtf8Printable(textOf("registered")), qUtf8Printable(textOf("holder")));
    for (const QJsonValue &step : report.value(QLatin1String("steps")).toArray())
        std::printf("  %s  %-16s %d\n", qUtf8Printable(step[QLatin1String("time")].toString()), qUtf8Printable(step[QLatin1String("step")].toString()), step[QLatin1String("code")].toInt());
    for (const audit::ListFinding &finding : verdict.findings)
        std::printf("line %zu: %s\n", finding.index + 2, sentenceOf(finding.fault));
    if (!report.value(QLatin1String("signed")).toBool()) std::printf("签名不符 / the signature does not fit\n");
    if (isPhones && !report.value(QLatin1String("ofThePhone")).toBool()) std::printf("不是这部手机的 / not of that phone\n");
    if (!isPhones && !report.value(QLatin1String("ofTheDesk")).toBool()) std::printf("不是这台电脑的 / not of that desk\n");
}

} // namespace

int verifyEvidence(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption desk(QStringLiteral("desk"), QString(), QStringLiteral("id"));
    const QCommandLineOption phone(QStringLiteral("phone"), QString(), QStringLiteral("id"));
    const QCommandLineOption json(QStringLiteral("json"));
    const QCommandLineOption log(QStringLiteral("log"), QString(), QStringLiteral("file"));
    parser.addOptions({desk, phone, log, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu verify evidence")) + arguments);
    const QStringList files = parser.positionalArguments();
    std::optional<ByteArray<16>> maker;
    const bool isNamed = parser.isSet(desk) || parser.isSet(phone);
    const auto kind = parser.isSet(phone) ? audit::Maker::phone : audit::Maker::desk;
    if (isNamed)
        if (const auto bytes = fromHex(parser.value(kind == audit::Maker::phone ? phone : desk).remove(QLatin1Char(' ')).toStdString()))
            if (const auto fixed = fixedBytes<16>(*bytes)) maker = *fixed;
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("FILE"), QStringLiteral("缺少要验证的文件"), QStringLiteral("no file to verify is named"));
    check.wrongIf(files.size() > 1, files.value(1), QStringLiteral("多余"), QStringLiteral("is one too many"));
    check.wrongIf(parser.isSet(desk) && parser.isSet(phone), QStringLiteral("--phone"),
                  QStringLiteral("不能和 --desk 同时使用"), QStringLiteral("cannot go together with --desk"));
    check.wrongIf(isNamed && !maker, (parser.isSet(phone) ? QStringLiteral("--phone ") + parser.value(phone) : QStringLiteral("--desk ") + parser.value(desk)),
                  QStringLiteral("应为 32 位十六进制数"), QStringLiteral("is not 32 hexadecimal digits"));
    if (check.isWrong()) return check.tell("usage: hufu verify evidence FILE [--desk ID | --phone ID] [--log FILE] [--json]\n");
    const auto bundle = readBundle(files[0]);
    if (!bundle) return kUnreadable;
    EvidenceVerdict verdict = audit::judge(*bundle, maker);
    if (isNamed && bundle->kind != kind) verdict.isMakers = false;
    std::optional<audit::Record> registration;
    if (parser.isSet(log)) {
        QFile file(parser.value(log));
        if (!QFileInfo(file.fileName()).isFile() || !file.open(QIODevice::ReadOnly)) {
            explain(catalogue::Code::fileUnreadable, file.fileName());
            return kUnreadable;
        }
        registration = registrationIn(file, bundle->key);
        if (!registration) verdict.isMakers = false;
    }
    QJsonObject report = jsonOf(*bundle, verdict);
    if (registration) {
        report[QStringLiteral("registered")] = timeText(registration->entry.timeMs);
        report[QStringLiteral("holder")] = QString::fromStdString(toHex(registration->entry.subject));
    }
    if (parser.isSet(json)) std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    else tell(report, verdict);
    if (verdict.holds()) return kGood;
    explain(verdict.findings.empty() ? catalogue::Code::signatureInvalid : catalogue::Code::auditBroken, files[0]);
    return kFailed;
}

} // namespace hufu::cli
