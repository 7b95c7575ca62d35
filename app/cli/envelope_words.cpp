#include "app/cli/judging.h"
#include "app/cli/words.h"
#include "app/envelope/interchange.h"
#include "app/envelope/key_file.h"
#include "app/envelope/opening.h"
#include "app/envelope/pace.h"
#include "app/envelope/sealing.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <cstdio>
#include <unistd.h>

namespace hufu::cli {

using catalogue::Code;

static constexpr char kEnding[] = ".hufu";
static constexpr char kOthersEnding[] = ".p7m";

// A line on a terminal that moves; nothing where nobody looks.
class Meter {
public:
    explicit Meter(std::uint64_t total) : m_pace(total, 0) { m_time.start(); }
    ~Meter()
    {
        if (m_told) std::fputs("\r\033[K", stderr);
    }
    Meter(const Meter &) = delete;
    Meter &operator=(const Meter &) = delete;

    files::Progress progress()
    {
        if (::isatty(STDERR_FILENO) == 0) return {};
        return [this](std::uint64_t bytes) {
            m_pace.done(bytes, m_time.elapsed());
            m_told = true;
            std::fprintf(stderr, "\r\033[K%3d %%  %llu MB/s", m_pace.percent(),
                         static_cast<unsigned long long>(m_pace.bytesPerSecond() / 1'000'000));
            if (const auto left = m_pace.secondsLeft()) std::fprintf(stderr, "  %lld s", static_cast<long long>(*left));
            return true;
        };
    }

private:
    envelope::Pace m_pace;
    QElapsedTimer m_time;
    bool m_told = false;
};

static std::optional<envelope::KeyFile> readKey(const QString &path)
{
    auto file = readFile(path, 1 << 16);
    if (!file) return std::nullopt;
    auto key = envelope::KeyFile::parse(std::string_view(file->constData(), static_cast<std::size_t>(file->size())));
    wipe(file->data(), static_cast<std::size_t>(file->size()));
    if (!key) {
        explain(Code::fileUnknown, path + QStringLiteral("  (这里需要 SM2 私钥文件，不带口令 / an SM2 key file without a passphrase is wanted here)"));
        return std::nullopt;
    }
    return std::move(*key);
}

static void print(const QJsonObject &report, bool asJson)
{
    if (asJson) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
        return;
    }
    for (auto it = report.begin(); it != report.end(); ++it) {
        const QJsonArray list = it.value().isArray() ? it.value().toArray() : QJsonArray{it.value()};
        for (const QJsonValue &value : list)
            std::printf("  %-18s %s\n", qUtf8Printable(it.key()), qUtf8Printable(value.toVariant().toString()));
    }
}

static std::optional<unsigned> threadsOf(const QString &text)
{
    bool fit = true;
    const unsigned threads = text.isEmpty() ? 0 : text.toUInt(&fit);
    if (!fit || threads > files::kThreadsMax) return std::nullopt;
    return threads;
}

static std::optional<documents::Dialect> dialectOf(const QString &form)
{
    if (form == QLatin1String("gmt0010")) return documents::Dialect::gmt0010;
    if (form == QLatin1String("pkcs7")) return documents::Dialect::pkcs7;
    return std::nullopt;
}

// The file that a problem is about: the one to be written, the key's, or the one that was read.
static QString ofProblem(Code problem, const QString &source, const std::filesystem::path &target, const QString &key = {})
{
    if (problem == Code::keyOther) return key;
    const bool isOfTarget = problem == Code::fileExists || problem == Code::fileUnwritable || problem == Code::diskFull;
    return isOfTarget ? QString::fromStdString(target.string()) : source;
}

// With --replace a slip of the hand would take the original away.
static bool isSameFile(const QString &a, const std::filesystem::path &b)
{
    std::error_code none;
    return std::filesystem::equivalent(a.toStdString(), b, none);
}

static void warnOfOneRecipient(const QString &name)
{
    std::fprintf(stderr,
                 "注意：只有 %s 一个人能打开这个信封。手机丢失或证书停用时，开标可能失败。建议用 --to 再加一位同事。\n"
                 "Mind: %s alone can open this envelope. Should the phone be lost or the certificate end, the opening may fail. "
                 "Better add a colleague with another --to.\n",
                 qUtf8Printable(name), qUtf8Printable(name));
}

static constexpr char kUsageOfSeal[] =
    "usage: hufu seal FILE --to CERT [--to CERT]... [--out ENVELOPE] [--replace]\n"
    "                 [--trust ROOT [--chain CERT]... [--crl FILE]...]  judge the recipients' certificates\n"
    "                 [--from CERT --from-key KEY]                      sign it, with a key file for tests\n"
    "                 [--project ID [--project-name TEXT] [--package TEXT] [--opening TIME]]\n"
    "                     TIME as in 2030-01-15T09:30+08:00; without an offset it is this computer's time\n"
    "                 [--threads N] [--json]\n"
    "       hufu seal FILE --form gmt0010|pkcs7 --to CERT...   for others' software: unsigned, at most 15 MiB\n";

int seal(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto option = [&parser](const char *name) {
        const QCommandLineOption out(QString::fromLatin1(name), QString(), QStringLiteral("value"));
        parser.addOption(out);
        return out;
    };
    const QCommandLineOption to = option("to"), out = option("out"), trust = option("trust"), chain = option("chain"),
                             crl = option("crl"), from = option("from"), fromKey = option("from-key"),
                             project = option("project"), projectName = option("project-name"),
                             package = option("package"), opening = option("opening"), threads = option("threads");
    const QCommandLineOption form(QStringLiteral("form"), QString(), QStringLiteral("value"), QStringLiteral("hufu"));
    parser.addOption(form);
    const QCommandLineOption replace(QStringLiteral("replace")), json(QStringLiteral("json"));
    parser.addOptions({replace, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu seal")) + arguments);
    const QStringList files = parser.positionalArguments();
    const auto threadCount = threadsOf(parser.value(threads));
    const QDateTime hour = QDateTime::fromString(parser.value(opening), Qt::ISODate);
    const auto dialect = dialectOf(parser.value(form));
    const bool isForm = dialect || parser.value(form) == QLatin1String("hufu");
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("FILE"), QStringLiteral("缺少要密封的文件"), QStringLiteral("no file to seal is named"));
    check.wrongIf(files.size() > 1, files.value(1), QStringLiteral("多余：一次密封一个文件"), QStringLiteral("is one too many: one file is sealed at a time"));
    check.wrongIf(!parser.isSet(to), QStringLiteral("--to"),
                  QStringLiteral("缺少：请指定能打开的人的证书"), QStringLiteral("is missing: name the certificate of whoever shall open it"));
    check.wrongIf(parser.isSet(from) && !parser.isSet(fromKey), QStringLiteral("--from-key"),
                  QStringLiteral("缺少：--from 需要它"), QStringLiteral("is missing: --from goes with it"));
    check.wrongIf(parser.isSet(fromKey) && !parser.isSet(from), QStringLiteral("--from"),
                  QStringLiteral("缺少：--from-key 需要它"), QStringLiteral("is missing: --from-key goes with it"));
    check.wrongIf(!parser.isSet(project) && (parser.isSet(projectName) || parser.isSet(package) || parser.isSet(opening)), QStringLiteral("--project"),
                  QStringLiteral("缺少：--project-name、--package 和 --opening 需要它"), QStringLiteral("is missing: --project-name, --package and --opening go with it"));
    check.wrongIf(parser.isSet(opening) && !hour.isValid(), QStringLiteral("--opening ") + parser.value(opening),
                  QStringLiteral("时间应写作 2030-01-15T09:30+08:00"), QStringLiteral("a time is written as in 2030-01-15T09:30+08:00"));
    check.wrongIf(!isForm, QStringLiteral("--form ") + parser.value(form),
                  QStringLiteral("只能是 hufu、gmt0010 或 pkcs7"), QStringLiteral("is none of hufu, gmt0010, pkcs7"));
    check.wrongIf(dialect && (parser.isSet(from) || parser.isSet(project)), QStringLiteral("--form ") + parser.value(form),
                  QStringLiteral("这种格式不带 --from 和 --project"), QStringLiteral("takes neither --from nor --project"));
    check.wrongIf(!threadCount, QStringLiteral("--threads ") + parser.value(threads),
                  QStringLiteral("应为 0 到 %1 的整数").arg(files::kThreadsMax), QStringLiteral("is no number from 0 to %1").arg(files::kThreadsMax));
    if (check.isWrong()) return check.tell(kUsageOfSeal);

    envelope::SealOrder order;
    order.source = files[0].toStdString();
    const QLatin1String ending(dialect ? kOthersEnding : kEnding);
    order.target = (parser.isSet(out) ? parser.value(out) : files[0] + ending).toStdString();
    if (isSameFile(files[0], order.target)) return failed(Code::fileExists, files[0]);
    order.fileName = QFileInfo(files[0]).fileName().normalized(QString::NormalizationForm_C).toStdString();
    order.replace = parser.isSet(replace);
    order.nowMs = QDateTime::currentMSecsSinceEpoch();
    order.threads = *threadCount;
    if (parser.isSet(opening) && hour.toMSecsSinceEpoch() <= order.nowMs) return failed(Code::openingOver, parser.value(opening));
    if (parser.isSet(trust)) {
        order.trust = readTrust(parser.values(trust), parser.values(chain), parser.values(crl));
        if (!order.trust) return kUnreadable;
    }
    for (const QString &path : parser.values(to)) {
        // Each with those before him alone, so that the one that will not do is named.
        if (!appendCertificates(path, order.recipients)) return kUnreadable;
        auto judged = dialect ? envelope::judgedRecipients(order) : envelope::envelopeRecipients(order);
        if (!judged) return failed(judged.problem(), path);
        order.recipients = std::move(*judged);
    }
    if (parser.isSet(project)) {
        order.project = documents::EnvelopeProject{parser.value(project).toStdString(), parser.value(projectName).toStdString(),
                                                   parser.value(package).toStdString(), std::nullopt};
        if (parser.isSet(opening)) order.project->openingMs = hour.toMSecsSinceEpoch();
    }
    ports::SystemRandom random;
    if (dialect) {
        const auto bytes = envelope::sealForOthers(order, *dialect, random);
        if (!bytes) return failed(bytes.problem(), ofProblem(bytes.problem(), files[0], order.target));
        print({{QStringLiteral("envelope"), QString::fromStdString(order.target.string())}, {QStringLiteral("bytes"), static_cast<qint64>(*bytes)}},
              parser.isSet(json));
        if (order.recipients.size() == 1)
            warnOfOneRecipient(QString::fromStdString(shown(order.recipients.front().subject().commonName)));
        return kGood;
    }
    std::optional<envelope::FileSigner> signer;
    if (parser.isSet(from)) {
        std::vector<x509::Certificate> certificates;
        auto key = readKey(parser.value(fromKey));
        if (!key || !appendCertificates(parser.value(from), certificates)) return kUnreadable;
        if (!certificates.front().allows(x509::KeyKind::sign)) return failed(Code::certificateInvalid, parser.value(from));
        if (!(key->point == certificates.front().publicKey())) return failed(Code::keyOther, parser.value(fromKey));
        signer.emplace(std::move(*key), std::move(certificates), order.nowMs);
        order.signer = &*signer;
    }

    Meter meter(static_cast<std::uint64_t>(QFileInfo(files[0]).size()));
    const auto sealed = envelope::seal(order, random, meter.progress());
    if (!sealed) return failed(sealed.problem(), ofProblem(sealed.problem(), files[0], order.target));
    QJsonArray recipients;
    for (const documents::EnvelopeRecipient &recipient : sealed->body.recipients)
        recipients.append(QString::fromStdString(shown(recipient.name)));
    print({{QStringLiteral("envelope"), QString::fromStdString(order.target.string())},
           {QStringLiteral("bytes"), static_cast<qint64>(sealed->bytes)},
           {QStringLiteral("id"), QString::fromStdString(toHex(sealed->body.id))},
           {QStringLiteral("root"), QString::fromStdString(toHex(sealed->root))},
           {QStringLiteral("signed"), sealed->body.senderSm3.has_value()},
           {QStringLiteral("recipients"), recipients}},
          parser.isSet(json));
    if (recipients.size() == 1) warnOfOneRecipient(recipients[0].toString());
    return kGood;
}

// The name of an envelope without its ending; empty if it has none.
static QString nameWithin(const QString &path)
{
    for (const char *ending : {kEnding, kOthersEnding})
        if (path.endsWith(QLatin1String(ending))) return path.chopped(QLatin1String(ending).size());
    return {};
}

static int openOthers(const QString &path, const QString &key, envelope::KeyOpener &opener, const envelope::OpenOrder &order, bool asJson)
{
    const auto data = envelope::readEnvelopedData(path.toStdString());
    if (!data) return failed(data.problem(), path);
    const auto bytes = envelope::openFromOthers(*data, opener, order.target, order.replace);
    if (!bytes) return failed(bytes.problem(), ofProblem(bytes.problem(), path, order.target, key));
    print({{QStringLiteral("file"), QString::fromStdString(order.target.string())},
           {QStringLiteral("bytes"), static_cast<qint64>(*bytes)},
           {QStringLiteral("signed"), false}},
          asJson);
    return kGood;
}

static constexpr char kUsageOfOpen[] =
    "usage: hufu open ENVELOPE --key KEY [--out FILE] [--replace]   KEY is a key file for tests\n"
    "                 [--trust ROOT [--chain CERT]... [--crl FILE]...]  judge the sender's certificate\n"
    "                 [--threads N] [--json]\n"
    "Without --out the name of the file is that of the envelope without .hufu or .p7m.\n";

int open(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto option = [&parser](const char *name) {
        const QCommandLineOption out(QString::fromLatin1(name), QString(), QStringLiteral("value"));
        parser.addOption(out);
        return out;
    };
    const QCommandLineOption keyFile = option("key"), out = option("out"), trust = option("trust"), chain = option("chain"),
                             crl = option("crl"), threads = option("threads");
    const QCommandLineOption replace(QStringLiteral("replace")), json(QStringLiteral("json"));
    parser.addOptions({replace, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu open")) + arguments);
    const QStringList files = parser.positionalArguments();
    const auto threadCount = threadsOf(parser.value(threads));
    const QString name = nameWithin(files.value(0));
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("ENVELOPE"), QStringLiteral("缺少要打开的信封"), QStringLiteral("no envelope to open is named"));
    check.wrongIf(files.size() > 1, files.value(1),
                  QStringLiteral("多余：一次打开一个信封"), QStringLiteral("is one too many: one envelope is opened at a time"));
    check.wrongIf(!parser.isSet(keyFile), QStringLiteral("--key"), QStringLiteral("缺少：请指定私钥文件"), QStringLiteral("is missing: name the key file"));
    check.wrongIf(!parser.isSet(out) && name.isEmpty(), QStringLiteral("--out"),
                  QStringLiteral("缺少：信封的名字不以 .hufu 或 .p7m 结尾，看不出原文件名"), QStringLiteral("is missing: the envelope's name ends in neither .hufu nor .p7m, so the file's own is not known"));
    check.wrongIf(!threadCount, QStringLiteral("--threads ") + parser.value(threads),
                  QStringLiteral("应为 0 到 %1 的整数").arg(files::kThreadsMax), QStringLiteral("is no number from 0 to %1").arg(files::kThreadsMax));
    if (check.isWrong()) return check.tell(kUsageOfOpen);

    envelope::OpenOrder order;
    order.target = (parser.isSet(out) ? parser.value(out) : name).toStdString();
    if (isSameFile(files[0], order.target)) return failed(Code::fileExists, files[0]);
    order.replace = parser.isSet(replace);
    order.threads = *threadCount;
    order.question.nowMs = QDateTime::currentMSecsSinceEpoch();
    const auto trusted = readTrust(parser.values(trust), parser.values(chain), parser.values(crl));
    if (!trusted) return kUnreadable;
    order.question.trust = *trusted;
    auto key = readKey(parser.value(keyFile));
    if (!key) return kUnreadable;
    envelope::FileKeyOpener opener(std::move(*key));

    if (!envelope::isEnvelope(files[0].toStdString()))
        return openOthers(files[0], parser.value(keyFile), opener, order, parser.isSet(json));
    const auto file = envelope::EnvelopeFile::open(files[0].toStdString());
    if (!file) return failed(file.problem(), files[0]);
    Meter meter(file->body().contentSize);
    const auto opened = envelope::open(*file, opener, order, meter.progress());
    if (!opened) return failed(opened.problem(), ofProblem(opened.problem(), files[0], order.target, parser.value(keyFile)));
    QJsonObject report{{QStringLiteral("file"), QString::fromStdString(order.target.string())},
                       {QStringLiteral("bytes"), static_cast<qint64>(opened->bytes)},
                       {QStringLiteral("signed"), opened->sender.has_value()}};
    if (opened->sender) report[QStringLiteral("sender")] = jsonOf(*opened->sender);
    if (opened->sender && !parser.isSet(json)) report[QStringLiteral("sender")] = QString::fromStdString(shown(opened->sender->signer->subjectText()));
    print(report, parser.isSet(json));
    if (opened->sender && !opened->sender->isValid()) explain(codeOf(*opened->sender), files[0]);
    return kGood;
}

} // namespace hufu::cli
