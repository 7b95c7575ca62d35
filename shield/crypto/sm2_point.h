// Point: an element of the SM2 group, and its multiplications.
#pragma once

#include "shield/crypto/sm2_coordinates.h"
#include "shield/crypto/sm2_scalar.h"

#include <memory>
#include <optional>
#include <vector>

namespace hufu::crypto {

inline constexpr std::size_t kPointBytes = 65;

class PointTable;
class VartimeSum;

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
    // Several for little more than the price of one. Errors: badState if one of them is O.
    static Result<std::vector<ByteArray<kPointBytes>>> encodeAll(std::span<const Point> points);
    // The affine x, big endian, not yet modulo n. Errors: badState for O.
    Result<ByteArray<kFieldBytes>> x() const;

    // Whether the affine x is v modulo n, without an inversion. Not for O, which has no x.
    bool hasX(const Scalar &v) const;

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
    friend Point mul(const Scalar &k, const PointTable &p);

private:
    friend class PointTable;
    friend class VartimeSum;
    explicit Point(const Coordinates &at) : m_at(at) {}
    Coordinates m_at; // O at first
};

// A point that is multiplied often: 2 KB of its multiples, which take as long to make as one multiplication and
// make each later one several times as fast. Move-only, wiped when it dies. What it holds gives the point away.
class PointTable {
public:
    // Errors: badState for O.
    static Result<PointTable> of(const Point &point);
    PointTable(PointTable &&) noexcept;
    PointTable &operator=(PointTable &&) noexcept;
    ~PointTable();

    const Point &point() const { return m_point; }

private:
    friend class VartimeSum;
    friend Point mul(const Scalar &k, const PointTable &p);
    PointTable() = default;
    Point m_point;
    std::unique_ptr<CombEntries> m_entries;
};

// A sum of products of public values: verification and proofs. Never a share, a nonce or a factor. A scalar of
// 128 bits costs half of one of 256. Timing: depends on the scalars, not on the points, of which one may be secret (P1).
class VartimeSum {
public:
    VartimeSum &addBase(const Scalar &k);                  // k G
    VartimeSum &add(const Scalar &k, const Point &p);      // k P
    VartimeSum &add(const Scalar &k, const PointTable &p); // k P; the table outlives this
    Point sum() const;

private:
    struct Term {
        PlainLimbs scalar;       // s1 is public to both halves and no one else
        const PointTable *table; // nullptr: point
        Point point;
    };
    std::optional<Scalar> m_base;
    std::vector<Term> m_terms;
};

Point mulBase(const Scalar &k);
Point mul(const Scalar &k, const Point &p);
Point mul(const Scalar &k, const PointTable &p);
// Whether a G + b P = r, for public values; cheaper than the sum. Timing: depends on everything but the points.
bool isSumVartime(const Scalar &a, const Scalar &b, const Point &p, const Point &r);
// a G + b P for public values. Timing: depends on everything.
Point mulDoubleVartime(const Scalar &a, const Scalar &b, const Point &p);

} // namespace hufu::crypto
