// SignedData as ASN.1 templates: OpenSSL's own CMS cannot carry an SM2 signature made elsewhere, nor verify one
// with the standard id. Source: RFC 5652 3 and 5.
#pragma once

#include "shield/x509/openssl.h"

#include <openssl/asn1t.h>
#include <openssl/pkcs7.h>

namespace hufu::documents {

struct EncapsulatedContent {
    ASN1_OBJECT *type;
    ASN1_OCTET_STRING *content; // absent when detached
};

struct SignerInfo {
    ASN1_INTEGER *version;
    PKCS7_ISSUER_AND_SERIAL *signer;
    X509_ALGOR *digestAlgorithm;
    STACK_OF(X509_ATTRIBUTE) * signedAttributes;
    X509_ALGOR *signatureAlgorithm;
    ASN1_OCTET_STRING *signature;
    STACK_OF(X509_ATTRIBUTE) * unsignedAttributes;
};

struct SignedData {
    ASN1_INTEGER *version;
    STACK_OF(X509_ALGOR) * digestAlgorithms;
    EncapsulatedContent *content;
    STACK_OF(ASN1_TYPE) * certificates;
    STACK_OF(ASN1_TYPE) * revocations;
    STACK_OF(ASN1_TYPE) * signers; // one SignerInfo each
};

struct ContentInfo {
    ASN1_OBJECT *type;
    SignedData *content;
};

const ASN1_ITEM *contentInfoItem();
const ASN1_ITEM *signerInfoItem();
// SET OF Attribute, the universal form in which it is signed.
const ASN1_ITEM *attributesItem();

void freeContentInfo(ContentInfo *info);
void freeSignerInfo(SignerInfo *info);
void freeAttributes(STACK_OF(X509_ATTRIBUTE) * attributes);
using OwnedContentInfo = x509::Owned<ContentInfo, freeContentInfo>;
using OwnedSignerInfo = x509::Owned<SignerInfo, freeSignerInfo>;
using OwnedAttributes = x509::Owned<STACK_OF(X509_ATTRIBUTE), freeAttributes>;

} // namespace hufu::documents
