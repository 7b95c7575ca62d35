// PDFs that are stamped with granted seals: looked at, prepared, and finished with the signatures that came back. On the worker thread.
#pragma once

#include "app/desk/errand.h"
#include "app/desk/journal.h"
#include "app/desk/models/stamp_model.h"
#include "app/pdf/sealing.h"

#include <QRectF>
#include <map>

class QPdfDocument;

namespace hufu::desk_app {

// A seal as the server names it, and as it is drawn.
struct GrantedSeal {
    QString grant, kind, name, purpose, project;
    pdf::SealImage image;
    double side = 0; // mm
    QJsonObject said = {}; // as the server said it
};

struct StampOrder {
    StampWish wish;
    std::vector<GrantedSeal> seals; // by the wish's numbers
    int holder = 0;                 // who stamps, of those who enrolled this desk
    std::map<QString, Bytes> electronic = {}; // wish.electronic: the SESeals by grant, as the server gave them
};

// In: holders, of the answer to GET /desk/v1/seals. A seal that cannot be drawn is left out.
struct SealsOfDesk {
    std::vector<StampSealView> views;
    std::vector<GrantedSeal> seals;
};
std::optional<int> firstSealOf(const StampWish::Document &document); // which says purpose and project
std::optional<int> firstSealOf(const StampWish &wish);
SealsOfDesk drawnSeals(const QJsonArray &holders);

// A signature that a document shows already.
struct SeenSignature {
    int page = 1;
    QRectF place; // as parts of the page's width and height
    QString signer;
};

// The document to be looked at, by its path. Errors in problem: HF-604, 620 to 622.
struct OpenedPdf {
    std::vector<QSizeF> pages; // mm
    int signatures = 0;
    std::vector<SeenSignature> seen = {};
};
Outcome<OpenedPdf> openPdf(const QString &path);

// The one document whose pages are drawn, with the seals that are on it; made and used on the worker thread, and left there.
class PageSource {
public:
    PageSource();
    ~PageSource();
    // Qt PDF draws what stamps a page, but no field of a form, and so not the seal of a signature: where one stands, a frame with its signer is drawn.
    void know(const QString &path, std::vector<SeenSignature> seen) { m_seen[path] = std::move(seen); }
    QImage picture(const QString &path, int page, int width); // page from 1; null if it cannot be drawn

private:
    std::map<QString, std::vector<SeenSignature>> m_seen;
    QString m_path;
    std::unique_ptr<QPdfDocument> m_document; // nothing if no page of it can be drawn
};

// Writes everything but the signatures, beside where the results will be ("NAME-sealed.pdf" in the errand's folder). One that fails says
// so in its bid, and the others come. In: kept, a stamping of the former run that is gone on with: what it was prepared as is made again,
// and each document is an item.
// Errors in problem: of the first one, if none is left: HF-604, 610 to 613, 620 to 624, 768; 628 (a key that signs neither CMS nor
// electronic signatures), 609, 627 (not the person's electronic seal); 619, before any of them is looked into; 608.
Outcome<Prepared> prepareStamp(const Errand &errand, const QJsonArray &holders, ports::Random &random, std::int64_t nowMs, const StampingOnPaper *kept = nullptr,
                               const BidProgress &progress = {});
// Errors in problem: of the first one, if none has its file: HF-602, 610, 611, 613, 627; 100; 209 (left out before the PIN).
Outcome<Finished> finishStamp(const Prepared &prepared, const intent::Manifest &manifest, const QJsonObject &outcome, Finished finished,
                              const std::function<void(const Bid &)> &stamped = {});

// What has to be known to prepare the same once more, and back.
StampingOnPaper onPaper(const Errand &errand, const Prepared &prepared);
Errand errandOf(const StampingOnPaper &kept);

} // namespace hufu::desk_app
