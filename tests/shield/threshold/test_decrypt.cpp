// Decryption: each check of PROTOCOL 4.6 with R5, R8, R9, broken once.
#include "tests/shield/threshold/parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;
using namespace hufu::threshold::decrypt;

class TestDecrypt : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    std::optional<Pair> m_pair;
    const Bytes m_plain = textBytes("key of the sealed bid");

    const SharedKey &key() { return m_pair->key; }
    crypto::Sm2Ciphertext sealed(const Bytes &plain)
    {
        return *crypto::sm2Encrypt(key().p().point(), plain, m_random);
    }
    std::vector<crypto::Sm2Ciphertext> sealedMany(std::size_t count)
    {
        std::vector<crypto::Sm2Ciphertext> all;
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(sealed(textBytes("plain " + std::to_string(i))));
        return all;
    }
    PhoneAsk asked(const SharedKey &phoneKey, const Sid &sid, PhoneShare share, std::size_t count = 1,
                   Blinding blinding = Blinding::random)
    {
        auto ciphertexts = count == 1 ? std::vector{sealed(m_plain)} : sealedMany(count);
        return *phoneAsk(phoneKey, sid, std::move(ciphertexts), std::move(share), blinding, m_random);
    }
    PhoneAsk asked() { return asked(key(), kSid, m_pair->phoneShare()); }
    Result<WipedVector<ByteArray<65>>> answer(std::span<const ByteArray<113>> asks)
    {
        HUFU_TRY(parsed, serverParse(asks));
        return serverAnswer(key(), m_pair->server, kSid, parsed);
    }
    Result<WipedVector<ByteArray<65>>> answerChanged(const auto &change)
    {
        const std::vector<ByteArray<113>> asks{change(asked().asks[0])};
        return answer(asks);
    }

private Q_SLOTS:
    void init() { m_pair = generate(KeyType::encrypt, m_random); }

    void decrypt_ofTwoHonestHalves_opensAll()
    {
        auto ask = asked(key(), kSid, m_pair->phoneShare(), 3);
        const auto answers = answer(ask.asks);
        QVERIFY(answers);
        const auto opened = phoneOpen(std::move(ask.state), *answers);
        QVERIFY(opened);
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(textOf((*opened)[i].expose()), "plain " + std::to_string(i));
    }

    void ciphertext_ofAStranger_keepsTheOthersFromNothing()
    {
        for (std::size_t bad = 0; bad < 3; ++bad) {
            auto ciphertexts = sealedMany(3);
            ciphertexts[bad].c3[31] ^= 1;
            auto ask = *phoneAsk(key(), kSid, std::move(ciphertexts), m_pair->phoneShare(), Blinding::random, m_random);
            const auto answers = answer(ask.asks);
            QVERIFY(answers);
            const auto opened = phoneOpen(std::move(ask.state), *answers);
            QVERIFY(opened);
            for (std::size_t i = 0; i < 3; ++i)
                QCOMPARE(textOf((*opened)[i].expose()), i == bad ? std::string() : "plain " + std::to_string(i));
        }
    }

    void itemCount_outsideOneTo64_isRefused()
    {
        const auto asks = [&](std::size_t count) {
            return phoneAsk(key(), kSid, std::vector(count, sealed(m_plain)), m_pair->phoneShare(),
                            Blinding::random, m_random);
        };
        QVERIFY(asks(64));
        QVERIFY(refusedAs(asks(0), Errc::badInput));
        QVERIFY(refusedAs(asks(65), Errc::badInput));
        QVERIFY(refusedAs(serverParse({}), Errc::tampered));
        QVERIFY(refusedAs(serverParse(std::vector<ByteArray<113>>(65, asked().asks[0])), Errc::tampered));
        QVERIFY(refusedAs(serverAnswer(key(), m_pair->server, kSid, {}), Errc::badInput));
    }

    void signKey_neverDecrypts() // R5, X10
    {
        const Pair sign = generate(KeyType::sign, m_random);
        QVERIFY(refusedAs(
            phoneAsk(sign.key, kSid, {sealed(m_plain)}, sign.phoneShare(), Blinding::random, m_random),
            Errc::badInput));
        const auto parsed = serverParse(asked().asks);
        QVERIFY(refusedAs(serverAnswer(sign.key, sign.server, kSid, *parsed), Errc::badInput));
    }

    void ciphertextWithoutPointOrShareUsedUp_isRefused()
    {
        auto infinite = sealed(m_plain);
        infinite.c1 = Point();
        QVERIFY(refusedAs(phoneAsk(key(), kSid, {infinite}, m_pair->phoneShare(), Blinding::random, m_random),
                          Errc::badInput));
        QVERIFY(refusedAs(
            phoneAsk(key(), kSid, {sealed(m_plain)}, PhoneShare(Scalar()), Blinding::random, m_random),
            Errc::badState));
        const auto bytes = *sealed(m_plain).encode();
        for (const Bytes &bad : badPoints()) {
            Bytes changed = bytes;
            std::ranges::copy(bad, changed.begin());
            QVERIFY(refusedAs(crypto::Sm2Ciphertext::parse(changed), Errc::badInput));
        }
    }

    void ask_ofWrongForm_isRefusedUncounted()
    {
        for (const Bytes &bad : badPoints())
            QVERIFY(refusedAs(serverParse(std::vector{replaced(asked().asks[0], 0, bad)}), Errc::tampered));
        const auto scalars = badScalars();
        QVERIFY(refusedAs(serverParse(std::vector{replaced(asked().asks[0], 81, scalars[1])}), Errc::tampered));
        QVERIFY(refusedAs(serverParse(std::vector{replaced(asked().asks[0], 81, scalars[2])}), Errc::tampered));
    }

    void ask_withWrongProof_isAWrongPin()
    {
        const auto same = [](const ByteArray<113> &ask) { return ask; };
        QVERIFY(answerChanged(same));
        for (const std::size_t at : {65U, 80U, 112U})
            QVERIFY(refusedAs(answerChanged([&](const ByteArray<113> &ask) { return flipped(ask, at); }),
                              Errc::wrongPin));
        QVERIFY(refusedAs(
            answerChanged([](const ByteArray<113> &ask) { return replaced(ask, 81, ByteArray<32>{}); }),
            Errc::wrongPin));
        // Another T1 under the same proof: the oracle answers only what was proved.
        const auto other = encoded(crypto::mulBase(randomScalar(m_random)));
        QVERIFY(
            refusedAs(answerChanged([&](const ByteArray<113> &ask) { return replaced(ask, 0, other.bytes()); }),
                      Errc::wrongPin));
    }

    void ask_boundToOtherFacts_isAWrongPin()
    {
        const auto refuses = [&](const SharedKey &phoneKey, const Sid &sid, PhoneShare share) {
            return refusedAs(answer(asked(phoneKey, sid, std::move(share)).asks), Errc::wrongPin);
        };
        QVERIFY(!refuses(key(), kSid, m_pair->phoneShare()));
        QVERIFY(refuses(key(), Sid{'o'}, m_pair->phoneShare()));
        QVERIFY(refuses(*key().nextEpoch(), kSid, m_pair->phoneShare()));
        QVERIFY(refuses(keyWith(key(), KeyType::encrypt, Acct{'o'}, 0), kSid, m_pair->phoneShare()));
        QVERIFY(refuses(generate(KeyType::encrypt, m_random).key, kSid, m_pair->phoneShare()));
        QVERIFY(refuses(key(), kSid, PhoneShare(m_pair->phone.expose() + Scalar::one())));
    }

    void ask_withAProofOfAnotherOperation_isAWrongPin()
    {
        const auto t1 = encoded(crypto::mulBase(randomScalar(m_random)));
        const auto p1 = encoded(m_pair->server.exposeP1());
        const auto with = [&](Op op) {
            const auto proof = provePin(m_pair->phone, p1, op, key(), kSid, t1.bytes(), m_random);
            return answer(std::vector{*fixedBytes<113>(concat({t1.bytes(), *proof}))});
        };
        QVERIFY(with(Op::decrypt));
        for (const Op op : {Op::refresh, Op::refreshCommit, Op::pinChange})
            QVERIFY(refusedAs(with(op), Errc::wrongPin));
    }

    void oneWrongProofOfMany_givesOneVerdictAndNoAnswer() // R9
    {
        for (std::size_t wrong = 0; wrong < 3; ++wrong) {
            auto asks = asked(key(), kSid, m_pair->phoneShare(), 3).asks;
            asks[wrong] = flipped(asks[wrong], 112);
            QVERIFY(refusedAs(answer(asks), Errc::wrongPin));
        }
    }

    void answer_thatDoesNotFit_isRefused()
    {
        const auto opens = [&](const auto &change) {
            auto ask = asked();
            auto answers = answer(ask.asks);
            change(*answers);
            return phoneOpen(std::move(ask.state), *answers);
        };
        using Answers = WipedVector<ByteArray<65>>;
        const auto good = opens([](Answers &) {});
        QVERIFY(good);
        QCOMPARE(bytesOf((*good)[0].expose()), m_plain);
        for (const Bytes &bad : badPoints())
            QVERIFY(refusedAs(opens([&](Answers &a) { a[0] = replaced(a[0], 0, bad); }), Errc::tampered));
        QVERIFY(refusedAs(
            opens([&](Answers &a) { a[0] = encoded(crypto::mulBase(randomScalar(m_random))).bytes(); }),
            Errc::tampered));
        QVERIFY(refusedAs(opens([](Answers &a) { a.clear(); }), Errc::tampered));
        QVERIFY(refusedAs(opens([](Answers &a) { a.push_back(a[0]); }), Errc::tampered));
    }

    void answer_thatMakesSTheInfinity_isRefused()
    {
        auto ask = asked();
        const Scalar v = *ask.state[0].v.spend();
        ask.state[0].v = Opener(v);
        const auto t2 = encoded(mul(v.inverse(), ask.state[0].ciphertext.c1)); // v T2 = C1
        QVERIFY(refusedAs(phoneOpen(std::move(ask.state), std::vector{t2.bytes()}), Errc::tampered));
    }

    void ciphertext_changedAnywhere_isNotOpened()
    {
        const auto opens = [&](std::size_t at) {
            Bytes bytes = *sealed(m_plain).encode();
            bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 1);
            auto ask = phoneAsk(key(), kSid, {*crypto::Sm2Ciphertext::parse(bytes)}, m_pair->phoneShare(),
                                Blinding::random, m_random);
            return phoneOpen(std::move(ask->state), *answer(ask->asks));
        };
        QVERIFY(refusedAs(opens(65), Errc::tampered)); // C3
        QVERIFY(refusedAs(opens(96), Errc::tampered));
        QVERIFY(refusedAs(opens(97), Errc::tampered)); // C2
    }

    void state_usedTwice_isRefused()
    {
        auto ask = asked();
        const auto answers = answer(ask.asks);
        QVERIFY(phoneOpen(std::move(ask.state), *answers));
        QVERIFY(refusedAs(phoneOpen(std::move(ask.state), *answers), Errc::badState));
        static_assert(!std::is_copy_constructible_v<decrypt::PhoneAsked>);
    }

    void namedCiphertext_showsC1AndRandomDoesNot() // R8
    {
        auto named = asked(key(), kSid, m_pair->phoneShare(), 1, Blinding::named);
        const auto parsed = serverParse(named.asks);
        QVERIFY((*parsed)[0].t1.point() == named.state[0].ciphertext.c1);
        const auto answers = answer(named.asks);
        QVERIFY(phoneOpen(std::move(named.state), *answers));

        const auto random = asked();
        QVERIFY(!((*serverParse(random.asks))[0].t1.point() == random.state[0].ciphertext.c1));
    }
};

QTEST_GUILESS_MAIN(TestDecrypt)
#include "test_decrypt.moc"
