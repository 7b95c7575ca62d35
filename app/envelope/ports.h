// What sealing and opening need from a person's key, wherever it is: in two halves behind a desk, or in a
// tester's file.
#pragma once

#include "app/envelope/outcome.h"
#include "shield/documents/envelope.h"

#include <span>

namespace hufu::envelope {

// Opens one of the wrapped keys of an envelope, whichever is the holder's.
class KeyOpener {
public:
    virtual ~KeyOpener() = default;
    // Failures: notForThisKey, or keyOther of a key file, if the holder is none of the recipients; whatever else
    // keeps a person from opening.
    virtual Outcome<SecretBytes> open(std::span<const documents::EnvelopeRecipient> recipients) = 0;
};

// Signs for the sender.
class Signer {
public:
    virtual ~Signer() = default;
    virtual const x509::Certificate &certificate() const = 0;
    // Returns: DER of a detached CMS over content, by certificate().
    virtual Outcome<Bytes> sign(ByteView content) = 0;
};

} // namespace hufu::envelope
