// The public key of a pair of halves, whichever suite it is of: what is stored, shown, certified and verified
// by.
#pragma once

#include "shield/crypto/ed25519_point.h"
#include "shield/crypto/sm2_point.h"

namespace hufu::crypto {

// Source: PROTOCOL 0.6, 4.1.
enum class Suite : std::uint8_t {
    sm2 = 1,   // SM2 with SM3
    frost = 2, // FROST(Ed25519, SHA-512); signs only
};

class PublicKey {
public:
    PublicKey() = default; // 65 zeros, which are no point
    // In: a point that was parsed before.
    PublicKey(const ByteArray<kPointBytes> &point) : m_bytes(point) {}
    PublicKey(const ByteArray<kEdPointBytes> &point);
    PublicKey(const Point &point); // O is no key: as the default one

    // In: 04 | X | Y of SM2, or the 32 bytes of Ed25519; strictly a point. Errors: badInput.
    static Result<PublicKey> parse(ByteView bytes);

    Suite suite() const { return m_suite; }
    ByteView bytes() const
    {
        return ByteView(m_bytes).first(m_suite == Suite::sm2 ? kPointBytes : kEdPointBytes);
    }
    operator ByteView() const { return bytes(); }
    // SM2's point, as the encrypt key always has one. Errors: badInput under another suite.
    Result<Point> sm2() const;
    // Its bytes, for a key that is known to be of SM2.
    const ByteArray<kPointBytes> &sm2Bytes() const { return m_bytes; }

    // In: signature, r | s with the id of Hufu, or R | z. Errors: tampered.
    Result<void> verify(ByteView message, const ByteArray<64> &signature) const;

    bool operator==(const PublicKey &) const = default;

private:
    Suite m_suite = Suite::sm2;
    ByteArray<kPointBytes> m_bytes{}; // zeros behind a shorter key
};

} // namespace hufu::crypto
