// The group law on raw coordinates, for sm2_point and sm2_multiply only: nothing here wipes itself.
// Source: Renes, Costello, Batina, "Complete addition formulas for prime order elliptic curves", a = -3;
// doubling in Jacobian coordinates "dbl-2001-b" of the Explicit-Formulas Database.
#pragma once

#include "shield/crypto/sm2_field.h"

namespace hufu::crypto {

struct Affine {
    Field x;
    Field y;

    static Affine select(std::uint64_t mask, const Affine &a, const Affine &b)
    {
        return {Field::select(mask, a.x, b.x), Field::select(mask, a.y, b.y)};
    }
};

// X : Y : Z stands for (X / Z, Y / Z); O is 0 : Y : 0.
struct Projective {
    Field x;
    Field y = Field::one();
    Field z;

    static Projective of(const Affine &p) { return {p.x, p.y, Field::one()}; }
    static Projective select(std::uint64_t mask, const Projective &a, const Projective &b)
    {
        return {Field::select(mask, a.x, b.x), Field::select(mask, a.y, b.y), Field::select(mask, a.z, b.z)};
    }
};

inline constexpr Affine kGenerator{
    Field::fromMontgomery({0x61328990f418029e, 0x3e7981eddca6c050, 0xd6a1ed99ac24c3c3, 0x91167a5ee1c13b05}),
    Field::fromMontgomery({0xc1354e593c2d0ddd, 0xc1f5e5788d3295fa, 0x8d4cfb066e2a48f8, 0x63cd65d481d735bd})};

// All ones if y^2 = x^3 - 3 x + b, else zero.
std::uint64_t maskOfOnCurve(const Affine &p);

// Complete: right for every pair of points, O and equal ones included. Constant time.
Projective add(const Projective &p, const Projective &q);
// The same for a q that is affine, hence not O.
Projective addMixed(const Projective &p, const Affine &q);
// 2^times p, for every p. Constant time in p.
Projective doubled(const Projective &p, std::size_t times);

} // namespace hufu::crypto
