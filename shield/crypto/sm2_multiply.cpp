#include "shield/crypto/sm2_point.h"
#include "shield/crypto/sm2_recoding.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace hufu::crypto {

namespace {

constexpr std::size_t kWidth = 5;     // of a digit over any point
constexpr std::size_t kBaseWidth = 6; // of a digit over G
constexpr std::size_t kMultiples = 1 << (kWidth - 1);
constexpr std::size_t kBaseMultiples = 1 << (kBaseWidth - 1);
constexpr std::size_t kBaseDigits = SignedDigits::count(kBaseWidth);

// For digit i the multiples 1, 2, ... of 2^(kBaseWidth i) G: 88 KB.
using BaseTable = std::array<std::array<Affine, kBaseMultiples>, kBaseDigits>;

std::unique_ptr<const BaseTable> makeBaseTable()
{
    std::vector<Projective> points;
    points.reserve(kBaseDigits * kBaseMultiples);
    Projective unit = Projective::of(kGenerator);
    for (std::size_t i = 0; i < kBaseDigits; ++i) {
        points.push_back(unit);
        for (std::size_t j = 1; j < kBaseMultiples; ++j)
            points.push_back(add(points.back(), unit));
        unit = doubled(unit, kBaseWidth);
    }
    // All z are inverted with one inversion: prefix[i] = z_0 z_1 ... z_(i - 1).
    std::vector<Field> prefix{Field::one()};
    prefix.reserve(points.size() + 1);
    for (const Projective &p : points)
        prefix.push_back(prefix.back() * p.z);
    Field inverse = prefix.back().inverse();
    auto table = std::make_unique<BaseTable>();
    for (std::size_t i = points.size(); i-- > 0;) {
        const Field inverseZ = inverse * prefix[i];
        inverse = inverse * points[i].z;
        (*table)[i / kBaseMultiples][i % kBaseMultiples] = {points[i].x * inverseZ, points[i].y * inverseZ};
    }
    return table;
}

const BaseTable &baseTable()
{
    static const std::unique_ptr<const BaseTable> table = makeBaseTable();
    return *table;
}

// table[magnitude - 1], or otherwise for magnitude 0. Reads the whole table.
template <typename Entry, std::size_t N>
Entry lookUp(const std::array<Entry, N> &table, std::uint64_t magnitude, const Entry &otherwise)
{
    Entry found = otherwise;
    for (std::size_t i = 0; i < N; ++i)
        found = Entry::select(ct::maskOfEqual(i + 1, magnitude), table[i], found);
    return found;
}

void negateIf(std::uint64_t mask, Field &y)
{
    y = Field::select(mask, -y, y);
}

// What holds parts of a secret result until the end.
struct Accumulator {
    Projective sum; // O at first
    ~Accumulator() { wipe(this, sizeof *this); }
};

struct Multiples {
    std::array<Projective, kMultiples> of; // p, 2 p, 3 p, ...
    explicit Multiples(const Projective &p)
    {
        of[0] = p;
        for (std::size_t i = 1; i < of.size(); ++i)
            of[i] = add(of[i - 1], p);
    }
    ~Multiples() { wipe(of.data(), sizeof of); }
};

// One base of a product of public values: its odd multiples and where they are added.
struct SparseProduct {
    std::vector<int> digits;
    std::array<Projective, kMultiples / 2> odd; // p, 3 p, 5 p, ...

    SparseProduct(const Scalar &k, const Projective &p) : digits(sparseDigitsVartime(k, kWidth))
    {
        const Projective twice = doubled(p, 1);
        odd[0] = p;
        for (std::size_t i = 1; i < odd.size(); ++i)
            odd[i] = add(odd[i - 1], twice);
    }
    int digit(std::size_t position) const { return position < digits.size() ? digits[position] : 0; }
    Projective multiple(int digit) const
    {
        Projective p = odd[static_cast<std::size_t>(digit < 0 ? -digit : digit) / 2];
        if (digit < 0) p.y = -p.y;
        return p;
    }
};

Projective sumVartime(std::span<const SparseProduct> products)
{
    std::size_t length = 0;
    for (const SparseProduct &product : products)
        length = std::max(length, product.digits.size());
    Projective sum;
    std::size_t pending = 0; // doublings not yet done: a run of them is cheaper
    for (std::size_t i = length; i-- > 0;) {
        ++pending;
        for (const SparseProduct &product : products) {
            const int digit = product.digit(i);
            if (digit == 0) continue;
            sum = add(doubled(sum, pending), product.multiple(digit));
            pending = 0;
        }
    }
    return doubled(sum, pending);
}

Projective addBaseVartime(Projective sum, const Scalar &k)
{
    const BaseTable &table = baseTable();
    const SignedDigits digits(k, kBaseWidth);
    for (std::size_t i = 0; i < kBaseDigits; ++i) {
        const SignedDigit digit = digits.digit(i);
        if (digit.magnitude == 0) continue;
        Affine multiple = table[i][digit.magnitude - 1];
        if (digit.negative != 0) multiple.y = -multiple.y;
        sum = addMixed(sum, multiple);
    }
    return sum;
}

} // namespace

Point mulBase(const Scalar &k)
{
    const BaseTable &table = baseTable();
    const SignedDigits digits(k, kBaseWidth);
    Accumulator out;
    for (std::size_t i = 0; i < kBaseDigits; ++i) {
        const SignedDigit digit = digits.digit(i);
        Affine multiple = lookUp(table[i], digit.magnitude, kGenerator);
        negateIf(digit.negative, multiple.y);
        out.sum = Projective::select(ct::maskOfZero(digit.magnitude), out.sum, addMixed(out.sum, multiple));
    }
    return Point(out.sum);
}

Point mul(const Scalar &k, const Point &p)
{
    const Multiples table(p.m_at);
    const SignedDigits digits(k, kWidth);
    Accumulator out;
    for (std::size_t i = SignedDigits::count(kWidth); i-- > 0;) {
        const SignedDigit digit = digits.digit(i);
        Projective multiple = lookUp(table.of, digit.magnitude, Projective());
        negateIf(digit.negative, multiple.y);
        out.sum = add(doubled(out.sum, kWidth), multiple);
    }
    return Point(out.sum);
}

Point mulDoubleVartime(const Scalar &a, const Scalar &b, const Point &p)
{
    const std::array<SparseProduct, 1> products{SparseProduct(b, p.m_at)};
    return Point(addBaseVartime(sumVartime(products), a));
}

Point mulDoubleVartime(const Scalar &a, const Point &pa, const Scalar &b, const Point &pb)
{
    const std::array<SparseProduct, 2> products{SparseProduct(a, pa.m_at), SparseProduct(b, pb.m_at)};
    return Point(sumVartime(products));
}

} // namespace hufu::crypto
