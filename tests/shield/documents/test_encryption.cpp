// What is encrypted to a certificate.
#include "shield/documents/encryption.h"
#include "shield/x509/sm2_der.h"

#include "tests/support/pki.h"

#include <QTest>

using namespace hufu;

class TestEncryption : public QObject {
    Q_OBJECT
    tests::Pki m_pki;

private Q_SLOTS:
    void checkCiphertext_ofAnyLength_isGood()
    {
        ports::SystemRandom random;
        const auto point = m_pki.encrypt.publicKey().sm2();
        QVERIFY(point);
        for (const std::size_t length : {1U, 32U, 1000U, 65'536U}) {
            const auto cipher = crypto::sm2Encrypt(*point, Bytes(length, 0xa5), random);
            QVERIFY(cipher);
            const auto der = x509::sm2CipherDer(*cipher);
            QVERIFY(der);
            QVERIFY(documents::checkCiphertext(*der));
        }
    }

    void checkCiphertext_other_isBadInput()
    {
        QCOMPARE(documents::checkCiphertext({}).error().code, Errc::badInput);
        QCOMPARE(documents::checkCiphertext(m_pki.sign.der()).error().code, Errc::badInput);
    }
};

QTEST_GUILESS_MAIN(TestEncryption)
#include "test_encryption.moc"
