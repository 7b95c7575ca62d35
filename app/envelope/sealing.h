// A file into an envelope.
#pragma once

#include "app/envelope/ports.h"
#include "shield/x509/chain.h"

#include <filesystem>

namespace hufu::envelope {

struct SealOrder {
    std::filesystem::path source, target;
    std::string fileName; // as people will read it, in NFC; empty: the name of source
    bool replace = false; // whether an envelope of this name may be replaced
    std::optional<documents::EnvelopeProject> project;
    std::vector<x509::Certificate> recipients; // encrypt certificates; one given twice counts once
    std::optional<x509::Trust> trust;          // if given, each recipient's certificate must follow from it
    Signer *signer = nullptr;                  // null: an envelope without a sender
    std::int64_t nowMs = 0;
    unsigned threads = 0; // as for files::ChunkPlan
};

struct Sealed {
    documents::EnvelopeBody body;
    ByteArray<32> root{};
    std::uint64_t bytes = 0; // of the envelope
};

// The recipients of an order, each once. Failures: certificateInvalid, certificateRevoked, certificateExpired;
// tooLarge.
Outcome<std::vector<x509::Certificate>> judgedRecipients(const SealOrder &order);

// One pass: reads, encrypts, hashes and writes, then has the statement signed. The envelope gets its name only
// when it is whole and the file was not written to meanwhile; otherwise nothing is left of it. Failures:
// certificateInvalid, certificateRevoked, certificateExpired (of a recipient); manifestRefused (a name that
// cannot be shown); fileTooLarge; tooLarge (too many recipients); those of files; those of the signer.
Outcome<Sealed> seal(const SealOrder &order, ports::Random &random, const files::Progress &progress = {});

} // namespace hufu::envelope
