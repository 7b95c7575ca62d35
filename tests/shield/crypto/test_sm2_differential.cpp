// Random operations of SM2's arithmetic against OpenSSL, on every path that the processor has: field, scalar, point. Limbs are often all
// ones or all zeros, and values often lie near p, n or a power of two, so that rare carries become common. HUFU_OPERATIONS says how many.
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
            BN_set_bit(power.get(), below(255));
            below(2) == 0 ? BN_add_word(power.get(), 1) : BN_sub_word(power.get(), 1);
            return m_reference.bytes(power);
        }
        }
    }
    Scalar scalar() { return Scalar::reduce(*fixedBytes<32>(number())); }

    template <class Arithmetic> bool fieldAgrees(const Bytes &a, const Bytes &b)
    {
        using F = FieldOf<Arithmetic>;
        const BIGNUM *p = m_reference.prime();
        const Number na = m_reference.number(m_reference.remainder(m_reference.number(a), p));
        const Number nb = m_reference.number(m_reference.remainder(m_reference.number(b), p));
        const F fa = *F::parse(*fixedBytes<32>(m_reference.bytes(na)));
        const F fb = *F::parse(*fixedBytes<32>(m_reference.bytes(nb)));
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
        const Number na = m_reference.number(a), nb = m_reference.number(b);
        const Scalar sa = Scalar::reduce(*fixedBytes<32>(a)), sb = Scalar::reduce(*fixedBytes<32>(b));
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

    bool pointAgrees(Point &p)
    {
        const Scalar a = scalar(), b = scalar();
        const Number na = m_reference.number(a.bytes()), nb = m_reference.number(b.bytes());
        const Element at = m_reference.element(p);
        const auto is = [](const Point &point, const Bytes &expected) { return Reference::encoded(point) == expected; };
        bool agrees = false;
        Point next = p;
        switch (below(6)) {
        case 0:
            next = mulBase(a);
            agrees = is(next, m_reference.multiple(na.get(), nullptr, nullptr));
            break;
        case 1:
            next = mul(a, p);
            agrees = is(next, m_reference.multiple(nullptr, at.get(), na.get()));
            break;
        case 2:
            next = mul(a, *PointTable::of(p));
            agrees = is(next, m_reference.multiple(nullptr, at.get(), na.get()));
            break;
        case 3:
            next = mulDoubleVartime(a, b, p);
            agrees = is(next, m_reference.multiple(na.get(), at.get(), nb.get()));
            break;
        case 4: {
            const PointTable table = *PointTable::of(p);
            next = VartimeSum().addBase(a).add(b, table).sum();
            agrees = is(next, m_reference.multiple(na.get(), at.get(), nb.get()));
            break;
        }
        default:
            next = p + mulBase(a);
            agrees = is(next, m_reference.sum(at, m_reference.element(mulBase(a))));
        }
        p = next.isInfinity() ? Point::generator() : next;
        return agrees;
    }

private Q_SLOTS:
    void randomOperations_ofEveryKind_matchOpenSsl()
    {
        Point p = mulBase(Scalar::reduceWide(m_random.bytes<64>("start")));
        for (std::size_t i = 0; i < m_operations; ++i) {
            const Bytes a = number(), b = number();
            switch (i % 20) {
            case 0:
                QVERIFY2(pointAgrees(p), qPrintable(QString::number(i)));
                break;
            case 1:
            case 2:
            case 3:
            case 4:
            case 5:
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
