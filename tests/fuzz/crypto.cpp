// Points, scalars and ciphertexts as they come from the other half.
#include "shield/crypto/ed25519_point.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm2_point.h"
#include "tests/fuzz/open_ports.h"
#include "tests/fuzz/target.h"

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

} // namespace

std::vector<FuzzTarget> cryptoTargets()
{
    return {{"point", feedPoint, pointSeeds}, {"scalar", feedScalar, scalarSeeds},
            {"ed-point", feedEdPoint, edPointSeeds}, {"ed-scalar", feedEdScalar, edScalarSeeds},
            {"ciphertext", feedCiphertext, ciphertextSeeds}};
}

} // namespace hufu::tests
