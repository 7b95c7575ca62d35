// Suite 2 against RFC 9591's Appendix E.1 with its intermediate values, against the reference's known answers,
// and against two outsiders' verifiers.
#include "shield/crypto/frost_hash.h"
#include "shield/threshold/frost_cosign_round.h"
#include "tests/shield/threshold/frost_parties.h"

#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <sodium.h>

using namespace hufu;
using namespace hufu::tests;
using nlohmann::json;

namespace {

namespace algebra = frost::algebra;

Bytes field(const json &entry, const char *name)
{
    return hex(entry.at(name).get<std::string>());
}

EdScalar scalar(const json &entry, const char *name)
{
    return *EdScalar::parse(field(entry, name));
}

EdPoint point(const json &entry, const char *name)
{
    return *EdPoint::parse(field(entry, name));
}

bool opensslAccepts(ByteView publicKey, ByteView message, ByteView signature)
{
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, publicKey.data(), publicKey.size());
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool accepted =
        EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, key) == 1 &&
        EVP_DigestVerify(context, signature.data(), signature.size(), message.data(), message.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return accepted;
}

bool sodiumAccepts(ByteView publicKey, ByteView message, ByteView signature)
{
    return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                               publicKey.data()) == 0;
}

} // namespace

class TestFrostKnownAnswers : public QObject {
    Q_OBJECT

private:
    json m_vectors;
    ports::SystemRandom m_random;

private Q_SLOTS:
    void initTestCase()
    {
        std::ifstream file(HUFU_VECTORS "/frost.json");
        m_vectors = json::parse(file, nullptr, false);
        QVERIFY(m_vectors.is_object());
        QVERIFY(m_vectors.at("frost2of2").size() >= 3 && m_vectors.at("rfc9591").at("signers").size() == 2);
    }

    void rfc9591AppendixE1_withEveryIntermediateValue_isReproduced()
    {
        const json &v = m_vectors.at("rfc9591");
        const EdPoint y = point(v, "group_public_key");
        const Bytes message = field(v, "message");
        QVERIFY(mulBase(scalar(v, "group_secret_key")) == y);

        std::array<algebra::Commitment, 2> commitments;
        std::array<EdScalar, 2> d, e, s;
        for (std::size_t i = 0; i < 2; ++i) {
            const json &signer = v.at("signers").at(i);
            s[i] = scalar(signer, "signer_share");
            RecordedRandom random;
            random.expect("d", field(signer, "hiding_nonce_randomness"));
            random.expect("e", field(signer, "binding_nonce_randomness"));
            d[i] = frost::cosign::nonceOf("d", s[i], random);
            e[i] = frost::cosign::nonceOf("e", s[i], random);
            QCOMPARE(random.unexpected, 0);
            QCOMPARE(bytesOf(d[i].bytes()), field(signer, "hiding_nonce"));
            QCOMPARE(bytesOf(e[i].bytes()), field(signer, "binding_nonce"));
            commitments[i] = {signer.at("identifier").get<std::uint8_t>(), frost::cosign::published(d[i]),
                              frost::cosign::published(e[i])};
            QCOMPARE(bytesOf(commitments[i].d.bytes()), field(signer, "hiding_nonce_commitment"));
            QCOMPARE(bytesOf(commitments[i].e.bytes()), field(signer, "binding_nonce_commitment"));
        }

        const auto round = algebra::roundOf(y, message, commitments);
        QVERIFY(round);
        std::array<EdScalar, 2> z;
        for (std::size_t i = 0; i < 2; ++i) {
            const json &signer = v.at("signers").at(i);
            const Bytes input = field(signer, "binding_factor_input");
            QCOMPARE(bytesOf(ByteView(input).first(32)), bytesOf(y.bytes()));
            QCOMPARE(bytesOf(ByteView(input).subspan(32, 64)), bytesOf(crypto::frostH4({message})));
            const auto id0 = EdScalar::fromWord(1).bytes(), id1 = EdScalar::fromWord(3).bytes();
            QCOMPARE(bytesOf(ByteView(input).subspan(96, 64)),
                     bytesOf(crypto::frostH5({id0, commitments[0].d.bytes(), commitments[0].e.bytes(), id1,
                                              commitments[1].d.bytes(), commitments[1].e.bytes()})));
            QCOMPARE(bytesOf(crypto::frostH1({input}).bytes()), field(signer, "binding_factor"));
            QCOMPARE(bytesOf(round->rho[i].bytes()), field(signer, "binding_factor"));
            z[i] = algebra::shareOf(*round, i, d[i], e[i], s[i]);
            QCOMPARE(bytesOf(z[i].bytes()), field(signer, "sig_share"));
            QVERIFY(algebra::shareFits(*round, i, z[i], mulBase(s[i])));
            QVERIFY(!algebra::shareFits(*round, i, z[i], mulBase(s[1 - i])));
        }
        const auto signature = algebra::signatureOf(*round, z[0], z[1]);
        QCOMPARE(bytesOf(signature), field(v, "sig"));
        QVERIFY(opensslAccepts(y.bytes(), message, signature));
    }

    void cosign_ofTheReference_isReproduced_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_vectors.at("frost2of2").size(); ++i)
            QTest::addRow("%zu", i) << static_cast<int>(i);
    }
    void cosign_ofTheReference_isReproduced()
    {
        QFETCH(int, index);
        const json &v = m_vectors.at("frost2of2").at(static_cast<std::size_t>(index));
        RecordedRandom phone, server;
        phone.expect("d1", field(v, "hiding_rand_phone"));
        phone.expect("e1", field(v, "binding_rand_phone"));
        server.expect("d2", field(v, "hiding_rand_server"));
        server.expect("e2", field(v, "binding_rand_server"));
        const auto key = frost::SharedKey::of(field(v, "Y"), kAcct, 0);
        QVERIFY(key);
        const auto share = frost::ServerShare::of(scalar(v, "s2"), *key);
        QVERIFY(share);
        QVERIFY(share->exposeY1() == mulBase(scalar(v, "s1")));

        const Bytes message = field(v, "message");
        const auto done =
            runFrostCosign(*key, frost::PhoneShare(scalar(v, "s1")), *share, {message}, phone, server);
        QVERIFY(done);
        QCOMPARE(bytesOf(done->commitments.at(0)), field(v, "chal"));
        QCOMPARE(bytesOf(done->items.at(0).share), field(v, "sign"));
        QVERIFY(done->verdict);
        QCOMPARE(bytesOf(done->verdict->at(0)), field(v, "sig"));
        QVERIFY(frost::cosign::phoneVerify(done->expected, *done->verdict));
        QCOMPARE(phone.unexpected + server.unexpected, 0);
        QVERIFY(opensslAccepts(key->y().bytes(), message, done->verdict->at(0)));
        QVERIFY(sodiumAccepts(key->y().bytes(), message, done->verdict->at(0)));
    }

    void randomDevices_inManySessions_areAcceptedByOpensslAndSodium()
    {
        for (int device = 0; device < 10; ++device) {
            const FrostPair pair = generateFrost(m_random);
            const std::vector<Bytes> tbs{
                textBytes("one"), {}, Bytes(static_cast<std::size_t>(1000 + device), 7)};
            const auto done = runFrostCosign(pair, tbs, m_random);
            QVERIFY(done && done->verdict);
            for (std::size_t i = 0; i < tbs.size(); ++i) {
                const auto &signature = done->verdict->at(i);
                QVERIFY(opensslAccepts(pair.key.y().bytes(), tbs[i], signature));
                QVERIFY(sodiumAccepts(pair.key.y().bytes(), tbs[i], signature));
                QVERIFY(!opensslAccepts(pair.key.y().bytes(), textBytes("another"), signature));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFrostKnownAnswers)
#include "test_frost_known_answers.moc"
