// A scalar as signed digits, for sm2_multiply only.
#pragma once

#include "shield/crypto/sm2_scalar.h"

#include <vector>

namespace hufu::crypto {

struct SignedDigit {
    std::uint64_t magnitude; // 0 to 2^(width - 1)
    std::uint64_t negative;  // all ones or zero
};

// k = sum of digit(i) 2^(width i), each digit computed on demand from the bits around it (Booth).
// Timing: constant in k. Wipes itself.
class SignedDigits {
public:
    SignedDigits(const Scalar &k, std::size_t width);
    SignedDigits(const SignedDigits &) = delete;
    SignedDigits &operator=(const SignedDigits &) = delete;
    ~SignedDigits() { wipe(m_twice.data(), sizeof m_twice); }

    static constexpr std::size_t count(std::size_t width) { return (256 + width) / width; }
    SignedDigit digit(std::size_t index) const;

private:
    std::array<std::uint64_t, 6> m_twice; // 2 k, with room for a window that reaches beyond it
    std::size_t m_width;
};

// k = sum of digit[i] 2^i with odd digits of at most width - 1 bits, at least width - 1 zeros after each.
// Timing: depends on k.
std::vector<int> sparseDigitsVartime(const Scalar &k, std::size_t width);

} // namespace hufu::crypto
