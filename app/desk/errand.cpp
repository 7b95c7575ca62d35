#include "app/desk/errand.h"

#include "app/catalogue/catalogue.h"
#include "app/desk/bid_sealing.h"
#include "app/desk/stamping.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/encryption.h"
#include "shield/documents/enveloped.h"
#include "shield/intent/tbs.h"
#include "shield/x509/certificate.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <algorithm>
#include <cerrno>

namespace hufu::desk_app {

QString actOf(ErrandKind kind)
{
    switch (kind) {
    case ErrandKind::enrol:
        return QStringLiteral("enrol");
    case ErrandKind::login:
        return QStringLiteral("login");
    case ErrandKind::sign:
        return QStringLiteral("sign");
    case ErrandKind::open:
    case ErrandKind::openBids:
        return QStringLiteral("decrypt");
    case ErrandKind::sealBids:
        return QStringLiteral("encrypt");
    case ErrandKind::stampPdf:
        return QStringLiteral("seal");
    case ErrandKind::encryptFiles:
        return QStringLiteral("encrypt-files");
    }
    return {};
}

using catalogue::Code;

static constexpr qint64 kPiece = 1 << 20;
static constexpr int kNamesTried = 1000;

static ByteView octetsOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}

template <typename T> static Outcome<T> failed(Code code)
{
    return {std::nullopt, static_cast<int>(code)};
}

qsizetype indexOf(const QJsonArray &holders, const QString &person)
{
    const auto it = std::ranges::find_if(holders, [&person](const QJsonValue &holder) { return holder[QLatin1String("account")].toString() == person; });
    return it - holders.begin();
}

QJsonObject fileEntry(const QString &name, qint64 size, const ByteArray<32> &sm3)
{
    return {{QStringLiteral("name"), name.normalized(QString::NormalizationForm_C)},
            {QStringLiteral("size"), size},
            {QStringLiteral("sm3"), QString::fromStdString(toHex(sm3))}};
}

std::optional<FileDigest> digestOf(const QString &path, QByteArray *whole)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) return std::nullopt;
    crypto::Sm3 hash;
    FileDigest digest;
    while (!file.atEnd()) {
        const QByteArray piece = file.read(kPiece);
        if (piece.isEmpty()) return std::nullopt;
        hash.update(octetsOf(piece));
        digest.size += piece.size();
        if (whole) whole->append(piece);
    }
    digest.sm3 = hash.finish();
    return digest;
}

QJsonObject platformOfDesk()
{
    return {{QStringLiteral("id"), QStringLiteral("hufu-desk")},
            {QStringLiteral("name"), QStringLiteral("虎符电脑端 Hufu Desk")}};
}

int lengthProblem(const QJsonObject &draft)
{
    static constexpr std::size_t kOfTheServer = 2 * 1024; // nonce and time, the names of desk, network, company and person
    const auto length = static_cast<std::size_t>(QJsonDocument(draft).toJson(QJsonDocument::Compact).size());
    return length > limits::kManifestMax - kOfTheServer ? static_cast<int>(Code::approvalTooLong) : 0;
}

// As in the manifest; of what is signed as a file.
static QString wordOf(intent::Form form)
{
    return form == intent::Form::bare ? QStringLiteral("bare") : form == intent::Form::cmsGmt ? QStringLiteral("cms-gmt") : QStringLiteral("cms");
}

QString endingOf(intent::Form form)
{
    return form == intent::Form::bare ? QStringLiteral(".sig") : QStringLiteral(".p7s");
}

// "bid.pdf.p7m" was made of "bid.pdf"; of other files nobody knows it.
QString openedName(const QString &file)
{
    static const QString kEnding = QStringLiteral(".p7m");
    const bool isNamed = file.endsWith(kEnding, Qt::CaseInsensitive) && QFileInfo(file).fileName().size() > kEnding.size();
    return isNamed ? file.chopped(kEnding.size()) : file + QStringLiteral(".opened");
}

bool isEnvelopedData(const QString &path)
{
    static constexpr qint64 kLooked = 64;
    static constexpr char kPkcs7[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", kGm[] = "\x06\x0a\x2a\x81\x1c\xcf\x55\x06\x01\x04\x02\x03"; // DER of the content types
    QFile file(path);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)) return false;
    const QByteArray start = file.read(kLooked);
    return start.contains(QByteArray::fromRawData(kPkcs7, sizeof kPkcs7 - 1)) || start.contains(QByteArray::fromRawData(kGm, sizeof kGm - 1)) ||
           start.startsWith("-----BEGIN CMS-----") || start.startsWith("-----BEGIN PKCS7-----");
}

static constexpr qint64 kInsideMost = 15 << 20; // of content in a signature's file, which is read as a whole

static std::optional<Bytes> signatureFileIn(const QString &path)
{
    static constexpr qint64 kMost = 16 << 20;
    QFile file(path);
    if (!path.endsWith(QLatin1String(".p7s"), Qt::CaseInsensitive) || !QFileInfo(file).isFile() || file.size() > kMost || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray all = file.readAll();
    if (!documents::Cms::parse(octetsOf(all))) return std::nullopt;
    return bytesOf(octetsOf(all));
}

bool isSignatureFile(const QString &path)
{
    return signatureFileIn(path).has_value();
}

// One file of the manifest's. In: tbs, which gets a bare signature's bytes. Returns: HF-nnn, or 0.
static int addToSign(const QString &path, bool bare, QJsonArray &entries, std::vector<QByteArray> &tbs)
{
    const QFileInfo file(path);
    if (!file.isFile() || !file.isReadable()) return static_cast<int>(Code::fileUnreadable);
    if (bare && file.size() > static_cast<qint64>(limits::kTbsMax)) return static_cast<int>(Code::fileTooLarge);
    qint64 together = file.size(); // one message takes all of them to the phone
    for (const QByteArray &other : tbs)
        together += other.size();
    if (bare && together > static_cast<qint64>(limits::kTbsMax)) return static_cast<int>(Code::inputTooLarge);
    QByteArray whole;
    const auto digest = digestOf(path, bare ? &whole : nullptr);
    if (!digest) return static_cast<int>(Code::fileUnreadable);
    if (bare) tbs.push_back(whole);
    entries.append(fileEntry(file.fileName(), digest->size, digest->sm3));
    return 0;
}

// One more signature on others' file: over the same document, under the same identifiers.
static Outcome<Prepared> prepareCosign(const QString &path, Bytes der)
{
    const auto cms = documents::Cms::parse(der);
    const ByteArray<32> &digest = cms->signers.front().attributes.messageDigest;
    const QString document = path.chopped(static_cast<int>(QLatin1String(".p7s").size()));
    QJsonArray entries;
    std::vector<QByteArray> none;
    if (cms->content) {
        if (crypto::sm3(*cms->content) != digest) return failed<Prepared>(Code::signatureInvalid);
        entries.append(fileEntry(QFileInfo(document).fileName(), static_cast<qint64>(cms->content->size()), digest));
    } else if (const int problem = addToSign(document, false, entries, none); problem != 0) {
        return {std::nullopt, problem};
    }
    if (entries.at(0)[QLatin1String("sm3")].toString().toStdString() != toHex(digest)) return failed<Prepared>(Code::signatureInvalid);
    Prepared prepared;
    prepared.draft = {{QStringLiteral("act"), QStringLiteral("sign")},
                      {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("form"), wordOf(cms->dialect == documents::Dialect::gmt0010 ? intent::Form::cmsGmt : intent::Form::cms)},
                      {QStringLiteral("files"), entries}};
    prepared.cosigned = std::make_shared<const Bytes>(std::move(der));
    return {prepared, 0};
}

static Outcome<Prepared> prepareSign(const Errand &errand)
{
    const bool bare = errand.form == intent::Form::bare;
    if (auto others = bare || !errand.files.isEmpty() ? std::nullopt : signatureFileIn(errand.file)) return prepareCosign(errand.file, std::move(*others));
    if (errand.contentInside && !bare)
        for (const QString &path : errand.files.isEmpty() ? QStringList{errand.file} : errand.files)
            if (QFileInfo(path).size() > kInsideMost) return failed<Prepared>(Code::inputTooLarge);
    Prepared prepared;
    QJsonArray entries;
    for (const QString &path : errand.files) {
        Bid bid;
        bid.source = path;
        bid.out = QDir(errand.out).filePath(QFileInfo(path).fileName() + endingOf(errand.form));
        const auto item = static_cast<int>(entries.size());
        bid.problem = addToSign(path, bare, entries, prepared.tbs);
        if (bid.problem == 0) bid.item = item;
        prepared.bids.push_back(std::move(bid));
    }
    const int problem = prepared.bids.empty() ? addToSign(errand.file, bare, entries, prepared.tbs) : 0;
    if (entries.isEmpty()) return prepared.bids.empty() ? Outcome<Prepared>{std::nullopt, problem} : noneOf<Prepared>(prepared.bids);
    prepared.draft = {{QStringLiteral("act"), QStringLiteral("sign")},
                      {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("form"), wordOf(errand.form)},
                      {QStringLiteral("files"), entries}};
    if (const int tooLong = lengthProblem(prepared.draft); tooLong != 0) return {std::nullopt, tooLong};
    return {prepared, 0};
}

static Outcome<Prepared> prepareOpen(const Errand &errand, ports::Random &random)
{
    QFile file(errand.file);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
        return failed<Prepared>(Code::fileUnreadable);
    if (file.size() > static_cast<qint64>(limits::kTbsMax)) return failed<Prepared>(Code::ciphertextInvalid);
    const QByteArray content = file.readAll();
    if (!documents::checkCiphertext(octetsOf(content))) return failed<Prepared>(Code::ciphertextInvalid);
    Prepared prepared;
    prepared.tbs.push_back(content);
    prepared.boxKey = std::make_shared<crypto::BoxKey>(crypto::BoxKey::generate(random));
    prepared.draft = {{QStringLiteral("act"), QStringLiteral("decrypt")},
                      {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("deskKey"), QString::fromStdString(toHex(prepared.boxKey->publicKey()))},
                      {QStringLiteral("files"),
                       QJsonArray{fileEntry(QFileInfo(errand.file).fileName(), content.size(), crypto::sm3(octetsOf(content)))}}};
    return {prepared, 0};
}

int nameCiphertexts(Prepared &prepared, const QJsonArray &holders)
{
    if (prepared.draft.value(QLatin1String("act")).toString() != QLatin1String("decrypt") || holders.isEmpty()) return 0;
    const auto isNamed = [](const QJsonValue &holder) { return holder[QLatin1String("namedCiphertext")].toBool(); };
    if (prepared.account.isEmpty() && !std::ranges::all_of(holders, [&](const QJsonValue &holder) { return isNamed(holder) == isNamed(holders[0]); }))
        prepared.account = holders[0][QLatin1String("account")].toString();
    const qsizetype whose = prepared.account.isEmpty() ? 0 : indexOf(holders, prepared.account);
    if (whose >= holders.size() || !isNamed(holders[whose])) return 0;
    QJsonArray files = prepared.draft.value(QLatin1String("files")).toArray();
    for (qsizetype i = 0; i < files.size(); ++i) {
        const auto ciphertext = x509::parseSm2Cipher(octetsOf(prepared.tbs[static_cast<std::size_t>(i)]));
        const auto c1 = ciphertext ? ciphertext->c1.encode() : Result<ByteArray<65>>(ciphertext.error());
        if (!c1) return static_cast<int>(Code::ciphertextInvalid);
        QJsonObject file = files[i].toObject();
        file[QStringLiteral("c1")] = QString::fromStdString(toHex(*c1));
        files[i] = file;
    }
    prepared.draft[QStringLiteral("files")] = files;
    return lengthProblem(prepared.draft);
}

// Looked at before anybody is asked to approve what could not be kept.
bool canHoldResult(const Errand &errand)
{
    const bool isOfSeveral = errand.kind == ErrandKind::sign && !errand.files.isEmpty();
    const QFileInfo folder(isOfSeveral ? errand.out : QFileInfo(errand.out).absolutePath());
    return folder.isDir() && folder.isWritable();
}

Outcome<Prepared> prepare(const Errand &errand, ports::Random &random)
{
    const bool leavesFile = errand.kind == ErrandKind::sign || errand.kind == ErrandKind::open;
    if (leavesFile && !canHoldResult(errand)) return failed<Prepared>(Code::fileUnwritable);
    switch (errand.kind) {
    case ErrandKind::enrol:
        return {Prepared(), 0};
    case ErrandKind::login: {
        Prepared prepared;
        prepared.draft = {{QStringLiteral("act"), QStringLiteral("login")},
                          {QStringLiteral("platform"), platformOfDesk()}};
        return {prepared, 0};
    }
    case ErrandKind::sign:
        return prepareSign(errand);
    case ErrandKind::open:
        return prepareOpen(errand, random);
    case ErrandKind::openBids:
    case ErrandKind::sealBids:
    case ErrandKind::stampPdf:
    case ErrandKind::encryptFiles:
        break; // bid_opening.h, bid_sealing.h, stamping.h, file_encryption.h
    }
    return failed<Prepared>(Code::internal);
}

// Flushed first: commit() of Qt 6.4 takes what is still buffered for written, and a full disk would leave an empty signature.
int writeWhole(const QString &path, ByteView content)
{
    QSaveFile file(path);
    const auto size = static_cast<qint64>(content.size());
    errno = 0;
    const bool isWhole = file.open(QIODevice::WriteOnly) &&
                         file.write(reinterpret_cast<const char *>(content.data()), size) == size && file.flush() && file.commit();
    // ResourceError: so Qt calls ENOSPC. EDQUOT is a quota's, EFBIG a file's own limit.
    const bool isFull = errno == EDQUOT || errno == EFBIG || file.error() == QFileDevice::ResourceError;
    if (isWhole) return 0;
    return static_cast<int>(isFull ? Code::diskFull : Code::fileUnwritable);
}

static QString numbered(const QString &path, int number)
{
    if (number == 1) return path;
    const QFileInfo info(path);
    const QString suffix = info.suffix().isEmpty() ? QString() : QLatin1Char('.') + info.suffix();
    return info.dir().filePath(QStringLiteral("%1 (%2)%3").arg(info.completeBaseName()).arg(number).arg(suffix));
}

Outcome<QString> writableName(const QString &wished, const std::function<int(const QString &)> &write)
{
    for (int number = 1; number <= kNamesTried; ++number) {
        const QString path = numbered(wished, number);
        const int problem = write(path);
        if (problem == 0) return {path, 0};
        if (problem != static_cast<int>(Code::fileExists)) return failed<QString>(static_cast<Code>(problem));
    }
    return failed<QString>(Code::fileExists);
}

// The name is asked for and taken in one step, so that nobody else can have it in between. Returns: HF-nnn, or 0.
static int writeNew(const QString &path, ByteView content)
{
    QFile reserved(path);
    if (!reserved.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        const bool taken = QFileInfo::exists(path) || QFileInfo(path).isSymLink();
        return static_cast<int>(taken ? Code::fileExists : Code::fileUnwritable);
    }
    reserved.close();
    const int problem = writeWhole(path, content);
    if (problem != 0) reserved.remove();
    return problem;
}

Outcome<QString> writeFresh(const QString &wished, ByteView content)
{
    return writableName(wished, [content](const QString &candidate) { return writeNew(candidate, content); });
}

static Outcome<Finished> writeResult(const QString &wished, ByteView content, Finished finished)
{
    const auto path = writeFresh(wished, content);
    if (!path.value) return {std::nullopt, path.problem};
    finished.out = *path.value;
    finished.renamed = finished.out != wished;
    return {finished, 0};
}

static Outcome<Finished> finishOpen(const Errand &errand, const Prepared &prepared, const QJsonObject &outcome,
                                    Finished finished)
{
    const auto sealed =
        fromHex(outcome.value(QLatin1String("sealed")).toArray().at(0).toString().toStdString());
    if (!sealed) return failed<Finished>(Code::malformed);
    auto plain = crypto::openBox(*prepared.boxKey, *sealed);
    if (!plain || plain->empty()) return failed<Finished>(Code::ciphertextInvalid);
    if (!prepared.enveloped) return writeResult(errand.out, plain->expose(), std::move(finished));
    if (plain->size() != crypto::kSm4KeyBytes) return failed<Finished>(Code::ciphertextInvalid);
    const auto content = prepared.enveloped->open(crypto::Sm4Key::adopt(plain->fill().first<crypto::kSm4KeyBytes>()));
    if (!content) return failed<Finished>(Code::ciphertextInvalid);
    return writeResult(errand.out, content->expose(), std::move(finished));
}

// The document as it was signed, to be put into its signature's file.
static Result<Bytes> contentOf(const QString &path)
{
    QFile file(path);
    if (file.size() > kInsideMost || !file.open(QIODevice::ReadOnly)) return Error(Errc::unavailable, "the file has gone");
    return bytesOf(octetsOf(file.readAll()));
}

// What goes into the file: r and s in DER, the 64 bytes of Ed25519 as they are, or CMS. In: content, for inside it; cosigned, what others
// have signed.
static Result<Bytes> signatureFile(intent::Form form, const x509::Certificate &certificate,
                                   const Result<x509::Certificate> &issuing, ByteView tbs,
                                   const ByteArray<64> &signature, std::optional<Bytes> content, const Bytes *cosigned)
{
    const bool ed25519 = certificate.publicKey().suite() == crypto::Suite::frost;
    if (ed25519 && form == intent::Form::bare) return bytesOf(signature);
    HUFU_TRY(sm2, x509::Sm2Signature::fromRaw(signature));
    if (form == intent::Form::bare) return sm2.der();
    documents::CmsDraft draft;
    draft.signatures.push_back({bytesOf(tbs), sm2, certificate});
    if (issuing) draft.certificates.push_back(*issuing);
    if (cosigned != nullptr) return documents::addSignature(*cosigned, draft.signatures.front(), draft.certificates);
    draft.content = std::move(content);
    return documents::buildCms(draft);
}

namespace {

struct JudgedSignature {
    Bytes tbs;
    ByteArray<64> signature{};
};

} // namespace

// The signature of an item is judged before anybody relies on it.
static Outcome<JudgedSignature> judgedSignature(const Prepared &prepared, const intent::Manifest &manifest, const x509::Certificate &certificate, std::size_t item,
                                       const QString &hex)
{
    const auto raw = fromHex(hex.toStdString());
    const auto signature = raw ? fixedBytes<64>(*raw) : Result<ByteArray<64>>(raw.error());
    if (!signature) return failed<JudgedSignature>(Code::malformed);
    Bytes tbs;
    if (!prepared.tbs.empty()) {
        tbs = bytesOf(octetsOf(prepared.tbs[item]));
    } else {
        auto built = intent::buildTbs(manifest, item);
        if (!built) return failed<JudgedSignature>(Code::malformed);
        tbs = std::move(*built);
    }
    if (!certificate.publicKey().verify(tbs, *signature)) return failed<JudgedSignature>(Code::signatureInvalid);
    return {JudgedSignature{std::move(tbs), *signature}, 0};
}

static Outcome<Finished> finishSigned(const Errand &errand, const Prepared &prepared, const intent::Manifest &manifest,
                                      const QJsonObject &outcome, Finished finished)
{
    const std::string pem = outcome.value(QLatin1String("certificate")).toString().toStdString();
    const auto certificate = x509::Certificate::parsePem(pem);
    if (!certificate) return failed<Finished>(Code::certificateInvalid);
    const auto issuing = x509::Certificate::parsePem(outcome.value(QLatin1String("issuing")).toString().toStdString());
    const QJsonArray signatures = outcome.value(QLatin1String("signatures")).toArray();
    finished.signer = QString::fromStdString(certificate->subject().commonName);
    const auto one = [&](std::size_t item, const QString &source, const QString &wished) -> Outcome<QString> {
        const auto signature = judgedSignature(prepared, manifest, *certificate, item, signatures.at(static_cast<qsizetype>(item)).toString());
        if (!signature.value) return {std::nullopt, signature.problem};
        if (wished.isEmpty()) return {QString(), 0};
        std::optional<Bytes> content;
        if (errand.contentInside && errand.form != intent::Form::bare && !prepared.cosigned) {
            auto read = contentOf(source);
            if (!read) return failed<QString>(Code::fileUnreadable);
            if (crypto::sm3(*read) != manifest.files[item].sm3) return failed<QString>(Code::fileChanged);
            content = std::move(*read);
        }
        const auto file = signatureFile(errand.form, *certificate, issuing, signature.value->tbs, signature.value->signature, std::move(content), prepared.cosigned.get());
        return file ? writeFresh(wished, *file) : failed<QString>(Code::signatureInvalid);
    };
    if (prepared.bids.empty()) {
        finished.signature = signatures.at(0).toString();
        const auto out = one(0, errand.file, errand.kind == ErrandKind::sign ? errand.out : QString());
        if (!out.value) return {std::nullopt, out.problem};
        finished.out = *out.value;
        finished.renamed = errand.kind == ErrandKind::sign && finished.out != errand.out;
        return {finished, 0};
    }
    finished.bids = prepared.bids;
    for (Bid &bid : finished.bids) {
        const bool isLeftOut = bid.item >= 0 && !signatures.at(bid.item).isString(); // before the PIN
        const auto out = bid.item < 0 ? Outcome<QString>{std::nullopt, bid.problem} : isLeftOut ? failed<QString>(Code::personRefused) : one(static_cast<std::size_t>(bid.item), bid.source, bid.out);
        bid.out = out.value.value_or(QString());
        bid.problem = out.problem;
    }
    const auto first = std::ranges::find(finished.bids, 0, &Bid::problem);
    if (first == finished.bids.end()) return noneOf<Finished>(finished.bids);
    finished.out = first->out;
    finished.signature = signatures.at(first->item).toString();
    return {finished, 0};
}

QString nameOf(Sender::Standing standing)
{
    static constexpr const char *kNames[] = {"", "nobody", "good", "unchecked", "outOfDate", "revokedSince", "revoked"};
    return QLatin1String(kNames[static_cast<std::size_t>(standing)]);
}

bool isOfFile(ErrandKind kind, int problem)
{
    switch (static_cast<Code>(problem)) {
    case Code::manifestRefused: // a name that no phone shows
    case Code::fileTooLarge:
    case Code::tooLargeForOthers:
    case Code::tooLargeForEnvelope:
    case Code::bidOfAnotherProject:
    case Code::envelopeDamaged:
    case Code::fileUnknown:
    case Code::pdfBroken:
    case Code::pdfEncrypted:
    case Code::pdfTooComplex:
    case Code::pdfLocked: return true;
    case Code::certificateInvalid: // of an envelope the sender's, like the signature; of the other acts the signer's
    case Code::signatureInvalid:
    case Code::ciphertextInvalid: return kind == ErrandKind::openBids;
    default: return false;
    }
}

Errand restOf(const Errand &errand, const Finished &finished)
{
    Errand rest = errand;
    rest.files.clear();
    for (const Bid &bid : finished.bids)
        if (bid.problem != 0 && !isOfFile(errand.kind, bid.problem)) rest.files << bid.source;
    if (errand.kind == ErrandKind::openBids) rest.person.clear();
    if (errand.stamp) {
        auto order = std::make_shared<StampOrder>(*errand.stamp);
        std::erase_if(order->wish.documents, [&rest](const StampWish::Document &document) { return !rest.files.contains(document.file); });
        rest.stamp = std::move(order);
    }
    return rest;
}

// What came back must be what was asked for, not another act that the person approved.
static bool isAnswerTo(const Errand &errand, const Prepared &prepared, const intent::Manifest &manifest)
{
    if (errand.kind == ErrandKind::enrol) return manifest.act == intent::Act::enrol;
    const QString act = QString::fromUtf8(intent::nameOf(manifest.act).data(),
                                          static_cast<int>(intent::nameOf(manifest.act).size()));
    if (prepared.draft.value(QLatin1String("act")).toString() != act) return false;
    const QJsonArray files = prepared.draft.value(QLatin1String("files")).toArray();
    return std::ranges::equal(manifest.files, files, [](const intent::File &answered, const QJsonValue &asked) {
        return toHex(answered.sm3) == asked[QLatin1String("sm3")].toString().toStdString();
    });
}

Outcome<Finished> finish(const Errand &errand, const Prepared &prepared, const QJsonObject &outcome,
                         const std::function<bool(int)> &progress, const std::function<void(const Bid &)> &opened)
{
    Finished finished;
    finished.manifest = outcome.value(QLatin1String("manifest")).toString();
    const std::string text = finished.manifest.toStdString();
    const auto manifest = intent::Manifest::parse(viewOf(text));
    if (!manifest || !isAnswerTo(errand, prepared, *manifest)) return failed<Finished>(Code::malformed);
    if (errand.kind == ErrandKind::open) return finishOpen(errand, prepared, outcome, finished);
    if (errand.kind == ErrandKind::openBids) return finishBids(prepared, outcome, finished, progress, opened);
    if (errand.kind == ErrandKind::sealBids) return finishSealing(prepared, *manifest, outcome, finished);
    if (errand.kind == ErrandKind::stampPdf) return finishStamp(prepared, *manifest, outcome, finished, opened);
    return finishSigned(errand, prepared, *manifest, outcome, finished);
}

} // namespace hufu::desk_app
