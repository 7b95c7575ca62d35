#include "shield/documents/cms_asn1.h"

namespace hufu::documents {

namespace {

// clang-format off
ASN1_SEQUENCE(EncapsulatedContent) = {
    ASN1_SIMPLE(EncapsulatedContent, type, ASN1_OBJECT),
    ASN1_EXP_OPT(EncapsulatedContent, content, ASN1_OCTET_STRING, 0)
} static_ASN1_SEQUENCE_END(EncapsulatedContent)

ASN1_SEQUENCE(SignerInfo) = {
    ASN1_SIMPLE(SignerInfo, version, ASN1_INTEGER),
    ASN1_SIMPLE(SignerInfo, signer, PKCS7_ISSUER_AND_SERIAL),
    ASN1_SIMPLE(SignerInfo, digestAlgorithm, X509_ALGOR),
    ASN1_IMP_SET_OF(SignerInfo, signedAttributes, X509_ATTRIBUTE, 0),
    ASN1_SIMPLE(SignerInfo, signatureAlgorithm, X509_ALGOR),
    ASN1_SIMPLE(SignerInfo, signature, ASN1_OCTET_STRING),
    ASN1_IMP_SET_OF_OPT(SignerInfo, unsignedAttributes, X509_ATTRIBUTE, 1)
} static_ASN1_SEQUENCE_END(SignerInfo)

ASN1_SEQUENCE(SignedData) = {
    ASN1_SIMPLE(SignedData, version, ASN1_INTEGER),
    ASN1_SET_OF(SignedData, digestAlgorithms, X509_ALGOR),
    ASN1_SIMPLE(SignedData, content, EncapsulatedContent),
    ASN1_IMP_SET_OF_OPT(SignedData, certificates, ASN1_ANY, 0),
    ASN1_IMP_SET_OF_OPT(SignedData, revocations, ASN1_ANY, 1),
    ASN1_SET_OF(SignedData, signers, ASN1_ANY)
} static_ASN1_SEQUENCE_END(SignedData)

ASN1_SEQUENCE(ContentInfo) = {
    ASN1_SIMPLE(ContentInfo, type, ASN1_OBJECT),
    ASN1_EXP(ContentInfo, content, SignedData, 0)
} static_ASN1_SEQUENCE_END(ContentInfo)

ASN1_ITEM_TEMPLATE(Attributes) =
    ASN1_EX_TEMPLATE_TYPE(ASN1_TFLG_SET_OF, 0, Attributes, X509_ATTRIBUTE)
static_ASN1_ITEM_TEMPLATE_END(Attributes)
// clang-format on

} // namespace

const ASN1_ITEM *contentInfoItem()
{
    return ASN1_ITEM_rptr(ContentInfo);
}

const ASN1_ITEM *signerInfoItem()
{
    return ASN1_ITEM_rptr(SignerInfo);
}

const ASN1_ITEM *attributesItem()
{
    return ASN1_ITEM_rptr(Attributes);
}

void freeContentInfo(ContentInfo *info)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(info), contentInfoItem());
}

void freeSignerInfo(SignerInfo *info)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(info), signerInfoItem());
}

void freeAttributes(STACK_OF(X509_ATTRIBUTE) * attributes)
{
    sk_X509_ATTRIBUTE_pop_free(attributes, X509_ATTRIBUTE_free);
}

} // namespace hufu::documents
