#include "app/desk/bid_opening.h"

#include "app/catalogue/catalogue.h"
#include "app/desk/file_encryption.h"
#include "app/envelope/interchange.h"
#include "app/envelope/opening.h"
#include "shield/base/limits.h"
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

// What lies there, and what the phone would have to open of it.
struct Read {
    std::optional<EnvelopeFile> file;  // of ours
    Bid::Content content = Bid::Content::envelope;
    Bytes sm3;                         // of what is none of ours
    std::uint64_t size = 0;            // likewise
    std::vector<Bytes> keys;           // by person; empty: not for him
    int problem = 0;
};

Read problemWith(Code code)
{
    Read read;
    read.problem = static_cast<int>(code);
    return read;
}

// The name is shown on the phone, and becomes the file's; one with a dot before it would not be seen, and might be a program's own.
bool isGoodName(const std::string &name)
{
    return !name.starts_with('.') && intent::checkText(name, 255) && QFileInfo(QString::fromStdString(name)).fileName().toStdString() == name;
}

std::string openedNameOf(const QString &path)
{
    return QFileInfo(openedName(path)).fileName().toStdString();
}

// Of other software's: its content is read again when its key has come.
Read readEnveloped(const QString &path, const std::vector<Certificates> &people)
{
    const auto data = envelope::readEnvelopedData(path.toStdString());
    if (!data) return problemWith(data.problem() == Code::fileUnknown ? Code::ciphertextInvalid : data.problem());
    Read read;
    read.content = Bid::Content::enveloped;
    for (const Certificates &certificates : people) {
        const auto mine = std::ranges::find_if(certificates, [&data](const x509::Certificate &certificate) { return data->recipient(certificate) != nullptr; });
        read.keys.push_back(mine == certificates.end() ? Bytes() : data->recipient(*mine)->wrappedKey);
    }
    return read;
}

Read readCiphertext(const QString &path, const std::vector<Certificates> &people)
{
    QFile file(path);
    if (file.size() > static_cast<qint64>(limits::kTbsMax) || !file.open(QIODevice::ReadOnly)) return problemWith(Code::fileUnknown);
    const QByteArray content = file.readAll();
    const ByteView bytes = viewOf(std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
    if (!documents::checkCiphertext(bytes)) return problemWith(Code::fileUnknown);
    Read read;
    read.content = Bid::Content::ciphertext;
    read.keys.assign(people.size(), bytesOf(bytes));
    return read;
}

// In: awaited, the project that an envelope must be of; one that names none is of any.
Read read(const QString &path, const std::vector<Certificates> &people, const std::optional<documents::EnvelopeProject> &awaited)
{
    auto file = EnvelopeFile::open(path.toStdString());
    if (!file && file.problem() != Code::fileUnknown) return problemWith(file.problem());
    if (file) {
        if (!isGoodName(file->body().fileName)) return problemWith(Code::manifestRefused);
        if (const auto &project = file->body().project; awaited && project && project->id != awaited->id) return problemWith(Code::bidOfAnotherProject);
        Read read;
        for (const Certificates &certificates : people) {
            const auto *recipient = recipientOf(*file, certificates);
            read.keys.push_back(recipient ? recipient->wrappedKey : Bytes());
        }
        read.file = std::move(*file);
        return read;
    }
    Read read = isEnvelopedData(path) ? readEnveloped(path, people) : readCiphertext(path, people);
    if (read.problem != 0) return read;
    if (!isGoodName(QFileInfo(path).fileName().toStdString()) || !isGoodName(openedNameOf(path))) return problemWith(Code::manifestRefused);
    const auto digest = digestOf(path);
    if (!digest) return problemWith(Code::fileUnreadable);
    read.sm3 = bytesOf(digest->sm3);
    read.size = static_cast<std::uint64_t>(digest->size);
    return read;
}

std::size_t openableBy(std::size_t person, const std::vector<Read> &files)
{
    return static_cast<std::size_t>(std::ranges::count_if(files, [person](const Read &read) { return read.problem == 0 && !read.keys[person].empty(); }));
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

// For people to read; a name that cannot be shown is a certificate's number.
QString shownName(const x509::Certificate &sender)
{
    static constexpr std::size_t kNameMost = 1024;
    const QString name = nameOf(sender);
    return intent::checkText(name.toStdString(), kNameMost) ? name : QString::fromStdString(toHex(sender.serial()));
}

// In: verdict, of a signature that holds; nothing for an envelope without one. The lists have come from the server just now, so they are
// held against each other and not against this computer's clock.
// Returns: notLookedAt where nothing proves the name.
Sender senderOf(const EnvelopeFile &file, const std::optional<documents::Verdict> &verdict, x509::Trust trust)
{
    using Standing = Sender::Standing;
    if (!verdict) return {Standing::nobody, {}};
    if (!verdict->signer) return {};
    if (const auto cms = documents::Cms::parse(file.cms())) trust.intermediates.insert(trust.intermediates.end(), cms->certificates.begin(), cms->certificates.end());
    const std::int64_t signedMs = verdict->signedAtMs.value_or(verdict->judgedAtMs);
    std::int64_t listedMs = 0;
    for (const x509::RevocationList &list : trust.revocations)
        listedMs = std::max(listedMs, list.thisUpdateMs());
    const auto report = x509::checkChain(*verdict->signer, trust, {x509::KeyKind::sign, signedMs, listedMs, false});
    const QString name = shownName(*verdict->signer);
    if (report.fault == x509::Fault::revoked) return {Standing::revoked, name};
    if (report.fault == x509::Fault::expired || report.fault == x509::Fault::notYetValid) return {Standing::outOfDate, name};
    if (report.fault != x509::Fault::none && report.fault != x509::Fault::revocationUnknown) return {}; // no name of an authority that nobody here trusts
    if (report.revocation) return {Standing::revokedSince, name};
    return {report.fault == x509::Fault::none && report.revocationChecked ? Standing::good : Standing::unchecked, name};
}

documents::Question questionOf(const EnvelopeFile &file, const x509::Trust &trust)
{
    documents::Question question;
    question.trust = trust;
    question.nowMs = file.body().createdMs;
    return question;
}

// Of what was opened before the desk was killed: the envelope proves it without a key.
Sender senderOfOpened(const Bid &bid, const x509::Trust &trust, const files::Progress &progress)
{
    if (bid.content != Bid::Content::envelope) return {Sender::Standing::nobody, {}};
    const auto file = EnvelopeFile::open(bid.source.toStdString());
    if (!file || file->header().der() != bid.header) return {};
    if (!file->body().senderSm3) return senderOf(*file, std::nullopt, trust);
    const auto verdict = envelope::verify(*file, questionOf(*file, trust), progress);
    const bool holds = verdict && (verdict->isValid() || verdict->finding == documents::Finding::certificateRefused || verdict->finding == documents::Finding::timeImplausible);
    return holds ? senderOf(*file, *verdict, trust) : Sender();
}

// Returns: 0, or HF-nnn.
int openOne(Bid &bid, const SecretBytes &key, const x509::Trust &trust, const files::Progress &progress)
{
    const auto file = EnvelopeFile::open(bid.source.toStdString());
    if (!file) return static_cast<int>(file.problem());
    if (file->header().der() != bid.header) return static_cast<int>(Code::fileChanged); // another one lies there now
    envelope::OpenOrder order;
    order.question = questionOf(*file, trust);
    const auto path = writableName(bid.out, [&](const QString &candidate) {
        order.target = candidate.toStdString();
        GivenKey opener(key);
        const auto opened = envelope::open(*file, opener, order, progress);
        if (opened) bid.sender = senderOf(*file, opened->sender, trust);
        return opened ? 0 : static_cast<int>(opened.problem());
    });
    if (path.value) {
        bid.out = *path.value;
        return 0;
    }
    return path.problem;
}

// As openOne, of what is no envelope of ours. In: key, what the phone opened.
int openOther(Bid &bid, SecretBytes &key)
{
    const auto written = [&bid](ByteView content) {
        const auto path = writeFresh(bid.out, content);
        if (path.value) {
            bid.out = *path.value;
            bid.sender = {Sender::Standing::nobody, {}};
        }
        return path.problem;
    };
    if (bid.content == Bid::Content::ciphertext) return written(key.expose());
    const auto now = digestOf(bid.source);
    if (!now) return static_cast<int>(Code::fileUnreadable);
    if (bytesOf(now->sm3) != bid.header) return static_cast<int>(Code::fileChanged); // another one lies there now
    const auto data = envelope::readEnvelopedData(bid.source.toStdString());
    if (!data) return static_cast<int>(data.problem());
    if (key.size() != crypto::kSm4KeyBytes) return static_cast<int>(Code::ciphertextInvalid);
    const auto content = data->open(crypto::Sm4Key::adopt(key.fill().first<crypto::kSm4KeyBytes>()));
    return content ? written(content->expose()) : static_cast<int>(Code::ciphertextInvalid);
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

Outcome<Prepared> prepareBids(const Errand &errand, const QJsonArray &holders, ports::Random &random, const OpeningOnPaper *kept, const QJsonArray &lists)
{
    if (const QFileInfo folder(errand.out); !folder.isDir() || !folder.isWritable())
        return {std::nullopt, static_cast<int>(Code::fileUnwritable)};
    std::vector<Read> files;
    const auto people = openingCertificatesOf(holders);
    for (const QString &path : errand.files)
        files.push_back(read(path, people, errand.project));
    std::size_t holder = people.empty() ? people.size() : 0;
    for (std::size_t person = 1; person < people.size(); ++person)
        if (openableBy(person, files) > openableBy(holder, files)) holder = person;
    if (!errand.person.isEmpty()) holder = static_cast<std::size_t>(indexOf(holders, errand.person));

    Prepared prepared;
    prepared.trust = trustOf(holders);
    for (const QJsonValue &pem : lists)
        if (auto list = x509::RevocationList::parseAny(viewOf(pem.toString().toStdString()))) prepared.trust.revocations.push_back(std::move(*list));
    if (holder < people.size()) {
        const auto nameOf = [](const Certificates &certificates) { return certificates.empty() ? QString() : QString::fromStdString(certificates.back().subject().commonName); };
        const auto accountOf = [&holders](std::size_t person) { return holders.at(static_cast<qsizetype>(person))[QLatin1String("account")].toString(); };
        prepared.whose = nameOf(people[holder]);
        prepared.account = accountOf(holder);
        for (std::size_t other = 0; other < people.size(); ++other)
            if (other != holder && openableBy(other, files) > 0) prepared.others.emplace_back(nameOf(people[other]), accountOf(other));
    }
    prepared.boxKey = kept ? kept->boxKey : std::make_shared<crypto::BoxKey>(crypto::BoxKey::generate(random));
    const std::vector<intent::File> approved = approvedOf(kept);
    QJsonArray entries; // what is away now keeps its place
    for (const intent::File &file : approved)
        entries.append(fileEntry(QString::fromStdString(file.name), static_cast<qint64>(file.size), file.sm3));
    std::optional<documents::EnvelopeProject> project;
    bool oneProject = true;
    std::size_t together = 0; // one message takes all of them to the phone
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Read &read = files[i];
        Bid bid;
        bid.source = errand.files[static_cast<qsizetype>(i)];
        bid.problem = read.problem;
        bid.content = read.content;
        const auto &file = read.file;
        const Bytes key = read.problem == 0 && holder < people.size() ? read.keys[holder] : Bytes();
        if (read.problem == 0 && key.empty()) {
            bid.problem = static_cast<int>(Code::notForThisKey);
            if (file) bid.whose = namesIn(*file);
        } else if (read.problem == 0 && !documents::checkCiphertext(key)) {
            bid.problem = static_cast<int>(Code::ciphertextInvalid); // the phone would refuse all of them for it
        } else if (read.problem == 0 && together + key.size() > limits::kTbsMax) {
            bid.problem = static_cast<int>(Code::inputTooLarge);
        }
        const ByteArray<32> sm3 = crypto::sm3(key);
        if (bid.problem == 0) bid.item = kept ? itemOf(approved, sm3, prepared.bids) : static_cast<int>(prepared.tbs.size());
        if (bid.problem == 0 && bid.item < 0) bid.problem = static_cast<int>(Code::fileChanged); // another one lies there now
        if (bid.item >= 0) {
            together += key.size();
            const QString name = file ? QString::fromStdString(file->body().fileName) : QFileInfo(bid.source).fileName();
            bid.header = file ? file->header().der() : read.sm3;
            bid.size = file ? file->body().contentSize : read.size;
            bid.out = QDir(errand.out).filePath(file ? name : QString::fromStdString(openedNameOf(bid.source)));
            if (const QString done = kept ? doneOf(*kept, bid.source) : QString(); QFileInfo(done).isFile()) {
                bid.out = done;
                bid.isThere = true;
            }
            QJsonObject entry = fileEntry(name, static_cast<qint64>(key.size()), sm3);
            if (const auto id = file ? bidOf(*file) : std::nullopt) bid.id = QString::fromStdString(toHex(*id));
            if (!bid.id.isEmpty()) entry[QStringLiteral("envelope")] = bid.id;
            if (kept) entries[bid.item] = entry;
            else entries.append(entry);
            const auto mine = file ? file->body().project : std::nullopt;
            oneProject = oneProject && (prepared.tbs.empty() || mine == project);
            prepared.tbs.emplace_back(reinterpret_cast<const char *>(key.data()), static_cast<qsizetype>(key.size()));
            project = mine;
        }
        prepared.bids.push_back(std::move(bid));
    }
    if (prepared.bids.empty()) return {std::nullopt, static_cast<int>(Code::fileUnreadable)};
    if (prepared.tbs.empty()) return noneOf<Prepared>(prepared.bids);
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
    if (!data) return {std::nullopt, static_cast<int>(data.problem() == Code::fileUnknown ? Code::ciphertextInvalid : data.problem())};

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
        if (bid.item < 0 || bid.isThere) continue;
        const QJsonValue box = sealed.at(bid.item);
        const auto bytes = fromHex(box.toString().toStdString());
        if (!box.isString() || !bytes) {
            bid.problem = static_cast<int>(Code::personRefused); // left out before the PIN
        } else if (auto key = crypto::openBox(*prepared.boxKey, *bytes)) {
            // Empty: the phone could not open this one.
            bid.problem = key->empty() ? static_cast<int>(Code::ciphertextInvalid) : bid.content == Bid::Content::envelope ? openOne(bid, *key, prepared.trust, meter.of()) : openOther(bid, *key);
            if (bid.problem == static_cast<int>(Code::cancelled)) return {std::nullopt, bid.problem}; // nobody waits for the others
        } else {
            bid.problem = static_cast<int>(Code::answerUnfit); // not the file's fault: asked for again, it opens
        }
        meter.next(bid.size);
        anyOpened = anyOpened || bid.problem == 0;
        if (bid.problem != 0) bid.out.clear();
        else if (opened) opened(bid);
    }
    for (Bid &bid : finished.bids) { // each is read whole for its signature: that comes behind what is still shut
        if (bid.item < 0 || !bid.isThere) continue;
        bid.sender = senderOfOpened(bid, prepared.trust, meter.of());
        meter.next(bid.size);
        anyOpened = true;
    }
    if (!anyOpened) return noneOf<Finished>(finished.bids);
    const auto first = std::ranges::find(finished.bids, 0, &Bid::problem);
    finished.out = first->out;
    return {std::move(finished), 0};
}

void forgetCut(const std::vector<Bid> &bids)
{
    for (const Bid &bid : bids)
        if (bid.item >= 0 && !bid.isThere && bid.content == Bid::Content::envelope) envelope::forgetCutOpening(bid.header, QFileInfo(bid.out).absolutePath().toStdString());
}

} // namespace hufu::desk_app
