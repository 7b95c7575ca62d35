// Signatures and ciphertexts in DER: the standard's example, round trips, and what is refused.
#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <QTest>

using namespace hufu;
using tests::hex;

namespace {

// GB/T 32918.4-2017 annex C: the key d, and SM2Cipher of "encryption standard".
const Bytes kCipher = hex(
    "307c022004ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73022100e858f9d81e5430a57b36daab8"
    "f950a3c64e6ee6a63094d99283aff767e124df0042059983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd"
    "8766041321886ca989ca9c7d58087307ca93092d651efa");
const Bytes kKey = hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
// GB/T 32918.5-2017 annex A.
const Bytes kR = hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3");
const Bytes kS = hex("b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
const Bytes kOrder = hex("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");

} // namespace

class TestSm2Der : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signature_standardsExample_verifies()
    {
        const auto d = crypto::Scalar::parse(kKey);
        QVERIFY(d);
        const auto signature = x509::Sm2Signature::fromRaw(concat({kR, kS}));
        QVERIFY(signature);
        QVERIFY(x509::verifySignature(crypto::mulBase(*d), viewOf("message digest"), *signature));
        QVERIFY(!x509::verifySignature(crypto::mulBase(*d), viewOf("message digesT"), *signature));
    }

    void signature_roundTrip_isTheSame()
    {
        const auto der = x509::sm2SignatureDer(kR, kS);
        QVERIFY(der);
        QCOMPARE(der->size(), std::size_t{72});
        const auto parsed = x509::Sm2Signature::parse(*der);
        QVERIFY(parsed);
        QVERIFY(sameBytes(parsed->r, kR) && sameBytes(parsed->s, kS));
    }

    void signature_ofOpenssl_isRead()
    {
        const tests::WholeKey key;
        for (int i = 0; i < 20; ++i) {
            const Bytes message{static_cast<std::uint8_t>(i)};
            const auto signature = x509::Sm2Signature::parse(key.signDer(message));
            QVERIFY(signature);
            QVERIFY(x509::verifySignature(key.point, message, *signature));
        }
    }

    void signature_anotherId_isTampered()
    {
        const tests::WholeKey key;
        const Bytes message{1, 2, 3};
        const auto verdict = x509::verifySignature(key.point, message, key.sign(message, "another id"));
        QVERIFY(!verdict);
        QCOMPARE(verdict.error().code, Errc::tampered);
        QVERIFY(!x509::verifySignature(key.point, message, key.sign(message, "")));
    }

    void signature_outOfRange_isRefused()
    {
        const Bytes zero(32);
        QVERIFY(!x509::sm2SignatureDer(zero, kS));
        QVERIFY(!x509::sm2SignatureDer(kR, zero));
        QVERIFY(!x509::sm2SignatureDer(kOrder, kS));
        QVERIFY(!x509::sm2SignatureDer(kR, kOrder));
        QVERIFY(!x509::sm2SignatureDer(kR, ByteView(kS).first(31)));
        QVERIFY(!x509::Sm2Signature::parse(hex("3006020100020101")));
        QVERIFY(!x509::Sm2Signature::parse(hex("30060201ff020101"))); // negative
    }

    void signature_notCanonical_isRefused()
    {
        const Bytes der = *x509::sm2SignatureDer(kR, kS);
        for (std::size_t length = 0; length < der.size(); ++length)
            QVERIFY(!x509::Sm2Signature::parse(ByteView(der).first(length)));
        QVERIFY(!x509::Sm2Signature::parse(concat({der, Bytes{0}})));
        QVERIFY(!x509::Sm2Signature::parse(hex("300702020001020101"))); // leading zero
        QVERIFY(!x509::Sm2Signature::parse(hex("3080020101020101")));
        QVERIFY(!x509::Sm2Signature::parse(hex("308106020101020101"))); // long form of a short length
        QVERIFY(x509::Sm2Signature::parse(hex("3006020101020101")));
    }

    void cipher_standardsExample_isReadAndWritten()
    {
        const auto cipher = x509::parseSm2Cipher(kCipher);
        QVERIFY(cipher);
        QVERIFY(sameBytes(*x509::sm2CipherDer(*cipher), kCipher));
        const auto opened = crypto::sm2Decrypt(*crypto::Scalar::parse(kKey), *cipher);
        QVERIFY(opened);
        QVERIFY(sameBytes(opened->expose(), viewOf("encryption standard")));
    }

    void cipher_broken_isRefused()
    {
        for (std::size_t length = 0; length < kCipher.size(); ++length)
            QVERIFY(!x509::parseSm2Cipher(ByteView(kCipher).first(length)));
        QVERIFY(!x509::parseSm2Cipher(concat({kCipher, Bytes{0}})));
        Bytes offCurve = kCipher;
        offCurve[10] ^= 1;
        QVERIFY(!x509::parseSm2Cipher(offCurve));
        // C3 one byte short and C2 one longer: the same bytes in all.
        Bytes shifted = kCipher;
        const std::size_t c3 = 2 + 2 + 32 + 2 + 33;
        shifted[c3 + 1] = 31;
        QVERIFY(!x509::parseSm2Cipher(shifted));
    }

    void cipher_emptyText_isRefused()
    {
        auto cipher = *x509::parseSm2Cipher(kCipher);
        cipher.c2.clear();
        QVERIFY(!x509::sm2CipherDer(cipher));
    }

    // OpenSSL opens what we seal, and we open what it seals.
    void cipher_openssl_bothWays()
    {
        const tests::WholeKey key;
        ports::SystemRandom random;
        const Bytes message = bytesOf(viewOf("both ways"));
        const auto native = key.native();
        const x509::OwnedKeyContext context(EVP_PKEY_CTX_new(native.get(), nullptr));

        const Bytes ours = *x509::sm2CipherDer(*crypto::sm2Encrypt(key.point, message, random));
        QCOMPARE(EVP_PKEY_decrypt_init(context.get()), 1);
        Bytes plain(ours.size());
        std::size_t length = plain.size();
        QCOMPARE(EVP_PKEY_decrypt(context.get(), plain.data(), &length, ours.data(), ours.size()), 1);
        plain.resize(length);
        QVERIFY(plain == message);

        QCOMPARE(EVP_PKEY_encrypt_init(context.get()), 1);
        Bytes theirs(512);
        length = theirs.size();
        QCOMPARE(EVP_PKEY_encrypt(context.get(), theirs.data(), &length, message.data(), message.size()), 1);
        theirs.resize(length);
        const auto opened = crypto::sm2Decrypt(key.d, *x509::parseSm2Cipher(theirs));
        QVERIFY(opened);
        QVERIFY(sameBytes(opened->expose(), message));
    }
};

QTEST_GUILESS_MAIN(TestSm2Der)
#include "test_sm2_der.moc"
