// Point: an element of the SM2 group, and its multiplications.
#pragma once

#include "shield/crypto/sm2_group.h"
#include "shield/crypto/sm2_scalar.h"

namespace hufu::crypto {

inline constexpr std::size_t kPointBytes = 65;

// Held in homogeneous projective coordinates; addition is complete, so no pair of points is special. Some
// points are secret (P1, T1, S): a Point wipes itself when it dies.
// Timing: constant in all values, unless the name ends in Vartime. The answers of parse, isInfinity and ==
// count as public, as does whether encode and x refuse.
class Point {
public:
    Point() = default; // the point at infinity, O
    Point(const Point &) = default;
    Point &operator=(const Point &) = default;
    ~Point() { wipe(&m_at, sizeof m_at); }

    static const Point &generator();

    // In: 04 | X 32 | Y 32; coordinates below p, on the curve, never O (the cofactor is 1, so on the curve
    // is in the group). Errors: badInput.
    static Result<Point> parse(ByteView bytes);
    // Returns: 04 | X 32 | Y 32. Errors: badState for O, which has no such form.
    Result<ByteArray<kPointBytes>> encode() const;
    // The affine x, big endian, not yet modulo n. Errors: badState for O.
    Result<ByteArray<kFieldBytes>> x() const;

    bool isInfinity() const;
    Point doubled() const;
    Point operator-() const;
    friend Point operator+(const Point &a, const Point &b);
    friend Point operator-(const Point &a, const Point &b);
    friend bool operator==(const Point &a, const Point &b);

    // k G, by a table of multiples of G that is read whole for every digit.
    friend Point mulBase(const Scalar &k);
    // k P for any P, by a table of small multiples of P that is read whole for every digit.
    friend Point mul(const Scalar &k, const Point &p);
    // a G + b P for public a, b, P: verification and proofs. Never a share, a nonce or a factor.
    // Timing: depends on everything.
    friend Point mulDoubleVartime(const Scalar &a, const Scalar &b, const Point &p);
    // a A + b B for public values.
    // Timing: depends on everything.
    friend Point mulDoubleVartime(const Scalar &a, const Point &pa, const Scalar &b, const Point &pb);

private:
    explicit Point(const Projective &at) : m_at(at) {}
    Projective m_at; // O at first
};

Point mulBase(const Scalar &k);
Point mul(const Scalar &k, const Point &p);
Point mulDoubleVartime(const Scalar &a, const Scalar &b, const Point &p);
Point mulDoubleVartime(const Scalar &a, const Point &pa, const Scalar &b, const Point &pb);

} // namespace hufu::crypto
