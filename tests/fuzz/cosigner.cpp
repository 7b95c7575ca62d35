// The cosigner's conversations under messages that a device's own key has authenticated: the input chooses steps and
// changes bytes of what an honest phone would send; the MAC is made anew over the changed message.
//   (action 1 | number of changes 1 | changes (target.h))...
// With a sign key of suite 1 and, as another target, of suite 2.
#include "tests/fuzz/target.h"
#include "tests/shield/cosigner/frost_rig.h"

#include <map>

namespace hufu::tests {

using namespace wire;
using intent::Act;
using intent::Op;

namespace {

enum class Action : std::uint8_t {
    helloSign,
    helloDecrypt,
    helloPinChange,
    sign,
    signWrongPin,
    decrypt,
    decryptWrongPin,
    refreshAsk,
    refreshCommit,
    resultQuery,
    probeAnswer,
    reconnect,
    later,
    copyIsFound, // somebody uses a copy of the phone
    recover,     // and the person comes back
    count
};

template <typename M> struct Sent {
    M message;
    bool hasChanged = false;
};
// Nothing: the changed bytes are no message of the kind.
template <typename M> std::optional<Sent<M>> spoilt(const M &message, ByteView changes)
{
    Bytes body = message.body();
    const bool hasChanged = spoil(body, changes);
    auto parsed = M::parse(body);
    if (!parsed) return std::nullopt;
    return Sent<M>{std::move(*parsed), hasChanged};
}

// A server half with a phone of suite 1 and, below, of suite 2: activated once, and each run begins from there.
struct FirstSuite {
    Rig server;
    TestPhone &phone = server.phone;

    bool activate() { return server.activate(); }
    void takePhoneOf(const FirstSuite &start) { phone.disk = start.phone.disk; }
    Result<Resp> signOnce() { return server.signOnce(rehearsalPending(), Pin::right); }
    Sign sign(Pin pin) { return phone.sign(pin); }
    Ref1 ref1() { return phone.ref1(Op::pinChange, Pin::right); }
    bool hasNext() const { return !phone.disk.nextKeys.empty(); }
};

struct SecondSuite {
    FrostRig rig;
    Rig &server = rig.rig;
    FrostPhone &phone = rig.phone;
    FrostChal chal; // the latest

    bool activate() { return rig.activate(); }
    void takePhoneOf(const SecondSuite &start) { phone.takeDiskOf(start.phone); }
    Result<Resp> signOnce() { return rig.sign(rehearsalPending(), Pin::right); }
    FrostSign sign(Pin pin) { return phone.sign(pin, chal); }
    Ref1 ref1() { return phone.ref1(threshold::Op::pinChange, Pin::right, Pin::right); }
    bool hasNext() const { return phone.next.has_value(); }
};

template <typename Suite> struct Activated {
    Suite suite;
    MemoryLedger::Rows rows;

    Activated()
    {
        hold(suite.activate(), "an honest phone is activated");
        rows = suite.server.memory.rows;
    }
};

// What both suites have: SIGN, and the change of PIN with both keys.
template <typename Suite> class AnyRun {
public:
    AnyRun()
    {
        static const Activated<Suite> start;
        m_rig.memory.rows = start.rows;
        m_rig.epochKeys.takeAll(start.suite.server.epochKeys);
        m_suite.takePhoneOf(start.suite);
        m_rig.restart();
    }
    virtual ~AnyRun() = default;

    void act(Action action, ByteView changes)
    {
        const auto before = m_rig.device();
        step(action, changes);
        const auto after = m_rig.device();
        hold(after.lock.total <= before.lock.total + 1, "a message is one attempt at most");
        if (action <= Action::helloPinChange)
            hold(after.lock.run == before.lock.run && after.lock.total == before.lock.total, "HELLO counts nothing");
    }

    // Whatever was sent, a phone whose chain nobody has forked still signs.
    void finish()
    {
        if (m_forked || m_rig.device().lock.standing != cosigner::Standing::active) return;
        m_rig.clock.advance(25LL * 3'600'000);
        m_rig.reconnect();
        auto resp = m_suite.signOnce();
        if (!resp && m_suite.hasNext()) { // the server holds no PENDING
            m_phone.dropNext();
            resp = m_suite.signOnce();
        }
        hold(resp && m_phone.accepts(*resp), "the device still works");
    }

protected:
    virtual void step(Action action, ByteView changes)
    {
        switch (action) {
        case Action::helloSign: return hello(rehearsalPending(), changes);
        case Action::helloPinChange: return hello(pinChangePending(), changes);
        case Action::sign:
        case Action::signWrongPin: return sign(action == Action::sign, changes);
        case Action::refreshAsk: return refreshAsk(changes);
        case Action::refreshCommit: return refreshCommit(changes);
        case Action::reconnect:
            m_rig.reconnect();
            m_stage.reset();
            return;
        case Action::later:
            m_rig.clock.advance(25LL * 3'600'000);
            m_isLate = true;
            return;
        default: return; // suite 1's alone
        }
    }
    virtual void hello(const cosigner::Pending &pending, ByteView changes) = 0;

    // Takes what was challenged. Returns: whether it was for that.
    bool takes(Op op)
    {
        if (m_stage != op) return false;
        m_stage.reset();
        return true;
    }

    void sign(bool rightPin, ByteView changes)
    {
        if (!takes(Op::sign)) return;
        const auto sent = spoilt(m_suite.sign(rightPin ? Pin::right : Pin::wrong), changes);
        if (!sent) return;
        const auto resp = m_rig.connection->sign(sent->message);
        if (!resp) return;
        const bool ok = resp->verdict.status == Status::ok;
        hold(!ok || (rightPin && !sent->hasChanged), "a signature comes of a right and whole SIGN");
        hold(!ok || m_phone.accepts(*resp), "it is valid");
        hold(ok || resp->signatures.empty(), "nothing else is released");
        const auto again = m_rig.connection->sign(sent->message);
        hold(again && (!ok || again->signatures == resp->signatures) && (ok || again->verdict.status != Status::ok),
             "a challenge is answered once");
    }

    void refreshAsk(ByteView changes)
    {
        if (!takes(Op::pinChange)) return;
        auto sent = spoilt(m_suite.ref1(), changes);
        if (!sent) return;
        const auto ref2 = m_rig.connection->refresh1(std::move(sent->message));
        if (!ref2) return;
        hold((ref2->verdict.status == Status::ok) == (!sent->hasChanged && !m_isLate),
             "a refresh begins with a right and whole REF1 in its time");
        if (ref2->verdict.status == Status::ok) m_ref2 = *ref2;
    }

    void refreshCommit(ByteView changes)
    {
        if (!m_ref2) return;
        const auto sent = spoilt(m_phone.ref3(*m_ref2), changes);
        m_ref2.reset();
        if (!sent) return;
        const auto ref4 = m_rig.connection->refresh3(sent->message);
        if (!ref4) return;
        const bool ok = ref4->verdict.status == Status::ok;
        hold(!ok || !sent->hasChanged, "a refresh ends with a right and whole REF3");
        if (ok) m_phone.keepNext();
    }

    Suite m_suite;
    Rig &m_rig = m_suite.server;
    decltype(Suite::phone) m_phone = m_suite.phone;
    std::optional<Op> m_stage; // what was challenged and not yet answered
    std::optional<Ref2> m_ref2;
    bool m_isLate = false; // what was challenged has run out
    bool m_forked = false;
};

class Run final : public AnyRun<FirstSuite> {
    void step(Action action, ByteView changes) override
    {
        switch (action) {
        case Action::helloDecrypt:
            return hello(openPending(Act::rehearseDecrypt,
                                     {ciphertextFor(m_rig.device().encrypt.point, Bytes(16, 4), m_rig.random)}),
                         changes);
        case Action::decrypt:
        case Action::decryptWrongPin: return decrypt(action == Action::decrypt, changes);
        case Action::resultQuery: {
            ResultQuery query;
            query.acct = m_rig.acct;
            query.sid = m_rig.phone.sid();
            if (auto sent = spoilt(query, changes)) {
                m_rig.phone.seal(sent->message, m_rig.cn());
                const auto answer = m_rig.connection->resultQuery(sent->message);
                if (answer && std::holds_alternative<Resp>(*answer) && !sent->hasChanged)
                    hold(m_rig.phone.accepts(std::get<Resp>(*answer)), "what is stored is what was signed");
            }
            return;
        }
        case Action::probeAnswer: {
            ProbeAnswer answer;
            answer.acct = m_rig.acct;
            answer.sid = m_rig.phone.sid();
            if (auto sent = spoilt(answer, changes)) {
                m_rig.phone.seal(sent->message, m_rig.cn());
                hold(!m_rig.connection->probeAnswer(sent->message), "nothing was probed");
            }
            return;
        }
        case Action::copyIsFound: return copyIsFound();
        case Action::recover: return recover(changes);
        default: return AnyRun::step(action, changes);
        }
    }

    void copyIsFound()
    {
        if (m_forked || m_rig.device().lock.standing != cosigner::Standing::active || !m_rig.phone.disk.nextKeys.empty()) return;
        if (m_rig.phone.disk.ridDrawn) return; // a copy of a HELLO under way is that HELLO again: only the next one tells them apart
        m_stage.reset();
        const PhoneDisk copy = m_rig.phone.disk;
        const auto resp = m_rig.signOnce(rehearsalPending(), Pin::right);
        if (!resp || !m_rig.phone.accepts(*resp)) return; // locked, perhaps
        const PhoneDisk genuine = std::exchange(m_rig.phone.disk, copy);
        const auto answer = m_rig.ask(m_rig.phone, rehearsalPending());
        hold(answer && std::holds_alternative<Clone>(*answer), "a copy is found");
        m_rig.phone.disk = genuine;
        m_rig.reconnect();
        m_forked = true;
        m_genuine = true;
    }

    void recover(ByteView changes)
    {
        const auto code = m_rig.server->openRecovery(m_rig.acct);
        if (!code || !m_genuine) return;
        m_stage.reset();
        Recover message;
        message.acct = m_rig.acct;
        message.digits = *code;
        ByteArray<32> drawn = m_rig.random.bytes<32>("kdev");
        message.kDev = Secret<32>::adopt(drawn);
        auto sent = spoilt(message, changes);
        if (!sent) return;
        m_rig.phone.seal(sent->message, m_rig.cn());
        const auto recovered = m_rig.connection->recover(sent->message);
        if (!recovered) {
            hold(sent->hasChanged, "the right code opens");
            return;
        }
        hold(sent->message.digits == *code && sent->message.acct == m_rig.acct, "no other code opens");
        m_rig.phone.disk.kDev = *fixedBytes<32>(sent->message.kDev.expose());
        m_rig.phone.disk.ctr = recovered->ctr;
        m_rig.phone.disk.n = recovered->n;
        m_rig.phone.disk.ridDrawn = false;
        hold(!m_rig.challenge(rehearsalPending()), "nothing before the refresh");
        m_rig.reconnect();
        cosigner::Pending pending;
        pending.op = Op::refresh;
        hold(bool(m_rig.challenge(pending)), "the refresh that belongs to it");
        const auto ref2 = m_rig.connection->refresh1(m_rig.phone.ref1(Op::refresh, Pin::right));
        hold(ref2 && ref2->verdict.status == Status::ok, "begins");
        const auto ref4 = m_rig.connection->refresh3(m_rig.phone.ref3(*ref2));
        hold(ref4 && ref4->verdict.status == Status::ok, "and ends");
        m_rig.phone.keepNext();
        m_forked = m_genuine = false;
    }

    void hello(const cosigner::Pending &pending, ByteView changes) override
    {
        m_stage.reset();
        m_isLate = false;
        std::optional<ByteArray<16>> nonce;
        for (int tries = 0; tries < 2; ++tries) {
            auto sent = spoilt(m_rig.phone.hello(pending.op, pending.tbs.size(), m_rig.cn(), nonce), changes);
            if (!sent) return;
            m_rig.phone.seal(sent->message, m_rig.cn(), nonce);
            // All that the server knows a phone by; a MAC in the changed bytes is made anew above.
            Hello genuine = m_rig.phone.hello(pending.op, pending.tbs.size(), m_rig.cn(), nonce);
            const bool elsewhere = sent->message.ctr != genuine.ctr || sent->message.n != genuine.n ||
                                   sent->message.rid != genuine.rid;
            auto answer = m_rig.connection->hello(sent->message, pending);
            if (!answer) return;
            if (std::holds_alternative<Clone>(*answer)) {
                hold(elsewhere || m_forked, "there is no clone");
                m_forked = true;
                return;
            }
            if (const auto *stale = std::get_if<Stale>(&*answer)) {
                nonce = stale->nonce;
                continue;
            }
            const auto *chal = std::get_if<Chal>(&*answer);
            if (!chal) return;
            if (elsewhere) {
                m_forked = true;
                return;
            }
            // The commitment of this HELLO was thrown away above: a phone would take the challenge with its own.
            m_rig.phone.disk.ctr = chal->ctr;
            m_rig.phone.disk.n = chal->n;
            m_rig.phone.disk.ridDrawn = false;
            if (sent->hasChanged) return;
            auto again = m_rig.challenge(pending);
            if (!again) return;
            m_stage = pending.op;
            m_tbs = again->tbs;
            return;
        }
    }

    void decrypt(bool rightPin, ByteView changes)
    {
        if (!takes(Op::decrypt)) return;
        const auto sent = spoilt(m_rig.phone.dec1(rightPin ? Pin::right : Pin::wrong, m_tbs), changes);
        if (!sent) return;
        const auto dec2 = m_rig.connection->decrypt(sent->message);
        if (!dec2) return;
        const bool ok = dec2->verdict.status == Status::ok;
        hold(!ok || (rightPin && !sent->hasChanged), "an answer comes of a right and whole DEC1");
        hold(!ok || bool(m_rig.phone.opened(*dec2)), "it opens");
        hold(ok || dec2->answers.empty(), "nothing else is released");
    }

    std::vector<Bytes> m_tbs;
    bool m_genuine = false; // it was forked by a copy, and this one is the person's
};

class FrostRun final : public AnyRun<SecondSuite> {
    void hello(const cosigner::Pending &pending, ByteView changes) override
    {
        m_stage.reset();
        m_ref2.reset(); // the phone would renew by it under this conversation's sid, which none of it was made for
        m_isLate = false;
        std::optional<ByteArray<16>> nonce;
        for (int tries = 0; tries < 2; ++tries) {
            const Hello genuine = m_phone.hello(pending.op, m_rig.cn(), nonce);
            auto sent = spoilt(genuine, changes);
            if (!sent) return;
            m_phone.seal(sent->message, m_rig.cn(), nonce);
            const bool elsewhere =
                sent->message.ctr != genuine.ctr || sent->message.n != genuine.n || sent->message.rid != genuine.rid;
            const auto answer = m_rig.connection->hello(sent->message, pending);
            if (!answer) return;
            if (const auto *stale = std::get_if<Stale>(&*answer)) {
                nonce = stale->nonce;
                continue;
            }
            if (std::holds_alternative<Clone>(*answer)) {
                hold(elsewhere || m_forked, "there is no clone");
                m_forked = true;
            }
            const auto *frost = std::get_if<FrostChal>(&*answer);
            const auto *chal = std::get_if<Chal>(&*answer);
            if (!frost && !chal) return;
            if (elsewhere) {
                m_forked = true;
                return;
            }
            if (frost) m_suite.chal = *frost;
            frost ? m_phone.take(*frost) : m_phone.take(*chal);
            if (!sent->hasChanged) m_stage = pending.op;
            return;
        }
    }
};

template <typename Run> void feedConversation(ByteView bytes)
{
    constexpr int kActions = 10; // each is some hundred microseconds
    Run run;
    Reader reader(bytes);
    for (int i = 0; i < kActions && reader.left() >= 2; ++i) {
        const auto action = static_cast<Action>(reader.u8() % static_cast<std::uint8_t>(Action::count));
        const std::size_t changes = reader.u8() % 8;
        run.act(action, reader.raw(std::min(changes * 3, reader.left())));
    }
    run.finish();
}

Bytes script(std::initializer_list<Action> actions)
{
    Writer writer;
    for (const Action action : actions)
        writer.u8(static_cast<std::uint8_t>(action)).u8(0);
    return writer.take();
}

std::vector<Bytes> conversationSeeds()
{
    Bytes changedSign = script({Action::helloSign});
    const Bytes spoiltSign{static_cast<std::uint8_t>(Action::sign), 1, 0, 120, 1};
    changedSign.insert(changedSign.end(), spoiltSign.begin(), spoiltSign.end());
    return {script({Action::helloSign, Action::sign, Action::resultQuery}),
            script({Action::helloSign, Action::signWrongPin, Action::helloSign, Action::sign}),
            script({Action::helloDecrypt, Action::decrypt, Action::probeAnswer}),
            script({Action::helloDecrypt, Action::decryptWrongPin, Action::later, Action::reconnect}),
            script({Action::helloPinChange, Action::refreshAsk, Action::refreshCommit, Action::helloSign, Action::sign}),
            script({Action::helloPinChange, Action::refreshAsk, Action::reconnect, Action::helloSign, Action::sign}),
            script({Action::copyIsFound, Action::recover, Action::helloSign, Action::sign}),
            script({Action::helloPinChange, Action::later, Action::refreshAsk}),
            changedSign};
}

std::vector<Bytes> frostSeeds()
{
    std::vector<Bytes> seeds{script({Action::helloSign, Action::sign, Action::helloSign, Action::signWrongPin}),
                             script({Action::helloPinChange, Action::refreshAsk, Action::refreshCommit, Action::helloSign, Action::sign}),
                             script({Action::helloPinChange, Action::refreshAsk, Action::reconnect, Action::helloSign, Action::sign}),
                             script({Action::helloPinChange, Action::later, Action::refreshAsk})};
    for (const Action action : {Action::sign, Action::refreshAsk}) {
        Bytes changed = script({action == Action::sign ? Action::helloSign : Action::helloPinChange});
        const Bytes spoilt{static_cast<std::uint8_t>(action), 1, 0, 70, 1};
        changed.insert(changed.end(), spoilt.begin(), spoilt.end());
        seeds.push_back(changed);
    }
    return seeds;
}

} // namespace

std::vector<FuzzTarget> cosignerTargets()
{
    return {{"cosigner", feedConversation<Run>, conversationSeeds}, {"cosigner-frost", feedConversation<FrostRun>, frostSeeds}};
}

} // namespace hufu::tests
