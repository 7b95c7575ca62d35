#include "shield/crypto/sm2.h"

#include "shield/base/ct.h"
#include "shield/crypto/sm3.h"

#include <algorithm>

namespace hufu::crypto {

namespace {

constexpr std::size_t kIdBytesMax = 8191; // its length in bits is written in 16 bits

// a | b | xG | yG
constexpr ByteArray<128> kCurve{
    0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc,
    0x28, 0xe9, 0xfa, 0x9e, 0x9d, 0x9f, 0x5e, 0x34, 0x4d, 0x5a, 0x9e, 0x4b, 0xcf, 0x65, 0x09, 0xa7,
    0xf3, 0x97, 0x89, 0xf5, 0x15, 0xab, 0x8f, 0x92, 0xdd, 0xbc, 0xbd, 0x41, 0x4d, 0x94, 0x0e, 0x93,
    0x32, 0xc4, 0xae, 0x2c, 0x1f, 0x19, 0x81, 0x19, 0x5f, 0x99, 0x04, 0x46, 0x6a, 0x39, 0xc9, 0x94,
    0x8f, 0xe3, 0x0b, 0xbf, 0xf2, 0x66, 0x0b, 0xe1, 0x71, 0x5a, 0x45, 0x89, 0x33, 0x4c, 0x74, 0xc7,
    0xbc, 0x37, 0x36, 0xa2, 0xf4, 0xf6, 0x77, 0x9c, 0x59, 0xbd, 0xce, 0xe3, 0x6b, 0x69, 0x21, 0x53,
    0xd0, 0xa9, 0x87, 0x7c, 0xc6, 0x2a, 0x47, 0x40, 0x02, 0xdf, 0x32, 0xe5, 0x21, 0x39, 0xf0, 0xa0};

// x2, y2, and the key stream t of a shared point.
struct SharedSecret {
    Secret<2 * kFieldBytes> coordinates;
    SecretBytes stream;

    ByteView x() const { return coordinates.expose().first<kFieldBytes>(); }
    ByteView y() const { return coordinates.expose().last<kFieldBytes>(); }
    // t is all zeros: such a ciphertext would be the message itself.
    bool isVoid() const { return ct::equal(stream.expose(), Bytes(stream.size())); }
    ByteArray<32> c3(ByteView message) const { return sm3({x(), message, y()}); }
};

Result<SharedSecret> sharedSecret(const Point &shared, std::size_t length)
{
    HUFU_TRY(encoded, shared.encode());
    SharedSecret out;
    out.coordinates = Secret<2 * kFieldBytes>::adopt(std::span(encoded).subspan<1>());
    out.stream = sm2Kdf(out.coordinates.expose(), length);
    return out;
}

void addInto(std::span<std::uint8_t> out, ByteView a, ByteView b)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(a[i] ^ b[i]);
}

} // namespace

Result<ByteArray<32>> sm2Z(const Point &p, std::string_view id)
{
    const auto key = p.encode();
    if (!key) return Error(Errc::badInput, "public key is O");
    return sm2Z(*key, id);
}

Result<ByteArray<32>> sm2Z(const ByteArray<kPointBytes> &p, std::string_view id)
{
    if (id.size() > kIdBytesMax) return Error(Errc::badInput, "id too long");
    const std::size_t bits = id.size() * 8;
    const ByteArray<2> entl{static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)};
    return sm3({entl, viewOf(id), kCurve, ByteView(p).subspan(1)});
}

Result<ByteArray<32>> sm2E(const Point &p, ByteView message, std::string_view id)
{
    HUFU_TRY(z, sm2Z(p, id));
    return sm3({z, message});
}

Result<Scalar> sm2SignatureR(const ByteArray<32> &e, const Point &nonce)
{
    const auto x = nonce.x();
    if (!x) return Error(Errc::tampered, "nonce point is O");
    const Scalar r = Scalar::reduce(e) + Scalar::reduce(*x);
    if (r.isZero()) return Error(Errc::tampered, "r is zero");
    return r;
}

bool sm2NonceFits(const ByteArray<32> &e, const Point &nonce, const Scalar &r)
{
    return !nonce.isInfinity() && nonce.hasX(r - Scalar::reduce(e));
}

Result<Point> sm2VerifyVartime(const Point &p, const ByteArray<32> &e, const Scalar &r, const Scalar &s)
{
    const Scalar t = r + s;
    if (p.isInfinity() || r.isZero() || s.isZero() || t.isZero()) return Error(Errc::tampered, "signature");
    const Point nonce = mulDoubleVartime(s, t, p);
    if (!sm2NonceFits(e, nonce, r)) return Error(Errc::tampered, "signature");
    return nonce;
}

SecretBytes sm2Kdf(ByteView z, std::size_t length)
{
    SecretBytes out(length);
    std::uint32_t counter = 0;
    for (std::size_t done = 0; done < length; done += kSm3Bytes) {
        ++counter;
        ByteArray<kSm3Bytes> block = sm3({z, Writer().u32(counter).bytes()});
        std::copy_n(block.begin(), std::min(kSm3Bytes, length - done),
                    out.fill().begin() + static_cast<std::ptrdiff_t>(done));
        wipe(block.data(), block.size());
    }
    return out;
}

Result<Sm2Ciphertext> Sm2Ciphertext::parse(ByteView bytes)
{
    if (bytes.size() <= kPointBytes + kSm3Bytes) return Error(Errc::badInput, "ciphertext too short");
    HUFU_TRY(c1, Point::parse(bytes.first<kPointBytes>()));
    Sm2Ciphertext out;
    out.c1 = c1;
    std::ranges::copy(bytes.subspan<kPointBytes, kSm3Bytes>(), out.c3.begin());
    out.c2 = bytesOf(bytes.subspan<kPointBytes + kSm3Bytes>());
    return out;
}

Result<Bytes> Sm2Ciphertext::encode() const
{
    HUFU_TRY(point, c1.encode());
    return concat({point, c3, c2});
}

Result<Sm2Ciphertext> sm2Encrypt(const Point &p, ByteView message, ports::Random &random)
{
    if (p.isInfinity()) return Error(Errc::badInput, "public key is O");
    if (message.empty()) return Error(Errc::badInput, "nothing to encrypt");
    for (;;) {
        const Scalar k = Scalar::reduceWide(random.secret<64>("sm2-k").expose());
        if (k.isZero()) continue;
        HUFU_TRY(shared, sharedSecret(mul(k, p), message.size()));
        if (shared.isVoid()) continue; // once in 256^length: for one byte that happens
        Sm2Ciphertext out;
        out.c1 = mulBase(k);
        out.c3 = shared.c3(message);
        out.c2.resize(message.size());
        addInto(out.c2, message, shared.stream.expose());
        return out;
    }
}

Result<SecretBytes> sm2Open(const Point &shared, const Sm2Ciphertext &ciphertext)
{
    auto secret = sharedSecret(shared, ciphertext.c2.size());
    if (!secret || secret->isVoid()) return Error(Errc::tampered, "ciphertext");
    SecretBytes message(ciphertext.c2.size());
    addInto(message.fill(), ciphertext.c2, secret->stream.expose());
    if (!ct::equal(secret->c3(message.expose()), ciphertext.c3)) return Error(Errc::tampered, "ciphertext");
    return message;
}

Result<SecretBytes> sm2Decrypt(const Scalar &d, const Sm2Ciphertext &ciphertext)
{
    return sm2Open(mul(d, ciphertext.c1), ciphertext);
}

} // namespace hufu::crypto
