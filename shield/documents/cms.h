// CMS SignedData with SM2 and SM3, detached or with the content inside, by one signer or several, around
// signatures that were made elsewhere. Source: RFC 5652 5, GM/T 0010 8, GM/T 0009 for the signature;
// digest 1.2.156.10197.1.401, signature 1.2.156.10197.1.501.
#pragma once

#include "shield/documents/dialect.h"
#include "shield/x509/certificate.h"
#include "shield/x509/revocation_list.h"
#include "shield/x509/sm2_der.h"

#include <optional>
#include <span>

namespace hufu::documents {

// The attribute hufu-manifest: OCTET STRING of 32 bytes, SM3 of the approved manifest. An OID of ITU-T X.667.
inline constexpr char kManifestAttributeOid[] = "2.25.62122382484641537303062036025043629294";

struct SignedAttributes {
    Bytes der; // SET OF, as it was signed
    Dialect dialect = Dialect::pkcs7;
    ByteArray<32> messageDigest{};
    std::optional<std::int64_t> signingTimeMs;
    std::optional<ByteArray<32>> manifestSm3;

    // In: DER SET OF Attribute, canonical: contentType (data) and messageDigest (32 bytes) exactly once with
    // one value each; signingTime and hufu-manifest at most once; others are allowed. Errors: badInput.
    static Result<SignedAttributes> parse(ByteView der);
};

// Signed attributes without a manifest: contentType (data), signingTime, messageDigest.
// Returns: DER SET OF, as it is signed. Errors: badInput (a time beyond the year 9999).
Result<Bytes> buildSignedAttributes(const ByteArray<32> &messageDigest, std::int64_t signingTimeMs,
                                    Dialect dialect = Dialect::pkcs7);

struct CmsSigner {
    SignedAttributes attributes;
    x509::Sm2Signature signature;
    x509::Certificate certificate; // of those in the CMS, the one that the signer info names
};

struct Cms {
    Dialect dialect = Dialect::pkcs7;
    std::optional<Bytes> content;                // absent: detached
    std::vector<CmsSigner> signers;              // 1 to 16
    std::vector<x509::Certificate> certificates; // all that are in the CMS
    std::vector<x509::RevocationList> revocations;

    // In: canonical DER of a SignedData, each signer's certificate in it, nothing left over, at most 16 MiB.
    // All identifiers of one dialect. A signer's algorithm may be 1.2.156.10197.1.501 or .301.1. No signature
    // is checked here. Errors: badInput.
    static Result<Cms> parse(ByteView der);
};

struct CmsDraft {
    // The signature of the signed attributes, whose dialect is that of the whole.
    struct Signature {
        Bytes attributes; // DER SET OF, as it was signed
        x509::Sm2Signature signature;
        x509::Certificate signer;
    };
    std::vector<Signature> signatures;           // 1 to 16
    std::vector<x509::Certificate> certificates; // besides the signers'
    std::vector<x509::RevocationList> revocations;
    std::optional<Bytes> content; // to be put inside; its SM3 must be the digest that was signed
};

// Returns: DER ContentInfo. Errors: badInput; tampered if a signature is not its signer's over its attributes,
// or the content is another.
Result<Bytes> buildCms(const CmsDraft &draft);

// The detached form with one signer. In: certificates, the signer's first. Errors: as buildCms.
Result<Bytes> buildDetachedCms(ByteView signedAttributes, const x509::Sm2Signature &signature,
                               std::span<const x509::Certificate> certificates);

// Puts one more signature into a CMS; those that are there stay as they are, to the byte.
// In: certificates, besides the signer's. Errors: badInput; tampered (as buildCms, or over another content).
Result<Bytes> addSignature(ByteView cms, const CmsDraft::Signature &signature,
                           std::span<const x509::Certificate> certificates);

} // namespace hufu::documents
