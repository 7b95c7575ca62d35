// SM4 in Galois counter mode, through libgcrypt, which runs many blocks at a time. Source: GB/T 32907 for the
// cipher, NIST SP 800-38D for the mode, RFC 8998 for the two together.
#pragma once

#include "shield/crypto/sm4.h"

#include <memory>

namespace hufu::crypto {

inline constexpr std::size_t kGcmNonceBytes = 12;
inline constexpr std::size_t kGcmTagBytes = 16;
using GcmNonce = ByteArray<kGcmNonceBytes>;
using GcmTag = ByteArray<kGcmTagBytes>;

// One key, for one thread at a time; libgcrypt wipes its schedule when the object dies. A nonce must never meet
// the key twice for sealing.
class Sm4Gcm {
public:
    explicit Sm4Gcm(const Sm4Key &key);
    Sm4Gcm(Sm4Gcm &&) noexcept;
    Sm4Gcm &operator=(Sm4Gcm &&) noexcept;
    ~Sm4Gcm();

    // Encrypts in place. In: context, what is authenticated besides and not stored.
    GcmTag seal(const GcmNonce &nonce, ByteView context, std::span<std::uint8_t> bytes);
    // Decrypts in place. Errors: tampered, for anything that seal did not make with this key, nonce and
    // context; the bytes are then wiped, so that nothing unauthenticated can be used.
    Result<void> open(const GcmNonce &nonce, ByteView context, std::span<std::uint8_t> bytes,
                      const GcmTag &tag);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hufu::crypto
