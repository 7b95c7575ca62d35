// Detached CMS signatures (PKCS #7 SignedData) with SM2 and SM3, around a signature that was made elsewhere.
// Source: RFC 5652 5, GM/T 0009 for the signature. Content types are those of PKCS #7, as PDF readers and
// BouncyCastle expect under adbe.pkcs7.detached; digest 1.2.156.10197.1.401, signature 1.2.156.10197.1.501.
#pragma once

#include "shield/x509/certificate.h"
#include "shield/x509/sm2_der.h"

#include <optional>
#include <span>

namespace hufu::documents {

// The attribute hufu-manifest: OCTET STRING of 32 bytes, SM3 of the approved manifest. An OID of ITU-T X.667.
inline constexpr char kManifestAttributeOid[] = "2.25.62122382484641537303062036025043629294";

struct SignedAttributes
{
    Bytes der; // SET OF, as it was signed
    ByteArray<32> messageDigest{};
    std::optional<std::int64_t> signingTimeMs;
    std::optional<ByteArray<32>> manifestSm3;

    // In: DER SET OF Attribute, canonical: contentType (id-data) and messageDigest (32 bytes) exactly once with
    // one value each; signingTime and hufu-manifest at most once; others are allowed. Errors: badInput.
    static Result<SignedAttributes> parse(ByteView der);
};

// Signed attributes without a manifest: contentType (id-data), signingTime, messageDigest.
// Returns: DER SET OF, as it is signed. Errors: badInput (a time beyond the year 9999).
Result<Bytes> buildSignedAttributes(const ByteArray<32> &messageDigest, std::int64_t signingTimeMs);

struct Cms
{
    SignedAttributes attributes;
    x509::Sm2Signature signature;
    x509::Certificate signer;                    // of those in the CMS, the one that the signer info names
    std::vector<x509::Certificate> certificates; // all that are in the CMS

    // In: canonical DER of a detached SignedData with exactly one signer and its certificate, nothing left
    // over, at most 1 MiB. The signer's algorithm may be 1.2.156.10197.1.501 or .301.1. The signature is not
    // checked here. Errors: badInput.
    static Result<Cms> parse(ByteView der);
};

// Puts the signature and the certificates around signed attributes.
// In: signedAttributes, DER SET OF as it was signed; signature over it; certificates, the signer's first.
// Returns: DER ContentInfo.
// Errors: badInput; tampered if the signature is not the signer's over these attributes.
Result<Bytes> buildDetachedCms(ByteView signedAttributes, const x509::Sm2Signature &signature,
                               std::span<const x509::Certificate> certificates);

} // namespace hufu::documents
