#include "shield/documents/cms.h"

#include "shield/crypto/sm3.h"
#include "shield/documents/cms_asn1.h"
#include "shield/x509/algorithm.h"

#include <algorithm>

namespace hufu::documents {

namespace {

using x509::Owned;
using x509::parseDer;

constexpr std::size_t kCmsMax = 16 * 1024 * 1024;
constexpr int kSignersMax = 16;
constexpr int kCertificatesMax = 64;
constexpr int kRevocationsMax = 16;
constexpr long kVersion = 1; // of SignedData and SignerInfo: data, named by issuer and serial number
constexpr Error kMemory(Errc::internal, "memory");

// An element that is taken over as it is.
Result<void> push(STACK_OF(ASN1_TYPE) * &stack, ByteView der)
{
    if (stack == nullptr) stack = sk_ASN1_TYPE_new_null();
    HUFU_TRY(element, x509::elementOf(der));
    if (stack == nullptr || sk_ASN1_TYPE_push(stack, element.get()) == 0) return kMemory;
    static_cast<void>(element.release());
    return {};
}

// The elements of a set, each of which must be a sequence. In: stack, may be null.
Result<std::vector<ByteView>> elementsOf(const STACK_OF(ASN1_TYPE) * stack, int most)
{
    std::vector<ByteView> out;
    if (stack == nullptr) return out;
    if (sk_ASN1_TYPE_num(stack) > most) return Error(Errc::badInput, "too many elements");
    for (int i = 0; i < sk_ASN1_TYPE_num(stack); ++i) {
        const ASN1_TYPE *value = sk_ASN1_TYPE_value(stack, i);
        if (ASN1_TYPE_get(value) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a sequence");
        out.push_back(x509::octetsOf(value->value.sequence));
    }
    return out;
}

// Moves what source holds into an empty field of a template.
template <typename T> void replace(T *&field, T *value, void (*release)(T *))
{
    release(field);
    field = value;
}

Result<Bytes> derOfSigner(const CmsDraft::Signature &made)
{
    const OwnedSignerInfo info(reinterpret_cast<SignerInfo *>(ASN1_item_new(signerInfoItem())));
    HUFU_TRY(attributes, parseDer<OwnedAttributes>(made.attributes, attributesItem()));
    HUFU_TRY(signatureDer, made.signature.der());
    const X509 *signer = made.signer.native();
    if (!info || ASN1_INTEGER_set(info->version, kVersion) != 1 ||
        X509_NAME_set(&info->signer->issuer, X509_get_issuer_name(signer)) != 1 ||
        ASN1_STRING_copy(info->signer->serial, X509_get0_serialNumber(signer)) != 1 ||
        ASN1_OCTET_STRING_set(info->signature, signatureDer.data(), static_cast<int>(signatureDer.size())) != 1)
        return kMemory;
    HUFU_CHECK(x509::setSm3(info->digestAlgorithm));
    HUFU_CHECK(x509::setSm2WithSm3(info->signatureAlgorithm));
    replace(info->signedAttributes, attributes.release(), freeAttributes);
    return x509::derOf(info.get(), signerInfoItem());
}

bool isNumber(const ASN1_INTEGER *integer, long number)
{
    return ASN1_STRING_type(integer) == V_ASN1_INTEGER && ASN1_INTEGER_get(integer) == number;
}

// Returns: the one dialect of all its identifiers.
Result<Dialect> checkShape(const ContentInfo &info)
{
    const SignedData &data = *info.content;
    const auto dialect = dialectOf(info.type, ContentKind::signedData);
    if (!dialect || !isNumber(data.version, kVersion))
        return Error(Errc::badInput, "not a SignedData of version 1");
    if (dialectOf(data.content->type, ContentKind::data) != dialect)
        return Error(Errc::badInput, "content type");
    if (sk_X509_ALGOR_num(data.digestAlgorithms) != 1 ||
        !x509::isSm3(sk_X509_ALGOR_value(data.digestAlgorithms, 0)))
        return Error(Errc::badInput, "digest algorithm");
    return *dialect;
}

bool isNamed(const x509::Certificate &certificate, const PKCS7_ISSUER_AND_SERIAL &name)
{
    return X509_NAME_cmp(X509_get_issuer_name(certificate.native()), name.issuer) == 0 &&
           ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate.native()), name.serial) == 0;
}

Result<CmsSigner> signerIn(ByteView der, const std::vector<x509::Certificate> &certificates, Dialect dialect)
{
    HUFU_TRY(info, parseDer<OwnedSignerInfo>(der, signerInfoItem()));
    if (!isNumber(info->version, kVersion) || !x509::isSm3(info->digestAlgorithm) ||
        !(x509::isSm2WithSm3(info->signatureAlgorithm) || x509::isSm2Signing(info->signatureAlgorithm)))
        return Error(Errc::badInput, "version or algorithm of the signer");
    HUFU_TRY(attributesDer, x509::derOf(info->signedAttributes, attributesItem()));
    HUFU_TRY(attributes, SignedAttributes::parse(attributesDer));
    if (attributes.dialect != dialect) return Error(Errc::badInput, "content type");
    HUFU_TRY(signature, x509::Sm2Signature::parse(x509::octetsOf(info->signature)));
    const auto signer = std::ranges::find_if(
        certificates, [&](const auto &certificate) { return isNamed(certificate, *info->signer); });
    if (signer == certificates.end()) return Error(Errc::badInput, "the signer's certificate is missing");
    return CmsSigner{attributes, signature, *signer};
}

// The signature is its signer's, over attributes of this dialect and digest.
Result<void> check(const CmsDraft::Signature &made, Dialect dialect, const ByteArray<32> &digest)
{
    HUFU_TRY(attributes, SignedAttributes::parse(made.attributes));
    if (attributes.dialect != dialect) return Error(Errc::badInput, "signatures of several dialects");
    if (attributes.messageDigest != digest) return Error(Errc::tampered, "a signature over another content");
    return x509::verifySignature(made.signer.publicKey(), made.attributes, made.signature);
}

Result<void> pushNew(STACK_OF(ASN1_TYPE) * &stack, std::vector<x509::Certificate> &there,
                     const x509::Certificate &certificate)
{
    if (std::ranges::find(there, certificate) != there.end()) return {};
    there.push_back(certificate);
    return push(stack, certificate.der());
}

} // namespace

Result<Cms> Cms::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kCmsMax) return Error(Errc::badInput, "CMS too long");
    HUFU_TRY(info, parseDer<OwnedContentInfo>(der, contentInfoItem()));
    HUFU_TRY(dialect, checkShape(*info));
    const SignedData &data = *info->content;
    Cms out;
    out.dialect = dialect;
    if (data.content->content != nullptr) out.content = bytesOf(x509::octetsOf(data.content->content));
    HUFU_TRY(certificates, elementsOf(data.certificates, kCertificatesMax));
    for (const ByteView element : certificates) {
        HUFU_TRY(certificate, x509::Certificate::parse(element));
        out.certificates.push_back(certificate);
    }
    HUFU_TRY(revocations, elementsOf(data.revocations, kRevocationsMax));
    for (const ByteView element : revocations) {
        HUFU_TRY(list, x509::RevocationList::parse(element));
        out.revocations.push_back(list);
    }
    HUFU_TRY(signers, elementsOf(data.signers, kSignersMax));
    for (const ByteView element : signers) {
        HUFU_TRY(signer, signerIn(element, out.certificates, dialect));
        out.signers.push_back(signer);
    }
    if (out.signers.empty()) return Error(Errc::badInput, "no signer");
    return out;
}

Result<Bytes> buildCms(const CmsDraft &draft)
{
    const x509::QuietErrors quiet;
    if (draft.signatures.empty()) return Error(Errc::badInput, "no signature");
    HUFU_TRY(first, SignedAttributes::parse(draft.signatures.front().attributes));
    if (draft.content && crypto::sm3(*draft.content) != first.messageDigest)
        return Error(Errc::tampered, "another content than was signed");

    const OwnedContentInfo info(reinterpret_cast<ContentInfo *>(ASN1_item_new(contentInfoItem())));
    Owned<X509_ALGOR, X509_ALGOR_free> sm3(X509_ALGOR_new());
    if (!info || !sm3) return kMemory;
    SignedData &data = *info->content;
    info->type = OBJ_dup(contentOid(first.dialect, ContentKind::signedData));
    data.content->type = OBJ_dup(contentOid(first.dialect, ContentKind::data));
    if (info->type == nullptr || data.content->type == nullptr || ASN1_INTEGER_set(data.version, kVersion) != 1)
        return kMemory;
    HUFU_CHECK(x509::setSm3(sm3.get()));
    if (sk_X509_ALGOR_push(data.digestAlgorithms, sm3.get()) == 0) return kMemory;
    static_cast<void>(sm3.release());
    if (draft.content) {
        data.content->content = ASN1_OCTET_STRING_new();
        if (data.content->content == nullptr ||
            ASN1_OCTET_STRING_set(data.content->content, draft.content->data(),
                                  static_cast<int>(draft.content->size())) != 1)
            return kMemory;
    }
    std::vector<x509::Certificate> there;
    for (const CmsDraft::Signature &each : draft.signatures) {
        HUFU_CHECK(check(each, first.dialect, first.messageDigest));
        HUFU_CHECK(pushNew(data.certificates, there, each.signer));
        HUFU_TRY(signerDer, derOfSigner(each));
        HUFU_CHECK(push(data.signers, signerDer));
    }
    for (const x509::Certificate &certificate : draft.certificates)
        HUFU_CHECK(pushNew(data.certificates, there, certificate));
    for (const x509::RevocationList &list : draft.revocations)
        HUFU_CHECK(push(data.revocations, list.der()));
    HUFU_TRY(der, x509::derOf(info.get(), contentInfoItem()));
    HUFU_CHECK(Cms::parse(der)); // what cannot be read must not be made
    return der;
}

Result<Bytes> buildDetachedCms(ByteView signedAttributes, const x509::Sm2Signature &signature,
                               std::span<const x509::Certificate> certificates)
{
    if (certificates.empty()) return Error(Errc::badInput, "no certificate");
    CmsDraft draft;
    draft.signatures = {{bytesOf(signedAttributes), signature, certificates.front()}};
    draft.certificates.assign(certificates.begin() + 1, certificates.end());
    return buildCms(draft);
}

Result<Bytes> addSignature(ByteView cms, const CmsDraft::Signature &signature,
                           std::span<const x509::Certificate> certificates)
{
    const x509::QuietErrors quiet;
    HUFU_TRY(before, Cms::parse(cms));
    HUFU_CHECK(check(signature, before.dialect, before.signers.front().attributes.messageDigest));
    HUFU_TRY(info, parseDer<OwnedContentInfo>(cms, contentInfoItem()));
    SignedData &data = *info->content;
    HUFU_CHECK(pushNew(data.certificates, before.certificates, signature.signer));
    for (const x509::Certificate &certificate : certificates)
        HUFU_CHECK(pushNew(data.certificates, before.certificates, certificate));
    HUFU_TRY(signerDer, derOfSigner(signature));
    HUFU_CHECK(push(data.signers, signerDer));
    HUFU_TRY(der, x509::derOf(info.get(), contentInfoItem()));
    HUFU_CHECK(Cms::parse(der));
    return der;
}

} // namespace hufu::documents
