#include "shield/documents/enveloped.h"

#include "shield/base/limits.h"
#include "shield/crypto/sm2.h"
#include "shield/x509/openssl.h"
#include "shield/x509/sm2_der.h"

#include <algorithm>
#include <openssl/asn1t.h>
#include <openssl/pkcs7.h>

namespace hufu::documents {

namespace {

using x509::octetsOf;

constexpr std::size_t kEnvelopedMax = 16 * 1024 * 1024;
constexpr char kSm2EncryptionOid[] = "1.2.156.10197.1.301.3";
constexpr char kSm4CbcOid[] = "1.2.156.10197.1.104.2";
constexpr char kSm4Oid[] = "1.2.156.10197.1.104";
constexpr Error kMemory(Errc::internal, "memory");

struct KeyTransport {
    ASN1_INTEGER *version;
    PKCS7_ISSUER_AND_SERIAL *recipient;
    X509_ALGOR *algorithm;
    ASN1_OCTET_STRING *wrappedKey;
};

struct EncryptedContent {
    ASN1_OBJECT *type;
    X509_ALGOR *algorithm;
    ASN1_OCTET_STRING *content;
};

struct Enveloped {
    ASN1_INTEGER *version;
    STACK_OF(ASN1_TYPE) * recipients; // one KeyTransport each
    EncryptedContent *content;
};

struct EnvelopedInfo {
    ASN1_OBJECT *type;
    Enveloped *content;
};

// clang-format off
ASN1_SEQUENCE(KeyTransport) = {
    ASN1_SIMPLE(KeyTransport, version, ASN1_INTEGER),
    ASN1_SIMPLE(KeyTransport, recipient, PKCS7_ISSUER_AND_SERIAL),
    ASN1_SIMPLE(KeyTransport, algorithm, X509_ALGOR),
    ASN1_SIMPLE(KeyTransport, wrappedKey, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(KeyTransport)

ASN1_SEQUENCE(EncryptedContent) = {
    ASN1_SIMPLE(EncryptedContent, type, ASN1_OBJECT),
    ASN1_SIMPLE(EncryptedContent, algorithm, X509_ALGOR),
    ASN1_IMP(EncryptedContent, content, ASN1_OCTET_STRING, 0)
} static_ASN1_SEQUENCE_END(EncryptedContent)

ASN1_SEQUENCE(Enveloped) = {
    ASN1_SIMPLE(Enveloped, version, ASN1_INTEGER),
    ASN1_SET_OF(Enveloped, recipients, ASN1_ANY),
    ASN1_SIMPLE(Enveloped, content, EncryptedContent)
} static_ASN1_SEQUENCE_END(Enveloped)

ASN1_SEQUENCE(EnvelopedInfo) = {
    ASN1_SIMPLE(EnvelopedInfo, type, ASN1_OBJECT),
    ASN1_EXP(EnvelopedInfo, content, Enveloped, 0)
} static_ASN1_SEQUENCE_END(EnvelopedInfo)
    // clang-format on

    void freeKeyTransport(KeyTransport * object)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(object), ASN1_ITEM_rptr(KeyTransport));
}
void freeEnvelopedInfo(EnvelopedInfo *object)
{
    ASN1_item_free(reinterpret_cast<ASN1_VALUE *>(object), ASN1_ITEM_rptr(EnvelopedInfo));
}
using OwnedKeyTransport = x509::Owned<KeyTransport, freeKeyTransport>;
using OwnedEnvelopedInfo = x509::Owned<EnvelopedInfo, freeEnvelopedInfo>;

// Others write indefinite lengths and strings in pieces; nothing here is signed, so any encoding of the same is
// read.
template <typename Owner> Result<Owner> parseBer(ByteView bytes, const ASN1_ITEM *item)
{
    const unsigned char *at = bytes.data();
    Owner object(reinterpret_cast<typename Owner::pointer>(
        ASN1_item_d2i(nullptr, &at, static_cast<long>(bytes.size()), item)));
    if (!object || at != bytes.data() + bytes.size()) return Error(Errc::badInput, "not of this type");
    return object;
}

// PKCS #7 as RFC 5652 has it says 0, GM/T 0010 says 1.
long versionOf(Dialect dialect)
{
    return dialect == Dialect::gmt0010 ? 1 : 0;
}

bool isVersion(const ASN1_INTEGER *integer)
{
    std::uint64_t value = 0;
    return ASN1_INTEGER_get_uint64(&value, integer) == 1 && value <= 1;
}

bool isOid(const X509_ALGOR *algorithm, const char *oid)
{
    const x509::OwnedObject object(OBJ_txt2obj(oid, 1));
    return object && OBJ_cmp(algorithm->algorithm, object.get()) == 0;
}

Result<void> setOid(X509_ALGOR *algorithm, const char *oid, int type, void *parameter)
{
    ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
    if (object != nullptr && X509_ALGOR_set0(algorithm, object, type, parameter) == 1) return {};
    ASN1_OBJECT_free(object);
    return kMemory;
}

Result<void> setOctets(ASN1_OCTET_STRING *to, ByteView bytes)
{
    if (ASN1_OCTET_STRING_set(to, bytes.data(), static_cast<int>(bytes.size())) != 1) return kMemory;
    return {};
}

Result<Bytes> nameOf(const x509::Certificate &certificate)
{
    const x509::Owned<PKCS7_ISSUER_AND_SERIAL, PKCS7_ISSUER_AND_SERIAL_free> name(
        PKCS7_ISSUER_AND_SERIAL_new());
    if (!name || X509_NAME_set(&name->issuer, X509_get_issuer_name(certificate.native())) != 1 ||
        ASN1_STRING_copy(name->serial, X509_get0_serialNumber(certificate.native())) != 1)
        return kMemory;
    return x509::derOf(name.get(), ASN1_ITEM_rptr(PKCS7_ISSUER_AND_SERIAL));
}

Result<Bytes> keyTransport(const x509::Certificate &to, const crypto::Sm4Key &key, Dialect dialect,
                           ports::Random &random)
{
    HUFU_TRY(point, to.publicKey().sm2());
    HUFU_TRY(cipher, crypto::sm2Encrypt(point, key.expose(), random));
    HUFU_TRY(wrapped, x509::sm2CipherDer(cipher));
    HUFU_TRY(name, nameOf(to));
    const OwnedKeyTransport out(reinterpret_cast<KeyTransport *>(ASN1_item_new(ASN1_ITEM_rptr(KeyTransport))));
    if (!out || ASN1_INTEGER_set(out->version, versionOf(dialect)) != 1) return kMemory;
    PKCS7_ISSUER_AND_SERIAL_free(out->recipient);
    out->recipient =
        static_cast<PKCS7_ISSUER_AND_SERIAL *>(x509::objectOf(name, ASN1_ITEM_rptr(PKCS7_ISSUER_AND_SERIAL)));
    if (out->recipient == nullptr) return kMemory;
    HUFU_CHECK(setOid(out->algorithm, kSm2EncryptionOid, V_ASN1_UNDEF, nullptr));
    HUFU_CHECK(setOctets(out->wrappedKey, wrapped));
    return x509::derOf(out.get(), ASN1_ITEM_rptr(KeyTransport));
}

Result<void> setSm4Cbc(X509_ALGOR *algorithm, const crypto::Sm4Block &iv)
{
    x509::OwnedOctets parameter(ASN1_OCTET_STRING_new());
    if (!parameter) return kMemory;
    HUFU_CHECK(setOctets(parameter.get(), iv));
    HUFU_CHECK(setOid(algorithm, kSm4CbcOid, V_ASN1_OCTET_STRING, parameter.get()));
    static_cast<void>(parameter.release());
    return {};
}

Result<crypto::Sm4Block> ivIn(const X509_ALGOR *algorithm)
{
    if (!isOid(algorithm, kSm4CbcOid) && !isOid(algorithm, kSm4Oid)) return Error(Errc::badInput, "cipher");
    if (ASN1_TYPE_get(algorithm->parameter) != V_ASN1_OCTET_STRING) return Error(Errc::badInput, "no IV");
    return fixedBytes<crypto::kSm4BlockBytes>(octetsOf(algorithm->parameter->value.octet_string));
}

} // namespace

Result<Bytes> buildEnvelopedData(std::span<const x509::Certificate> recipients, ByteView content,
                                 Dialect dialect, ports::Random &random)
{
    const x509::QuietErrors quiet;
    if (recipients.empty() || recipients.size() > limits::kRecipientsMax)
        return Error(Errc::badInput, "number of recipients");
    if (content.size() > kEnvelopedContentMax) return Error(Errc::badInput, "content too long");
    const OwnedEnvelopedInfo info(
        reinterpret_cast<EnvelopedInfo *>(ASN1_item_new(ASN1_ITEM_rptr(EnvelopedInfo))));
    if (!info) return kMemory;
    info->type = OBJ_dup(contentOid(dialect, ContentKind::envelopedData));
    Enveloped &out = *info->content;
    out.content->type = OBJ_dup(contentOid(dialect, ContentKind::data));
    if (info->type == nullptr || out.content->type == nullptr ||
        ASN1_INTEGER_set(out.version, versionOf(dialect)) != 1)
        return kMemory;
    const auto key = random.secret<crypto::kSm4KeyBytes>("enveloped-key");
    const auto iv = random.bytes<crypto::kSm4BlockBytes>("enveloped-iv");
    for (auto it = recipients.begin(); it != recipients.end(); ++it) {
        if (!it->allows(x509::KeyKind::encrypt) || std::find(recipients.begin(), it, *it) != it)
            return Error(Errc::badInput, "a certificate that is not for encryption, or one twice");
        HUFU_TRY(transport, keyTransport(*it, key, dialect, random));
        HUFU_TRY(element, x509::elementOf(transport));
        if (sk_ASN1_TYPE_push(out.recipients, element.get()) == 0) return kMemory;
        static_cast<void>(element.release());
    }
    HUFU_CHECK(setSm4Cbc(out.content->algorithm, iv));
    HUFU_CHECK(setOctets(out.content->content, crypto::sm4CbcEncrypt(key, iv, content)));
    HUFU_TRY(der, x509::derOf(info.get(), ASN1_ITEM_rptr(EnvelopedInfo)));
    HUFU_CHECK(EnvelopedData::parse(der)); // what cannot be read must not be made
    return der;
}

Result<EnvelopedData> EnvelopedData::parse(ByteView bytes)
{
    const x509::QuietErrors quiet;
    if (bytes.size() > kEnvelopedMax) return Error(Errc::badInput, "too long");
    HUFU_TRY(info, parseBer<OwnedEnvelopedInfo>(bytes, ASN1_ITEM_rptr(EnvelopedInfo)));
    const auto dialect = dialectOf(info->type, ContentKind::envelopedData);
    const Enveloped &fields = *info->content;
    if (!dialect || !isVersion(fields.version) || dialectOf(fields.content->type, ContentKind::data) != dialect)
        return Error(Errc::badInput, "not EnvelopedData of this version");
    EnvelopedData out;
    out.m_dialect = *dialect;
    const int count = sk_ASN1_TYPE_num(fields.recipients);
    if (count < 1 || static_cast<std::size_t>(count) > limits::kRecipientsMax)
        return Error(Errc::badInput, "number of recipients");
    for (int i = 0; i < count; ++i) {
        const ASN1_TYPE *element = sk_ASN1_TYPE_value(fields.recipients, i);
        if (ASN1_TYPE_get(element) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a recipient");
        HUFU_TRY(transport,
                 parseBer<OwnedKeyTransport>(octetsOf(element->value.sequence), ASN1_ITEM_rptr(KeyTransport)));
        if (!isVersion(transport->version) || !isOid(transport->algorithm, kSm2EncryptionOid))
            return Error(Errc::badInput, "version or algorithm of a recipient");
        EnvelopeRecipient recipient;
        recipient.name = toHex(octetsOf(transport->recipient->serial));
        recipient.wrappedKey = bytesOf(octetsOf(transport->wrappedKey));
        HUFU_TRY(cipher, x509::parseSm2Cipher(recipient.wrappedKey));
        if (cipher.c2.size() != crypto::kSm4KeyBytes) return Error(Errc::badInput, "length of a key");
        HUFU_TRY(name, x509::derOf(transport->recipient, ASN1_ITEM_rptr(PKCS7_ISSUER_AND_SERIAL)));
        out.m_recipients.push_back(std::move(recipient));
        out.m_names.push_back(std::move(name));
    }
    HUFU_TRY(iv, ivIn(fields.content->algorithm));
    out.m_iv = iv;
    out.m_cipher = bytesOf(octetsOf(fields.content->content));
    if (out.m_cipher.empty() || out.m_cipher.size() % crypto::kSm4BlockBytes != 0)
        return Error(Errc::badInput, "length of the ciphertext");
    return out;
}

const EnvelopeRecipient *EnvelopedData::recipient(const x509::Certificate &certificate) const
{
    const auto name = nameOf(certificate);
    if (!name) return nullptr;
    const auto found = std::ranges::find(m_names, *name);
    return found == m_names.end() ? nullptr : &m_recipients[static_cast<std::size_t>(found - m_names.begin())];
}

Result<SecretBytes> EnvelopedData::open(const crypto::Sm4Key &key) const
{
    return crypto::sm4CbcDecrypt(key, m_iv, m_cipher);
}

} // namespace hufu::documents
