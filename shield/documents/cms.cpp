#include "shield/documents/cms.h"

#include "shield/documents/cms_asn1.h"
#include "shield/x509/algorithm.h"

#include <algorithm>

namespace hufu::documents {

namespace {

using x509::Owned;
using x509::parseDer;

constexpr std::size_t kCmsMax = 1024 * 1024;
constexpr int kCertificatesMax = 16;
constexpr long kVersion = 1; // of SignedData and SignerInfo: data, named by issuer and serial number
constexpr Error kMemory(Errc::internal, "memory");

using OwnedType = Owned<ASN1_TYPE, ASN1_TYPE_free>;

// An element that is taken over as it is.
Result<void> push(STACK_OF(ASN1_TYPE) * stack, ByteView der)
{
    const unsigned char *at = der.data();
    OwnedType value(d2i_ASN1_TYPE(nullptr, &at, static_cast<long>(der.size())));
    if (!value || sk_ASN1_TYPE_push(stack, value.get()) == 0) return kMemory;
    static_cast<void>(value.release());
    return {};
}

// Moves what source holds into an empty field of a template.
template <typename T> void replace(T *&field, T *value, void (*release)(T *))
{
    release(field);
    field = value;
}

Result<OwnedSignerInfo> writeSigner(ByteView signedAttributes, const x509::Sm2Signature &signature,
                                    const x509::Certificate &signer)
{
    OwnedSignerInfo info(reinterpret_cast<SignerInfo *>(ASN1_item_new(signerInfoItem())));
    HUFU_TRY(attributes, parseDer<OwnedAttributes>(signedAttributes, attributesItem()));
    HUFU_TRY(signatureDer, signature.der());
    if (!info || ASN1_INTEGER_set(info->version, kVersion) != 1 ||
        X509_NAME_set(&info->signer->issuer, X509_get_issuer_name(signer.native())) != 1 ||
        ASN1_STRING_copy(info->signer->serial, X509_get0_serialNumber(signer.native())) != 1 ||
        ASN1_OCTET_STRING_set(info->signature, signatureDer.data(), static_cast<int>(signatureDer.size())) != 1)
        return kMemory;
    HUFU_CHECK(x509::setSm3(info->digestAlgorithm));
    HUFU_CHECK(x509::setSm2WithSm3(info->signatureAlgorithm));
    replace(info->signedAttributes, attributes.release(), freeAttributes);
    return info;
}

bool isNumber(const ASN1_INTEGER *integer, long number)
{
    return ASN1_STRING_type(integer) == V_ASN1_INTEGER && ASN1_INTEGER_get(integer) == number;
}

// The shape that is asked of a detached SignedData with one signer.
Result<void> checkShape(const ContentInfo &info)
{
    const SignedData &data = *info.content;
    if (OBJ_obj2nid(info.type) != NID_pkcs7_signed || !isNumber(data.version, kVersion))
        return Error(Errc::badInput, "not a SignedData of version 1");
    if (OBJ_obj2nid(data.content->type) != NID_pkcs7_data) return Error(Errc::badInput, "content type");
    if (data.content->content != nullptr) return Error(Errc::badInput, "content inside");
    if (sk_X509_ALGOR_num(data.digestAlgorithms) != 1 ||
        !x509::isSm3(sk_X509_ALGOR_value(data.digestAlgorithms, 0)))
        return Error(Errc::badInput, "digest algorithm");
    if (sk_ASN1_TYPE_num(data.signers) != 1) return Error(Errc::badInput, "not one signer");
    if (sk_ASN1_TYPE_num(data.certificates) > kCertificatesMax)
        return Error(Errc::badInput, "too many certificates");
    return {};
}

Result<std::vector<x509::Certificate>> certificatesOf(const SignedData &data)
{
    std::vector<x509::Certificate> out;
    for (int i = 0; i < sk_ASN1_TYPE_num(data.certificates); ++i) {
        const ASN1_TYPE *value = sk_ASN1_TYPE_value(data.certificates, i);
        if (ASN1_TYPE_get(value) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a certificate");
        HUFU_TRY(certificate, x509::Certificate::parse(x509::octetsOf(value->value.sequence)));
        out.push_back(certificate);
    }
    return out;
}

bool isNamed(const x509::Certificate &certificate, const PKCS7_ISSUER_AND_SERIAL &name)
{
    return X509_NAME_cmp(X509_get_issuer_name(certificate.native()), name.issuer) == 0 &&
           ASN1_INTEGER_cmp(X509_get0_serialNumber(certificate.native()), name.serial) == 0;
}

} // namespace

Result<Cms> Cms::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kCmsMax) return Error(Errc::badInput, "CMS too long");
    HUFU_TRY(info, parseDer<OwnedContentInfo>(der, contentInfoItem()));
    HUFU_CHECK(checkShape(*info));
    const ASN1_TYPE *only = sk_ASN1_TYPE_value(info->content->signers, 0);
    if (ASN1_TYPE_get(only) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a signer");
    HUFU_TRY(signerInfo, parseDer<OwnedSignerInfo>(x509::octetsOf(only->value.sequence), signerInfoItem()));
    if (!isNumber(signerInfo->version, kVersion) || !x509::isSm3(signerInfo->digestAlgorithm) ||
        !(x509::isSm2WithSm3(signerInfo->signatureAlgorithm) ||
          x509::isSm2Signing(signerInfo->signatureAlgorithm)))
        return Error(Errc::badInput, "version or algorithm of the signer");

    HUFU_TRY(attributesDer, x509::derOf(signerInfo->signedAttributes, attributesItem()));
    HUFU_TRY(attributes, SignedAttributes::parse(attributesDer));
    HUFU_TRY(signature, x509::Sm2Signature::parse(x509::octetsOf(signerInfo->signature)));
    HUFU_TRY(certificates, certificatesOf(*info->content));
    const auto signer = std::ranges::find_if(
        certificates, [&](const auto &certificate) { return isNamed(certificate, *signerInfo->signer); });
    if (signer == certificates.end()) return Error(Errc::badInput, "the signer's certificate is missing");
    return Cms{attributes, signature, *signer, certificates};
}

Result<Bytes> buildDetachedCms(ByteView signedAttributes, const x509::Sm2Signature &signature,
                               std::span<const x509::Certificate> certificates)
{
    const x509::QuietErrors quiet;
    HUFU_CHECK(SignedAttributes::parse(signedAttributes));
    if (certificates.empty() || certificates.size() > kCertificatesMax)
        return Error(Errc::badInput, "number of certificates");
    const x509::Certificate &signer = certificates.front();
    HUFU_CHECK(x509::verifySignature(signer.publicKey(), signedAttributes, signature));

    const OwnedContentInfo info(reinterpret_cast<ContentInfo *>(ASN1_item_new(contentInfoItem())));
    if (!info) return kMemory;
    info->type = OBJ_nid2obj(NID_pkcs7_signed);
    SignedData &data = *info->content;
    data.content->type = OBJ_nid2obj(NID_pkcs7_data);
    Owned<X509_ALGOR, X509_ALGOR_free> sm3(X509_ALGOR_new());
    data.certificates = sk_ASN1_TYPE_new_null();
    if (!sm3 || data.certificates == nullptr || ASN1_INTEGER_set(data.version, kVersion) != 1) return kMemory;
    HUFU_CHECK(x509::setSm3(sm3.get()));
    if (sk_X509_ALGOR_push(data.digestAlgorithms, sm3.get()) == 0) return kMemory;
    static_cast<void>(sm3.release());
    for (const x509::Certificate &certificate : certificates)
        HUFU_CHECK(push(data.certificates, certificate.der()));
    HUFU_TRY(signerInfo, writeSigner(signedAttributes, signature, signer));
    HUFU_TRY(signerDer, x509::derOf(signerInfo.get(), signerInfoItem()));
    HUFU_CHECK(push(data.signers, signerDer));
    return x509::derOf(info.get(), contentInfoItem());
}

} // namespace hufu::documents
