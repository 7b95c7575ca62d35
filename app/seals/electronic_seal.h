// A seal as a company has it made: its picture in a SESeal of GB/T 38540, which can be given to anybody.
#pragma once

#include "platform/drawing/seal_picture.h"
#include "shield/authority/authority.h"
#include "shield/documents/seal_layout.h"
#include "shield/documents/ses_seal.h"

namespace hufu::seals {

struct ElectronicSealOrder {
    documents::SealFace face;
    documents::SesPicture picture;          // of the face: pictureFor
    std::string id;                         // of the seal, printable ASCII
    std::vector<x509::Certificate> signers; // who may use it; a change of them is another seal
    std::int64_t untilMs = 0;               // from now on
};

// The picture as an electronic seal has it.
Result<documents::SesPicture> pictureFor(const drawing::SealPicture &drawn);

// Errors: badInput (SesSealInfo); unavailable; tampered (Authority::makeSeal). Nothing is kept here: whoever asks keeps
// the DER.
Result<documents::SesSeal> makeElectronicSeal(authority::Authority &authority, ports::Transaction &transaction,
                                              const ElectronicSealOrder &order, std::int64_t nowMs);

} // namespace hufu::seals
