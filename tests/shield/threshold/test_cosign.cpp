// Signing: each check of PROTOCOL 4.5 with R1, R5, R6, R9, R10, broken once.
#include "shield/crypto/sm2.h"
#include "shield/threshold/algebra.h"
#include "shield/threshold/cosign_transcript.h"
#include "shield/threshold/proof.h"
#include "tests/shield/threshold/parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;
using namespace hufu::threshold::cosign;

class TestCosign : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    std::optional<Pair> m_pair;
    const std::vector<Bytes> m_tbs{textBytes("the bid of company A")};
    const std::vector<Bytes> m_three{textBytes("one"), textBytes("two"), textBytes("three")};

    const SharedKey &key() { return m_pair->key; }
    const ServerShare &server() { return m_pair->server; }

    PhoneCommitment commit(std::size_t count = 1) { return *phoneCommit(key(), count, m_random); }
    ServerChallenge challenge(const PhoneCommitment &commitment, const std::vector<Bytes> &tbs)
    {
        return *serverChallenge(key(), server(), kSid, commitment.com1(), tbs, m_random);
    }
    // What the phone says to a challenge that a server made over other facts.
    bool phoneRefusesChallengeOf(const SharedKey &itsKey, const Sid &sid, const std::vector<Bytes> &tbs,
                                 const PhoneCommitment *itsCommitment = nullptr)
    {
        auto commitment = commit();
        const auto com1 = itsCommitment ? itsCommitment->com1() : commitment.com1();
        const auto made = serverChallenge(itsKey, server(), sid, com1, tbs, m_random);
        return made && refusedAs(phoneCheck(std::move(commitment), kSid, made->points, m_tbs), Errc::tampered);
    }
    bool phoneRefusesPoint(const auto &change)
    {
        auto commitment = commit();
        auto made = challenge(commitment, m_tbs);
        const std::vector<ByteArray<113>> points{change(made.points[0])};
        return refusedAs(phoneCheck(std::move(commitment), kSid, points, m_tbs), Errc::tampered);
    }
    // A SIGN of an honest phone with the server's session that waits for it.
    struct Waiting {
        ServerSession session;
        std::vector<SignItem> items;
        PhoneExpected expected;
    };
    Waiting waiting(const std::vector<Bytes> &tbs, PhoneShare share)
    {
        auto commitment = commit(tbs.size());
        auto made = challenge(commitment, tbs);
        auto consent = phoneCheck(std::move(commitment), kSid, made.points, tbs);
        auto answer = phoneSign(std::move(*consent), std::move(share), indicesTo(tbs.size()));
        return {std::move(made.session), answer->items, answer->expected};
    }
    Waiting waiting() { return waiting(m_tbs, m_pair->phoneShare()); }
    bool serverRefusesShare(const auto &change)
    {
        auto wait = waiting();
        wait.items[0].share = change(wait.items[0].share);
        const bool refused = refusedAs(serverOpen(std::move(wait.session), wait.items), Errc::tampered);
        // Nothing of the session is left to try again with.
        return refused && refusedAs(serverOpen(std::move(wait.session), wait.items), Errc::badState);
    }
    PhoneShare wrongShare() { return PhoneShare(m_pair->phone.expose() + Scalar::one()); }

    // A point and proof for CHAL, made by hand.
    ByteArray<113> pointOf(const PhoneCommitment &commitment, const Scalar &k2, const EncodedPoint &base,
                           const EncodedPoint &q2)
    {
        const auto e = *crypto::sm2E(key().p().point(), m_tbs[0]);
        const auto proof = prove(kNonceTag, contextOf(key(), kSid, commitment.items[0].com1, e), k2, base, q2,
                                 randomScalar(m_random));
        return *fixedBytes<113>(concat({q2.bytes(), *proof}));
    }

private Q_SLOTS:
    void init() { m_pair = generate(KeyType::sign, m_random); }

    void cosign_ofTwoHonestHalves_verifies()
    {
        const auto done = runCosign(*m_pair, m_three, m_random);
        QVERIFY(done && done->verdict);
        QCOMPARE(done->verdict->size(), std::size_t{3});
        QVERIFY(phoneVerify(done->expected, *done->verdict));
        for (std::size_t i = 0; i < 3; ++i) {
            const auto r = Scalar::parse(ByteView((*done->verdict)[i]).first(32));
            const auto s = Scalar::parse(ByteView((*done->verdict)[i]).subspan(32));
            const auto e = *crypto::sm2E(key().p().point(), m_three[i]);
            QVERIFY(crypto::sm2VerifyVartime(key().p().point(), e, *r, *s));
        }
    }

    void itemCount_outsideOneTo64_isRefused()
    {
        QVERIFY(phoneCommit(key(), 64, m_random));
        QVERIFY(refusedAs(phoneCommit(key(), 0, m_random), Errc::badInput));
        QVERIFY(refusedAs(phoneCommit(key(), 65, m_random), Errc::badInput));
        const std::vector<ByteArray<32>> com1(65);
        const std::vector<Bytes> tbs(65, textBytes("x"));
        QVERIFY(refusedAs(serverChallenge(key(), server(), kSid, com1, tbs, m_random), Errc::badInput));
        QVERIFY(refusedAs(serverChallenge(key(), server(), kSid, {}, {}, m_random), Errc::badInput));
        QVERIFY(refusedAs(serverChallenge(key(), server(), kSid, std::span(com1).first(2), m_tbs, m_random),
                          Errc::badInput));
    }

    void encryptKey_neverSigns()
    {
        const Pair encrypt = generate(KeyType::encrypt, m_random);
        QVERIFY(refusedAs(phoneCommit(encrypt.key, 1, m_random), Errc::badInput));
        const std::vector<ByteArray<32>> com1(1);
        QVERIFY(refusedAs(serverChallenge(encrypt.key, encrypt.server, kSid, com1, m_tbs, m_random),
                          Errc::badInput));
    }

    void challenge_overOtherFacts_isRefused()
    {
        auto honest = commit();
        auto made = challenge(honest, m_tbs);
        QVERIFY(phoneCheck(std::move(honest), kSid, made.points, m_tbs));

        QVERIFY(phoneRefusesChallengeOf(key(), Sid{'o'}, m_tbs));
        QVERIFY(phoneRefusesChallengeOf(key(), kSid, {textBytes("the bid of company B")}));
        QVERIFY(phoneRefusesChallengeOf(*key().nextEpoch(), kSid, m_tbs));
        QVERIFY(phoneRefusesChallengeOf(keyWith(key(), KeyType::sign, Acct{'o'}, 0), kSid, m_tbs));
        QVERIFY(phoneRefusesChallengeOf(generate(KeyType::sign, m_random).key, kSid, m_tbs));
        const auto other = commit();
        QVERIFY(phoneRefusesChallengeOf(key(), kSid, m_tbs, &other));
    }

    void challenge_withBadPointOrProof_isRefused()
    {
        QVERIFY(!phoneRefusesPoint([](const ByteArray<113> &point) { return point; }));
        for (const Bytes &bad : badPoints())
            QVERIFY(phoneRefusesPoint([&](const ByteArray<113> &point) { return replaced(point, 0, bad); }));
        for (const std::size_t at : {1U, 64U, 65U, 80U, 81U, 112U})
            QVERIFY(phoneRefusesPoint([&](const ByteArray<113> &point) { return flipped(point, at); }));
        for (const Bytes &bad : badScalars())
            QVERIFY(phoneRefusesPoint([&](const ByteArray<113> &point) { return replaced(point, 81, bad); }));
        // Another valid point under the same proof.
        const auto other = encoded(crypto::mulBase(randomScalar(m_random)));
        QVERIFY(
            phoneRefusesPoint([&](const ByteArray<113> &point) { return replaced(point, 0, other.bytes()); }));
    }

    void challenge_provedToAnotherBase_isRefused()
    {
        // Q2 = k2 G: the server knows it to the generator, not to B, and could move the message (A3).
        auto commitment = commit();
        const Scalar k2 = randomScalar(m_random);
        const std::vector<ByteArray<113>> points{
            pointOf(commitment, k2, EncodedPoint::generator(), encoded(crypto::mulBase(k2)))};
        QVERIFY(refusedAs(phoneCheck(std::move(commitment), kSid, points, m_tbs), Errc::tampered));
    }

    void challenge_thatMakesRTheInfinity_isRefused()
    {
        const Scalar k1 = randomScalar(m_random);
        const EncodedPoint r1 = encoded(crypto::mulBase(k1));
        PhoneCommitment commitment{key(), {}};
        commitment.items.push_back({SigningNonce(k1), r1, {}, commitmentOf(key(), r1, {})});
        const Scalar onePlusD = m_pair->phone.expose() * server().exposeU2();
        const Scalar k2 = -k1 * onePlusD.inverse();
        const EncodedPoint q2 = encoded(-r1.point());
        const std::vector<ByteArray<113>> points{pointOf(commitment, k2, key().base(), q2)};
        const auto context =
            contextOf(key(), kSid, commitment.items[0].com1, *crypto::sm2E(key().p().point(), m_tbs[0]));
        const auto proof = Proof::parse(ByteView(points[0]).subspan(65));
        QVERIFY(verifiesVartime(kNonceTag, context, key().base(), q2, *proof)); // only R is wrong
        QVERIFY(refusedAs(phoneCheck(std::move(commitment), kSid, points, m_tbs), Errc::tampered));
    }

    void challenge_withAnotherNumberOfItems_isRefused()
    {
        const auto refuses = [&](std::size_t points, std::size_t tbs) {
            auto commitment = commit(2);
            const std::vector<Bytes> texts(2, m_tbs[0]);
            const auto made = challenge(commitment, texts);
            return refusedAs(phoneCheck(std::move(commitment), kSid, std::span(made.points).first(points),
                                        std::span(texts).first(tbs)),
                             Errc::tampered);
        };
        QVERIFY(!refuses(2, 2));
        QVERIFY(refuses(1, 2));
        QVERIFY(refuses(2, 1));
        QVERIFY(refuses(0, 0));
    }

    void challenge_aSecondTime_isRefused() // X4, R6
    {
        auto commitment = commit();
        auto first = challenge(commitment, m_tbs);
        auto second = challenge(commitment, {textBytes("another text")});
        const std::vector<Bytes> another{textBytes("another text")};
        QVERIFY(phoneCheck(std::move(commitment), kSid, first.points, m_tbs));
        QVERIFY(refusedAs(phoneCheck(std::move(commitment), kSid, second.points, another), Errc::badState));
    }

    void challenge_afterARefusedOne_isRefused()
    {
        auto commitment = commit();
        const auto made = challenge(commitment, m_tbs);
        const std::vector<ByteArray<113>> bad{flipped(made.points[0], 70)};
        QVERIFY(refusedAs(phoneCheck(std::move(commitment), kSid, bad, m_tbs), Errc::tampered));
        QVERIFY(refusedAs(phoneCheck(std::move(commitment), kSid, made.points, m_tbs), Errc::badState));
    }

    void consent_usedTwice_isRefused()
    {
        auto commitment = commit();
        const auto made = challenge(commitment, m_tbs);
        auto consent = phoneCheck(std::move(commitment), kSid, made.points, m_tbs);
        QVERIFY(phoneSign(std::move(*consent), m_pair->phoneShare(), indicesTo(1)));
        QVERIFY(refusedAs(phoneSign(std::move(*consent), m_pair->phoneShare(), indicesTo(1)), Errc::badState));
    }

    void consent_withUsedShareOrWrongItems_isRefused()
    {
        const auto sign = [&](PhoneShare share, std::vector<std::uint8_t> included) {
            auto commitment = commit(3);
            const auto made = challenge(commitment, m_three);
            auto consent = phoneCheck(std::move(commitment), kSid, made.points, m_three);
            return phoneSign(std::move(*consent), std::move(share), included);
        };
        QVERIFY(sign(m_pair->phoneShare(), {0, 2}));
        QVERIFY(refusedAs(sign(m_pair->phoneShare(), {}), Errc::badInput));
        QVERIFY(refusedAs(sign(m_pair->phoneShare(), {3}), Errc::badInput));
        QVERIFY(refusedAs(sign(m_pair->phoneShare(), {1, 1}), Errc::badInput));
        QVERIFY(refusedAs(sign(m_pair->phoneShare(), {2, 0}), Errc::badInput));
        QVERIFY(refusedAs(sign(PhoneShare(Scalar()), {0}), Errc::badState));
    }

    void consent_whoseShareOfTheSignatureIsZero_isRefused()
    {
        const Scalar k1 = randomScalar(m_random);
        PhoneConsent consent{key(), {}};
        consent.items.push_back({SigningNonce(k1), encoded(crypto::mulBase(k1)), {}, {}, -k1});
        QVERIFY(refusedAs(phoneSign(std::move(consent), m_pair->phoneShare(), indicesTo(1)), Errc::tampered));
    }

    void nonce_spentTwice_isRefused()
    {
        SigningNonce nonce(randomScalar(m_random));
        QVERIFY(nonce.spend());
        QVERIFY(refusedAs(nonce.spend(), Errc::badState));
        SigningNonce first(randomScalar(m_random));
        SigningNonce second = std::move(first);
        QVERIFY(refusedAs(first.spend(), Errc::badState));
        QVERIFY(second.spend());
        static_assert(!std::is_copy_constructible_v<SigningNonce> && !std::is_copy_assignable_v<SigningNonce>);
        static_assert(!std::is_copy_constructible_v<PhoneShare> && !std::is_copy_constructible_v<ServerShare>);
        static_assert(!std::is_copy_constructible_v<PhoneCommitted> &&
                      !std::is_copy_constructible_v<ServerItem>);
    }

    void sign_changedAnywhere_isRefusedUncounted()
    {
        QVERIFY(!serverRefusesShare([](const ByteArray<129> &share) { return share; }));
        for (const Bytes &bad : badPoints())
            QVERIFY(serverRefusesShare([&](const ByteArray<129> &share) { return replaced(share, 0, bad); }));
        for (const Bytes &bad : badScalars()) // s1 = 0 among them (X9)
            QVERIFY(serverRefusesShare([&](const ByteArray<129> &share) { return replaced(share, 97, bad); }));
        for (const std::size_t at : {1U, 64U, 65U, 96U}) // R1 and rnd
            QVERIFY(serverRefusesShare([&](const ByteArray<129> &share) { return flipped(share, at); }));
        // Garbage of the right form, as one without K_dev could send it (X14).
        const Bytes garbage =
            concat({EncodedPoint::generator().bytes(), ByteArray<32>{}, Scalar::one().bytes()});
        QVERIFY(serverRefusesShare([&](const ByteArray<129> &) { return *fixedBytes<129>(garbage); }));
    }

    void sign_openingOfAnotherEpochAcctOrKey_isRefused()
    {
        const auto refuses = [&](const SharedKey &phoneKey) {
            // The phone commits under other facts than the server opens under.
            auto commitment = phoneCommit(phoneKey, 1, m_random);
            auto made = challenge(*commitment, m_tbs);
            PhoneConsent consent{phoneKey, {}};
            auto &item = commitment->items[0];
            consent.items.push_back({std::move(item.k1), item.r1, item.rnd, {}, Scalar::one()});
            const auto answer = phoneSign(std::move(consent), m_pair->phoneShare(), indicesTo(1));
            return refusedAs(serverOpen(std::move(made.session), answer->items), Errc::tampered);
        };
        QVERIFY(!refuses(key()));
        QVERIFY(refuses(*key().nextEpoch()));
        QVERIFY(refuses(keyWith(key(), KeyType::sign, Acct{'o'}, 0)));
        QVERIFY(refuses(generate(KeyType::sign, m_random).key));
    }

    void sign_withWrongItems_isRefused()
    {
        const auto opens = [&](std::vector<std::uint8_t> indices) {
            auto wait = waiting(m_three, m_pair->phoneShare());
            std::vector<SignItem> items;
            for (const std::uint8_t index : indices) {
                SignItem item = wait.items[std::min<std::size_t>(index, 2)];
                item.index = index;
                items.push_back(item);
            }
            return serverOpen(std::move(wait.session), items);
        };
        QVERIFY(opens({0, 1, 2}));
        QVERIFY(opens({1}));
        QVERIFY(refusedAs(opens({}), Errc::tampered));
        QVERIFY(refusedAs(opens({3}), Errc::tampered));
        QVERIFY(refusedAs(opens({255}), Errc::tampered));
        QVERIFY(refusedAs(opens({0, 0}), Errc::tampered));
        QVERIFY(refusedAs(opens({2, 1}), Errc::tampered));
        QVERIFY(refusedAs(opens({0, 1, 2, 2}), Errc::tampered));
    }

    void sign_ofOneItemInThePlaceOfAnother_isRefused()
    {
        auto wait = waiting(m_three, m_pair->phoneShare());
        std::swap(wait.items[0].share, wait.items[1].share);
        QVERIFY(refusedAs(serverOpen(std::move(wait.session), wait.items), Errc::tampered));
    }

    void sign_thatMakesRTheInfinityOrRZero_isRefused()
    {
        const Scalar k2 = randomScalar(m_random);
        const EncodedPoint q2 = encoded(mul(k2, key().base().point()));
        const auto opens = [&](const EncodedPoint &r1, const ByteArray<32> &e) {
            ServerSession session{key(), kSid, {}};
            session.items.push_back({SigningNonce(k2), q2, commitmentOf(key(), r1, {}), e});
            SignItem item;
            item.share = *fixedBytes<129>(concat({r1.bytes(), ByteArray<32>{}, Scalar::one().bytes()}));
            return serverOpen(std::move(session), std::span(&item, 1));
        };
        const EncodedPoint r1 = encoded(crypto::mulBase(randomScalar(m_random)));
        QVERIFY(opens(r1, {}));
        QVERIFY(refusedAs(opens(encoded(-q2.point()), {}), Errc::tampered));
        const auto x = Scalar::reduce(*(r1.point() + q2.point()).x());
        QVERIFY(refusedAs(opens(r1, (-x).bytes()), Errc::tampered));
    }

    void session_usedTwice_isRefused() // A6, 5
    {
        auto wait = waiting();
        auto attempt = serverOpen(std::move(wait.session), wait.items);
        QVERIFY(attempt);
        QVERIFY(refusedAs(serverOpen(std::move(wait.session), wait.items), Errc::badState));
        QVERIFY(serverComplete(std::move(*attempt), server()));
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), server()), Errc::badState));
    }

    void wrongPin_isToldAndNothingElse()
    {
        auto wait = waiting(m_tbs, wrongShare());
        auto attempt = serverOpen(std::move(wait.session), wait.items);
        QVERIFY(attempt);
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), server()), Errc::wrongPin));
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), server()), Errc::badState));
    }

    void oneWrongShareOfMany_givesOneVerdictAndNoSignature() // R9, X13
    {
        for (std::size_t wrong = 0; wrong < 3; ++wrong) {
            auto wait = waiting(m_three, m_pair->phoneShare());
            const auto s1 = Scalar::parse(ByteView(wait.items[wrong].share).subspan(97));
            wait.items[wrong].share = replaced(wait.items[wrong].share, 97, (*s1 + Scalar::one()).bytes());
            auto attempt = serverOpen(std::move(wait.session), wait.items);
            QVERIFY(attempt);
            QVERIFY(refusedAs(serverComplete(std::move(*attempt), server()), Errc::wrongPin));
        }
    }

    void refusedItem_isLeftOutOfTheSignatures() // R9
    {
        auto commitment = commit(3);
        auto made = challenge(commitment, m_three);
        auto consent = phoneCheck(std::move(commitment), kSid, made.points, m_three);
        const std::vector<std::uint8_t> included{0, 2};
        const auto answer = phoneSign(std::move(*consent), m_pair->phoneShare(), included);
        auto attempt = serverOpen(std::move(made.session), answer->items);
        QVERIFY(attempt);
        const auto signatures = serverComplete(std::move(*attempt), server());
        QVERIFY(signatures);
        QCOMPARE(signatures->size(), std::size_t{2});
        QVERIFY(phoneVerify(answer->expected, *signatures));
        QCOMPARE(answer->expected.items[1].e, *crypto::sm2E(key().p().point(), m_three[2]));
    }

    void shareOfAnotherServerOrEpoch_neverCompletes()
    {
        const Pair other = generate(KeyType::sign, m_random);
        auto wait = waiting();
        auto attempt = serverOpen(std::move(wait.session), wait.items);
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), other.server), Errc::wrongPin));
        auto again = waiting();
        attempt = serverOpen(std::move(again.session), again.items);
        const ServerShare renewed = server().renewed(randomScalar(m_random));
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), renewed), Errc::wrongPin));
    }

    void faultInTheServersArithmetic_isCaughtBeforeRelease() // the fault guard
    {
        // A share whose u2 was corrupted at rest while P1 was not: the PIN check passes, s would be wrong.
        const auto good = *fixedBytes<ServerShare::kBytes>(server().secretBytes()->expose());
        auto faulty = ServerShare::fromBytes(replaced(good, 0, randomScalar(m_random).bytes()));
        QVERIFY(faulty);
        auto wait = waiting();
        auto attempt = serverOpen(std::move(wait.session), wait.items);
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), *faulty), Errc::internal));
        // And one whose u2 was corrupted after it had been checked: no wrong PIN either.
        faulty->setChecked();
        auto later = waiting();
        attempt = serverOpen(std::move(later.session), later.items);
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), *faulty), Errc::internal));
        // A point R that was corrupted between the two steps.
        auto again = waiting();
        attempt = serverOpen(std::move(again.session), again.items);
        attempt->items[0].nonce = attempt->items[0].nonce + Point::generator();
        QVERIFY(refusedAs(serverComplete(std::move(*attempt), server()), Errc::internal));
    }

    void shareFits_byEitherWay_isTheSameVerdict()
    {
        const Scalar u1 = randomScalar(m_random), u2 = randomScalar(m_random), d2 = u2.inverse();
        const auto base = *EncodedPoint::of(crypto::mulBase(u1 * u2));
        const Point p1 = crypto::mulBase(u1);
        const auto fits = [&](const Scalar &s1, const Scalar &r, const Point &r1) {
            const bool byBase = algebra::shareFits(base, d2, s1, r, r1);
            const bool agree = byBase == algebra::shareFits(base.withTable(), d2, s1, r, r1) &&
                               byBase == algebra::shareFitsVartime(p1, s1, r, r1);
            return agree ? std::optional(byBase) : std::nullopt;
        };
        for (int i = 0; i < 20; ++i) {
            const Scalar k1 = randomScalar(m_random), r = randomScalar(m_random), one = Scalar::one();
            const Scalar s1 = u1.inverse() * (r + k1);
            const Point r1 = crypto::mulBase(k1);
            QCOMPARE(fits(s1, r, r1), std::optional(true));
            QCOMPARE(fits(s1 + one, r, r1), std::optional(false));
            QCOMPARE(fits(s1, r + one, r1), std::optional(false));
            QCOMPARE(fits(s1, r, r1 + Point::generator()), std::optional(false));
            QCOMPARE(fits(-s1, r, r1), std::optional(false));
            // R1 = r G, where the sum doubles, and R1 = -r G, where s1 would have to be zero.
            QCOMPARE(fits(u1.inverse() * (r + r), r, crypto::mulBase(r)), std::optional(true));
            QCOMPARE(fits(s1, r, crypto::mulBase(-r)), std::optional(false));
            QVERIFY(!algebra::shareFits(base, d2 + one, s1, r, r1)); // a fault in the inverse
        }
    }

    void equationOfTheFaultGuard_holdsForTheRightCompletionAlone()
    {
        const Scalar u2 = randomScalar(m_random), s1 = randomScalar(m_random), k2 = randomScalar(m_random), r = randomScalar(m_random);
        const Scalar s = *algebra::complete(u2, u2.inverse(), s1, k2, r);
        const Scalar one = Scalar::one();
        QVERIFY(algebra::completesRightly(u2, s1, k2, r, s));
        // A fault in the sum, in the inverse, and in each of what went in.
        QVERIFY(!algebra::completesRightly(u2, s1, k2, r, s + one));
        QVERIFY(!algebra::completesRightly(u2, s1, k2, r, (u2.inverse() + one) * s1 + k2 - r));
        QVERIFY(!algebra::completesRightly(u2 + one, s1, k2, r, s));
        QVERIFY(!algebra::completesRightly(u2, s1 + one, k2, r, s));
        QVERIFY(!algebra::completesRightly(u2, s1, k2 + one, r, s));
        QVERIFY(!algebra::completesRightly(u2, s1, k2, r + one, s));
    }

    void completion_withAFaultInTheInverse_isNeverReleased() // the guard stands in the one function that completes
    {
        const Scalar u2 = randomScalar(m_random), s1 = randomScalar(m_random), k2 = randomScalar(m_random), r = randomScalar(m_random);
        QCOMPARE(algebra::complete(u2, u2.inverse(), s1, k2, r)->bytes(), (u2.inverse() * s1 + k2 - r).bytes());
        for (const Scalar &d2 : {u2.inverse() + Scalar::one(), -u2.inverse(), u2, Scalar()})
            QVERIFY(refusedAs(algebra::complete(u2, d2, s1, k2, r), Errc::internal));
    }

    void degenerateSignature_isNeverReleased()
    {
        const Scalar u2 = randomScalar(m_random), d2 = u2.inverse(), s1 = randomScalar(m_random), r = randomScalar(m_random);
        QVERIFY(algebra::complete(u2, d2, s1, randomScalar(m_random), r));
        QVERIFY(refusedAs(algebra::complete(u2, d2, s1, r - d2 * s1, r), Errc::internal)); // s = 0
        QVERIFY(refusedAs(algebra::complete(u2, d2, s1, -(d2 * s1), r), Errc::internal));  // r + s = 0
        QVERIFY(refusedAs(algebra::phonePart(d2, r, -r), Errc::tampered));             // s1 = 0
        const Point r1 = crypto::mulBase(r);
        QVERIFY(refusedAs(algebra::joinNonces(r1, -r1, {}), Errc::tampered)); // R = O
    }

    void response_thatDoesNotFit_isRefused()
    {
        const auto done = runCosign(*m_pair, m_three, m_random);
        const auto refuses = [&](const std::vector<ByteArray<64>> &signatures) {
            return refusedAs(phoneVerify(done->expected, signatures), Errc::tampered);
        };
        auto signatures = *done->verdict;
        QVERIFY(!refuses(signatures));
        QVERIFY(refuses({signatures[0], signatures[1]}));
        QVERIFY(refuses({}));
        QVERIFY(refuses({signatures[1], signatures[0], signatures[2]}));
        for (const std::size_t at : {0U, 31U, 32U, 63U})
            QVERIFY(refuses({signatures[0], flipped(signatures[1], at), signatures[2]}));
        for (const std::size_t at : {0U, 32U})
            for (const Bytes &bad : badScalars())
                QVERIFY(refuses({signatures[0], signatures[1], replaced(signatures[2], at, bad)}));
        // A signature that is valid for the same text, but not of this conversation: another r.
        const auto other = runCosign(*m_pair, m_three, m_random);
        QVERIFY(refuses({signatures[0], (*other->verdict)[1], signatures[2]}));
    }

    void serverNonce_withARepeatedGenerator_isFreshForEachRequest() // the hedge, 2.3
    {
        const Bytes draw(48, 7);
        const auto pointWith = [&](const Sid &sid, const Bytes &tbs) {
            RecordedRandom stuck;
            stuck.expect("k2", draw);
            stuck.expect("a2", draw);
            const std::vector<ByteArray<32>> com1(1);
            const auto made = serverChallenge(key(), server(), sid, com1, std::span(&tbs, 1), stuck);
            return bytesOf(ByteView(made->points[0]).first(65));
        };
        QCOMPARE(pointWith(kSid, m_tbs[0]), pointWith(kSid, m_tbs[0]));
        QVERIFY(pointWith(kSid, m_tbs[0]) != pointWith(Sid{'o'}, m_tbs[0]));
        QVERIFY(pointWith(kSid, m_tbs[0]) != pointWith(kSid, textBytes("another")));
    }
};

QTEST_GUILESS_MAIN(TestCosign)
#include "test_cosign.moc"
