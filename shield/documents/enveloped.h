// CMS EnvelopedData with SM2 and SM4-CBC, for interchange with others' software; bids of ours travel in the
// Hufu envelope. Source: GM/T 0010 9, RFC 5652 6. It does not protect the content against change: sign what
// must be whole.
#pragma once

#include "shield/crypto/sm4.h"
#include "shield/documents/dialect.h"
#include "shield/documents/envelope.h"

#include <span>

namespace hufu::documents {

inline constexpr std::size_t kEnvelopedContentMax = 15 * 1024 * 1024;

// In: recipients, encrypt certificates, 1 to 64, none twice; whether they are trusted is the caller's to judge.
// Draws "enveloped-key" 16, "enveloped-iv" 16, and "sm2-k" for each recipient.
// Returns: DER ContentInfo. Errors: badInput.
Result<Bytes> buildEnvelopedData(std::span<const x509::Certificate> recipients, ByteView content,
                                 Dialect dialect, ports::Random &random);

class EnvelopedData {
public:
    // In: DER, or BER as others write it, at most 16 MiB, nothing left over; recipients by issuer and serial number, versions 0
    // or 1, cipher SM4-CBC (1.2.156.10197.1.104.2, or .104 as some write it). Errors: badInput.
    static Result<EnvelopedData> parse(ByteView bytes);

    Dialect dialect() const { return m_dialect; }
    // keyId is empty: these are named by certificate. name is the serial number in hexadecimal.
    const std::vector<EnvelopeRecipient> &recipients() const { return m_recipients; }
    // The recipient of this certificate; null if there is none.
    const EnvelopeRecipient *recipient(const x509::Certificate &certificate) const;
    std::size_t cipherBytes() const { return m_cipher.size(); }
    // Errors: tampered, if what is inside does not end as it must; another key is mostly, not always, found so.
    Result<SecretBytes> open(const crypto::Sm4Key &key) const;

private:
    EnvelopedData() = default;
    Dialect m_dialect = Dialect::gmt0010;
    std::vector<EnvelopeRecipient> m_recipients;
    std::vector<Bytes> m_names; // DER IssuerAndSerialNumber, one for each recipient
    crypto::Sm4Block m_iv{};
    Bytes m_cipher;
};

} // namespace hufu::documents
