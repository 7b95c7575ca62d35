#include "shield/crypto/sealed_box.h"

#include <algorithm>
#include <sodium.h>

namespace hufu::crypto {

static_assert(kBoxOverheadBytes == crypto_box_SEALBYTES);
static_assert(sizeof(BoxPublicKey) == crypto_box_PUBLICKEYBYTES);

BoxKey BoxKey::generate(ports::Random &random)
{
    return fromSecret(random.secret<32>("box-key"));
}

BoxKey BoxKey::fromSecret(const Secret<32> &secretKey)
{
    BoxKey key;
    key.m_secretKey = secretKey.duplicate();
    crypto_scalarmult_base(key.m_publicKey.data(), key.m_secretKey.expose().data());
    return key;
}

// crypto_box_seal with the ephemeral key from the port instead of libsodium's own generator.
Result<Bytes> sealBox(const BoxPublicKey &recipient, ByteView plain, ports::Random &random)
{
    const BoxKey ephemeral = BoxKey::fromSecret(random.secret<32>("box-ephemeral"));
    ByteArray<crypto_box_NONCEBYTES> nonce;
    const Bytes keys = concat({ephemeral.publicKey(), recipient});
    crypto_generichash(nonce.data(), nonce.size(), keys.data(), keys.size(), nullptr, 0);
    Bytes out(kBoxOverheadBytes + plain.size());
    std::ranges::copy(ephemeral.publicKey(), out.begin());
    if (crypto_box_easy(out.data() + sizeof(BoxPublicKey), plain.data(), plain.size(), nonce.data(),
                        recipient.data(), ephemeral.secretKey().expose().data()) != 0)
        return Error(Errc::badInput, "recipient's key");
    return out;
}

Result<SecretBytes> openBox(const BoxKey &recipient, ByteView sealed)
{
    if (sealed.size() < kBoxOverheadBytes) return Error(Errc::tampered, "sealed box");
    SecretBytes plain(sealed.size() - kBoxOverheadBytes);
    if (crypto_box_seal_open(plain.fill().data(), sealed.data(), sealed.size(), recipient.publicKey().data(),
                             recipient.secretKey().expose().data()) != 0)
        return Error(Errc::tampered, "sealed box");
    return plain;
}

} // namespace hufu::crypto
