// One act that the desk asks for: what it needs before the code is shown, and what is done with the answer. The
// heavy parts (hashing, building, writing) are plain functions that run on the worker thread.
#pragma once

#include "shield/crypto/sealed_box.h"
#include "shield/desk/desk_key.h"
#include "shield/intent/manifest.h"

#include <QJsonObject>
#include <QString>

#include <memory>
#include <optional>

namespace hufu::desk_app {

enum class ErrandKind : std::uint8_t { enrol, login, sign, open };

struct Errand {
    ErrandKind kind = ErrandKind::login;
    QString deskName;                      // enrol
    QString file, out;                     // sign, open; out: as the result would like to be named
    intent::Form form = intent::Form::cms; // sign
};

// A failure with its number in the catalogue.
template <typename T> struct Outcome {
    std::optional<T> value;
    int problem = 0; // HF-nnn when there is no value
};

// What goes to the server.
struct Prepared {
    QJsonObject draft;                      // the manifest's draft; empty for enrol
    std::optional<QByteArray> tbs;          // bytes to be attached: a bare signature's file, a ciphertext
    std::shared_ptr<crypto::BoxKey> boxKey; // open: to which the phone seals
};

// What the person and a script get to know.
struct Finished {
    QString manifest;
    QString signature; // hexadecimal r | s of the first item
    QString out;       // the file that was written; empty if none
    bool renamed = false; // a file of the wished name was there, and still is
    QString signer;    // who signed
};

// Reads and hashes the file. Errors in problem: HF-603, 604, 605.
Outcome<Prepared> prepare(const Errand &errand, ports::Random &random);

// Judges the server's outcome, builds the result file and writes it under a name that is free: "bid (2).p7s" beside a
// "bid.p7s". In: outcome, the JSON of the session.
// Errors in problem: HF-602 (a signature that does not verify), 600, 603, 604 (cannot be written), 100.
Outcome<Finished> finish(const Errand &errand, const Prepared &prepared, const QJsonObject &outcome);

} // namespace hufu::desk_app
