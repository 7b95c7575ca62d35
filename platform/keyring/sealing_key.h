// XChaCha20-Poly1305 under one key, as both simulated key stores use it.
#pragma once

#include "shield/base/secret.h"
#include "shield/ports/random.h"

namespace hufu::keyring {

class SealingKey {
public:
    SealingKey(Secret<32> key, ports::Random &random);

    // Returns: version 1 | nonce 24 | ciphertext | tag 16. context is bound to it and is not in it.
    Bytes seal(ByteView plain, ByteView context) const;
    // Errors: tampered.
    Result<SecretBytes> open(ByteView sealed, ByteView context) const;

private:
    SecretBytes m_key; // lives as long as the program: in guarded, locked memory
    ports::Random *m_random;
};

} // namespace hufu::keyring
