// A whole SM2 key in a PEM file, as testers have it. A person's key is never in one piece.
#pragma once

#include "app/envelope/ports.h"
#include "shield/crypto/sm2_scalar.h"

#include <string_view>

namespace hufu::envelope {

struct KeyFile {
    crypto::Scalar d;
    crypto::Point point;

    // In: PEM of one unencrypted SM2 key ("PRIVATE KEY" or "EC PRIVATE KEY"). Errors: badInput.
    static Result<KeyFile> parse(std::string_view pem);
};

class FileKeyOpener final : public KeyOpener {
public:
    explicit FileKeyOpener(KeyFile key) : m_key(std::move(key)) {}
    // First the recipient of the key's own identifier; an authority may have named it otherwise, so then the
    // others. Failures: keyOther.
    Outcome<SecretBytes> open(std::span<const documents::EnvelopeRecipient> recipients) override;

private:
    KeyFile m_key;
};

class FileSigner final : public Signer {
public:
    // In: certificates, the signer's first; nowMs, the signing time.
    FileSigner(KeyFile key, std::vector<x509::Certificate> certificates, std::int64_t nowMs)
        : m_key(std::move(key)), m_certificates(std::move(certificates)), m_nowMs(nowMs)
    {
    }
    const x509::Certificate &certificate() const override { return m_certificates.front(); }
    // Failures: keyOther; certificateInvalid, of another use.
    Outcome<Bytes> sign(ByteView content) override;

private:
    KeyFile m_key;
    std::vector<x509::Certificate> m_certificates;
    std::int64_t m_nowMs;
};

} // namespace hufu::envelope
