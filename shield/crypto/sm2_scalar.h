// Scalar: an integer modulo n, the order of the SM2 curve. Written so that code reads as the standard's
// formulas: s = d1 * (r + k1), t = r + s, u.inverse().
#pragma once

#include "shield/base/secret.h"
#include "shield/crypto/limbs.h"

namespace hufu::crypto {

inline constexpr std::size_t kScalarBytes = 32;

// A plain integer on its way, as secret as the Scalar that it is of.
struct PlainLimbs {
    Limbs limbs;
    ~PlainLimbs() { wipe(limbs.data(), sizeof limbs); }
};

// Every value is held as secret: a Scalar wipes itself when it dies.
// Timing: constant in all values, unless a function says otherwise. The answers of parse, isZero and ==
// (one bit each) count as public.
class Scalar {
public:
    Scalar() = default; // 0
    Scalar(const Scalar &) = default;
    Scalar &operator=(const Scalar &) = default;
    ~Scalar() { wipe(m_limbs.data(), sizeof m_limbs); }

    static Scalar one();
    static Scalar fromWord(std::uint64_t value);

    // Reads a share, a nonce, or a signature's r or s.
    // In: 32 bytes, big endian, 1 <= value < n. Errors: badInput.
    static Result<Scalar> parse(ByteView bytes);
    // Reads a value that may be zero, as a proof's z. In: 32 bytes, big endian, 0 <= value < n. Errors:
    // badInput.
    static Result<Scalar> parseOrZero(ByteView bytes);
    // Reduces any 256-bit integer modulo n, as e or x(R).
    static Scalar reduce(std::span<const std::uint8_t, 32> bytes);
    // Reduces a 512-bit integer modulo n: the bias of uniform input is below 2^-256.
    static Scalar reduceWide(std::span<const std::uint8_t, 64> bytes);

    // The way out for values that are or become public (r, s, s1, z): 32 bytes, big endian.
    ByteArray<kScalarBytes> bytes() const;
    // The way out for shares and nonces.
    Secret<kScalarBytes> secretBytes() const;

    bool isZero() const;
    // The inverse modulo n. Zero has none and yields zero: refuse it before.
    Scalar inverse() const;

    friend Scalar operator+(const Scalar &a, const Scalar &b);
    friend Scalar operator-(const Scalar &a, const Scalar &b);
    friend Scalar operator*(const Scalar &a, const Scalar &b);
    Scalar operator-() const;
    friend bool operator==(const Scalar &a, const Scalar &b);

    // The plain integer, for multiplications of points.
    PlainLimbs plain() const;

private:
    explicit Scalar(const Limbs &limbs) : m_limbs(limbs) {}
    Limbs m_limbs{}; // Montgomery form, little endian, below n
};

} // namespace hufu::crypto
