#include "shield/x509/sm2_der.h"

#include "shield/x509/openssl.h"

#include <openssl/asn1t.h>
#include <openssl/ec.h>

#include <algorithm>

namespace hufu::x509 {

namespace {

struct Signature
{
    ASN1_INTEGER *r;
    ASN1_INTEGER *s;
};

struct Cipher
{
    ASN1_INTEGER *x;
    ASN1_INTEGER *y;
    ASN1_OCTET_STRING *hash;
    ASN1_OCTET_STRING *text;
};

// clang-format off
ASN1_SEQUENCE(Signature) = {
    ASN1_SIMPLE(Signature, r, ASN1_INTEGER),
    ASN1_SIMPLE(Signature, s, ASN1_INTEGER)
} static_ASN1_SEQUENCE_END(Signature)

ASN1_SEQUENCE(Cipher) = {
    ASN1_SIMPLE(Cipher, x, ASN1_INTEGER),
    ASN1_SIMPLE(Cipher, y, ASN1_INTEGER),
    ASN1_SIMPLE(Cipher, hash, ASN1_OCTET_STRING),
    ASN1_SIMPLE(Cipher, text, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(Cipher)
    // clang-format on

    void freeSignature(Signature * signature)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(signature), ASN1_ITEM_rptr(Signature));
}
void freeCipher(Cipher *cipher)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(cipher), ASN1_ITEM_rptr(Cipher));
}
using OwnedSignature = Owned<Signature, freeSignature>;
using OwnedCipher = Owned<Cipher, freeCipher>;

Result<void> assign(ASN1_INTEGER *&field, ByteView bytes)
{
    HUFU_TRY(integer, integerOf(bytes));
    ASN1_INTEGER_free(field);
    field = integer.release();
    return {};
}

} // namespace

Result<Sm2Signature> Sm2Signature::parse(ByteView der)
{
    HUFU_TRY(object, parseDer<OwnedSignature>(der, ASN1_ITEM_rptr(Signature)));
    HUFU_TRY(rBytes, unsignedOf(object->r, 32));
    HUFU_TRY(sBytes, unsignedOf(object->s, 32));
    return fromRaw(concat({rBytes, sBytes}));
}

Result<Sm2Signature> Sm2Signature::fromRaw(ByteView rs)
{
    if (rs.size() != 64) return Error(Errc::badInput, "length of r and s");
    Sm2Signature out;
    HUFU_TRY(r, crypto::Scalar::parse(rs.first(32)));
    HUFU_TRY(s, crypto::Scalar::parse(rs.last(32)));
    out.r = r.bytes();
    out.s = s.bytes();
    return out;
}

ByteArray<64> Sm2Signature::raw() const
{
    ByteArray<64> out;
    std::ranges::copy(r, out.begin());
    std::ranges::copy(s, out.begin() + 32);
    return out;
}

Result<Bytes> Sm2Signature::der() const
{
    HUFU_CHECK(crypto::Scalar::parse(r));
    HUFU_CHECK(crypto::Scalar::parse(s));
    const OwnedSignature object(reinterpret_cast<Signature *>(ASN1_item_new(ASN1_ITEM_rptr(Signature))));
    if (!object) return Error(Errc::internal, "memory");
    HUFU_CHECK(assign(object->r, r));
    HUFU_CHECK(assign(object->s, s));
    return derOf(object.get(), ASN1_ITEM_rptr(Signature));
}

Result<Bytes> sm2SignatureDer(ByteView r, ByteView s)
{
    HUFU_TRY(signature, Sm2Signature::fromRaw(concat({r, s})));
    return signature.der();
}

Result<void> verifySignature(const crypto::PublicKey &key, ByteView message, const Sm2Signature &signature)
{
    if (key.suite() != crypto::Suite::sm2 || !key.verify(message, signature.raw()))
        return Error(Errc::tampered, "SM2 signature");
    return {};
}

Result<crypto::Sm2Ciphertext> parseSm2Cipher(ByteView der)
{
    HUFU_TRY(object, parseDer<OwnedCipher>(der, ASN1_ITEM_rptr(Cipher)));
    HUFU_TRY(x, unsignedOf(object->x, 32));
    HUFU_TRY(y, unsignedOf(object->y, 32));
    if (ASN1_STRING_length(object->hash) != 32) return Error(Errc::badInput, "length of C3");
    const ByteArray<1> uncompressed{0x04};
    return crypto::Sm2Ciphertext::parse(
        concat({uncompressed, x, y, octetsOf(object->hash), octetsOf(object->text)}));
}

Result<Bytes> sm2CipherDer(const crypto::Sm2Ciphertext &ciphertext)
{
    const auto point = ciphertext.c1.encode();
    if (!point || ciphertext.c2.empty()) return Error(Errc::badInput, "no ciphertext");
    const OwnedCipher object(reinterpret_cast<Cipher *>(ASN1_item_new(ASN1_ITEM_rptr(Cipher))));
    if (!object) return Error(Errc::internal, "memory");
    const ByteView coordinates = ByteView(*point).subspan(1);
    HUFU_CHECK(assign(object->x, coordinates.first(32)));
    HUFU_CHECK(assign(object->y, coordinates.last(32)));
    if (ASN1_OCTET_STRING_set(object->hash, ciphertext.c3.data(), static_cast<int>(ciphertext.c3.size())) !=
            1 ||
        ASN1_OCTET_STRING_set(object->text, ciphertext.c2.data(), static_cast<int>(ciphertext.c2.size())) != 1)
        return Error(Errc::internal, "memory");
    return derOf(object.get(), ASN1_ITEM_rptr(Cipher));
}

} // namespace hufu::x509
