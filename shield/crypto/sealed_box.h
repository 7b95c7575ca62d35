// Sealed boxes: a message to the holder of an X25519 key, from nobody in particular. The format is that of
// libsodium's crypto_box_seal.
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
