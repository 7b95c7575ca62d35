// What is made for large files: SM4-GCM, and SM3 of many messages at once.
#include "shield/crypto/sm3_lanes.h"
#include "shield/crypto/sm4_gcm.h"
#include "tests/support/fakes.h"

#include <QTest>

#include <algorithm>

using namespace hufu;
using namespace hufu::crypto;
using tests::hex;

class TestBulk : public QObject {
    Q_OBJECT

    // RFC 8998 A.1
    const Bytes m_plain = hex("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
                              "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");
    const Bytes m_cipher = hex("17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
                               "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D");
    const Bytes m_context = hex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
    const GcmNonce m_nonce = *fixedBytes<12>(hex("00001234567800000000ABCD"));
    const GcmTag m_tag = *fixedBytes<16>(hex("83DE3541E4C2B58177E065A9BF7B62EC"));

    static Sm4Gcm cipherOf(const char *key)
    {
        Bytes bytes = hex(key);
        return Sm4Gcm(Sm4Key::adopt(std::span<std::uint8_t, 16>(bytes)));
    }
    Sm4Gcm m_gcm = cipherOf("0123456789ABCDEFFEDCBA9876543210");

    static Bytes counting(std::size_t length, std::uint8_t from)
    {
        Bytes out(length);
        for (std::size_t i = 0; i < length; ++i)
            out[i] = static_cast<std::uint8_t>(from + 7 * i + i / 251);
        return out;
    }

private Q_SLOTS:
    void gcm_ofRfc8998_matches()
    {
        Bytes bytes = m_plain;
        QCOMPARE(m_gcm.seal(m_nonce, m_context, bytes), m_tag);
        QCOMPARE(bytes, m_cipher);
        QVERIFY(m_gcm.open(m_nonce, m_context, bytes, m_tag));
        QCOMPARE(bytes, m_plain);
    }

    void gcm_emptyMessage_isAuthenticated()
    {
        Bytes none;
        const GcmTag tag = m_gcm.seal(m_nonce, m_context, none);
        QVERIFY(m_gcm.open(m_nonce, m_context, none, tag));
        QCOMPARE(m_gcm.open(m_nonce, {}, none, tag).error().code, Errc::tampered);
    }

    void gcm_anyChange_isTamperedAndWiped()
    {
        const auto refused = [this](Bytes bytes, GcmNonce nonce, Bytes context, GcmTag tag) {
            const auto opened = m_gcm.open(nonce, context, bytes, tag);
            return !opened && opened.error().code == Errc::tampered &&
                   std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
        };
        for (std::size_t i = 0; i < m_cipher.size(); ++i) {
            Bytes changed = m_cipher;
            changed[i] ^= 1;
            QVERIFY(refused(changed, m_nonce, m_context, m_tag));
            QVERIFY(refused(Bytes(m_cipher.begin(), m_cipher.begin() + static_cast<std::ptrdiff_t>(i)), m_nonce,
                            m_context, m_tag));
        }
        for (std::size_t i = 0; i < m_tag.size(); ++i) {
            GcmTag changed = m_tag;
            changed[i] ^= 0x80;
            QVERIFY(refused(m_cipher, m_nonce, m_context, changed));
        }
        GcmNonce nonce = m_nonce;
        nonce[0] ^= 1;
        QVERIFY(refused(m_cipher, nonce, m_context, m_tag));
        QVERIFY(refused(m_cipher, m_nonce, {}, m_tag));
        Bytes bytes = m_cipher;
        QVERIFY(!cipherOf("0123456789ABCDEFFEDCBA9876543211").open(m_nonce, m_context, bytes, m_tag));
        bytes = m_cipher;
        QVERIFY(m_gcm.open(m_nonce, m_context, bytes, m_tag)); // nothing of the refusals is left behind
    }

    void lanes_anyCountAndLength_equalOneAfterTheOther()
    {
        for (const std::size_t length : {0U, 1U, 53U, 54U, 55U, 62U, 63U, 64U, 65U, 117U, 118U, 119U, 126U,
                                         127U, 128U, 191U, 1000U, 65'537U}) {
            std::vector<Bytes> messages;
            for (std::size_t count = 0; count <= 35; ++count) {
                const std::vector<ByteView> views(messages.begin(), messages.end());
                std::vector<ByteArray<32>> digests(count);
                for (const std::size_t most : {1U, 8U, 16U}) {
                    std::ranges::fill(digests, ByteArray<32>{});
                    sm3Lanes(1, views, digests, most);
                    for (std::size_t i = 0; i < count; ++i)
                        QCOMPARE(digests[i], sm3({ByteArray<1>{1}, messages[i]}));
                }
                messages.push_back(counting(length, static_cast<std::uint8_t>(count)));
                if (length > 1000 && count == 17) break;
            }
        }
    }

    void lanes_count_isAWidthOfRegisters()
    {
        const std::size_t count = sm3LaneCount();
        QVERIFY(count == 1 || count == 8 || count == 16);
    }
};

QTEST_GUILESS_MAIN(TestBulk)
#include "test_bulk.moc"
