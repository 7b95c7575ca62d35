// EdPoint: an element of the main subgroup of edwards25519, of prime order L. Arithmetic by libsodium.
#pragma once

#include "shield/crypto/ed25519_scalar.h"

namespace hufu::crypto {

inline constexpr std::size_t kEdPointBytes = 32;

// Some points are secret (Y1, Y2): an EdPoint wipes itself when it dies.
// Timing: constant in scalars and points, but that libsodium decides on the validity of each point that it
// decodes, which holds for every EdPoint, and on whether a product is the identity.
class EdPoint {
public:
    EdPoint() { m_bytes[0] = 1; } // the identity
    EdPoint(const EdPoint &) = default;
    EdPoint &operator=(const EdPoint &) = default;
    ~EdPoint() { wipe(m_bytes.data(), m_bytes.size()); }

    static const EdPoint &generator();

    // In: 32 bytes as RFC 8032 5.1.2 encodes a point: canonical, on the curve, in the main subgroup (so not of
    // small or mixed order), and not the identity. Errors: badInput.
    // Source: RFC 9591 6.1, DeserializeElement.
    static Result<EdPoint> parse(ByteView bytes);
    // The encoding of RFC 8032; the identity has one as well, which parse refuses.
    const ByteArray<kEdPointBytes> &bytes() const { return m_bytes; }

    bool isIdentity() const;
    friend EdPoint operator+(const EdPoint &a, const EdPoint &b);
    friend EdPoint operator-(const EdPoint &a, const EdPoint &b);
    friend bool operator==(const EdPoint &a, const EdPoint &b);

    friend EdPoint mulBase(const EdScalar &k);
    friend EdPoint mul(const EdScalar &k, const EdPoint &p);

private:
    ByteArray<kEdPointBytes> m_bytes{}; // canonical
};

// k times the base point of RFC 8032.
EdPoint mulBase(const EdScalar &k);
// k P for any P.
EdPoint mul(const EdScalar &k, const EdPoint &p);

} // namespace hufu::crypto
