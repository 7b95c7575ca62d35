// The electronic seal and the electronic signature as ASN.1 templates. Source: GB/T 38540-2020 6.1 and 7.1.
#pragma once

#include "shield/x509/openssl.h"

#include <openssl/asn1t.h>

namespace hufu::documents {

struct SesHeaderFields {
    ASN1_IA5STRING *id; // "ES"
    ASN1_INTEGER *version;
    ASN1_IA5STRING *vendor;
};

struct SesPropertyFields {
    ASN1_INTEGER *type;
    ASN1_UTF8STRING *name;
    ASN1_INTEGER *certListType;
    STACK_OF(ASN1_TYPE) * certList; // of type 1: OCTET STRING each, a certificate; of 2: SesDigestFields each
    ASN1_GENERALIZEDTIME *created;
    ASN1_GENERALIZEDTIME *validStart;
    ASN1_GENERALIZEDTIME *validEnd;
};

struct SesDigestFields {
    ASN1_PRINTABLESTRING *type;
    ASN1_OCTET_STRING *value;
};

struct SesPictureFields {
    ASN1_IA5STRING *type;
    ASN1_OCTET_STRING *data;
    ASN1_INTEGER *width; // mm
    ASN1_INTEGER *height;
};

struct SesExtensionFields {
    ASN1_OBJECT *id;
    ASN1_BOOLEAN critical; // -1: absent, which means FALSE; others write it out
    ASN1_OCTET_STRING *value;
};

struct SesInfoFields {
    SesHeaderFields *header;
    ASN1_IA5STRING *id;
    SesPropertyFields *property;
    SesPictureFields *picture;
    STACK_OF(SesExtensionFields) * extensions; // may be absent
};

struct SesSealFields {
    ASN1_TYPE *info; // a sequence of SesInfoFields, as it was signed
    ASN1_OCTET_STRING *maker;
    ASN1_OBJECT *algorithm;
    ASN1_BIT_STRING *signature;
};

struct SesToSignFields {
    ASN1_INTEGER *version;
    ASN1_TYPE *seal; // a sequence of SesSealFields
    ASN1_GENERALIZEDTIME *time;
    ASN1_BIT_STRING *dataHash;
    ASN1_IA5STRING *property;
    STACK_OF(SesExtensionFields) * extensions; // may be absent
};

struct SesSignatureFields {
    ASN1_TYPE *toSign; // a sequence of SesToSignFields, as it was signed
    ASN1_OCTET_STRING *signer;
    ASN1_OBJECT *algorithm;
    ASN1_BIT_STRING *signature;
    ASN1_BIT_STRING *timeStamp; // may be absent
};

DEFINE_STACK_OF(SesExtensionFields)

const ASN1_ITEM *sesDigestItem();
const ASN1_ITEM *sesExtensionItem();
const ASN1_ITEM *sesInfoItem();
const ASN1_ITEM *sesSealItem();
const ASN1_ITEM *sesToSignItem();
const ASN1_ITEM *sesSignatureItem();

void freeSesDigest(SesDigestFields *fields);
void freeSesExtension(SesExtensionFields *fields);
void freeSesInfo(SesInfoFields *fields);
void freeSesSeal(SesSealFields *fields);
void freeSesToSign(SesToSignFields *fields);
void freeSesSignature(SesSignatureFields *fields);
using OwnedSesDigest = x509::Owned<SesDigestFields, freeSesDigest>;
using OwnedSesExtension = x509::Owned<SesExtensionFields, freeSesExtension>;
using OwnedSesInfo = x509::Owned<SesInfoFields, freeSesInfo>;
using OwnedSesSeal = x509::Owned<SesSealFields, freeSesSeal>;
using OwnedSesToSign = x509::Owned<SesToSignFields, freeSesToSign>;
using OwnedSesSignature = x509::Owned<SesSignatureFields, freeSesSignature>;

// --- what both structures share ---------------------------------------------------------------------------

template <typename Owner> Result<Owner> newFields(const ASN1_ITEM *item)
{
    Owner out(reinterpret_cast<typename Owner::pointer>(ASN1_item_new(item)));
    if (!out) return Error(Errc::internal, "memory");
    return out;
}
// The DER of a field of type ANY that must be a sequence. Errors: badInput.
Result<ByteView> sequenceIn(const ASN1_TYPE *field);
// Takes over a sequence for a field of type ANY. Errors: badInput.
Result<void> setSequence(ASN1_TYPE *&field, ByteView der);
Result<void> setText(ASN1_STRING *field, ByteView bytes); // Errors: internal
Result<void> setBits(ASN1_BIT_STRING *field, ByteView bytes);
Result<ByteView> bitsIn(const ASN1_BIT_STRING *field); // whole bytes. Errors: badInput
// To the second, in the form YYYYMMDDHHMMSSZ. Errors: badInput.
Result<void> setTime(ASN1_GENERALIZEDTIME *&field, std::int64_t unixMs);
Result<std::int64_t> numberIn(const ASN1_INTEGER *field, std::int64_t most); // 0 to most. Errors: badInput
// 1.2.156.10197.1.501; 1.2.156.10197.1.301.1 is read as well.
Result<void> setSm2Algorithm(ASN1_OBJECT *&field);
bool isSm2Algorithm(const ASN1_OBJECT *field);
// The printable ASCII of an IA5String, at most most characters. Errors: badInput.
Result<std::string> asciiIn(const ASN1_IA5STRING *field, std::size_t most);

} // namespace hufu::documents
