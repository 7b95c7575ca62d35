// Scalar, Field and Point against OpenSSL, on edges and at random.
#include "shield/crypto/sm2_curve.h"
#include "shield/crypto/sm2_halves.h"
#if defined(__x86_64__)
#include "shield/crypto/sm2_field_adx.h"
#endif
#include "tests/shield/crypto/openssl_reference.h"
#include "tests/shield/crypto/paths.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::crypto;
using namespace hufu::tests;

namespace {

constexpr const char *kOrder = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123";
constexpr const char *kPrime = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF";

// 256-bit integers on which carries and reductions turn.
std::vector<Bytes> edges()
{
    const Reference reference;
    std::vector<Bytes> out;
    for (const char *modulus : {kOrder, kPrime})
        for (int delta = -2; delta <= 2; ++delta) {
            Number n = reference.number(modulus);
            delta < 0 ? BN_sub_word(n.get(), static_cast<BN_ULONG>(-delta))
                      : BN_add_word(n.get(), static_cast<BN_ULONG>(delta));
            out.push_back(reference.bytes(n));
        }
    for (const char *text : {"00",
                             "01",
                             "02",
                             "03",
                             "0F",
                             "10",
                             "11",
                             "1F",
                             "20",
                             "21",
                             "FFFFFFFF",
                             "0100000000",
                             "FFFFFFFFFFFFFFFF",
                             "010000000000000000",
                             "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                             "0100000000000000000000000000000000",
                             "FFFFFFFFFFFFFFFF0000000000000000FFFFFFFFFFFFFFFF",
                             "FFFFFFFF00000000FFFFFFFF00000000FFFFFFFF00000000FFFFFFFF00000000",
                             "00000000FFFFFFFF00000000FFFFFFFF00000000FFFFFFFF00000000FFFFFFFF",
                             "8000000000000000000000000000000000000000000000000000000000000000",
                             "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                             "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"})
        out.push_back(reference.bytes(reference.number(text)));
    return out;
}

// Integers whose limbs are all ones, all zeros, or random: rare carries become common.
Bytes roughNumber(ports::Random &random)
{
    Bytes out(32);
    random.fill(out, "number");
    const std::uint8_t kinds = random.bytes<1>("kinds")[0];
    for (std::size_t limb = 0; limb < 4; ++limb) {
        const int kind = kinds >> (2 * limb) & 3;
        if (kind >= 2) continue;
        std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(8 * limb), 8,
                    kind == 0 ? std::uint8_t{0} : std::uint8_t{0xff});
    }
    return out;
}

ByteArray<32> array32(ByteView bytes)
{
    return *fixedBytes<32>(bytes);
}

Scalar scalarOf(ByteView bytes)
{
    return Scalar::reduce(array32(bytes));
}

Bytes bytesOf(const Scalar &s)
{
    return hufu::bytesOf(s.bytes());
}

Scalar randomScalar(ports::Random &random)
{
    return Scalar::reduceWide(random.bytes<64>("scalar"));
}

} // namespace

class TestSm2Arithmetic : public QObject {
    Q_OBJECT

private:
    Reference m_reference;
    ports::SystemRandom m_random;

    void compareScalars(const Bytes &a, const Bytes &b)
    {
        const Number na = m_reference.number(a);
        const Number nb = m_reference.number(b);
        const BIGNUM *n = m_reference.order();
        const Scalar sa = scalarOf(a);
        const Scalar sb = scalarOf(b);
        QCOMPARE(bytesOf(sa), m_reference.remainder(na, n));
        QCOMPARE(bytesOf(sa + sb), m_reference.sum(na, nb, n));
        QCOMPARE(bytesOf(sa - sb), m_reference.difference(na, nb, n));
        QCOMPARE(bytesOf(sa * sb), m_reference.product(na, nb, n));
        QCOMPARE(bytesOf(-sa), m_reference.difference(m_reference.number("0"), na, n));
        QCOMPARE(sa == sb, bytesOf(sa) == bytesOf(sb));
        const Number wide = m_reference.number(concat({a, b}));
        QCOMPARE(bytesOf(Scalar::reduceWide(*fixedBytes<64>(concat({a, b})))), m_reference.remainder(wide, n));
    }

    void compareFields(const Bytes &a, const Bytes &b)
    {
        compareFieldsOf<PortableArithmetic>(a, b);
#if defined(__x86_64__)
        if (isAvailable(Path::adx)) compareFieldsOf<AdxArithmetic>(a, b);
#endif
    }

    template <class Arithmetic> void compareFieldsOf(const Bytes &a, const Bytes &b)
    {
        const auto fa = FieldOf<Arithmetic>::parse(array32(a));
        const auto fb = FieldOf<Arithmetic>::parse(array32(b));
        const Number na = m_reference.number(a);
        const Number nb = m_reference.number(b);
        const BIGNUM *p = m_reference.prime();
        QCOMPARE(bool(fa), BN_cmp(na.get(), p) < 0);
        QCOMPARE(bool(fb), BN_cmp(nb.get(), p) < 0);
        if (!fa || !fb) return;
        QCOMPARE(hufu::bytesOf(fa->bytes()), a);
        QCOMPARE(hufu::bytesOf((*fa + *fb).bytes()), m_reference.sum(na, nb, p));
        QCOMPARE(hufu::bytesOf((*fa - *fb).bytes()), m_reference.difference(na, nb, p));
        QCOMPARE(hufu::bytesOf((*fa * *fb).bytes()), m_reference.product(na, nb, p));
        QCOMPARE(hufu::bytesOf(fa->squared().bytes()), m_reference.product(na, na, p));
        QCOMPARE(hufu::bytesOf((-*fa).bytes()), m_reference.difference(m_reference.number("0"), na, p));
        QCOMPARE(hufu::bytesOf(fa->doubled().bytes()), m_reference.sum(na, na, p));
        QVERIFY((fa->tripled() - fa->doubled() - *fa).maskOfZero() != 0);
        QVERIFY((fa->halved().doubled() - *fa).maskOfZero() != 0);
        QCOMPARE(hufu::bytesOf(fa->halved().doubled().bytes()), a);
    }

    void comparePoints(const Scalar &a, const Scalar &b, const Point &p)
    {
        const Number na = m_reference.number(bytesOf(a));
        const Number nb = m_reference.number(bytesOf(b));
        const Element ep = m_reference.element(p);
        const Bytes aG = m_reference.multiple(na.get(), nullptr, nullptr);
        const Bytes bP = m_reference.multiple(nullptr, ep.get(), nb.get());
        const Bytes both = m_reference.multiple(na.get(), ep.get(), nb.get());
        QCOMPARE(Reference::encoded(mulBase(a)), aG);
        QCOMPARE(Reference::encoded(mul(b, p)), bP);
        QCOMPARE(Reference::encoded(mulBase(a) + mul(b, p)), both);
        QCOMPARE(Reference::encoded(mulDoubleVartime(a, b, p)), both);
        QCOMPARE(Reference::encoded(VartimeSum().add(a, Point::generator()).add(b, p).sum()), both);
        const auto table = PointTable::of(p);
        QVERIFY(table);
        QCOMPARE(Reference::encoded(mul(b, *table)), bP);
        QCOMPARE(Reference::encoded(VartimeSum().addBase(a).add(b, *table).sum()), both);
        QCOMPARE(Reference::encoded(VartimeSum().add(b, *table).add(a, Point::generator()).sum()), both);
    }

    template <class Arithmetic> void invertAll(const std::vector<Bytes> &values)
    {
        for (const Bytes &value : values) {
            const auto f = FieldOf<Arithmetic>::parse(array32(value));
            if (!f) continue;
            if (f->maskOfZero() != 0) {
                QVERIFY(f->inverse().maskOfZero() != 0);
                continue;
            }
            QCOMPARE(hufu::bytesOf(f->inverse().bytes()),
                     m_reference.inverse(m_reference.number(value), m_reference.prime()));
        }
    }

private Q_SLOTS:
    void scalar_edges_matchOpenSsl()
    {
        for (const Bytes &a : edges())
            for (const Bytes &b : edges())
                compareScalars(a, b);
    }

    void scalar_tenThousandRandom_matchOpenSsl()
    {
        for (int i = 0; i < 10'000; ++i)
            compareScalars(roughNumber(m_random), roughNumber(m_random));
    }

    void scalar_inverse_matchesOpenSsl()
    {
        std::vector<Bytes> values = edges();
        for (int i = 0; i < 500; ++i)
            values.push_back(roughNumber(m_random));
        for (const Bytes &value : values) {
            const Scalar s = scalarOf(value);
            if (s.isZero()) {
                QVERIFY(s.inverse().isZero());
                continue;
            }
            QCOMPARE(bytesOf(s.inverse()), m_reference.inverse(m_reference.number(value), m_reference.order()));
            QVERIFY(s * s.inverse() == Scalar::one());
        }
    }

    void scalar_parse_acceptsOneToOrderMinusOne()
    {
        for (const Bytes &value : edges()) {
            const Number number = m_reference.number(value);
            const bool below = BN_cmp(number.get(), m_reference.order()) < 0;
            const auto strict = Scalar::parse(value);
            QCOMPARE(bool(strict), below && !BN_is_zero(number.get()));
            if (strict)
                QCOMPARE(bytesOf(*strict), value);
            else
                QCOMPARE(strict.error().code, Errc::badInput);
            const auto loose = Scalar::parseOrZero(value);
            QCOMPARE(bool(loose), below);
            if (loose) QCOMPARE(bytesOf(*loose), value);
        }
    }

    void scalar_parseOfAnotherLength_isRefused()
    {
        for (std::size_t length : {0u, 1u, 31u, 33u, 64u}) {
            QCOMPARE(Scalar::parse(Bytes(length, 1)).error().code, Errc::badInput);
            QCOMPARE(Scalar::parseOrZero(Bytes(length, 1)).error().code, Errc::badInput);
        }
    }

    void scalar_words_areSmallNumbers()
    {
        QVERIFY(Scalar().isZero());
        QVERIFY(Scalar::fromWord(0).isZero());
        QVERIFY(Scalar::fromWord(1) == Scalar::one());
        QVERIFY(Scalar::fromWord(0xffffffffffffffff) + Scalar::one() ==
                Scalar::fromWord(0x100000000) * Scalar::fromWord(0x100000000));
        QVERIFY(!Scalar::one().isZero());
        QVERIFY((Scalar::one() - Scalar::one()).isZero());
    }

    void scalar_secretBytes_equalBytes()
    {
        const Scalar s = randomScalar(m_random);
        QVERIFY(sameBytes(s.secretBytes().expose(), s.bytes()));
    }

    void field_edges_matchOpenSsl()
    {
        for (const Bytes &a : edges())
            for (const Bytes &b : edges())
                compareFields(a, b);
    }

    void field_tenThousandRandom_matchOpenSsl()
    {
        for (int i = 0; i < 10'000; ++i)
            compareFields(roughNumber(m_random), roughNumber(m_random));
    }

    void field_inverse_matchesOpenSsl()
    {
        std::vector<Bytes> values = edges();
        for (int i = 0; i < 500; ++i)
            values.push_back(roughNumber(m_random));
        invertAll<PortableArithmetic>(values);
#if defined(__x86_64__)
        if (isAvailable(Path::adx)) invertAll<AdxArithmetic>(values);
#endif
    }

    void point_generator_isThatOfTheStandard()
    {
        QCOMPARE(Reference::encoded(Point::generator()),
                 hex("0432C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
                     "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"));
        QVERIFY(mulBase(Scalar::one()) == Point::generator());
    }

    void point_edgeScalars_matchOpenSsl()
    {
        const Point p = mulBase(randomScalar(m_random));
        const std::vector<Bytes> all = edges();
        for (std::size_t i = 0; i < all.size(); ++i)
            comparePoints(scalarOf(all[i]), scalarOf(all[(7 * i + 3) % all.size()]), p);
        comparePoints(scalarOf(all[0]), Scalar(), p);
        comparePoints(Scalar(), Scalar(), p);
    }

    void point_smallScalars_matchRepeatedAddition()
    {
        // Every digit of every table, near zero and near the order.
        Point sum;
        const auto table = PointTable::of(Point::generator());
        QVERIFY(table);
        for (std::uint64_t k = 0; k <= 130; ++k) {
            const Scalar s = Scalar::fromWord(k);
            QVERIFY(mulBase(s) == sum);
            QVERIFY(mul(s, Point::generator()) == sum);
            QVERIFY(mul(s, *table) == sum);
            QVERIFY(mul(-s, *table) == -sum);
            QVERIFY(VartimeSum().add(-s, *table).sum() == -sum);
            QVERIFY(mulDoubleVartime(s, Scalar(), sum) == sum);
            QVERIFY(mulDoubleVartime(Scalar(), s, Point::generator()) == sum);
            QVERIFY(mulBase(-s) == -sum);
            QVERIFY(mul(-s, Point::generator()) == -sum);
            QVERIFY(mulDoubleVartime(-s, Scalar(), sum) == -sum);
            QVERIFY(mulDoubleVartime(Scalar(), -s, Point::generator()) == -sum);
            sum = sum + Point::generator();
        }
    }

    void point_powersOfTwo_matchRepeatedDoubling()
    {
        Point doubling = Point::generator();
        Scalar power = Scalar::one();
        const auto table = PointTable::of(doubling);
        QVERIFY(table);
        for (int i = 0; i < 256; ++i) {
            QVERIFY(mulBase(power) == doubling);
            QVERIFY(mul(power, Point::generator()) == doubling);
            QVERIFY(mul(power, *table) == doubling);
            QVERIFY(mulDoubleVartime(Scalar(), power, Point::generator()) == doubling);
            doubling = doubling.doubled();
            power = power + power;
        }
    }

    void point_randomScalars_matchOpenSsl()
    {
        Point p = mulBase(randomScalar(m_random));
        for (int i = 0; i < 300; ++i) {
            const Scalar a = scalarOf(roughNumber(m_random));
            comparePoints(a, randomScalar(m_random), p);
            p = p + mulBase(a) + Point::generator();
            if (p.isInfinity()) p = Point::generator();
        }
    }

    void point_tenThousandAdditions_keepTheGroupLaw()
    {
        // (a + b) G = a G + b G, walking so that every operand is a new one in a new projective form.
        Scalar a = randomScalar(m_random);
        Scalar b = randomScalar(m_random);
        Point pa = mulBase(a);
        Point pb = mulBase(b);
        for (int i = 0; i < 5'000; ++i) {
            const Point sum = pa + pb;
            const Point twice = pa.doubled();
            QVERIFY(sum - pb == pa);
            if (i % 50 == 0) {
                QVERIFY(sum == mulBase(a + b));
                QVERIFY(twice == mulBase(a + a));
                QCOMPARE(Reference::encoded(sum),
                         m_reference.sum(m_reference.element(pa), m_reference.element(pb)));
            }
            const Scalar next = a + b;
            b = a + a;
            a = next;
            pa = sum;
            pb = twice;
        }
        QVERIFY(pa == mulBase(a));
        QVERIFY(pb == mulBase(b));
    }

    void point_specialPairs_addRightly()
    {
        const Point o;
        const Point p = mulBase(randomScalar(m_random));
        const Point sameInAnotherForm = (p + Point::generator()) - Point::generator();
        QVERIFY(o.isInfinity());
        QVERIFY((o + o).isInfinity());
        QVERIFY(o.doubled().isInfinity());
        QVERIFY((-o).isInfinity());
        QVERIFY(o + p == p);
        QVERIFY(p + o == p);
        QVERIFY(p == sameInAnotherForm);
        QVERIFY(p + sameInAnotherForm == p.doubled());
        QVERIFY((p - sameInAnotherForm).isInfinity());
        QVERIFY((p + -sameInAnotherForm) == o);
        QVERIFY(!(p == o));
        QVERIFY(!(o == p));
        QVERIFY(!(p == -p));
        QVERIFY(mul(randomScalar(m_random), o).isInfinity());
        QVERIFY(mulDoubleVartime(Scalar(), randomScalar(m_random), o).isInfinity());
        const Scalar a = randomScalar(m_random);
        QVERIFY(mulDoubleVartime(a, -a, Point::generator()).isInfinity());
        QVERIFY(mulDoubleVartime(a, a, Point::generator()) == mulBase(a + a));
        QVERIFY(VartimeSum().add(a, p).add(-a, sameInAnotherForm).sum().isInfinity());
        QVERIFY(VartimeSum().add(a, p).add(a, sameInAnotherForm).sum() == mul(a + a, p));
        QVERIFY(mul(Scalar() - Scalar::one(), p) + p == o);
    }

    void halves_ofEdgesAndRandomScalars_areShortAndFit()
    {
        std::vector<Scalar> scalars{Scalar(), Scalar::one(), -Scalar::one()};
        for (const Bytes &edge : edges())
            scalars.push_back(scalarOf(edge));
        for (int i = 0; i < 2000; ++i)
            scalars.push_back(scalarOf(roughNumber(m_random)));
        for (const Scalar &k : scalars) {
            const ScalarHalves halves = halvesVartime(k);
            QVERIFY(!halves.v.isZero());
            QVERIFY(halves.v * k == (halves.negative ? -halves.w : halves.w));
            for (const Scalar &half : {halves.v, halves.w}) {
                const Limbs plain = half.plain().limbs;
                QVERIFY(plain[3] == 0 && plain[2] <= 1);
            }
        }
    }

    void isSum_ofEdgesAndRandomScalars_isTrueForTheSumAlone()
    {
        const Point p = mulBase(randomScalar(m_random));
        const auto holds = [&](const Scalar &a, const Scalar &b, const Point &at) {
            const Point sum = mulDoubleVartime(a, b, at);
            return isSumVartime(a, b, at, sum) && !isSumVartime(a, b, at, sum + Point::generator()) &&
                   !isSumVartime(a, b, at, sum + p) && isSumVartime(a, b, at, sum) == !isSumVartime(a + Scalar::one(), b, at, sum) &&
                   (at.isInfinity() || !isSumVartime(a, b + Scalar::one(), at, sum));
        };
        for (const Bytes &edge : edges()) {
            QVERIFY(holds(scalarOf(edge), randomScalar(m_random), p));
            QVERIFY(holds(randomScalar(m_random), scalarOf(edge), p));
            QVERIFY(holds(scalarOf(edge), randomScalar(m_random), Point()));
            QVERIFY(holds(-scalarOf(edge), scalarOf(edge), Point::generator())); // the sum is O
        }
    }

    void point_encodeAll_equalsEncodeOfEach()
    {
        std::vector<Point> points;
        for (int i = 0; i < 5; ++i) {
            const auto all = Point::encodeAll(points);
            QVERIFY(all);
            QCOMPARE(all->size(), points.size());
            for (std::size_t j = 0; j < points.size(); ++j)
                QCOMPARE((*all)[j], *points[j].encode());
            points.push_back(mul(randomScalar(m_random), Point::generator()));
        }
        points.insert(points.begin() + 2, Point());
        QCOMPARE(Point::encodeAll(points).error().code, Errc::badState);
    }

    void point_infinity_hasNoEncodingAndNoTable()
    {
        QCOMPARE(PointTable::of(Point()).error().code, Errc::badState);
        QCOMPARE(Point().encode().error().code, Errc::badState);
        QCOMPARE(Point().x().error().code, Errc::badState);
    }

    void point_parse_readsWhatEncodeWrote()
    {
        for (int i = 0; i < 50; ++i) {
            const Point p = mulBase(randomScalar(m_random));
            const Bytes bytes = Reference::encoded(p);
            const auto back = Point::parse(bytes);
            QVERIFY(back && *back == p);
            QCOMPARE(hufu::bytesOf(*p.x()), Bytes(bytes.begin() + 1, bytes.begin() + 33));
        }
    }

    void point_parseOfAnotherForm_isRefused()
    {
        const Bytes good = Reference::encoded(mulBase(randomScalar(m_random)));
        const auto refuses = [](ByteView bytes) {
            const auto point = Point::parse(bytes);
            return !point && point.error().code == Errc::badInput;
        };
        QVERIFY(refuses({}));
        QVERIFY(refuses(Bytes{0}));                 // O as SEC 1 writes it
        QVERIFY(refuses(Bytes(65, 0)));             // no form byte
        QVERIFY(refuses(ByteView(good).first(64))); // truncated
        QVERIFY(refuses(concat({good, Bytes{0}}))); // a byte left over
        QVERIFY(refuses(ByteView(good).first(33))); // length of the compressed form
        for (int form = 0; form < 256; ++form) {
            Bytes other = good;
            other[0] = static_cast<std::uint8_t>(form);
            QCOMPARE(refuses(other), form != 4);
        }
        Bytes zeros(65, 0);
        zeros[0] = 4; // (0, 0) is not on the curve
        QVERIFY(refuses(zeros));
        for (std::size_t bit = 8; bit < good.size() * 8; ++bit) {
            Bytes changed = good;
            changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
            QVERIFY(refuses(changed));
        }
    }

    void point_parseOfCoordinatesNotBelowP_isRefused()
    {
        // x = 0 has the square root of b for y: (p, y) would be the same point written otherwise.
        const Bytes p = hex(kPrime);
        Element element(EC_POINT_new(m_reference.group()));
        const Bytes compressed = concat({Bytes{2}, Bytes(32, 0)});
        QVERIFY(EC_POINT_oct2point(m_reference.group(), element.get(), compressed.data(), compressed.size(),
                                   nullptr) == 1);
        const Bytes good = m_reference.encoded(element);
        QVERIFY(Point::parse(good));
        const Bytes y(good.begin() + 33, good.end());
        QVERIFY(!Point::parse(concat({Bytes{4}, p, y})));
        QVERIFY(!Point::parse(concat({Bytes{4}, Bytes(32, 0), p})));
        QVERIFY(!Point::parse(concat({Bytes{4}, Bytes(32, 0xff), y})));
        QVERIFY(!Point::parse(concat({Bytes{4}, Bytes(32, 0xff), Bytes(32, 0xff)})));
    }
};

int main(int count, char **arguments)
{
    return runOnEveryPath<TestSm2Arithmetic>(count, arguments);
}

#include "test_sm2_arithmetic.moc"
