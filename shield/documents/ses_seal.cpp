#include "shield/documents/ses_seal.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/ses_asn1.h"

#include <algorithm>

namespace hufu::documents {

namespace {

using x509::octetsOf;
using x509::parseDer;

constexpr int kVersion = 4;
constexpr int kSignersMax = 64;
constexpr int kExtensionsMax = 32;
constexpr int kSideMax = 1000;
constexpr std::size_t kTextMax = 64, kNameMax = 512;
constexpr std::int64_t kCertificates = 1, kDigests = 2; // certListType
constexpr Error kMemory(Errc::internal, "memory");

bool isPrintable(std::string_view text, std::size_t least)
{
    return text.size() >= least && text.size() <= kTextMax &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

Result<void> check(const SesSealInfo &info)
{
    if (!isPrintable(info.vendor, 0) || !isPrintable(info.id, 1) || !isPrintable(info.picture.type, 1))
        return Error(Errc::badInput, "a text of the seal");
    if (info.name.empty() || info.name.size() > kNameMax) return Error(Errc::badInput, "name of the seal");
    if (info.signers.empty() == info.signerDigests.empty() || info.signers.size() + info.signerDigests.size() > kSignersMax)
        return Error(Errc::badInput, "who may use the seal");
    if (info.type != SesSealInfo::Type::unit && info.type != SesSealInfo::Type::person) return Error(Errc::badInput, "type of the seal");
    if (info.fromMs >= info.untilMs) return Error(Errc::badInput, "time of the seal");
    const auto isSide = [](int mm) { return mm >= 1 && mm <= kSideMax; };
    if (info.picture.data.empty() || !isSide(info.picture.widthMm) || !isSide(info.picture.heightMm))
        return Error(Errc::badInput, "picture of the seal");
    return {};
}

Result<OwnedSesDigest> digestFields(ByteView digest)
{
    HUFU_TRY(fields, newFields<OwnedSesDigest>(sesDigestItem()));
    HUFU_CHECK(setText(fields->type, viewOf("SM3")));
    HUFU_CHECK(setText(fields->value, digest));
    return std::move(fields);
}

Result<void> push(STACK_OF(ASN1_TYPE) * stack, x509::OwnedAny element)
{
    if (sk_ASN1_TYPE_push(stack, element.get()) == 0) return kMemory;
    static_cast<void>(element.release());
    return {};
}

Result<void> setSigners(SesPropertyFields &property, const SesSealInfo &info)
{
    for (const x509::Certificate &certificate : info.signers) {
        const x509::OwnedOctets octets(ASN1_OCTET_STRING_new());
        x509::OwnedAny element(ASN1_TYPE_new());
        if (!octets || !element) return kMemory;
        HUFU_CHECK(setText(octets.get(), certificate.der()));
        if (ASN1_TYPE_set1(element.get(), V_ASN1_OCTET_STRING, octets.get()) != 1) return kMemory;
        HUFU_CHECK(push(property.certList, std::move(element)));
    }
    for (const ByteArray<32> &digest : info.signerDigests) {
        HUFU_TRY(fields, digestFields(digest));
        HUFU_TRY(der, x509::derOf(fields.get(), sesDigestItem()));
        HUFU_TRY(element, x509::elementOf(der));
        HUFU_CHECK(push(property.certList, std::move(element)));
    }
    return {};
}

Result<void> readSigners(SesSealInfo &to, const SesPropertyFields &property)
{
    HUFU_TRY(type, numberIn(property.certListType, kDigests));
    if (sk_ASN1_TYPE_num(property.certList) > kSignersMax) return Error(Errc::badInput, "too many signers");
    for (int i = 0; i < sk_ASN1_TYPE_num(property.certList); ++i) {
        const ASN1_TYPE *element = sk_ASN1_TYPE_value(property.certList, i);
        if (type == kCertificates) {
            if (ASN1_TYPE_get(element) != V_ASN1_OCTET_STRING) return Error(Errc::badInput, "not a certificate");
            HUFU_TRY(certificate, x509::Certificate::parse(octetsOf(element->value.octet_string)));
            to.signers.push_back(certificate);
        } else {
            HUFU_TRY(der, sequenceIn(element));
            HUFU_TRY(fields, parseDer<OwnedSesDigest>(der, sesDigestItem()));
            const std::string name = textOf(octetsOf(fields->type));
            if (name != "SM3" && name != "1.2.156.10197.1.401") return Error(Errc::badInput, "digest of a certificate");
            HUFU_TRY(digest, fixedBytes<32>(octetsOf(fields->value)));
            to.signerDigests.push_back(digest);
        }
    }
    return {};
}

Result<void> refuseCritical(const STACK_OF(SesExtensionFields) * extensions)
{
    const int count = extensions == nullptr ? 0 : sk_SesExtensionFields_num(extensions);
    if (count > kExtensionsMax) return Error(Errc::badInput, "too many extensions");
    for (int i = 0; i < count; ++i)
        if (sk_SesExtensionFields_value(extensions, i)->critical > 0) return Error(Errc::badInput, "a critical extension");
    return {};
}

} // namespace

bool SesSealInfo::names(const x509::Certificate &certificate) const
{
    const auto digest = crypto::sm3(certificate.der());
    return std::find(signers.begin(), signers.end(), certificate) != signers.end() ||
           std::find(signerDigests.begin(), signerDigests.end(), digest) != signerDigests.end();
}

Result<Bytes> SesSealInfo::der() const
{
    HUFU_CHECK(check(*this));
    HUFU_TRY(fields, newFields<OwnedSesInfo>(sesInfoItem()));
    SesPropertyFields &property = *fields->property;
    HUFU_CHECK(setText(fields->header->id, viewOf("ES")));
    HUFU_CHECK(setText(fields->header->vendor, viewOf(vendor)));
    HUFU_CHECK(setText(fields->id, viewOf(id)));
    HUFU_CHECK(setText(property.name, viewOf(name)));
    HUFU_CHECK(setText(fields->picture->type, viewOf(picture.type)));
    HUFU_CHECK(setText(fields->picture->data, picture.data));
    if (ASN1_INTEGER_set(fields->header->version, kVersion) != 1 || ASN1_INTEGER_set(property.type, static_cast<long>(type)) != 1 ||
        ASN1_INTEGER_set(property.certListType, signers.empty() ? kDigests : kCertificates) != 1 ||
        ASN1_INTEGER_set(fields->picture->width, picture.widthMm) != 1 ||
        ASN1_INTEGER_set(fields->picture->height, picture.heightMm) != 1)
        return kMemory;
    HUFU_CHECK(setSigners(property, *this));
    HUFU_CHECK(setTime(property.created, createdMs));
    HUFU_CHECK(setTime(property.validStart, fromMs));
    HUFU_CHECK(setTime(property.validEnd, untilMs));
    HUFU_TRY(out, x509::derOf(fields.get(), sesInfoItem()));
    HUFU_CHECK(parse(out)); // what cannot be read must not be made
    return std::move(out);
}

Result<SesSealInfo> SesSealInfo::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kSesSealMax) return Error(Errc::badInput, "seal too long");
    HUFU_TRY(fields, parseDer<OwnedSesInfo>(der, sesInfoItem()));
    const SesHeaderFields &header = *fields->header;
    const SesPropertyFields &property = *fields->property;
    if (textOf(octetsOf(header.id)) != "ES") return Error(Errc::badInput, "not a seal");
    HUFU_TRY(version, numberIn(header.version, kVersion));
    if (version != kVersion) return Error(Errc::badInput, "version of the seal");
    SesSealInfo out;
    HUFU_TRY(vendor, asciiIn(header.vendor, kTextMax));
    HUFU_TRY(id, asciiIn(fields->id, kTextMax));
    HUFU_TRY(type, numberIn(property.type, 255));
    HUFU_TRY(pictureType, asciiIn(fields->picture->type, kTextMax));
    HUFU_TRY(width, numberIn(fields->picture->width, kSideMax));
    HUFU_TRY(height, numberIn(fields->picture->height, kSideMax));
    HUFU_TRY(created, x509::unixMsOf(property.created));
    HUFU_TRY(from, x509::unixMsOf(property.validStart));
    HUFU_TRY(until, x509::unixMsOf(property.validEnd));
    out.vendor = vendor;
    out.id = id;
    out.type = static_cast<Type>(type);
    out.name = textOf(octetsOf(property.name));
    out.createdMs = created;
    out.fromMs = from;
    out.untilMs = until;
    out.picture = {pictureType, bytesOf(octetsOf(fields->picture->data)), static_cast<int>(width), static_cast<int>(height)};
    HUFU_CHECK(readSigners(out, property));
    HUFU_CHECK(refuseCritical(fields->extensions));
    HUFU_CHECK(check(out));
    return out;
}

Result<SesSeal> SesSeal::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kSesSealMax) return Error(Errc::badInput, "seal too long");
    HUFU_TRY(fields, parseDer<OwnedSesSeal>(der, sesSealItem()));
    if (!isSm2Algorithm(fields->algorithm)) return Error(Errc::badInput, "algorithm of the seal");
    HUFU_TRY(infoDer, sequenceIn(fields->info));
    HUFU_TRY(info, SesSealInfo::parse(infoDer));
    HUFU_TRY(maker, x509::Certificate::parse(octetsOf(fields->maker)));
    HUFU_TRY(bits, bitsIn(fields->signature));
    HUFU_TRY(signature, x509::Sm2Signature::parse(bits));
    return SesSeal{bytesOf(der), bytesOf(infoDer), info, maker, signature};
}

Result<Bytes> buildSesSeal(ByteView infoDer, const x509::Certificate &maker, const x509::Sm2Signature &signature)
{
    const x509::QuietErrors quiet;
    HUFU_CHECK(SesSealInfo::parse(infoDer));
    HUFU_CHECK(x509::verifySignature(maker.publicKey(), infoDer, signature));
    HUFU_TRY(fields, newFields<OwnedSesSeal>(sesSealItem()));
    HUFU_TRY(signatureDer, signature.der());
    HUFU_CHECK(setSequence(fields->info, infoDer));
    HUFU_CHECK(setText(fields->maker, maker.der()));
    HUFU_CHECK(setSm2Algorithm(fields->algorithm));
    HUFU_CHECK(setBits(fields->signature, signatureDer));
    HUFU_TRY(out, x509::derOf(fields.get(), sesSealItem()));
    HUFU_CHECK(SesSeal::parse(out));
    return std::move(out);
}

std::string_view nameOf(SealFinding finding)
{
    switch (finding) {
    case SealFinding::valid: return "valid";
    case SealFinding::forged: return "forged";
    case SealFinding::makerRefused: return "makerRefused";
    case SealFinding::notYetValid: return "notYetValid";
    case SealFinding::expired: return "expired";
    }
    return "forged";
}

SealVerdict judgeSeal(const SesSeal &seal, const x509::Trust &trust, std::int64_t atMs, std::int64_t nowMs, bool revocationRequired)
{
    if (!x509::verifySignature(seal.maker.publicKey(), seal.infoDer, seal.signature)) return {SealFinding::forged, x509::Fault::none};
    // The maker's certificate has to have been good when the seal was made; that it ends later ends no seal.
    const x509::Demand demand{x509::KeyKind::sign, seal.info.createdMs, nowMs, revocationRequired};
    const x509::Fault fault = x509::checkChain(seal.maker, trust, demand).fault;
    if (fault != x509::Fault::none) return {SealFinding::makerRefused, fault};
    if (atMs < seal.info.fromMs) return {SealFinding::notYetValid, x509::Fault::none};
    if (atMs >= seal.info.untilMs) return {SealFinding::expired, x509::Fault::none};
    return {SealFinding::valid, x509::Fault::none};
}

} // namespace hufu::documents
