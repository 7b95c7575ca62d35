#include "shield/crypto/aead.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "tests/ct/check.h"

#include <cstdlib>

namespace hufu::tests {

using namespace crypto;

namespace {

Scalar secretScalar()
{
    return Scalar::reduceWide(secretBytes<64>());
}

Point secretPoint()
{
    return mulBase(secretScalar());
}

void require(bool holds)
{
    if (!holds) std::abort();
}

void scalarArithmetic()
{
    const Scalar a = secretScalar();
    const Scalar b = secretScalar();
    const Scalar c = (a + b) * (a - b) - -a;
    require(!c.isZero());
    require(!(a == b));
    require(Scalar::reduce(a.bytes()) == a);
}

void scalarParse()
{
    const auto bytes = secretScalar().secretBytes();
    require(bool(Scalar::parse(bytes.expose())));
    require(bool(Scalar::parseOrZero(bytes.expose())));
}

void scalarInverse()
{
    const Scalar a = secretScalar();
    require(a * a.inverse() == Scalar::one());
}

void pointArithmetic()
{
    const Point p = secretPoint();
    const Point q = secretPoint();
    require(p + q - q == p);
    require(p.doubled() == p + p);
    require((p - p).isInfinity());
    require(bool(p.x()));
}

void pointParseAndEncode()
{
    const auto bytes = secretPoint().encode();
    require(bool(bytes));
    require(bool(Point::parse(*bytes)));
}

void fixedBase()
{
    require(!mulBase(secretScalar()).isInfinity());
}

void variableBase()
{
    require(!mul(secretScalar(), secretPoint()).isInfinity());
    require(mul(secretScalar(), Point()).isInfinity());
}

void pointTable()
{
    const auto table = PointTable::of(secretPoint());
    require(!mul(secretScalar(), *table).isInfinity());
    require(bool(Point::encodeAll(std::vector<Point>(2, table->point()))));
}

void edgeScalars()
{
    // Zero, one and minus one are secrets like any other.
    for (int i = -1; i <= 1; ++i) {
        Scalar k = i < 0 ? -Scalar::one() : Scalar::fromWord(static_cast<std::uint64_t>(i));
        ct::poison(&k, sizeof k);
        require(mulBase(k) == mul(k, Point::generator()));
        require(mulBase(k) == mul(k, *PointTable::of(Point::generator())));
    }
}

void keyedHash()
{
    const auto key = secretBytes<32>();
    const auto mac = hmacSm3(key, viewOf("message"));
    require(!ct::equal(mac, ByteArray<32>{}));
}

void decryption()
{
    const Scalar d = secretScalar();
    auto encoded = mulBase(d).encode();
    ct::declassify(encoded->data(), encoded->size()); // a public key
    ports::SystemRandom random;
    const auto ciphertext = sm2Encrypt(*Point::parse(*encoded), viewOf("message"), random);
    require(bool(sm2Decrypt(d, *ciphertext)));
}

void sealing()
{
    auto bytes = secretBytes<32>();
    const AeadKey key = AeadKey::adopt(bytes);
    ports::SystemRandom random;
    Bytes sealed = aeadSeal(key, viewOf("message"), viewOf("context"), random);
    ct::declassify(sealed.data(), sealed.size());
    require(!sealed.empty());
}

constexpr CtCheck kChecks[] = {
    {"scalar-arithmetic", scalarArithmetic},
    {"scalar-parse", scalarParse},
    {"scalar-inverse", scalarInverse},
    {"point-arithmetic", pointArithmetic},
    {"point-parse-and-encode", pointParseAndEncode},
    {"fixed-base", fixedBase},
    {"variable-base", variableBase},
    {"point-table", pointTable},
    {"edge-scalars", edgeScalars},
    {"keyed-hash", keyedHash},
    {"decryption", decryption},
    {"sealing", sealing},
};

} // namespace

std::span<const CtCheck> cryptoChecks()
{
    return kChecks;
}

} // namespace hufu::tests
