#include "app/desk/bid_opening.h"

#include "app/catalogue/catalogue.h"
#include "app/envelope/interchange.h"
#include "app/envelope/opening.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/encryption.h"
#include "shield/intent/manifest.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace hufu::desk_app {

namespace {

using catalogue::Code;
using envelope::EnvelopeFile;

struct Read {
    std::optional<EnvelopeFile> file;
    int problem = 0;
};

Read read(const QString &path)
{
    auto file = EnvelopeFile::open(path.toStdString());
    if (!file && file.problem() == Code::malformed) return {std::nullopt, static_cast<int>(Code::fileUnknown)}; // no envelope at all
    if (!file) return {std::nullopt, static_cast<int>(file.problem())};
    // The name is shown on the phone, and becomes the file's; one with a dot before it would not be seen, and might be a program's own.
    if (file->body().fileName.starts_with('.') || !intent::checkText(file->body().fileName, 255) || QFileInfo(QString::fromStdString(file->body().fileName)).fileName().toStdString() != file->body().fileName)
        return {std::nullopt, static_cast<int>(Code::manifestRefused)};
    return {std::move(*file), 0};
}

using Certificates = std::vector<x509::Certificate>;

// Of each person all by which envelopes may name them: also what is revoked or over.
std::vector<Certificates> openingCertificatesOf(const QJsonArray &holders)
{
    std::vector<Certificates> people;
    for (const QJsonValue &holder : holders) {
        Certificates &certificates = people.emplace_back();
        for (const QJsonValue &pem : holder[QLatin1String("opening")].toArray())
            if (auto certificate = x509::Certificate::parsePem(pem.toString().toStdString())) certificates.push_back(std::move(*certificate));
    }
    return people;
}

// Which sealed bid it is, as its sender's signature says. Whether that holds shows once the content was read; until then it is a
// word of this desk's for the person's list.
std::optional<ByteArray<32>> bidOf(const EnvelopeFile &file)
{
    const auto cms = documents::Cms::parse(file.cms());
    return cms ? std::optional(cms->signers.front().attributes.messageDigest) : std::nullopt;
}

const documents::EnvelopeRecipient *recipientOf(const EnvelopeFile &file, const Certificates &certificates)
{
    for (const x509::Certificate &certificate : certificates) {
        const auto keyId = documents::envelopeKeyId(certificate);
        if (const auto *recipient = keyId ? file.header().recipient(*keyId) : nullptr) return recipient;
    }
    return nullptr;
}

// For people to read, and of a stranger's making: what is no plain text is left out.
QString namesIn(const EnvelopeFile &file)
{
    static constexpr qsizetype kNamed = 5;
    static constexpr std::size_t kNameMost = 120;
    QStringList names;
    for (const auto &recipient : file.body().recipients)
        if (intent::checkText(recipient.name, kNameMost)) names << QString::fromStdString(recipient.name);
    return names.mid(0, kNamed).join(QStringLiteral(", ")) + (names.size() > kNamed ? QStringLiteral(" …") : QString());
}

std::size_t openableBy(const Certificates &certificates, const std::vector<Read> &files)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        files, [&](const Read &read) { return read.file && recipientOf(*read.file, certificates) != nullptr; }));
}

// A key that has come already.
class GivenKey final : public envelope::KeyOpener {
public:
    explicit GivenKey(const SecretBytes &key) : m_key(key) {}
    envelope::Outcome<SecretBytes> open(std::span<const documents::EnvelopeRecipient>) override
    {
        SecretBytes copy(m_key.size());
        std::ranges::copy(m_key.expose(), copy.fill().begin());
        return copy;
    }

private:
    const SecretBytes &m_key;
};

// How far all files together have come.
class Meter {
public:
    Meter(const std::vector<Bid> &bids, const BidProgress &progress) : m_progress(progress)
    {
        for (const Bid &bid : bids)
            if (bid.item >= 0) m_total += bid.size;
    }
    files::Progress of()
    {
        return [this](std::uint64_t bytes) { return !m_progress || m_progress(percent(m_before + bytes)); };
    }
    void next(std::uint64_t size) { m_before += size; }

private:
    int percent(std::uint64_t bytes) const { return m_total == 0 ? 100 : static_cast<int>(bytes * 100 / m_total); }
    const BidProgress &m_progress;
    std::uint64_t m_total = 0, m_before = 0;
};

// Returns: 0, or HF-nnn.
int openOne(Bid &bid, const SecretBytes &key, const x509::Trust &trust, const files::Progress &progress)
{
    const auto file = EnvelopeFile::open(bid.source.toStdString());
    if (!file) return static_cast<int>(file.problem());
    if (file->header().der() != bid.header) return static_cast<int>(Code::fileChanged); // another one lies there now
    envelope::OpenOrder order;
    order.question.trust = trust;
    order.question.nowMs = file->body().createdMs;
    const auto path = writableName(bid.out, [&](const QString &candidate) {
        order.target = candidate.toStdString();
        GivenKey opener(key);
        const auto opened = envelope::open(*file, opener, order, progress);
        return opened ? 0 : static_cast<int>(opened.problem());
    });
    if (path.value) {
        bid.out = *path.value;
        return 0;
    }
    return path.problem;
}

QString doneOf(const OpeningOnPaper &kept, const QString &envelope)
{
    const auto done = kept.done.find(envelope);
    return done == kept.done.end() ? QString() : done->second;
}

// What was approved of an opening that is gone on with; nothing of one that begins.
std::vector<intent::File> approvedOf(const OpeningOnPaper *kept)
{
    const auto manifest = kept ? intent::Manifest::parse(kept->manifest) : Result<intent::Manifest>(Error(Errc::notFound, "none"));
    return manifest ? manifest->files : std::vector<intent::File>();
}

// Which item was approved for the envelope with that wrapped key; -1: none.
int itemOf(const std::vector<intent::File> &approved, const ByteArray<32> &sm3, const std::vector<Bid> &before)
{
    for (int item = 0; item < static_cast<int>(approved.size()); ++item)
        if (approved[static_cast<std::size_t>(item)].sm3 == sm3 && std::ranges::find(before, item, &Bid::item) == before.end()) return item;
    return -1;
}

} // namespace

x509::Trust trustOf(const QJsonArray &holders)
{
    x509::Trust trust;
    const auto add = [](const QJsonValue &pem, std::vector<x509::Certificate> &to) {
        if (auto certificate = x509::Certificate::parsePem(pem.toString().toStdString())) to.push_back(std::move(*certificate));
    };
    if (holders.isEmpty()) return trust;
    add(holders[0][QLatin1String("root")], trust.roots);
    add(holders[0][QLatin1String("issuing")], trust.intermediates);
    return trust;
}

Outcome<Prepared> prepareBids(const Errand &errand, const QJsonArray &holders, ports::Random &random, const OpeningOnPaper *kept)
{
    if (const QFileInfo folder(errand.out); !folder.isDir() || !folder.isWritable())
        return {std::nullopt, static_cast<int>(Code::fileUnwritable)};
    std::vector<Read> files;
    for (const QString &path : errand.files)
        files.push_back(read(path));
    const auto people = openingCertificatesOf(holders);
    auto holder = std::ranges::max_element(people, {}, [&](const auto &c) { return openableBy(c, files); });
    if (!errand.person.isEmpty()) holder = people.begin() + indexOf(holders, errand.person);

    Prepared prepared;
    prepared.trust = trustOf(holders);
    if (holder != people.end() && !holder->empty()) prepared.whose = QString::fromStdString(holder->back().subject().commonName);
    if (holder != people.end()) {
        const auto nameOf = [](const Certificates &certificates) { return certificates.empty() ? QString() : QString::fromStdString(certificates.back().subject().commonName); };
        prepared.account = holders.at(holder - people.begin())[QLatin1String("account")].toString();
        for (auto other = people.begin(); other != people.end(); ++other)
            if (other != holder && openableBy(*other, files) > 0)
                prepared.others.emplace_back(nameOf(*other), holders.at(other - people.begin())[QLatin1String("account")].toString());
    }
    prepared.boxKey = kept ? kept->boxKey : std::make_shared<crypto::BoxKey>(crypto::BoxKey::generate(random));
    const std::vector<intent::File> approved = approvedOf(kept);
    QJsonArray entries; // what is away now keeps its place
    for (const intent::File &file : approved)
        entries.append(fileEntry(QString::fromStdString(file.name), static_cast<qint64>(file.size), file.sm3));
    std::optional<documents::EnvelopeProject> project;
    bool oneProject = true;
    for (std::size_t i = 0; i < files.size(); ++i) {
        Bid bid;
        bid.source = errand.files[static_cast<qsizetype>(i)];
        bid.problem = files[i].problem;
        const auto &file = files[i].file;
        const auto *recipient = file && holder != people.end() ? recipientOf(*file, *holder) : nullptr;
        if (file && !recipient) {
            bid.problem = static_cast<int>(Code::notForThisKey);
            bid.whose = namesIn(*file);
        }
        const ByteArray<32> sm3 = recipient ? crypto::sm3(recipient->wrappedKey) : ByteArray<32>{};
        if (recipient) bid.item = kept ? itemOf(approved, sm3, prepared.bids) : static_cast<int>(prepared.tbs.size());
        if (recipient && bid.item < 0) bid.problem = static_cast<int>(Code::fileChanged); // another one lies there now
        if (bid.item >= 0) {
            const QString name = QString::fromStdString(file->body().fileName);
            bid.header = file->header().der();
            bid.size = file->body().contentSize;
            bid.out = QDir(errand.out).filePath(name);
            if (const QString done = kept ? doneOf(*kept, bid.source) : QString(); QFileInfo(done).isFile()) {
                bid.out = done;
                bid.isThere = true;
            }
            const Bytes &wrapped = recipient->wrappedKey;
            QJsonObject entry = fileEntry(name, static_cast<qint64>(wrapped.size()), sm3);
            if (const auto id = bidOf(*file)) bid.id = QString::fromStdString(toHex(*id));
            if (!bid.id.isEmpty()) entry[QStringLiteral("envelope")] = bid.id;
            if (kept) entries[bid.item] = entry;
            else entries.append(entry);
            oneProject = oneProject && (prepared.tbs.empty() || file->body().project == project);
            prepared.tbs.emplace_back(reinterpret_cast<const char *>(wrapped.data()), static_cast<qsizetype>(wrapped.size()));
            project = file->body().project;
        }
        prepared.bids.push_back(std::move(bid));
    }
    if (prepared.bids.empty()) return {std::nullopt, static_cast<int>(Code::fileUnreadable)};
    if (prepared.tbs.empty()) return {std::nullopt, prepared.bids.front().problem, prepared.bids.front().whose};
    prepared.draft = {{QStringLiteral("act"), QStringLiteral("decrypt")},
                      {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("deskKey"), QString::fromStdString(toHex(prepared.boxKey->publicKey()))},
                      {QStringLiteral("files"), entries}};
    if (oneProject && project) {
        QJsonObject named{{QStringLiteral("id"), QString::fromStdString(project->id)}, {QStringLiteral("name"), QString::fromStdString(project->name)}};
        if (!project->package.empty()) named[QStringLiteral("package")] = QString::fromStdString(project->package);
        prepared.draft[QStringLiteral("project")] = named;
    }
    if (const int problem = kept ? 0 : lengthProblem(prepared.draft); problem != 0) return {std::nullopt, problem};
    return {std::move(prepared), 0};
}

Outcome<Prepared> prepareEnvelopedData(const Errand &errand, const QJsonArray &holders, ports::Random &random)
{
    if (!canHoldResult(errand)) return {std::nullopt, static_cast<int>(Code::fileUnwritable)};
    auto data = envelope::readEnvelopedData(errand.file.toStdString());
    if (!data) return {std::nullopt, static_cast<int>(data.problem() == Code::malformed ? Code::ciphertextInvalid : data.problem())};

    Prepared prepared;
    const documents::EnvelopeRecipient *recipient = nullptr;
    const auto people = openingCertificatesOf(holders);
    for (std::size_t person = 0; person < people.size(); ++person) {
        const auto mine = std::ranges::find_if(people[person], [&data](const x509::Certificate &certificate) { return data->recipient(certificate) != nullptr; });
        if (mine == people[person].end()) continue;
        const QString name = QString::fromStdString(mine->subject().commonName), account = holders.at(static_cast<qsizetype>(person))[QLatin1String("account")].toString();
        const bool isChosen = errand.person.isEmpty() ? !recipient : account == errand.person;
        if (!isChosen) {
            prepared.others.emplace_back(name, account);
            continue;
        }
        recipient = data->recipient(*mine);
        prepared.whose = name;
        prepared.account = account;
    }
    if (!recipient) return {std::nullopt, static_cast<int>(Code::notForThisKey)};
    const Bytes &wrapped = recipient->wrappedKey;
    if (!documents::checkCiphertext(wrapped)) return {std::nullopt, static_cast<int>(Code::ciphertextInvalid)};
    prepared.boxKey = std::make_shared<crypto::BoxKey>(crypto::BoxKey::generate(random));
    prepared.tbs.emplace_back(reinterpret_cast<const char *>(wrapped.data()), static_cast<qsizetype>(wrapped.size()));
    prepared.draft = {{QStringLiteral("act"), QStringLiteral("decrypt")},
                      {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("deskKey"), QString::fromStdString(toHex(prepared.boxKey->publicKey()))},
                      {QStringLiteral("files"), QJsonArray{fileEntry(QFileInfo(errand.file).fileName(), static_cast<qint64>(wrapped.size()), crypto::sm3(wrapped))}}};
    prepared.enveloped = std::make_shared<const documents::EnvelopedData>(std::move(*data));
    return {std::move(prepared), 0};
}

Outcome<Finished> finishBids(const Prepared &prepared, const QJsonObject &outcome, Finished finished, const BidProgress &progress,
                             const std::function<void(const Bid &)> &opened)
{
    const QJsonArray sealed = outcome.value(QLatin1String("sealed")).toArray();
    finished.bids = prepared.bids;
    Meter meter(finished.bids, progress);
    bool anyOpened = false;
    for (Bid &bid : finished.bids) {
        if (bid.item < 0) continue;
        if (bid.isThere) {
            meter.next(bid.size);
            anyOpened = true;
            continue;
        }
        const QJsonValue box = sealed.at(bid.item);
        const auto bytes = fromHex(box.toString().toStdString());
        if (!box.isString() || !bytes) {
            bid.problem = static_cast<int>(Code::personRefused); // left out before the PIN
        } else if (auto key = crypto::openBox(*prepared.boxKey, *bytes)) {
            bid.problem = openOne(bid, *key, prepared.trust, meter.of());
            if (bid.problem == static_cast<int>(Code::cancelled)) return {std::nullopt, bid.problem}; // nobody waits for the others
        } else {
            bid.problem = static_cast<int>(Code::ciphertextInvalid);
        }
        meter.next(bid.size);
        anyOpened = anyOpened || bid.problem == 0;
        if (bid.problem != 0) bid.out.clear();
        else if (opened) opened(bid);
    }
    if (!anyOpened) return {std::nullopt, finished.bids.front().problem};
    const auto first = std::ranges::find(finished.bids, 0, &Bid::problem);
    finished.out = first->out;
    return {std::move(finished), 0};
}

void forgetCut(const std::vector<Bid> &bids)
{
    for (const Bid &bid : bids)
        if (bid.item >= 0 && !bid.isThere) envelope::forgetCutOpening(bid.header, QFileInfo(bid.out).absolutePath().toStdString());
}

} // namespace hufu::desk_app
