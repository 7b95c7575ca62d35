// Key generation and blinding: each check of PROTOCOL 4.2 and 4.3, broken once.
#include "shield/threshold/keygen_transcript.h"
#include "tests/shield/threshold/parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;

class TestKeygen : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;

    keygen::Start start(KeyType type = KeyType::sign) { return *keygen::phoneStart(type, kAcct, m_random); }
    // KG2 from a server with u2, over the context of that start.
    ByteArray<145> kg2From(const keygen::PhoneStarted &state, const Scalar &u2,
                           std::string_view tag = "kg-pok2", const Acct &acct = kAcct,
                           KeyType type = KeyType::sign)
    {
        const auto ns = m_random.bytes<32>("ns");
        const EncodedPoint p2 = encoded(crypto::mulBase(u2));
        const auto proof = prove(tag, keygen::contextOf(type, acct, state.np, ns), u2,
                                 EncodedPoint::generator(), p2, randomScalar(m_random));
        return *fixedBytes<145>(concat({ns, p2.bytes(), *proof}));
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
        auto answer = keygen::serverAnswer(begun.kg1, KeyType::sign, kAcct, m_random);
        auto finished = keygen::phoneFinish(std::move(begun.state), answer->kg2, m_random);
        return keygen::serverAccept(std::move(answer->state), change(finished->kg3));
    }

private Q_SLOTS:
    void keygen_ofTwoHonestHalves_yieldsOneKey()
    {
        const Pair pair = generate(KeyType::encrypt, m_random);
        const Scalar product = pair.phone.expose() * pair.server.exposeU2();
        QVERIFY(crypto::mulBase(product) == pair.key.base().point());
        QVERIFY(crypto::mulBase(pair.phone.expose()) == pair.server.exposeP1());
        QCOMPARE(pair.key.keyId(), keyIdOf(KeyType::encrypt, pair.key.p().bytes()));
        QVERIFY(keyIdOf(KeyType::sign, pair.key.p().bytes()) != pair.key.keyId());
    }

    void kg1_ofAnotherLengthSuiteTypeOrAcct_isRefused()
    {
        const auto kg1 = start().kg1;
        const auto refuses = [&](ByteView bytes) {
            return refusedAs(keygen::serverAnswer(bytes, KeyType::sign, kAcct, m_random), Errc::tampered);
        };
        QVERIFY(keygen::serverAnswer(kg1, KeyType::sign, kAcct, m_random));
        QVERIFY(refuses(ByteView(kg1).first(81)));
        QVERIFY(refuses(concat({kg1, ByteArray<1>{}})));
        QVERIFY(refuses({}));
        QVERIFY(refuses(replaced(kg1, 0, hex("02"))));
        QVERIFY(refuses(replaced(kg1, 1, hex("02"))));
        QVERIFY(refuses(flipped(kg1, 2)));
    }

    void kg2_withPointThatIsNone_isRefused()
    {
        auto begun = start();
        const auto kg2 = kg2From(begun.state, randomScalar(m_random));
        for (const Bytes &bad : badPoints())
            QVERIFY(phoneRefuses(replaced(kg2, 32, bad)));
        QVERIFY(phoneRefuses(ByteView(kg2).first(144)));
        QVERIFY(phoneRefuses({}));
    }

    void kg2_withWrongProof_isRefused()
    {
        const Scalar u2 = randomScalar(m_random);
        const auto refuses = [&](auto make) {
            auto begun = start();
            return refusedAs(keygen::phoneFinish(std::move(begun.state), make(begun.state), m_random),
                             Errc::tampered);
        };
        const auto honest = [&](const keygen::PhoneStarted &state) { return kg2From(state, u2); };
        auto begun = start();
        QVERIFY(keygen::phoneFinish(std::move(begun.state), honest(begun.state), m_random));
        for (const std::size_t at : {0U, 97U, 112U, 113U, 144U}) // ns, c, z
            QVERIFY(refuses([&](const keygen::PhoneStarted &state) { return flipped(honest(state), at); }));
        for (const Bytes &bad : badScalars()) // z of zero, n, above: zero is in range, but proves nothing
            QVERIFY(
                refuses([&](const keygen::PhoneStarted &state) { return replaced(honest(state), 113, bad); }));
        QVERIFY(refuses([&](const keygen::PhoneStarted &state) { return kg2From(state, u2, "kg-pok1"); }));
        QVERIFY(
            refuses([&](const keygen::PhoneStarted &state) { return kg2From(state, u2, "kg-pok2", Acct{}); }));
        QVERIFY(refuses([&](const keygen::PhoneStarted &state) {
            return kg2From(state, u2, "kg-pok2", kAcct, KeyType::encrypt);
        }));
        // The proof of another conversation (another np).
        const auto other = start();
        QVERIFY(refuses([&](const keygen::PhoneStarted &) { return honest(other.state); }));
        // A P2 whose u2 the server does not know.
        QVERIFY(refuses([&](const keygen::PhoneStarted &state) {
            return replaced(honest(state), 32, encoded(crypto::mulBase(randomScalar(m_random))).bytes());
        }));
    }

    void kg2_thatMakesPTheInfinity_isRefused()
    {
        auto begun = start();
        const auto kg2 = kg2From(begun.state, begun.state.share.expose().inverse());
        QVERIFY(refusedAs(keygen::phoneFinish(std::move(begun.state), kg2, m_random), Errc::tampered));
    }

    void kg2_aSecondTime_isRefused()
    {
        auto begun = start();
        const auto kg2 = kg2From(begun.state, randomScalar(m_random));
        QVERIFY(keygen::phoneFinish(std::move(begun.state), kg2, m_random));
        QVERIFY(refusedAs(keygen::phoneFinish(std::move(begun.state), kg2, m_random), Errc::badState));
    }

    void kg3_changedAnywhere_isRefused()
    {
        QVERIFY(acceptChanged([](const ByteArray<177> &kg3) { return kg3; }));
        // X, Y, rho, c, z, key_id
        for (const std::size_t at : {1U, 64U, 65U, 96U, 97U, 112U, 113U, 144U, 145U, 176U})
            QVERIFY(refusedAs(acceptChanged([&](const ByteArray<177> &kg3) { return flipped(kg3, at); }),
                              Errc::tampered));
        for (const Bytes &bad : badPoints())
            QVERIFY(refusedAs(acceptChanged([&](const ByteArray<177> &kg3) { return replaced(kg3, 0, bad); }),
                              Errc::tampered));
        for (const Bytes &bad : badScalars())
            QVERIFY(refusedAs(acceptChanged([&](const ByteArray<177> &kg3) { return replaced(kg3, 113, bad); }),
                              Errc::tampered));
        QVERIFY(refusedAs(
            acceptChanged([](const ByteArray<177> &kg3) { return bytesOf(ByteView(kg3).first(176)); }),
            Errc::tampered));
    }

    void kg3_withPointChosenAfterP2_isRefused()
    {
        // A rogue phone answers with a P1 of its own that it can prove, but did not commit to.
        auto begun = start();
        auto answer = keygen::serverAnswer(begun.kg1, KeyType::sign, kAcct, m_random);
        const Scalar u1 = randomScalar(m_random);
        const EncodedPoint p1 = encoded(crypto::mulBase(u1));
        const Bytes context = keygen::contextOf(KeyType::sign, kAcct, begun.state.np,
                                                *fixedBytes<32>(ByteView(answer->kg2).first(32)));
        const auto proof = prove("kg-pok1", context, u1, EncodedPoint::generator(), p1, randomScalar(m_random));
        const auto p2 = Point::parse(ByteView(answer->kg2).subspan(32, 65));
        const auto p = encoded(mul(u1, *p2) - Point::generator());
        const Bytes kg3 =
            concat({p1.bytes(), begun.state.rho.expose(), *proof, keyIdOf(KeyType::sign, p.bytes())});
        QVERIFY(refusedAs(keygen::serverAccept(std::move(answer->state), kg3), Errc::tampered));
    }

    void kg3_withP1ThatThePhoneDoesNotKnow_isRefused()
    {
        // Committed in time, but proved with another's scalar.
        const auto np = m_random.bytes<32>("np"), rho = m_random.bytes<32>("rho");
        const EncodedPoint foreign = encoded(crypto::mulBase(randomScalar(m_random)));
        const auto com = keygen::commitmentOf(KeyType::sign, kAcct, np, foreign, rho);
        const Bytes kg1 = concat({hex("0101"), kAcct, np, com});
        auto answer = keygen::serverAnswer(kg1, KeyType::sign, kAcct, m_random);
        const Bytes context =
            keygen::contextOf(KeyType::sign, kAcct, np, *fixedBytes<32>(ByteView(answer->kg2).first(32)));
        const auto proof = prove("kg-pok1", context, randomScalar(m_random), EncodedPoint::generator(), foreign,
                                 randomScalar(m_random));
        const Bytes kg3 = concat({foreign.bytes(), rho, *proof, KeyId{}});
        QVERIFY(refusedAs(keygen::serverAccept(std::move(answer->state), kg3), Errc::tampered));
    }

    void kg3_thatMakesPTheInfinity_isRefused()
    {
        const auto np = m_random.bytes<32>("np"), ns = m_random.bytes<32>("ns"),
                   rho = m_random.bytes<32>("rho");
        const Scalar u2 = randomScalar(m_random);
        const Scalar u1 = u2.inverse();
        const EncodedPoint p1 = encoded(crypto::mulBase(u1));
        keygen::ServerStarted state{KeyType::sign,
                                    kAcct,
                                    UnpairedShare(u2),
                                    np,
                                    ns,
                                    keygen::commitmentOf(KeyType::sign, kAcct, np, p1, rho)};
        const auto proof = prove("kg-pok1", keygen::contextOf(KeyType::sign, kAcct, np, ns), u1,
                                 EncodedPoint::generator(), p1, randomScalar(m_random));
        QVERIFY(refusedAs(keygen::serverAccept(std::move(state), concat({p1.bytes(), rho, *proof, KeyId{}})),
                          Errc::tampered));
    }

    void kg3_aSecondTime_isRefused()
    {
        auto begun = start();
        auto answer = keygen::serverAnswer(begun.kg1, KeyType::sign, kAcct, m_random);
        auto finished = keygen::phoneFinish(std::move(begun.state), answer->kg2, m_random);
        QVERIFY(refusedAs(keygen::serverAccept(std::move(answer->state), flipped(finished->kg3, 176)),
                          Errc::tampered));
        QVERIFY(refusedAs(keygen::serverAccept(std::move(answer->state), finished->kg3), Errc::badState));
    }

    void publicKey_withoutShares_isRefused()
    {
        QVERIFY(refusedAs(SharedKey::of(KeyType::sign, encoded(-Point::generator()).bytes(), kAcct, 0),
                          Errc::badInput));
        for (const Bytes &bad : badPoints())
            QVERIFY(refusedAs(SharedKey::of(KeyType::sign, bad, kAcct, 0), Errc::badInput));
        QVERIFY(refusedAs(EncodedPoint::of(Point()), Errc::badState));
        const SharedKey last =
            keyWith(generate(KeyType::sign, m_random).key, KeyType::sign, kAcct, 0xffffffffU);
        QVERIFY(refusedAs(last.nextEpoch(), Errc::badState));
    }

    void serverShare_atRest_comesBackOrIsRefused()
    {
        const Pair pair = generate(KeyType::sign, m_random);
        const auto bytes = pair.server.secretBytes();
        QVERIFY(bytes);
        // 2^64 P1 is computed once and kept: another point in its place would make every PIN a wrong one.
        const auto another = EncodedPoint::of(crypto::mulBase(crypto::Scalar::fromWord(5)));
        const auto damaged = ServerShare::fromBytes(replaced(*fixedBytes<ServerShare::kBytes>(bytes->expose()), ServerShare::kBytesBefore, bytesOf(another->bytes())));
        QVERIFY(damaged && !damaged->belongsTo(pair.key) && pair.server.belongsTo(pair.key));
        const auto back = ServerShare::fromBytes(bytes->expose());
        QVERIFY(back);
        QVERIFY(back->exposeU2() == pair.server.exposeU2() && back->exposeP1() == pair.server.exposeP1());
        const auto plain = *fixedBytes<ServerShare::kBytes>(bytes->expose());
        for (const std::size_t length : {0U, 96U, 98U, 161U})
            QVERIFY(refusedAs(ServerShare::fromBytes(ByteView(plain).first(length)), Errc::tampered));
        for (const Bytes &bad : badScalars())
            QVERIFY(refusedAs(ServerShare::fromBytes(replaced(plain, 0, bad)), Errc::tampered));
        for (const Bytes &bad : badPoints())
            for (const std::size_t at : {32U, 97U})
                QVERIFY(refusedAs(ServerShare::fromBytes(replaced(plain, at, bad)), Errc::tampered));
        QVERIFY(refusedAs(ServerShare::of(Scalar(), pair.key), Errc::badInput));
    }

    void serverShare_ofTheFormBefore_isReadAndWrittenInTheNewOne()
    {
        const Pair pair = generate(KeyType::encrypt, m_random);
        const auto bytes = pair.server.secretBytes();
        const auto back = ServerShare::fromBytes(bytes->expose().first(ServerShare::kBytesBefore));
        QVERIFY(back);
        QVERIFY(sameBytes(back->secretBytes()->expose(), bytes->expose()));
        QVERIFY(back->exposeHighP1() == crypto::mul(*Scalar::parse(replaced(ByteArray<32>{}, 23, Bytes{1})), back->exposeP1()));
    }

    void blinding_withRightPin_comesBackAndWithAnyOtherPartIsAnotherShare()
    {
        const Pair pair = generate(KeyType::sign, m_random);
        const auto salt = m_random.bytes<32>("salt");
        const auto b = blind(pair.phone, cheapPin(1), pair.key, salt);
        QVERIFY(b);
        const auto differs = [&](int pin, const SharedKey &key, const ByteArray<32> &saltEpoch) {
            const auto share = unblind(*b, cheapPin(pin), key, saltEpoch);
            return share && !share->isEmpty() && !(share->expose() == pair.phone.expose());
        };
        QVERIFY(!differs(1, pair.key, salt));
        QVERIFY(differs(2, pair.key, salt));
        QVERIFY(differs(1, pair.key, flipped(salt, 0)));
        QVERIFY(differs(1, *pair.key.nextEpoch(), salt));
        QVERIFY(differs(1, keyWith(pair.key, KeyType::encrypt, kAcct, 0), salt));
    }

    void blinding_outOfRange_isRefused()
    {
        const Pair pair = generate(KeyType::sign, m_random);
        const auto n = *fixedBytes<32>(badScalars()[1]);
        QVERIFY(refusedAs(unblind(n, cheapPin(1), pair.key, {}), Errc::tampered));
        PhoneShare moved = pair.phoneShare();
        const PhoneShare taken = std::move(moved);
        QVERIFY(refusedAs(blind(moved, cheapPin(1), pair.key, {}), Errc::badState));
    }

    void unblinding_toZero_yieldsOne()
    {
        // b = -mask: the share of a PIN that hits zero exactly.
        const Pair pair = generate(KeyType::sign, m_random);
        const auto b = blind(pair.phone, cheapPin(1), pair.key, {});
        const ByteArray<32> minusMask = (*Scalar::parseOrZero(*b) - pair.phone.expose()).bytes();
        const auto share = unblind(minusMask, cheapPin(1), pair.key, {});
        QVERIFY(share);
        QVERIFY(share->expose() == Scalar::one());
    }

    void transcript_movesOneByteBetweenFields_isAnother()
    {
        QVERIFY(hash("t", {hex("01"), hex("0203")}) != hash("t", {hex("0102"), hex("03")}));
        QVERIFY(hash("t", {hex("01")}) != hash("t", {hex("01"), {}}));
        QVERIFY(hash("ta", {}) != hash("t", {textBytes("a")}));
        QVERIFY(!(hashToScalar("t", {}) == hashToNonzero("t", {})));
    }
};

QTEST_GUILESS_MAIN(TestKeygen)
#include "test_keygen.moc"
