// What both halves know of one key of suite 2, and what its transcripts are bound to.
#pragma once

#include "shield/crypto/ed25519_point.h"
#include "shield/threshold/shared_key.h"

namespace hufu::threshold::frost {

inline constexpr std::uint8_t kSuiteFrost = 2;

// The public part of one key in one epoch, as each half has it in its own storage: never taken from the wire.
// Ed25519 signs only, so the type of the key is always KeyType::sign.
class SharedKey {
public:
    // In: y, the public key, 32 bytes; acct, the account of the device; epoch, counted up by each refresh.
    // Errors: badInput if y is not a point of the main subgroup, or is the identity.
    // Source: PROTOCOL 4.1, 4.8.
    static Result<SharedKey> of(ByteView y, const Acct &acct, std::uint32_t epoch);

    const Acct &acct() const { return m_acct; }
    const KeyId &keyId() const { return m_keyId; }
    std::uint32_t epoch() const { return m_epoch; }
    const crypto::EdPoint &y() const { return m_y; } // the public key

    // The same key after one more refresh. Errors: badState after 2^32 - 1 of them.
    Result<SharedKey> nextEpoch() const;

private:
    SharedKey(const Acct &acct, std::uint32_t epoch, const KeyId &keyId, const crypto::EdPoint &y)
        : m_acct(acct), m_epoch(epoch), m_keyId(keyId), m_y(y)
    {
    }
    Acct m_acct;
    std::uint32_t m_epoch;
    KeyId m_keyId;
    crypto::EdPoint m_y;
};

// H("key-id"; suite, type, Y). Source: PROTOCOL 4.1.
KeyId keyIdOf(const ByteArray<32> &y);

} // namespace hufu::threshold::frost
