// SM2 encryption to a certificate, by a desk. GM/T 0009 SM2Cipher.
#pragma once

#include "shield/ports/random.h"
#include "shield/x509/chain.h"
#include "shield/x509/sm2_der.h"

namespace hufu::documents {

inline constexpr std::size_t kSm2PlainMax = 64 * 1024;

// Encrypts to the holder of an encrypt certificate, once it is found trustworthy.
// In: plain, 1 to 65,536 bytes; trust and nowMs as for x509::verifyChain. Draws "sm2-k".
// Returns: DER SM2Cipher.
// Errors: badInput; those of x509::verifyChain.
Result<Bytes> encryptTo(const x509::Certificate &recipient, const x509::Trust &trust, std::int64_t nowMs,
                        ByteView plain, ports::Random &random);

// Whether der is an SM2 ciphertext at all, before a person is asked to open it. Errors: badInput.
Result<void> checkCiphertext(ByteView der);

} // namespace hufu::documents
