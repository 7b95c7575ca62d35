// The inverse modulo an odd 256-bit prime by 590 division steps, in constant time: a third of what a power with
// the prime's exponent takes, and half as many steps as bits are enough for (f, g) = (prime, a) to end at (+-1,
// 0). Source: Bernstein, Yang, "Fast constant-time gcd computation and modular inversion", with the bound for
// delta = 1/2 at the start (Wuille: 590 steps for 256 bits).
#pragma once

#include "shield/crypto/limbs.h"

namespace hufu::crypto {

// In: a, below m; m, odd; inverse, m^-1 modulo 2^62. Zero yields zero.
class DivisionSteps {
public:
    static Limbs inverse(const Limbs &a, const Limbs &m, std::uint64_t inverse);

private:
    __extension__ using Int128 = __int128;
    // Five signed limbs of 62 bits, the last one with the sign.
    using Signed = std::array<std::int64_t, 5>;
    struct Matrix {
        std::int64_t u, v, q, r;
    };
    static constexpr std::int64_t kMask = (std::int64_t{1} << 62) - 1;
    static constexpr int kSteps = 59; // in a round
    static constexpr int kRounds = 10;

    static Signed signedOf(const Limbs &a);
    static std::int64_t steps(std::int64_t zeta, std::uint64_t f, std::uint64_t g, Matrix &t);
    static void applyExactly(Signed &f, Signed &g, const Matrix &t);
    static void applyModulo(Signed &d, Signed &e, const Matrix &t, const Signed &m, std::uint64_t inverse);
    static Limbs normal(Signed d, std::int64_t sign, const Signed &m);
};

} // namespace hufu::crypto
