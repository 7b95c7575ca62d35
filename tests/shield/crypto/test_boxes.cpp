// Ed25519, sealed boxes, PIN stretching.
#include "shield/crypto/ed25519.h"
#include "shield/crypto/pin_stretch.h"
#include "shield/crypto/sealed_box.h"
#include "tests/support/fakes.h"

#include <QtTest>
#include <sodium.h>

using namespace hufu;
using namespace hufu::crypto;
using namespace hufu::tests;

namespace {

template <std::size_t N> Secret<N> secretOf(Bytes bytes)
{
    return Secret<N>::adopt(std::span<std::uint8_t, N>(bytes));
}

template <typename T> bool refusedAs(const Result<T> &result, Errc code)
{
    return !result && result.error().code == code;
}

} // namespace

class TestBoxes : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;

private Q_SLOTS:
    void ed25519_ofTheStandardsExample_matches() // RFC 8032 7.1, test 2
    {
        const Ed25519Key key = Ed25519Key::fromSeed(
            secretOf<32>(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
        QCOMPARE(bytesOf(key.publicKey()),
                 hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        QCOMPARE(bytesOf(key.sign(Bytes{0x72})),
                 hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    }

    void ed25519_storedSeed_makesTheSameKey()
    {
        const Ed25519Key key = Ed25519Key::generate(m_random);
        QCOMPARE(Ed25519Key::fromSeed(key.seed()).publicKey(), key.publicKey());
        QVERIFY(Ed25519Key::generate(m_random).publicKey() != key.publicKey());
    }

    void ed25519_withAnythingChanged_isRefused()
    {
        const Ed25519Key key = Ed25519Key::generate(m_random);
        const Ed25519Key other = Ed25519Key::generate(m_random);
        const Bytes message = bytesOf(viewOf("frame"));
        const Ed25519Signature signature = key.sign(message);
        QVERIFY(ed25519Verify(key.publicKey(), message, signature));
        for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
            Ed25519Signature changed = signature;
            changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1 << bit % 8);
            QVERIFY(refusedAs(ed25519Verify(key.publicKey(), message, changed), Errc::tampered));
        }
        QVERIFY(refusedAs(ed25519Verify(key.publicKey(), viewOf("frames"), signature), Errc::tampered));
        QVERIFY(refusedAs(ed25519Verify(other.publicKey(), message, signature), Errc::tampered));
        QVERIFY(refusedAs(ed25519Verify(Bytes(32, 0), message, signature), Errc::tampered)); // small order
    }

    void ed25519_ofAnotherLength_isRefused()
    {
        const Ed25519Key key = Ed25519Key::generate(m_random);
        const Ed25519Signature signature = key.sign({});
        QVERIFY(ed25519Verify(key.publicKey(), {}, signature));
        QVERIFY(refusedAs(ed25519Verify(ByteView(key.publicKey()).first(31), {}, signature), Errc::badInput));
        QVERIFY(refusedAs(ed25519Verify(key.publicKey(), {}, ByteView(signature).first(63)), Errc::badInput));
        QVERIFY(refusedAs(ed25519Verify({}, {}, {}), Errc::badInput));
    }

    void box_sealedByUs_opensWithBoth()
    {
        const BoxKey key = BoxKey::generate(m_random);
        for (std::size_t length : {0u, 1u, 100u}) {
            Bytes plain(length);
            m_random.fill(plain, "plain");
            const auto sealed = sealBox(key.publicKey(), plain, m_random);
            QVERIFY(sealed);
            QCOMPARE(sealed->size(), length + kBoxOverheadBytes);
            const auto opened = openBox(key, *sealed);
            QVERIFY(opened && sameBytes(opened->expose(), plain));
            Bytes bySodium(length);
            QCOMPARE(crypto_box_seal_open(bySodium.data(), sealed->data(), sealed->size(),
                                          key.publicKey().data(), key.secretKey().expose().data()),
                     0);
            QCOMPARE(bySodium, plain);
        }
    }

    void box_sealedByLibsodium_opens()
    {
        const BoxKey key = BoxKey::fromSecret(BoxKey::generate(m_random).secretKey());
        const Bytes plain = bytesOf(viewOf("one-time key"));
        Bytes sealed(plain.size() + crypto_box_SEALBYTES);
        crypto_box_seal(sealed.data(), plain.data(), plain.size(), key.publicKey().data());
        const auto opened = openBox(key, sealed);
        QVERIFY(opened && sameBytes(opened->expose(), plain));
    }

    void box_withAnythingChanged_isRefused()
    {
        const BoxKey key = BoxKey::generate(m_random);
        const auto sealed = sealBox(key.publicKey(), viewOf("words"), m_random);
        for (std::size_t i = 0; i < sealed->size(); ++i) {
            Bytes changed = *sealed;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1);
            QVERIFY(refusedAs(openBox(key, changed), Errc::tampered));
            QVERIFY(refusedAs(openBox(key, ByteView(*sealed).first(i)), Errc::tampered));
        }
        QVERIFY(refusedAs(openBox(BoxKey::generate(m_random), *sealed), Errc::tampered));
    }

    void box_forAKeyOfSmallOrder_isRefused()
    {
        QVERIFY(refusedAs(sealBox(BoxPublicKey{}, viewOf("words"), m_random), Errc::badInput));
    }

    void pinStretch_ofKnownAnswer_matches() // the reference program: argon2 SALT -id -t 2 -k 1024 -p 1 -l 32 -r
    {
        const auto key = stretchPin(secretOf<32>(Bytes(32, 0x01)), *fixedBytes<16>(Bytes(16, 0x02)), {1024, 2});
        QVERIFY(key);
        QCOMPARE(bytesOf(key->expose()),
                 hex("d0812f1bb79abe863bbc7c99618372394c392388f6b3377f5f88df03a17d89c1"));
    }

    void pinStretch_dependsOnEverything()
    {
        const ByteArray<16> salt{};
        const auto stretched = [](std::uint8_t password, const ByteArray<16> &with, PinStretch parameters) {
            return toHex(stretchPin(secretOf<32>(Bytes(32, password)), with, parameters)->expose());
        };
        const std::string base = stretched(1, salt, {8, 1});
        QCOMPARE(stretched(1, salt, {8, 1}), base);
        QVERIFY(stretched(2, salt, {8, 1}) != base);
        QVERIFY(stretched(1, {1}, {8, 1}) != base);
        QVERIFY(stretched(1, salt, {9, 1}) != base);
        QVERIFY(stretched(1, salt, {8, 2}) != base);
    }

    void pinStretch_outOfRange_isRefused()
    {
        const Secret<32> password;
        const ByteArray<16> salt{};
        QCOMPARE(PinStretch().memoryKiB, 65'536u);
        QCOMPARE(PinStretch().passes, 3u);
        for (const PinStretch &parameters :
             {PinStretch{7, 1}, PinStretch{0, 1}, PinStretch{1024 * 1024 + 1, 1}, PinStretch{8, 0},
              PinStretch{8, 65}, PinStretch{0xffffffff, 0xffffffff}})
            QVERIFY(refusedAs(stretchPin(password, salt, parameters), Errc::badInput));
    }
};

QTEST_GUILESS_MAIN(TestBoxes)
#include "test_boxes.moc"
