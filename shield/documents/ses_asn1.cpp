#include "shield/documents/ses_asn1.h"

#include <algorithm>

namespace hufu::documents {

namespace {

constexpr Error kMemory(Errc::internal, "memory");

// clang-format off
ASN1_SEQUENCE(SesHeaderFields) = {
    ASN1_SIMPLE(SesHeaderFields, id, ASN1_IA5STRING),
    ASN1_SIMPLE(SesHeaderFields, version, ASN1_INTEGER),
    ASN1_SIMPLE(SesHeaderFields, vendor, ASN1_IA5STRING)
} static_ASN1_SEQUENCE_END(SesHeaderFields)

ASN1_SEQUENCE(SesPropertyFields) = {
    ASN1_SIMPLE(SesPropertyFields, type, ASN1_INTEGER),
    ASN1_SIMPLE(SesPropertyFields, name, ASN1_UTF8STRING),
    ASN1_SIMPLE(SesPropertyFields, certListType, ASN1_INTEGER),
    ASN1_SEQUENCE_OF(SesPropertyFields, certList, ASN1_ANY),
    ASN1_SIMPLE(SesPropertyFields, created, ASN1_GENERALIZEDTIME),
    ASN1_SIMPLE(SesPropertyFields, validStart, ASN1_GENERALIZEDTIME),
    ASN1_SIMPLE(SesPropertyFields, validEnd, ASN1_GENERALIZEDTIME)
} static_ASN1_SEQUENCE_END(SesPropertyFields)

ASN1_SEQUENCE(SesDigestFields) = {
    ASN1_SIMPLE(SesDigestFields, type, ASN1_PRINTABLESTRING),
    ASN1_SIMPLE(SesDigestFields, value, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(SesDigestFields)

ASN1_SEQUENCE(SesPictureFields) = {
    ASN1_SIMPLE(SesPictureFields, type, ASN1_IA5STRING),
    ASN1_SIMPLE(SesPictureFields, data, ASN1_OCTET_STRING),
    ASN1_SIMPLE(SesPictureFields, width, ASN1_INTEGER),
    ASN1_SIMPLE(SesPictureFields, height, ASN1_INTEGER)
} static_ASN1_SEQUENCE_END(SesPictureFields)

ASN1_SEQUENCE(SesExtensionFields) = {
    ASN1_SIMPLE(SesExtensionFields, id, ASN1_OBJECT),
    ASN1_OPT(SesExtensionFields, critical, ASN1_BOOLEAN),
    ASN1_SIMPLE(SesExtensionFields, value, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(SesExtensionFields)

ASN1_SEQUENCE(SesInfoFields) = {
    ASN1_SIMPLE(SesInfoFields, header, SesHeaderFields),
    ASN1_SIMPLE(SesInfoFields, id, ASN1_IA5STRING),
    ASN1_SIMPLE(SesInfoFields, property, SesPropertyFields),
    ASN1_SIMPLE(SesInfoFields, picture, SesPictureFields),
    ASN1_EXP_SEQUENCE_OF_OPT(SesInfoFields, extensions, SesExtensionFields, 0)
} static_ASN1_SEQUENCE_END(SesInfoFields)

ASN1_SEQUENCE(SesSealFields) = {
    ASN1_SIMPLE(SesSealFields, info, ASN1_ANY),
    ASN1_SIMPLE(SesSealFields, maker, ASN1_OCTET_STRING),
    ASN1_SIMPLE(SesSealFields, algorithm, ASN1_OBJECT),
    ASN1_SIMPLE(SesSealFields, signature, ASN1_BIT_STRING)
} static_ASN1_SEQUENCE_END(SesSealFields)

ASN1_SEQUENCE(SesToSignFields) = {
    ASN1_SIMPLE(SesToSignFields, version, ASN1_INTEGER),
    ASN1_SIMPLE(SesToSignFields, seal, ASN1_ANY),
    ASN1_SIMPLE(SesToSignFields, time, ASN1_GENERALIZEDTIME),
    ASN1_SIMPLE(SesToSignFields, dataHash, ASN1_BIT_STRING),
    ASN1_SIMPLE(SesToSignFields, property, ASN1_IA5STRING),
    ASN1_EXP_SEQUENCE_OF_OPT(SesToSignFields, extensions, SesExtensionFields, 0)
} static_ASN1_SEQUENCE_END(SesToSignFields)

ASN1_SEQUENCE(SesSignatureFields) = {
    ASN1_SIMPLE(SesSignatureFields, toSign, ASN1_ANY),
    ASN1_SIMPLE(SesSignatureFields, signer, ASN1_OCTET_STRING),
    ASN1_SIMPLE(SesSignatureFields, algorithm, ASN1_OBJECT),
    ASN1_SIMPLE(SesSignatureFields, signature, ASN1_BIT_STRING),
    ASN1_EXP_OPT(SesSignatureFields, timeStamp, ASN1_BIT_STRING, 0)
} static_ASN1_SEQUENCE_END(SesSignatureFields)
    // clang-format on

    template <typename T>
    void release(T * fields, const ASN1_ITEM *item)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(fields), item);
}

} // namespace

const ASN1_ITEM *sesDigestItem()
{
    return ASN1_ITEM_rptr(SesDigestFields);
}

const ASN1_ITEM *sesExtensionItem()
{
    return ASN1_ITEM_rptr(SesExtensionFields);
}

const ASN1_ITEM *sesInfoItem()
{
    return ASN1_ITEM_rptr(SesInfoFields);
}

const ASN1_ITEM *sesSealItem()
{
    return ASN1_ITEM_rptr(SesSealFields);
}

const ASN1_ITEM *sesToSignItem()
{
    return ASN1_ITEM_rptr(SesToSignFields);
}

const ASN1_ITEM *sesSignatureItem()
{
    return ASN1_ITEM_rptr(SesSignatureFields);
}

void freeSesDigest(SesDigestFields *fields)
{
    release(fields, sesDigestItem());
}

void freeSesExtension(SesExtensionFields *fields)
{
    release(fields, sesExtensionItem());
}

void freeSesInfo(SesInfoFields *fields)
{
    release(fields, sesInfoItem());
}

void freeSesSeal(SesSealFields *fields)
{
    release(fields, sesSealItem());
}

void freeSesToSign(SesToSignFields *fields)
{
    release(fields, sesToSignItem());
}

void freeSesSignature(SesSignatureFields *fields)
{
    release(fields, sesSignatureItem());
}

Result<ByteView> sequenceIn(const ASN1_TYPE *field)
{
    if (ASN1_TYPE_get(field) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a sequence");
    return x509::octetsOf(field->value.sequence);
}

Result<void> setSequence(ASN1_TYPE *&field, ByteView der)
{
    HUFU_TRY(element, x509::elementOf(der));
    HUFU_CHECK(sequenceIn(element.get()));
    ASN1_TYPE_free(field);
    field = element.release();
    return {};
}

Result<void> setText(ASN1_STRING *field, ByteView bytes)
{
    if (ASN1_STRING_set(field, bytes.data(), static_cast<int>(bytes.size())) != 1) return kMemory;
    return {};
}

Result<void> setBits(ASN1_BIT_STRING *field, ByteView bytes)
{
    HUFU_CHECK(setText(field, bytes));
    field->flags &= ~(ASN1_STRING_FLAG_BITS_LEFT | 0x07L);
    field->flags |= ASN1_STRING_FLAG_BITS_LEFT; // zeros at the end belong to it
    return {};
}

Result<ByteView> bitsIn(const ASN1_BIT_STRING *field)
{
    if ((field->flags & 0x07L) != 0) return Error(Errc::badInput, "not whole bytes");
    return x509::octetsOf(field);
}

Result<void> setTime(ASN1_GENERALIZEDTIME *&field, std::int64_t unixMs)
{
    HUFU_TRY(time, x509::timeOf(unixMs));
    ASN1_GENERALIZEDTIME *general = ASN1_TIME_to_generalizedtime(time.get(), nullptr);
    if (general == nullptr) return kMemory;
    ASN1_GENERALIZEDTIME_free(field);
    field = general;
    return {};
}

Result<std::int64_t> numberIn(const ASN1_INTEGER *field, std::int64_t most)
{
    std::int64_t value = 0;
    if (ASN1_INTEGER_get_int64(&value, field) != 1 || value < 0 || value > most) return Error(Errc::badInput, "number");
    return value;
}

Result<void> setSm2Algorithm(ASN1_OBJECT *&field)
{
    ASN1_OBJECT *object = OBJ_txt2obj("1.2.156.10197.1.501", 1);
    if (object == nullptr) return kMemory;
    ASN1_OBJECT_free(field);
    field = object;
    return {};
}

bool isSm2Algorithm(const ASN1_OBJECT *field)
{
    for (const char *oid : {"1.2.156.10197.1.501", "1.2.156.10197.1.301.1"}) {
        const x509::OwnedObject object(OBJ_txt2obj(oid, 1));
        if (object && OBJ_cmp(field, object.get()) == 0) return true;
    }
    return false;
}

Result<std::string> asciiIn(const ASN1_IA5STRING *field, std::size_t most)
{
    const std::string text = textOf(x509::octetsOf(field));
    if (text.size() > most || !std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; }))
        return Error(Errc::badInput, "not printable ASCII");
    return text;
}

} // namespace hufu::documents
