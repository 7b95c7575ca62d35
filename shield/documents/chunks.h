// An envelope's content: chunks that are each encrypted and authenticated for themselves, bound to their place,
// the last one marked, and the hash tree over them. Pure functions over one chunk; platform/files runs them
// over a file.
#pragma once

#include "shield/crypto/sm3.h"
#include "shield/crypto/sm4_gcm.h"

#include <span>

namespace hufu::documents {

inline constexpr std::size_t kChunkBytes = 1024 * 1024;
inline constexpr std::size_t kChunkTagBytes = crypto::kGcmTagBytes;
inline constexpr std::size_t kSealedChunkBytes = kChunkBytes + kChunkTagBytes;
// Sixteen pieces make a whole sealed chunk, so that they fill the lanes of sm3Lanes.
inline constexpr std::size_t kPieceBytes = kSealedChunkBytes / 16;
static_assert(kPieceBytes * 16 == kSealedChunkBytes);

struct Range {
    std::uint64_t offset = 0;
    std::size_t size = 0;
    bool operator==(const Range &) const = default;
};

// Where each chunk lies: in the content, and in the envelope.
class ChunkLayout {
public:
    // In: contentSize, at most limits::kEnvelopeContentMax; startBytes, of what stands before the first chunk.
    ChunkLayout(std::uint64_t contentSize, std::size_t startBytes)
        : m_contentSize(contentSize), m_startBytes(startBytes)
    {
    }

    // At least one: no content is one chunk of nothing.
    std::uint64_t count() const { return m_contentSize == 0 ? 1 : (m_contentSize - 1) / kChunkBytes + 1; }
    bool isLast(std::uint64_t index) const { return index + 1 == count(); }
    Range plain(std::uint64_t index) const;
    Range sealed(std::uint64_t index) const;
    std::uint64_t end() const { return m_startBytes + m_contentSize + count() * kChunkTagBytes; }

private:
    std::uint64_t m_contentSize;
    std::size_t m_startBytes;
};

// Encrypts and decrypts chunks of one envelope; for one thread at a time.
class ChunkCipher {
public:
    explicit ChunkCipher(const crypto::Sm4Key &key) : m_cipher(key) {}

    // In place. In: room, the plaintext of the chunk, and kChunkTagBytes behind it for the tag.
    void seal(std::uint64_t index, bool last, std::span<std::uint8_t> room);
    // In place. In: room, as it was sealed. Returns: the plaintext, at the beginning of room.
    // Errors: tampered, also for a chunk of another place, or another mark; room is then wiped.
    Result<ByteView> open(std::uint64_t index, bool last, std::span<std::uint8_t> room);

private:
    crypto::Sm4Gcm m_cipher;
};

// The hash tree of RFC 6962 2.1 with SM3, whose leaves are the pieces of kPieceBytes of all sealed chunks one
// after the other. A whole chunk is a subtree of its own: treeOfChunk gives its root, treeOfChunks what is
// above.
ByteArray<32> treeOfChunk(ByteView sealed);
ByteArray<32> treeOfChunks(std::span<const ByteArray<32>> chunks);

} // namespace hufu::documents
