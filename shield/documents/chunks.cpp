#include "shield/documents/chunks.h"

#include "shield/crypto/sm3_lanes.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace hufu::documents {

namespace {

constexpr std::uint8_t kLeaf = 0;
constexpr std::uint8_t kNode = 1;

// 00 x 7 | index 4 | last 1. No nonce meets a key twice: each envelope has its own key, each chunk its own
// index.
crypto::GcmNonce nonceOf(std::uint64_t index, bool last)
{
    crypto::GcmNonce nonce{};
    for (std::size_t i = 0; i < 4; ++i)
        nonce[7 + i] = static_cast<std::uint8_t>(index >> (24 - 8 * i));
    nonce[11] = last ? 1 : 0;
    return nonce;
}

} // namespace

Range ChunkLayout::plain(std::uint64_t index) const
{
    const std::uint64_t offset = index * kChunkBytes;
    return {offset, static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, m_contentSize - offset))};
}

Range ChunkLayout::sealed(std::uint64_t index) const
{
    return {m_startBytes + index * kSealedChunkBytes, plain(index).size + kChunkTagBytes};
}

void ChunkCipher::seal(std::uint64_t index, bool last, std::span<std::uint8_t> room)
{
    const crypto::GcmTag tag =
        m_cipher.seal(nonceOf(index, last), {}, room.first(room.size() - kChunkTagBytes));
    std::ranges::copy(tag, room.last<kChunkTagBytes>().begin());
}

Result<ByteView> ChunkCipher::open(std::uint64_t index, bool last, std::span<std::uint8_t> room)
{
    if (room.size() < kChunkTagBytes || room.size() > kSealedChunkBytes)
        return Error(Errc::tampered, "length of a chunk");
    const auto text = room.first(room.size() - kChunkTagBytes);
    crypto::GcmTag tag;
    std::ranges::copy(room.last<kChunkTagBytes>(), tag.begin());
    HUFU_CHECK(m_cipher.open(nonceOf(index, last), {}, text, tag));
    return ByteView(text);
}

ByteArray<32> treeOfChunk(ByteView sealed)
{
    std::vector<ByteView> pieces;
    for (; sealed.size() > kPieceBytes; sealed = sealed.subspan(kPieceBytes))
        pieces.push_back(sealed.first(kPieceBytes));
    std::vector<ByteArray<32>> leaves(pieces.size() + 1);
    if (sealed.size() == kPieceBytes) { // then all are of one length
        pieces.push_back(sealed);
        crypto::sm3Lanes(kLeaf, pieces, leaves);
    } else {
        crypto::sm3Lanes(kLeaf, pieces, std::span(leaves).first(pieces.size()));
        leaves.back() = crypto::sm3({ByteArray<1>{kLeaf}, sealed});
    }
    return treeOfChunks(leaves);
}

ByteArray<32> treeOfChunks(std::span<const ByteArray<32>> chunks)
{
    if (chunks.size() == 1) return chunks[0];
    const std::size_t left = std::bit_floor(chunks.size() - 1);
    return crypto::sm3(
        {ByteArray<1>{kNode}, treeOfChunks(chunks.first(left)), treeOfChunks(chunks.subspan(left))});
}

} // namespace hufu::documents
