// Ed25519 signatures: desks sign their frames and requests. Source: RFC 8032, by libsodium.
#pragma once

#include "shield/base/secret.h"
#include "shield/ports/random.h"

namespace hufu::crypto {

inline constexpr std::size_t kEd25519SeedBytes = 32;
using Ed25519PublicKey = ByteArray<32>;
using Ed25519Signature = ByteArray<64>;

class Ed25519Key {
public:
    // Draws "ed25519-seed".
    static Ed25519Key generate(ports::Random &random);
    static Ed25519Key fromSeed(const Secret<kEd25519SeedBytes> &seed);

    const Ed25519PublicKey &publicKey() const { return m_publicKey; }
    Secret<kEd25519SeedBytes> seed() const; // to be stored
    Ed25519Signature sign(ByteView message) const;

private:
    Ed25519Key() = default;
    Ed25519PublicKey m_publicKey{};
    Secret<64> m_secretKey; // seed | public key
};

// Errors: tampered for a signature that does not fit; badInput for a key or signature of another length.
Result<void> ed25519Verify(ByteView publicKey, ByteView message, ByteView signature);

} // namespace hufu::crypto
