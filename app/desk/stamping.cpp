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
#include <QPainter>
#include <QPdfDocument>
#include <algorithm>
#include <map>
#include <set>

namespace hufu::desk_app {

namespace {

using catalogue::Code;

constexpr int kViewDotsPerInch = 150;
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
QJsonArray sealEntries(const StampOrder &order, int lastPage)
{
    std::map<int, std::set<int>> pages;
    std::set<int> ridings;
    for (const auto &place : order.wish.places)
        pages[place.seal].insert(place.pages.begin(), place.pages.end());
    for (const auto &riding : order.wish.ridings) {
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
        entries.append(entry);
    }
    return entries;
}

// A seal that is granted for one project alone says which one it is.
QString projectOf(const StampOrder &order)
{
    const auto project = [&order](int seal) { return order.seals[static_cast<std::size_t>(seal)].project; };
    for (const auto &place : order.wish.places)
        if (!project(place.seal).isEmpty()) return project(place.seal);
    for (const auto &riding : order.wish.ridings)
        if (!project(riding.seal).isEmpty()) return project(riding.seal);
    return {};
}

// Whether the electronic seal is the one that was chosen, holds, and names who will sign. Made a moment ago, it may be younger than
// this computer's clock.
bool isOwn(const StampOrder &stamp, const QJsonArray &holders, const x509::Certificate &sender, std::int64_t nowMs)
{
    const auto seal = documents::SesSeal::parse(stamp.electronic);
    if (!seal || seal->info.name != stamp.seals[static_cast<std::size_t>(firstSealOf(stamp.wish))].name.toStdString()) return false;
    const std::int64_t atMs = std::max(nowMs, seal->info.createdMs);
    return seal->info.names(sender) && documents::judgeSeal(*seal, trustOf(holders), atMs, atMs).isValid();
}

pdf::SealOrder orderOf(const StampOrder &stamp, std::size_t pages)
{
    pdf::SealOrder order;
    for (const GrantedSeal &seal : stamp.seals)
        order.images.push_back(seal.image);
    const auto side = [&stamp](int seal) { return stamp.seals[static_cast<std::size_t>(seal)].side; };
    for (const auto &place : stamp.wish.places)
        for (const int page : place.pages)
            order.places.push_back({static_cast<std::size_t>(place.seal), static_cast<std::size_t>(page) - 1, place.left, place.top, side(place.seal), side(place.seal)});
    for (const auto &riding : stamp.wish.ridings) {
        pdf::RidingSeal across;
        across.image = static_cast<std::size_t>(riding.seal);
        across.lastPage = pages - 1;
        across.top = riding.top;
        across.width = across.height = side(riding.seal);
        order.ridings.push_back(across);
    }
    return order;
}

} // namespace

int firstSealOf(const StampWish &wish)
{
    return wish.places.empty() ? wish.ridings.front().seal : wish.places.front().seal;
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
                                picture->sideMm()};
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
    auto document = std::make_shared<QPdfDocument>();
    if (document->load(path) == QPdfDocument::Error::None && document->pageCount() == static_cast<int>(out.pages.size())) out.document = std::move(document);
    return {std::move(out), 0};
}

QImage pictureOf(QPdfDocument &document, int page, int width)
{
    const QSizeF points = document.pagePointSize(page - 1);
    if (points.isEmpty() || width <= 0) return {};
    const int height = static_cast<int>(std::min(points.height() * width / points.width(), 8.0 * width));
    const QImage drawn = document.render(page - 1, {width, height});
    if (drawn.isNull()) return {};
    QImage paper(drawn.size(), QImage::Format_RGB32); // what is not drawn is paper
    paper.fill(Qt::white);
    QPainter(&paper).drawImage(0, 0, drawn);
    return paper;
}

Outcome<Prepared> prepareStamp(const Errand &errand, const QJsonArray &holders, ports::Random &random, std::int64_t nowMs)
{
    const StampOrder &stamp = *errand.stamp;
    const auto sender = x509::Certificate::parsePem(textIn(holders.at(stamp.holder), "sign").toStdString());
    if (!sender) return failed<Prepared>(Code::certificateInvalid);
    if (sender->publicKey().suite() != crypto::Suite::sm2) return failed<Prepared>(Code::keySignsBare); // said before anybody scans
    const auto facts = pdf_app::look(errand.file.toStdString());
    if (!facts) return failed<Prepared>(facts.problem());
    const int pages = static_cast<int>(facts->pages.size());
    QJsonArray seals = sealEntries(stamp, pages);
    if (seals.isEmpty()) return failed<Prepared>(Code::sealInactive);

    pdf::SealOrder order = orderOf(stamp, facts->pages.size());
    order.timeMs = nowMs;
    order.signer = sender->subject().commonName;
    order.reason = stamp.seals[static_cast<std::size_t>(firstSealOf(stamp.wish))].purpose.toStdString();
    if (stamp.wish.electronic) {
        if (seals.size() != 1 || !isOwn(stamp, holders, *sender, nowMs)) return failed<Prepared>(Code::sealRefused);
        order.form = pdf::SignatureForm::ses;
        order.room = stamp.electronic.size() + kRoomBesideSeal;
        QJsonObject entry = seals.at(0).toObject();
        entry[QStringLiteral("electronic")] = QString::fromStdString(toHex(crypto::sm3(stamp.electronic)));
        seals[0] = entry;
    }

    Prepared prepared;
    prepared.sender = *sender;
    prepared.account = textIn(holders.at(stamp.holder), "account");
    if (stamp.wish.electronic) prepared.electronic = stamp.electronic;
    const auto path = writableName(errand.out, [&](const QString &candidate) {
        auto begun = pdf_app::Sealing::begin(errand.file.toStdString(), candidate.toStdString(), false, order, random);
        if (!begun) return static_cast<int>(begun.problem());
        prepared.stamping = std::move(*begun);
        return 0;
    });
    if (!path.value) return {std::nullopt, path.problem};
    prepared.out = *path.value;

    QJsonObject file = fileEntry(QFileInfo(errand.file).fileName(), QFileInfo(errand.file).size(), prepared.stamping->digest());
    file[QStringLiteral("pages")] = pages;
    file[QStringLiteral("seals")] = seals;
    prepared.draft = {{QStringLiteral("act"), QStringLiteral("seal")}, {QStringLiteral("platform"), platformOfDesk()},
                      {QStringLiteral("form"), stamp.wish.electronic ? QStringLiteral("ses") : QStringLiteral("cms")}, {QStringLiteral("files"), QJsonArray{file}}};
    if (const QString project = projectOf(stamp); !project.isEmpty())
        prepared.draft[QStringLiteral("project")] = QJsonObject{{QStringLiteral("id"), project}, {QStringLiteral("name"), project}};
    return {std::move(prepared), 0};
}

Outcome<Finished> finishStamp(const Prepared &prepared, const intent::Manifest &manifest, const QJsonObject &outcome, Finished finished)
{
    const auto certificate = x509::Certificate::parsePem(textIn(outcome, "certificate").toStdString());
    if (!certificate) return failed<Finished>(Code::certificateInvalid);
    finished.signature = outcome.value(QLatin1String("signatures")).toArray().at(0).toString();
    finished.signer = QString::fromStdString(certificate->subject().commonName);
    const auto raw = fromHex(finished.signature.toStdString());
    const auto signature = raw ? fixedBytes<64>(*raw) : Result<ByteArray<64>>(Error(Errc::badInput, "signature"));
    const bool electronic = !prepared.electronic.empty();
    const auto tbs = electronic ? intent::buildSesTbs(manifest, 0, prepared.electronic) : intent::buildTbs(manifest, 0);
    if (!signature || !tbs) return failed<Finished>(Code::malformed);
    const auto sm2 = x509::Sm2Signature::fromRaw(*signature);
    if (!sm2 || !certificate->publicKey().verify(*tbs, *signature)) return failed<Finished>(Code::signatureInvalid);
    std::vector<x509::Certificate> certificates{*certificate};
    if (auto issuing = x509::Certificate::parsePem(textIn(outcome, "issuing").toStdString())) certificates.push_back(std::move(*issuing));
    const auto file = electronic ? documents::buildSesSignature(*tbs, *certificate, *sm2) : documents::buildDetachedCms(*tbs, *sm2, certificates);
    if (!file) return failed<Finished>(file.error().code == Errc::refused ? Code::sealRefused : Code::signatureInvalid);
    const auto sealed = prepared.stamping->finish(*file);
    if (!sealed) return failed<Finished>(sealed.problem());
    finished.out = prepared.out;
    return {std::move(finished), 0};
}

} // namespace hufu::desk_app
