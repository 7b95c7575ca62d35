// SM2 encryption to a certificate.
#include "shield/documents/encryption.h"

#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <QTest>

using namespace hufu;

class TestEncryption : public QObject {
    Q_OBJECT
    tests::Pki m_pki;
    ports::SystemRandom m_random;

    Result<Bytes> encrypt(const x509::Certificate &to, ByteView plain)
    {
        return documents::encryptTo(to, m_pki.trust(), m_pki.nowMs, plain, m_random);
    }

private Q_SLOTS:
    void encryptTo_certificate_itsKeyOpensIt()
    {
        for (const std::size_t length : {1U, 32U, 1000U, 65'536U}) {
            const Bytes plain(length, 0xa5);
            const auto der = encrypt(m_pki.encrypt, plain);
            QVERIFY(der);
            QVERIFY(documents::checkCiphertext(*der));
            const auto opened = crypto::sm2Decrypt(m_pki.encryptKey.d, *x509::parseSm2Cipher(*der));
            QVERIFY(opened);
            QVERIFY(sameBytes(opened->expose(), plain));
        }
    }

    void encryptTo_refusals_haveTheirReason()
    {
        const Bytes plain(16, 1);
        QCOMPARE(encrypt(m_pki.sign, plain).error().code, Errc::refused);
        QCOMPARE(encrypt(m_pki.encrypt, {}).error().code, Errc::badInput);
        QCOMPARE(encrypt(m_pki.encrypt, Bytes(documents::kSm2PlainMax + 1)).error().code, Errc::badInput);
        const tests::Pki other;
        QCOMPARE(encrypt(other.encrypt, plain).error().code, Errc::tampered);
        const std::int64_t late = m_pki.encrypt.notAfterMs() + 1000;
        QCOMPARE(documents::encryptTo(m_pki.encrypt, m_pki.trust(), late, plain, m_random).error().code,
                 Errc::expired);
    }

    void checkCiphertext_other_isBadInput()
    {
        QCOMPARE(documents::checkCiphertext({}).error().code, Errc::badInput);
        QCOMPARE(documents::checkCiphertext(m_pki.sign.der()).error().code, Errc::badInput);
    }
};

QTEST_GUILESS_MAIN(TestEncryption)
#include "test_encryption.moc"
