// The electronic signature (电子签章): a document's SM3 under an electronic seal, signed by one who may use it.
// Source: GB/T 38540-2020 7 (version 4).
#pragma once

#include "shield/documents/ses_seal.h"

namespace hufu::documents {

// What is signed: TBS_Sign.
struct SesToSign {
    SesSeal seal;
    std::int64_t timeMs = 0; // to the second
    ByteArray<32> dataHash{};
    std::string property; // what the document is, printable ASCII, 1 to 256
    // Of the approved manifest: an extension, not critical, of the OID of the attribute hufu-manifest; its value is the
    // DER of an OCTET STRING.
    std::optional<ByteArray<32>> manifestSm3;

    // In: canonical DER. Errors: badInput.
    static Result<SesToSign> parse(ByteView der);
    // Returns: DER, as it is signed. Errors: badInput.
    Result<Bytes> der() const;
};

struct SesSignature {
    SesToSign toSign;
    Bytes toSignDer; // as it was signed
    x509::Certificate signer;
    x509::Sm2Signature signature;
    Bytes timeStamp; // not judged; empty if there is none

    // In: canonical DER, at most 5 MiB. The signature is not checked here. Errors: badInput.
    static Result<SesSignature> parse(ByteView der);
};

// Returns: DER of SES_Signature. Errors: badInput; refused if the seal does not name the signer; tampered if the
// signature is not the signer's.
Result<Bytes> buildSesSignature(ByteView toSignDer, const x509::Certificate &signer, const x509::Sm2Signature &signature);

enum class SesFinding : std::uint8_t {
    valid = 0,
    malformed,
    signatureWrong,
    contentDiffers,
    signerNotOfSeal,    // the seal does not name who signed
    sealRefused,        // see SesVerdict::seal
    certificateRefused, // see SesVerdict::chainFault
    timeImplausible,    // later than now
    manifestDiffers,    // a manifest was given, and it is not the one that was signed for, or none is named
};
std::string_view nameOf(SesFinding finding);

struct SesVerdict {
    SesFinding finding = SesFinding::malformed;
    SealVerdict seal;
    x509::Fault chainFault = x509::Fault::none;
    std::optional<SesSignature> signature; // as soon as it is read
    bool revocationChecked = false;
    std::optional<x509::Revocation> revocation; // also one that came after the claimed time and leaves the verdict valid
    bool isValid() const { return finding == SesFinding::valid; }
};

// In the order of GB/T 38540 7.3: form, signature, the signer in the seal, the seal, the signer's certificate, time,
// document, and the manifest, if one is given. Certificates must have been valid at the time that the signature claims.
SesVerdict verifySes(ByteView der, const ByteArray<32> &contentSm3, const x509::Trust &trust, std::int64_t nowMs,
                     bool revocationRequired = false, const std::optional<Bytes> &manifest = {});

} // namespace hufu::documents
