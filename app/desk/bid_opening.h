// Bid envelopes at the desk: one scan and one PIN open the keys of up to 64; after that each file stands or falls by itself. Among them may be
// files of others' software, EnvelopedData, whose keys the phone opens likewise, and SM2 ciphertexts as they are.
#pragma once

#include "app/desk/errand.h"
#include "app/desk/journal.h"

#include <QJsonArray>

#include <functional>

namespace hufu::desk_app {

// Reads the files and finds whose key opens them: of all who enrolled this desk, the one who can open the most; a bare ciphertext does not say
// whose it is, and counts for everybody. What cannot be read, or is for others, is kept in the list with its problem; the rest goes on.
// In: holders, of GET /desk/v1/certificates; kept, of an opening that is gone on with: its key, its manifest, and what it has opened already.
// Each envelope that is still there has the item that was approved for it, whichever are away now; lists, the authority's revocation lists,
// PEM. Errors in problem, if nothing is left: the first file's.
Outcome<Prepared> prepareBids(const Errand &errand, const QJsonArray &holders, ports::Random &random, const OpeningOnPaper *kept = nullptr, const QJsonArray &lists = {});

// In: errand, whose file is EnvelopedData; holders, as above: of those whom it names, the person that the errand names, or the first one.
// Errors in problem: HF-603, 604, 606, 610.
Outcome<Prepared> prepareEnvelopedData(const Errand &errand, const QJsonArray &holders, ports::Random &random);

// Opens the boxes and decrypts file by file, each under a name that is free, and says of each who has sealed it. A file's trouble is its own.
// In: outcome, the JSON of the session, whose manifest was judged already; opened, as of finish(). Errors in problem, if no file was
// opened: the first one's.
Outcome<Finished> finishBids(const Prepared &prepared, const QJsonObject &outcome, Finished finished, const BidProgress &progress,
                             const std::function<void(const Bid &)> &opened = {});

// The person has stopped the opening: what of large envelopes was opened already is removed, which a kill or a lost disk leaves to be gone
// on with.
void forgetCut(const std::vector<Bid> &bids);

// The authority that the pinned server names. In: holders, as above.
x509::Trust trustOf(const QJsonArray &holders);

} // namespace hufu::desk_app
