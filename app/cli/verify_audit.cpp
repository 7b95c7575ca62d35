// hufu verify audit: the log that the console gives out, one JSON object a line: the chain and its end first, then the records.
#include "app/cli/sentences.h"
#include "app/cli/words.h"

#include "shield/audit/listing.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

namespace {

constexpr qint64 kLineMost = 4096; // a record's is about 500 characters

template <std::size_t N> std::optional<ByteArray<N>> hexMember(const QJsonObject &object, QLatin1String name)
{
    const auto bytes = fromHex(object.value(name).toString().toStdString());
    if (!bytes) return std::nullopt;
    const auto fixed = fixedBytes<N>(*bytes);
    return fixed ? std::optional(*fixed) : std::nullopt;
}

struct Opening {
    audit::ChainId chain{};
    audit::Head end;
};

std::optional<Opening> openingOf(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QJsonObject head = object.value(QLatin1String("head")).toObject();
    const auto chain = hexMember<16>(object, QLatin1String("chain"));
    const auto sm3 = hexMember<32>(head, QLatin1String("sm3"));
    const QJsonValue sequence = head.value(QLatin1String("sequence"));
    if (!chain || !sm3 || !sequence.isDouble() || sequence.toInteger(-1) < 0) return std::nullopt;
    return Opening{*chain, {static_cast<std::uint64_t>(sequence.toInteger()), *sm3}};
}

// Lines that were saved before records said who did it have no such members, and need none.
bool byFits(const QJsonObject &object, const audit::Who &who, std::uint8_t version)
{
    const QJsonValue by = object.value(QLatin1String("by")), id = object.value(QLatin1String("who"));
    if (version == 1 && by.isUndefined() && id.isUndefined()) return true;
    return by.toString() == QString::fromUtf8(audit::nameOf(who.by)) && id.toString().toStdString() == toHex(who.id);
}

// The record of a line, if what people read in it is what the record's bytes say.
std::optional<audit::Record> recordOf(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto bytes = fromHex(object.value(QLatin1String("record")).toString().toStdString());
    if (!bytes) return std::nullopt;
    const auto record = audit::Record::parse(*bytes);
    if (!record) return std::nullopt;
    const std::string_view event = audit::nameOf(record->entry.event);
    const bool eventFits = event == "unknown" || object.value(QLatin1String("event")).toString() == QString::fromUtf8(event); // of a later program
    const bool fits = object.value(QLatin1String("sequence")).toInteger(-1) == static_cast<qint64>(record->sequence) &&
                      object.value(QLatin1String("timeMs")).toInteger(-1) == record->entry.timeMs &&
                      object.value(QLatin1String("subject")).toString().toStdString() == toHex(record->entry.subject) &&
                      object.value(QLatin1String("code")).toInteger(-1) == record->entry.code &&
                      byFits(object, record->entry.who, record->version) &&
                      object.value(QLatin1String("sm3")).toString().toStdString() == toHex(record->sm3()) && eventFits;
    return fits ? std::optional(*record) : std::nullopt;
}

struct Log {
    Opening opening;
    std::vector<std::optional<audit::Record>> entries;
};

// Explains what is wrong and is empty if the file is no audit log.
std::optional<Log> readLog(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        explain(catalogue::Code::fileUnreadable, path);
        return std::nullopt;
    }
    const auto opening = openingOf(file.readLine(kLineMost));
    if (!opening) {
        explain(catalogue::Code::fileUnknown, path);
        return std::nullopt;
    }
    Log log{*opening, {}};
    while (!file.atEnd()) {
        QByteArray line = file.readLine(kLineMost);
        const bool tooLong = !line.endsWith('\n') && !file.atEnd();
        while (!line.endsWith('\n') && !file.atEnd())
            line = file.readLine(kLineMost);
        if (line.trimmed().isEmpty() && file.atEnd()) break; // an editor's
        log.entries.push_back(tooLong ? std::nullopt : recordOf(line));
    }
    return log;
}

// Lines count from 1, and the first is the opening.
std::size_t lineOf(const audit::ListFinding &finding)
{
    return finding.index + 2;
}

void tell(const Log &log, const std::vector<audit::ListFinding> &findings)
{
    std::printf("%s\n", findings.empty() ? "intact" : "NOT INTACT");
    printSentences({findings.empty() ? QStringLiteral("日志完整：没有记录被改动、删除或移动 / The log is whole: no record was changed, removed or moved")
                                     : QStringLiteral("日志不完整，问题见下 / The log is not whole: see below what is wrong")});
    std::printf("  %-10s %s\n  %-10s %zu\n  %-10s %llu %s\n", "chain", toHex(log.opening.chain).c_str(), "records", log.entries.size(), "end",
                static_cast<unsigned long long>(log.opening.end.sequence), toHex(log.opening.end.sm3).c_str());
    for (const audit::ListFinding &finding : findings) {
        const auto first = static_cast<unsigned long long>(finding.first), last = static_cast<unsigned long long>(finding.last);
        if (finding.fault == audit::ListFault::keptMissing)
            std::printf("%s\n", sentenceOf(finding.fault));
        else if (first == last)
            std::printf("line %zu, record %llu: %s\n", lineOf(finding), first, sentenceOf(finding.fault));
        else
            std::printf("line %zu, records %llu to %llu: %s\n", lineOf(finding), first, last, sentenceOf(finding.fault));
    }
}

QJsonObject jsonOf(const Log &log, const std::vector<audit::ListFinding> &findings)
{
    QJsonArray list;
    for (const audit::ListFinding &finding : findings)
        list.append(QJsonObject{{QStringLiteral("line"), static_cast<qint64>(lineOf(finding))},
                                {QStringLiteral("first"), static_cast<qint64>(finding.first)},
                                {QStringLiteral("last"), static_cast<qint64>(finding.last)},
                                {QStringLiteral("fault"), QString::fromUtf8(audit::nameOf(finding.fault))}});
    return {{QStringLiteral("intact"), findings.empty()},
            {QStringLiteral("chain"), QString::fromStdString(toHex(log.opening.chain))},
            {QStringLiteral("records"), static_cast<qint64>(log.entries.size())},
            {QStringLiteral("findings"), list}};
}

} // namespace

int verifyAudit(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption keptOption(QStringLiteral("kept"), QString(), QStringLiteral("sm3"));
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOptions({keptOption, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu verify audit")) + arguments);
    const QStringList files = parser.positionalArguments();
    std::optional<ByteArray<32>> kept;
    if (parser.isSet(keptOption))
        if (const auto bytes = fromHex(parser.value(keptOption).toStdString()))
            if (const auto fixed = fixedBytes<32>(*bytes)) kept = *fixed;
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("FILE"), QStringLiteral("缺少要验证的文件"), QStringLiteral("no file to verify is named"));
    check.wrongIf(files.size() > 1, files.value(1), QStringLiteral("多余"), QStringLiteral("is one too many"));
    check.wrongIf(parser.isSet(keptOption) && !kept, QStringLiteral("--kept ") + parser.value(keptOption),
                  QStringLiteral("应为 64 位十六进制数"), QStringLiteral("is not 64 hexadecimal digits"));
    if (check.isWrong()) return check.tell("usage: hufu verify audit FILE [--kept SM3] [--json]\n");
    const auto log = readLog(files[0]);
    if (!log) return kUnreadable;
    const auto findings = audit::verifyListing(log->opening.chain, log->entries, log->opening.end, kept);
    if (parser.isSet(json)) std::fputs(QJsonDocument(jsonOf(*log, findings)).toJson().constData(), stdout);
    else tell(*log, findings);
    if (findings.empty()) return kGood;
    explain(catalogue::Code::auditBroken, files[0]);
    return kFailed;
}

} // namespace hufu::cli
