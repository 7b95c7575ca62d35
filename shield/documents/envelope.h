// The bid envelope's header: who can open it, for which project, and the key that its chunks are under.
// README.md specifies the format byte by byte; chunks.h is what follows the header.
#pragma once

#include "shield/crypto/sm4.h"
#include "shield/ports/random.h"
#include "shield/x509/certificate.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::documents {

inline constexpr std::string_view kEnvelopeMagic = "HUFU-ENV";
inline constexpr std::size_t kEnvelopeStartBytes = 12; // magic 8 | length of the header 4
inline constexpr std::size_t kEnvelopeHeaderMax = 64 * 1024;
inline constexpr std::size_t kEnvelopeKeyBytes = 32;
using EnvelopeKey = Secret<kEnvelopeKeyBytes>;

struct EnvelopeProject {
    std::string id, name, package; // package may be empty
    std::optional<std::int64_t> openingMs;
    bool operator==(const EnvelopeProject &) const = default;
};

struct EnvelopeRecipient {
    Bytes keyId;      // subject key identifier of the encrypt certificate, or x509::keyIdOf its key
    std::string name; // common name
    Bytes wrappedKey; // DER SM2Cipher of the envelope's key
    bool operator==(const EnvelopeRecipient &) const = default;
};

// What an envelope says of itself, readable by everyone.
struct EnvelopeBody {
    ByteArray<16> id{};
    std::int64_t createdMs = 0;
    std::uint64_t contentSize = 0;
    std::string fileName;
    std::optional<EnvelopeProject> project;
    std::optional<ByteArray<32>> senderSm3; // SM3 of the sender's sign certificate; absent: not signed
    std::vector<EnvelopeRecipient> recipients;
    bool operator==(const EnvelopeBody &) const = default;
};

// What a new envelope is made from.
struct EnvelopeDraft {
    std::int64_t createdMs = 0;
    std::uint64_t contentSize = 0;
    std::string fileName;
    std::optional<EnvelopeProject> project;
    std::optional<x509::Certificate> sender;
    std::vector<x509::Certificate>
        recipients; // encrypt certificates; whether they are trusted is the caller's to judge
};

struct NewEnvelope;

class EnvelopeHeader {
public:
    // Draws "envelope-id", "envelope-key", and "sm2-k" for each recipient.
    // Errors: badInput (no recipient, too many, one twice, one that is not for encryption, a size or a text
    // beyond its limit).
    static Result<NewEnvelope> make(const EnvelopeDraft &draft, ports::Random &random);
    // In: canonical DER, nothing left over. Whether it is genuine shows only with the key. Errors: badInput.
    static Result<EnvelopeHeader> parse(ByteView der);

    const EnvelopeBody &body() const { return m_body; }
    const Bytes &der() const { return m_der; }
    // What stands at the beginning of the file: magic, length, header.
    Bytes start() const;
    // The recipient with this key identifier; null if there is none.
    const EnvelopeRecipient *recipient(ByteView keyId) const;
    // The key of the chunks. Errors: tampered, for another key and for a header that was changed.
    Result<crypto::Sm4Key> chunkKey(const EnvelopeKey &key) const;

private:
    EnvelopeHeader() = default;
    EnvelopeBody m_body;
    Bytes m_der, m_bodyDer;
    ByteArray<32> m_mac{};
};

struct NewEnvelope {
    EnvelopeHeader header;
    EnvelopeKey key;
};

// In: the first kEnvelopeStartBytes of a file. Returns: how long the header behind them is. Errors: badInput
// for anything that is not an envelope, or a header that is too long.
Result<std::size_t> envelopeHeaderLength(ByteView start);

// Whether a text can stand in an envelope: UTF-8 without control characters, of 1 KiB at most. That it may be shown to people is for the edge
// to check.
bool isEnvelopeText(ByteView text);

// How a certificate is named among the recipients. Errors: badInput.
Result<Bytes> envelopeKeyId(const x509::Certificate &certificate);

// What the sender signs: DER of header and content in one.
// In: root, of the hash tree over the chunks.
Result<Bytes> envelopeStatement(const EnvelopeHeader &header, const ByteArray<32> &root);

} // namespace hufu::documents
