// What a signature proves: who signed, when, which manifest, and if not, why not. Pure: content, certificates
// and time come from the caller (hufu verify, the desk, the journeys).
#pragma once

#include "shield/documents/cms.h"
#include "shield/x509/chain.h"

#include <string_view>

namespace hufu::documents {

enum class Form : std::uint8_t { bare, cms };

enum class Finding : std::uint8_t {
    valid = 0,
    malformed,          // not a signature of a known form, or none of SM2
    contentDiffers,     // CMS: the digest in it is of another content
    signatureWrong,     // bare: this also means other content
    certificateRefused, // see Verdict::chainFault
    certificateMissing, // bare: no certificate given; CMS: it is another one than was asked for
    manifestDiffers,    // a manifest was given, and it is not the one that was signed for, or none is named
    timeImplausible,    // CMS: signed later than now
};
std::string_view nameOf(Finding finding);

struct Verdict {
    Finding finding = Finding::malformed;
    Form form = Form::bare;
    x509::Fault chainFault = x509::Fault::none;
    std::optional<x509::Certificate> signer; // as soon as it is known, also when refused
    std::optional<std::int64_t> signedAtMs;  // CMS: what the signed attributes claim, the signer's own word
    std::int64_t judgedAtMs = 0;             // at which time certificates had to be valid
    std::optional<ByteArray<32>> manifestSm3;
    ByteArray<32> contentSm3{};
    bool revocationChecked = false;
    std::optional<x509::Revocation> revocation; // also one that came after judgedAtMs and leaves the verdict valid

    bool isValid() const { return finding == Finding::valid; }
};

struct Question {
    x509::Trust trust;
    std::int64_t nowMs = 0;
    bool revocationRequired = false;
    std::optional<Bytes> manifest;           // if given, a CMS must name its SM3
    std::optional<x509::Certificate> signer; // needed for a bare signature; a CMS must be this one's if given
};

// Verifies a CMS. In: contentSm3, of the whole content, which is the one inside if there is one. Certificates
// must be valid at the signing time that the attributes claim (now if there is none), and not revoked then
// (x509::checkChain); those and the revocation lists in the CMS are used besides the question's.
// Returns: of several signers the first that is not valid, so that valid means all; with Question::signer that
// one's.
Verdict verifyCms(ByteView cms, const ByteArray<32> &contentSm3, const Question &question);
// What each signer's signature proves by itself, in the order of Cms::signers; one, malformed, if it is no CMS.
// Question::signer plays no part in it.
std::vector<Verdict> verifyEachSigner(ByteView cms, const ByteArray<32> &contentSm3, const Question &question);
// What these come to, as verifyCms says. In: each, at least one.
Verdict togetherOf(const std::vector<Verdict> &each, const Question &question);

// Verifies a plain signature over the content, with the id of Hufu; the certificate must be valid now.
Verdict verifyBare(ByteView signatureDer, ByteView content, const Question &question);

// Either, by the form of the signature file: DER or PEM ("PKCS7", "CMS").
Verdict verifySignatureFile(ByteView file, ByteView content, const Question &question);

} // namespace hufu::documents
