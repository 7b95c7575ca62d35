#include "shield/crypto/sm2_group.h"

namespace hufu::crypto {

namespace {

constexpr Field kB =
    Field::fromMontgomery({0x90d230632bc0dd42, 0x71cf379ae9b537ab, 0x527981505ea51c3c, 0x240fe188ba20e2c8});

Field tripled(const Field &a)
{
    return a + a + a;
}

// What both additions end with, from xx = X1 X2, yy = Y1 Y2, zz = Z1 Z2 and the three mixed sums.
Projective finishAddition(const Field &xx, const Field &yy, const Field &zz, const Field &xy, const Field &yz,
                          const Field &xz)
{
    const Field u = tripled(xz - kB * zz);
    const Field v = tripled(kB * xz - tripled(zz) - xx);
    const Field w = tripled(xx - zz);
    const Field minus = yy - u;
    const Field plus = yy + u;
    return {xy * plus - yz * v, plus * minus + w * v, yz * minus + xy * w};
}

} // namespace

std::uint64_t maskOfOnCurve(const Affine &p)
{
    return (p.y.squared() - (p.x.squared() * p.x - tripled(p.x) + kB)).maskOfZero();
}

Projective add(const Projective &p, const Projective &q)
{
    const Field xx = p.x * q.x;
    const Field yy = p.y * q.y;
    const Field zz = p.z * q.z;
    const Field xy = (p.x + p.y) * (q.x + q.y) - (xx + yy);
    const Field yz = (p.y + p.z) * (q.y + q.z) - (yy + zz);
    const Field xz = (p.x + p.z) * (q.x + q.z) - (xx + zz);
    return finishAddition(xx, yy, zz, xy, yz, xz);
}

Projective addMixed(const Projective &p, const Affine &q)
{
    const Field xx = p.x * q.x;
    const Field yy = p.y * q.y;
    const Field xy = (p.x + p.y) * (q.x + q.y) - (xx + yy);
    const Field yz = q.y * p.z + p.y;
    const Field xz = q.x * p.z + p.x;
    return finishAddition(xx, yy, p.z, xy, yz, xz);
}

// A run of doublings is cheaper in Jacobian coordinates, where (X / Z^2, Y / Z^3) is meant. No point of this
// group has y = 0, so only O needs care: there Y is set to one on the way in, and Z stays zero.
Projective doubled(const Projective &p, std::size_t times)
{
    Field x = p.x * p.z;
    Field y = Field::select(p.z.maskOfZero(), Field::one(), p.y * p.z.squared());
    Field z = p.z;
    for (std::size_t i = 0; i < times; ++i) {
        const Field delta = z.squared();
        const Field gamma = y.squared();
        const Field beta = x * gamma;
        const Field alpha = tripled((x - delta) * (x + delta));
        const Field beta4 = beta.doubled().doubled();
        z = (y + z).squared() - gamma - delta;
        x = alpha.squared() - beta4.doubled();
        y = alpha * (beta4 - x) - gamma.squared().doubled().doubled().doubled();
    }
    return {x * z, y, z.squared() * z};
}

} // namespace hufu::crypto
