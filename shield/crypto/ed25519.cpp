#include "shield/crypto/ed25519.h"

#include <sodium.h>

namespace hufu::crypto {

static_assert(kEd25519SeedBytes == crypto_sign_ed25519_SEEDBYTES);
static_assert(sizeof(Ed25519PublicKey) == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(sizeof(Ed25519Signature) == crypto_sign_ed25519_BYTES);

Ed25519Key Ed25519Key::generate(ports::Random &random)
{
    return fromSeed(random.secret<kEd25519SeedBytes>("ed25519-seed"));
}

Ed25519Key Ed25519Key::fromSeed(const Secret<kEd25519SeedBytes> &seed)
{
    Ed25519Key key;
    crypto_sign_ed25519_seed_keypair(key.m_publicKey.data(), key.m_secretKey.fill().data(),
                                     seed.expose().data());
    return key;
}

Secret<kEd25519SeedBytes> Ed25519Key::seed() const
{
    Secret<kEd25519SeedBytes> out;
    crypto_sign_ed25519_sk_to_seed(out.fill().data(), m_secretKey.expose().data());
    return out;
}

Ed25519Signature Ed25519Key::sign(ByteView message) const
{
    Ed25519Signature out;
    crypto_sign_ed25519_detached(out.data(), nullptr, message.data(), message.size(),
                                 m_secretKey.expose().data());
    return out;
}

Result<void> ed25519Verify(ByteView publicKey, ByteView message, ByteView signature)
{
    if (publicKey.size() != sizeof(Ed25519PublicKey)) return Error(Errc::badInput, "public key length");
    if (signature.size() != sizeof(Ed25519Signature)) return Error(Errc::badInput, "signature length");
    if (crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                            publicKey.data()) != 0)
        return Error(Errc::tampered, "signature");
    return {};
}

} // namespace hufu::crypto
