// What is encrypted to a certificate, as it comes to a desk. GM/T 0009 SM2Cipher.
#pragma once

#include "shield/base/bytes.h"
#include "shield/base/result.h"

namespace hufu::documents {

// Whether der is an SM2 ciphertext at all, before a person is asked to open it. Errors: badInput.
Result<void> checkCiphertext(ByteView der);

} // namespace hufu::documents
