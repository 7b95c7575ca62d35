// Arithmetic modulo the order of a group, in Montgomery form with R = 2^256: SM2's, and the toy curve's of the tests, on which every
// pair is tried.
#pragma once

#include "shield/base/secret.h"
#include "shield/crypto/divsteps.h"

namespace hufu::crypto {

// Order brings: kN, an odd prime below 2^256 - 2^223; kMinusInverse, -kN^-1 modulo 2^64; kInverse62, kN^-1 modulo 2^62; kOne, kSquareR
// and kCubeR, R, R^2 and R^3 modulo kN.
// In and out: below kN and in Montgomery form, unless a name says otherwise. Timing: constant.
template <class Order> struct ScalarArithmetic {
    static Limbs add(const Limbs &a, const Limbs &b) { return addMod(a, b, Order::kN); }
    static Limbs sub(const Limbs &a, const Limbs &b) { return subMod(a, b, Order::kN); }
    static Limbs mul(const Limbs &a, const Limbs &b) { return reduce(mulWide(a, b)); }
    // Zero yields zero.
    static Limbs inverse(const Limbs &a)
    {
        Limbs plain = DivisionSteps::inverse(a, Order::kN, Order::kInverse62);
        const Limbs out = mul(plain, Order::kCubeR);
        wipe(plain.data(), sizeof plain);
        return out;
    }

    // In: any 256 bits.
    static Limbs fromPlain(const Limbs &plain) { return mul(plain, Order::kSquareR); }
    // Of plain 2^256.
    static Limbs fromUpper(const Limbs &plain) { return mul(plain, Order::kCubeR); }
    static Limbs toPlain(const Limbs &a) { return reduce({a[0], a[1], a[2], a[3], 0, 0, 0, 0}); }

private:
    // t / R modulo n, for t below n R. As n is below 2^256 - 2^223, the lower half stays below 2^256.
    static Limbs reduce(const Wide &t)
    {
        std::uint64_t r0 = t.t0, r1 = t.t1, r2 = t.t2, r3 = t.t3;
        for (int step = 0; step < 4; ++step) {
            const std::uint64_t m = r0 * Order::kMinusInverse;
            std::uint64_t carry = 0;
            mulAdd(m, Order::kN[0], r0, carry);
            r0 = mulAdd(m, Order::kN[1], r1, carry);
            r1 = mulAdd(m, Order::kN[2], r2, carry);
            r2 = mulAdd(m, Order::kN[3], r3, carry);
            r3 = carry;
        }
        std::uint64_t carry = 0;
        r0 = addCarry(r0, t.t4, carry);
        r1 = addCarry(r1, t.t5, carry);
        r2 = addCarry(r2, t.t6, carry);
        r3 = addCarry(r3, t.t7, carry);
        return reduceOnce(r0, r1, r2, r3, carry, Order::kN);
    }
};

} // namespace hufu::crypto
