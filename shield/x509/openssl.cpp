#include "shield/x509/openssl.h"

#include "shield/crypto/sm2.h"

#include <ctime>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

namespace hufu::x509 {

namespace {

using OwnedParams = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using OwnedParamBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;

Result<OwnedKey> keyOf(const crypto::Point &point, const BIGNUM *d)
{
    const auto encoded = point.encode();
    if (!encoded) return Error(Errc::badInput, "the point at infinity is no key");
    const OwnedParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded->data(),
                                         encoded->size()) != 1 ||
        (d != nullptr && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d) != 1))
        return Error(Errc::internal, "key parameters");
    const OwnedParams params(OSSL_PARAM_BLD_to_param(builder.get()));
    const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY *key = nullptr;
    const int selection = d != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1)
        return Error(Errc::internal, "key from its numbers");
    return OwnedKey(key);
}

} // namespace

Result<Bytes> derOf(const void *object, const ASN1_ITEM *item)
{
    unsigned char *der = nullptr;
    const int length = ASN1_item_i2d(static_cast<const ASN1_VALUE *>(object), &der, item);
    if (length <= 0) return Error(Errc::internal, "DER encoding");
    Bytes out(der, der + length);
    OPENSSL_free(der);
    return out;
}

void *objectOf(ByteView der, const ASN1_ITEM *item)
{
    const QuietErrors quiet;
    if (der.empty() || der.size() > 16 * 1024 * 1024) return nullptr;
    const unsigned char *at = der.data();
    ASN1_VALUE *object = ASN1_item_d2i(nullptr, &at, static_cast<long>(der.size()), item);
    if (object == nullptr) return nullptr;
    const auto again = derOf(object, item);
    if (at == der.data() + der.size() && again && sameBytes(*again, der)) return object;
    ASN1_item_free(object, item);
    return nullptr;
}

Result<OwnedAny> elementOf(ByteView der)
{
    const unsigned char *at = der.data();
    OwnedAny value(d2i_ASN1_TYPE(nullptr, &at, static_cast<long>(der.size())));
    if (!value || at != der.data() + der.size()) return Error(Errc::badInput, "not one element");
    return value;
}

Result<OwnedKey> publicKeyOf(const crypto::PublicKey &key)
{
    if (key.suite() == crypto::Suite::sm2) {
        HUFU_TRY(point, key.sm2());
        return keyOf(point, nullptr);
    }
    OwnedKey out(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes().data(), key.bytes().size()));
    if (!out) return Error(Errc::internal, "key from its bytes");
    return out;
}

Result<OwnedKey> privateKeyOf(const Secret<32> &d, const crypto::Point &point)
{
    const OwnedBn number(BN_secure_new());
    if (!number || BN_bin2bn(d.expose().data(), static_cast<int>(d.size()), number.get()) == nullptr)
        return Error(Errc::internal, "memory");
    BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    return keyOf(point, number.get());
}

Result<crypto::PublicKey> publicKeyOf(const X509_PUBKEY *info)
{
    ASN1_OBJECT *algorithm = nullptr;
    const unsigned char *bytes = nullptr;
    int length = 0;
    X509_ALGOR *parameters = nullptr;
    if (info == nullptr || X509_PUBKEY_get0_param(&algorithm, &bytes, &length, &parameters, info) != 1 ||
        length < 0)
        return Error(Errc::badInput, "no public key");
    int type = V_ASN1_UNDEF;
    const void *value = nullptr;
    X509_ALGOR_get0(nullptr, &type, &value, parameters);
    const ByteView key(bytes, static_cast<std::size_t>(length));
    if (OBJ_obj2nid(algorithm) == NID_ED25519 && type == V_ASN1_UNDEF && key.size() == crypto::kEdPointBytes)
        return crypto::PublicKey::parse(key);
    if (OBJ_obj2nid(algorithm) != NID_X9_62_id_ecPublicKey || type != V_ASN1_OBJECT ||
        OBJ_obj2nid(static_cast<const ASN1_OBJECT *>(value)) != NID_sm2)
        return Error(Errc::badInput, "neither an SM2 nor an Ed25519 key");
    HUFU_TRY(point, crypto::Point::parse(key));
    return crypto::PublicKey(point);
}

Result<OwnedMdContext> signingContext(EVP_PKEY *key)
{
    OwnedMdContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX *keyContext = nullptr; // belongs to context
    if (!context || EVP_DigestSignInit(context.get(), &keyContext, EVP_sm3(), nullptr, key) != 1 ||
        EVP_PKEY_CTX_set1_id(keyContext, crypto::kSm2Id.data(), crypto::kSm2Id.size()) != 1)
        return Error(Errc::internal, "signing context");
    return context;
}

Result<std::int64_t> unixMsOf(const ASN1_TIME *time)
{
    const OwnedTime epoch(ASN1_TIME_set(nullptr, 0));
    int days = 0;
    int seconds = 0;
    if (time == nullptr || ASN1_TIME_check(time) != 1 || !epoch ||
        ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1)
        return Error(Errc::badInput, "not a time");
    return (std::int64_t{days} * 86'400 + seconds) * 1'000;
}

Result<OwnedTime> timeOf(std::int64_t unixMs)
{
    std::int64_t seconds = unixMs / 1'000;
    if (unixMs % 1'000 < 0) --seconds;
    OwnedTime time(ASN1_TIME_set(nullptr, static_cast<std::time_t>(seconds)));
    if (!time) return Error(Errc::badInput, "not a time that a certificate can name");
    return time;
}

Result<OwnedInteger> integerOf(ByteView bytes)
{
    const OwnedBn number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    OwnedInteger integer(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
    if (!integer) return Error(Errc::internal, "memory");
    return integer;
}

Result<Bytes> unsignedOf(const ASN1_INTEGER *integer, std::size_t length)
{
    const OwnedBn number(ASN1_INTEGER_to_BN(integer, nullptr));
    if (!number || BN_is_negative(number.get()) == 1) return Error(Errc::badInput, "not an unsigned number");
    Bytes out(length);
    if (BN_bn2binpad(number.get(), out.data(), static_cast<int>(length)) < 0)
        return Error(Errc::badInput, "number too long");
    return out;
}

} // namespace hufu::x509
