// Random sessions of all kinds, each judged by OpenSSL, which knows only the public key.
#include "tests/shield/crypto/openssl_reference.h"
#include "tests/shield/threshold/parties.h"

#include <QtTest>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

using namespace hufu;
using namespace hufu::tests;
using namespace hufu::threshold;

namespace {

struct FreeKey {
    void operator()(EVP_PKEY *p) const { EVP_PKEY_free(p); }
    void operator()(EVP_PKEY_CTX *p) const { EVP_PKEY_CTX_free(p); }
    void operator()(EVP_MD_CTX *p) const { EVP_MD_CTX_free(p); }
};
using PublicKey = std::unique_ptr<EVP_PKEY, FreeKey>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeKey>;

PublicKey opensslKey(const SharedKey &key)
{
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0);
    OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, key.p().bytes().data(), 65);
    OSSL_PARAM *parameters = OSSL_PARAM_BLD_to_param(builder);
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY *out = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &out, EVP_PKEY_PUBLIC_KEY, parameters);
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    return PublicKey(out);
}

bool opensslVerifies(EVP_PKEY *key, ByteView message, const ByteArray<64> &signature)
{
    const Reference reference;
    ECDSA_SIG *made = ECDSA_SIG_new();
    ECDSA_SIG_set0(made, reference.number(ByteView(signature).first(32)).release(),
                   reference.number(ByteView(signature).subspan(32)).release());
    Bytes der(80);
    std::uint8_t *at = der.data();
    der.resize(static_cast<std::size_t>(i2d_ECDSA_SIG(made, &at)));
    ECDSA_SIG_free(made);
    const std::unique_ptr<EVP_MD_CTX, FreeKey> digest(EVP_MD_CTX_new());
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_CTX_set1_id(context.get(), crypto::kSm2Id.data(), static_cast<int>(crypto::kSm2Id.size()));
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key);
    return EVP_DigestVerify(digest.get(), der.data(), der.size(), message.data(), message.size()) == 1;
}

// OpenSSL's SM2Cipher { x, y, C3, C2 } (GM/T 0009), read by OpenSSL.
crypto::Sm2Ciphertext opensslEncrypt(EVP_PKEY *key, const Bytes &plain)
{
    const KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    EVP_PKEY_encrypt_init(context.get());
    Bytes der(plain.size() + 200);
    std::size_t length = der.size();
    EVP_PKEY_encrypt(context.get(), der.data(), &length, plain.data(), plain.size());

    const std::uint8_t *at = der.data();
    STACK_OF(ASN1_TYPE) *parts = d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(length));
    Bytes raw{4};
    for (int i = 0; i < 2; ++i) {
        const Number number(ASN1_INTEGER_to_BN(sk_ASN1_TYPE_value(parts, i)->value.integer, nullptr));
        raw = concat({raw, Reference().bytes(number)});
    }
    for (int i = 2; i < 4; ++i) {
        const ASN1_OCTET_STRING *octets = sk_ASN1_TYPE_value(parts, i)->value.octet_string;
        const auto size = static_cast<std::size_t>(ASN1_STRING_length(octets));
        raw = concat({raw, ByteView(ASN1_STRING_get0_data(octets), size)});
    }
    sk_ASN1_TYPE_pop_free(parts, ASN1_TYPE_free);
    return *crypto::Sm2Ciphertext::parse(raw);
}

} // namespace

class TestSessions : public QObject {
    Q_OBJECT

private:
    ports::SystemRandom m_random;

    // The phone as it is at rest: only b and a salt for each key, under one PIN.
    struct Device {
        int pin = 0;
        std::vector<SharedKey> keys;
        std::vector<ByteArray<32>> blinded;
        std::vector<ByteArray<32>> salts;
        std::vector<ServerShare> server;

        PhoneShare share(std::size_t i, int typed) const
        {
            return std::move(*unblind(blinded[i], cheapPin(typed), keys[i], salts[i]));
        }
    };

    std::uint32_t below(std::uint32_t limit)
    {
        const auto bytes = m_random.bytes<4>("test");
        return Reader(bytes).u32() % limit;
    }
    Bytes someBytes(std::size_t most)
    {
        Bytes out(1 + below(static_cast<std::uint32_t>(most)));
        m_random.fill(out, "test");
        return out;
    }
    Sid freshSid() { return m_random.bytes<16>("sid"); }

    void keep(Device &device, const std::vector<SharedKey> &keys, const std::vector<PhoneShare> &shares,
              int pin)
    {
        device.pin = pin;
        device.keys = keys;
        device.blinded.clear();
        device.salts.clear();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            device.salts.push_back(m_random.bytes<32>("salt"));
            device.blinded.push_back(*blind(shares[i], cheapPin(pin), keys[i], device.salts[i]));
        }
    }
    Device newDevice()
    {
        Device device;
        std::vector<SharedKey> keys;
        std::vector<PhoneShare> shares;
        for (const KeyType type : {KeyType::sign, KeyType::encrypt}) {
            Pair pair = generate(type, m_random);
            keys.push_back(pair.key);
            shares.push_back(std::move(pair.phone));
            device.server.push_back(std::move(pair.server));
        }
        keep(device, keys, shares, static_cast<int>(below(1'000'000)));
        return device;
    }

    void signSome(const Device &device)
    {
        std::vector<Bytes> tbs(1 + below(4));
        for (Bytes &text : tbs)
            text = someBytes(300);
        const auto run = [&](int typed) {
            return runCosign(device.keys[0], device.share(0, typed), device.keys[0], device.server[0], tbs,
                             m_random, m_random, freshSid());
        };
        const auto wrong = run(device.pin + 1);
        QVERIFY(wrong && refusedAs(wrong->verdict, Errc::wrongPin));
        const auto done = run(device.pin);
        QVERIFY(done && done->verdict);
        QVERIFY(cosign::phoneVerify(done->expected, *done->verdict));
        const PublicKey key = opensslKey(device.keys[0]);
        for (std::size_t i = 0; i < tbs.size(); ++i) {
            QVERIFY(opensslVerifies(key.get(), tbs[i], (*done->verdict)[i]));
            QVERIFY(!opensslVerifies(key.get(), concat({tbs[i], hex("00")}), (*done->verdict)[i]));
        }
    }
    void openSome(const Device &device)
    {
        const PublicKey key = opensslKey(device.keys[1]);
        std::vector<Bytes> plains(1 + below(4));
        std::vector<crypto::Sm2Ciphertext> ciphertexts;
        for (Bytes &plain : plains) {
            plain = someBytes(200);
            ciphertexts.push_back(opensslEncrypt(key.get(), plain));
        }
        const Sid sid = freshSid();
        const auto blinding = below(2) ? decrypt::Blinding::random : decrypt::Blinding::named;
        auto ask = decrypt::phoneAsk(device.keys[1], sid, ciphertexts, device.share(1, device.pin), blinding,
                                     m_random);
        QVERIFY(ask);
        const auto parsed = decrypt::serverParse(ask->asks);
        QVERIFY(parsed);
        const auto answers = decrypt::serverAnswer(device.keys[1], device.server[1], sid, *parsed);
        QVERIFY(answers);
        const auto opened = decrypt::phoneOpen(std::move(ask->state), *answers);
        QVERIFY(opened);
        for (std::size_t i = 0; i < plains.size(); ++i)
            QCOMPARE(bytesOf((*opened)[i].expose()), plains[i]);
    }
    void changePin(Device &device)
    {
        const Sid sid = freshSid();
        std::vector<PhoneShare> shares;
        for (std::size_t i = 0; i < device.keys.size(); ++i)
            shares.push_back(device.share(i, device.pin));
        const Op op = below(2) ? Op::pinChange : Op::refresh;
        auto ask = refresh::phoneAsk(op, device.keys, std::move(shares), sid, m_random);
        QVERIFY(ask);
        auto proposal =
            refresh::serverPropose(op, device.keys, device.server, sid, ask->rho1, ask->proofs, m_random);
        QVERIFY(proposal);
        const auto renewed = refresh::phoneRenew(std::move(ask->state), proposal->rho2, m_random);
        QVERIFY(renewed);
        QVERIFY(refresh::serverCommit(proposal->keys, proposal->shares, sid, proposal->rho2, renewed->proofs));
        keep(device, renewed->keys, renewed->shares,
             op == Op::pinChange ? static_cast<int>(below(1'000'000)) : device.pin);
        device.server = std::move(proposal->shares);
    }

private Q_SLOTS:
    void randomSessions_ofRandomDevices_areAllValidToOpenssl()
    {
        for (int device = 0; device < 8; ++device) {
            Device one = newDevice();
            for (int step = 0; step < 12 && !QTest::currentTestFailed(); ++step) {
                switch (below(3)) {
                case 0:
                    signSome(one);
                    break;
                case 1:
                    openSome(one);
                    break;
                default:
                    changePin(one);
                }
            }
            signSome(one);
            openSome(one);
        }
    }
};

QTEST_GUILESS_MAIN(TestSessions)
#include "test_sessions.moc"
