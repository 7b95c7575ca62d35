// Envelopes in memory, for tests: whole ones made and opened chunk by chunk, and the vectors of the second
// implementation.
#pragma once

#include "shield/documents/chunks.h"
#include "shield/documents/envelope.h"
#include "shield/x509/sm2_der.h"
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace hufu::tests {

// The content of vectors and tests of this length.
inline Bytes patternOf(std::size_t size)
{
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::uint8_t>(7 * i + i / 251);
    return out;
}

inline nlohmann::json envelopeVectors()
{
    std::ifstream file(HUFU_VECTORS "/envelope.json");
    auto json = nlohmann::json::parse(file, nullptr, false);
    if (json.is_discarded()) qFatal("envelope.json");
    return json.at("envelopes");
}

template <typename T> T sure(Result<T> result)
{
    if (!result) qFatal("%s", result.error().what.text());
    return std::move(*result);
}

inline Bytes hexIn(const nlohmann::json &object, const char *name)
{
    return hex(object.at(name).get<std::string>());
}

// The sealed chunks of content, one behind the other.
inline Bytes sealChunks(const documents::EnvelopeHeader &header, const documents::EnvelopeKey &key,
                        ByteView content)
{
    const documents::ChunkLayout layout(content.size(), 0);
    documents::ChunkCipher cipher(sure(header.chunkKey(key)));
    Bytes out(layout.end());
    for (std::uint64_t i = 0; i < layout.count(); ++i) {
        const auto plain = layout.plain(i);
        const auto sealed = layout.sealed(i);
        const auto room = std::span(out).subspan(sealed.offset, sealed.size);
        std::ranges::copy(content.subspan(plain.offset, plain.size), room.begin());
        cipher.seal(i, layout.isLast(i), room);
    }
    return out;
}

inline Result<Bytes> openChunks(const documents::EnvelopeHeader &header, const documents::EnvelopeKey &key,
                                Bytes chunks)
{
    const documents::ChunkLayout layout(header.body().contentSize, 0);
    if (chunks.size() != layout.end()) return Error(Errc::badInput, "length");
    HUFU_TRY(chunkKey, header.chunkKey(key));
    documents::ChunkCipher cipher(chunkKey);
    Bytes out;
    for (std::uint64_t i = 0; i < layout.count(); ++i) {
        const auto sealed = layout.sealed(i);
        HUFU_TRY(plain,
                 cipher.open(i, layout.isLast(i), std::span(chunks).subspan(sealed.offset, sealed.size)));
        out.insert(out.end(), plain.begin(), plain.end());
    }
    return out;
}

inline ByteArray<32> treeOf(ByteView chunks)
{
    std::vector<ByteArray<32>> roots;
    for (; chunks.size() > documents::kSealedChunkBytes; chunks = chunks.subspan(documents::kSealedChunkBytes))
        roots.push_back(documents::treeOfChunk(chunks.first(documents::kSealedChunkBytes)));
    roots.push_back(documents::treeOfChunk(chunks));
    return documents::treeOfChunks(roots);
}

} // namespace hufu::tests
