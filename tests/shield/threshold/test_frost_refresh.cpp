// Refresh and change of PIN of a key of suite 2: each check of PROTOCOL 4.7 and 4.8 with R1 and R7, broken
// once.
#include "shield/threshold/frost_refresh_factor.h"
#include "tests/shield/threshold/frost_parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using threshold::Op;

namespace refresh = frost::refresh;

class TestFrostRefresh : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    std::optional<FrostPair> m_pair;
    ByteArray<32> m_rho1{}, m_rho2{};

    const frost::SharedKey &key() { return m_pair->key; }
    Result<WipedArray<48>> ask(Op op = Op::refresh)
    {
        return refresh::phoneAsk(op, key(), m_pair->phone, kSid, m_rho1, m_random);
    }
    Result<void> judge(Op op, const ByteArray<48> &proof, const frost::SharedKey &itsKey, const Sid &sid = kSid)
    {
        return refresh::serverJudge(op, itsKey, m_pair->server, sid, m_rho1, proof);
    }
    // The renewed halves.
    FrostPair renewed()
    {
        auto phone = refresh::phoneRenew(key(), m_pair->phoneShare(), kSid, m_rho1, m_rho2, m_random);
        auto server = refresh::serverRenew(key(), m_pair->server, kSid, m_rho1, m_rho2);
        return {std::move(phone->share), std::move(server->share), server->key};
    }

private Q_SLOTS:
    void init()
    {
        m_pair = generateFrost(m_random);
        m_rho1 = m_random.bytes<32>("rho1");
        m_rho2 = m_random.bytes<32>("rho2");
    }

    void refresh_keepsThePublicKeyAndMakesOldHalvesNoise()
    {
        const auto proof = ask();
        QVERIFY(proof && refresh::parseProof(*proof) && judge(Op::refresh, *proof, key()));
        auto phone = refresh::phoneRenew(key(), m_pair->phoneShare(), kSid, m_rho1, m_rho2, m_random);
        QVERIFY(phone);
        const auto server = refresh::serverRenew(key(), m_pair->server, kSid, m_rho1, m_rho2);
        QVERIFY(server);
        QVERIFY(refresh::serverCommit(server->key, server->share, kSid, m_rho2, phone->proof));

        QCOMPARE(server->key.epoch(), 1U);
        QCOMPARE(phone->key.epoch(), 1U);
        QVERIFY(server->key.y() == key().y());
        QCOMPARE(server->key.keyId(), key().keyId());
        QVERIFY(!(phone->share.expose() == m_pair->phone.expose()));
        QVERIFY(mulBase(phone->share.expose()) == server->share.exposeY1());

        const std::vector<Bytes> tbs{textBytes("text")};
        const auto sign = [&](const frost::PhoneShare &p, const frost::ServerShare &s) {
            return runFrostCosign(key(), frost::PhoneShare(p.expose()), s, tbs, m_random, m_random)->verdict;
        };
        QVERIFY(sign(phone->share, server->share));
        QVERIFY(refusedAs(sign(m_pair->phone, server->share), Errc::wrongPin));
        QVERIFY(refusedAs(sign(phone->share, m_pair->server), Errc::wrongPin));
        QVERIFY(sign(m_pair->phone, m_pair->server)); // the old pair of one epoch is still the key
    }

    void shareAtRest_ofBothWays_isTheSameAfterRefresh()
    {
        const FrostPair after = renewed();
        const auto made = frost::ServerShare::of(after.server.exposeS2(), after.key);
        QVERIFY(made && made->exposeY1() == after.server.exposeY1());
    }

    void ask_forAnotherOpOrEmptyShare_isRefused()
    {
        for (const Op op : {Op::decrypt, Op::refreshCommit})
            QVERIFY(refusedAs(ask(op), Errc::badInput));
        const auto proof = *ask();
        QVERIFY(refusedAs(judge(Op::refreshCommit, proof, key()), Errc::badInput));
        auto share = m_pair->phoneShare();
        const frost::PhoneShare taken = std::move(share);
        QVERIFY(
            refusedAs(refresh::phoneAsk(Op::refresh, key(), share, kSid, m_rho1, m_random), Errc::badState));
        QVERIFY(refusedAs(refresh::phoneRenew(key(), std::move(share), kSid, m_rho1, m_rho2, m_random),
                          Errc::badState));
        const frost::ServerShare gone = std::move(m_pair->server);
        QVERIFY(refusedAs(judge(Op::refresh, proof, key()), Errc::badState));
        QVERIFY(refusedAs(refresh::serverRenew(key(), m_pair->server, kSid, m_rho1, m_rho2), Errc::badState));
        QVERIFY(refusedAs(refresh::serverCommit(key(), m_pair->server, kSid, m_rho2, proof), Errc::badState));
    }

    void lastEpoch_hasNoNext()
    {
        const auto last = *frost::SharedKey::of(key().y().bytes(), kAcct, 0xffffffffU);
        QVERIFY(refusedAs(refresh::phoneRenew(last, m_pair->phoneShare(), kSid, m_rho1, m_rho2, m_random),
                          Errc::badState));
        QVERIFY(refusedAs(refresh::serverRenew(last, m_pair->server, kSid, m_rho1, m_rho2), Errc::badState));
    }

    void firstProof_ofAWrongForm_isRefusedUncounted()
    {
        const auto proof = *ask();
        for (const Bytes &bad : badEdScalars())
            QVERIFY(refusedAs(refresh::parseProof(replaced(proof, 16, bad)), Errc::tampered));
    }

    void firstProof_ofAnotherOpSidEpochAcctKeyOrRho_isAWrongPin()
    {
        const auto proof = *ask();
        QVERIFY(judge(Op::refresh, proof, key()));
        QVERIFY(refusedAs(judge(Op::pinChange, proof, key()), Errc::wrongPin)); // op 3 is not op 6 (R1)
        QVERIFY(refusedAs(judge(Op::refresh, *ask(Op::pinChange), key()), Errc::wrongPin));
        QVERIFY(refusedAs(judge(Op::refresh, proof, key(), Sid{}), Errc::wrongPin));
        QVERIFY(refusedAs(judge(Op::refresh, proof, *key().nextEpoch()), Errc::wrongPin));
        QVERIFY(refusedAs(judge(Op::refresh, proof, *frost::SharedKey::of(key().y().bytes(), Acct{}, 0)),
                          Errc::wrongPin));
        QVERIFY(refusedAs(judge(Op::refresh, proof, generateFrost(m_random).key), Errc::wrongPin));
        for (const std::size_t at : {0U, 15U, 16U, 40U})
            QVERIFY(refusedAs(judge(Op::refresh, flipped(proof, at), key()), Errc::wrongPin));
        m_rho1[0] = static_cast<std::uint8_t>(m_rho1[0] ^ 1);
        QVERIFY(refusedAs(judge(Op::refresh, proof, key()), Errc::wrongPin));
    }

    void firstProof_withAWrongPin_isAWrongPin()
    {
        const frost::PhoneShare wrong(m_pair->phone.expose() + EdScalar::fromWord(1));
        const auto proof = *refresh::phoneAsk(Op::refresh, key(), wrong, kSid, m_rho1, m_random);
        QVERIFY(refusedAs(judge(Op::refresh, proof, key()), Errc::wrongPin));
    }

    void secondProof_thatDoesNotFit_isRefused()
    {
        const auto first = *ask();
        auto phone = refresh::phoneRenew(key(), m_pair->phoneShare(), kSid, m_rho1, m_rho2, m_random);
        const auto server = refresh::serverRenew(key(), m_pair->server, kSid, m_rho1, m_rho2);
        const auto commits = [&](const ByteArray<48> &proof, const Sid &sid, const ByteArray<32> &rho2) {
            return refresh::serverCommit(server->key, server->share, sid, rho2, proof);
        };
        QVERIFY(commits(phone->proof, kSid, m_rho2));
        QVERIFY(refusedAs(commits(first, kSid, m_rho2), Errc::wrongPin)); // the first shown again
        QVERIFY(refusedAs(commits(phone->proof, Sid{}, m_rho2), Errc::wrongPin));
        QVERIFY(refusedAs(commits(phone->proof, kSid, m_rho1), Errc::wrongPin));
        QVERIFY(refusedAs(commits(flipped(phone->proof, 20), kSid, m_rho2), Errc::wrongPin));
        QVERIFY(
            refusedAs(refresh::serverCommit(key(), server->share, kSid, m_rho2, phone->proof), Errc::wrongPin));
        QVERIFY(refusedAs(refresh::serverCommit(server->key, m_pair->server, kSid, m_rho2, phone->proof),
                          Errc::wrongPin));
    }

    void share_thatIsNotItsKeys_isNeitherRenewedNorCommitted()
    {
        const auto spoilt = [&](const frost::ServerShare &share) {
            Bytes bytes = bytesOf(share.secretBytes()->expose());
            std::ranges::copy((share.exposeS2() + crypto::EdScalar::fromWord(1)).bytes(), bytes.begin());
            return std::move(*frost::ServerShare::fromBytes(bytes));
        };
        QVERIFY(m_pair->server.belongsTo(key()));
        QVERIFY(!spoilt(m_pair->server).belongsTo(key()));
        QVERIFY(refusedAs(refresh::serverRenew(key(), spoilt(m_pair->server), kSid, m_rho1, m_rho2), Errc::internal));
        auto phone = refresh::phoneRenew(key(), m_pair->phoneShare(), kSid, m_rho1, m_rho2, m_random);
        const auto server = refresh::serverRenew(key(), m_pair->server, kSid, m_rho1, m_rho2);
        QVERIFY(refresh::serverCommit(server->key, server->share, kSid, m_rho2, phone->proof));
        QVERIFY(refusedAs(refresh::serverCommit(server->key, spoilt(server->share), kSid, m_rho2, phone->proof), Errc::internal));
    }

    void phoneWithAnotherRho2_doesNotCommit()
    {
        auto phone = refresh::phoneRenew(key(), m_pair->phoneShare(), kSid, m_rho1, m_rho1, m_random);
        const auto server = refresh::serverRenew(key(), m_pair->server, kSid, m_rho1, m_rho2);
        QVERIFY(refusedAs(refresh::serverCommit(server->key, server->share, kSid, m_rho2, phone->proof),
                          Errc::wrongPin));
    }

    void factor_isBoundToEveryInput()
    {
        const auto next = *key().nextEpoch();
        const EdScalar f = refresh::factorOf(next, kSid, m_rho1, m_rho2);
        QVERIFY(!(f == refresh::factorOf(key(), kSid, m_rho1, m_rho2)));
        QVERIFY(!(f == refresh::factorOf(next, Sid{}, m_rho1, m_rho2)));
        QVERIFY(!(f == refresh::factorOf(next, kSid, m_rho2, m_rho2)));
        QVERIFY(!(f == refresh::factorOf(next, kSid, m_rho1, m_rho1)));
        QVERIFY(!(f == refresh::factorOf(*generateFrost(m_random).key.nextEpoch(), kSid, m_rho1, m_rho2)));
        QVERIFY(f == refresh::factorOf(next, kSid, m_rho1, m_rho2));
    }

    void renewedShare_ofZero_isRefused()
    {
        const EdScalar f = randomEdScalar(m_random);
        QVERIFY(refusedAs(frost::PhoneShare(-(frost::half() * f)).renewed(f), Errc::badState));
        const auto zero = frost::ServerShare::of(-f, key());
        QVERIFY(zero && refusedAs(zero->renewed(f), Errc::badState));
    }
};

QTEST_GUILESS_MAIN(TestFrostRefresh)
#include "test_frost_refresh.moc"
