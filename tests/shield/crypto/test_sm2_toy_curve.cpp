// The templates of sm2_group.h, sm2_multiply.h and sm2_recoding.h on y^2 = x^3 - 3 x + 3 modulo 439, a prime of the same shape as SM2's
// (2^9 - 2^6 - 2^4 + 2^3 - 1): a group of the prime order 457, small enough to try every pair of points, every scalar with every point,
// and so every special case there is. The scalars' arithmetic, their inverse by division steps and their halves run modulo the same 457.
#include "shield/crypto/scalar_arithmetic.h"
#include "shield/crypto/sm2_halves.h"
#include "shield/crypto/sm2_multiply.h"

#include <QtTest>

#include <numeric>

using namespace hufu;
using namespace hufu::crypto;

namespace {

constexpr std::uint64_t kPrime = 439;
constexpr std::uint64_t kOrder = 457;

struct ToyArithmetic {
    template <std::size_t Words>
    static void scan(const std::uint64_t *table, std::size_t entries, std::uint64_t index, std::uint64_t *out)
    {
        for (std::size_t j = 0; j < Words; ++j) {
            out[j] = 0;
            for (std::size_t i = 0; i < entries; ++i)
                out[j] |= table[Words * i + j] & ct::maskOfEqual(i, index);
        }
    }
};

class ToyField {
public:
    using Arithmetic = ToyArithmetic;
    using Stored = std::uint64_t;

    ToyField() = default;
    explicit ToyField(std::uint64_t value) : m_value(value % kPrime) {}
    static ToyField one() { return ToyField(1); }
    static ToyField fromStored(Stored stored) { return ToyField(stored); }
    Stored stored() const { return m_value; }

    ToyField squared() const { return *this * *this; }
    ToyField doubled() const { return *this + *this; }
    ToyField tripled() const { return ToyField(3 * m_value); }
    ToyField halved() const { return ToyField((kPrime + 1) / 2 * m_value); }
    ToyField inverse() const
    {
        ToyField out = one();
        for (std::uint64_t i = 0; i < kPrime - 2; ++i)
            out = out * *this;
        return out;
    }
    std::uint64_t maskOfZero() const { return ct::maskOfZero(m_value); }
    static ToyField select(std::uint64_t mask, const ToyField &a, const ToyField &b)
    {
        return fromStored(ct::select(mask, a.m_value, b.m_value));
    }
    friend ToyField operator+(ToyField a, ToyField b) { return ToyField(a.m_value + b.m_value); }
    friend ToyField operator-(ToyField a, ToyField b) { return ToyField(a.m_value + kPrime - b.m_value); }
    friend ToyField operator*(ToyField a, ToyField b) { return ToyField(a.m_value * b.m_value); }
    ToyField operator-() const { return ToyField() - *this; }
    friend bool operator==(ToyField a, ToyField b) { return a.m_value == b.m_value; }

private:
    std::uint64_t m_value = 0;
};

// In several sizes of windows and combs, among them those where nearly every addition has to be a complete one.
template <std::size_t Width, std::size_t BaseWidth, std::size_t Teeth> struct ToyCurve {
    using Field = ToyField;
    static constexpr std::size_t kBits = 9;
    static constexpr std::size_t kWidth = Width;
    static constexpr std::size_t kBaseWidth = BaseWidth;
    static constexpr std::size_t kTeeth = Teeth;
    static Field b() { return ToyField(3); }
    static Field generatorX() { return ToyField(1); }
    static Field generatorY() { return ToyField(1); }
    static constexpr Limbs order() { return {kOrder, 0, 0, 0}; }
};

using Curve = ToyCurve<3, 3, 3>;
using G = Group<Curve>;

// The textbook's group law, with a division and a case for each case: nothing is in common with what is tested. k G for every k; the
// first is O.
struct Textbook {
    std::vector<std::optional<std::pair<ToyField, ToyField>>> points{std::nullopt};

    Textbook()
    {
        const auto g = std::pair(ToyField(1), ToyField(1));
        std::optional at = g;
        while (at) {
            points.push_back(at);
            at = sum(*at, g);
        }
    }
    static std::optional<std::pair<ToyField, ToyField>> sum(std::pair<ToyField, ToyField> p,
                                                            std::pair<ToyField, ToyField> q)
    {
        if (p.first == q.first && p.second == -q.second) return std::nullopt;
        const ToyField slope = p.first == q.first
                                   ? (p.first.squared().tripled() - ToyField(3)) * p.second.doubled().inverse()
                                   : (q.second - p.second) * (q.first - p.first).inverse();
        const ToyField x = slope.squared() - p.first - q.first;
        return std::pair(x, slope * (p.first - x) - p.second);
    }
};

const Textbook &textbook()
{
    static const Textbook book;
    return book;
}

// k G with some Z.
G::Projective projective(std::uint64_t k, std::uint64_t z)
{
    const auto &p = textbook().points[k % kOrder];
    if (!p) return {ToyField(), ToyField(z), ToyField()};
    return {p->first * ToyField(z), p->second * ToyField(z), ToyField(z)};
}

G::Jacobian jacobian(std::uint64_t k, std::uint64_t z)
{
    const auto &p = textbook().points[k % kOrder];
    if (!p) return {ToyField(z), ToyField(z + 1), ToyField()}; // X and Y of O are anything
    const ToyField zz = ToyField(z).squared();
    return {p->first * zz, p->second * zz * ToyField(z), ToyField(z)};
}

G::Affine affine(std::uint64_t k)
{
    const auto &p = textbook().points[k % kOrder];
    return {p->first, p->second};
}

template <class P> bool isPoint(const P &p, std::uint64_t k)
{
    const auto &expected = textbook().points[k % kOrder];
    if (!expected) return p.z == ToyField() && !(p.y == ToyField());
    return !(p.z == ToyField()) && p.x == expected->first * p.z && p.y == expected->second * p.z;
}
bool isPoint(const G::Jacobian &p, std::uint64_t k)
{
    return isPoint(G::projective(p), k);
}

Limbs limbs(std::uint64_t k)
{
    return {k, 0, 0, 0};
}

std::uint64_t plainOf(const Limbs &a)
{
    return a[1] == 0 && a[2] == 0 && a[3] == 0 ? a[0] : ~std::uint64_t{0};
}

// m^-1 modulo 2^64, for odd m: Newton's steps, each of which doubles the bits that are right.
constexpr std::uint64_t inverseOfWord(std::uint64_t m)
{
    std::uint64_t out = m;
    for (int i = 0; i < 6; ++i)
        out *= 2 - m * out;
    return out;
}

constexpr std::uint64_t powerOfTwo(unsigned exponent)
{
    std::uint64_t out = 1;
    for (unsigned i = 0; i < exponent; ++i)
        out = 2 * out % kOrder;
    return out;
}

struct ToyOrder {
    static constexpr Limbs kN{kOrder, 0, 0, 0};
    static constexpr std::uint64_t kMinusInverse = 0 - inverseOfWord(kOrder);
    static constexpr std::uint64_t kInverse62 = inverseOfWord(kOrder) & ((std::uint64_t{1} << 62) - 1);
    static constexpr Limbs kOne{powerOfTwo(256), 0, 0, 0};
    static constexpr Limbs kSquareR{powerOfTwo(512), 0, 0, 0};
    static constexpr Limbs kCubeR{powerOfTwo(768), 0, 0, 0};
};
using ToyScalars = ScalarArithmetic<ToyOrder>;

template <class C> bool multipliesRightly()
{
    using M = Multiplication<C>;
    using Gc = Group<C>;
    const auto is = [](const auto &p, std::uint64_t k) {
        return isPoint(G::Projective{p.x, p.y, p.z}, k);
    };
    for (std::uint64_t k = 0; k < kOrder; ++k)
        if (!is(M::mulBase(limbs(k)), k)) return false;
    for (std::uint64_t j = 0; j < kOrder; ++j) {
        const G::Projective at = projective(j, 2 + j % 400);
        const typename Gc::Projective p{at.x, at.y, at.z};
        typename M::Comb comb{};
        if (j != 0) M::makeComb(p, comb);
        for (std::uint64_t k = 0; k < kOrder; ++k) {
            if (!is(M::mul(limbs(k), p), j * k)) return false;
            if (j != 0 && !is(M::mul(limbs(k), comb), j * k)) return false;
        }
    }
    return true;
}

// a G + b P for every a and b, and a P + b Q.
template <class C> bool sumsRightly(std::uint64_t j)
{
    using M = Multiplication<C>;
    const G::Projective at = projective(j, 7);
    const typename Group<C>::Projective p{at.x, at.y, at.z};
    typename M::Comb comb{};
    if (j != 0) M::makeComb(p, comb);
    for (std::uint64_t a = 0; a < kOrder; ++a)
        for (std::uint64_t b = 0; b < kOrder; ++b) {
            const Limbs la = limbs(a), lb = limbs(b);
            const std::array<typename M::Term, 2> terms{{{&lb, nullptr, p}, {&la, &comb, p}}};
            const auto one = M::sumVartime(&la, std::span(terms).first(1));
            if (!isPoint(G::Projective{one.x, one.y, one.z}, a + b * j)) return false;
            if (j == 0) continue;
            const auto both = M::sumVartime(nullptr, terms);
            if (!isPoint(G::Projective{both.x, both.y, both.z}, (a + b) * j)) return false;
        }
    return true;
}

} // namespace

class TestSm2ToyCurve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void group_hasThePrimeOrder()
    {
        QCOMPARE(textbook().points.size(), std::size_t{kOrder});
        std::size_t onCurve = 0;
        for (std::uint64_t x = 0; x < kPrime; ++x)
            for (std::uint64_t y = 0; y < kPrime; ++y)
                onCurve += G::maskOfOnCurve({ToyField(x), ToyField(y)}) != 0 ? 1u : 0u;
        QCOMPARE(onCurve, std::size_t{kOrder - 1});
    }

    void completeAdditions_ofEveryPair_equalTheTextbook()
    {
        for (std::uint64_t i = 0; i < kOrder; ++i)
            for (std::uint64_t j = 0; j < kOrder; ++j) {
                const G::Projective p = projective(i, 1 + (i + 3 * j) % 438);
                const G::Projective q = projective(j, 1 + (5 * i + j) % 438);
                QVERIFY(isPoint(G::add(p, q), i + j));
                QCOMPARE(G::maskOfSame(p, q) != 0, i == j);
                if (j != 0) QVERIFY(isPoint(G::add(p, affine(j)), i + j));
                const G::Jacobian jp = jacobian(i, 1 + (i + 3 * j) % 438);
                const G::Cached cached = G::cached(jacobian(j, 1 + (5 * i + j) % 438));
                if (j != 0) QVERIFY(isPoint(G::addVartime(jp, affine(j)), i + j));
                if (j != 0) QVERIFY(isPoint(G::addVartime(jp, cached), i + j));
            }
    }

    void incompleteAdditions_ofEveryPair_areWrongOnlyWhereTheySay()
    {
        for (std::uint64_t i = 0; i < kOrder; ++i)
            for (std::uint64_t j = 1; j < kOrder; ++j) {
                const G::Jacobian p = jacobian(i, 1 + (i + j) % 438);
                const G::Cached q = G::cached(jacobian(j, 1 + (3 * i + j) % 438));
                const std::uint64_t expected = i == 0 || i == j ? 0 : i + j; // O there
                QVERIFY(isPoint(G::addDistinct(p, affine(j)), expected));
                QVERIFY(isPoint(G::addDistinct(p, q), expected));
            }
    }

    void doublings_ofEveryPoint_equalTheTextbook()
    {
        for (std::uint64_t i = 0; i < kOrder; ++i)
            for (std::uint64_t z = 1; z < kPrime; ++z) {
                QVERIFY(isPoint(G::doubled(jacobian(i, z)), 2 * i));
                QVERIFY(isPoint(G::projective(jacobian(i, z)), i));
                QVERIFY(isPoint(G::jacobian(projective(i, z)), i));
            }
    }

    void oddMultiples_ofEveryPoint_equalTheTextbook()
    {
        for (std::uint64_t i = 0; i < kOrder; ++i) {
            std::array<G::Cached, 16> odd;
            G::oddMultiples(projective(i, 5), odd);
            for (std::uint64_t j = 0; j < odd.size(); ++j) {
                QVERIFY(isPoint(G::jacobian(odd[j]), (2 * j + 1) * i));
                QVERIFY(isPoint(G::projective(odd[j]), (2 * j + 1) * i));
            }
        }
    }

    void normalise_ofAllPoints_givesTheTextbooks()
    {
        std::vector<G::Projective> points;
        for (std::uint64_t i = 1; i < kOrder; ++i)
            points.push_back(projective(i, 1 + i % 438));
        std::vector<G::Affine> out(points.size());
        G::normalise(points, out);
        for (std::uint64_t i = 1; i < kOrder; ++i)
            QVERIFY(out[i - 1].x == affine(i).x && out[i - 1].y == affine(i).y);
    }

    void digits_ofEveryScalar_addUpAndAreOdd()
    {
        for (std::uint64_t k = 0; k < kOrder; ++k) {
            const OddScalar odd(limbs(k), Curve::order());
            const std::int64_t value = static_cast<std::int64_t>(odd.negated() != 0 ? kOrder - k : k);
            QCOMPARE(value & 1, 1);
            for (std::size_t width = 2; width <= 8; ++width) {
                const std::size_t count = (9 + width - 1) / width;
                std::int64_t sum = 0;
                for (std::size_t i = 0; i < count; ++i) {
                    const SignedDigit digit = odd.window(i, width, i + 1 == count);
                    QVERIFY(digit.index < std::uint64_t{1} << (width - 1));
                    const auto magnitude = static_cast<std::int64_t>(2 * digit.index + 1);
                    sum += (digit.negative != 0 ? -magnitude : magnitude) * (std::int64_t{1} << (width * i));
                }
                QCOMPARE(sum, value);
                const SparseDigits sparse(limbs(k), width);
                std::int64_t total = 0;
                for (std::size_t i = 0; i < sparse.length; ++i) {
                    const std::int64_t digit = sparse.digit[i];
                    QVERIFY(digit == 0 || (digit & 1) == 1);
                    QVERIFY(std::abs(digit) < std::int64_t{1} << (width - 1));
                    total += digit * (std::int64_t{1} << i);
                }
                QCOMPARE(total, static_cast<std::int64_t>(k));
            }
        }
    }

    void scalars_everyPair_equalTheIntegers()
    {
        const auto plain = [](const Limbs &a) { return plainOf(ToyScalars::toPlain(a)); };
        for (std::uint64_t a = 0; a < kOrder; ++a) {
            const Limbs la = ToyScalars::fromPlain(limbs(a));
            QCOMPARE(plain(la), a);
            QCOMPARE(plain(ToyScalars::fromUpper(limbs(a))), a * powerOfTwo(256) % kOrder);
            const std::uint64_t inverse = plain(ToyScalars::inverse(la));
            QVERIFY(inverse < kOrder);
            QCOMPARE(a * inverse % kOrder, std::uint64_t{a == 0 ? 0U : 1U});
            for (std::uint64_t b = 0; b < kOrder; ++b) {
                const Limbs lb = ToyScalars::fromPlain(limbs(b));
                QCOMPARE(plain(ToyScalars::add(la, lb)), (a + b) % kOrder);
                QCOMPARE(plain(ToyScalars::sub(la, lb)), (a + kOrder - b) % kOrder);
                QCOMPARE(plain(ToyScalars::mul(la, lb)), a * b % kOrder);
            }
        }
        QCOMPARE(ToyScalars::fromPlain({~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}}),
                 ToyScalars::fromPlain(limbs((powerOfTwo(256) + kOrder - 1) % kOrder)));
    }

    // Every number that has an inverse, modulo every odd number of up to nine bits.
    void divisionSteps_moduloEveryOddNumber_giveTheInverse()
    {
        for (std::uint64_t m = 3; m < 512; m += 2)
            for (std::uint64_t a = 0; a < m; ++a) {
                if (a != 0 && std::gcd(a, m) != 1) continue;
                const std::uint64_t out = plainOf(DivisionSteps::inverse(limbs(a), limbs(m), inverseOfWord(m) & ((std::uint64_t{1} << 62) - 1)));
                QVERIFY(out < m);
                QCOMPARE(a * out % m, std::uint64_t{a == 0 ? 0U : 1U});
            }
    }

    void halves_ofEveryScalar_areShortAndFit()
    {
        for (std::size_t half = 1; half <= 9; ++half)
            for (std::uint64_t k = 0; k < kOrder; ++k) {
                const LimbHalves halves = halvesVartime(limbs(k), Curve::order(), half);
                const std::uint64_t v = plainOf(halves.v), w = plainOf(halves.w);
                QVERIFY(v != 0 && v <= std::max<std::uint64_t>(kOrder >> half, 1) && w <= std::uint64_t{1} << half); // so v is no multiple of n
                QCOMPARE(v * k % kOrder, (halves.negative ? kOrder - w : w) % kOrder);
            }
    }

    // a G + b P = R, as it is checked with b in halves: for every a and b, for O too, and for every R with a few of them.
    void sumCheck_ofEveryTwoScalars_isTrueForTheSumAlone()
    {
        using M = Multiplication<Curve>;
        const auto holds = [](std::uint64_t a, std::uint64_t b, std::uint64_t j, std::uint64_t r) {
            const LimbHalves halves = halvesVartime(limbs(b), Curve::order(), 5);
            const Limbs base = limbs(plainOf(halves.v) * a % kOrder);
            const G::Projective p = projective(halves.negative ? (kOrder - j) % kOrder : j, 7);
            const std::array<M::Term, 2> terms{{{&halves.w, nullptr, p}, {&halves.v, nullptr, projective(kOrder - r, 9)}}};
            return isPoint(M::sumVartime(&base, terms), 0);
        };
        for (const std::uint64_t j : {0U, 1U, 200U, 456U})
            for (std::uint64_t a = 0; a < kOrder; ++a)
                for (std::uint64_t b = 0; b < kOrder; ++b) {
                    const std::uint64_t r = (a + b * j) % kOrder;
                    QVERIFY(holds(a, b, j, r));
                    QVERIFY(!holds(a, b, j, (r + 1 + (a + 3 * b) % (kOrder - 1)) % kOrder));
                }
        for (std::uint64_t b = 0; b < kOrder; ++b)
            for (std::uint64_t r = 0; r < kOrder; ++r)
                QCOMPARE(holds(11, b, 200, r), r == (11 + 200 * b) % kOrder);
    }

    void products_ofEveryScalarAndPoint_equalTheTextbook()
    {
        QVERIFY((multipliesRightly<ToyCurve<3, 3, 3>>()));
        QVERIFY((multipliesRightly<ToyCurve<2, 2, 2>>()));
        QVERIFY((multipliesRightly<ToyCurve<4, 4, 2>>()));
        QVERIFY((multipliesRightly<ToyCurve<5, 5, 2>>()));
        QVERIFY((multipliesRightly<ToyCurve<6, 8, 3>>()));
    }

    void sums_ofEveryTwoScalars_equalTheTextbook()
    {
        for (const std::uint64_t j : {0u, 1u, 2u, 3u, 200u, 456u}) {
            QVERIFY((sumsRightly<ToyCurve<3, 3, 3>>(j)));
            QVERIFY((sumsRightly<ToyCurve<2, 2, 2>>(j)));
        }
        for (const std::uint64_t j : {0u, 1u, 200u}) {
            QVERIFY((sumsRightly<ToyCurve<4, 4, 2>>(j)));
            QVERIFY((sumsRightly<ToyCurve<5, 5, 2>>(j)));
            QVERIFY((sumsRightly<ToyCurve<6, 8, 3>>(j)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSm2ToyCurve)
#include "test_sm2_toy_curve.moc"
