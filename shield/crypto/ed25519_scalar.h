// EdScalar: an integer modulo L, the order of the main subgroup of edwards25519, written so that code reads as
// the formulas of RFC 9591. Arithmetic by libsodium.
#pragma once

#include "shield/base/secret.h"

namespace hufu::crypto {

// Every value is held as secret: an EdScalar wipes itself when it dies.
// Timing: constant in all values. The answers of parse, isZero and == (one bit each) count as public.
class EdScalar {
public:
    EdScalar() = default; // 0
    EdScalar(const EdScalar &) = default;
    EdScalar &operator=(const EdScalar &) = default;
    ~EdScalar() { wipe(m_bytes.data(), m_bytes.size()); }

    static EdScalar fromWord(std::uint64_t value);

    // Reads a share. In: 32 bytes, little endian, 1 <= value < L. Errors: badInput.
    static Result<EdScalar> parse(ByteView bytes);
    // Reads a value that may be zero, as a signature's z. In: 32 bytes, little endian, 0 <= value < L.
    // Errors: badInput. Source: RFC 9591 6.1, DeserializeScalar.
    static Result<EdScalar> parseOrZero(ByteView bytes);
    // Reduces a 512-bit integer, little endian, modulo L: the bias of uniform input is below 2^-259.
    static EdScalar reduceWide(std::span<const std::uint8_t, 64> bytes);

    // The way out for values that are or become public: 32 bytes, little endian.
    ByteArray<32> bytes() const { return m_bytes; }
    // The way out for shares and nonces.
    Secret<32> secretBytes() const;

    bool isZero() const;
    // The inverse modulo L. Zero has none and yields zero: refuse it before.
    EdScalar inverse() const;

    friend EdScalar operator+(const EdScalar &a, const EdScalar &b);
    friend EdScalar operator-(const EdScalar &a, const EdScalar &b);
    friend EdScalar operator*(const EdScalar &a, const EdScalar &b);
    EdScalar operator-() const;
    friend bool operator==(const EdScalar &a, const EdScalar &b);

private:
    ByteArray<32> m_bytes{}; // little endian, below L
};

} // namespace hufu::crypto
