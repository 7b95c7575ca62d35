// A phone made of shield/threshold alone: it keeps what a phone keeps, forgets what a phone forgets, and can be copied as a
// thief copies one. Its shares lie in clear: a right PIN is the share, a wrong one another share.
#pragma once

#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/threshold/cosign_phone.h"
#include "shield/threshold/decrypt_phone.h"
#include "shield/threshold/keygen_phone.h"
#include "shield/threshold/refresh_phone.h"
#include "shield/wire/activation.h"
#include "shield/wire/conversation.h"

namespace hufu::tests {

enum class Pin { right, wrong };

// One key's file of one epoch.
struct PhoneKey {
    threshold::SharedKey key;
    crypto::Scalar u1;

    threshold::PhoneShare share(Pin pin) const
    {
        return threshold::PhoneShare(pin == Pin::right ? u1 : u1 + crypto::Scalar::one());
    }
};

// What is on the phone's disk.
struct PhoneDisk {
    ByteArray<16> acct{};
    ByteArray<32> kDev{};
    std::vector<PhoneKey> keys, nextKeys; // sign, encrypt; nextKeys: the second file during a refresh
    std::uint64_t ctr = 0;
    ByteArray<32> n{};
    ByteArray<16> rid{};
    bool ridDrawn = false;

    // With two files on disk the next epoch is tried first.
    const std::vector<PhoneKey> &current() const { return nextKeys.empty() ? keys : nextKeys; }
    const PhoneKey &signKey() const { return current()[0]; }
    const PhoneKey &encryptKey() const { return current()[1]; }
};

class TestPhone {
public:
    explicit TestPhone(ports::Random &random) : m_random(random) {}

    PhoneDisk disk;

    // --- activation ---
    wire::Activate activate(const ByteArray<16> &acct)
    {
        disk = {};
        disk.acct = acct;
        disk.kDev = m_random.bytes<32>("kdev");
        wire::Activate message;
        message.acct = acct;
        ByteArray<32> kDev = disk.kDev;
        message.kDev = Secret<32>::adopt(kDev);
        m_started.clear();
        for (const auto type : {threshold::KeyType::sign, threshold::KeyType::encrypt}) {
            auto start = threshold::keygen::phoneStart(type, acct, m_random);
            (type == threshold::KeyType::sign ? message.kg1Sign : message.kg1Encrypt) = start->kg1;
            m_started.push_back(std::move(start->state));
        }
        return message;
    }
    Result<wire::Kg3> kg3(const wire::Kg2 &kg2)
    {
        HUFU_TRY(sign, threshold::keygen::phoneFinish(std::move(m_started[0]), kg2.sign, m_random));
        HUFU_TRY(encrypt, threshold::keygen::phoneFinish(std::move(m_started[1]), kg2.encrypt, m_random));
        disk.keys = {{sign.key, sign.share.expose()}, {encrypt.key, encrypt.share.expose()}};
        wire::Kg3 message;
        message.sign = sign.kg3;
        message.encrypt = encrypt.kg3;
        return message;
    }
    bool finish(const wire::Kg4 &kg4)
    {
        disk.ctr = kg4.ctr;
        disk.n = kg4.n;
        const auto fits = [&](const PhoneKey &key, const ByteArray<32> &mac) {
            return crypto::hmacSm3(disk.kDev, wire::kg4MacInput(key.key.keyId(), kg4.n, kg4.ctr)) == mac;
        };
        return fits(disk.keys[0], kg4.macSign) && fits(disk.keys[1], kg4.macEncrypt);
    }

    // --- HELLO and CHAL ---
    wire::Hello hello(intent::Op op, std::size_t items, const ByteArray<16> &cn,
                      const std::optional<ByteArray<16>> &staleNonce = std::nullopt)
    {
        if (!disk.ridDrawn) disk.rid = m_random.bytes<16>("rid");
        disk.ridDrawn = true;
        wire::Hello hello;
        hello.op = op;
        hello.acct = disk.acct;
        const PhoneKey &key = op == intent::Op::decrypt ? disk.encryptKey() : disk.signKey();
        hello.keyId = key.key.keyId();
        hello.epoch = key.key.epoch();
        hello.ctr = disk.ctr;
        hello.n = disk.n;
        hello.rid = disk.rid;
        m_commitment.reset();
        m_consent.reset();
        if (op == intent::Op::sign) {
            m_commitment = std::move(*threshold::cosign::phoneCommit(key.key, items, m_random));
            hello.com1 = m_commitment->com1();
        }
        seal(hello, cn, staleNonce);
        return hello;
    }
    template <typename M>
    void seal(M &message, const ByteArray<16> &cn, const std::optional<ByteArray<16>> &staleNonce = std::nullopt) const
    {
        message.mac = crypto::hmacSm3(disk.kDev, wire::macInputOf(message, cn, staleNonce));
    }
    // The chain's new position is on disk before anything else is sent.
    Result<void> take(const wire::Chal &chal)
    {
        disk.ctr = chal.ctr;
        disk.n = chal.n;
        disk.ridDrawn = false;
        m_sid = chal.sid;
        if (!m_commitment) return {};
        HUFU_TRY(consent, threshold::cosign::phoneCheck(std::move(*m_commitment), chal.sid, chal.points, chal.tbs));
        m_consent = std::move(consent);
        return {};
    }

    // --- sign ---
    wire::Sign sign(Pin pin, const std::vector<std::uint8_t> &included = {0})
    {
        wire::Sign sign;
        sign.sid = m_sid;
        auto made = threshold::cosign::phoneSign(std::move(*m_consent), disk.signKey().share(pin), included);
        for (const auto &item : made->items)
            sign.items.push_back({item.index, item.share});
        m_expected = std::move(made->expected);
        return sign;
    }
    bool accepts(const wire::Resp &resp)
    {
        return resp.verdict.status == wire::Status::ok && m_expected &&
               threshold::cosign::phoneVerify(*m_expected, resp.signatures);
    }

    // --- decrypt ---
    wire::Dec1 dec1(Pin pin, const std::vector<Bytes> &ciphertexts, bool named = false)
    {
        std::vector<crypto::Sm2Ciphertext> parsed;
        for (const Bytes &bytes : ciphertexts)
            parsed.push_back(std::move(*crypto::Sm2Ciphertext::parse(bytes)));
        const auto blinding = named ? threshold::decrypt::Blinding::named : threshold::decrypt::Blinding::random;
        const PhoneKey &key = disk.encryptKey();
        auto ask = threshold::decrypt::phoneAsk(key.key, m_sid, std::move(parsed), key.share(pin), blinding, m_random);
        m_asked = std::move(ask->state);
        wire::Dec1 dec1;
        dec1.sid = m_sid;
        for (std::size_t i = 0; i < ask->asks.size(); ++i)
            dec1.items.push_back({static_cast<std::uint8_t>(i), ask->asks[i]});
        return dec1;
    }
    Result<std::vector<SecretBytes>> opened(const wire::Dec2 &dec2)
    {
        return threshold::decrypt::phoneOpen(std::move(m_asked), dec2.answers);
    }

    // --- refresh ---
    wire::Ref1 ref1(intent::Op op, Pin pin)
    {
        std::vector<threshold::SharedKey> keys;
        std::vector<threshold::PhoneShare> shares;
        for (const PhoneKey &key : disk.current()) {
            keys.push_back(key.key);
            shares.push_back(key.share(pin));
        }
        const auto as = op == intent::Op::pinChange ? threshold::Op::pinChange : threshold::Op::refresh;
        auto ask = threshold::refresh::phoneAsk(as, std::move(keys), std::move(shares), m_sid, m_random);
        m_refresh = std::move(ask->state);
        wire::Ref1 ref1;
        ref1.sid = m_sid;
        ref1.rho1 = ask->rho1;
        for (std::size_t i = 0; i < ask->proofs.size(); ++i)
            ref1.proofs.push_back({disk.current()[i].key.keyId(), ask->proofs[i]});
        return ref1;
    }
    wire::Ref3 ref3(const wire::Ref2 &ref2)
    {
        auto renewed = threshold::refresh::phoneRenew(std::move(*m_refresh), ref2.rho2, m_random);
        std::vector<PhoneKey> next;
        for (std::size_t i = 0; i < renewed->keys.size(); ++i)
            next.push_back({renewed->keys[i], renewed->shares[i].expose()});
        disk.nextKeys = std::move(next);
        wire::Ref3 ref3;
        ref3.sid = m_sid;
        for (std::size_t i = 0; i < renewed->proofs.size(); ++i)
            ref3.proofs.push_back({renewed->keys[i].keyId(), renewed->proofs[i]});
        return ref3;
    }
    // The first success in the new epoch.
    void keepNext()
    {
        if (!disk.nextKeys.empty()) disk.keys = std::exchange(disk.nextKeys, {});
    }
    // The server is at the old epoch and has no PENDING.
    void dropNext() { disk.nextKeys.clear(); }

    const ByteArray<16> &sid() const { return m_sid; }

private:
    ports::Random &m_random;
    ByteArray<16> m_sid{};
    std::vector<threshold::keygen::PhoneStarted> m_started;
    std::optional<threshold::cosign::PhoneCommitment> m_commitment;
    std::optional<threshold::cosign::PhoneConsent> m_consent;
    std::optional<threshold::cosign::PhoneExpected> m_expected;
    std::vector<threshold::decrypt::PhoneAsked> m_asked;
    std::optional<threshold::refresh::PhoneAsked> m_refresh;
};

} // namespace hufu::tests
