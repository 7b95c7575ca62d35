#include "app/desk/stamping.h"

#include "app/catalogue/catalogue.h"
#include "app/desk/bid_opening.h"
#include "app/desk/page_list.h"
#include "app/pdf/judging.h"
#include "platform/drawing/seal_picture.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/ses_signature.h"
#include "shield/intent/tbs.h"

#include <QFileInfo>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPainter>
#include <QPdfDocument>
#include <QPdfDocumentRenderOptions>
#include <algorithm>
#include <map>
#include <set>

namespace hufu::desk_app {

namespace {

using catalogue::Code;

constexpr int kViewDotsPerInch = 150;
constexpr int kSignerMost = 64; // characters that are shown
constexpr std::size_t kRoomBesideSeal = 16 * 1024; // certificate, time and signature of an electronic signature

template <typename T> Outcome<T> failed(Code code)
{
    return {std::nullopt, static_cast<int>(code)};
}

QString textIn(const QJsonValue &object, const char *name)
{
    return object[QLatin1String(name)].toString();
}

std::optional<documents::SealFace> faceOf(const QJsonValue &seal)
{
    const auto kind = intent::sealKindOf(textIn(seal, "kind").toStdString());
    const int style = seal[QLatin1String("style")].toInt();
    if (!kind || style < 1 || style > 255) return std::nullopt;
    return documents::SealFace{static_cast<documents::SealForm>(*kind), textIn(seal, "name").toStdString(), textIn(seal, "number").toStdString(),
                               static_cast<std::uint8_t>(style)};
}

// What the manifest says of each seal that is used: its pages all in one list.
QJsonArray sealEntries(const StampOrder &order, const StampWish::Document &document, int lastPage)
{
    std::map<int, std::set<int>> pages;
    std::set<int> ridings;
    for (const auto &place : document.places)
        pages[place.seal].insert(place.pages.begin(), place.pages.end());
    for (const auto &riding : document.ridings) {
        ridings.insert(riding.seal);
        pages[riding.seal]; // also if it stands nowhere
    }
    QJsonArray entries;
    for (const auto &[number, on] : pages) {
        const GrantedSeal &seal = order.seals[static_cast<std::size_t>(number)];
        QJsonObject entry{{QStringLiteral("grant"), seal.grant}, {QStringLiteral("kind"), seal.kind}, {QStringLiteral("name"), seal.name},
                          {QStringLiteral("purpose"), seal.purpose}};
        if (!on.empty()) entry[QStringLiteral("pages")] = pageListOf({on.begin(), on.end()});
        if (ridings.contains(number)) entry[QStringLiteral("riding")] = QStringLiteral("1-%1").arg(lastPage);
        if (const QString below = textIn(seal.said, "number"); !below.isEmpty()) entry[QStringLiteral("number")] = below;
        if (seal.said.contains(QLatin1String("style"))) entry[QStringLiteral("style")] = seal.said[QLatin1String("style")]; // the phone draws the same
        entries.append(entry);
    }
    return entries;
}

// A seal that is granted for one project alone says which one it is.
QString projectOf(const StampOrder &order)
{
    const auto project = [&order](int seal) { return order.seals[static_cast<std::size_t>(seal)].project; };
    for (const auto &document : order.wish.documents) {
        for (const auto &place : document.places)
            if (!project(place.seal).isEmpty()) return project(place.seal);
        for (const auto &riding : document.ridings)
            if (!project(riding.seal).isEmpty()) return project(riding.seal);
    }
    return {};
}

// Whether the electronic seal is the one that was chosen, holds, and names who will sign. Made a moment ago, it may be younger than
// this computer's clock.
bool isOwn(ByteView electronic, const GrantedSeal &chosen, const QJsonArray &holders, const x509::Certificate &sender, std::int64_t nowMs)
{
    const auto seal = documents::SesSeal::parse(electronic);
    if (!seal || seal->info.name != chosen.name.toStdString()) return false;
    const std::int64_t atMs = std::max(nowMs, seal->info.createdMs);
    return seal->info.names(sender) && documents::judgeSeal(*seal, trustOf(holders), atMs, atMs).isValid();
}

// The frame of a signature, with as much of its signer's name as has room.
void drawSeen(QPainter &painter, const SeenSignature &signature, const QSize &paper)
{
    const QRectF frame(signature.place.x() * paper.width(), signature.place.y() * paper.height(), signature.place.width() * paper.width(),
                       signature.place.height() * paper.height());
    const QColor ink(0xb0, 0x20, 0x20);
    painter.fillRect(frame, QColor(0xff, 0xee, 0xe8, 0xa0));
    painter.setPen(QPen(ink, std::max(1.0, paper.width() / 400.0), Qt::DashLine));
    painter.drawRect(frame);
    QFont font;
    font.setPixelSize(std::clamp(static_cast<int>(frame.height() / 6), 6, std::max(6, paper.width() / 40)));
    painter.setFont(font);
    painter.drawText(frame, Qt::AlignCenter | Qt::TextWrapAnywhere, signature.signer);
}

pdf::SealOrder orderOf(const StampOrder &stamp, const StampWish::Document &document, std::size_t pages)
{
    pdf::SealOrder order;
    for (const GrantedSeal &seal : stamp.seals)
        order.images.push_back(seal.image);
    const auto side = [&stamp](int seal) { return stamp.seals[static_cast<std::size_t>(seal)].side; };
    for (const auto &place : document.places)
        for (const int page : place.pages)
            order.places.push_back({static_cast<std::size_t>(place.seal), static_cast<std::size_t>(page) - 1, place.left, place.top, side(place.seal), side(place.seal)});
    for (const auto &riding : document.ridings) {
        pdf::RidingSeal across;
        across.image = static_cast<std::size_t>(riding.seal);
        across.lastPage = pages - 1;
        across.top = riding.top;
        across.width = across.height = side(riding.seal);
        order.ridings.push_back(across);
    }
    return order;
}

// Every item has a revision of its own.
ByteArray<16> revisionOf(const ByteArray<16> &revision, std::size_t item)
{
    const auto digest = crypto::sm3(Writer().raw(revision).u32(static_cast<std::uint32_t>(item)).take());
    ByteArray<16> out;
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

// One document on its way: what the manifest says of it, and the file that waits for its signature.
struct Pressed {
    QJsonObject entry;
    std::shared_ptr<pdf_app::Sealing> sealing;
    Bytes electronic;
};

// Returns: 0, or HF-nnn.
int pressOne(const StampOrder &stamp, std::size_t number, const x509::Certificate &sender, const QJsonArray &holders, const Prepared &prepared, const QStringList &taken,
             ports::Random &random, Bid &bid, Pressed &pressed)
{
    const StampWish::Document &document = stamp.wish.documents[number];
    const auto facts = pdf_app::look(document.file.toStdString());
    if (!facts) return static_cast<int>(facts.problem());
    const int pages = static_cast<int>(facts->pages.size());
    QJsonArray seals = sealEntries(stamp, document, pages);
    const auto first = firstSealOf(document);
    if (!first) return static_cast<int>(Code::sealInactive);
    const GrantedSeal &chosen = stamp.seals[static_cast<std::size_t>(*first)];

    pdf::SealOrder order = orderOf(stamp, document, facts->pages.size());
    order.timeMs = prepared.stampedMs;
    order.revisionId = revisionOf(prepared.revision, prepared.stampings.size());
    order.signer = sender.subject().commonName;
    order.reason = chosen.purpose.toStdString();
    if (stamp.wish.electronic) {
        const auto given = stamp.electronic.find(chosen.grant);
        const ByteView seal = given == stamp.electronic.end() ? ByteView() : ByteView(given->second);
        if (seals.size() != 1 || !isOwn(seal, chosen, holders, sender, prepared.stampedMs)) return static_cast<int>(Code::sealRefused);
        pressed.electronic = bytesOf(seal);
        order.form = pdf::SignatureForm::ses;
        order.room = seal.size() + kRoomBesideSeal;
        QJsonObject entry = seals.at(0).toObject();
        entry[QStringLiteral("electronic")] = QString::fromStdString(toHex(crypto::sm3(seal)));
        seals[0] = entry;
    }
    const auto path = writableName(bid.out, [&](const QString &candidate) {
        if (taken.contains(candidate)) return static_cast<int>(Code::fileExists);
        auto begun = pdf_app::Sealing::begin(document.file.toStdString(), candidate.toStdString(), false, order, random);
        if (!begun) return static_cast<int>(begun.problem());
        pressed.sealing = std::move(*begun);
        return 0;
    });
    if (!path.value) return path.problem;
    bid.out = *path.value;
    pressed.entry = fileEntry(QFileInfo(document.file).fileName(), QFileInfo(document.file).size(), pressed.sealing->digest());
    pressed.entry[QStringLiteral("pages")] = pages;
    pressed.entry[QStringLiteral("seals")] = seals;
    return 0;
}

QJsonObject draftOf(const StampOrder &stamp, const QJsonArray &files)
{
    QJsonObject draft{{QStringLiteral("act"), QStringLiteral("seal")}, {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("form"), stamp.wish.electronic ? QStringLiteral("ses") : QStringLiteral("cms")}, {QStringLiteral("files"), files}};
    if (const QString project = projectOf(stamp); !project.isEmpty())
        draft[QStringLiteral("project")] = QJsonObject{{QStringLiteral("id"), project}, {QStringLiteral("name"), project}};
    return draft;
}

// Of all documents that have a seal, before any of them is looked into: at least as long as what will be asked for.
QJsonArray sketchOf(const StampOrder &stamp)
{
    static constexpr int kPagesMost = 10'000;
    QJsonArray entries;
    for (const StampWish::Document &document : stamp.wish.documents) {
        if (!firstSealOf(document)) continue;
        QJsonArray seals = sealEntries(stamp, document, kPagesMost);
        if (stamp.wish.electronic) {
            QJsonObject seal = seals.at(0).toObject();
            seal[QStringLiteral("electronic")] = QString::fromStdString(toHex(ByteArray<32>{}));
            seals[0] = seal;
        }
        QJsonObject entry = fileEntry(QFileInfo(document.file).fileName(), QFileInfo(document.file).size(), {});
        entry[QStringLiteral("pages")] = kPagesMost;
        entry[QStringLiteral("seals")] = seals;
        entries.append(entry);
    }
    return entries;
}

QString stampedName(const QString &folder, const QString &file)
{
    return QDir(folder).filePath(QFileInfo(file).completeBaseName() + QStringLiteral("-sealed.pdf"));
}

// In: signature, of that item, hexadecimal. Returns: 0, or HF-nnn.
int signOne(const Prepared &prepared, const intent::Manifest &manifest, std::size_t item, const std::vector<x509::Certificate> &certificates, const QString &signature)
{
    const auto raw = fromHex(signature.toStdString());
    const auto bytes = raw ? fixedBytes<64>(*raw) : Result<ByteArray<64>>(Error(Errc::badInput, "signature"));
    const Bytes &seal = prepared.electronic[item];
    const auto tbs = seal.empty() ? intent::buildTbs(manifest, item) : intent::buildSesTbs(manifest, item, seal);
    if (!bytes || !tbs) return static_cast<int>(Code::malformed);
    const x509::Certificate &signer = certificates.front();
    const auto sm2 = x509::Sm2Signature::fromRaw(*bytes);
    if (!sm2 || !signer.publicKey().verify(*tbs, *bytes)) return static_cast<int>(Code::signatureInvalid);
    const auto file = seal.empty() ? documents::buildDetachedCms(*tbs, *sm2, certificates) : documents::buildSesSignature(*tbs, signer, *sm2);
    if (!file) return static_cast<int>(file.error().code == Errc::refused ? Code::sealRefused : Code::signatureInvalid);
    const auto sealed = prepared.stampings[item]->finish(*file);
    return sealed ? 0 : static_cast<int>(sealed.problem());
}

} // namespace

std::optional<int> firstSealOf(const StampWish::Document &document)
{
    if (!document.places.empty()) return document.places.front().seal;
    return document.ridings.empty() ? std::nullopt : std::optional(document.ridings.front().seal);
}

std::optional<int> firstSealOf(const StampWish &wish)
{
    for (const StampWish::Document &document : wish.documents)
        if (const auto seal = firstSealOf(document)) return seal;
    return std::nullopt;
}

SealsOfDesk drawnSeals(const QJsonArray &holders)
{
    SealsOfDesk out;
    for (int holder = 0; holder < holders.size(); ++holder) {
        const QString person = textIn(holders[holder], "person");
        for (const QJsonValue &seal : holders[holder][QLatin1String("seals")].toArray()) {
            const auto face = faceOf(seal);
            if (!face) continue;
            const auto picture = drawing::SealPicture::draw(*face);
            if (!picture) continue;
            const auto image = pdf_app::imageOf(*picture);
            const auto view = picture->image(kViewDotsPerInch);
            if (!image || !view) continue;
            GrantedSeal granted{textIn(seal, "grant"), textIn(seal, "kind"), textIn(seal, "name"), textIn(seal, "purpose"), textIn(seal, "project"), *image,
                                picture->sideMm(), seal.toObject()};
            StampSealView shown;
            shown.kind = granted.kind;
            shown.name = granted.name;
            shown.person = person;
            shown.purpose = granted.purpose;
            shown.project = granted.project;
            shown.image = *view;
            shown.side = granted.side;
            shown.holder = holder;
            out.views.push_back(std::move(shown));
            out.seals.push_back(std::move(granted));
        }
    }
    return out;
}

Outcome<OpenedPdf> openPdf(const QString &path)
{
    const auto facts = pdf_app::look(path.toStdString());
    if (!facts) return failed<OpenedPdf>(facts.problem());
    OpenedPdf out;
    for (const pdf::PdfPage &page : facts->pages)
        out.pages.emplace_back(page.widthMm, page.heightMm);
    out.signatures = static_cast<int>(facts->signatures.size());
    for (const pdf::PdfSignature &signature : facts->signatures) {
        if (signature.page >= facts->pages.size()) continue;
        const pdf::PdfPage &page = facts->pages[signature.page];
        const QRectF place = QRectF(signature.place.left / page.widthMm, signature.place.top / page.heightMm, signature.place.width / page.widthMm,
                                    signature.place.height / page.heightMm)
                                 .intersected(QRectF(0, 0, 1, 1));
        if (!place.isEmpty()) out.seen.push_back({static_cast<int>(signature.page) + 1, place, QString::fromStdString(signature.signer).left(kSignerMost)});
    }
    return {std::move(out), 0};
}

PageSource::PageSource() = default;
PageSource::~PageSource() = default;

QImage PageSource::picture(const QString &path, int page, int width)
{
    if (path != m_path) {
        m_path = path;
        m_document = std::make_unique<QPdfDocument>();
        if (m_document->load(path) != QPdfDocument::Error::None) m_document.reset();
    }
    if (!m_document || page > m_document->pageCount()) return {};
    const QSizeF points = m_document->pagePointSize(page - 1);
    if (points.isEmpty() || width <= 0) return {};
    const int height = static_cast<int>(std::min(points.height() * width / points.width(), 8.0 * width));
    QPdfDocumentRenderOptions options;
    options.setRenderFlags(QPdfDocumentRenderOptions::RenderFlag::Annotations);
    const QImage drawn = m_document->render(page - 1, {width, height}, options);
    if (drawn.isNull()) return {};
    QImage paper(drawn.size(), QImage::Format_RGB32); // what is not drawn is paper
    paper.fill(Qt::white);
    QPainter painter(&paper);
    painter.drawImage(0, 0, drawn);
    if (const auto known = m_seen.find(path); known != m_seen.end())
        for (const SeenSignature &signature : known->second)
            if (signature.page == page) drawSeen(painter, signature, paper.size());
    return paper;
}

Outcome<Prepared> prepareStamp(const Errand &errand, const QJsonArray &holders, ports::Random &random, std::int64_t nowMs, const StampingOnPaper *kept,
                               const BidProgress &progress)
{
    const StampOrder &stamp = *errand.stamp;
    const QJsonValue holder = holders.at(errand.person.isEmpty() ? stamp.holder : indexOf(holders, errand.person));
    const auto sender = x509::Certificate::parsePem(textIn(holder, "sign").toStdString());
    if (!sender) return failed<Prepared>(Code::certificateInvalid);
    if (sender->publicKey().suite() != crypto::Suite::sm2) return failed<Prepared>(Code::keySignsBare); // said before anybody scans
    const auto manifest = kept ? intent::Manifest::parse(kept->manifest) : Result<intent::Manifest>(Error(Errc::notFound, "none"));
    if (kept && (!manifest || manifest->files.size() != stamp.wish.documents.size())) return failed<Prepared>(Code::malformed);
    if (const int problem = kept ? 0 : lengthProblem(draftOf(stamp, sketchOf(stamp))); problem != 0) return {std::nullopt, problem};

    Prepared prepared;
    prepared.sender = *sender;
    prepared.whose = QString::fromStdString(sender->subject().commonName);
    prepared.account = textIn(holder, "account");
    prepared.stampedMs = kept ? kept->madeMs : nowMs;
    prepared.revision = kept ? kept->revision : random.bytes<16>("pdf-revision");
    QJsonArray entries;
    QStringList taken;
    std::int64_t total = 0, before = 0;
    for (const StampWish::Document &document : stamp.wish.documents)
        total += QFileInfo(document.file).size();
    for (std::size_t i = 0; i < stamp.wish.documents.size(); ++i) {
        if (i > 0 && progress && !progress(total == 0 ? 0 : static_cast<int>(before * 100 / total))) return failed<Prepared>(Code::cancelled);
        Bid bid;
        bid.source = stamp.wish.documents[i].file;
        before += QFileInfo(bid.source).size();
        bid.out = stampedName(errand.out, bid.source);
        Pressed pressed;
        const auto done = kept ? kept->done.find(static_cast<int>(i)) : std::map<int, QString>::const_iterator();
        bid.isThere = kept && done != kept->done.end() && QFileInfo(done->second).isFile();
        if (bid.isThere) bid.out = done->second;
        else bid.problem = pressOne(stamp, i, *sender, holders, prepared, taken, random, bid, pressed);
        if (kept) {
            // As it was approved, or not at all: the original may have changed meanwhile.
            if (pressed.sealing && pressed.sealing->digest() != manifest->files[i].sm3) {
                bid.problem = static_cast<int>(Code::fileChanged);
                pressed.sealing.reset();
            }
            pressed.entry = fileEntry(QString::fromStdString(manifest->files[i].name), static_cast<qint64>(manifest->files[i].size), manifest->files[i].sm3);
        }
        if (kept || pressed.sealing) {
            bid.item = static_cast<int>(prepared.stampings.size());
            taken << bid.out;
            entries.append(pressed.entry);
            prepared.stampings.push_back(std::move(pressed.sealing));
            prepared.electronic.push_back(std::move(pressed.electronic));
        }
        prepared.bids.push_back(std::move(bid));
    }
    const bool isAny = std::ranges::any_of(prepared.bids, [](const Bid &bid) { return bid.problem == 0; });
    if (!isAny) return prepared.bids.empty() ? failed<Prepared>(Code::fileUnreadable) : noneOf<Prepared>(prepared.bids);
    prepared.draft = draftOf(stamp, entries);
    return {std::move(prepared), 0};
}

Outcome<Finished> finishStamp(const Prepared &prepared, const intent::Manifest &manifest, const QJsonObject &outcome, Finished finished,
                              const std::function<void(const Bid &)> &stamped)
{
    const auto certificate = x509::Certificate::parsePem(textIn(outcome, "certificate").toStdString());
    if (!certificate) return failed<Finished>(Code::certificateInvalid);
    finished.signer = QString::fromStdString(certificate->subject().commonName);
    std::vector<x509::Certificate> certificates{*certificate};
    if (auto issuing = x509::Certificate::parsePem(textIn(outcome, "issuing").toStdString())) certificates.push_back(std::move(*issuing));
    const QJsonArray signatures = outcome.value(QLatin1String("signatures")).toArray();
    finished.bids = prepared.bids;
    const Bid *first = nullptr;
    for (Bid &bid : finished.bids) {
        const QJsonValue signature = signatures.at(bid.item);
        if (bid.problem == 0 && !bid.isThere) {
            bid.problem = signature.isString() ? signOne(prepared, manifest, static_cast<std::size_t>(bid.item), certificates, signature.toString())
                                               : static_cast<int>(Code::personRefused); // left out before the PIN
            if (bid.problem == 0 && stamped) stamped(bid);
        }
        if (bid.problem != 0) bid.out.clear();
        if (bid.problem != 0 || first != nullptr) continue;
        first = &bid;
        finished.signature = signature.toString();
    }
    if (first == nullptr) return noneOf<Finished>(finished.bids);
    finished.out = first->out;
    finished.renamed = finished.bids.size() == 1 && QFileInfo(first->out).fileName() != QFileInfo(stampedName({}, first->source)).fileName();
    return {std::move(finished), 0};
}

StampingOnPaper onPaper(const Errand &errand, const Prepared &prepared)
{
    StampingOnPaper out;
    out.madeMs = prepared.stampedMs;
    out.revision = prepared.revision;
    out.wish.electronic = errand.stamp->wish.electronic;
    for (std::size_t i = 0; i < prepared.bids.size(); ++i)
        if (prepared.bids[i].item >= 0) out.wish.documents.push_back(errand.stamp->wish.documents[i]);
    for (const GrantedSeal &seal : errand.stamp->seals)
        out.seals << QString::fromUtf8(QJsonDocument(seal.said).toJson(QJsonDocument::Compact));
    out.electronic = errand.stamp->electronic;
    out.out = errand.out;
    out.person = prepared.account;
    return out;
}

Errand errandOf(const StampingOnPaper &kept)
{
    QJsonArray seals;
    for (const QString &seal : kept.seals)
        seals.append(QJsonDocument::fromJson(seal.toUtf8()).object());
    Errand errand;
    errand.kind = ErrandKind::stampPdf;
    errand.out = kept.out;
    errand.person = kept.person;
    for (const StampWish::Document &document : kept.wish.documents)
        errand.files << document.file;
    StampOrder order{kept.wish, drawnSeals({QJsonObject{{QStringLiteral("seals"), seals}}}).seals, 0, kept.electronic};
    const auto isKnown = [&order](const auto &place) { return static_cast<std::size_t>(place.seal) < order.seals.size(); };
    const bool isWhole = std::ranges::all_of(order.wish.documents, [&](const auto &document) {
        return std::ranges::all_of(document.places, isKnown) && std::ranges::all_of(document.ridings, isKnown);
    });
    if (!isWhole || order.seals.size() != static_cast<std::size_t>(kept.seals.size())) order.wish.documents.clear(); // no answer fits them
    errand.stamp = std::make_shared<StampOrder>(std::move(order));
    return errand;
}

} // namespace hufu::desk_app
