// SM2 with whole keys: the vectors of GB/T 32918.5, and both directions against OpenSSL.
#include "shield/crypto/sm3.h"
#include "tests/shield/crypto/openssl_reference.h"
#include "tests/shield/crypto/paths.h"

#include <QtTest>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

using namespace hufu;
using namespace hufu::crypto;
using namespace hufu::tests;

namespace {

// GB/T 32918.5-2017, annex A (signature) and C (encryption); also in OpenSSL's test/sm2_internal_test.c.
const Bytes kD = hex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
const Bytes kP = hex("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                     "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13");
const Bytes kZ = hex("B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3");
const Bytes kE = hex("F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640");
const Bytes kK = hex("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21");
const Bytes kR = hex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3");
const Bytes kS = hex("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
const Bytes kC1 = hex("0404EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
                      "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0");
const Bytes kC3 = hex("59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766");
const Bytes kC2 = hex("21886CA989CA9C7D58087307CA93092D651EFA");

Scalar scalar(ByteView bytes)
{
    return *Scalar::parse(bytes);
}

ByteArray<32> array32(ByteView bytes)
{
    return *fixedBytes<32>(bytes);
}

struct Signature {
    Scalar r;
    Scalar s;
};

// The standard's signature with a whole key, to make test data with: s = (1 + d)^-1 (k - r d).
Signature sign(const Scalar &d, const ByteArray<32> &e, const Scalar &k)
{
    const Scalar r = *sm2SignatureR(e, mulBase(k));
    return {r, (Scalar::one() + d).inverse() * (k - r * d)};
}

bool verifies(const Point &p, const ByteArray<32> &e, const Scalar &r, const Scalar &s)
{
    const auto nonce = sm2VerifyVartime(p, e, r, s);
    if (!nonce && nonce.error().code != Errc::tampered) qFatal("refused with another code");
    return bool(nonce);
}

template <typename T> bool refusedAs(const Result<T> &result, Errc code)
{
    return !result && result.error().code == code;
}

// An SM2 key held by OpenSSL.
struct FreeKey {
    void operator()(EVP_PKEY *p) const { EVP_PKEY_free(p); }
    void operator()(EVP_PKEY_CTX *p) const { EVP_PKEY_CTX_free(p); }
    void operator()(EVP_MD_CTX *p) const { EVP_MD_CTX_free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeKey>;

Key opensslKey(const Scalar &d)
{
    const Reference reference;
    const Bytes point = Reference::encoded(mulBase(d));
    const Number number = reference.number(d.bytes());
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
    OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_PRIV_KEY, number.get());
    OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY *key = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    return Key(key);
}

Signature opensslSign(EVP_PKEY *key, ByteView message)
{
    const std::unique_ptr<EVP_MD_CTX, FreeKey> digest(EVP_MD_CTX_new());
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_CTX_set1_id(context.get(), kSm2Id.data(), static_cast<int>(kSm2Id.size()));
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    EVP_DigestSignInit(digest.get(), nullptr, EVP_sm3(), nullptr, key);
    Bytes der(80);
    std::size_t length = der.size();
    EVP_DigestSign(digest.get(), der.data(), &length, message.data(), message.size());
    const std::uint8_t *at = der.data();
    ECDSA_SIG *parsed = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length));
    Bytes r(32), s(32);
    BN_bn2binpad(ECDSA_SIG_get0_r(parsed), r.data(), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(parsed), s.data(), 32);
    ECDSA_SIG_free(parsed);
    return {scalar(r), scalar(s)};
}

bool opensslVerifies(EVP_PKEY *key, ByteView message, const Signature &signature)
{
    const Reference reference;
    ECDSA_SIG *made = ECDSA_SIG_new();
    ECDSA_SIG_set0(made, reference.number(signature.r.bytes()).release(),
                   reference.number(signature.s.bytes()).release());
    Bytes der(80);
    std::uint8_t *at = der.data();
    der.resize(static_cast<std::size_t>(i2d_ECDSA_SIG(made, &at)));
    ECDSA_SIG_free(made);
    const std::unique_ptr<EVP_MD_CTX, FreeKey> digest(EVP_MD_CTX_new());
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_CTX_set1_id(context.get(), kSm2Id.data(), static_cast<int>(kSm2Id.size()));
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key);
    return EVP_DigestVerify(digest.get(), der.data(), der.size(), message.data(), message.size()) == 1;
}

// OpenSSL speaks GM/T 0009 SM2Cipher: SEQUENCE { x INTEGER, y INTEGER, C3 OCTET STRING, C2 OCTET STRING }.
Bytes derInteger(ByteView value)
{
    const Reference reference;
    ASN1_INTEGER *number = BN_to_ASN1_INTEGER(reference.number(value).get(), nullptr);
    Bytes out(40);
    std::uint8_t *at = out.data();
    out.resize(static_cast<std::size_t>(i2d_ASN1_INTEGER(number, &at)));
    ASN1_INTEGER_free(number);
    return out;
}

Bytes derOf(const Sm2Ciphertext &ciphertext)
{
    const Bytes c1 = Reference::encoded(ciphertext.c1);
    const auto octets = [](ByteView value) { // short lengths only
        return concat({Bytes{4, static_cast<std::uint8_t>(value.size())}, value});
    };
    const Bytes body =
        concat({derInteger(ByteView(c1).subspan(1, 32)), derInteger(ByteView(c1).subspan(33, 32)),
                octets(ciphertext.c3), octets(ciphertext.c2)});
    return concat({Bytes{0x30, 0x81, static_cast<std::uint8_t>(body.size())}, body});
}

// The reverse, through OpenSSL's own reader of a sequence.
Sm2Ciphertext fromDer(const Bytes &der)
{
    const std::uint8_t *at = der.data();
    STACK_OF(ASN1_TYPE) *parts = d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(der.size()));
    Bytes raw{4};
    for (int i = 0; i < 2; ++i) {
        BIGNUM *number = ASN1_INTEGER_to_BN(sk_ASN1_TYPE_value(parts, i)->value.integer, nullptr);
        Bytes coordinate(32);
        BN_bn2binpad(number, coordinate.data(), 32);
        BN_free(number);
        raw = concat({raw, coordinate});
    }
    for (int i = 2; i < 4; ++i) {
        const ASN1_OCTET_STRING *octets = sk_ASN1_TYPE_value(parts, i)->value.octet_string;
        raw = concat({raw, ByteView(ASN1_STRING_get0_data(octets),
                                    static_cast<std::size_t>(ASN1_STRING_length(octets)))});
    }
    sk_ASN1_TYPE_pop_free(parts, ASN1_TYPE_free);
    return *Sm2Ciphertext::parse(raw);
}

Bytes opensslDecrypt(EVP_PKEY *key, const Bytes &der)
{
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_decrypt_init(context.get());
    Bytes out(der.size());
    std::size_t length = out.size();
    if (EVP_PKEY_decrypt(context.get(), out.data(), &length, der.data(), der.size()) != 1) return {};
    out.resize(length);
    return out;
}

Bytes opensslEncrypt(EVP_PKEY *key, ByteView message)
{
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_encrypt_init(context.get());
    Bytes out(message.size() + 200);
    std::size_t length = out.size();
    EVP_PKEY_encrypt(context.get(), out.data(), &length, message.data(), message.size());
    out.resize(length);
    return out;
}

} // namespace

class TestSm2 : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    const Point m_p = *Point::parse(kP);
    const Scalar m_d = scalar(kD);

    Scalar randomScalar() { return Scalar::reduceWide(m_random.bytes<64>("scalar")); }
    Bytes randomBytes(std::size_t length)
    {
        Bytes out(length);
        m_random.fill(out, "bytes");
        return out;
    }

private Q_SLOTS:
    void digest_ofTheStandardsExample_matches()
    {
        QVERIFY(mulBase(m_d) == m_p);
        QCOMPARE(bytesOf(*sm2Z(m_p)), kZ);
        QCOMPARE(bytesOf(*sm2E(m_p, viewOf("message digest"))), kE);
    }

    void digest_ofUnfittingInput_isRefused()
    {
        QVERIFY(refusedAs(sm2Z(Point()), Errc::badInput));
        QVERIFY(refusedAs(sm2E(Point(), viewOf("message digest")), Errc::badInput));
        QVERIFY(sm2Z(m_p, std::string(8191, 'a')));
        QVERIFY(refusedAs(sm2Z(m_p, std::string(8192, 'a')), Errc::badInput));
    }

    void digest_dependsOnIdAndKey()
    {
        QVERIFY(*sm2Z(m_p, "") != *sm2Z(m_p));
        QVERIFY(*sm2Z(-m_p) != *sm2Z(m_p));
    }

    void signature_ofTheStandardsExample_verifies()
    {
        const ByteArray<32> e = array32(kE);
        const Scalar k = scalar(kK);
        const Signature made = sign(m_d, e, k);
        QCOMPARE(bytesOf(made.r.bytes()), kR);
        QCOMPARE(bytesOf(made.s.bytes()), kS);
        const auto nonce = sm2VerifyVartime(m_p, e, scalar(kR), scalar(kS));
        QVERIFY(nonce && *nonce == mulBase(k));
    }

    void signature_changedAnywhere_isRefused()
    {
        const ByteArray<32> e = array32(kE);
        const Scalar r = scalar(kR);
        const Scalar s = scalar(kS);
        const Scalar one = Scalar::one();
        QVERIFY(verifies(m_p, e, r, s));
        QVERIFY(!verifies(m_p, e, r + one, s));
        QVERIFY(!verifies(m_p, e, r, s + one));
        QVERIFY(!verifies(m_p, e, s, r));
        QVERIFY(!verifies(m_p, e, r, -s));
        QVERIFY(!verifies(-m_p, e, r, s));
        QVERIFY(!verifies(Point::generator(), e, r, s));
        for (std::size_t bit = 0; bit < 256; ++bit) {
            ByteArray<32> other = e;
            other[bit / 8] = static_cast<std::uint8_t>(other[bit / 8] ^ 1 << bit % 8);
            QVERIFY(!verifies(m_p, other, r, s));
        }
    }

    void signature_withZeroAnywhere_isRefused()
    {
        const ByteArray<32> e = array32(kE);
        const Scalar r = scalar(kR);
        QVERIFY(!verifies(m_p, e, Scalar(), scalar(kS)));
        QVERIFY(!verifies(m_p, e, r, Scalar()));
        QVERIFY(!verifies(m_p, e, r, -r)); // t = r + s = 0
        QVERIFY(!verifies(Point(), e, r, scalar(kS)));
    }

    void signature_whoseNonceIsO_isRefused()
    {
        // s G + t P = O for d = -s / t; then there is no x to compare with.
        const Scalar s = randomScalar();
        const Scalar r = randomScalar();
        const Scalar d = -(s * (r + s).inverse());
        QVERIFY(!verifies(mulBase(d), array32(kE), r, s));
        QVERIFY(refusedAs(sm2SignatureR(array32(kE), Point()), Errc::tampered));
    }

    void signatureR_ofZero_isRefused()
    {
        const ByteArray<32> e = (-Scalar::reduce(*Point::generator().x())).bytes();
        QVERIFY(refusedAs(sm2SignatureR(e, Point::generator()), Errc::tampered));
    }

    void signature_byOpenSsl_verifies()
    {
        for (int i = 0; i < 50; ++i) {
            const Scalar d = randomScalar();
            const Key key = opensslKey(d);
            const Bytes message = randomBytes(static_cast<std::size_t>(i * 7));
            const Signature signature = opensslSign(key.get(), message);
            const Point p = mulBase(d);
            QVERIFY(verifies(p, *sm2E(p, message), signature.r, signature.s));
            QVERIFY(!verifies(p, *sm2E(p, message, "another id"), signature.r, signature.s));
        }
    }

    void signature_ofOurs_verifiesByOpenSsl()
    {
        for (int i = 0; i < 50; ++i) {
            const Scalar d = randomScalar();
            const Point p = mulBase(d);
            const Bytes message = randomBytes(static_cast<std::size_t>(i * 7));
            const Key key = opensslKey(d);
            const Signature signature = sign(d, *sm2E(p, message), randomScalar());
            QVERIFY(opensslVerifies(key.get(), message, signature));
            QVERIFY(!opensslVerifies(key.get(), message, {signature.s, signature.r}));
        }
    }

    void kdf_ofLengthsAroundABlock_areCutFromOneStream()
    {
        const Bytes z = randomBytes(64);
        const SecretBytes longest = sm2Kdf(z, 97);
        for (std::size_t length : {0u, 1u, 31u, 32u, 33u, 64u, 65u, 97u}) {
            const SecretBytes stream = sm2Kdf(z, length);
            QCOMPARE(stream.size(), length);
            QVERIFY(sameBytes(stream.expose(), longest.expose().first(length)));
        }
        QVERIFY(sameBytes(longest.expose().first(32), sm3({z, Bytes{0, 0, 0, 1}})));
        QVERIFY(sameBytes(longest.expose().subspan(64, 32), sm3({z, Bytes{0, 0, 0, 3}})));
    }

    void encryption_ofTheStandardsExample_matches()
    {
        RecordedRandom random;
        random.expect("sm2-k", concat({Bytes(32, 0), kK}));
        const auto ciphertext = sm2Encrypt(m_p, viewOf("encryption standard"), random);
        QVERIFY(ciphertext);
        QCOMPARE(*ciphertext->encode(), concat({kC1, kC3, kC2}));
        QCOMPARE(random.unexpected, 0);
        const auto message = sm2Decrypt(m_d, *ciphertext);
        QVERIFY(message && sameBytes(message->expose(), viewOf("encryption standard")));
    }

    void encryption_withZeroForNonce_drawsAgain()
    {
        RecordedRandom random;
        random.expect("sm2-k", Bytes(64, 0));
        random.expect("sm2-k", concat({Bytes(32, 0), kK}));
        const auto ciphertext = sm2Encrypt(m_p, viewOf("encryption standard"), random);
        QCOMPARE(*ciphertext->encode(), concat({kC1, kC3, kC2}));
    }

    void encryption_ofUnfittingInput_isRefused()
    {
        QVERIFY(refusedAs(sm2Encrypt(Point(), viewOf("m"), m_random), Errc::badInput));
        QVERIFY(refusedAs(sm2Encrypt(m_p, {}, m_random), Errc::badInput));
    }

    void encryption_ofOneByte_neverShowsTheMessage()
    {
        // One key stream in 256 is zero and must be thrown away.
        const Bytes message{0x5a};
        for (int i = 0; i < 1'000; ++i) {
            const auto ciphertext = sm2Encrypt(Point::generator(), message, m_random);
            QVERIFY(ciphertext->c2 != message);
        }
    }

    void decryption_ofWhatWasEncrypted_yieldsTheMessage()
    {
        for (std::size_t length : {1u, 16u, 31u, 32u, 33u, 255u, 1000u}) {
            const Bytes message = randomBytes(length);
            const auto ciphertext = sm2Encrypt(m_p, message, m_random);
            const auto back = sm2Decrypt(m_d, *ciphertext);
            QVERIFY(back && sameBytes(back->expose(), message));
            const auto again = Sm2Ciphertext::parse(*ciphertext->encode());
            const auto opened = sm2Open(mul(m_d, again->c1), *again);
            QVERIFY(opened && sameBytes(opened->expose(), message));
        }
    }

    void decryption_ofAnythingChanged_isRefused()
    {
        const Bytes good = concat({kC1, kC3, kC2});
        for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
            Bytes changed = good;
            changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
            const auto ciphertext = Sm2Ciphertext::parse(changed);
            if (bit / 8 < kPointBytes)
                QVERIFY(refusedAs(ciphertext, Errc::badInput));
            else
                QVERIFY(refusedAs(sm2Decrypt(m_d, *ciphertext), Errc::tampered));
        }
        const auto ciphertext = Sm2Ciphertext::parse(good);
        QVERIFY(sm2Decrypt(m_d, *ciphertext));
        QVERIFY(refusedAs(sm2Decrypt(m_d + Scalar::one(), *ciphertext), Errc::tampered));
        QVERIFY(refusedAs(sm2Open(Point(), *ciphertext), Errc::tampered));
        const auto shorter = Sm2Ciphertext::parse(ByteView(good).first(good.size() - 1));
        QVERIFY(refusedAs(sm2Decrypt(m_d, *shorter), Errc::tampered));
    }

    void decryption_underAStreamOfZeros_isRefused()
    {
        // Found by search: a shared point whose key stream's first byte is zero, with C3 made to fit.
        for (std::uint64_t k = 1;; ++k) {
            const Point shared = mulBase(Scalar::fromWord(k));
            const auto encoded = shared.encode();
            const ByteView coordinates = ByteView(*encoded).subspan(1);
            if (sm2Kdf(coordinates, 1).expose()[0] != 0) continue;
            const Bytes message{0x5a};
            const Sm2Ciphertext ciphertext{
                Point::generator(), sm3({coordinates.first(32), message, coordinates.last(32)}), message};
            QVERIFY(refusedAs(sm2Open(shared, ciphertext), Errc::tampered));
            return;
        }
    }

    void ciphertext_ofAnotherForm_isRefused()
    {
        const Bytes good = concat({kC1, kC3, kC2});
        QVERIFY(refusedAs(Sm2Ciphertext::parse({}), Errc::badInput));
        QVERIFY(refusedAs(Sm2Ciphertext::parse(ByteView(good).first(97)), Errc::badInput)); // no C2
        QVERIFY(Sm2Ciphertext::parse(ByteView(good).first(98)));
        QVERIFY(refusedAs(Sm2Ciphertext::parse(ByteView(good).subspan(1)), Errc::badInput));
        QVERIFY(refusedAs(Sm2Ciphertext{}.encode(), Errc::badState));
    }

    void ciphertext_ofOurs_opensWithOpenSsl()
    {
        for (int i = 0; i < 30; ++i) {
            const Scalar d = randomScalar();
            const Key key = opensslKey(d);
            const Bytes message = randomBytes(static_cast<std::size_t>(i % 20 + 1));
            QCOMPARE(opensslDecrypt(key.get(), derOf(*sm2Encrypt(mulBase(d), message, m_random))), message);
        }
    }

    void ciphertext_ofOpenSsl_opens()
    {
        for (int i = 0; i < 30; ++i) {
            const Scalar d = randomScalar();
            const Key key = opensslKey(d);
            const Bytes message = randomBytes(static_cast<std::size_t>(i * 9 + 1));
            const auto opened = sm2Decrypt(d, fromDer(opensslEncrypt(key.get(), message)));
            QVERIFY(opened && sameBytes(opened->expose(), message));
        }
    }
};

int main(int count, char **arguments)
{
    return runOnEveryPath<TestSm2>(count, arguments);
}

#include "test_sm2.moc"
