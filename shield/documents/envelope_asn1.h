// The header and the statement of a bid envelope as ASN.1 templates; README.md says what each field means.
#pragma once

#include "shield/x509/openssl.h"

#include <openssl/asn1t.h>

namespace hufu::documents {

struct ProjectFields {
    ASN1_UTF8STRING *id;
    ASN1_UTF8STRING *name;
    ASN1_UTF8STRING *package; // absent: the whole project
    ASN1_INTEGER *opening;    // Unix milliseconds; absent: not known
};

struct RecipientFields {
    ASN1_OCTET_STRING *keyId;
    ASN1_UTF8STRING *name;
    ASN1_TYPE *wrappedKey; // SM2Cipher
};

struct BodyFields {
    ASN1_INTEGER *version;
    ASN1_OCTET_STRING *id;
    ASN1_INTEGER *created; // Unix milliseconds
    ASN1_OBJECT *cipher;
    ASN1_INTEGER *chunkSize;
    ASN1_INTEGER *contentSize;
    ASN1_UTF8STRING *fileName;
    ProjectFields *project;    // may be absent
    ASN1_OCTET_STRING *sender; // may be absent
    STACK_OF(ASN1_TYPE) * recipients;
};

struct HeaderFields {
    ASN1_TYPE *body; // a sequence of BodyFields, as it was authenticated
    ASN1_OCTET_STRING *mac;
};

struct StatementFields {
    ASN1_INTEGER *version;
    ASN1_OCTET_STRING *headerSm3;
    ASN1_INTEGER *contentSize;
    ASN1_OCTET_STRING *root;
};

const ASN1_ITEM *projectItem();
const ASN1_ITEM *recipientItem();
const ASN1_ITEM *bodyItem();
const ASN1_ITEM *headerItem();
const ASN1_ITEM *statementItem();

void freeRecipientFields(RecipientFields *fields);
void freeBodyFields(BodyFields *fields);
void freeHeaderFields(HeaderFields *fields);
void freeStatementFields(StatementFields *fields);
using OwnedRecipient = x509::Owned<RecipientFields, freeRecipientFields>;
using OwnedBody = x509::Owned<BodyFields, freeBodyFields>;
using OwnedHeader = x509::Owned<HeaderFields, freeHeaderFields>;
using OwnedStatement = x509::Owned<StatementFields, freeStatementFields>;

} // namespace hufu::documents
