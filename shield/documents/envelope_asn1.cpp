#include "shield/documents/envelope_asn1.h"

namespace hufu::documents {

namespace {

// clang-format off
ASN1_SEQUENCE(ProjectFields) = {
    ASN1_SIMPLE(ProjectFields, id, ASN1_UTF8STRING),
    ASN1_SIMPLE(ProjectFields, name, ASN1_UTF8STRING),
    ASN1_IMP_OPT(ProjectFields, package, ASN1_UTF8STRING, 0),
    ASN1_IMP_OPT(ProjectFields, opening, ASN1_INTEGER, 1)
} static_ASN1_SEQUENCE_END(ProjectFields)

ASN1_SEQUENCE(RecipientFields) = {
    ASN1_SIMPLE(RecipientFields, keyId, ASN1_OCTET_STRING),
    ASN1_SIMPLE(RecipientFields, name, ASN1_UTF8STRING),
    ASN1_SIMPLE(RecipientFields, wrappedKey, ASN1_ANY)
} static_ASN1_SEQUENCE_END(RecipientFields)

ASN1_SEQUENCE(BodyFields) = {
    ASN1_SIMPLE(BodyFields, version, ASN1_INTEGER),
    ASN1_SIMPLE(BodyFields, id, ASN1_OCTET_STRING),
    ASN1_SIMPLE(BodyFields, created, ASN1_INTEGER),
    ASN1_SIMPLE(BodyFields, cipher, ASN1_OBJECT),
    ASN1_SIMPLE(BodyFields, chunkSize, ASN1_INTEGER),
    ASN1_SIMPLE(BodyFields, contentSize, ASN1_INTEGER),
    ASN1_SIMPLE(BodyFields, fileName, ASN1_UTF8STRING),
    ASN1_IMP_OPT(BodyFields, project, ProjectFields, 0),
    ASN1_IMP_OPT(BodyFields, sender, ASN1_OCTET_STRING, 1),
    ASN1_SEQUENCE_OF(BodyFields, recipients, ASN1_ANY)
} static_ASN1_SEQUENCE_END(BodyFields)

ASN1_SEQUENCE(HeaderFields) = {
    ASN1_SIMPLE(HeaderFields, body, ASN1_ANY),
    ASN1_SIMPLE(HeaderFields, mac, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(HeaderFields)

ASN1_SEQUENCE(StatementFields) = {
    ASN1_SIMPLE(StatementFields, version, ASN1_INTEGER),
    ASN1_SIMPLE(StatementFields, headerSm3, ASN1_OCTET_STRING),
    ASN1_SIMPLE(StatementFields, contentSize, ASN1_INTEGER),
    ASN1_SIMPLE(StatementFields, root, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(StatementFields)
    // clang-format on

    template <typename T>
    void release(T * fields, const ASN1_ITEM *item)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(fields), item);
}

} // namespace

const ASN1_ITEM *projectItem()
{
    return ASN1_ITEM_rptr(ProjectFields);
}

const ASN1_ITEM *recipientItem()
{
    return ASN1_ITEM_rptr(RecipientFields);
}

const ASN1_ITEM *bodyItem()
{
    return ASN1_ITEM_rptr(BodyFields);
}

const ASN1_ITEM *headerItem()
{
    return ASN1_ITEM_rptr(HeaderFields);
}

const ASN1_ITEM *statementItem()
{
    return ASN1_ITEM_rptr(StatementFields);
}

void freeRecipientFields(RecipientFields *fields)
{
    release(fields, recipientItem());
}

void freeBodyFields(BodyFields *fields)
{
    release(fields, bodyItem());
}

void freeHeaderFields(HeaderFields *fields)
{
    release(fields, headerItem());
}

void freeStatementFields(StatementFields *fields)
{
    release(fields, statementItem());
}

} // namespace hufu::documents
