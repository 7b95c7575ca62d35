// The group law on raw coordinates, for any curve y^2 = x^3 - 3 x + b of prime order: SM2's over either
// arithmetic, and the toy curve of the tests, on which every case is tried. Nothing here wipes itself.
#pragma once

#include "shield/crypto/limbs.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hufu::crypto {

// Curve brings: Field; b(), the coefficient.
// Names: complete, right for every pair of points. Incomplete: wrong where a comment says so.
template <class Curve> struct Group {
    using Field = typename Curve::Field;

    struct Affine {
        Field x;
        Field y;
    };

    // X : Y : Z stands for (X / Z, Y / Z); O is 0 : Y : 0, Y not zero.
    struct Projective {
        Field x;
        Field y = Field::one();
        Field z;
    };

    // X : Y : Z stands for (X / Z^2, Y / Z^3); Z is zero for O, and X and Y are anything then.
    struct Jacobian {
        Field x;
        Field y;
        Field z;
    };

    // A point that is added more than once.
    struct Cached {
        Field x;
        Field y;
        Field z;
        Field zz;
        Field zzz;
    };

    static Projective projective(const Affine &p) { return {p.x, p.y, Field::one()}; }
    static Projective projective(const Jacobian &p)
    {
        return {p.x * p.z, Field::select(p.z.maskOfZero(), Field::one(), p.y), p.z.squared() * p.z};
    }
    static Projective projective(const Cached &p)
    {
        return {p.x * p.z, Field::select(p.z.maskOfZero(), Field::one(), p.y), p.zzz};
    }
    static Jacobian jacobian(const Affine &p) { return {p.x, p.y, Field::one()}; }
    static Jacobian jacobian(const Projective &p) { return {p.x * p.z, p.y * p.z.squared(), p.z}; }
    static Jacobian jacobian(const Cached &p) { return {p.x, p.y, p.z}; }
    HUFU_OUT_OF_LINE static Cached cached(const Jacobian &p)
    {
        const Field zz = p.z.squared();
        return {p.x, p.y, p.z, zz, zz * p.z};
    }

    // All ones if p is on the curve, else zero.
    static std::uint64_t maskOfOnCurve(const Affine &p)
    {
        return (p.y.squared() - (p.x.squared() * p.x - p.x.tripled() + Curve::b())).maskOfZero();
    }

    // All ones if the points are the same, else zero. Cross-multiplied, so that no inverse is needed.
    static std::uint64_t maskOfSame(const Projective &p, const Projective &q)
    {
        const std::uint64_t sameX = (p.x * q.z - q.x * p.z).maskOfZero();
        const std::uint64_t sameY = (p.y * q.z - q.y * p.z).maskOfZero();
        const std::uint64_t bothOrNone = ~(p.z.maskOfZero() ^ q.z.maskOfZero());
        return sameX & sameY & bothOrNone;
    }

    // Complete. 12 multiplications and 2 by b.
    // Source: Renes, Costello, Batina, "Complete addition formulas for prime order elliptic curves", a = -3.
    HUFU_OUT_OF_LINE static Projective add(const Projective &p, const Projective &q)
    {
        const Field xx = p.x * q.x;
        const Field yy = p.y * q.y;
        const Field zz = p.z * q.z;
        const Field xy = (p.x + p.y) * (q.x + q.y) - (xx + yy);
        const Field yz = (p.y + p.z) * (q.y + q.z) - (yy + zz);
        const Field xz = (p.x + p.z) * (q.x + q.z) - (xx + zz);
        return finishAddition(xx, yy, zz, xy, yz, xz);
    }

    // Complete in p; q is never O. Source: as add.
    HUFU_OUT_OF_LINE static Projective add(const Projective &p, const Affine &q)
    {
        const Field xx = p.x * q.x;
        const Field yy = p.y * q.y;
        const Field xy = (p.x + p.y) * (q.x + q.y) - (xx + yy);
        const Field yz = q.y * p.z + p.y;
        const Field xz = q.x * p.z + p.x;
        return finishAddition(xx, yy, p.z, xy, yz, xz);
    }

    // Complete: no point of the group has y = 0, and O stays O. 4 multiplications, 4 squares. Source: IEEE P1363 A.10.4, with a = -3.
    HUFU_OUT_OF_LINE static Jacobian doubled(const Jacobian &p)
    {
        // In this order neighbours do not wait for each other, and z is there when the next doubling begins.
        const Field y2 = p.y.doubled();
        const Field zz = p.z.squared();
        const Field yy4 = y2.squared();
        const Field z = y2 * p.z;
        const Field m = ((p.x - zz) * (p.x + zz)).tripled();
        const Field s = yy4 * p.x;
        const Field mm = m.squared();
        const Field yyyy8 = yy4.squared().halved();
        const Field x = mm - s.doubled();
        return {x, m * (s - x) - yyyy8, z};
    }
    static Jacobian doubled(Jacobian p, std::size_t times)
    {
        for (std::size_t i = 0; i < times; ++i)
            p = doubled(p);
        return p;
    }

    // Incomplete: not for p = O, which yields O, nor for p = q, which yields O. p = -q rightly yields O.
    // 8 multiplications, 3 squares. Source: Cohen, Miyaji, Ono, "Efficient elliptic curve exponentiation using mixed coordinates".
    HUFU_OUT_OF_LINE static Jacobian addDistinct(const Jacobian &p, const Affine &q)
    {
        const Field zz = p.z.squared();
        const Field h = q.x * zz - p.x;
        const Field zzz = zz * p.z;
        const Field z = p.z * h;
        const Field r = q.y * zzz - p.y;
        return finishDistinct(p.x, p.y, z, h, r);
    }

    // Incomplete: as above, and not for q = O. 11 multiplications, 3 squares. Source: as above, from Jacobian coordinates.
    HUFU_OUT_OF_LINE static Jacobian addDistinct(const Jacobian &p, const Cached &q)
    {
        const Field zz = p.z.squared();
        const Field u = p.x * q.zz;
        const Field h = q.x * zz - u;
        const Field zzz = zz * p.z;
        const Field s = p.y * q.zzz;
        const Field zBoth = p.z * q.z;
        const Field r = q.y * zzz - s;
        return finishDistinct(u, s, zBoth * h, h, r);
    }

    // Makes the answer public: with public scalars it says nothing of a point that is not.
    static bool isInfinityVartime(const Jacobian &p)
    {
        std::uint64_t infinite = p.z.maskOfZero();
        ct::declassify(&infinite, sizeof infinite);
        return infinite != 0;
    }

    // Complete. Timing: depends on whether a case is special, on nothing else.
    template <class Q> static Jacobian addVartime(const Jacobian &p, const Q &q)
    {
        if (isInfinityVartime(p)) return jacobian(q);
        const Jacobian sum = addDistinct(p, q);
        if (!isInfinityVartime(sum)) return sum;
        return jacobian(add(projective(p), projective(q)));
    }

    // p, 3 p, 5 p, ... For p = O all are O. The order must be above 2 N, so that the points with the same Z
    // that are added here (2 p and an odd multiple) are never equal or opposite.
    // Source: Meloni, "New point addition formulae for ECC applications" (co-Z).
    template <std::size_t N> static void oddMultiples(const Projective &p, std::array<Cached, N> &out)
    {
        const Jacobian first = jacobian(p);
        const Jacobian twice = doubled(first);
        // p with the Z of 2 p, which is 2 Y Z: X 4 Y^2 and Y 8 Y^3.
        const Field y2 = first.y.doubled();
        const Field yy4 = y2.squared();
        Jacobian odd{first.x * yy4, yy4.squared().halved(), twice.z};
        Field x = twice.x; // of 2 p, with the Z of odd
        Field y = twice.y;
        out[0] = cached(first);
        for (std::size_t i = 1; i < N; ++i) {
            const Field dx = x - odd.x;
            const Field dy = y - odd.y;
            const Field c = dx.squared();
            const Field w1 = x * c;
            const Field w2 = odd.x * c;
            const Field a1 = y * (w1 - w2);
            const Field sumX = dy.squared() - w1 - w2;
            odd = {sumX, dy * (w1 - sumX) - a1, odd.z * dx};
            x = w1;
            y = a1;
            out[i] = cached(odd);
        }
    }

    // All at once, for the price of one inversion. In: none of them is O.
    static void normalise(std::span<const Projective> points, std::span<Affine> out)
    {
        // out[i].x holds z_0 z_1 ... z_(i - 1) until the second pass.
        Field product = Field::one();
        for (std::size_t i = 0; i < points.size(); ++i) {
            out[i].x = product;
            product = product * points[i].z;
        }
        Field inverse = product.inverse();
        for (std::size_t i = points.size(); i-- > 0;) {
            const Field inverseZ = inverse * out[i].x;
            inverse = inverse * points[i].z;
            out[i] = {points[i].x * inverseZ, points[i].y * inverseZ};
        }
    }

private:
    // What both complete additions end with, from xx = X1 X2, yy = Y1 Y2, zz = Z1 Z2 and the three mixed sums.
    static Projective finishAddition(const Field &xx, const Field &yy, const Field &zz, const Field &xy,
                                     const Field &yz, const Field &xz)
    {
        const Field u = (xz - Curve::b() * zz).tripled();
        const Field v = (Curve::b() * xz - zz.tripled() - xx).tripled();
        const Field w = (xx - zz).tripled();
        const Field minus = yy - u;
        const Field plus = yy + u;
        return {xy * plus - yz * v, plus * minus + w * v, yz * minus + xy * w};
    }

    // What both incomplete additions end with: u and s, the coordinates of the first point on the common Z;
    // h and r, the second's minus these.
    static Jacobian finishDistinct(const Field &u, const Field &s, const Field &z, const Field &h,
                                   const Field &r)
    {
        const Field hh = h.squared();
        const Field rr = r.squared();
        const Field hhh = hh * h;
        const Field v = u * hh;
        const Field shhh = s * hhh;
        const Field x = rr - hhh - v.doubled();
        return {x, r * (v - x) - shhh, z};
    }
};

} // namespace hufu::crypto
