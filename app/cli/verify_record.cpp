// hufu verify record: one act as a phone saves it from its records (app/phone/act_record.h).
#include "app/cli/judging.h"
#include "app/cli/sentences.h"
#include "app/cli/words.h"

#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

namespace {

using catalogue::Code;

struct ActRecord {
    QJsonObject told;
    Bytes manifestBytes;
    intent::Manifest manifest;
    std::optional<x509::Certificate> signer;
};

struct Judged {
    bool isManifest = false; // the manifest has the SM3 that the record names
    int held = 0, failed = 0, unchecked = 0; // of the signatures; unchecked: the signed file was not given
    x509::Fault chain = x509::Fault::none;
    bool isValid() const { return isManifest && failed == 0 && chain == x509::Fault::none; }
};

// Nothing, and explained, if it is none.
std::optional<ActRecord> readRecord(const QString &path)
{
    const auto file = readFile(path, 1 << 20);
    if (!file) return std::nullopt;
    ActRecord record;
    record.told = QJsonDocument::fromJson(*file).object();
    const bool isOne = record.told.value(QLatin1String("hufu")) == QLatin1String("act-record") && record.told.value(QLatin1String("version")).toInt() == 1;
    const std::string text = record.told.value(QLatin1String("manifest")).toString().toStdString();
    record.manifestBytes = bytesOf(hufu::viewOf(text));
    auto manifest = intent::Manifest::parse(record.manifestBytes);
    if (!isOne || !manifest) {
        explain(Code::fileUnknown, path);
        return std::nullopt;
    }
    record.manifest = std::move(*manifest);
    const std::string pem = record.told.value(QLatin1String("certificate")).toString().toStdString();
    if (auto certificate = x509::Certificate::parsePem(pem)) record.signer = *certificate;
    return record;
}

// What is signed for an item: the manifest yields it, or it is the file whose SM3 the manifest names.
std::optional<Bytes> signedBytes(const ActRecord &record, std::size_t item, const std::vector<Bytes> &files)
{
    if (auto built = intent::buildTbs(record.manifest, item)) return std::move(*built);
    for (const Bytes &file : files)
        if (intent::checkTbs(record.manifest, record.manifestBytes, item, file)) return file;
    return std::nullopt;
}

Judged judge(const ActRecord &record, const std::vector<Bytes> &files, const std::optional<x509::Trust> &trust)
{
    Judged out;
    out.isManifest = toHex(crypto::sm3(record.manifestBytes)) == record.told.value(QLatin1String("manifestSm3")).toString().toStdString();
    for (const QJsonValue &each : record.told.value(QLatin1String("signatures")).toArray()) {
        const int item = each[QLatin1String("item")].toInt(-1);
        const auto bytes = fromHex(each[QLatin1String("signature")].toString().toStdString());
        const auto signature = bytes ? fixedBytes<64>(*bytes) : Result<ByteArray<64>>(bytes.error());
        const bool isWhole = item >= 0 && static_cast<std::size_t>(item) < intent::itemsOf(record.manifest) && signature && record.signer;
        const auto tbs = isWhole ? signedBytes(record, static_cast<std::size_t>(item), files) : std::nullopt;
        if (isWhole && !tbs) ++out.unchecked;
        else ++(tbs && record.signer->publicKey().verify(*tbs, *signature) ? out.held : out.failed);
    }
    if (!trust) return out;
    x509::Demand demand;
    demand.atMs = record.manifest.created;
    demand.nowMs = QDateTime::currentMSecsSinceEpoch();
    out.chain = record.signer ? x509::checkChain(*record.signer, *trust, demand).fault : x509::Fault::untrusted;
    return out;
}

QJsonObject reportOf(const ActRecord &record, const Judged &judged, bool isTrusted)
{
    const std::string_view act = intent::nameOf(record.manifest.act);
    QJsonObject out{{QStringLiteral("valid"), judged.isValid()},
                    {QStringLiteral("act"), QString::fromUtf8(act.data(), static_cast<qsizetype>(act.size()))},
                    {QStringLiteral("platform"), QString::fromStdString(shown(record.manifest.platform.name))},
                    {QStringLiteral("begunAt"), timeText(record.manifest.created)},
                    {QStringLiteral("approved"), record.told.value(QLatin1String("approved")).toBool()},
                    {QStringLiteral("manifestIntact"), judged.isManifest},
                    {QStringLiteral("manifestSm3"), QString::fromStdString(toHex(crypto::sm3(record.manifestBytes)))},
                    {QStringLiteral("signaturesValid"), judged.held},
                    {QStringLiteral("signaturesFailed"), judged.failed},
                    {QStringLiteral("signaturesUnchecked"), judged.unchecked}};
    if (record.signer) out[QStringLiteral("signer")] = QString::fromStdString(shown(record.signer->subjectText()));
    if (isTrusted) out[QStringLiteral("chain")] = QString::fromUtf8(x509::nameOf(judged.chain));
    return out;
}

QString sentenceOf(const Judged &judged)
{
    if (!judged.isManifest) return QStringLiteral("记录不属实：其中的操作清单后来有改动 / The record is not true: the manifest in it was changed");
    if (judged.failed > 0) return QStringLiteral("记录不属实：有签名与显示的内容不符 / The record is not true: a signature does not fit what was shown");
    if (judged.chain != x509::Fault::none) return cli::sentenceOf(judged.chain);
    return QStringLiteral("记录属实：显示的内容没有改动，核验的签名都相符 / The record is true: what was shown has not changed, and each signature that was checked fits it");
}

void tell(const QJsonObject &report, const Judged &judged, bool isTrusted)
{
    std::printf("%s\n", judged.isValid() ? "valid" : "NOT VALID");
    printSentences({sentenceOf(judged)});
    for (auto it = report.begin(); it != report.end(); ++it)
        if (it.key() != QLatin1String("valid")) std::printf("  %-20s %s\n", qUtf8Printable(it.key()), qUtf8Printable(it.value().toVariant().toString()));
    if (judged.unchecked > 0) std::puts("有签名未核验：请同时给出被签名的文件 / signatures are unchecked: name the signed files as well");
    if (judged.held + judged.failed + judged.unchecked == 0)
        std::puts("此操作没有签名：请用企业操作日志核对 manifestSm3 / nothing is signed by it: look for manifestSm3 in the company's log");
    if (!isTrusted) std::puts("未核验证书链：请给出 --trust / the certificate's chain is unchecked: name --trust");
}

} // namespace

int verifyRecord(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption trust(QStringLiteral("trust"), QString(), QStringLiteral("file"));
    const QCommandLineOption chain(QStringLiteral("chain"), QString(), QStringLiteral("file"));
    const QCommandLineOption crl(QStringLiteral("crl"), QString(), QStringLiteral("file"));
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOptions({trust, chain, crl, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu verify record")) + arguments);
    const QStringList files = parser.positionalArguments();
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("RECORD"), QStringLiteral("缺少记录文件"), QStringLiteral("no record is named"));
    if (check.isWrong()) return check.tell("usage: hufu verify record RECORD [SIGNED-FILE]... [--trust ROOT [--chain CERT]... [--crl FILE]...] [--json]\n");
    const auto record = readRecord(files[0]);
    if (!record) return kUnreadable;
    std::vector<Bytes> contents;
    for (const QString &path : files.mid(1)) {
        const auto content = readFile(path, 1 << 20); // only what is signed bare is needed, and that is no longer
        if (!content) return kUnreadable;
        contents.push_back(bytesOf(viewOf(*content)));
    }
    std::optional<x509::Trust> trusted;
    if (parser.isSet(trust)) {
        trusted = readTrust(parser.values(trust), parser.values(chain), parser.values(crl));
        if (!trusted) return kUnreadable;
    }
    const Judged judged = judge(*record, contents, trusted);
    const QJsonObject report = reportOf(*record, judged, trusted.has_value());
    if (parser.isSet(json)) std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    else tell(report, judged, trusted.has_value());
    if (judged.isValid()) return kGood;
    const bool isSigned = judged.isManifest && judged.failed == 0;
    explain(isSigned ? Code::certificateInvalid : Code::signatureInvalid, files[0]);
    return kFailed;
}

} // namespace hufu::cli
