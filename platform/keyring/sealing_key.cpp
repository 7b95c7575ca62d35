#include "platform/keyring/sealing_key.h"

#include <sodium.h>

namespace hufu::keyring {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kOverhead = 1 + kNonceBytes + kTagBytes;

} // namespace

SealingKey::SealingKey(Secret<32> key, ports::Random &random)
    : m_key(SecretBytes::adopt(key.fill())), m_random(&random)
{}

Bytes SealingKey::seal(ByteView plain, ByteView context) const
{
    Bytes sealed(kOverhead + plain.size());
    sealed[0] = kVersion;
    const auto nonce = std::span(sealed).subspan(1, kNonceBytes);
    m_random->fill(nonce, "sealing-nonce");
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + 1 + kNonceBytes, nullptr, plain.data(), plain.size(),
                                               context.data(), context.size(), nullptr, nonce.data(),
                                               m_key.expose().data());
    return sealed;
}

Result<SecretBytes> SealingKey::open(ByteView sealed, ByteView context) const
{
    if (sealed.size() < kOverhead || sealed[0] != kVersion) return Error(Errc::tampered, "sealed bytes");
    SecretBytes plain(sealed.size() - kOverhead);
    const ByteView nonce = sealed.subspan(1, kNonceBytes), ciphertext = sealed.subspan(1 + kNonceBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.fill().data(), nullptr, nullptr, ciphertext.data(),
                                                   ciphertext.size(), context.data(), context.size(), nonce.data(),
                                                   m_key.expose().data()) != 0)
        return Error(Errc::tampered, "sealed bytes");
    return plain;
}

} // namespace hufu::keyring
