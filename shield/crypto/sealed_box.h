// Sealed boxes: a message to the holder of an X25519 key, from nobody in particular. The format is that of
// libsodium's crypto_box_seal: XSalsa20-Poly1305 under a key agreed by X25519 (RFC 7748) with a key of one message, whose nonce is
// BLAKE2b of both public keys (RFC 7693). Timing: constant but for the lengths.
#pragma once

#include "shield/base/secret.h"
#include "shield/ports/random.h"

namespace hufu::crypto {

inline constexpr std::size_t kBoxOverheadBytes = 48;
using BoxPublicKey = ByteArray<32>;

class BoxKey {
public:
    // Draws "box-key".
    static BoxKey generate(ports::Random &random);
    // In: secretKey, as secretKey() gave it.
    static BoxKey fromSecret(const Secret<32> &secretKey);

    const BoxPublicKey &publicKey() const { return m_publicKey; }
    const Secret<32> &secretKey() const { return m_secretKey; }

private:
    BoxKey() = default;
    BoxPublicKey m_publicKey{};
    Secret<32> m_secretKey;
};

// Draws "box-ephemeral". Returns: ephemeral key 32 | tag 16 | ciphertext.
// Errors: badInput for a public key of small order, to which nothing can be sealed.
Result<Bytes> sealBox(const BoxPublicKey &recipient, ByteView plain, ports::Random &random);

// Errors: tampered.
Result<SecretBytes> openBox(const BoxKey &recipient, ByteView sealed);

} // namespace hufu::crypto
