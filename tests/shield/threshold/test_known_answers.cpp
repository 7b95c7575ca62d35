// The reference's known answers, byte for byte, and the standard's own signature through a split key.
#include "shield/crypto/sm2.h"
#include "shield/threshold/algebra.h"
#include "tests/shield/threshold/parties.h"

#include <QtTest>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;
using nlohmann::json;

namespace {

Bytes field(const json &entry, const char *name)
{
    return hex(entry.at(name).get<std::string>());
}

template <std::size_t N> ByteArray<N> array(const json &entry, const char *name)
{
    return *fixedBytes<N>(field(entry, name));
}

Scalar scalar(const json &entry, const char *name)
{
    return *Scalar::parse(field(entry, name));
}

// Answers the draws of one side from the entry's record.
void record(RecordedRandom &random, const json &draws)
{
    for (const auto &[label, value] : draws.items())
        random.expect(label, hex(value.get<std::string>()));
}

std::uint32_t epochOf(const json &entry)
{
    return entry.at("epoch").get<std::uint32_t>();
}

SharedKey keyOf(const json &entry, KeyType type)
{
    return *SharedKey::of(type, field(entry, "P"), array<16>(entry, "acct"), epochOf(entry));
}

} // namespace

class TestKnownAnswers : public QObject {
    Q_OBJECT

private:
    json m_vectors;

    void rows(const char *group)
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_vectors.at(group).size(); ++i)
            QTest::addRow("%s %zu", group, i) << static_cast<int>(i);
    }
    const json &entry(const char *group)
    {
        QFETCH(int, index);
        return m_vectors.at(group).at(static_cast<std::size_t>(index));
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::ifstream file(HUFU_VECTORS "/two_party.json");
        m_vectors = json::parse(file, nullptr, false);
        QVERIFY(m_vectors.is_object());
        QVERIFY(m_vectors.at("sm2").size() >= 3 && m_vectors.at("decrypt").size() >= 3 &&
                m_vectors.at("refresh").size() >= 3);
    }

    void keygen_ofTheReference_isReproduced_data() { rows("sm2"); }
    void keygen_ofTheReference_isReproduced()
    {
        const json &v = entry("sm2");
        RecordedRandom phone, server;
        record(phone, v.at("kg_random").at("phone"));
        record(server, v.at("kg_random").at("server"));
        const auto acct = array<16>(v, "acct");

        auto start = keygen::phoneStart(KeyType::sign, acct, phone);
        QVERIFY(start);
        QCOMPARE(bytesOf(start->kg1), field(v, "kg1"));
        auto answer = keygen::serverAnswer(start->kg1, KeyType::sign, acct, server);
        QVERIFY(answer);
        QCOMPARE(bytesOf(answer->kg2), field(v, "kg2"));
        auto finished = keygen::phoneFinish(std::move(start->state), answer->kg2, phone);
        QVERIFY(finished);
        QCOMPARE(bytesOf(finished->kg3), field(v, "kg3"));
        auto accepted = keygen::serverAccept(std::move(answer->state), finished->kg3);
        QVERIFY(accepted);

        QCOMPARE(bytesOf(finished->share.expose().bytes()), field(v, "u1"));
        QCOMPARE(bytesOf(accepted->share.exposeU2().bytes()), field(v, "u2"));
        for (const SharedKey &key : {finished->key, accepted->key}) {
            QCOMPARE(bytesOf(key.p().bytes()), field(v, "P"));
            QCOMPARE(bytesOf(key.keyId()), field(v, "key_id"));
            QCOMPARE(key.epoch(), 0U);
        }
        QCOMPARE(phone.unexpected + server.unexpected, 0);
    }

    void blinding_ofTheReference_isReproduced_data() { rows("sm2"); }
    void blinding_ofTheReference_isReproduced()
    {
        const json &v = entry("sm2");
        const SharedKey key = keyOf(v, KeyType::sign);
        auto kPinBytes = array<32>(v, "kpin");
        const auto kPin = Secret<32>::adopt(kPinBytes);
        const auto salt = array<32>(v, "salt");
        const auto b = blind(PhoneShare(scalar(v, "u1")), kPin, key, salt);
        QVERIFY(b);
        QCOMPARE(bytesOf(*b), field(v, "blinded"));
        QCOMPARE(bytesOf((scalar(v, "u1") - *Scalar::parse(*b)).bytes()), field(v, "mask"));
        const auto share = unblind(*b, kPin, key, salt);
        QVERIFY(share);
        QCOMPARE(bytesOf(share->expose().bytes()), field(v, "u1"));
    }

    void cosign_ofTheReference_isReproduced_data() { rows("sm2"); }
    void cosign_ofTheReference_isReproduced()
    {
        const json &v = entry("sm2");
        RecordedRandom phone, server;
        record(phone, v.at("sign_random").at("phone"));
        record(server, v.at("sign_random").at("server"));
        const SharedKey key = keyOf(v, KeyType::sign);
        const auto share = ServerShare::of(scalar(v, "u2"), key);
        QVERIFY(share);
        QCOMPARE(bytesOf(*crypto::sm2Z(key.p().point())), field(v, "Z"));

        const auto done = runCosign(key, PhoneShare(scalar(v, "u1")), key, *share, {field(v, "message")}, phone,
                                    server, array<16>(v, "sid"));
        QVERIFY(done);
        QCOMPARE(bytesOf(done->com1.at(0)), field(v, "com1"));
        QCOMPARE(bytesOf(done->points.at(0)), field(v, "chal"));
        QCOMPARE(bytesOf(done->items.at(0).share), field(v, "sign"));
        QCOMPARE(bytesOf(done->expected.items.at(0).e), field(v, "e"));
        QVERIFY(done->verdict);
        QCOMPARE(bytesOf(done->verdict->at(0)), concat({field(v, "r"), field(v, "s")}));
        QVERIFY(cosign::phoneVerify(done->expected, *done->verdict));
        QCOMPARE(phone.unexpected + server.unexpected, 0);
    }

    void decrypt_ofTheReference_isReproduced_data() { rows("decrypt"); }
    void decrypt_ofTheReference_isReproduced()
    {
        const json &v = entry("decrypt");
        RecordedRandom phone;
        record(phone, v.at("random").at("phone"));
        const SharedKey key = keyOf(v, KeyType::encrypt);
        const auto share = ServerShare::of(scalar(v, "u2"), key);
        QVERIFY(share);
        const auto sid = array<16>(v, "sid");

        auto ask = decrypt::phoneAsk(key, sid, {*crypto::Sm2Ciphertext::parse(field(v, "ciphertext"))},
                                     PhoneShare(scalar(v, "u1")), decrypt::Blinding::random, phone);
        QVERIFY(ask);
        QCOMPARE(bytesOf(ask->asks.at(0)), field(v, "dec1"));
        const auto parsed = decrypt::serverParse(ask->asks);
        QVERIFY(parsed);
        const auto answers = decrypt::serverAnswer(key, *share, sid, *parsed);
        QVERIFY(answers);
        QCOMPARE(bytesOf(answers->at(0)), field(v, "dec2"));
        const auto opened = decrypt::phoneOpen(std::move(ask->state), *answers);
        QVERIFY(opened);
        QCOMPARE(bytesOf(opened->at(0).expose()), field(v, "plaintext"));
        QCOMPARE(phone.unexpected, 0);
    }

    void refresh_ofTheReference_isReproduced_data() { rows("refresh"); }
    void refresh_ofTheReference_isReproduced()
    {
        const json &v = entry("refresh");
        RecordedRandom phone, server;
        record(phone, v.at("random").at("phone"));
        record(server, v.at("random").at("server"));
        const std::vector<SharedKey> keys{keyOf(v, KeyType::sign)};
        std::vector<ServerShare> shares;
        shares.push_back(*ServerShare::of(scalar(v, "u2"), keys[0]));
        std::vector<PhoneShare> phoneShares;
        phoneShares.emplace_back(scalar(v, "u1"));
        const auto sid = array<16>(v, "sid");

        auto ask = refresh::phoneAsk(Op::refresh, keys, std::move(phoneShares), sid, phone);
        QVERIFY(ask);
        QCOMPARE(concat({ask->rho1, ask->proofs.at(0)}), field(v, "ref1"));
        auto proposal = refresh::serverPropose(Op::refresh, keys, shares, sid, ask->rho1, ask->proofs, server);
        QVERIFY(proposal);
        QCOMPARE(bytesOf(proposal->rho2), field(v, "ref2"));
        auto renewed = refresh::phoneRenew(std::move(ask->state), proposal->rho2, phone);
        QVERIFY(renewed);
        QCOMPARE(bytesOf(renewed->proofs.at(0)), field(v, "ref3"));
        QVERIFY(refresh::serverCommit(proposal->keys, proposal->shares, sid, proposal->rho2, renewed->proofs));
        QCOMPARE(bytesOf(renewed->shares.at(0).expose().bytes()), field(v, "u1_new"));
        QCOMPARE(bytesOf(proposal->shares.at(0).exposeU2().bytes()), field(v, "u2_new"));
        QCOMPARE(phone.unexpected + server.unexpected, 0);
    }

    void standardKey_splitInTwo_signsAsAnnexA()
    {
        const json &v = m_vectors.at("annexA");
        const SharedKey key = *SharedKey::of(KeyType::sign, field(v, "P"), kAcct, 0);
        const auto e = array<32>(v, "e");
        QCOMPARE(*crypto::sm2E(key.p().point(), field(v, "message")), e);

        const Scalar onePlusD = Scalar::one() + scalar(v, "d");
        const Scalar u1 = scalar(v, "u1");
        const Scalar u2 = onePlusD * u1.inverse();
        const Scalar k2 = scalar(v, "k2");
        const Scalar k1 = scalar(v, "k") - k2 * onePlusD;
        const auto joined = algebra::joinNonces(mulBase(k1), mul(k2, key.base().point()), e);
        QVERIFY(joined);
        QCOMPARE(bytesOf(joined->r.bytes()), field(v, "r"));
        const auto s1 = algebra::phonePart(u1.inverse(), joined->r, k1);
        QVERIFY(s1);
        const auto share = ServerShare::of(u2, key);
        QVERIFY(share);
        QVERIFY(algebra::shareFitsVartime(share->exposeP1(), *s1, joined->r, mulBase(k1)));
        const auto s = algebra::complete(share->exposeU2(), share->d2(), *s1, k2, joined->r);
        QVERIFY(s);
        QCOMPARE(bytesOf(s->bytes()), field(v, "s"));
    }
};

QTEST_GUILESS_MAIN(TestKnownAnswers)
#include "test_known_answers.moc"
