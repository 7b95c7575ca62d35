// A cosigner with fakes around it, and a test phone that talks to it within one process.
#pragma once

#include "shield/cosigner/conversation.h"
#include "shield/crypto/aead.h"
#include "tests/shield/cosigner/requests.h"
#include "tests/shield/cosigner/test_phone.h"
#include "tests/support/failing_ledger.h"
#include "tests/support/outside_fakes.h"

namespace hufu::tests {

class TestMasterKey final : public ports::MasterKey {
public:
    bool down = false;
    Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        if (down) return Error(Errc::unavailable, "master key down");
        return crypto::aeadSeal(m_key, plain, context, m_random);
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override
    {
        if (down) return Error(Errc::unavailable, "master key down");
        return crypto::aeadOpen(m_key, sealed, context);
    }

private:
    crypto::AeadKey m_key; // zeros: the same after a restart
    ports::SystemRandom m_random;
};

struct Rig {
    MemoryLedger memory;
    FailingLedger ledger{memory};
    TestMasterKey masterKey;
    MemoryEpochKeys epochKeys;
    ports::SystemRandom random;
    ManualClock clock;
    std::vector<cosigner::Notice> notices; // in their transactions
    std::vector<cosigner::Notice> happened;
    ports::FaultHook *hook = nullptr;
    std::uint32_t decryptionsPerDay = 0, rehearsalsPerDay = 0;
    std::unique_ptr<cosigner::Cosigner> server;
    std::unique_ptr<cosigner::Conversation> connection;
    TestPhone phone{random};
    ByteArray<16> acct{1};

    Rig() { restart(); }

    void restart()
    {
        connection.reset();
        server.reset();
        const auto notice = [this](ports::Transaction &, const cosigner::Notice &told) -> Result<void> {
            notices.push_back(told);
            return {};
        };
        auto started = cosigner::Cosigner::start({ledger, masterKey, epochKeys, random, clock, hook, notice, decryptionsPerDay, rehearsalsPerDay,
                                                 [this](const cosigner::Notice &told) { happened.push_back(told); }});
        server = std::move(*started);
        reconnect();
    }
    void reconnect()
    {
        connection = server->connect();
        m_cn = connection->greeting()->cn;
    }
    const ByteArray<16> &cn() const { return m_cn; }
    cosigner::DeviceView device() const { return *server->device(acct); }
    bool told(cosigner::Notice::Kind kind) const
    {
        return std::any_of(notices.begin(), notices.end(), [&](const auto &notice) { return notice.kind == kind; });
    }

    bool makeKeys()
    {
        auto kg2 = connection->keygenStart(phone.activate(acct));
        if (!kg2) return false;
        auto kg3 = phone.kg3(*kg2);
        if (!kg3) return false;
        auto kg4 = connection->keygenFinish(*kg3);
        return kg4 && phone.finish(*kg4);
    }
    // HELLO, and the second one if the first was stale.
    Result<cosigner::HelloAnswer> ask(TestPhone &from, const cosigner::Pending &pending)
    {
        const std::size_t items = pending.tbs.size();
        HUFU_TRY(answer, connection->hello(from.hello(pending.op, items, cn()), pending));
        if (const auto *stale = std::get_if<wire::Stale>(&answer))
            return connection->hello(from.hello(pending.op, items, cn(), stale->nonce), pending);
        return std::move(answer);
    }
    // The CHAL, taken by the phone. Errors: refused for any other answer.
    Result<wire::Chal> challenge(const cosigner::Pending &pending)
    {
        HUFU_TRY(answer, ask(phone, pending));
        const auto *chal = std::get_if<wire::Chal>(&answer);
        if (!chal) return Error(Errc::refused, "no CHAL");
        HUFU_CHECK(phone.take(*chal));
        return *chal;
    }
    Result<wire::Resp> signOnce(const cosigner::Pending &pending, Pin pin)
    {
        HUFU_TRY(chal, challenge(pending));
        std::vector<std::uint8_t> all;
        for (std::size_t i = 0; i < chal.points.size(); ++i)
            all.push_back(static_cast<std::uint8_t>(i));
        return connection->sign(phone.sign(pin, all));
    }
    Result<wire::Dec2> openOnce(const cosigner::Pending &pending, Pin pin)
    {
        HUFU_TRY(chal, challenge(pending));
        return connection->decrypt(phone.dec1(pin, chal.tbs));
    }
    // Keys made and both proved.
    bool activate()
    {
        if (!makeKeys()) return false;
        auto csr = signOnce(csrPending(device().sign.point), Pin::right);
        if (!csr || !phone.accepts(*csr)) return false;
        return probe();
    }
    bool probe()
    {
        const Bytes secret(32, 9);
        const Bytes sealed = ciphertextFor(device().encrypt.point, secret, random);
        auto pending = openPending(intent::Act::probe, {sealed});
        pending.probeSm3 = crypto::sm3(secret);
        auto dec2 = openOnce(pending, Pin::right);
        if (!dec2) return false;
        auto opened = phone.opened(*dec2);
        if (!opened) return false;
        wire::ProbeAnswer answer;
        answer.acct = acct;
        answer.sid = dec2->sid;
        answer.sm3 = crypto::sm3((*opened)[0].expose());
        phone.seal(answer, cn());
        return connection->probeAnswer(answer).has_value();
    }

private:
    ByteArray<16> m_cn{};
};

} // namespace hufu::tests
