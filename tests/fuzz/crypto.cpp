// Points, scalars and ciphertexts as they come from the other half; what is sealed, changed on its way.
#include "shield/crypto/aead.h"
#include "shield/crypto/ed25519_point.h"
#include "shield/crypto/sealed_box.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm2_point.h"
#include "shield/documents/chunks.h"
#include "tests/fuzz/open_ports.h"
#include "tests/fuzz/target.h"

#include <algorithm>

namespace hufu::tests {

using namespace crypto;

namespace {

void feedPoint(ByteView bytes)
{
    const auto point = Point::parse(bytes);
    if (!point) return;
    hold(!point->isInfinity(), "no bytes are the point at infinity");
    const auto again = point->encode();
    hold(again && sameBytes(*again, bytes), "a point has one form");
}

std::vector<Bytes> pointSeeds()
{
    std::vector<Bytes> seeds;
    for (const std::uint64_t k : {1U, 2U, 7U})
        seeds.push_back(bytesOf(*mulBase(Scalar::fromWord(k)).encode()));
    return seeds;
}

void feedScalar(ByteView bytes)
{
    const auto scalar = Scalar::parse(bytes);
    const auto orZero = Scalar::parseOrZero(bytes);
    if (scalar) {
        hold(!scalar->isZero() && orZero && *orZero == *scalar, "a scalar is not zero");
        hold(sameBytes(scalar->bytes(), bytes), "a scalar has one form");
    } else if (orZero) {
        hold(orZero->isZero(), "only zero is refused as a share and accepted as a mask");
    }
}

std::vector<Bytes> scalarSeeds()
{
    return {bytesOf(Scalar::one().bytes()), bytesOf((-Scalar::one()).bytes()), Bytes(32), Bytes(32, 0xff)};
}

void feedEdPoint(ByteView bytes)
{
    const auto point = EdPoint::parse(bytes);
    if (!point) return;
    hold(!point->isIdentity(), "no bytes are the identity");
    hold(sameBytes(point->bytes(), bytes), "a point has one form");
    hold((mul(-EdScalar::fromWord(1), *point) + *point).isIdentity(), "a point is of the main subgroup");
}

std::vector<Bytes> edPointSeeds()
{
    std::vector<Bytes> seeds;
    for (const std::uint64_t k : {1U, 2U, 7U})
        seeds.push_back(bytesOf(mulBase(EdScalar::fromWord(k)).bytes()));
    return seeds;
}

void feedEdScalar(ByteView bytes)
{
    const auto scalar = EdScalar::parse(bytes);
    const auto orZero = EdScalar::parseOrZero(bytes);
    if (scalar) {
        hold(!scalar->isZero() && orZero && *orZero == *scalar, "a scalar is not zero");
        hold(sameBytes(scalar->bytes(), bytes), "a scalar has one form");
    } else if (orZero) {
        hold(orZero->isZero(), "only zero is refused as a share and accepted as a mask");
    }
}

std::vector<Bytes> edScalarSeeds()
{
    return {bytesOf(EdScalar::fromWord(1).bytes()), bytesOf((-EdScalar::fromWord(1)).bytes()), Bytes(32),
            Bytes(32, 0xff)};
}

void feedCiphertext(ByteView bytes)
{
    const auto ciphertext = Sm2Ciphertext::parse(bytes);
    if (!ciphertext) return;
    const auto again = ciphertext->encode();
    hold(again && sameBytes(*again, bytes), "a ciphertext has one form");
}

std::vector<Bytes> ciphertextSeeds()
{
    CountedRandom random;
    const auto ciphertext = sm2Encrypt(mulBase(Scalar::fromWord(7)), viewOf("message"), random);
    return {*ciphertext->encode()};
}

// What is sealed opens as it was, or not at all. Input: changes (target.h) of a sealed box, of a row, of a chunk.
void feedSealed(ByteView changes)
{
    CountedRandom random;
    static const BoxKey recipient = [] { CountedRandom own; return BoxKey::generate(own); }();
    Bytes box = *sealBox(recipient.publicKey(), viewOf("for the desk"), random);
    const bool boxSpoilt = spoil(box, changes);
    hold(openBox(recipient, box).has_value() != boxSpoilt, "a box opens as it was sealed or not at all");
    (void)openBox(recipient, changes);

    const AeadKey key;
    Bytes row = aeadSeal(key, viewOf("a row"), viewOf("context"), random);
    const bool rowSpoilt = spoil(row, changes);
    hold(aeadOpen(key, row, viewOf("context")).has_value() != rowSpoilt, "a row opens as it was sealed or not at all");
    (void)aeadOpen(key, changes, {});

    documents::ChunkCipher cipher{Sm4Key{}};
    Bytes chunk = concat({viewOf("content"), Bytes(documents::kChunkTagBytes)});
    cipher.seal(2, true, chunk);
    const bool chunkSpoilt = spoil(chunk, changes);
    hold(cipher.open(2, true, chunk).has_value() != chunkSpoilt, "a chunk opens as it was sealed or not at all");
    const auto content = ByteView(chunk).first(chunk.size() - documents::kChunkTagBytes);
    if (chunkSpoilt) hold(std::ranges::all_of(content, [](std::uint8_t byte) { return byte == 0; }), "what does not open is wiped");
    Bytes noise = bytesOf(changes);
    hold(!cipher.open(2, false, noise), "noise is no chunk");
}

std::vector<Bytes> sealedSeeds()
{
    return {{}, {0, 3, 1}, {0, 60, 0x80, 0, 7, 2}};
}

} // namespace

std::vector<FuzzTarget> cryptoTargets()
{
    return {{"sealed", feedSealed, sealedSeeds},
            {"point", feedPoint, pointSeeds}, {"scalar", feedScalar, scalarSeeds},
            {"ed-point", feedEdPoint, edPointSeeds}, {"ed-scalar", feedEdScalar, edScalarSeeds},
            {"ciphertext", feedCiphertext, ciphertextSeeds}};
}

} // namespace hufu::tests
