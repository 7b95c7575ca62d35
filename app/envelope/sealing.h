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
// recipientsTooMany.
Outcome<std::vector<x509::Certificate>> judgedRecipients(const SealOrder &order);

// As judgedRecipients, for a bid envelope, which names each by his key and his name. Failures: recipientUnfit besides.
Outcome<std::vector<x509::Certificate>> envelopeRecipients(const SealOrder &order);

// An envelope without its name, in want of the sender's signature. Dropped before finish(), it leaves nothing.
class Sealing {
public:
    // One pass: reads, encrypts, hashes and writes. In: order, whose signer does not count; sender, null for an envelope
    // without one. Failures: those of envelopeRecipients; manifestRefused (a name of file or project that cannot be shown);
    // tooLargeForEnvelope; those of files.
    static Outcome<Sealing> begin(const SealOrder &order, const x509::Certificate *sender, ports::Random &random,
                                  const files::Progress &progress = {});

    // What the sender signs; empty without a sender.
    const Bytes &statement() const { return m_statement; }
    const documents::EnvelopeBody &body() const { return m_header.body(); }

    // The envelope gets its name. In: cms, DER of the sender's detached CMS over statement(), judged by the caller; empty
    // without a sender. Failures: those of files.
    Outcome<Sealed> finish(ByteView cms);

private:
    explicit Sealing(documents::EnvelopeHeader header) : m_header(std::move(header)) {}

    documents::EnvelopeHeader m_header;
    std::unique_ptr<files::FreshFile> m_fresh = std::make_unique<files::FreshFile>();
    ByteArray<32> m_root{};
    Bytes m_statement;
    std::uint64_t m_end = 0; // where the signature goes
};

// Both steps, with order.signer between them. Failures: of both; those of the signer.
Outcome<Sealed> seal(const SealOrder &order, ports::Random &random, const files::Progress &progress = {});

} // namespace hufu::envelope
