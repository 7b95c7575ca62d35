#include "shield/documents/verdict.h"

#include "shield/crypto/sm3.h"
#include "shield/x509/pem.h"

#include <algorithm>

namespace hufu::documents {

namespace {

constexpr std::int64_t kClockSlackMs = 300'000; // a signing time may be ahead of our clock by so much

// The certificate's part of the verdict, at verdict.judgedAtMs.
void judgeSigner(Verdict &verdict, const Question &question, const Cms *alongside)
{
    x509::Trust trust = question.trust;
    if (alongside != nullptr) {
        trust.intermediates.insert(trust.intermediates.end(), alongside->certificates.begin(),
                                   alongside->certificates.end());
        trust.revocations.insert(trust.revocations.end(), alongside->revocations.begin(),
                                 alongside->revocations.end());
    }
    const x509::Demand demand{x509::KeyKind::sign, verdict.judgedAtMs, question.nowMs,
                              question.revocationRequired};
    const x509::ChainReport report = x509::checkChain(*verdict.signer, trust, demand);
    verdict.chainFault = report.fault;
    verdict.revocationChecked = report.revocationChecked;
    verdict.revocation = report.revocation;
    verdict.finding = report.fault == x509::Fault::none ? Finding::valid : Finding::certificateRefused;
}

bool isOfManifest(const Verdict &verdict, const Bytes &manifest)
{
    return verdict.manifestSm3 && *verdict.manifestSm3 == crypto::sm3(manifest);
}

Verdict verdictOn(const CmsSigner &signer, const Cms &cms, const ByteArray<32> &contentSm3,
                  const Question &question)
{
    Verdict verdict;
    verdict.form = Form::cms;
    verdict.contentSm3 = contentSm3;
    verdict.signer = signer.certificate;
    verdict.signedAtMs = signer.attributes.signingTimeMs;
    verdict.manifestSm3 = signer.attributes.manifestSm3;
    verdict.judgedAtMs = verdict.signedAtMs.value_or(question.nowMs);

    const auto ended = [&verdict](Finding finding) {
        verdict.finding = finding;
        return verdict;
    };
    if (!x509::verifySignature(signer.certificate.publicKey(), signer.attributes.der, signer.signature))
        return ended(Finding::signatureWrong);
    if (signer.attributes.messageDigest != contentSm3 ||
        (cms.content && crypto::sm3(*cms.content) != contentSm3))
        return ended(Finding::contentDiffers);
    if (question.manifest && !isOfManifest(verdict, *question.manifest)) return ended(Finding::manifestDiffers);
    if (verdict.judgedAtMs > question.nowMs + kClockSlackMs) return ended(Finding::timeImplausible);
    judgeSigner(verdict, question, &cms);
    return verdict;
}

Result<Bytes> cmsInPem(ByteView file)
{
    for (const std::string_view label : {"CMS", "PKCS7"}) {
        auto der = x509::derOfFile(file, label);
        if (der) return der;
    }
    return Error(Errc::badInput, "no signature in the PEM");
}

} // namespace

std::string_view nameOf(Finding finding)
{
    switch (finding) {
    case Finding::valid:
        return "valid";
    case Finding::malformed:
        return "malformed";
    case Finding::contentDiffers:
        return "contentDiffers";
    case Finding::signatureWrong:
        return "signatureWrong";
    case Finding::certificateRefused:
        return "certificateRefused";
    case Finding::certificateMissing:
        return "certificateMissing";
    case Finding::manifestDiffers:
        return "manifestDiffers";
    case Finding::timeImplausible:
        return "timeImplausible";
    }
    return "malformed";
}

std::vector<Verdict> verifyEachSigner(ByteView cms, const ByteArray<32> &contentSm3, const Question &question)
{
    Verdict none;
    none.form = Form::cms;
    none.contentSm3 = contentSm3;
    const auto parsed = Cms::parse(cms);
    if (!parsed) return {none};
    std::vector<Verdict> out;
    for (const CmsSigner &signer : parsed->signers)
        out.push_back(verdictOn(signer, *parsed, contentSm3, question));
    return out;
}

Verdict verifyCms(ByteView cms, const ByteArray<32> &contentSm3, const Question &question)
{
    return togetherOf(verifyEachSigner(cms, contentSm3, question), question);
}

Verdict togetherOf(const std::vector<Verdict> &each, const Question &question)
{
    if (question.signer) {
        const auto asked = std::ranges::find_if(each, [&](const Verdict &verdict) { return verdict.signer == question.signer; });
        if (asked != each.end()) return *asked;
        const Verdict &first = each.front();
        Verdict missing; // of nobody: whoever is asked about has not signed
        missing.finding = first.finding == Finding::malformed ? Finding::malformed : Finding::certificateMissing;
        missing.form = first.form;
        missing.judgedAtMs = first.judgedAtMs;
        missing.manifestSm3 = first.manifestSm3;
        missing.contentSm3 = first.contentSm3;
        return missing;
    }
    const auto bad = std::ranges::find_if(each, [](const Verdict &verdict) { return !verdict.isValid(); });
    return bad == each.end() ? each.front() : *bad;
}

// Whether the signer who is asked about has a key of Ed25519: its signature is 64 bytes without a form (RFC 8032).
static bool hasEd25519(const Question &question)
{
    return question.signer && question.signer->publicKey().suite() == crypto::Suite::frost;
}

static Result<ByteArray<64>> rawOf(ByteView signatureDer)
{
    HUFU_TRY(signature, x509::Sm2Signature::parse(signatureDer));
    return signature.raw();
}

Verdict verifyBare(ByteView signatureFile, ByteView content, const Question &question)
{
    Verdict verdict;
    verdict.form = Form::bare;
    verdict.contentSm3 = crypto::sm3(content);
    verdict.judgedAtMs = question.nowMs;
    const bool ed25519 = hasEd25519(question);
    const auto signature = ed25519 ? fixedBytes<64>(signatureFile) : rawOf(signatureFile);
    if (!signature) return verdict;
    if (!question.signer) {
        verdict.finding = Finding::certificateMissing;
        return verdict;
    }
    verdict.signer = question.signer;
    if (!question.signer->publicKey().verify(content, *signature)) {
        verdict.finding = Finding::signatureWrong;
        return verdict;
    }
    judgeSigner(verdict, question, nullptr);
    return verdict;
}

Verdict verifySignatureFile(ByteView file, ByteView content, const Question &question)
{
    if (x509::Sm2Signature::parse(file) || (hasEd25519(question) && file.size() == 64))
        return verifyBare(file, content, question);
    const auto cms = cmsInPem(file);
    return verifyCms(cms ? ByteView(*cms) : ByteView(), crypto::sm3(content), question);
}

} // namespace hufu::documents
