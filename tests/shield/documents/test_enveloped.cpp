// EnvelopedData for interchange, under both families of identifiers.
#include "shield/documents/enveloped.h"

#include "tests/support/fakes.h"
#include "tests/support/pki.h"

#include <QTest>

#include <algorithm>

using namespace hufu;
using namespace hufu::documents;

class TestEnveloped : public QObject {
    Q_OBJECT
    tests::Pki m_pki;
    tests::WholeKey m_otherKey;
    x509::Certificate m_other =
        m_pki.issue(authority::Profile::encrypt, m_otherKey, tests::kPerson, &m_pki.issuing, m_pki.issuingKey);
    ports::SystemRandom m_random;
    const Bytes m_content = bytesOf(viewOf("a bid for others' software"));

    Result<Bytes> build(std::vector<x509::Certificate> to, ByteView content, Dialect dialect = Dialect::gmt0010)
    {
        return buildEnvelopedData(to, content, dialect, m_random);
    }
    static crypto::Sm4Key unwrap(const EnvelopeRecipient &recipient, const tests::WholeKey &key)
    {
        auto plain = crypto::sm2Decrypt(key.d, *x509::parseSm2Cipher(recipient.wrappedKey));
        if (!plain) qFatal("unwrap");
        return crypto::Sm4Key::adopt(plain->fill().first<crypto::kSm4KeyBytes>());
    }

private Q_SLOTS:
    void enveloped_bothDialects_openForEachRecipient_data()
    {
        QTest::addColumn<int>("dialect");
        QTest::newRow("PKCS #7") << static_cast<int>(Dialect::pkcs7);
        QTest::newRow("GM/T 0010") << static_cast<int>(Dialect::gmt0010);
    }
    void enveloped_bothDialects_openForEachRecipient()
    {
        QFETCH(int, dialect);
        for (const std::size_t length : {0U, 1U, 15U, 16U, 17U, 100'000U}) {
            const Bytes content(length, 0x5a);
            const auto der = build({m_pki.encrypt, m_other}, content, static_cast<Dialect>(dialect));
            QVERIFY(der);
            const auto parsed = EnvelopedData::parse(*der);
            QVERIFY(parsed);
            QCOMPARE(static_cast<int>(parsed->dialect()), dialect);
            QCOMPARE(parsed->recipients().size(), std::size_t{2});
            const auto *mine = parsed->recipient(m_pki.encrypt);
            const auto *others = parsed->recipient(m_other);
            QVERIFY(mine != nullptr && others != nullptr && mine != others);
            QVERIFY(parsed->recipient(m_pki.sign) == nullptr);
            QVERIFY(sameBytes(parsed->open(unwrap(*mine, m_pki.encryptKey))->expose(), content));
            QVERIFY(sameBytes(parsed->open(unwrap(*others, m_otherKey))->expose(), content));
        }
    }

    void build_unfitRecipients_areBadInput()
    {
        QCOMPARE(build({}, m_content).error().code, Errc::badInput);
        QCOMPARE(build({m_pki.sign}, m_content).error().code, Errc::badInput);
        QCOMPARE(build({m_pki.encrypt, m_other, m_pki.encrypt}, m_content).error().code, Errc::badInput);
        QCOMPARE(build({m_pki.encrypt}, Bytes(kEnvelopedContentMax + 1)).error().code, Errc::badInput);
    }

    void parse_truncatedTrailingOrRandom_isBadInput()
    {
        const Bytes der = *build({m_pki.encrypt}, m_content);
        for (std::size_t length = 0; length < der.size(); ++length)
            QCOMPARE(EnvelopedData::parse(ByteView(der).first(length)).error().code, Errc::badInput);
        QCOMPARE(EnvelopedData::parse(concat({der, Bytes{0}})).error().code, Errc::badInput);
        QCOMPARE(EnvelopedData::parse(m_pki.encrypt.der()).error().code, Errc::badInput);
        for (std::size_t i = 0; i < 500; ++i) {
            Bytes noise(i);
            m_random.fill(noise, "noise");
            if (i > 0) noise[0] = 0x30;
            QVERIFY(!EnvelopedData::parse(noise));
        }
    }

    void parse_identifiersOfTwoDialects_areBadInput()
    {
        Bytes der = *build({m_pki.encrypt}, m_content, Dialect::gmt0010);
        // 1.2.156.10197.6.1.4.2.3, and further on .1 of the content
        const Bytes family = tests::hex("2a811ccf550601040201");
        const auto at = std::search(der.begin(), der.end(), family.begin(), family.end());
        QVERIFY(at != der.end());
        at[9] = 2;
        QCOMPARE(EnvelopedData::parse(der).error().code, Errc::badInput);
    }

    void parse_anotherMode_isBadInput()
    {
        Bytes der = *build({m_pki.encrypt}, m_content);
        QVERIFY(EnvelopedData::parse(der));
        const Bytes mode = tests::hex("06082a811ccf55016802");
        const auto at = std::search(der.begin(), der.end(), mode.begin(), mode.end());
        QVERIFY(at != der.end());
        at[9] = 3; // another mode
        QCOMPARE(EnvelopedData::parse(der).error().code, Errc::badInput);
    }

    // In CBC a byte of one block of the ciphertext changes the same byte of the next one's content: here the padding, which is one byte long,
    // so that no other length fits what stands before it.
    void open_changedPadding_isTampered()
    {
        const Bytes good = *build({m_pki.encrypt}, Bytes(31, 'z'));
        const auto key = unwrap(*EnvelopedData::parse(good)->recipient(m_pki.encrypt), m_pki.encryptKey);
        QVERIFY(EnvelopedData::parse(good)->open(key));
        for (int change = 1; change < 256; ++change) {
            Bytes der = good;
            *(der.end() - 1 - 16) ^= static_cast<std::uint8_t>(change);
            const auto parsed = EnvelopedData::parse(der);
            QVERIFY(parsed);
            const auto opened = parsed->open(key);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, Errc::tampered);
        }
    }

    // A change in the last block makes noise of it, and this form has no tag: noise ends as padding must once in some 255 times. So of all 255
    // changes of a byte about one opens, to a wrong end, and more than 12 do so once in 10^10 runs. Whatever must be whole is signed.
    void open_changedEnd_isTamperedButForNoiseThatEndsAsItMust()
    {
        const Bytes good = *build({m_pki.encrypt}, m_content);
        const auto key = unwrap(*EnvelopedData::parse(good)->recipient(m_pki.encrypt), m_pki.encryptKey);
        const std::size_t before = m_content.size() / 16 * 16; // what stands in blocks before the last one
        int opens = 0;
        for (int change = 1; change < 256; ++change) {
            Bytes der = good;
            der.back() ^= static_cast<std::uint8_t>(change);
            const auto parsed = EnvelopedData::parse(der);
            QVERIFY(parsed);
            const auto opened = parsed->open(key);
            if (opened) {
                ++opens;
                QVERIFY(opened->size() >= before && opened->size() < before + 16);
                QVERIFY(sameBytes(ByteView(opened->expose()).first(before), ByteView(m_content).first(before)));
                QVERIFY(!sameBytes(opened->expose(), m_content));
            } else {
                QCOMPARE(opened.error().code, Errc::tampered);
            }
        }
        QVERIFY2(opens <= 12, QByteArray::number(opens).constData());
    }
};

QTEST_GUILESS_MAIN(TestEnveloped)
#include "test_enveloped.moc"
