// A thief who holds all that the phone stores, every certificate's key, every past signature and every message
// that the cosigner ever sent before a right PIN: no PIN can be told from another. With one value that the phone must not store it
// falls at once, to the same search.
#include "tests/shield/threshold/thief.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;

namespace {

constexpr int kPins = 50;

// One key in one epoch, as it lies in the phone's file.
struct StoredKey {
    SharedKey key;
    ByteArray<32> b;
    ByteArray<32> salt;

    Scalar guess(int pin) const { return unblind(b, cheapPin(pin), key, salt)->expose(); }
    Bytes bytes() const { return concat({key.keyId(), key.p().bytes(), b, salt}); }
};

} // namespace

class TestThief : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    static constexpr int kPin = 37;
    static constexpr int kNewPin = 12;

    StoredKey stored(const SharedKey &key, const PhoneShare &share, int pin)
    {
        const auto salt = m_random.bytes<32>("salt");
        return {key, *blind(share, cheapPin(pin), key, salt), salt};
    }

    // What the phone went through, with all that passed between the halves.
    struct Life {
        Pair sign, encrypt;
        std::vector<StoredKey> files; // sign and encrypt key; then both after a refresh under the same PIN
        std::vector<Bytes> tbs;
        std::optional<Cosigned> cosigned;
        Bytes rho1, rho2, ref1, ref3; // of the refresh
        Scalar f;                     // of the sign key
    };

    Life live()
    {
        Pair sign = generate(KeyType::sign, m_random);
        Pair encrypt = generate(KeyType::encrypt, m_random);
        Life life{std::move(sign), std::move(encrypt), {}, {textBytes("login"), textBytes("bid")}, {}, {}, {}, {}, {}, {}};
        life.files.push_back(stored(life.sign.key, life.sign.phone, kPin));
        life.files.push_back(stored(life.encrypt.key, life.encrypt.phone, kPin)); // one PIN for both keys (R2, X8)
        life.cosigned = *runCosign(life.sign, life.tbs, m_random);

        std::vector<PhoneShare> shares;
        shares.push_back(life.sign.phoneShare());
        shares.push_back(life.encrypt.phoneShare());
        const std::vector<SharedKey> keys{life.sign.key, life.encrypt.key};
        auto ask = refresh::phoneAsk(Op::refresh, keys, std::move(shares), kSid, m_random);
        std::vector<ServerShare> halves;
        halves.push_back(std::move(life.sign.server));
        halves.push_back(std::move(life.encrypt.server));
        const auto proposal = refresh::serverPropose(Op::refresh, keys, halves, kSid, ask->rho1, ask->proofs, m_random);
        life.rho1 = bytesOf(ask->rho1);
        life.rho2 = bytesOf(proposal->rho2);
        life.ref1 = bytesOf(ask->proofs[0]);
        const auto renewed = refresh::phoneRenew(std::move(ask->state), proposal->rho2, m_random);
        life.ref3 = bytesOf(renewed->proofs[0]);
        for (std::size_t i = 0; i < 2; ++i)
            life.files.push_back(stored(renewed->keys[i], renewed->shares[i], kPin));
        life.f = renewed->shares[0].expose() * life.sign.phone.expose().inverse();
        life.sign.server = std::move(halves[0]);
        life.encrypt.server = std::move(halves[1]);
        return life;
    }

    static void takeAll(Thief &thief, const Life &life)
    {
        for (const StoredKey &file : life.files)
            thief.take(file.bytes());
        for (std::size_t i = 0; i < life.tbs.size(); ++i) {
            const auto &signature = (*life.cosigned->verdict)[i];
            thief.take(life.cosigned->points[i]);
            thief.take(signature);
            thief.published(life.sign.key, life.tbs[i], signature, *fixedBytes<65>(ByteView(life.cosigned->points[i]).first(65)));
        }
        thief.take(life.rho2);
        thief.heard(kSid);
    }

    static Guess guessOf(const std::vector<StoredKey> &files, int pin)
    {
        Guess guess;
        guess.words = {textBytes("pin " + std::to_string(pin)), bytesOf(cheapPin(pin).expose())};
        for (const StoredKey &file : files) {
            guess.salts.push_back(bytesOf(file.salt));
            guess.halves.push_back({&file.key, file.guess(pin)});
        }
        return guess;
    }

    static std::vector<int> pinsWithATrace(const Thief &thief, const std::vector<StoredKey> &files)
    {
        std::vector<int> pins;
        for (int pin = 0; pin < kPins; ++pin)
            if (!thief.traces(guessOf(files, pin)).empty()) pins.push_back(pin);
        return pins;
    }

private Q_SLOTS:
    void thief_withAllThatThePhoneStores_findsNoTraceOfAnyPin()
    {
        const Life life = live();
        Thief thief;
        thief.proofsAnywhere = true;
        takeAll(thief, life);
        QCOMPARE(thief.pastSignatures(), std::size_t{2});
        QCOMPARE(pinsWithATrace(thief, life.files), std::vector<int>());
    }

    // The same search finds the PIN as soon as the phone keeps one thing too many.
    void thief_withOneValueTooMany_findsThePin_data()
    {
        QTest::addColumn<QString>("trace");
        for (const char *trace : {"P1", "2^64 P1", "P2", "u1", "d1", "d1 G", "PIN", "f", "R1 | s1", "PIN proof", "one share twice",
                                  "s1 G"})
            QTest::newRow(trace) << trace;
        for (const char *other : {"SIGN's item", "REF1's proof", "REF3's proof", "checksum", "checksum under the salt", "hash of u1",
                                  "hash of P1"})
            QTest::newRow(other) << other;
    }
    void thief_withOneValueTooMany_findsThePin()
    {
        QFETCH(const QString, trace);
        Life life = live();
        Thief thief;
        thief.proofsAnywhere = trace.startsWith("REF");
        takeAll(thief, life);
        const Scalar u1 = life.sign.phone.expose();
        const auto &item = life.cosigned->items[0].share;
        const auto s1 = *Scalar::parse(ByteView(item).subspan(97));
        std::string name = trace.toStdString();
        const auto keep = [&](std::initializer_list<ByteView> parts) { thief.take(concat(parts)); };
        const Bytes stretched = bytesOf(cheapPin(kPin).expose());
        if (trace == "P1") keep({ByteView(life.sign.server.exposeEncodedP1().bytes()).subspan(1, 32)});
        if (trace == "2^64 P1") keep({encoded(life.encrypt.server.exposeHighP1()).bytes()});
        if (trace == "P2") keep({encoded(crypto::mulBase(life.encrypt.server.exposeU2())).bytes()});
        if (trace == "u1") keep({ByteView(u1.bytes()).first(8)});
        if (trace == "d1") keep({u1.inverse().bytes()});
        if (trace == "d1 G") keep({encoded(crypto::mulBase(u1.inverse())).bytes()});
        if (trace == "PIN") keep({stretched});
        if (trace == "f") keep({life.f.bytes()});
        if (trace == "s1 G") keep({encoded(crypto::mulBase(s1)).bytes()});
        if (trace == "R1 | s1") keep({ByteView(item).first(65), s1.bytes()});
        if (trace == "checksum") keep({ByteView(crypto::sm3(stretched)).first(8)}), name = "PIN";
        if (trace == "hash of u1") keep({crypto::hmacSm3(u1.bytes(), ByteView())}), name = "u1";
        if (trace == "hash of P1") keep({crypto::sm3(life.sign.server.exposeEncodedP1().bytes())}), name = "P1";
        if (trace == "one share twice") // a change of the file without a change of the share
            life.files.push_back(stored(*life.files[2].key.nextEpoch(), PhoneShare(life.files[2].guess(kPin)), kPin));
        if (trace == "PIN proof") {
            const auto ciphertext = *crypto::sm2Encrypt(life.encrypt.key.p().point(), textBytes("bid"), m_random);
            const auto ask = decrypt::phoneAsk(life.encrypt.key, kSid, {ciphertext}, life.encrypt.phoneShare(),
                                               decrypt::Blinding::random, m_random);
            keep({ask->asks[0]}); // T1 | c | z
        }
        if (trace == "SIGN's item") keep({item}), name = "R1 | s1";
        if (trace == "REF1's proof") keep({life.rho1, life.ref1}), name = "PIN proof";
        if (trace == "REF3's proof") keep({life.rho2, life.ref3}), name = "PIN proof";
        if (trace == "checksum under the salt")
            keep({ByteView(crypto::sm3({life.files[0].salt, textBytes("pin 37")})).last(8)}), name = "PIN";

        QCOMPARE(pinsWithATrace(thief, life.files), std::vector<int>{kPin});
        const auto traces = thief.traces(guessOf(life.files, kPin));
        QVERIFY2(traces.contains(name), traces.begin()->c_str());
    }

    // Two files under different PINs: each pair of guesses predicts a refresh factor. Kept, it tells both PINs; gone (R7), nothing does.
    void thief_withTwoFilesUnderTwoPins_findsThePairOnlyByTheFactor()
    {
        const Life life = live();
        const StoredKey &before = life.files[0];
        const StoredKey after = stored(life.files[2].key, PhoneShare(life.files[2].guess(kPin)), kNewPin);
        const auto pairs = [&](const Thief &thief) {
            std::vector<Scalar> newer;
            for (int pin = 0; pin < kPins; ++pin)
                newer.push_back(after.guess(pin));
            std::vector<std::pair<int, int>> found;
            for (int pin = 0; pin < kPins; ++pin) {
                const Scalar inverse = before.guess(pin).inverse();
                for (int newPin = 0; newPin < kPins; ++newPin) {
                    const Scalar f = newer[static_cast<std::size_t>(newPin)] * inverse;
                    if (f == Scalar::one() || thief.lies(f.bytes())) found.emplace_back(pin, newPin);
                }
            }
            return found;
        };
        Thief thief;
        takeAll(thief, life);
        thief.take(after.bytes());
        QVERIFY(pairs(thief).empty());
        thief.take(life.f.bytes());
        QCOMPARE(pairs(thief), (std::vector<std::pair<int, int>>{{kPin, kNewPin}}));
    }

    void wrongPins_yieldAsManyDifferentShares() // no PIN is visibly out of range or equal to another
    {
        const Pair sign = generate(KeyType::sign, m_random);
        const StoredKey file = stored(sign.key, sign.phone, kPin);
        std::set<std::string> shares;
        for (int pin = 0; pin < kPins; ++pin)
            shares.insert(toHex(file.guess(pin).bytes()));
        QCOMPARE(shares.size(), std::size_t{kPins});
    }
};

QTEST_GUILESS_MAIN(TestThief)
#include "test_thief.moc"
