#include "shield/crypto/divsteps.h"

#include "shield/base/secret.h"

namespace hufu::crypto {

DivisionSteps::Signed DivisionSteps::signedOf(const Limbs &a)
{
    const auto part = [](std::uint64_t value) { return static_cast<std::int64_t>(value) & kMask; };
    return {part(a[0]), part(a[0] >> 62 | a[1] << 2), part(a[1] >> 60 | a[2] << 4),
            part(a[2] >> 58 | a[3] << 6), static_cast<std::int64_t>(a[3] >> 56)};
}

// 59 steps on the lowest bits of f and g. In each: if delta is positive and g odd, (f, g) becomes (g, (g - f) /
// 2), else (f, (g + f) / 2) or (f, g / 2). t collects what that does to (f, g), times 2^62. zeta is -(delta +
// 1/2).
std::int64_t DivisionSteps::steps(std::int64_t zeta, std::uint64_t f, std::uint64_t g, Matrix &t)
{
    std::uint64_t u = 8, v = 0, q = 0, r = 8; // the identity, times 2^(62 - 59)
    for (int i = 0; i < kSteps; ++i) {
        const std::uint64_t positive = ct::barrier(static_cast<std::uint64_t>(zeta >> 63)); // delta is
        const std::uint64_t odd = ct::maskOfBit(g);
        // g += +-f if g is odd, and so for the matrix
        g += ((f ^ positive) - positive) & odd;
        q += ((u ^ positive) - positive) & odd;
        r += ((v ^ positive) - positive) & odd;
        // and f takes g's old value, which is the new g plus f, if both hold
        const std::uint64_t swap = positive & odd;
        zeta = (zeta ^ static_cast<std::int64_t>(swap)) - 1;
        f += g & swap;
        u += q & swap;
        v += r & swap;
        g >>= 1;
        u <<= 1;
        v <<= 1;
    }
    t = {static_cast<std::int64_t>(u), static_cast<std::int64_t>(v), static_cast<std::int64_t>(q),
         static_cast<std::int64_t>(r)};
    return zeta;
}

// (f, g) = t (f, g) / 2^62, which leaves no rest.
void DivisionSteps::applyExactly(Signed &f, Signed &g, const Matrix &t)
{
    Int128 cf = Int128{t.u} * f[0] + Int128{t.v} * g[0];
    Int128 cg = Int128{t.q} * f[0] + Int128{t.r} * g[0];
    cf >>= 62;
    cg >>= 62;
    for (std::size_t i = 1; i < f.size(); ++i) {
        cf += Int128{t.u} * f[i] + Int128{t.v} * g[i];
        cg += Int128{t.q} * f[i] + Int128{t.r} * g[i];
        f[i - 1] = static_cast<std::int64_t>(cf) & kMask;
        g[i - 1] = static_cast<std::int64_t>(cg) & kMask;
        cf >>= 62;
        cg >>= 62;
    }
    f[4] = static_cast<std::int64_t>(cf);
    g[4] = static_cast<std::int64_t>(cg);
}

// (d, e) = t (d, e) / 2^62 modulo m, where d and e stay between -2 m and m: what is negative gets m first, then
// the multiple of m that clears the lowest 62 bits.
void DivisionSteps::applyModulo(Signed &d, Signed &e, const Matrix &t, const Signed &m, std::uint64_t inverse)
{
    const std::int64_t dNegative = d[4] >> 63;
    const std::int64_t eNegative = e[4] >> 63;
    std::int64_t md = (t.u & dNegative) + (t.v & eNegative);
    std::int64_t me = (t.q & dNegative) + (t.r & eNegative);
    Int128 cd = Int128{t.u} * d[0] + Int128{t.v} * e[0];
    Int128 ce = Int128{t.q} * d[0] + Int128{t.r} * e[0];
    const auto clearing = [&](Int128 low, std::int64_t multiple) {
        const std::uint64_t rest =
            inverse * static_cast<std::uint64_t>(low) + static_cast<std::uint64_t>(multiple);
        return multiple - (static_cast<std::int64_t>(rest) & kMask);
    };
    md = clearing(cd, md);
    me = clearing(ce, me);
    cd += Int128{m[0]} * md;
    ce += Int128{m[0]} * me;
    cd >>= 62;
    ce >>= 62;
    for (std::size_t i = 1; i < d.size(); ++i) {
        cd += Int128{t.u} * d[i] + Int128{t.v} * e[i] + Int128{m[i]} * md;
        ce += Int128{t.q} * d[i] + Int128{t.r} * e[i] + Int128{m[i]} * me;
        d[i - 1] = static_cast<std::int64_t>(cd) & kMask;
        e[i - 1] = static_cast<std::int64_t>(ce) & kMask;
        cd >>= 62;
        ce >>= 62;
    }
    d[4] = static_cast<std::int64_t>(cd);
    e[4] = static_cast<std::int64_t>(ce);
}

// d, or -d where sign is all ones, from between -2 m and m to between 0 and m.
Limbs DivisionSteps::normal(Signed d, std::int64_t sign, const Signed &m)
{
    const auto carry = [&d] {
        for (std::size_t i = 0; i + 1 < d.size(); ++i) {
            d[i + 1] += d[i] >> 62;
            d[i] &= kMask;
        }
    };
    const auto addIfNegative = [&] {
        const std::int64_t negative = d[4] >> 63;
        for (std::size_t i = 0; i < d.size(); ++i)
            d[i] += m[i] & negative;
    };
    addIfNegative();
    for (std::int64_t &limb : d)
        limb = (limb ^ sign) - sign;
    carry();
    addIfNegative();
    carry();
    const auto limb = [&d](std::size_t i) { return static_cast<std::uint64_t>(d[i]); };
    const Limbs out{limb(0) | limb(1) << 62, limb(1) >> 2 | limb(2) << 60, limb(2) >> 4 | limb(3) << 58,
                    limb(3) >> 6 | limb(4) << 56};
    wipe(d.data(), sizeof d);
    return out;
}

Limbs DivisionSteps::inverse(const Limbs &a, const Limbs &m, std::uint64_t inverse)
{
    const Signed modulus = signedOf(m);
    struct {
        Signed d{}, e{1, 0, 0, 0, 0}, f, g;
        Matrix t{};
    } at;
    at.f = modulus;
    at.g = signedOf(a);
    std::int64_t zeta = -1;
    for (int round = 0; round < kRounds; ++round) {
        zeta = steps(zeta, static_cast<std::uint64_t>(at.f[0]), static_cast<std::uint64_t>(at.g[0]), at.t);
        applyModulo(at.d, at.e, at.t, modulus, inverse);
        applyExactly(at.f, at.g, at.t);
    }
    // g is zero, f is +-1 and d is +-a^-1, with the same sign; for a = 0, f is +-m and d is zero.
    const Limbs out = normal(at.d, at.f[4] >> 63, modulus);
    wipe(&at, sizeof at);
    return out;
}

} // namespace hufu::crypto
