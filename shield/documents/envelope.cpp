#include "shield/documents/envelope.h"

#include "shield/base/ct.h"
#include "shield/base/limits.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/chunks.h"
#include "shield/documents/envelope_asn1.h"
#include "shield/x509/sm2_der.h"

#include <algorithm>

namespace hufu::documents {

namespace {

using x509::octetsOf;

constexpr std::uint64_t kVersion = 1;
constexpr char kSm4GcmOid[] = "1.2.156.10197.1.104.8"; // GM/T 0006
constexpr std::size_t kKeyIdMax = 64;
constexpr std::size_t kTextMax = 1024;
constexpr std::int64_t kTimeEndMs = 253'402'300'800'000; // the year 10000
constexpr std::string_view kHeaderLabel = "HUFU-ENVELOPE-1 header";
constexpr std::string_view kChunksLabel = "HUFU-ENVELOPE-1 chunks";
constexpr Error kMemory(Errc::internal, "memory");

ByteArray<32> macOf(const EnvelopeKey &key, std::string_view label, ByteView message)
{
    return crypto::hmacSm3(key.expose(), {viewOf(label), ByteArray<1>{0}, message});
}

// Fields of the templates, written.

Result<void> put(ASN1_INTEGER *field, std::uint64_t value)
{
    if (ASN1_INTEGER_set_uint64(field, value) != 1) return kMemory;
    return {};
}

Result<void> put(ASN1_STRING *field, ByteView bytes)
{
    if (ASN1_STRING_set(field, bytes.data(), static_cast<int>(bytes.size())) != 1) return kMemory;
    return {};
}

Result<void> put(ASN1_STRING *field, std::string_view text)
{
    return put(field, viewOf(text));
}

// And read.

Result<std::uint64_t> integerIn(const ASN1_INTEGER *field, std::uint64_t most)
{
    std::uint64_t value = 0;
    if (ASN1_INTEGER_get_uint64(&value, field) != 1 || value > most)
        return Error(Errc::badInput, "a number of the envelope");
    return value;
}

// UTF-8 (RFC 3629) without control characters. OpenSSL takes any bytes for a UTF8String.
bool isPlainUtf8(ByteView bytes)
{
    constexpr unsigned long kUnicodeEnd = 0x110000;
    while (!bytes.empty()) {
        unsigned long character = 0;
        const int used = UTF8_getc(bytes.data(), static_cast<int>(bytes.size()), &character);
        const bool isControl = character < 0x20 || (character >= 0x7f && character < 0xa0);
        if (used <= 0 || isControl || character >= kUnicodeEnd) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(used));
    }
    return true;
}

Result<std::string> textIn(const ASN1_UTF8STRING *field)
{
    const ByteView bytes = octetsOf(field);
    if (!isEnvelopeText(bytes)) return Error(Errc::badInput, "a text of the envelope");
    return textOf(bytes);
}

Result<EnvelopeProject> projectIn(const ProjectFields &fields)
{
    EnvelopeProject out;
    HUFU_TRY(id, textIn(fields.id));
    HUFU_TRY(name, textIn(fields.name));
    out.id = id;
    out.name = name;
    if (fields.package != nullptr) {
        HUFU_TRY(package, textIn(fields.package));
        if (package.empty()) return Error(Errc::badInput, "an empty package");
        out.package = package;
    }
    if (fields.opening != nullptr) {
        HUFU_TRY(opening, integerIn(fields.opening, static_cast<std::uint64_t>(kTimeEndMs)));
        out.openingMs = static_cast<std::int64_t>(opening);
    }
    return out;
}

Result<EnvelopeRecipient> recipientIn(const ASN1_TYPE *element)
{
    if (ASN1_TYPE_get(element) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a recipient");
    HUFU_TRY(fields, x509::parseDer<OwnedRecipient>(octetsOf(element->value.sequence), recipientItem()));
    if (ASN1_TYPE_get(fields->wrappedKey) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a wrapped key");
    EnvelopeRecipient out;
    HUFU_TRY(name, textIn(fields->name));
    out.name = name;
    out.keyId = bytesOf(octetsOf(fields->keyId));
    out.wrappedKey = bytesOf(octetsOf(fields->wrappedKey->value.sequence));
    HUFU_TRY(cipher, x509::parseSm2Cipher(out.wrappedKey));
    if (out.keyId.empty() || out.keyId.size() > kKeyIdMax || cipher.c2.size() != kEnvelopeKeyBytes)
        return Error(Errc::badInput, "length of a key or its name");
    return out;
}

bool hasOneTwice(const std::vector<EnvelopeRecipient> &recipients)
{
    for (auto it = recipients.begin(); it != recipients.end(); ++it)
        if (std::any_of(it + 1, recipients.end(), [&](const auto &other) { return other.keyId == it->keyId; }))
            return true;
    return false;
}

Result<EnvelopeBody> bodyIn(const BodyFields &fields)
{
    const x509::OwnedObject cipher(OBJ_txt2obj(kSm4GcmOid, 1));
    if (!cipher) return kMemory;
    HUFU_TRY(version, integerIn(fields.version, kVersion));
    HUFU_TRY(chunkSize, integerIn(fields.chunkSize, kChunkBytes));
    if (version != kVersion || chunkSize != kChunkBytes || OBJ_cmp(fields.cipher, cipher.get()) != 0)
        return Error(Errc::badInput, "version, cipher or chunk size");
    EnvelopeBody out;
    HUFU_TRY(id, fixedBytes<16>(octetsOf(fields.id)));
    HUFU_TRY(created, integerIn(fields.created, static_cast<std::uint64_t>(kTimeEndMs)));
    HUFU_TRY(contentSize, integerIn(fields.contentSize, limits::kEnvelopeContentMax));
    HUFU_TRY(fileName, textIn(fields.fileName));
    if (fileName.empty()) return Error(Errc::badInput, "no file name");
    out.id = id;
    out.createdMs = static_cast<std::int64_t>(created);
    out.contentSize = contentSize;
    out.fileName = fileName;
    if (fields.project != nullptr) {
        HUFU_TRY(project, projectIn(*fields.project));
        out.project = project;
    }
    if (fields.sender != nullptr) {
        HUFU_TRY(sender, fixedBytes<32>(octetsOf(fields.sender)));
        out.senderSm3 = sender;
    }
    const int count = sk_ASN1_TYPE_num(fields.recipients);
    if (count < 1 || static_cast<std::size_t>(count) > limits::kRecipientsMax)
        return Error(Errc::badInput, "number of recipients");
    for (int i = 0; i < count; ++i) {
        HUFU_TRY(recipient, recipientIn(sk_ASN1_TYPE_value(fields.recipients, i)));
        out.recipients.push_back(recipient);
    }
    if (hasOneTwice(out.recipients)) return Error(Errc::badInput, "a recipient twice");
    return out;
}

Result<void> addRecipient(BodyFields &to, const EnvelopeRecipient &recipient)
{
    const OwnedRecipient fields(reinterpret_cast<RecipientFields *>(ASN1_item_new(recipientItem())));
    if (!fields) return kMemory;
    HUFU_CHECK(put(fields->keyId, ByteView(recipient.keyId)));
    HUFU_CHECK(put(fields->name, recipient.name));
    HUFU_TRY(wrapped, x509::elementOf(recipient.wrappedKey));
    ASN1_TYPE_free(fields->wrappedKey);
    fields->wrappedKey = wrapped.release();
    HUFU_TRY(der, x509::derOf(fields.get(), recipientItem()));
    HUFU_TRY(element, x509::elementOf(der));
    if (sk_ASN1_TYPE_push(to.recipients, element.get()) == 0) return kMemory;
    static_cast<void>(element.release());
    return {};
}

Result<void> putProject(BodyFields &to, const EnvelopeProject &project)
{
    to.project = reinterpret_cast<ProjectFields *>(ASN1_item_new(projectItem()));
    if (to.project == nullptr) return kMemory;
    HUFU_CHECK(put(to.project->id, project.id));
    HUFU_CHECK(put(to.project->name, project.name));
    if (!project.package.empty()) {
        to.project->package = ASN1_UTF8STRING_new();
        if (to.project->package == nullptr) return kMemory;
        HUFU_CHECK(put(to.project->package, project.package));
    }
    if (project.openingMs) {
        if (*project.openingMs < 0) return Error(Errc::badInput, "a time before 1970");
        to.project->opening = ASN1_INTEGER_new();
        if (to.project->opening == nullptr) return kMemory;
        HUFU_CHECK(put(to.project->opening, static_cast<std::uint64_t>(*project.openingMs)));
    }
    return {};
}

Result<Bytes> derOfBody(const EnvelopeBody &body)
{
    const OwnedBody fields(reinterpret_cast<BodyFields *>(ASN1_item_new(bodyItem())));
    if (!fields) return kMemory;
    if (body.createdMs < 0) return Error(Errc::badInput, "a time before 1970");
    ASN1_OBJECT_free(fields->cipher);
    fields->cipher = OBJ_txt2obj(kSm4GcmOid, 1);
    if (fields->cipher == nullptr) return kMemory;
    HUFU_CHECK(put(fields->version, kVersion));
    HUFU_CHECK(put(fields->id, ByteView(body.id)));
    HUFU_CHECK(put(fields->created, static_cast<std::uint64_t>(body.createdMs)));
    HUFU_CHECK(put(fields->chunkSize, kChunkBytes));
    HUFU_CHECK(put(fields->contentSize, body.contentSize));
    HUFU_CHECK(put(fields->fileName, body.fileName));
    if (body.project) HUFU_CHECK(putProject(*fields, *body.project));
    if (body.senderSm3) {
        fields->sender = ASN1_OCTET_STRING_new();
        if (fields->sender == nullptr) return kMemory;
        HUFU_CHECK(put(fields->sender, ByteView(*body.senderSm3)));
    }
    for (const EnvelopeRecipient &recipient : body.recipients)
        HUFU_CHECK(addRecipient(*fields, recipient));
    return x509::derOf(fields.get(), bodyItem());
}

} // namespace

bool isEnvelopeText(ByteView text)
{
    return text.size() <= kTextMax && isPlainUtf8(text);
}

Result<Bytes> envelopeKeyId(const x509::Certificate &certificate)
{
    if (!certificate.subjectKeyId().empty()) return certificate.subjectKeyId();
    HUFU_TRY(keyId, x509::keyIdOf(certificate.publicKey()));
    return bytesOf(keyId);
}

Result<NewEnvelope> EnvelopeHeader::make(const EnvelopeDraft &draft, ports::Random &random)
{
    const x509::QuietErrors quiet;
    EnvelopeBody body;
    body.id = random.bytes<16>("envelope-id");
    body.createdMs = draft.createdMs;
    body.contentSize = draft.contentSize;
    body.fileName = draft.fileName;
    body.project = draft.project;
    if (draft.sender) body.senderSm3 = crypto::sm3(draft.sender->der());
    if (draft.recipients.size() > limits::kRecipientsMax) return Error(Errc::badInput, "number of recipients");
    auto key = random.secret<kEnvelopeKeyBytes>("envelope-key");
    for (const x509::Certificate &certificate : draft.recipients) {
        if (!certificate.allows(x509::KeyKind::encrypt))
            return Error(Errc::badInput, "a certificate that is not for encryption");
        HUFU_TRY(keyId, envelopeKeyId(certificate));
        HUFU_TRY(point, certificate.publicKey().sm2());
        HUFU_TRY(cipher, crypto::sm2Encrypt(point, key.expose(), random));
        HUFU_TRY(wrapped, x509::sm2CipherDer(cipher));
        body.recipients.push_back({keyId, certificate.subject().commonName, wrapped});
    }
    HUFU_TRY(bodyDer, derOfBody(body));

    const OwnedHeader fields(reinterpret_cast<HeaderFields *>(ASN1_item_new(headerItem())));
    if (!fields) return kMemory;
    HUFU_TRY(element, x509::elementOf(bodyDer));
    ASN1_TYPE_free(fields->body);
    fields->body = element.release();
    HUFU_CHECK(put(fields->mac, ByteView(macOf(key, kHeaderLabel, bodyDer))));
    HUFU_TRY(der, x509::derOf(fields.get(), headerItem()));
    // Read back: what cannot be read must not be made, and the limits are in one place.
    HUFU_TRY(header, parse(der));
    return NewEnvelope{std::move(header), std::move(key)};
}

Result<EnvelopeHeader> EnvelopeHeader::parse(ByteView der)
{
    const x509::QuietErrors quiet;
    if (der.size() > kEnvelopeHeaderMax) return Error(Errc::badInput, "header too long");
    HUFU_TRY(fields, x509::parseDer<OwnedHeader>(der, headerItem()));
    if (ASN1_TYPE_get(fields->body) != V_ASN1_SEQUENCE) return Error(Errc::badInput, "not a header");
    EnvelopeHeader out;
    out.m_der = bytesOf(der);
    out.m_bodyDer = bytesOf(octetsOf(fields->body->value.sequence));
    HUFU_TRY(mac, fixedBytes<32>(octetsOf(fields->mac)));
    out.m_mac = mac;
    HUFU_TRY(bodyFields, x509::parseDer<OwnedBody>(out.m_bodyDer, bodyItem()));
    HUFU_TRY(body, bodyIn(*bodyFields));
    out.m_body = body;
    return out;
}

Bytes EnvelopeHeader::start() const
{
    return Writer().raw(viewOf(kEnvelopeMagic)).blob32(m_der).take();
}

const EnvelopeRecipient *EnvelopeHeader::recipient(ByteView keyId) const
{
    const auto found = std::ranges::find_if(m_body.recipients, [&](const EnvelopeRecipient &recipient) {
        return sameBytes(recipient.keyId, keyId);
    });
    return found == m_body.recipients.end() ? nullptr : &*found;
}

Result<crypto::Sm4Key> EnvelopeHeader::chunkKey(const EnvelopeKey &key) const
{
    if (!ct::equal(macOf(key, kHeaderLabel, m_bodyDer), m_mac))
        return Error(Errc::tampered, "key or header of the envelope");
    ByteArray<32> derived = macOf(key, kChunksLabel, crypto::sm3(m_bodyDer));
    auto out = crypto::Sm4Key::adopt(std::span(derived).first<crypto::kSm4KeyBytes>());
    wipe(derived.data(), derived.size());
    return out;
}

Result<std::size_t> envelopeHeaderLength(ByteView start)
{
    Reader reader(start);
    const ByteView magic = reader.raw(kEnvelopeMagic.size());
    const std::size_t length = reader.u32();
    if (!reader.finish() || !sameBytes(magic, viewOf(kEnvelopeMagic)) || length > kEnvelopeHeaderMax)
        return Error(Errc::badInput, "not an envelope");
    return length;
}

Result<Bytes> envelopeStatement(const EnvelopeHeader &header, const ByteArray<32> &root)
{
    const OwnedStatement fields(reinterpret_cast<StatementFields *>(ASN1_item_new(statementItem())));
    if (!fields) return kMemory;
    HUFU_CHECK(put(fields->version, kVersion));
    HUFU_CHECK(put(fields->headerSm3, ByteView(crypto::sm3(header.der()))));
    HUFU_CHECK(put(fields->contentSize, header.body().contentSize));
    HUFU_CHECK(put(fields->root, ByteView(root)));
    return x509::derOf(fields.get(), statementItem());
}

} // namespace hufu::documents
