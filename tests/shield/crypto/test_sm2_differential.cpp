// Random operations of SM2's arithmetic against OpenSSL, on every path that the processor has: field, scalar, point. Limbs are often all
// ones or all zeros, and values often lie near p, n or a power of two, so that rare carries become common; pairs of points are often the
// special ones. A quarter of the operations are the points'. HUFU_OPERATIONS says how many.
#include "shield/crypto/sm2_curve.h"
#if defined(__x86_64__)
#include "shield/crypto/sm2_field_adx.h"
#endif
#include "tests/shield/crypto/openssl_reference.h"
#include "tests/shield/crypto/paths.h"

using namespace hufu;
using namespace hufu::crypto;
using namespace hufu::tests;

class TestSm2Differential : public QObject {
    Q_OBJECT

private:
    Reference m_reference;
    ports::SystemRandom m_random;
    std::size_t m_operations = qEnvironmentVariableIntValue("HUFU_OPERATIONS") > 0
                                   ? static_cast<std::size_t>(qEnvironmentVariableIntValue("HUFU_OPERATIONS"))
                                   : 10'000;

    std::uint8_t below(std::uint8_t end) { return static_cast<std::uint8_t>(m_random.bytes<1>("choice")[0] % end); }

    Number nearOne(const BIGNUM *modulus)
    {
        Number out(BN_dup(modulus));
        const std::uint8_t delta = below(16);
        below(2) == 0 ? BN_add_word(out.get(), delta) : BN_sub_word(out.get(), delta);
        return out;
    }

    // 256 bits.
    Bytes number()
    {
        Bytes out(32);
        switch (below(5)) {
        case 0: // anything
            m_random.fill(out, "number");
            return out;
        case 1: // limbs of ones, zeros or anything
            m_random.fill(out, "number");
            for (std::size_t limb = 0; limb < 4; ++limb)
                if (const std::uint8_t kind = below(4); kind < 2)
                    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(8 * limb), 8, kind == 0 ? 0x00 : 0xff);
            return out;
        case 2:
            return m_reference.bytes(nearOne(m_reference.prime()));
        case 3:
            return m_reference.bytes(nearOne(m_reference.order()));
        default: { // 2^k + 1, 2^k - 1
            Number power(BN_new());
            BN_set_bit(power.get(), m_random.bytes<1>("place")[0]);
            below(2) == 0 ? BN_add_word(power.get(), 1) : BN_sub_word(power.get(), 1);
            return m_reference.bytes(power);
        }
        }
    }
    // x / 2^256 modulo m.
    Bytes withoutR(const Bytes &x, const BIGNUM *m)
    {
        Number r(BN_new());
        BN_set_bit(r.get(), 256);
        return m_reference.product(m_reference.number(x), m_reference.number(m_reference.inverse(r, m)), m);
    }
    Scalar scalar() { return Scalar::reduce(*fixedBytes<32>(number())); }

    template <class Arithmetic> bool fieldAgrees(const Bytes &a, const Bytes &b)
    {
        using F = FieldOf<Arithmetic>;
        const BIGNUM *p = m_reference.prime();
        // Half of the times the limbs themselves are those of a and b, which are the Montgomery form of something else then.
        const Limbs la = limbsFrom(*fixedBytes<32>(a)), lb = limbsFrom(*fixedBytes<32>(b));
        const bool raw = below(2) == 0 && (maskOfBelow(la, kSm2Prime) & maskOfBelow(lb, kSm2Prime)) != 0;
        const auto plain = [&](const Bytes &x) { return m_reference.number(raw ? withoutR(x, p) : m_reference.remainder(m_reference.number(x), p)); };
        const Number na = plain(a), nb = plain(b);
        const F fa = raw ? F::fromMontgomery(la) : *F::parse(*fixedBytes<32>(m_reference.bytes(na)));
        const F fb = raw ? F::fromMontgomery(lb) : *F::parse(*fixedBytes<32>(m_reference.bytes(nb)));
        const auto is = [](const F &f, const Bytes &expected) { return bytesOf(f.bytes()) == expected; };
        switch (below(8)) {
        case 0:
            return is(fa + fb, m_reference.sum(na, nb, p));
        case 1:
            return is(fa - fb, m_reference.difference(na, nb, p));
        case 2:
            return is(fa.squared(), m_reference.product(na, na, p));
        case 3:
            return BN_is_zero(na.get()) ? fa.inverse().maskOfZero() != 0 : is(fa.inverse(), m_reference.inverse(na, p));
        case 4:
            return is(fa.halved() + fa.halved(), m_reference.bytes(na));
        default:
            return is(fa * fb, m_reference.product(na, nb, p));
        }
    }

    // The same, on limbs as they come: any value below p is the Montgomery form of another.
    bool limbsAgree(const Bytes &a, const Bytes &b)
    {
        const Limbs la = limbsFrom(*fixedBytes<32>(a)), lb = limbsFrom(*fixedBytes<32>(b));
        if ((maskOfBelow(la, kSm2Prime) & maskOfBelow(lb, kSm2Prime)) == 0) return true;
#if defined(__x86_64__)
        if (!isAvailable(Path::adx)) return true;
        const auto agree = [](auto portable, auto adx, const auto &...operands) {
            Limbs one{}, other{};
            portable(one, operands...);
            adx(other, operands...);
            return one == other && maskOfBelow(one, kSm2Prime) != 0;
        };
        return agree(PortableArithmetic::mul, AdxArithmetic::mul, la, lb) &&
               agree(PortableArithmetic::square, AdxArithmetic::square, la) &&
               agree(PortableArithmetic::add, AdxArithmetic::add, la, lb) &&
               agree(PortableArithmetic::sub, AdxArithmetic::sub, la, lb);
#else
        return true;
#endif
    }

    bool scalarAgrees(const Bytes &a, const Bytes &b)
    {
        const BIGNUM *n = m_reference.order();
        const bool raw = below(2) == 0; // a and b are the limbs of what is computed with
        const Bytes plainA = raw ? withoutR(a, n) : a, plainB = raw ? withoutR(b, n) : b;
        const Number na = m_reference.number(plainA), nb = m_reference.number(plainB);
        const Scalar sa = Scalar::reduce(*fixedBytes<32>(plainA)), sb = Scalar::reduce(*fixedBytes<32>(plainB));
        const auto is = [](const Scalar &s, const Bytes &expected) { return bytesOf(s.bytes()) == expected; };
        switch (below(5)) {
        case 0:
            return is(sa + sb, m_reference.sum(na, nb, n));
        case 1:
            return is(sa - sb, m_reference.difference(na, nb, n));
        case 2:
            return sa.isZero() ? sa.inverse().isZero() : is(sa.inverse(), m_reference.inverse(na, n));
        case 3:
            return is(Scalar::reduceWide(*fixedBytes<64>(concat({a, b}))),
                      m_reference.remainder(m_reference.number(concat({a, b})), n));
        default:
            return is(sa * sb, m_reference.product(na, nb, n));
        }
    }

    // For an operation with q: O, the generator, q in another form, -q and the like, or anything.
    Point pointBeside(const Point &q)
    {
        switch (below(8)) {
        case 0:
            return Point();
        case 1:
            return Point::generator();
        case 2:
            return q + q - q; // with another Z
        case 3:
            return -q;
        case 4:
            return q.doubled();
        default:
            return mulBase(scalar());
        }
    }
    static Bytes encoded(const Point &p) { return Reference::encoded(p); }

    // One operation on p, which goes on with the result.
    bool pointAgrees(Point &p)
    {
        const Scalar a = scalar(), b = scalar();
        const Number na = m_reference.number(a.bytes()), nb = m_reference.number(b.bytes());
        const Point q = pointBeside(p);
        const Element at = m_reference.element(p), beside = m_reference.element(q);
        Point next = p;
        Bytes expected;
        switch (below(9)) {
        case 0:
            next = mulBase(a);
            expected = m_reference.multiple(na.get(), nullptr, nullptr);
            break;
        case 1:
            next = mul(a, q);
            expected = m_reference.multiple(nullptr, beside.get(), na.get());
            break;
        case 2:
            if (p.isInfinity()) return !PointTable::of(p);
            next = mul(a, *PointTable::of(p));
            expected = m_reference.multiple(nullptr, at.get(), na.get());
            break;
        case 3:
            next = mulDoubleVartime(a, b, q);
            expected = m_reference.multiple(na.get(), beside.get(), nb.get());
            break;
        case 4: // by a kept table, and the same without it
            if (p.isInfinity()) return VartimeSum().addBase(a).add(b, p).sum() == mulBase(a);
            next = VartimeSum().addBase(a).add(b, *PointTable::of(p)).sum();
            expected = m_reference.multiple(na.get(), at.get(), nb.get());
            break;
        case 5:
            next = p + q;
            expected = m_reference.sum(at, beside);
            break;
        case 6:
            next = p.doubled() - q;
            expected = m_reference.encoded(m_reference.difference(m_reference.doubled(at), beside));
            break;
        case 7: { // two points at once: a P + b Q
            next = VartimeSum().add(a, p).add(b, q).sum();
            expected = m_reference.sum(m_reference.product(at, na), m_reference.product(beside, nb));
            break;
        }
        default: { // z G - c P with 128 bits of c in two halves, of P and of 2^64 P, as a proof of the PIN is checked
            Point high = q;
            for (int bit = 0; bit < 64; ++bit)
                high = high.doubled();
            const Bytes c = bytesOf(ByteView(b.bytes()).last(16));
            const auto half = [&c](std::size_t from) {
                return Scalar::reduce(*fixedBytes<32>(concat({Bytes(24), ByteView(c).subspan(from, 8)})));
            };
            next = VartimeSum().addBase(a).add(half(8), -q).add(half(0), -high).sum();
            expected = m_reference.encoded(m_reference.difference(
                m_reference.product(m_reference.element(Point::generator()), na), m_reference.product(beside, m_reference.number(c))));
        }
        }
        const bool agrees = encoded(next) == expected && hasItsX(next) && encodeTogether(next, p, q, expected);
        p = next;
        return agrees && sumIsKnown(a, b, q);
    }
    // x modulo n and no other, as OpenSSL's encoding has it.
    bool hasItsX(const Point &p)
    {
        if (p.isInfinity()) return true;
        const Bytes encoding = encoded(p);
        const Scalar x = Scalar::reduce(*fixedBytes<32>(ByteView(encoding).subspan(1, 32)));
        return p.hasX(x) && !p.hasX(x + Scalar::one()) && !p.hasX(-x) && bytesOf(*p.x()) == bytesOf(ByteView(encoding).subspan(1, 32));
    }
    bool encodeTogether(const Point &next, const Point &p, const Point &q, const Bytes &expected)
    {
        const std::array<Point, 3> points{p, next, q};
        const auto all = Point::encodeAll(points);
        if (p.isInfinity() || next.isInfinity() || q.isInfinity()) return !all;
        return all && bytesOf((*all)[0]) == encoded(p) && bytesOf((*all)[1]) == expected && bytesOf((*all)[2]) == encoded(q);
    }
    // OpenSSL says what a G + b Q is.
    bool sumIsKnown(const Scalar &a, const Scalar &b, const Point &q)
    {
        if (below(4) != 0) return true;
        const Number na = m_reference.number(a.bytes()), nb = m_reference.number(b.bytes());
        const Bytes bytes = m_reference.multiple(na.get(), m_reference.element(q).get(), nb.get());
        const Point sum = bytes.size() == 1 ? Point() : *Point::parse(bytes);
        const Point other = pointBeside(sum);
        return isSumVartime(a, b, q, sum) && isSumVartime(a, b, q, other) == (encoded(other) == bytes);
    }

private Q_SLOTS:
    void randomOperations_ofEveryKind_matchOpenSsl()
    {
        Point p = mulBase(Scalar::reduceWide(m_random.bytes<64>("start")));
        for (std::size_t i = 0; i < m_operations; ++i) {
            const Bytes a = number(), b = number();
            switch (i % 8) {
            case 0:
            case 1:
                QVERIFY2(pointAgrees(p), qPrintable(QString::number(i)));
                break;
            case 2:
            case 3:
                QVERIFY2(scalarAgrees(a, b), (toHex(a) + " " + toHex(b)).c_str());
                break;
            default:
                QVERIFY2(fieldAgrees<PortableArithmetic>(a, b), (toHex(a) + " " + toHex(b)).c_str());
#if defined(__x86_64__)
                if (isAvailable(Path::adx))
                    QVERIFY2(fieldAgrees<AdxArithmetic>(a, b), (toHex(a) + " " + toHex(b)).c_str());
#endif
                QVERIFY2(limbsAgree(a, b), (toHex(a) + " " + toHex(b)).c_str());
            }
        }
    }
};

int main(int count, char **arguments)
{
    return runOnEveryPath<TestSm2Differential>(count, arguments);
}

#include "test_sm2_differential.moc"
