// SM3, HMAC-SM3, SM4, and the sealing of stored bytes.
#include "shield/crypto/aead.h"
#include "shield/crypto/sm3.h"
#include "shield/crypto/sm4.h"
#include "tests/support/fakes.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::crypto;
using namespace hufu::tests;

namespace {

Bytes repeated(std::string_view text, int times)
{
    Bytes out;
    for (int i = 0; i < times; ++i)
        out = concat({out, viewOf(text)});
    return out;
}

template <std::size_t N> Secret<N> secretOf(Bytes bytes)
{
    return Secret<N>::adopt(std::span<std::uint8_t, N>(bytes));
}

template <typename T> bool refusedAs(const Result<T> &result, Errc code)
{
    return !result && result.error().code == code;
}

const Bytes kKey = hex("0123456789ABCDEFFEDCBA9876543210");

} // namespace

class TestSymmetric : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;

private Q_SLOTS:
    void sm3_ofTheStandardsExamples_matches() // GB/T 32905 annex A
    {
        QCOMPARE(bytesOf(sm3(viewOf("abc"))),
                 hex("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
        QCOMPARE(bytesOf(sm3(repeated("abcd", 16))),
                 hex("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"));
    }

    void sm3_inPieces_equalsOneCall()
    {
        const Bytes all = repeated("0123456789", 20);
        for (std::size_t cut = 0; cut <= all.size(); ++cut) {
            Sm3 hash;
            hash.update(ByteView(all).first(cut)).update(ByteView(all).subspan(cut));
            QCOMPARE(hash.finish(), sm3(all));
            QCOMPARE(sm3({ByteView(all).first(cut), ByteView(all).subspan(cut)}), sm3(all));
        }
    }

    void sm3_afterFinish_startsOver()
    {
        Sm3 hash;
        hash.update(viewOf("something else"));
        hash.finish();
        QCOMPARE(hash.update(viewOf("abc")).finish(), sm3(viewOf("abc")));
        Sm3 moved = std::move(hash.update(viewOf("ab")));
        QCOMPARE(moved.update(viewOf("c")).finish(), sm3(viewOf("abc")));
    }

    void hmacSm3_ofKnownAnswers_matches() // Python: hmac.new(key, text, 'sm3')
    {
        QCOMPARE(bytesOf(hmacSm3(viewOf("key"), viewOf("The quick brown fox jumps over the lazy dog"))),
                 hex("bd4a34077888162b210645b8ebf74b9af357303789357a27c7fc457244ebd398"));
        QCOMPARE(bytesOf(hmacSm3(Bytes(64, 0xaa), viewOf("block"))),
                 hex("2e3124b0ab267fea056576a87fae1d5819f909ee90ad2b5e6712101bb9d86ae6"));
        QCOMPARE(bytesOf(hmacSm3(Bytes(65, 0xaa), viewOf("longer"))),
                 hex("5caa32079cb7e854657e2226eae2049fcd95a94ec60caf78404ebc5df6406ae0"));
        QCOMPARE(bytesOf(hmacSm3({}, ByteView())),
                 hex("0d23f72ba15e9c189a879aefc70996b06091de6e64d31b7a84004356dd915261"));
    }

    void hmacSm3_ofParts_equalsTheWhole()
    {
        QCOMPARE(hmacSm3(kKey, {viewOf("ab"), viewOf("c")}), hmacSm3(kKey, viewOf("abc")));
        QVERIFY(hmacSm3(kKey, viewOf("abc")) != hmacSm3(kKey, viewOf("abd")));
    }

    void sm4_ofTheStandardsExample_matches() // GB/T 32907 annex A
    {
        const Sm4Key key = secretOf<16>(kKey);
        const Sm4Block plain = *fixedBytes<16>(kKey);
        const Sm4Block cipher = sm4EncryptBlock(key, plain);
        QCOMPARE(bytesOf(cipher), hex("681EDF34D206965E86B3E94F536E4246"));
        QCOMPARE(sm4DecryptBlock(key, cipher), plain);
    }

    void sm4Cbc_ofTheKnownAnswer_matches() // OpenSSL and Tongsuo, evpciph_sm4.txt; the padding's block follows
    {
        const Bytes cipher = sm4CbcEncrypt(secretOf<16>(kKey), *fixedBytes<16>(kKey), concat({kKey, kKey}));
        QCOMPARE(cipher.size(), std::size_t{48});
        QCOMPARE(Bytes(cipher.begin(), cipher.begin() + 32),
                 hex("2677F46B09C122CC975533105BD4A22AF6125F7275CE552C3A2BBCF533DE8A3B"));
    }

    void sm4Cbc_ofEveryLength_comesBack()
    {
        const Sm4Key key = secretOf<16>(kKey);
        const Sm4Block iv = m_random.bytes<16>("iv");
        for (std::size_t length = 0; length <= 50; ++length) {
            Bytes plain(length);
            m_random.fill(plain, "plain");
            const Bytes cipher = sm4CbcEncrypt(key, iv, plain);
            QCOMPARE(cipher.size(), length / 16 * 16 + 16);
            const auto back = sm4CbcDecrypt(key, iv, cipher);
            QVERIFY(back && sameBytes(back->expose(), plain));
        }
    }

    void sm4Cbc_ofAnotherForm_isRefused()
    {
        const Sm4Key key = secretOf<16>(kKey);
        const Sm4Block iv{};
        const Bytes cipher = sm4CbcEncrypt(key, iv, viewOf("some words"));
        QVERIFY(refusedAs(sm4CbcDecrypt(key, iv, {}), Errc::badInput));
        QVERIFY(refusedAs(sm4CbcDecrypt(key, iv, ByteView(cipher).first(15)), Errc::badInput));
        QVERIFY(refusedAs(sm4CbcDecrypt(key, iv, concat({cipher, Bytes{0}})), Errc::badInput));
        // A block whose last byte decrypts to 17, longer than any padding.
        Sm4Block ending{};
        ending[15] = 17;
        QVERIFY(refusedAs(sm4CbcDecrypt(key, Sm4Block{}, sm4EncryptBlock(key, ending)), Errc::tampered));
    }

    void aead_ofEveryLength_comesBack()
    {
        const AeadKey key = m_random.secret<32>("key");
        for (std::size_t length : {0u, 1u, 63u, 64u, 65u, 5000u}) {
            Bytes plain(length);
            m_random.fill(plain, "plain");
            const Bytes sealed = aeadSeal(key, plain, viewOf("context"), m_random);
            QCOMPARE(sealed.size(), length + kAeadNonceBytes + kAeadTagBytes);
            const auto back = aeadOpen(key, sealed, viewOf("context"));
            QVERIFY(back && sameBytes(back->expose(), plain));
        }
    }

    void aead_sealedTwice_differs()
    {
        const AeadKey key = m_random.secret<32>("key");
        QVERIFY(aeadSeal(key, viewOf("same"), {}, m_random) != aeadSeal(key, viewOf("same"), {}, m_random));
    }

    void aead_withAnythingChanged_isRefused()
    {
        const AeadKey key = m_random.secret<32>("key");
        const Bytes sealed = aeadSeal(key, viewOf("words"), viewOf("context"), m_random);
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            Bytes changed = sealed;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1);
            QVERIFY(refusedAs(aeadOpen(key, changed, viewOf("context")), Errc::tampered));
            QVERIFY(refusedAs(aeadOpen(key, ByteView(sealed).first(i), viewOf("context")), Errc::tampered));
        }
        QVERIFY(refusedAs(aeadOpen(key, concat({sealed, Bytes{0}}), viewOf("context")), Errc::tampered));
        QVERIFY(refusedAs(aeadOpen(key, sealed, viewOf("another")), Errc::tampered));
        QVERIFY(refusedAs(aeadOpen(m_random.secret<32>("key"), sealed, viewOf("context")), Errc::tampered));
    }
};

QTEST_GUILESS_MAIN(TestSymmetric)
#include "test_symmetric.moc"
