// OpenSSL's objects in owners that free them, and the few calls on them that x509, authority and documents share.
#pragma once

#include "shield/base/secret.h"
#include "shield/crypto/sm2_point.h"

#include <memory>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace hufu::x509 {

template <auto Free> struct FreeWith {
    template <typename T> void operator()(T *object) const { Free(object); }
};
template <typename T, auto Free> using Owned = std::unique_ptr<T, FreeWith<Free>>;

using OwnedBio = Owned<BIO, BIO_free_all>;
using OwnedBn = Owned<BIGNUM, BN_clear_free>;
using OwnedCertificate = Owned<X509, X509_free>;
using OwnedCrl = Owned<X509_CRL, X509_CRL_free>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedMdContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedObject = Owned<ASN1_OBJECT, ASN1_OBJECT_free>;
using OwnedOctets = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using OwnedTime = Owned<ASN1_TIME, ASN1_TIME_free>;

// The DER of any object. Errors: internal.
Result<Bytes> derOf(const void *object, const ASN1_ITEM *item);
// An object whose DER is exactly der: canonical, nothing left over. The caller owns it.
// Errors: badInput.
Result<void *> objectOf(ByteView der, const ASN1_ITEM *item);

// Errors: internal.
Result<OwnedKey> publicKeyOf(const crypto::Point &point);
// In: d, the whole key of a certificate authority; point = d G. Errors: internal.
Result<OwnedKey> privateKeyOf(const Secret<32> &d, const crypto::Point &point);
// An uncompressed point on the SM2 curve, named by its OID. Errors: badInput.
Result<crypto::Point> pointOf(const X509_PUBKEY *info);

// A context that signs with SM2 over SM3 and the id of Hufu. Errors: internal.
Result<OwnedMdContext> signingContext(EVP_PKEY *key);
// SM2 over SM3 with the id of Hufu. Errors: tampered.
Result<void> verifyWithId(const crypto::Point &point, ByteView message, ByteView signatureDer);

Result<std::int64_t> unixMsOf(const ASN1_TIME *time);
Result<OwnedTime> timeOf(std::int64_t unixMs);

// 1.2.156.10197.1.501 without parameters. Errors: internal.
Result<void> setSm2WithSm3(X509_ALGOR *algorithm);
// Whether algorithm is SM2 with SM3 (1.2.156.10197.1.501) and its parameters are absent or NULL.
bool isSm2WithSm3(const X509_ALGOR *algorithm);

} // namespace hufu::x509
