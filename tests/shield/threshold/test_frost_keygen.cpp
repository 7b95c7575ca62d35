// Key generation and blinding of suite 2: each check of PROTOCOL 4.2, 4.3 and 4.8, broken once.
#include "shield/threshold/frost_keygen_transcript.h"
#include "shield/threshold/frost_transcript.h"
#include "tests/shield/threshold/frost_parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using threshold::KeyType;

namespace keygen = frost::keygen;

class TestFrostKeygen : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;

    keygen::Start start() { return keygen::phoneStart(kAcct, m_random); }
    // KG2 from a server with x2, over the context of that start.
    ByteArray<112> kg2From(const keygen::PhoneStarted &state, const EdScalar &x2,
                           std::string_view tag = "kg-pok2", const Acct &acct = kAcct)
    {
        const auto ns = m_random.bytes<32>("ns");
        const EdPoint image = mulBase(x2);
        const auto proof =
            frost::prove(tag, keygen::contextOf(acct, state.np, ns), x2, image, randomEdScalar(m_random));
        return *fixedBytes<112>(concat({ns, image.bytes(), proof}));
    }
    bool phoneRefuses(ByteView kg2)
    {
        auto begun = start();
        return refusedAs(keygen::phoneFinish(std::move(begun.state), kg2, m_random), Errc::tampered);
    }
    // Runs a generation up to KG3, changes KG3, and shows it to the server.
    template <typename Change> Result<keygen::ServerAccepted> acceptChanged(Change change)
    {
        auto begun = start();
        auto answer = keygen::serverAnswer(begun.kg1, kAcct, m_random);
        auto finished = keygen::phoneFinish(std::move(begun.state), answer->kg2, m_random);
        return keygen::serverAccept(std::move(answer->state), change(finished->kg3));
    }

private Q_SLOTS:
    void keygen_ofTwoHonestHalves_yieldsOneKey()
    {
        const FrostPair pair = generateFrost(m_random);
        const EdScalar secret = EdScalar::fromWord(2) * pair.phone.expose() - pair.server.exposeS2();
        QVERIFY(mulBase(secret) == pair.key.y());
        QVERIFY(mulBase(pair.phone.expose()) == pair.server.exposeY1());
        QCOMPARE(pair.key.keyId(), frost::keyIdOf(pair.key.y().bytes()));
        QCOMPARE(pair.key.epoch(), 0U);
    }

    void outerHash_ofSuiteTwo_isAnotherThanSuiteOnes()
    {
        QVERIFY(frost::hash("tag", {viewOf("x")}) != threshold::hash("tag", {viewOf("x")}));
        // One byte moved between fields is another transcript.
        QVERIFY(frost::hash("tag", {viewOf("ab"), viewOf("c")}) !=
                frost::hash("tag", {viewOf("a"), viewOf("bc")}));
        QVERIFY(!(frost::hashToScalar("a", {}) == frost::hashToScalar("b", {})));
        QVERIFY(!(frost::hashToScalar("a", {}) == frost::hashToNonzero("a", {})));
    }

    void kg1_ofAnotherLengthSuiteTypeOrAcct_isRefused()
    {
        const auto kg1 = start().kg1;
        const auto refuses = [&](ByteView bytes) {
            return refusedAs(keygen::serverAnswer(bytes, kAcct, m_random), Errc::tampered);
        };
        QVERIFY(keygen::serverAnswer(kg1, kAcct, m_random));
        QVERIFY(refuses(ByteView(kg1).first(81)));
        QVERIFY(refuses(concat({kg1, ByteArray<1>{}})));
        QVERIFY(refuses({}));
        QVERIFY(refuses(replaced(kg1, 0, hex("01"))));
        QVERIFY(refuses(replaced(kg1, 1, hex("02"))));
        QVERIFY(refuses(flipped(kg1, 2)));
        // Neither suite takes the other's KG1.
        QVERIFY(
            refusedAs(threshold::keygen::serverAnswer(kg1, KeyType::sign, kAcct, m_random), Errc::tampered));
        QVERIFY(refuses(threshold::keygen::phoneStart(KeyType::sign, kAcct, m_random)->kg1));
    }

    void kg2_withPointThatIsNone_isRefused()
    {
        auto begun = start();
        const auto kg2 = kg2From(begun.state, randomEdScalar(m_random));
        for (const Bytes &bad : badEdPoints())
            QVERIFY(phoneRefuses(replaced(kg2, 32, bad)));
        QVERIFY(phoneRefuses(ByteView(kg2).first(111)));
        QVERIFY(phoneRefuses(concat({kg2, ByteArray<1>{}})));
        QVERIFY(phoneRefuses({}));
    }

    void kg2_withWrongProof_isRefused()
    {
        const EdScalar x2 = randomEdScalar(m_random);
        const auto refuses = [&](auto make) {
            auto begun = start();
            return refusedAs(keygen::phoneFinish(std::move(begun.state), make(begun.state), m_random),
                             Errc::tampered);
        };
        const auto honest = [&](const keygen::PhoneStarted &state) { return kg2From(state, x2); };
        auto begun = start();
        QVERIFY(keygen::phoneFinish(std::move(begun.state), honest(begun.state), m_random));
        for (const std::size_t at : {0U, 64U, 79U, 80U, 111U}) // ns, c, z
            QVERIFY(refuses([&](const keygen::PhoneStarted &state) { return flipped(honest(state), at); }));
        for (const Bytes &bad : badEdScalars())
            QVERIFY(
                refuses([&](const keygen::PhoneStarted &state) { return replaced(honest(state), 80, bad); }));
        QVERIFY(refuses([&](const keygen::PhoneStarted &state) { return kg2From(state, x2, "kg-pok1"); }));
        QVERIFY(
            refuses([&](const keygen::PhoneStarted &state) { return kg2From(state, x2, "kg-pok2", Acct{}); }));
        // The proof of another conversation (another np).
        const auto other = start();
        QVERIFY(refuses([&](const keygen::PhoneStarted &) { return honest(other.state); }));
        // An X2 whose x2 the server does not know.
        QVERIFY(refuses([&](const keygen::PhoneStarted &state) {
            return replaced(honest(state), 32, mulBase(randomEdScalar(m_random)).bytes());
        }));
        // A proof of nothing: c and z zero, so that the commitment would be the identity.
        QVERIFY(refuses(
            [&](const keygen::PhoneStarted &state) { return replaced(honest(state), 64, ByteArray<48>{}); }));
    }

    void kg2_thatMakesYTheIdentity_isRefused()
    {
        auto begun = start();
        const EdScalar x1 = *keygen::PhoneStarted(std::move(begun.state)).x1.spend();
        auto again = start();
        again.state.x1 = frost::UnpairedShare(x1);
        again.state.image = mulBase(x1);
        const auto kg2 = kg2From(again.state, -x1);
        QVERIFY(refusedAs(keygen::phoneFinish(std::move(again.state), kg2, m_random), Errc::tampered));
    }

    void kg2_aSecondTime_isRefused()
    {
        auto begun = start();
        const auto kg2 = kg2From(begun.state, randomEdScalar(m_random));
        QVERIFY(keygen::phoneFinish(std::move(begun.state), kg2, m_random));
        QVERIFY(refusedAs(keygen::phoneFinish(std::move(begun.state), kg2, m_random), Errc::badState));
    }

    void kg3_changedAnywhere_isRefused()
    {
        using Kg3 = ByteArray<144>;
        QVERIFY(acceptChanged([](const Kg3 &kg3) { return kg3; }));
        for (const std::size_t at :
             {0U, 31U, 32U, 63U, 64U, 79U, 80U, 111U, 112U, 143U}) // X1, rho, c, z, key_id
            QVERIFY(refusedAs(acceptChanged([&](const Kg3 &kg3) { return flipped(kg3, at); }), Errc::tampered));
        for (const Bytes &bad : badEdPoints())
            QVERIFY(refusedAs(acceptChanged([&](const Kg3 &kg3) { return replaced(kg3, 0, bad); }),
                              Errc::tampered));
        for (const Bytes &bad : badEdScalars())
            QVERIFY(refusedAs(acceptChanged([&](const Kg3 &kg3) { return replaced(kg3, 80, bad); }),
                              Errc::tampered));
        QVERIFY(refusedAs(acceptChanged([](const Kg3 &kg3) { return bytesOf(ByteView(kg3).first(143)); }),
                          Errc::tampered));
        QVERIFY(refusedAs(acceptChanged([](const Kg3 &) { return Bytes(); }), Errc::tampered));
    }

    void kg3_withPointChosenAfterX2_isRefused()
    {
        auto begun = start();
        auto answer = keygen::serverAnswer(begun.kg1, kAcct, m_random);
        const EdScalar x1 = randomEdScalar(m_random);
        const auto ns = *fixedBytes<32>(ByteView(answer->kg2).first(32));
        const EdPoint image = mulBase(x1);
        const auto proof = frost::prove(keygen::kPhoneTag, keygen::contextOf(kAcct, begun.state.np, ns), x1,
                                        image, randomEdScalar(m_random));
        const auto key = keygen::keyOf(kAcct, image, *EdPoint::parse(ByteView(answer->kg2).subspan(32, 32)));
        const auto kg3 = concat({image.bytes(), begun.state.rho.expose(), proof, key->keyId()});
        QVERIFY(refusedAs(keygen::serverAccept(std::move(answer->state), kg3), Errc::tampered));
    }

    void kg3_thatMakesYTheIdentity_isRefused()
    {
        // A phone that knows x2 beforehand, as a server that leaks it would let it.
        auto begun = start();
        const auto answer = keygen::serverAnswer(begun.kg1, kAcct, m_random);
        const EdScalar x2 = randomEdScalar(m_random);
        const EdPoint image = mulBase(-x2);
        const auto np = m_random.bytes<32>("np"), ns = m_random.bytes<32>("ns"),
                   rho = m_random.bytes<32>("rho");
        keygen::ServerStarted state{
            kAcct, frost::UnpairedShare(x2), mulBase(x2), np, ns, keygen::commitmentOf(kAcct, np, image, rho)};
        const auto proof = frost::prove(keygen::kPhoneTag, keygen::contextOf(kAcct, np, ns), -x2, image,
                                        randomEdScalar(m_random));
        const auto kg3 = concat({image.bytes(), rho, proof, ByteArray<32>{}});
        const auto accepted = keygen::serverAccept(std::move(state), kg3);
        QVERIFY(refusedAs(accepted, Errc::tampered));
        QCOMPARE(accepted.error().what.text(), "Y is the identity");
    }

    void kg3_aSecondTime_isRefused()
    {
        auto begun = start();
        auto answer = keygen::serverAnswer(begun.kg1, kAcct, m_random);
        auto finished = keygen::phoneFinish(std::move(begun.state), answer->kg2, m_random);
        QVERIFY(keygen::serverAccept(std::move(answer->state), finished->kg3));
        QVERIFY(refusedAs(keygen::serverAccept(std::move(answer->state), finished->kg3), Errc::badState));
    }

    void publicKey_thatIsNoPoint_isRefused()
    {
        for (const Bytes &bad : badEdPoints())
            QVERIFY(refusedAs(frost::SharedKey::of(bad, kAcct, 0), Errc::badInput));
        const FrostPair pair = generateFrost(m_random);
        const auto last = frost::SharedKey::of(pair.key.y().bytes(), kAcct, 0xffffffffU);
        QVERIFY(last && refusedAs(last->nextEpoch(), Errc::badState));
        QCOMPARE(pair.key.nextEpoch()->epoch(), 1U);
    }

    void serverShare_atRest_comesBackOrIsRefused()
    {
        const FrostPair pair = generateFrost(m_random);
        const auto secret = pair.server.secretBytes();
        QVERIFY(secret);
        const auto bytes = *fixedBytes<64>(secret->expose());
        auto back = frost::ServerShare::fromBytes(bytes);
        QVERIFY(back && back->exposeS2() == pair.server.exposeS2() &&
                back->exposeY1() == pair.server.exposeY1());
        QVERIFY(refusedAs(frost::ServerShare::fromBytes(ByteView(bytes).first(63)), Errc::tampered));
        QVERIFY(refusedAs(frost::ServerShare::fromBytes(replaced(bytes, 0, Bytes(32))), Errc::tampered));
        for (const Bytes &bad : badEdScalars())
            QVERIFY(refusedAs(frost::ServerShare::fromBytes(replaced(bytes, 0, bad)), Errc::tampered));
        for (const Bytes &bad : badEdPoints())
            QVERIFY(refusedAs(frost::ServerShare::fromBytes(replaced(bytes, 32, bad)), Errc::tampered));
        QVERIFY(refusedAs(frost::ServerShare::of(EdScalar(), pair.key), Errc::badInput));
        const frost::ServerShare moved = std::move(*back);
        QVERIFY(!moved.isEmpty() && back->isEmpty());
        QVERIFY(refusedAs(back->secretBytes(), Errc::badState));
    }

    void blinding_withTheRightPin_comesBack()
    {
        const FrostPair pair = generateFrost(m_random);
        const auto salt = m_random.bytes<32>("salt");
        const auto b = frost::blind(pair.phone, cheapPin(7), pair.key, salt);
        QVERIFY(b);
        QVERIFY(*b != pair.phone.expose().bytes());
        const auto same = frost::unblind(*b, cheapPin(7), pair.key, salt);
        QVERIFY(same && same->expose() == pair.phone.expose());
    }

    void blinding_withAnotherPinKeyEpochOrSalt_yieldsAnotherShare()
    {
        const FrostPair pair = generateFrost(m_random);
        const FrostPair other = generateFrost(m_random);
        const auto salt = m_random.bytes<32>("salt");
        const auto b = *frost::blind(pair.phone, cheapPin(7), pair.key, salt);
        const auto differs = [&](const Result<frost::PhoneShare> &share) {
            return share && !share->isEmpty() && !(share->expose() == pair.phone.expose());
        };
        QVERIFY(differs(frost::unblind(b, cheapPin(8), pair.key, salt)));
        QVERIFY(differs(frost::unblind(b, cheapPin(7), other.key, salt)));
        QVERIFY(differs(frost::unblind(b, cheapPin(7), *pair.key.nextEpoch(), salt)));
        QVERIFY(differs(frost::unblind(b, cheapPin(7), pair.key, m_random.bytes<32>("salt"))));
    }

    void unblind_ofAValueNotBelowL_isRefused()
    {
        const FrostPair pair = generateFrost(m_random);
        for (const Bytes &bad : badEdScalars())
            QVERIFY(refusedAs(frost::unblind(*fixedBytes<32>(bad), cheapPin(1), pair.key, {}), Errc::tampered));
        auto used = pair.phoneShare();
        const frost::PhoneShare taken = std::move(used);
        QVERIFY(refusedAs(frost::blind(used, cheapPin(1), pair.key, {}), Errc::badState));
    }

    void unblind_toZero_yieldsOne()
    {
        const FrostPair pair = generateFrost(m_random);
        const auto bOfOne = *frost::blind(frost::PhoneShare(EdScalar::fromWord(1)), cheapPin(3), pair.key, {});
        const auto bOfZero = (*EdScalar::parseOrZero(bOfOne) - EdScalar::fromWord(1)).bytes();
        const auto share = frost::unblind(bOfZero, cheapPin(3), pair.key, {});
        QVERIFY(share && share->expose() == EdScalar::fromWord(1));
    }

    // What a thief has: b, Y, everything published. Every PIN is consistent with it; with Y1 it falls at once.
    void everyPin_isConsistentWithWhatThePhoneStores_untilY1IsKnown()
    {
        const FrostPair pair = generateFrost(m_random);
        const auto b = *frost::blind(pair.phone, cheapPin(42), pair.key, {});
        int fitting = 0;
        for (int guess = 0; guess < 100; ++guess) {
            const auto share = frost::unblind(b, cheapPin(guess), pair.key, {});
            QVERIFY(share);
            if (mulBase(share->expose()) == pair.server.exposeY1()) ++fitting;
        }
        QCOMPARE(fitting, 1);
    }
};

QTEST_GUILESS_MAIN(TestFrostKeygen)
#include "test_frost_keygen.moc"
