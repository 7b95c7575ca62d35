#include "shield/crypto/aead.h"

#include "shield/base/ct.h"

#include <sodium.h>

namespace hufu::crypto {

static_assert(kAeadKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kAeadNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kAeadTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

Bytes aeadSeal(const AeadKey &key, ByteView plain, ByteView context, ports::Random &random)
{
    Bytes out(kAeadNonceBytes + plain.size() + kAeadTagBytes);
    const std::span<std::uint8_t> nonce = std::span(out).first(kAeadNonceBytes);
    random.fill(nonce, "aead-nonce");
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kAeadNonceBytes, nullptr, plain.data(),
                                               plain.size(), context.data(), context.size(), nullptr,
                                               nonce.data(), key.expose().data());
    return out;
}

Result<SecretBytes> aeadOpen(const AeadKey &key, ByteView sealed, ByteView context)
{
    if (sealed.size() < kAeadNonceBytes + kAeadTagBytes) return Error(Errc::tampered, "sealed bytes");
    const ByteView nonce = sealed.first(kAeadNonceBytes);
    const ByteView rest = sealed.subspan(kAeadNonceBytes);
    SecretBytes plain(rest.size() - kAeadTagBytes);
    int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(plain.fill().data(), nullptr, nullptr, rest.data(), rest.size(),
                                                            context.data(), context.size(), nonce.data(), key.expose().data());
    ct::declassify(&failed, sizeof failed); // whether it opens is seen anyway
    if (failed != 0) return Error(Errc::tampered, "sealed bytes");
    return plain;
}

} // namespace hufu::crypto
