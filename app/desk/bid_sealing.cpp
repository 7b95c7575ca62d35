#include "app/desk/bid_sealing.h"

#include "app/catalogue/catalogue.h"
#include "app/envelope/sealing.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/intent/tbs.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace hufu::desk_app {

namespace {

using catalogue::Code;

constexpr char kEnding[] = ".hufu";

std::optional<x509::Certificate> certificateOf(const QJsonValue &holder, const char *name)
{
    auto certificate = x509::Certificate::parsePem(holder[QLatin1String(name)].toString().toStdString());
    return certificate ? std::optional(std::move(*certificate)) : std::nullopt;
}

// In: taken, the names that other files of the errand will have: none of them is there before the phone has signed.
// Returns: 0, or HF-nnn.
int sealOne(Bid &bid, const QStringList &taken, const envelope::SealOrder &common, const x509::Certificate &sender, ports::Random &random, const files::Progress &progress,
            std::shared_ptr<envelope::Sealing> &sealing)
{
    envelope::SealOrder order = common;
    order.source = bid.source.toStdString();
    order.fileName = QFileInfo(bid.source).fileName().normalized(QString::NormalizationForm_C).toStdString();
    const auto path = writableName(bid.out, [&](const QString &candidate) {
        if (taken.contains(candidate)) return static_cast<int>(Code::fileExists);
        order.target = candidate.toStdString();
        auto begun = envelope::Sealing::begin(order, &sender, random, progress);
        if (!begun) return static_cast<int>(begun.problem());
        sealing = std::make_shared<envelope::Sealing>(std::move(*begun));
        return 0;
    });
    if (path.value) bid.out = *path.value;
    return path.problem;
}

// In: recipients, each once; files, the manifest's items.
QJsonObject draftOf(const Errand &errand, const std::vector<x509::Certificate> &recipients, const QJsonArray &files)
{
    QJsonArray names, keys;
    for (const x509::Certificate &recipient : recipients) {
        const auto keyId = documents::envelopeKeyId(recipient);
        names.append(QString::fromStdString(recipient.subject().commonName));
        keys.append(QString::fromStdString(toHex(keyId ? *keyId : Bytes())));
    }
    QJsonObject project{{QStringLiteral("id"), QString::fromStdString(errand.project->id)}, {QStringLiteral("name"), QString::fromStdString(errand.project->name)}};
    if (!errand.project->package.empty()) project[QStringLiteral("package")] = QString::fromStdString(errand.project->package);
    QJsonObject draft{{QStringLiteral("act"), QStringLiteral("encrypt")}, {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("form"), QStringLiteral("cms")},    {QStringLiteral("project"), project},
                      {QStringLiteral("recipients"), names},              {QStringLiteral("recipientKeys"), keys},
                      {QStringLiteral("files"), files}};
    if (names.size() == 1) draft[QStringLiteral("soleReason")] = errand.soleReason;
    if (errand.project->openingMs) draft[QStringLiteral("deadline")] = static_cast<qint64>(*errand.project->openingMs);
    return draft;
}

// Returns: 0, or HF-nnn.
int signOne(envelope::Sealing &sealing, const Prepared &prepared, const intent::Manifest &manifest, std::size_t item, const QString &hex)
{
    const auto bytes = fromHex(hex.toStdString());
    const auto signature = bytes ? fixedBytes<64>(*bytes) : Result<ByteArray<64>>(Error(Errc::badInput, "signature"));
    if (!signature) return static_cast<int>(Code::malformed);
    const auto tbs = intent::buildTbs(manifest, item);
    const auto sm2 = x509::Sm2Signature::fromRaw(*signature);
    if (!tbs || !sm2 || !prepared.sender->publicKey().verify(*tbs, *signature)) return static_cast<int>(Code::signatureInvalid);
    std::vector<x509::Certificate> certificates{*prepared.sender};
    certificates.insert(certificates.end(), prepared.trust.intermediates.begin(), prepared.trust.intermediates.end());
    const auto cms = documents::buildDetachedCms(*tbs, *sm2, certificates);
    if (!cms) return static_cast<int>(Code::signatureInvalid);
    const auto sealed = sealing.finish(*cms);
    return sealed ? 0 : static_cast<int>(sealed.problem());
}

} // namespace

Outcome<Prepared> prepareSealing(const Errand &errand, const QJsonArray &holders, ports::Random &random, std::int64_t nowMs, const BidProgress &progress)
{
    const QJsonValue holder = holders.at(errand.person.isEmpty() ? 0 : indexOf(holders, errand.person));
    const auto sender = certificateOf(holder, "sign");
    if (!sender || errand.recipients.empty()) return {std::nullopt, static_cast<int>(Code::certificateInvalid)};
    if (errand.project->openingMs && *errand.project->openingMs <= nowMs) return {std::nullopt, static_cast<int>(Code::openingOver)};
    if (sender->publicKey().suite() != crypto::Suite::sm2) return {std::nullopt, static_cast<int>(Code::keySignsBare)}; // before anything is encrypted
    Prepared prepared;
    prepared.sender = *sender;
    prepared.account = holder[QLatin1String("account")].toString();
    prepared.whose = QString::fromStdString(sender->subject().commonName);
    prepared.trust = trustOf(holders);
    envelope::SealOrder common;
    common.project = errand.project;
    common.recipients = errand.recipients;
    common.trust = prepared.trust;
    common.nowMs = nowMs;
    const auto judged = envelope::envelopeRecipients(common);
    if (!judged) return {std::nullopt, static_cast<int>(judged.problem())};
    if (judged->size() == 1 && errand.soleReason.isEmpty()) return {std::nullopt, static_cast<int>(Code::reasonMissing)};
    QJsonArray sketched; // as long as what will be asked for
    for (const QString &file : errand.files)
        sketched.append(fileEntry(QFileInfo(file).fileName(), QFileInfo(file).size(), {}));
    if (const int problem = lengthProblem(draftOf(errand, *judged, sketched)); problem != 0) return {std::nullopt, problem};

    std::uint64_t total = 0, before = 0;
    for (const QString &file : errand.files)
        total += static_cast<std::uint64_t>(QFileInfo(file).size());
    QJsonArray entries;
    QStringList taken;
    for (const QString &file : errand.files) {
        Bid bid;
        bid.source = file;
        bid.out = QDir(errand.out).filePath(QFileInfo(file).fileName() + QLatin1String(kEnding));
        bid.size = static_cast<std::uint64_t>(QFileInfo(file).size());
        std::shared_ptr<envelope::Sealing> sealing;
        bid.problem = sealOne(bid, taken, common, *sender, random, [&](std::uint64_t bytes) {
            return !progress || progress(total == 0 ? 100 : static_cast<int>((before + bytes) * 100 / total));
        }, sealing);
        before += bid.size;
        if (bid.problem == static_cast<int>(Code::cancelled)) return {std::nullopt, bid.problem};
        if (sealing) {
            taken << bid.out;
            bid.item = static_cast<int>(prepared.sealings.size());
            const auto &body = sealing->body();
            entries.append(fileEntry(QString::fromStdString(body.fileName), static_cast<qint64>(body.contentSize), crypto::sm3(sealing->statement())));
            prepared.sealings.push_back(std::move(sealing));
        }
        prepared.bids.push_back(std::move(bid));
    }
    if (prepared.sealings.empty())
        return prepared.bids.empty() ? Outcome<Prepared>{std::nullopt, static_cast<int>(Code::fileUnreadable)} : noneOf<Prepared>(prepared.bids);

    prepared.draft = draftOf(errand, *judged, entries);
    return {std::move(prepared), 0};
}

Outcome<Finished> finishSealing(const Prepared &prepared, const intent::Manifest &manifest, const QJsonObject &outcome, Finished finished)
{
    const auto certificate = x509::Certificate::parsePem(outcome.value(QLatin1String("certificate")).toString().toStdString());
    if (!certificate || !(*certificate == *prepared.sender)) return {std::nullopt, static_cast<int>(Code::notForThisKey)};
    finished.signer = QString::fromStdString(certificate->subject().commonName);
    finished.bids = prepared.bids;
    const QJsonArray signatures = outcome.value(QLatin1String("signatures")).toArray();
    bool anySealed = false;
    for (Bid &bid : finished.bids) {
        if (bid.item >= 0) {
            const auto item = static_cast<std::size_t>(bid.item);
            const QJsonValue signature = signatures.at(bid.item);
            bid.problem = signature.isString() ? signOne(*prepared.sealings[item], prepared, manifest, item, signature.toString())
                                               : static_cast<int>(Code::personRefused);
        }
        anySealed = anySealed || bid.problem == 0;
        if (bid.problem != 0) bid.out.clear();
    }
    if (!anySealed) return noneOf<Finished>(finished.bids);
    finished.out = std::ranges::find(finished.bids, 0, &Bid::problem)->out;
    return {std::move(finished), 0};
}

} // namespace hufu::desk_app
