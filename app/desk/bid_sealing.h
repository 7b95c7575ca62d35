// Sealing bids at the desk: the envelopes are made first, without their names; the phone shows files, project and who can open
// them, and its signature in each envelope is what gives it its name.
#pragma once

#include "app/desk/bid_opening.h"

namespace hufu::desk_app {

// Encrypts and hashes each file. A file's trouble is its own; the rest goes on.
// In: holders, of GET /desk/v1/certificates; the sender is the one that the errand names. Errors in problem: 600 (no sender, or a
// recipient's certificate at nowMs, Unix milliseconds), 601, 609, 628, 632, 633, 635; if nothing is left, the first file's.
Outcome<Prepared> prepareSealing(const Errand &errand, const QJsonArray &holders, ports::Random &random, std::int64_t nowMs, const BidProgress &progress);

// Judges each signature by the sender's certificate and names the envelope. What the person left out leaves nothing.
// In: manifest, of the outcome, judged already. Errors in problem, if no envelope came about: the first one's; 606 (somebody else
// has signed).
Outcome<Finished> finishSealing(const Prepared &prepared, const intent::Manifest &manifest, const QJsonObject &outcome, Finished finished);

} // namespace hufu::desk_app
