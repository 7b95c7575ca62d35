// A phone whose sign key is of suite 2, made of shield/threshold alone; its encrypt key is of suite 1 as every
// one's.
#pragma once

#include "shield/threshold/frost_cosign_phone.h"
#include "shield/threshold/frost_keygen_phone.h"
#include "shield/threshold/frost_refresh_phone.h"
#include "tests/shield/cosigner/rig.h"

namespace hufu::tests {

class FrostPhone {
public:
    FrostPhone(ports::Random &random, const ByteArray<16> &acct) : m_random(random), m_acct(acct) {}

    // What lies on its disk, in clear: the current file, and the next one during a refresh.
    struct File {
        threshold::frost::SharedKey sign;
        crypto::EdScalar s1;
        PhoneKey encrypt;

        threshold::frost::PhoneShare share(Pin pin) const
        {
            return threshold::frost::PhoneShare(pin == Pin::right ? s1 : s1 + crypto::EdScalar::fromWord(1));
        }
    };
    std::optional<File> file, next;

    wire::Activate activate()
    {
        m_kDev = m_random.bytes<32>("kdev");
        wire::Activate message;
        message.acct = m_acct;
        ByteArray<32> kDev = m_kDev;
        message.kDev = Secret<32>::adopt(kDev);
        auto sign = threshold::frost::keygen::phoneStart(m_acct, m_random);
        auto encrypt = threshold::keygen::phoneStart(threshold::KeyType::encrypt, m_acct, m_random);
        message.kg1Sign = sign.kg1;
        message.kg1Encrypt = encrypt->kg1;
        m_startedSign.emplace(std::move(sign.state));
        m_startedEncrypt.emplace(std::move(encrypt->state));
        return message;
    }
    Result<wire::FrostKg3> kg3(const wire::FrostKg2 &kg2)
    {
        HUFU_TRY(sign, threshold::frost::keygen::phoneFinish(std::move(*m_startedSign), kg2.sign, m_random));
        HUFU_TRY(encrypt, threshold::keygen::phoneFinish(std::move(*m_startedEncrypt), kg2.encrypt, m_random));
        file.emplace(File{sign.key, sign.share.expose(), {encrypt.key, encrypt.share.expose()}});
        wire::FrostKg3 message;
        message.sign = sign.kg3;
        message.encrypt = encrypt.kg3;
        return message;
    }
    void finish(const wire::Kg4 &kg4)
    {
        m_ctr = kg4.ctr;
        m_n = kg4.n;
    }
    const File &current() const { return next ? *next : *file; }
    // The first success in the new epoch; or the server is at the old one and has no PENDING.
    void keepNext()
    {
        if (next) file = std::exchange(next, std::nullopt);
    }
    void dropNext() { next.reset(); }
    const ByteArray<32> &kDev() const { return m_kDev; }
    const ByteArray<16> &sid() const { return m_sid; }
    // As if what is on the other's disk were on this one's.
    void takeDiskOf(const FrostPhone &other)
    {
        file = other.file;
        next = other.next;
        m_kDev = other.m_kDev;
        m_ctr = other.m_ctr;
        m_n = other.m_n;
        m_rid.reset();
    }

    wire::Hello hello(intent::Op op, const ByteArray<16> &cn,
                      const std::optional<ByteArray<16>> &staleNonce = std::nullopt)
    {
        wire::Hello hello;
        hello.op = op;
        hello.acct = m_acct;
        hello.suite = op == intent::Op::decrypt ? wire::kSuiteSm2 : wire::kSuiteFrost;
        hello.keyId = op == intent::Op::decrypt ? current().encrypt.key.keyId() : current().sign.keyId();
        hello.epoch = current().sign.epoch();
        hello.ctr = m_ctr;
        hello.n = m_n;
        if (!m_rid) m_rid = m_random.bytes<16>("rid");
        hello.rid = *m_rid;
        seal(hello, cn, staleNonce);
        return hello;
    }
    template <typename M>
    void seal(M &message, const ByteArray<16> &cn,
              const std::optional<ByteArray<16>> &staleNonce = std::nullopt) const
    {
        message.mac = crypto::hmacSm3(m_kDev, wire::macInputOf(message, cn, staleNonce));
    }
    template <typename Chal> void take(const Chal &chal)
    {
        m_ctr = chal.ctr;
        m_n = chal.n;
        m_sid = chal.sid;
        m_rid.reset();
    }

    wire::FrostSign sign(Pin pin, const wire::FrostChal &chal)
    {
        namespace cosign = threshold::frost::cosign;
        auto consent = cosign::phoneCheck(current().sign, chal.points, chal.tbs);
        std::vector<std::uint8_t> all;
        for (std::size_t i = 0; i < chal.tbs.size(); ++i)
            all.push_back(static_cast<std::uint8_t>(i));
        auto made = cosign::phoneSign(std::move(*consent), current().share(pin), all, m_random);
        wire::FrostSign sign;
        sign.sid = m_sid;
        for (const auto &item : made->items)
            sign.items.push_back({item.index, item.share});
        m_expected = std::move(made->expected);
        return sign;
    }
    bool accepts(const wire::Resp &resp) const
    {
        return resp.verdict.status == wire::Status::ok && m_expected &&
               threshold::frost::cosign::phoneVerify(*m_expected, resp.signatures);
    }

    wire::Dec1 dec1(Pin pin, const Bytes &ciphertext)
    {
        const PhoneKey &key = current().encrypt;
        auto ask = threshold::decrypt::phoneAsk(key.key, m_sid, {*crypto::Sm2Ciphertext::parse(ciphertext)},
                                                key.share(pin), threshold::decrypt::Blinding::random, m_random);
        m_asked = std::move(ask->state);
        wire::Dec1 dec1;
        dec1.sid = m_sid;
        dec1.items.push_back({0, ask->asks[0]});
        return dec1;
    }
    Result<std::vector<SecretBytes>> opened(const wire::Dec2 &dec2)
    {
        return threshold::decrypt::phoneOpen(std::move(m_asked), dec2.answers);
    }

    // Both proofs under one rho1; either of them may be that of a wrong PIN.
    wire::Ref1 ref1(threshold::Op op, Pin signPin, Pin encryptPin)
    {
        std::vector<threshold::PhoneShare> shares;
        shares.push_back(current().encrypt.share(encryptPin));
        auto ask =
            threshold::refresh::phoneAsk(op, {current().encrypt.key}, std::move(shares), m_sid, m_random);
        auto proof = threshold::frost::refresh::phoneAsk(op, current().sign, current().share(signPin), m_sid,
                                                         ask->rho1, m_random);
        m_rho1 = ask->rho1;
        m_refresh.emplace(std::move(ask->state));
        wire::Ref1 ref1;
        ref1.sid = m_sid;
        ref1.rho1 = m_rho1;
        ref1.proofs = {{current().sign.keyId(), *proof}, {current().encrypt.key.keyId(), ask->proofs[0]}};
        return ref1;
    }
    wire::Ref3 ref3(const wire::Ref2 &ref2)
    {
        auto sign = threshold::frost::refresh::phoneRenew(file->sign, file->share(Pin::right), m_sid, m_rho1,
                                                          ref2.rho2, m_random);
        auto encrypt = threshold::refresh::phoneRenew(std::move(*m_refresh), ref2.rho2, m_random);
        next.emplace(File{sign->key, sign->share.expose(), {encrypt->keys[0], encrypt->shares[0].expose()}});
        wire::Ref3 ref3;
        ref3.sid = m_sid;
        ref3.proofs = {{sign->key.keyId(), sign->proof}, {encrypt->keys[0].keyId(), encrypt->proofs[0]}};
        return ref3;
    }

private:
    ports::Random &m_random;
    ByteArray<16> m_acct, m_sid{};
    ByteArray<32> m_kDev{}, m_n{}, m_rho1{};
    std::optional<ByteArray<16>> m_rid; // of a HELLO without its CHAL
    std::uint64_t m_ctr = 0;
    std::optional<threshold::frost::keygen::PhoneStarted> m_startedSign;
    std::optional<threshold::keygen::PhoneStarted> m_startedEncrypt;
    std::optional<threshold::frost::cosign::PhoneExpected> m_expected;
    std::vector<threshold::decrypt::PhoneAsked> m_asked;
    std::optional<threshold::refresh::PhoneAsked> m_refresh;
};

} // namespace hufu::tests
