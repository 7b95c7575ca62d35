// Authenticated encryption for what is kept: XChaCha20-Poly1305 of libsodium. Timing: constant but for the lengths.
// Source: RFC 8439 2.8, and draft-irtf-cfrg-xchacha-03 for the longer nonce.
#pragma once

#include "shield/base/secret.h"
#include "shield/ports/random.h"

namespace hufu::crypto {

inline constexpr std::size_t kAeadKeyBytes = 32;
inline constexpr std::size_t kAeadNonceBytes = 24;
inline constexpr std::size_t kAeadTagBytes = 16;
using AeadKey = Secret<kAeadKeyBytes>;

// In: context, what the ciphertext belongs to; it is authenticated, not stored. Draws "aead-nonce".
// Returns: nonce 24 | ciphertext | tag 16.
Bytes aeadSeal(const AeadKey &key, ByteView plain, ByteView context, ports::Random &random);

// Errors: tampered, also for another key, another context, or a truncated input.
Result<SecretBytes> aeadOpen(const AeadKey &key, ByteView sealed, ByteView context);

} // namespace hufu::crypto
