// A PDF that is stamped with granted seals: looked at, prepared, and finished with the signature that came back. On the worker thread.
#pragma once

#include "app/desk/errand.h"
#include "app/desk/models/stamp_model.h"
#include "app/pdf/sealing.h"

class QPdfDocument;

namespace hufu::desk_app {

// A seal as the server names it, and as it is drawn.
struct GrantedSeal {
    QString grant, kind, name, purpose, project;
    pdf::SealImage image;
    double side = 0; // mm
};

struct StampOrder {
    StampWish wish;
    std::vector<GrantedSeal> seals; // by the wish's numbers
    int holder = 0;                 // who stamps, of those who enrolled this desk
    Bytes electronic = {};          // wish.electronic: the SESeal, as the server gave it
};

// In: holders, of the answer to GET /desk/v1/seals. A seal that cannot be drawn is left out.
struct SealsOfDesk {
    std::vector<StampSealView> views;
    std::vector<GrantedSeal> seals;
};
int firstSealOf(const StampWish &wish); // which says purpose and project
SealsOfDesk drawnSeals(const QJsonArray &holders);

// The document to be looked at, by its path. Errors in problem: HF-604, 620 to 622.
struct OpenedPdf {
    std::vector<QSizeF> pages; // mm
    int signatures = 0;
    std::shared_ptr<QPdfDocument> document; // for this thread alone; nothing if no page of it can be drawn
};
Outcome<OpenedPdf> openPdf(const QString &path);
QImage pictureOf(QPdfDocument &document, int page, int width); // page from 1; null if it cannot be drawn

// Writes everything but the signature, beside where the result will be. Errors in problem: HF-604, 610 to 613, 620 to 624; 628 (a key that
// signs neither CMS nor electronic signatures), 609, 627 (not the person's electronic seal), 768.
Outcome<Prepared> prepareStamp(const Errand &errand, const QJsonArray &holders, ports::Random &random, std::int64_t nowMs);
// Errors in problem: HF-602, 610, 611, 613, 627; 100.
Outcome<Finished> finishStamp(const Prepared &prepared, const intent::Manifest &manifest, const QJsonObject &outcome, Finished finished);

} // namespace hufu::desk_app
