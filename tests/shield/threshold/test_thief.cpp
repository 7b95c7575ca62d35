// A thief who holds all that the phone stores, every certificate's key, every past signature and every message
// that the cosigner ever sent before a right PIN: no PIN can be told from another. With P1 it falls at once.
#include "shield/crypto/sm2.h"
#include "tests/shield/threshold/parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;

namespace {

constexpr int kPins = 100;

// One key in one epoch, as it lies in the phone's file.
struct StoredKey {
    SharedKey key;
    ByteArray<32> b;
    ByteArray<32> salt;
};

// A conversation as the thief has it: the cosigner's challenge, and the signature that was published.
struct PastSession {
    Bytes tbs;
    ByteArray<113> point;
    ByteArray<64> signature;
};

struct Loot {
    std::vector<StoredKey> keys; // also older snapshots
    std::vector<PastSession> past;
};

// The program of the thief. For each PIN it derives the shares and looks for a contradiction in all it holds.
class BruteForce {
public:
    explicit BruteForce(const Loot &loot) : m_loot(loot)
    {
        const Point &p = loot.keys.front().key.p().point();
        for (const PastSession &session : loot.past) {
            const auto r = Scalar::parse(ByteView(session.signature).first(32));
            const auto s = Scalar::parse(ByteView(session.signature).subspan(32));
            const auto nonce = crypto::sm2VerifyVartime(p, *crypto::sm2E(p, session.tbs), *r, *s);
            const auto q2 = Point::parse(ByteView(session.point).first(65));
            m_demanded.push_back(*nonce - *q2 + crypto::mulBase(*r));
        }
    }

    // What else it got hold of: P1 of the first key.
    std::optional<Point> p1;

    std::vector<int> consistentPins() const
    {
        std::vector<int> pins;
        for (int pin = 0; pin < kPins; ++pin)
            if (isConsistent(pin)) pins.push_back(pin);
        return pins;
    }

private:
    bool isConsistent(int pin) const
    {
        for (const StoredKey &stored : m_loot.keys) {
            const auto share = unblind(stored.b, cheapPin(pin), stored.key, stored.salt);
            if (!share || share->isEmpty()) return false;
            // The one u2 that this guess leaves: u2 G must be a point of the group with u1 (u2 G) = B.
            const Point p2 = mul(share->expose().inverse(), stored.key.base().point());
            if (p2.isInfinity() || !(mul(share->expose(), p2) == stored.key.base().point())) return false;
        }
        for (const Point &demanded : m_demanded)
            if (!fits(demanded, pin)) return false;
        if (!p1) return true;
        const StoredKey &first = m_loot.keys.front();
        return crypto::mulBase(unblind(first.b, cheapPin(pin), first.key, first.salt)->expose()) == *p1;
    }
    // For every guess of u1 there is an s1 that the cosigner would have taken and that leads to the same
    // signature: R1 = R - Q2 is fixed by what is public, and s1' P1' = R1 + r G has a solution for every P1' =
    // u1' G.
    bool fits(const Point &demanded, int pin) const
    {
        const StoredKey &stored = m_loot.keys.front();
        const auto share = unblind(stored.b, cheapPin(pin), stored.key, stored.salt);
        return !mul(share->expose().inverse(), demanded).isInfinity(); // s1' G
    }

    const Loot &m_loot;
    std::vector<Point> m_demanded; // R1 + r G of each past session
};

} // namespace

class TestThief : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    static constexpr int kPin = 77;
    static constexpr int kNewPin = 42;

    StoredKey stored(const SharedKey &key, const PhoneShare &share, int pin)
    {
        const auto salt = m_random.bytes<32>("salt");
        return {key, *blind(share, cheapPin(pin), key, salt), salt};
    }

private Q_SLOTS:
    void thief_withAllThatThePhoneStores_findsEveryPinConsistent()
    {
        const Pair sign = generate(KeyType::sign, m_random);
        const Pair encrypt = generate(KeyType::encrypt, m_random);
        Loot loot;
        loot.keys.push_back(stored(sign.key, sign.phone, kPin));
        loot.keys.push_back(stored(encrypt.key, encrypt.phone, kPin)); // one PIN for both keys (R2, X8)
        const std::vector<Bytes> tbs{textBytes("login"), textBytes("bid"), textBytes("contract")};
        const auto done = runCosign(sign, tbs, m_random);
        QVERIFY(done && done->verdict);
        for (std::size_t i = 0; i < tbs.size(); ++i)
            loot.past.push_back({tbs[i], done->points[i], (*done->verdict)[i]});

        // And the file of the next epoch, under another PIN: the factor is gone on both sides (X2).
        std::vector<PhoneShare> shares;
        shares.push_back(sign.phoneShare());
        auto ask = refresh::phoneAsk(Op::pinChange, {sign.key}, std::move(shares), kSid, m_random);
        const auto proposal =
            refresh::serverPropose(Op::pinChange, std::span(&sign.key, 1), std::span(&sign.server, 1), kSid,
                                   ask->rho1, ask->proofs, m_random);
        const auto renewed = refresh::phoneRenew(std::move(ask->state), proposal->rho2, m_random);
        loot.keys.push_back(stored(renewed->keys[0], renewed->shares[0], kNewPin));

        BruteForce program(loot);
        QCOMPARE(program.consistentPins().size(), std::size_t{kPins});

        program.p1 = sign.server.exposeP1();
        QCOMPARE(program.consistentPins(), std::vector<int>{kPin});
    }

    void thief_withP1OfThePresentEpoch_findsTheNewPin()
    {
        const Pair sign = generate(KeyType::sign, m_random);
        Loot loot;
        loot.keys.push_back(stored(sign.key, sign.phone, kNewPin));
        BruteForce program(loot);
        QCOMPARE(program.consistentPins().size(), std::size_t{kPins});
        program.p1 = crypto::mulBase(sign.phone.expose());
        QCOMPARE(program.consistentPins(), std::vector<int>{kNewPin});
    }

    void wrongPins_yieldAsManyDifferentShares() // no PIN is visibly out of range or equal to another
    {
        const Pair sign = generate(KeyType::sign, m_random);
        const StoredKey file = stored(sign.key, sign.phone, kPin);
        std::set<std::string> shares;
        for (int pin = 0; pin < kPins; ++pin)
            shares.insert(toHex(unblind(file.b, cheapPin(pin), file.key, file.salt)->expose().bytes()));
        QCOMPARE(shares.size(), std::size_t{kPins});
    }
};

QTEST_GUILESS_MAIN(TestThief)
#include "test_thief.moc"
