// One act that the desk asks for: what it needs before the code is shown, and what is done with the answer. The
// heavy parts (hashing, building, writing) are plain functions that run on the worker thread.
#pragma once

#include "app/envelope/sealing.h"
#include "shield/crypto/sealed_box.h"
#include "shield/desk/desk_key.h"
#include "shield/intent/manifest.h"
#include "shield/x509/chain.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace hufu::pdf_app {
class Sealing;
}
namespace hufu::documents {
class EnvelopedData;
}

namespace hufu::desk_app {

struct StampOrder;

enum class ErrandKind : std::uint8_t { enrol, login, sign, open, openBids, sealBids, stampPdf, encryptFiles };

QString actOf(ErrandKind kind); // as in the manifest; of encryptFiles, which has none, "encrypt-files"

struct Errand {
    ErrandKind kind = ErrandKind::login;
    QString deskName;                      // enrol
    QString file, out;                     // sign of one file, open; out: as the result would like to be named
    intent::Form form = intent::Form::cms; // sign; encryptFiles: cms or cmsGmt, whose identifiers are used
    bool contentInside = false;            // sign, CMS: the file goes into the signature's file
    QStringList files;                     // sign of several, openBids, sealBids, stampPdf, encryptFiles; out is the folder for what comes of them
    QString person;                        // openBids, sealBids, stampPdf: whose phone is asked: an account of GET /desk/v1/certificates; empty: whoever can open the most, the first one
    std::optional<documents::EnvelopeProject> project; // sealBids; openBids: by its number the one that the envelopes must be of, none: any
    std::vector<x509::Certificate> recipients;         // sealBids, encryptFiles: encrypt certificates
    QString soleReason;                                // sealBids, for one recipient: why nobody else shall be able to open it; trimmed
    std::shared_ptr<const StampOrder> stamp;           // stampPdf
};

struct Bid;

// A failure with its number in the catalogue.
template <typename T> struct Outcome {
    std::optional<T> value;
    int problem = 0;    // HF-nnn when there is no value
    QString whose = {}; // with HF-606, of envelopes: for whom they are
    std::vector<Bid> bids = {}; // of several files, none of which came to anything: why each of them did not
};

// Who has sealed what was opened, as its signature proves.
struct Sender {
    enum class Standing : std::uint8_t {
        notLookedAt,   // nothing was opened, another envelope lies there since, or its sender's certificate is of no authority trusted here
        nobody,        // unsigned: nothing proves who sealed it
        good,
        unchecked,     // no revocation list was at hand
        outOfDate,     // the certificate was not valid when it signed
        revokedSince,  // and was good when it signed
        revoked,       // before it signed; or whenever, for a key that somebody else may have
    };
    Standing standing = Standing::notLookedAt;
    QString name;      // company and person; empty with notLookedAt and nobody
    bool operator==(const Sender &) const = default;
};
QString nameOf(Sender::Standing standing); // "revokedSince": for pages and scripts; of notLookedAt empty

// A file on its way into an envelope, or out of one, to its signature, or a document on its way under its seals.
struct Bid {
    enum class Content : std::uint8_t {
        envelope,   // of ours
        enveloped,  // EnvelopedData, of other software's
        ciphertext, // of SM2, as it is
    };
    QString source, out;   // source: the envelope to open, or the file to seal, to sign or to stamp; out: as it would like to be named, then as it is; empty if it stays shut
    int item = -1;         // of the manifest; -1: the phone is not asked
    int problem = 0;       // HF-nnn; 0: none so far
    std::uint64_t size = 0;
    Content content = Content::envelope; // openBids
    Bytes header;          // by which the file is known again; of what is no envelope of ours, the SM3 of all of it
    QString id;            // openBids: which sealed bid it is, hexadecimal, as its sender's signature says; empty: none
    bool isThere = false;  // openBids, stampPdf: done before the desk was killed, as out
    QString whose;         // openBids, with HF-606: for whom the envelope is, as it says itself
    Sender sender = {};    // openBids, of what was opened
};

// Nothing came of any of them: the code is the first one's. In: bids, at least one.
template <typename T> Outcome<T> noneOf(const std::vector<Bid> &bids)
{
    return {std::nullopt, bids.front().problem, bids.front().whose, bids};
}

// What goes to the server.
struct Prepared {
    QJsonObject draft;                      // the manifest's draft; empty for enrol
    std::vector<QByteArray> tbs;            // bytes to be attached: a bare signature's file, a ciphertext or several
    std::shared_ptr<crypto::BoxKey> boxKey; // open, openBids: to which the phone seals
    std::vector<Bid> bids;                  // sign of several, openBids, sealBids, stampPdf: all files of the errand
    std::shared_ptr<const documents::EnvelopedData> enveloped; // open, of other software's: what the key that comes will open
    std::shared_ptr<const Bytes> cosigned;  // sign: the signature file of others to which this signature is added
    QString whose;                          // open, openBids, sealBids: the person whose keys these are for
    x509::Trust trust;                      // openBids, sealBids: the authority that the server names
    std::optional<x509::Certificate> sender;                   // sealBids, stampPdf
    std::vector<std::shared_ptr<pdf_app::Sealing>> stampings;  // stampPdf: by item, nameless until they are signed; null: not gone on with
    std::vector<Bytes> electronic;                             // stampPdf, form ses: the SESeal by item; tbs comes of it and the manifest
    std::int64_t stampedMs = 0;                                // stampPdf: the time in the documents
    ByteArray<16> revision{};                                  // stampPdf: of which the documents' revisions are made
    QString account;                        // whose phone is asked, of GET /desk/v1/certificates; empty: anybody's
    std::vector<std::pair<QString, QString>> others;           // openBids: name and account of who could do the same
    std::vector<std::shared_ptr<envelope::Sealing>> sealings;  // sealBids: by item, nameless until they are signed
};

// What the person and a script get to know.
struct Finished {
    QString manifest;
    QString signature; // hexadecimal r | s of the first item
    QString out;       // the file that was written; empty if none
    bool renamed = false; // a file of the wished name was there, and still is
    QString signer;    // who signed
    std::vector<Bid> bids; // sign of several, openBids, sealBids, stampPdf, encryptFiles: how it went with each
};

// Percent of all bytes. Returns: whether to go on.
using BidProgress = std::function<bool(int percent)>;

QString endingOf(intent::Form form);             // of a signature's file
bool isSignatureFile(const QString &path);       // CMS SignedData that can take one more signature; by its content
QString openedName(const QString &file);         // of what is opened from it
bool isEnvelopedData(const QString &path);       // by its beginning

// Reads and hashes the file, or several; not for envelopes and PDFs to be stamped (bid_opening.h, bid_sealing.h, stamping.h). Of several to be
// signed the rest goes on without what cannot be, or what is more than 1 MiB together (HF-651). A signature file alone takes one more
// signature, over the document inside it or of its name without ".p7s" beside it. Errors in problem: HF-603, 604, 605, 610, 619; 651 (content
// for inside that is too large); 602 (the document beside it is another).
Outcome<Prepared> prepare(const Errand &errand, ports::Random &random);

// Of an opening, where the company of whoever opens asks for it: each file of the draft names the ciphertext that is opened, and nothing else
// is (PROTOCOL R8). In: holders, of GET /desk/v1/certificates. Of what anybody of this desk could open, and not all under the same rule, the
// first one's phone is asked. Returns: 0, or HF-nnn as lengthProblem.
int nameCiphertexts(Prepared &prepared, const QJsonArray &holders);

// Judges the server's outcome, builds the result file and writes it under a name that is free: "bid (2).p7s" beside a
// "bid.p7s". In: outcome, the JSON of the session.
// Errors in problem: HF-602 (a signature that does not verify), 600, 603, 604 (cannot be written), 100.
// In: progress, of envelopes: percent of all bytes, returns whether to go on; opened, is told of each envelope or stamped document that has
// its file.
Outcome<Finished> finish(const Errand &errand, const Prepared &prepared, const QJsonObject &outcome,
                         const std::function<bool(int)> &progress = {}, const std::function<void(const Bid &)> &opened = {});

// Whether it is the file's own fault, so that the same file comes to it again, whoever opens, signs or stamps it and however often.
// In: problem, HF-nnn; 0: none.
bool isOfFile(ErrandKind kind, int problem);

// What is left of an errand that was done in part: the same, with those files that nothing has come of and whose fault it is not. Who can
// open the most of them is found anew.
Errand restOf(const Errand &errand, const Finished &finished);

// --- what both of them share -------------------------------------------------------------------------------------------

// Which of them it is; how many there are, if it is none. In: person, an account.
qsizetype indexOf(const QJsonArray &holders, const QString &person);
QJsonObject fileEntry(const QString &name, qint64 size, const ByteArray<32> &sm3);
struct FileDigest {
    qint64 size = 0; // as it was read
    ByteArray<32> sm3{};
};
// Piece by piece, since files are large. In: whole, gets the content, too. Nothing: not a plain file, not permitted, or broken off.
std::optional<FileDigest> digestOf(const QString &path, QByteArray *whole = nullptr);
QJsonObject platformOfDesk();
// Whether there is room for it in one approval, and for what the server adds to it. Returns: 0, or HF-619.
int lengthProblem(const QJsonObject &draft);
bool canHoldResult(const Errand &errand); // the folder of its out is there, and can be written

// Never over what is there already: under the first of these names that is free. Errors in problem: HF-610.
// writableName tries write with wished, then with "name (2).suffix" and so on as long as it answers HF-613. Returns: the name that was
// written. Errors in problem: what write answered.
Outcome<QString> writeFresh(const QString &wished, ByteView content);
int writeWhole(const QString &path, ByteView content); // over what is there. Returns: HF-nnn, or 0.
Outcome<QString> writableName(const QString &wished, const std::function<int(const QString &)> &write);

} // namespace hufu::desk_app
