// An envelope that lies on the disk: what it says, whether it is whole, and whether its signature holds, all
// without a key.
#pragma once

#include "app/envelope/outcome.h"
#include "shield/documents/chunks.h"
#include "shield/documents/envelope.h"
#include "shield/documents/verdict.h"

namespace hufu::envelope {

class EnvelopeFile {
public:
    // Reads header and signature, and holds the length of the file against them.
    // Failures: fileUnreadable; fileUnknown (not an envelope at all); envelopeDamaged.
    static Outcome<EnvelopeFile> open(const std::filesystem::path &path);

    const documents::EnvelopeHeader &header() const { return m_header; }
    const documents::EnvelopeBody &body() const { return m_header.body(); }
    documents::ChunkLayout layout() const { return {body().contentSize, m_header.start().size()}; }
    const files::SourceFile &source() const { return m_source; }
    const Bytes &cms() const { return m_cms; } // empty if the header names no sender

    // The signature, once the root of the hash tree is known. Not for an envelope without a sender.
    documents::Verdict verdict(const ByteArray<32> &root, const documents::Question &question) const;

private:
    explicit EnvelopeFile(documents::EnvelopeHeader header) : m_header(std::move(header)) {}

    files::SourceFile m_source;
    documents::EnvelopeHeader m_header;
    Bytes m_cms;
};

// Whether path begins as an envelope does.
bool isEnvelope(const std::filesystem::path &path);

// Computes the root over the chunks, without decrypting any, and judges the signature.
// Failures: envelopeUnsigned, fileUnreadable, fileChanged, cancelled.
Outcome<documents::Verdict> verify(const EnvelopeFile &file, const documents::Question &question,
                                   const files::Progress &progress = {});

// The roots of chunks, as they come in from several threads.
class Roots {
public:
    explicit Roots(std::uint64_t count) : m_roots(static_cast<std::size_t>(count)) {}
    void put(std::uint64_t index, ByteView sealed)
    {
        m_roots[static_cast<std::size_t>(index)] = documents::treeOfChunk(sealed);
    }
    ByteArray<32> root() const { return documents::treeOfChunks(m_roots); }

private:
    std::vector<ByteArray<32>> m_roots;
};

} // namespace hufu::envelope
