// The group under suite 2: scalars against OpenSSL's integers, points against RFC 8032's keys, and what is no
// point.
#include "shield/crypto/ed25519_point.h"
#include "shield/crypto/sha2.h"
#include "tests/support/fakes.h"

#include <QtTest>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <sodium.h>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::crypto;

namespace {

const char kL[] = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
const char kLMinusOne[] = "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
const char kZero[] = "0000000000000000000000000000000000000000000000000000000000000000";

// The eight points of small order: of order 1, 2, 4, 4, 8, 8, 8, 8.
const char *const kSmallOrder[] = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
};

// Integers modulo L by OpenSSL.
class Reference {
public:
    ~Reference()
    {
        BN_free(m_l);
        BN_CTX_free(m_context);
    }
    template <typename Operation> ByteArray<32> run(ByteView a, ByteView b, Operation operation)
    {
        BIGNUM *x = BN_lebin2bn(a.data(), static_cast<int>(a.size()), nullptr);
        BIGNUM *y = BN_lebin2bn(b.data(), static_cast<int>(b.size()), nullptr);
        operation(x, y, m_l, m_context);
        ByteArray<32> out{};
        BN_bn2lebinpad(x, out.data(), static_cast<int>(out.size()));
        BN_free(x);
        BN_free(y);
        return out;
    }

private:
    BN_CTX *m_context = BN_CTX_new();
    BIGNUM *m_l = BN_lebin2bn(hex(kL).data(), 32, nullptr);
};

EdScalar scalarOf(const char *text)
{
    return *EdScalar::parseOrZero(hex(text));
}

} // namespace

class TestEd25519Group : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;

    EdScalar random()
    {
        const auto draw = m_random.secret<64>("test");
        return EdScalar::reduceWide(draw.expose());
    }
    static bool refusesPoint(ByteView bytes)
    {
        const auto point = EdPoint::parse(bytes);
        return !point && point.error().code == Errc::badInput;
    }
    static bool refusesScalar(ByteView bytes)
    {
        const auto scalar = EdScalar::parseOrZero(bytes);
        return !scalar && scalar.error().code == Errc::badInput;
    }

private Q_SLOTS:
    void sha2_ofTheStandardsExample_isItsDigest()
    {
        // FIPS 180-4, "abc"
        QCOMPARE(toHex(sha512({viewOf("a"), viewOf("bc")})),
                 std::string("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                             "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"));
        Sha512t256 hash;
        const std::string expected = "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23";
        QCOMPARE(toHex(hash.update(viewOf("abc")).finish()), expected);
        QCOMPARE(toHex(hash.update(viewOf("a")).update(viewOf("bc")).finish()), expected);
    }

    void scalar_notBelowL_isRefused()
    {
        QVERIFY(EdScalar::parseOrZero(hex(kLMinusOne)));
        QVERIFY(EdScalar::parse(hex(kLMinusOne)));
        QVERIFY(EdScalar::parseOrZero(hex(kZero)));
        const auto zero = EdScalar::parse(hex(kZero));
        QVERIFY(!zero && zero.error().code == Errc::badInput);
        QVERIFY(refusesScalar(hex(kL)));
        QVERIFY(refusesScalar(hex(std::string(64, 'f'))));
        Bytes above = hex(kL);
        above[16] = 1; // L + 2^128
        QVERIFY(refusesScalar(above));
        QVERIFY(refusesScalar(ByteView(hex(kLMinusOne)).first(31)));
        QVERIFY(refusesScalar(concat({hex(kLMinusOne), ByteArray<1>{}})));
    }

    void scalarArithmetic_ofRandomValues_isOpensslsArithmetic()
    {
        Reference reference;
        for (int i = 0; i < 2000; ++i) {
            const EdScalar a = i % 50 == 0 ? scalarOf(kLMinusOne) : random();
            const EdScalar b = i % 70 == 0 ? scalarOf(kZero) : random();
            QCOMPARE((a + b).bytes(),
                     reference.run(a.bytes(), b.bytes(),
                                   [](auto *x, auto *y, auto *l, auto *c) { BN_mod_add(x, x, y, l, c); }));
            QCOMPARE((a - b).bytes(),
                     reference.run(a.bytes(), b.bytes(),
                                   [](auto *x, auto *y, auto *l, auto *c) { BN_mod_sub(x, x, y, l, c); }));
            QCOMPARE((a * b).bytes(),
                     reference.run(a.bytes(), b.bytes(),
                                   [](auto *x, auto *y, auto *l, auto *c) { BN_mod_mul(x, x, y, l, c); }));
            const auto wide = m_random.bytes<64>("wide");
            QCOMPARE(EdScalar::reduceWide(wide).bytes(),
                     reference.run(wide, {}, [](auto *x, auto *, auto *l, auto *c) { BN_nnmod(x, x, l, c); }));
        }
    }

    void scalarInverse_timesItself_isOne()
    {
        for (const EdScalar &a : {random(), random(), EdScalar::fromWord(2), scalarOf(kLMinusOne)})
            QVERIFY(a * a.inverse() == EdScalar::fromWord(1));
        QVERIFY(EdScalar().inverse().isZero());
        QVERIFY(-scalarOf(kLMinusOne) == EdScalar::fromWord(1));
        QVERIFY((-EdScalar()).isZero());
    }

    void baseMultiplication_ofASeedsScalar_isOpensslsPublicKey()
    {
        for (int i = 0; i < 20; ++i) {
            const auto seed = m_random.bytes<32>("seed");
            ByteArray<64> wide = sha512({seed});
            wide[0] = static_cast<std::uint8_t>(wide[0] & 248);
            wide[31] = static_cast<std::uint8_t>((wide[31] & 127) | 64);
            std::fill(wide.begin() + 32, wide.end(), std::uint8_t{0});
            EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
            ByteArray<32> expected{};
            std::size_t length = expected.size();
            EVP_PKEY_get_raw_public_key(key, expected.data(), &length);
            EVP_PKEY_free(key);
            QCOMPARE(mulBase(EdScalar::reduceWide(wide)).bytes(), expected);
        }
    }

    void groupLaws_ofRandomPoints_hold()
    {
        const EdScalar a = random(), b = random();
        const EdPoint p = mulBase(a), q = mulBase(b);
        QVERIFY(p + q == mulBase(a + b));
        QVERIFY(p - q == mulBase(a - b));
        QVERIFY(mul(b, p) == mul(a, q));
        QVERIFY(mul(b, p) == mulBase(a * b));
        QVERIFY(EdPoint::generator() == mulBase(EdScalar::fromWord(1)));
        QVERIFY(!(p == q));
        const auto parsed = EdPoint::parse(p.bytes());
        QVERIFY(parsed && *parsed == p);
    }

    void identity_inEveryPlace_isTheNeutralElement()
    {
        const EdScalar a = random();
        const EdPoint p = mulBase(a), o;
        QVERIFY(o.isIdentity() && !p.isIdentity());
        QVERIFY((p - p).isIdentity());
        QVERIFY((p + mulBase(-a)).isIdentity());
        QVERIFY(p + o == p && o + p == p && p - o == p);
        QVERIFY(mulBase(EdScalar()).isIdentity());
        QVERIFY(mul(EdScalar(), p).isIdentity());
        QVERIFY(mul(a, o).isIdentity());
        QVERIFY(mul(scalarOf(kLMinusOne), p) + p == o);
    }

    void point_ofSmallOrMixedOrder_isRefused()
    {
        const EdPoint p = mulBase(random());
        for (const char *small : kSmallOrder) {
            QVERIFY(refusesPoint(hex(small)));
            Bytes mixed(32);
            QCOMPARE(crypto_core_ed25519_add(mixed.data(), p.bytes().data(), hex(small).data()), 0);
            if (hex(small) == hex(kSmallOrder[0])) continue; // P + O is P
            QVERIFY2(refusesPoint(mixed), small);
        }
    }

    void point_notCanonicalOrOffTheCurve_isRefused()
    {
        // y = p and p + 1, which are 0 and 1 again; the identity with a sign; y = 2, which has no x
        for (const char *bad : {"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "0100000000000000000000000000000000000000000000000000000000000080",
                                "0200000000000000000000000000000000000000000000000000000000000000",
                                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
            QVERIFY2(refusesPoint(hex(bad)), bad);
        const auto good = EdPoint::generator().bytes();
        QVERIFY(refusesPoint(ByteView(good).first(31)));
        QVERIFY(refusesPoint(concat({good, ByteArray<1>{}})));
        QVERIFY(refusesPoint({}));
    }
};

QTEST_GUILESS_MAIN(TestEd25519Group)
#include "test_ed25519_group.moc"
