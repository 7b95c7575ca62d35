// A whole server half in memory with a phone of suite 2.
#pragma once

#include "tests/shield/cosigner/frost_phone.h"

namespace hufu::tests {

// A cosigner, and a phone of suite 2 with both keys proved.
struct FrostRig {
    Rig rig;
    FrostPhone phone{rig.random, rig.acct};

    cosigner::Conversation &connection() { return *rig.connection; }
    bool makeKeys()
    {
        auto kg2 = connection().frostKeygenStart(phone.activate());
        if (!kg2) return false;
        auto kg3 = phone.kg3(*kg2);
        if (!kg3) return false;
        auto kg4 = connection().keygenFinish(*kg3);
        if (!kg4) return false;
        phone.finish(*kg4);
        return true;
    }
    template <typename Chal> Result<Chal> challenge(const cosigner::Pending &pending)
    {
        HUFU_TRY(answer, connection().hello(phone.hello(pending.op, rig.cn()), pending));
        for (int tries = 0; tries < 3; ++tries) {
            const auto *stale = std::get_if<wire::Stale>(&answer);
            if (!stale) break;
            HUFU_TRY(again, connection().hello(phone.hello(pending.op, rig.cn(), stale->nonce), pending));
            answer = std::move(again);
        }
        const auto *chal = std::get_if<Chal>(&answer);
        if (!chal) return Error(Errc::refused, "no CHAL");
        phone.take(*chal);
        return *chal;
    }
    Result<wire::Resp> sign(const cosigner::Pending &pending, Pin pin)
    {
        HUFU_TRY(chal, challenge<wire::FrostChal>(pending));
        return connection().sign(phone.sign(pin, chal));
    }
    Bytes sealed(ByteView secret) { return ciphertextFor(rig.device().encrypt.point, secret, rig.random); }
    Result<wire::Dec2> open(const cosigner::Pending &pending, Pin pin, const Bytes &ciphertext)
    {
        HUFU_CHECK(challenge<wire::Chal>(pending));
        return connection().decrypt(phone.dec1(pin, ciphertext));
    }
    bool activate()
    {
        if (!makeKeys()) return false;
        auto csr = sign(csrPending(rig.device().sign.point), Pin::right);
        if (!csr || !phone.accepts(*csr)) return false;
        const Bytes secret(32, 9);
        const Bytes ciphertext = sealed(secret);
        auto pending = openPending(intent::Act::probe, {ciphertext});
        pending.probeSm3 = crypto::sm3(secret);
        auto dec2 = open(pending, Pin::right, ciphertext);
        if (!dec2 || !phone.opened(*dec2)) return false;
        wire::ProbeAnswer answer;
        answer.acct = rig.acct;
        answer.sid = dec2->sid;
        answer.sm3 = crypto::sm3(secret);
        phone.seal(answer, rig.cn());
        return connection().probeAnswer(answer).has_value();
    }
};

} // namespace hufu::tests
