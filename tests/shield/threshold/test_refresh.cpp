// Refresh and change of PIN: each check of PROTOCOL 4.7 with R1 and R7, broken once.
#include "tests/shield/threshold/parties.h"

#include <QtTest>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;
using namespace hufu::threshold::refresh;

class TestRefresh : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;
    std::optional<Pair> m_sign, m_encrypt;

    std::vector<SharedKey> keys() { return {m_sign->key, m_encrypt->key}; }
    std::vector<PhoneShare> phoneShares()
    {
        std::vector<PhoneShare> shares;
        shares.push_back(m_sign->phoneShare());
        shares.push_back(m_encrypt->phoneShare());
        return shares;
    }
    std::vector<ServerShare> serverShares()
    {
        std::vector<ServerShare> shares;
        for (const Pair *pair : {&*m_sign, &*m_encrypt})
            shares.push_back(*ServerShare::fromBytes(pair->server.secretBytes()->expose()));
        return shares;
    }
    refresh::PhoneAsk asked(Op op = Op::refresh)
    {
        return *phoneAsk(op, keys(), phoneShares(), kSid, m_random);
    }
    Result<ServerProposal> propose(Op op, const refresh::PhoneAsk &ask, const Sid &sid = kSid)
    {
        return serverPropose(op, keys(), serverShares(), sid, ask.rho1, ask.proofs, m_random);
    }
    // A refresh up to REF3.
    struct Renewing {
        ServerProposal proposal;
        PhoneRenewed renewed;
    };
    Renewing renewing()
    {
        auto ask = asked();
        auto proposal = propose(Op::refresh, ask);
        auto renewed = phoneRenew(std::move(ask.state), proposal->rho2, m_random);
        return {std::move(*proposal), std::move(*renewed)};
    }
    Result<void> commitOf(const Renewing &r, std::span<const ByteArray<48>> proofs)
    {
        return serverCommit(r.proposal.keys, r.proposal.shares, kSid, r.proposal.rho2, proofs);
    }
    bool signs(const SharedKey &phoneKey, const PhoneShare &phone, const SharedKey &serverKey,
               const ServerShare &server)
    {
        const auto done = runCosign(phoneKey, PhoneShare(phone.expose()), serverKey, server,
                                    {textBytes("text")}, m_random, m_random);
        return done && done->verdict;
    }

private Q_SLOTS:
    void init()
    {
        m_sign = generate(KeyType::sign, m_random);
        m_encrypt = generate(KeyType::encrypt, m_random);
    }

    void refresh_ofAllKeys_keepsPublicKeysAndMakesOldHalvesNoise()
    {
        const Renewing r = renewing();
        QVERIFY(commitOf(r, r.renewed.proofs));
        const std::array<const Pair *, 2> pairs{&*m_sign, &*m_encrypt};
        for (std::size_t i = 0; i < 2; ++i) {
            const Pair &old = *pairs[i];
            const Scalar before = old.phone.expose() * old.server.exposeU2();
            const Scalar after = r.renewed.shares[i].expose() * r.proposal.shares[i].exposeU2();
            QVERIFY(before == after);
            QVERIFY(!(old.phone.expose() == r.renewed.shares[i].expose()));
            QCOMPARE(r.renewed.keys[i].epoch(), 1U);
            QCOMPARE(r.proposal.keys[i].keyId(), old.key.keyId());
            QVERIFY(crypto::mulBase(r.renewed.shares[i].expose()) == r.proposal.shares[i].exposeP1());
        }
        // Each key has a factor of its own.
        QVERIFY(!(r.renewed.shares[0].expose() * m_sign->phone.expose().inverse() ==
                  r.renewed.shares[1].expose() * m_encrypt->phone.expose().inverse()));

        QVERIFY(signs(r.renewed.keys[0], r.renewed.shares[0], r.proposal.keys[0], r.proposal.shares[0]));
        // Mixed epochs: the shares under either epoch's name.
        for (const SharedKey &key : {m_sign->key, r.renewed.keys[0]}) {
            QVERIFY(!signs(key, m_sign->phone, key, r.proposal.shares[0]));
            QVERIFY(!signs(key, r.renewed.shares[0], key, m_sign->server));
        }
        QVERIFY(!signs(m_sign->key, m_sign->phone, r.proposal.keys[0], r.proposal.shares[0]));
    }

    void ask_forWrongKeys_isRefused()
    {
        const auto asks = [&](Op op, std::vector<SharedKey> ofKeys) {
            return phoneAsk(op, std::move(ofKeys), phoneShares(), kSid, m_random);
        };
        QVERIFY(asks(Op::refresh, keys()));
        QVERIFY(asks(Op::pinChange, keys()));
        QVERIFY(refusedAs(asks(Op::decrypt, keys()), Errc::badInput));
        QVERIFY(refusedAs(asks(Op::refreshCommit, keys()), Errc::badInput));
        QVERIFY(refusedAs(asks(Op::refresh, {}), Errc::badInput));
        QVERIFY(refusedAs(asks(Op::refresh, {m_sign->key}), Errc::badInput));
        QVERIFY(refusedAs(asks(Op::refresh, {m_sign->key, m_sign->key}), Errc::badInput));
        QVERIFY(refusedAs(asks(Op::refresh, {m_sign->key, *m_encrypt->key.nextEpoch()}), Errc::badInput));
        QVERIFY(
            refusedAs(asks(Op::refresh, {m_sign->key, keyWith(m_encrypt->key, KeyType::encrypt, Acct{'o'}, 0)}),
                      Errc::badInput));
        auto used = phoneShares();
        used[1] = PhoneShare(Scalar());
        QVERIFY(refusedAs(phoneAsk(Op::refresh, keys(), std::move(used), kSid, m_random), Errc::badState));
    }

    void proposal_forWrongKeysOrNumber_isRefused()
    {
        const auto ask = asked();
        const auto proposes = [&](Op op, const std::vector<SharedKey> &ofKeys, std::size_t proofs) {
            return serverPropose(op, ofKeys, serverShares(), kSid, ask.rho1,
                                 std::span(ask.proofs).first(proofs), m_random);
        };
        QVERIFY(proposes(Op::refresh, keys(), 2));
        QVERIFY(refusedAs(proposes(Op::refresh, keys(), 1), Errc::badInput));
        QVERIFY(refusedAs(proposes(Op::refresh, {m_sign->key}, 1), Errc::badInput));
        QVERIFY(refusedAs(proposes(Op::refresh, {}, 0), Errc::badInput));
        QVERIFY(refusedAs(proposes(Op::decrypt, keys(), 2), Errc::badInput));
        const std::vector<SharedKey> last{keyWith(m_sign->key, KeyType::sign, kAcct, 0xffffffffU),
                                          keyWith(m_encrypt->key, KeyType::encrypt, kAcct, 0xffffffffU)};
        QVERIFY(refusedAs(proposes(Op::refresh, last, 2), Errc::badState));
    }

    void proof_ofWrongForm_isRefusedUncounted()
    {
        const auto ask = asked();
        QVERIFY(parseProofs(ask.proofs));
        const auto scalars = badScalars();
        QVERIFY(refusedAs(parseProofs(std::vector{replaced(ask.proofs[0], 16, scalars[1])}), Errc::tampered));
        QVERIFY(refusedAs(parseProofs(std::vector{ask.proofs[0], replaced(ask.proofs[1], 16, scalars[2])}),
                          Errc::tampered));
    }

    void firstProof_thatDoesNotFit_isAWrongPinWithoutIndex()
    {
        for (const std::size_t wrong : {0U, 1U}) {
            auto ask = asked();
            ask.proofs[wrong] = flipped(ask.proofs[wrong], 47);
            QVERIFY(refusedAs(propose(Op::refresh, ask), Errc::wrongPin));
        }
        auto swapped = asked();
        std::swap(swapped.proofs[0], swapped.proofs[1]);
        QVERIFY(refusedAs(propose(Op::refresh, swapped), Errc::wrongPin));
        auto otherRho = asked();
        otherRho.rho1 = flipped(otherRho.rho1, 0);
        QVERIFY(refusedAs(propose(Op::refresh, otherRho), Errc::wrongPin));
        QVERIFY(refusedAs(propose(Op::refresh, asked(), Sid{'o'}), Errc::wrongPin));
    }

    void firstProof_ofTheOtherPurpose_isAWrongPin() // R1: only op 6 gives the lifetime failures back
    {
        QVERIFY(propose(Op::pinChange, asked(Op::pinChange)));
        QVERIFY(refusedAs(propose(Op::pinChange, asked(Op::refresh)), Errc::wrongPin));
        QVERIFY(refusedAs(propose(Op::refresh, asked(Op::pinChange)), Errc::wrongPin));
    }

    void firstProof_withWrongShare_isAWrongPin()
    {
        for (const std::size_t wrong : {0U, 1U}) {
            auto shares = phoneShares();
            shares[wrong] = PhoneShare(shares[wrong].expose() + Scalar::one());
            const auto ask = phoneAsk(Op::refresh, keys(), std::move(shares), kSid, m_random);
            QVERIFY(refusedAs(propose(Op::refresh, *ask), Errc::wrongPin));
        }
    }

    void secondProof_thatDoesNotFit_isRefused() // X11
    {
        const Renewing r = renewing();
        const auto &proofs = r.renewed.proofs;
        QVERIFY(commitOf(r, proofs));
        for (const std::size_t wrong : {0U, 1U}) {
            auto changed = proofs;
            changed[wrong] = flipped(changed[wrong], 47);
            QVERIFY(refusedAs(commitOf(r, changed), Errc::wrongPin));
        }
        QVERIFY(refusedAs(commitOf(r, std::span(proofs).first(1)), Errc::badInput));
        const auto commits = [&](const std::vector<SharedKey> &ofKeys, const std::vector<ServerShare> &shares,
                                 const Sid &sid, const ByteArray<32> &rho2) {
            return serverCommit(ofKeys, shares, sid, rho2, proofs);
        };
        QVERIFY(
            refusedAs(commits(r.proposal.keys, r.proposal.shares, Sid{'o'}, r.proposal.rho2), Errc::wrongPin));
        QVERIFY(refusedAs(commits(r.proposal.keys, r.proposal.shares, kSid, flipped(r.proposal.rho2, 0)),
                          Errc::wrongPin));
        QVERIFY(
            refusedAs(commits(keys(), r.proposal.shares, kSid, r.proposal.rho2), Errc::wrongPin)); // old epoch
        QVERIFY(refusedAs(commits(r.proposal.keys, serverShares(), kSid, r.proposal.rho2), Errc::wrongPin));
        QVERIFY(refusedAs(commits({}, {}, kSid, r.proposal.rho2), Errc::badInput));
    }

    // As a fault of memory or arithmetic would leave it: the proofs fit P1, but u2 is not its inverse's.
    void share_thatIsNotItsKeys_isNeitherProposedNorCommitted()
    {
        const auto spoilt = [&](const ServerShare &share) {
            Bytes bytes = bytesOf(share.secretBytes()->expose());
            std::ranges::copy(randomScalar(m_random).bytes(), bytes.begin());
            return std::move(*ServerShare::fromBytes(bytes));
        };
        for (const std::size_t wrong : {0U, 1U}) {
            const auto ask = asked();
            auto shares = serverShares();
            shares[wrong] = spoilt(shares[wrong]);
            QVERIFY(refusedAs(serverPropose(Op::refresh, keys(), shares, kSid, ask.rho1, ask.proofs, m_random), Errc::internal));
            Renewing r = renewing();
            QVERIFY(commitOf(r, r.renewed.proofs));
            r.proposal.shares[wrong] = spoilt(r.proposal.shares[wrong]);
            QVERIFY(refusedAs(commitOf(r, r.renewed.proofs), Errc::internal));
        }
    }

    void firstProof_shownAgainAsSecond_isRefused()
    {
        // The proofs of REF1 say nothing about the renewed shares, nor about op 4.
        auto ask = asked();
        const auto proposal = propose(Op::refresh, ask);
        QVERIFY(refusedAs(serverCommit(proposal->keys, proposal->shares, kSid, proposal->rho2, ask.proofs),
                          Errc::wrongPin));
        QVERIFY(refusedAs(serverCommit(keys(), serverShares(), kSid, ask.rho1, ask.proofs), Errc::wrongPin));
    }

    void phoneWithAnotherRho2_doesNotCommit()
    {
        auto ask = asked();
        const auto proposal = propose(Op::refresh, ask);
        const auto renewed = phoneRenew(std::move(ask.state), flipped(proposal->rho2, 0), m_random);
        QVERIFY(refusedAs(serverCommit(proposal->keys, proposal->shares, kSid, proposal->rho2, renewed->proofs),
                          Errc::wrongPin));
    }

    void ask_usedTwice_isRefused()
    {
        auto ask = asked();
        QVERIFY(phoneRenew(std::move(ask.state), {}, m_random));
        QVERIFY(refusedAs(phoneRenew(std::move(ask.state), {}, m_random), Errc::badState));
    }

    void lastEpoch_hasNoNext()
    {
        const std::vector<SharedKey> last{keyWith(m_sign->key, KeyType::sign, kAcct, 0xffffffffU)};
        std::vector<PhoneShare> shares;
        shares.push_back(m_sign->phoneShare());
        auto ask = phoneAsk(Op::refresh, last, std::move(shares), kSid, m_random);
        QVERIFY(ask);
        QVERIFY(refusedAs(phoneRenew(std::move(ask->state), {}, m_random), Errc::badState));
    }

    void oldPairOfEqualEpoch_isStillTheKey() // R7: why old u2 must be destroyed outside backups as well (X3)
    {
        Renewing r = renewing();
        QVERIFY(signs(m_sign->key, m_sign->phone, m_sign->key, m_sign->server));
    }
};

QTEST_GUILESS_MAIN(TestRefresh)
#include "test_refresh.moc"
