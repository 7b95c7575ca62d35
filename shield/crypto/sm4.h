// SM4, through OpenSSL. Source: GB/T 32907.
#pragma once

#include "shield/base/secret.h"

namespace hufu::crypto {

inline constexpr std::size_t kSm4KeyBytes = 16;
inline constexpr std::size_t kSm4BlockBytes = 16;
using Sm4Key = Secret<kSm4KeyBytes>;
using Sm4Block = ByteArray<kSm4BlockBytes>;

// One block. It hides neither equal blocks nor their order: for constructions, not for messages.
Sm4Block sm4EncryptBlock(const Sm4Key &key, const Sm4Block &plain);
Sm4Block sm4DecryptBlock(const Sm4Key &key, const Sm4Block &cipher);

// CBC with PKCS #7 padding. In: iv, unpredictable and never used again with the key. It does not protect
// against change: authenticate what comes out.
Bytes sm4CbcEncrypt(const Sm4Key &key, const Sm4Block &iv, ByteView plain);
// Errors: badInput for a length that is no positive multiple of 16; tampered for a wrong padding.
Result<SecretBytes> sm4CbcDecrypt(const Sm4Key &key, const Sm4Block &iv, ByteView cipher);

} // namespace hufu::crypto
