// OpenSSL's objects in owners that free them, and the few calls on them that x509, authority and documents
// share.
#pragma once

#include "shield/base/secret.h"
#include "shield/crypto/public_key.h"

#include <memory>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <optional>

namespace hufu::x509 {

template <auto Free> struct FreeWith
{
    template <typename T> void operator()(T *object) const { Free(object); }
};
template <typename T, auto Free> using Owned = std::unique_ptr<T, FreeWith<Free>>;

using OwnedAny = Owned<ASN1_TYPE, ASN1_TYPE_free>;
using OwnedBio = Owned<BIO, BIO_free_all>;
using OwnedBn = Owned<BIGNUM, BN_clear_free>;
using OwnedCertificate = Owned<X509, X509_free>;
using OwnedInteger = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedMdContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedName = Owned<X509_NAME, X509_NAME_free>;
using OwnedObject = Owned<ASN1_OBJECT, ASN1_OBJECT_free>;
using OwnedOctets = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using OwnedRequest = Owned<X509_REQ, X509_REQ_free>;
using OwnedRevocationList = Owned<X509_CRL, X509_CRL_free>;
using OwnedTime = Owned<ASN1_TIME, ASN1_TIME_free>;

// Takes back what a call puts into the thread's error queue, where TLS would find it later.
class QuietErrors
{
public:
    QuietErrors() { ERR_set_mark(); }
    ~QuietErrors() { ERR_pop_to_mark(); }
    QuietErrors(const QuietErrors &) = delete;
    QuietErrors &operator=(const QuietErrors &) = delete;
};

// The DER of any object. Errors: internal.
Result<Bytes> derOf(const void *object, const ASN1_ITEM *item);

// The object of item's type whose DER is exactly der: canonical, nothing left over. Null if there is none; the
// caller frees it.
void *objectOf(ByteView der, const ASN1_ITEM *item);
template <typename Owner> Result<Owner> parseDer(ByteView der, const ASN1_ITEM *item)
{
    Owner object(static_cast<typename Owner::pointer>(objectOf(der, item)));
    if (!object) return Error(Errc::badInput, "not the DER of this type");
    return object;
}

// One element of any type, taken over as it is, for a field of type ANY. Errors: badInput.
Result<OwnedAny> elementOf(ByteView der);

inline ByteView octetsOf(const ASN1_STRING *text)
{
    return {ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))};
}

// Errors: internal; badInput for what is no key.
Result<OwnedKey> publicKeyOf(const crypto::PublicKey &key);
// In: d, the whole key of a certificate authority; point = d G. Errors: internal.
Result<OwnedKey> privateKeyOf(const Secret<32> &d, const crypto::Point &point);
// An uncompressed point on the SM2 curve, which is named by its OID, or a key of Ed25519. Errors: badInput.
// Source: GM/T 0006; RFC 8410 4.
Result<crypto::PublicKey> publicKeyOf(const X509_PUBKEY *info);

// A context that signs with SM2 over SM3 and the id of Hufu. Errors: internal.
Result<OwnedMdContext> signingContext(EVP_PKEY *key);

// Errors: badInput.
Result<std::int64_t> unixMsOf(const ASN1_TIME *time);
// Rounded down to seconds. Errors: badInput for a year beyond 9999.
Result<OwnedTime> timeOf(std::int64_t unixMs);

// In: unsigned, big endian. Errors: internal.
Result<OwnedInteger> integerOf(ByteView bytes);
// Big endian in exactly length bytes. Errors: badInput for a negative or longer number.
Result<Bytes> unsignedOf(const ASN1_INTEGER *integer, std::size_t length);

} // namespace hufu::x509
