#include "shield/documents/ses_signature.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/documents/ses_asn1.h"

namespace hufu::documents {

namespace {

using x509::octetsOf;
using x509::parseDer;

constexpr int kVersion = 4;
constexpr int kExtensionsMax = 32;
constexpr std::size_t kPropertyMax = 256;
constexpr std::size_t kSignatureMax = kSesSealMax + 1024 * 1024;
constexpr std::int64_t kClockSlackMs = 300'000; // as of a CMS
constexpr Error kMemory(Errc::internal, "memory");

Result<void> addManifest(SesToSignFields &to, const ByteArray<32> &sm3)
{
    HUFU_TRY(extension, newFields<OwnedSesExtension>(sesExtensionItem()));
    ASN1_OBJECT *id = OBJ_txt2obj(kManifestAttributeOid, 1);
    if (id == nullptr) return kMemory;
    ASN1_OBJECT_free(extension->id);
    extension->id = id;
    extension->critical = -1;
    HUFU_CHECK(setText(extension->value, concat({Bytes{0x04, 0x20}, sm3})));
    if (to.extensions == nullptr) to.extensions = sk_SesExtensionFields_new_null();
    if (to.extensions == nullptr || sk_SesExtensionFields_push(to.extensions, extension.get()) == 0) return kMemory;
    static_cast<void>(extension.release());
    return {};
}

Result<void> readExtensions(SesToSign &to, const STACK_OF(SesExtensionFields) * extensions)
{
    const int count = extensions == nullptr ? 0 : sk_SesExtensionFields_num(extensions);
    if (count > kExtensionsMax) return Error(Errc::badInput, "too many extensions");
    const x509::OwnedObject manifest(OBJ_txt2obj(kManifestAttributeOid, 1));
    if (!manifest) return kMemory;
    for (int i = 0; i < count; ++i) {
        const SesExtensionFields &extension = *sk_SesExtensionFields_value(extensions, i);
        if (OBJ_cmp(extension.id, manifest.get()) != 0) {
            if (extension.critical > 0) return Error(Errc::badInput, "a critical extension");
            continue;
        }
        const ByteView value = octetsOf(extension.value);
        if (to.manifestSm3 || value.size() != 34 || value[0] != 0x04 || value[1] != 0x20) return Error(Errc::badInput, "manifest");
        HUFU_TRY(sm3, fixedBytes<32>(value.subspan(2)));
        to.manifestSm3 = sm3;
    }
    return {};
}

} // namespace

Result<Bytes> SesToSign::der() const
{
    const x509::QuietErrors quiet;
    HUFU_TRY(fields, newFields<OwnedSesToSign>(sesToSignItem()));
    if (ASN1_INTEGER_set(fields->version, kVersion) != 1) return kMemory;
    HUFU_CHECK(setSequence(fields->seal, seal.der));
    HUFU_CHECK(setTime(fields->time, timeMs));
    HUFU_CHECK(setBits(fields->dataHash, dataHash));
    HUFU_CHECK(setText(fields->property, viewOf(property)));
    if (manifestSm3) HUFU_CHECK(addManifest(*fields, *manifestSm3));
    HUFU_TRY(out, x509::derOf(fields.get(), sesToSignItem()));
    HUFU_CHECK(parse(out));
    return std::move(out);
}

Result<SesToSign> SesToSign::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kSignatureMax) return Error(Errc::badInput, "signature too long");
    HUFU_TRY(fields, parseDer<OwnedSesToSign>(der, sesToSignItem()));
    HUFU_TRY(version, numberIn(fields->version, kVersion));
    if (version != kVersion) return Error(Errc::badInput, "version of the signature");
    HUFU_TRY(sealDer, sequenceIn(fields->seal));
    HUFU_TRY(seal, SesSeal::parse(sealDer));
    HUFU_TRY(time, x509::unixMsOf(fields->time));
    HUFU_TRY(bits, bitsIn(fields->dataHash));
    HUFU_TRY(digest, fixedBytes<32>(bits));
    HUFU_TRY(text, asciiIn(fields->property, kPropertyMax));
    if (text.empty()) return Error(Errc::badInput, "property of the document");
    SesToSign out{seal, time, digest, text, std::nullopt};
    HUFU_CHECK(readExtensions(out, fields->extensions));
    return out;
}

Result<SesSignature> SesSignature::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kSignatureMax) return Error(Errc::badInput, "signature too long");
    HUFU_TRY(fields, parseDer<OwnedSesSignature>(der, sesSignatureItem()));
    if (!isSm2Algorithm(fields->algorithm)) return Error(Errc::badInput, "algorithm of the signature");
    HUFU_TRY(toSignDer, sequenceIn(fields->toSign));
    HUFU_TRY(toSign, SesToSign::parse(toSignDer));
    HUFU_TRY(signer, x509::Certificate::parse(octetsOf(fields->signer)));
    HUFU_TRY(bits, bitsIn(fields->signature));
    HUFU_TRY(signature, x509::Sm2Signature::parse(bits));
    SesSignature out{toSign, bytesOf(toSignDer), signer, signature, {}};
    if (fields->timeStamp != nullptr) {
        HUFU_TRY(stamp, bitsIn(fields->timeStamp));
        out.timeStamp = bytesOf(stamp);
    }
    return out;
}

Result<Bytes> buildSesSignature(ByteView toSignDer, const x509::Certificate &signer, const x509::Sm2Signature &signature)
{
    const x509::QuietErrors quiet;
    HUFU_TRY(toSign, SesToSign::parse(toSignDer));
    if (!toSign.seal.info.names(signer)) return Error(Errc::refused, "not one who may use the seal");
    HUFU_CHECK(x509::verifySignature(signer.publicKey(), toSignDer, signature));
    HUFU_TRY(fields, newFields<OwnedSesSignature>(sesSignatureItem()));
    HUFU_TRY(signatureDer, signature.der());
    HUFU_CHECK(setSequence(fields->toSign, toSignDer));
    HUFU_CHECK(setText(fields->signer, signer.der()));
    HUFU_CHECK(setSm2Algorithm(fields->algorithm));
    HUFU_CHECK(setBits(fields->signature, signatureDer));
    HUFU_TRY(out, x509::derOf(fields.get(), sesSignatureItem()));
    HUFU_CHECK(SesSignature::parse(out));
    return std::move(out);
}

std::string_view nameOf(SesFinding finding)
{
    switch (finding) {
    case SesFinding::valid: return "valid";
    case SesFinding::malformed: return "malformed";
    case SesFinding::signatureWrong: return "signatureWrong";
    case SesFinding::contentDiffers: return "contentDiffers";
    case SesFinding::signerNotOfSeal: return "signerNotOfSeal";
    case SesFinding::sealRefused: return "sealRefused";
    case SesFinding::certificateRefused: return "certificateRefused";
    case SesFinding::timeImplausible: return "timeImplausible";
    case SesFinding::manifestDiffers: return "manifestDiffers";
    }
    return "malformed";
}

SesVerdict verifySes(ByteView der, const ByteArray<32> &contentSm3, const x509::Trust &trust, std::int64_t nowMs,
                     bool revocationRequired, const std::optional<Bytes> &manifest)
{
    SesVerdict verdict;
    const auto parsed = SesSignature::parse(der);
    if (!parsed) return verdict;
    verdict.signature = *parsed;
    const SesToSign &toSign = parsed->toSign;
    const auto ended = [&verdict](SesFinding finding) {
        verdict.finding = finding;
        return verdict;
    };
    if (!x509::verifySignature(parsed->signer.publicKey(), parsed->toSignDer, parsed->signature)) return ended(SesFinding::signatureWrong);
    if (!toSign.seal.info.names(parsed->signer)) return ended(SesFinding::signerNotOfSeal);
    verdict.seal = judgeSeal(toSign.seal, trust, toSign.timeMs, nowMs, revocationRequired);
    if (!verdict.seal.isValid()) return ended(SesFinding::sealRefused);
    const x509::Demand demand{x509::KeyKind::sign, toSign.timeMs, nowMs, revocationRequired};
    const x509::ChainReport report = x509::checkChain(parsed->signer, trust, demand);
    verdict.chainFault = report.fault;
    verdict.revocationChecked = report.revocationChecked;
    verdict.revocation = report.revocation;
    if (report.fault != x509::Fault::none) return ended(SesFinding::certificateRefused);
    if (toSign.timeMs > nowMs + kClockSlackMs) return ended(SesFinding::timeImplausible);
    if (toSign.dataHash != contentSm3) return ended(SesFinding::contentDiffers);
    if (manifest && toSign.manifestSm3 != crypto::sm3(*manifest)) return ended(SesFinding::manifestDiffers);
    return ended(SesFinding::valid);
}

} // namespace hufu::documents
