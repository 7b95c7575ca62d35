#include "shield/phone/exchange.h"

#include "shield/base/ct.h"
#include "shield/base/stack.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sealed_box.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/tbs.h"
#include "shield/phone/own_subject.h"
#include "shield/threshold/blinding.h"
#include "shield/x509/sm2_der.h"

#include <algorithm>
#include <array>

namespace hufu::phone {

namespace {

using intent::Act;
using intent::Op;
using threshold::KeyType;
using Kind = News::Kind;

constexpr std::int64_t kUnheardMs = 120'000; // for a server that has not said yet how long it waits
constexpr int kUnansweredMost = 10;          // half a minute, by the pauses between
constexpr std::int64_t kRefusalMs = 20'000;  // a no holds without the server, and nobody has to wait long for its being told

News newsOf(Kind kind)
{
    News news;
    news.kind = kind;
    return news;
}

News sending(Bytes message)
{
    News news;
    news.send.push_back(std::move(message));
    return news;
}

KeyType keyTypeOf(Op op)
{
    return op == Op::decrypt ? KeyType::encrypt : KeyType::sign;
}

} // namespace

Exchange::Exchange(const Environment &environment, const vault::Device &device, Connection &connection,
                   const intent::Frame &frame, std::int64_t seenMs)
    : m_environment(environment), m_device(device), m_connection(connection), m_frame(frame), m_seenMs(seenMs)
{}

Exchange::Exchange(const Environment &environment, const vault::Device &device, Connection &connection, Act act)
    : m_environment(environment), m_device(device), m_connection(connection), m_act(act)
{}

Exchange::Exchange(const Environment &environment, const vault::Device &device, Connection &connection)
    : m_environment(environment), m_device(device), m_connection(connection), m_scheduled(true)
{}

Op Exchange::op() const
{
    return m_scheduled ? Op::refresh : intent::opOf(m_act);
}

// --- beginning and ending
// -------------------------------------------------------------------------------------------

News Exchange::stop(const Problem &problem)
{
    forget();
    m_opened.clear();
    m_awaiting = Awaiting::nothing;
    News news = newsOf(Kind::stopped);
    news.problem = problem;
    return news;
}

News Exchange::guard(Result<News> result)
{
    return result ? std::move(*result) : stop(result.error());
}

void Exchange::forget()
{
    m_signing.forgetChallenge();
    m_asked.clear();
    m_renewal.forget();
    m_next.reset();
}

News Exchange::start()
{
    if (m_startedMs < 0) m_startedMs = m_environment.clock.monotonicMs();
    if (m_connection.isOpen()) return guard(open());
    m_awaiting = Awaiting::greeting;
    News news;
    news.connect = true;
    return news;
}

template <typename M> Bytes Exchange::withMac(M message, const std::optional<ByteArray<16>> &nonce) const
{
    message.acct = m_device.acct;
    message.mac = crypto::hmacSm3(m_device.kDev.expose(), wire::macInputOf(message, m_connection.cn(), nonce));
    return wire::encode(message);
}

// The first message of this exchange on a connection.
Result<News> Exchange::open()
{
    switch (m_opening) {
    case Opening::query: {
        wire::ResultQuery query;
        query.sid = m_sid;
        m_awaiting = Awaiting::resp;
        return sending(withMac(query));
    }
    case Opening::deliver: {
        wire::Deliver deliver;
        deliver.sid = m_sid;
        deliver.items = m_sealed;
        m_awaiting = Awaiting::delivered;
        return sending(withMac(deliver));
    }
    case Opening::refuse: {
        wire::Refuse refuse;
        refuse.token = *m_token;
        refuse.reason = m_reason;
        m_awaiting = Awaiting::refused;
        return sending(withMac(refuse));
    }
    case Opening::resume:
    case Opening::claim:
        break;
    }
    if (m_scheduled) return hello(std::nullopt);
    m_awaiting = Awaiting::claimed;
    if (m_token) {
        wire::Resume resume;
        resume.token = *m_token;
        return sending(withMac(resume));
    }
    if (!m_frame) {
        wire::Begin begin;
        begin.act = m_act;
        return sending(withMac(begin));
    }
    // A claim that was sent once may be repeated: the server knows whether it came in time.
    if (!m_claimSent && m_environment.clock.monotonicMs() - m_seenMs > limits::kFrameMaxAgeMs)
        return stop(problem(Errc::expired, hf::kFrameTooOld));
    m_claimSent = true;
    wire::Claim claim;
    claim.frame = m_frame->encode();
    return sending(withMac(claim));
}

News Exchange::lost()
{
    m_connection.close();
    m_factorOpen = false;
    // No network is worth waiting for. A server that is there and says nothing to this phone will not say more to it later: it takes
    // what the phone says for noise, as of a copy since the genuine one was recovered.
    m_unanswered += m_greeted ? 1 : 0;
    m_greeted = false;
    if (m_unanswered >= kUnansweredMost && !isBound() && m_awaiting != Awaiting::nothing && m_awaiting != Awaiting::person)
        return stop(problem(Errc::unavailable, hf::kConnectionLost));
    switch (m_awaiting) {
    case Awaiting::nothing:
        return {};
    case Awaiting::refused:
        break;
    case Awaiting::ref4:
        forget();
        m_awaiting = Awaiting::nothing;
        return newsOf(Kind::unsettled);
    case Awaiting::resp:
        m_opening = Opening::query;
        break; // a result that was computed is stored
    case Awaiting::delivered:
        m_opening = Opening::deliver;
        break;
    case Awaiting::dec2: // never stored (R6)
    case Awaiting::ref2:
        m_opening = Opening::resume;
        m_readyKind = Kind::pinAgain;
        m_readyProblem = problem(Errc::unavailable, hf::kConnectionLost);
        break;
    case Awaiting::greeting:
        break;
    case Awaiting::claimed:
    case Awaiting::chal:
    case Awaiting::chalAgain:
    case Awaiting::person:
        m_opening = Opening::resume;
        break;
    }
    forget();
    if (const auto late = overdue()) {
        if (m_opening == Opening::refuse) return refusedUnheard();
        return stop(*late);
    }
    m_awaiting = Awaiting::greeting;
    News news;
    news.connect = true;
    return news;
}

// The person has said no, and the server cannot be told: the session ends by its time.
News Exchange::refusedUnheard()
{
    m_awaiting = Awaiting::nothing;
    News news = newsOf(Kind::refused);
    news.unheard = true;
    return news;
}

// What was sent under the PIN may have been carried out, and its outcome lie at the server.
bool Exchange::mayBeKept() const
{
    return m_awaiting == Awaiting::resp || m_awaiting == Awaiting::delivered || m_opening == Opening::query || m_opening == Opening::deliver;
}

bool Exchange::isBound() const
{
    return mayBeKept() || m_awaiting == Awaiting::dec2 || m_awaiting == Awaiting::ref2 || m_awaiting == Awaiting::ref4 || isRefusing();
}

std::optional<Problem> Exchange::overdue() const
{
    const std::int64_t now = m_environment.clock.monotonicMs();
    if (m_awaiting == Awaiting::nothing) return std::nullopt;
    const auto lost = problem(Errc::unavailable, hf::kConnectionLost);
    if (m_opening == Opening::refuse && now >= m_saidMs + kRefusalMs) return lost;
    if (mayBeKept()) return now >= m_saidMs + limits::kResultKeptMs ? std::optional(lost) : std::nullopt;
    if (m_deadlineMs == 0) return now >= m_startedMs + kUnheardMs ? std::optional(lost) : std::nullopt;
    return now >= m_deadlineMs ? std::optional(problem(Errc::expired, hf::kSessionExpired)) : std::nullopt;
}

// --- what the server says
// -------------------------------------------------------------------------------------------

// Whether these bytes can be the server's word on what it was sent under the PIN, right or wrong.
static bool isVerdict(ByteView message)
{
    const auto envelope = wire::Envelope::split(message);
    if (!envelope) return false;
    switch (envelope->type) {
    case wire::Type::resp:
        return wire::Resp::parse(envelope->body).has_value();
    case wire::Type::dec2:
        return wire::Dec2::parse(envelope->body).has_value();
    case wire::Type::ref2:
        return wire::Ref2::parse(envelope->body).has_value();
    case wire::Type::ref4:
        return wire::Ref4::parse(envelope->body).has_value();
    case wire::Type::unknown:
        return wire::Unknown::parse(envelope->body).has_value();
    case wire::Type::failure:
        return wire::Failure::parse(envelope->body).has_value();
    default:
        return true; // a message of another kind is no noise: dispatch() judges it
    }
}

News Exchange::receive(ByteView message)
{
    const StackWiper wiper;
    // What was sent under the PIN may have been carried out: noise is an answer that was lost, and the server is asked again.
    const bool isPinUsed = m_awaiting == Awaiting::resp || m_awaiting == Awaiting::delivered || m_awaiting == Awaiting::dec2 ||
                           m_awaiting == Awaiting::ref2 || m_awaiting == Awaiting::ref4;
    if (isPinUsed && !isVerdict(message)) return lost();
    auto envelope = wire::Envelope::split(message);
    if (!envelope) return stop(envelope.error());
    return guard(dispatch(*envelope));
}

static bool isLateAnswer(wire::Type type)
{
    using wire::Type;
    constexpr std::array kLate{Type::claimed, Type::stale,     Type::clone,      Type::locked,        Type::epochIs,
                               Type::chal,    Type::frostChal, Type::factorSent, Type::factorAccepted};
    return std::find(kLate.begin(), kLate.end(), type) != kLate.end();
}

Result<News> Exchange::dispatch(const wire::Envelope &envelope)
{
    const auto waitsFor = [this](std::initializer_list<Awaiting> any) {
        return std::find(any.begin(), any.end(), m_awaiting) != any.end();
    };
    const bool helloOut = waitsFor({Awaiting::chal, Awaiting::chalAgain});
    if (envelope.type != wire::Type::greeting) {
        m_greeted = false;
        m_unanswered = 0;
    }
    // What was asked for before the person said no is of no use any more.
    if (waitsFor({Awaiting::refused}) && isLateAnswer(envelope.type)) return News();
    switch (envelope.type) {
    case wire::Type::failure: {
        HUFU_TRY(failure, wire::Failure::parse(envelope.body));
        return onFailure(failure);
    }
    case wire::Type::greeting: {
        if (!waitsFor({Awaiting::greeting})) break;
        HUFU_TRY(greeting, wire::Greeting::parse(envelope.body));
        return onGreeting(greeting);
    }
    case wire::Type::claimed: {
        if (!waitsFor({Awaiting::claimed})) break;
        HUFU_TRY(claimed, wire::Claimed::parse(envelope.body));
        return onClaimed(std::move(claimed));
    }
    case wire::Type::stale: {
        if (!waitsFor({Awaiting::chal})) break; // one second HELLO, no third
        HUFU_TRY(stale, wire::Stale::parse(envelope.body));
        return hello(stale.nonce);
    }
    case wire::Type::clone:
        if (!helloOut) break;
        return stop(problem(Errc::refused, hf::kCloned));
    case wire::Type::locked: {
        if (!helloOut) break;
        HUFU_TRY(locked, wire::Locked::parse(envelope.body));
        return onLocked(locked);
    }
    case wire::Type::epochIs: {
        if (!helloOut) break;
        HUFU_TRY(answer, wire::EpochIs::parse(envelope.body));
        return onEpoch(answer.epoch);
    }
    case wire::Type::chal: {
        if (!helloOut) break; // a second CHAL for one HELLO, too
        HUFU_TRY(chal, wire::Chal::parse(envelope.body));
        return onChal(chal);
    }
    case wire::Type::frostChal: {
        if (!helloOut || op() != Op::sign) break;
        HUFU_TRY(chal, wire::FrostChal::parse(envelope.body));
        return onChal(chal);
    }
    case wire::Type::factorSent: {
        if (!m_factorOpen) break;
        m_factorOpen = false;
        return newsOf(Kind::smsSent);
    }
    case wire::Type::factorAccepted: {
        if (!m_factorOpen) break;
        m_factorOpen = false;
        return newsOf(Kind::factorAccepted);
    }
    case wire::Type::resp: {
        if (!waitsFor({Awaiting::resp})) break;
        HUFU_TRY(resp, wire::Resp::parse(envelope.body));
        return onResp(resp);
    }
    case wire::Type::unknown: {
        if (!waitsFor({Awaiting::resp}) || m_opening != Opening::query) break;
        HUFU_TRY(unknown, wire::Unknown::parse(envelope.body));
        if (unknown.sid != m_sid) break;
        m_opening = Opening::resume; // SIGN never arrived: everything fresh, the PIN too
        m_signing.forgetAnswer();
        m_readyKind = Kind::pinAgain;
        m_readyProblem = problem(Errc::unavailable, hf::kConnectionLost);
        return open();
    }
    case wire::Type::dec2: {
        if (!waitsFor({Awaiting::dec2})) break;
        HUFU_TRY(dec2, wire::Dec2::parse(envelope.body));
        return onDec2(dec2);
    }
    case wire::Type::ref2: {
        if (!waitsFor({Awaiting::ref2})) break;
        HUFU_TRY(ref2, wire::Ref2::parse(envelope.body));
        return onRef2(ref2);
    }
    case wire::Type::ref4: {
        if (!waitsFor({Awaiting::ref4})) break;
        HUFU_TRY(ref4, wire::Ref4::parse(envelope.body));
        return onRef4(ref4);
    }
    case wire::Type::delivered:
        if (!waitsFor({Awaiting::delivered})) break;
        m_awaiting = Awaiting::nothing;
        m_opened.clear();
        return newsOf(Kind::delivered);
    case wire::Type::refused:
        if (!waitsFor({Awaiting::refused})) break;
        m_awaiting = Awaiting::nothing;
        return newsOf(Kind::refused);
    default:
        break;
    }
    return Error(Errc::tampered, "a message that does not belong here");
}

News Exchange::onFailure(const wire::Failure &failure)
{
    if (m_opening == Opening::refuse) { // it is over already, by its time or by an earlier refusal whose answer was lost
        News news = refusedUnheard();
        news.unheard = failure.code != hf::kPersonRefused;
        return news;
    }
    const bool sessionOver = failure.code >= 200 && failure.code < 300;
    if (m_awaiting == Awaiting::person && m_factorOpen && !sessionOver) {
        m_factorOpen = false;
        News news = newsOf(Kind::factorRefused);
        news.problem = problemOf(failure);
        return news;
    }
    return stop(problemOf(failure));
}

Result<News> Exchange::onGreeting(const wire::Greeting &greeting)
{
    m_connection.open(greeting);
    m_greeted = true;
    return open();
}

Result<News> Exchange::onClaimed(wire::Claimed claimed)
{
    const bool first = !m_token;
    if (!first && (claimed.token != *m_token || claimed.manifest != m_manifestBytes))
        return Error(Errc::tampered, "another session came back");
    auto manifest = intent::Manifest::parse(claimed.manifest);
    if (!manifest) return stop(problem(Errc::tampered, hf::kManifestRefused));
    if (auto fits = checkManifest(*manifest, claimed); !fits) {
        const bool isOthersDesk = fits.error().code == Errc::refused;
        return stop(problem(fits.error().code, isOthersDesk ? hf::kDeskNotYours : hf::kManifestRefused));
    }
    const std::int64_t now = m_environment.clock.monotonicMs();
    const std::int64_t most = now + intent::userTimeMs(manifest->act);
    m_deadlineMs = std::min(m_connection.monotonicOf(claimed.expiryMs), first ? most : m_deadlineMs);
    if (now >= m_deadlineMs) return stop(problem(Errc::expired, hf::kSessionExpired));
    m_token = claimed.token;
    m_act = manifest->act;
    m_manifestBytes = std::move(claimed.manifest);
    m_request = Request{std::move(*manifest), claimed.factors, std::move(claimed.digits), claimed.deskKnown,
                        m_deadlineMs, *m_token, m_manifestBytes};
    return hello(std::nullopt);
}

// Whether this is an act that may come this way, from that desk, for this device.
Result<void> Exchange::checkManifest(const intent::Manifest &manifest, const wire::Claimed &claimed) const
{
    using intent::Flow;
    if (!m_frame) {
        if (manifest.act != m_act) return Error(Errc::tampered, "another act than the one begun");
    } else {
        if (claimed.token != m_frame->token) return Error(Errc::tampered, "another session than the frame's");
        const bool fromDesk = m_frame->kind == intent::FrameKind::desk;
        if (manifest.flow != (fromDesk ? Flow::desk : Flow::page))
            return Error(Errc::tampered, "flow is not that of the frame");
        if (fromDesk && manifest.desk->id != m_frame->deskId)
            return Error(Errc::tampered, "desk is not that of the frame");
        // A desk that another person enrolled is known to the server, and yet unknown to this one.
        if (manifest.desk && claimed.deskKnown && !manifest.desk->known)
            return Error(Errc::tampered, "known and unknown at once");
        if (manifest.deskPublicKey &&
            !crypto::ed25519Verify(*manifest.deskPublicKey, m_frame->signedBytes(), m_frame->signature))
            return Error(Errc::tampered, "the desk to enrol did not sign the frame");
        if (!claimed.deskKnown && manifest.act != Act::login && manifest.act != Act::enrol && manifest.act != Act::confirm)
            return Error(Errc::refused, "an unknown desk may only log in");
    }
    if (manifest.csrRequest || manifest.encryptRequest) {
        HUFU_TRY(onDisk, m_environment.vault.shares());
        if (onDisk.empty()) return Error(Errc::badState, "no keys");
        const vault::EpochShares &own = onDisk.front();
        if (manifest.csrRequest) {
            HUFU_TRY(subject, subjectFrom(m_device.subject));
            if (manifest.csrRequest->point != own.sign.point || manifest.csrRequest->subject != subject)
                return Error(Errc::tampered, "a request for another key or subject");
        }
        if (manifest.encryptRequest) {
            const intent::EncryptRequest expected{m_device.acct, own.encrypt.point.sm2Bytes(), own.encrypt.keyId};
            if (*manifest.encryptRequest != expected) return Error(Errc::tampered, "a request for another key");
        }
    }
    return {};
}

// --- HELLO and CHAL
// -------------------------------------------------------------------------------------------------

std::vector<KeyType> Exchange::living() const
{
    if (m_signGone || shares().sign.isGone()) return {KeyType::encrypt};
    return {KeyType::sign, KeyType::encrypt};
}

// Fresh nonces, the chain as it is on disk, rid durable before anything leaves (PROTOCOL 6.1, R3, R6).
Result<News> Exchange::hello(const std::optional<ByteArray<16>> &nonce)
{
    forget();
    HUFU_TRY(onDisk, m_environment.vault.shares());
    m_shares = std::move(onDisk);
    m_chosen = 0;
    const auto wanted = m_onlyEpoch ? m_onlyEpoch : m_preferredEpoch;
    for (std::size_t i = 0; i < m_shares.size(); ++i)
        if (wanted && m_shares[i].epoch == *wanted) m_chosen = i;
    if (m_shares.empty() || (m_onlyEpoch && m_shares[m_chosen].epoch != *m_onlyEpoch))
        return Error(Errc::badState, "no shares of this epoch");
    HUFU_TRY(chain, m_environment.vault.chainForHello(m_environment.random));

    const Op op = this->op();
    const KeyType type = renews() ? living().front() : keyTypeOf(op);
    const vault::StoredKey &key = type == KeyType::sign ? shares().sign : shares().encrypt;
    wire::Hello message;
    message.op = op;
    message.suite = static_cast<std::uint8_t>(key.point.suite());
    message.keyId = key.keyId;
    message.epoch = shares().epoch;
    message.ctr = m_ctr = chain.ctr;
    message.n = chain.n;
    message.rid = *chain.rid;
    if (op == Op::sign)
        HUFU_CHECK(m_signing.commit(shares(), m_device.acct, intent::itemsOf(m_request->manifest), message,
                                    m_environment.random));
    m_awaiting = nonce ? Awaiting::chalAgain : Awaiting::chal;
    return sending(withMac(message, nonce));
}

// A refresh that names the sign key is told here that its other half is gone, and goes on without it (R1).
Result<News> Exchange::onLocked(const wire::Locked &locked)
{
    if (locked.state == wire::DeviceState::destroyed) noteSignDestroyed();
    if (!renews() || locked.state != wire::DeviceState::destroyed || living().size() == 1)
        return stop(problemOf(locked));
    m_signGone = true;
    return hello(std::nullopt);
}

Result<News> Exchange::onEpoch(std::uint32_t epoch)
{
    const bool onDisk =
        std::any_of(m_shares.begin(), m_shares.end(), [epoch](const auto &s) { return s.epoch == epoch; });
    if (m_onlyEpoch || m_epochSwitched || !onDisk || shares().epoch == epoch)
        return stop(problem(Errc::badState, hf::kEpochStale));
    m_epochSwitched = true;
    m_preferredEpoch = epoch;
    return hello(std::nullopt);
}

template <typename Chal> Result<News> Exchange::onChal(const Chal &chal)
{
    if (chal.ctr != m_ctr + 1) return Error(Errc::tampered, "the chain jumps");
    HUFU_CHECK(m_environment.vault.writePosition(chal.ctr, chal.n)); // on disk before SIGN (PROTOCOL 6.3)
    m_epochSwitched = false;
    m_sid = chal.sid;
    if (chal.manifest != m_manifestBytes) return Error(Errc::tampered, "the manifest has changed");
    const std::size_t items = m_request ? intent::itemsOf(m_request->manifest) : 0;
    if (chal.tbs.size() != items) return Error(Errc::tampered, "number of items");
    for (std::size_t i = 0; i < items; ++i)
        if (!intent::checkTbs(m_request->manifest, m_manifestBytes, i, chal.tbs[i]))
            return Error(Errc::tampered, "the TBS is not the manifest's");
    const std::int64_t expiresMs = m_connection.monotonicOf(chal.expiryMs);
    m_deadlineMs = m_deadlineMs == 0 ? expiresMs : std::min(m_deadlineMs, expiresMs);
    if (const auto late = overdue()) return stop(*late);

    switch (op()) {
    case Op::sign:
        HUFU_CHECK(m_signing.check(chal));
        break;
    case Op::decrypt:
        m_ciphertexts.clear();
        for (std::size_t i = 0; i < items; ++i) {
            auto ciphertext = x509::parseSm2Cipher(chal.tbs[i]);
            if (!ciphertext) return stop(problem(Errc::badInput, hf::kCiphertextInvalid));
            if (const auto &named = m_request->manifest.files[i].c1) {
                const auto c1 = ciphertext->c1.encode();
                if (!c1 || *c1 != *named) return stop(problem(Errc::tampered, hf::kManifestRefused));
            }
            m_ciphertexts.push_back(std::move(*ciphertext));
        }
        break;
    default:
        break;
    }
    m_awaiting = Awaiting::person;
    News news = newsOf(m_readyKind);
    news.problem = m_readyProblem;
    m_readyKind = Kind::ready;
    return news;
}

// --- the person's part
// ----------------------------------------------------------------------------------------------

News Exchange::askSms()
{
    wire::FactorAsk ask;
    ask.token = *m_token;
    ask.kind = wire::factor::kSms;
    m_factorOpen = true;
    return sending(withMac(ask));
}

News Exchange::giveFactor(std::uint8_t kind, Bytes value)
{
    wire::Factor factor;
    factor.token = *m_token;
    factor.kind = kind;
    factor.value = std::move(value);
    m_factorOpen = true;
    return sending(withMac(factor));
}

News Exchange::refuse(wire::RefuseReason reason)
{
    forget();
    m_reason = reason;
    m_saidMs = m_environment.clock.monotonicMs();
    if (!m_token) return refusedUnheard(); // nothing is ours yet
    m_opening = Opening::refuse;
    return start();
}

News Exchange::answer(const Secret<32> &kPin, const std::vector<std::uint8_t> &included)
{
    const StackWiper wiper;
    if (const auto late = overdue()) return stop(*late);
    m_included = included;
    const auto send = [&]() -> Result<News> {
        for (const std::uint8_t index : m_included)
            if (index >= intent::itemsOf(m_request->manifest)) return Error(Errc::badInput, "no such item");
        const Op op = this->op();
        const KeyType type = keyTypeOf(op);
        const vault::StoredKey &stored = type == KeyType::sign ? shares().sign : shares().encrypt;
        if (stored.isGone()) return stop(problem(Errc::locked, hf::kShareDestroyed));
        if (op == Op::sign) {
            HUFU_TRY(sign, m_signing.answer(shares(), kPin, m_sid, m_included, m_environment.random));
            m_awaiting = Awaiting::resp;
            m_saidMs = m_environment.clock.monotonicMs();
            return sending(std::move(sign));
        }
        HUFU_TRY(key, threshold::SharedKey::of(type, stored.point, m_device.acct, shares().epoch));
        HUFU_TRY(share, threshold::unblind(stored.blinded, kPin, key, shares().saltEpoch));
        std::vector<crypto::Sm2Ciphertext> ciphertexts;
        for (const std::uint8_t index : m_included)
            ciphertexts.push_back(m_ciphertexts[index]);
        using threshold::decrypt::Blinding;
        const bool named = m_request->manifest.files.front().c1.has_value();
        HUFU_TRY(ask, threshold::decrypt::phoneAsk(key, m_sid, std::move(ciphertexts), std::move(share),
                                                   named ? Blinding::named : Blinding::random,
                                                   m_environment.random));
        m_asked = std::move(ask.state);
        wire::Dec1 dec1;
        dec1.sid = m_sid;
        for (std::size_t i = 0; i < m_included.size(); ++i)
            dec1.items.push_back({m_included[i], ask.asks[i]});
        m_awaiting = Awaiting::dec2;
        return sending(wire::encode(dec1));
    };
    return guard(send());
}

News Exchange::refresh(const Secret<32> &kPin, NewEpoch next)
{
    const StackWiper wiper;
    if (const auto late = overdue()) return stop(*late);
    const auto send = [&]() -> Result<News> {
        const auto purpose = m_scheduled ? threshold::Op::refresh : threshold::Op::pinChange;
        HUFU_TRY(ref1, m_renewal.ask(purpose, living(), shares(), m_device.acct, kPin, m_sid,
                                     m_environment.random));
        m_next = std::move(next);
        m_awaiting = Awaiting::ref2;
        return sending(wire::encode(ref1));
    };
    return guard(send());
}

std::vector<std::uint8_t> Exchange::openedItems() const
{
    std::vector<std::uint8_t> items;
    for (std::size_t i = 0; i < m_opened.size(); ++i)
        if (!m_opened[i].empty()) items.push_back(m_included[i]);
    return items;
}

News Exchange::deliver()
{
    const intent::Manifest &manifest = m_request->manifest;
    m_sealed.clear();
    for (std::size_t i = 0; i < m_opened.size(); ++i) {
        auto sealed = crypto::sealBox(*manifest.deskKey, m_opened[i].expose(), m_environment.random);
        if (!sealed) return stop(sealed.error());
        m_sealed.push_back({m_included[i], std::move(*sealed)});
    }
    m_opening = Opening::deliver;
    m_saidMs = m_environment.clock.monotonicMs();
    return start();
}

// --- answers
// --------------------------------------------------------------------------------------------------------

// A new conversation about the same manifest, for one more PIN.
Result<News> Exchange::again(Kind kind, const Problem &problem)
{
    HUFU_TRY(news, hello(std::nullopt));
    news.kind = kind;
    news.problem = problem;
    return std::move(news);
}

Result<News> Exchange::onVerdict(const ByteArray<16> &sid, const wire::Verdict &verdict)
{
    if (sid != m_sid) return Error(Errc::tampered, "an answer to another conversation");
    const Problem why = problemOf(verdict);
    note(verdict);
    forget();
    m_signing.forgetAnswer();
    if (m_opening == Opening::query) m_opening = Opening::resume; // that outcome is known
    switch (verdict.status) {
    case wire::Status::badPin:
        if (verdict.retryAfter != 0 || verdict.tries == 0) {
            Problem locked = why;
            locked.errc = Errc::locked;
            locked.code = verdict.tries == 0 ? hf::kFrozen : hf::kLocked;
            return stop(locked);
        }
        // The person may have typed the other PIN.
        if (twoPins() && !m_onlyEpoch) m_preferredEpoch = m_shares[1 - m_chosen].epoch;
        return again(Kind::wrongPin, why);
    case wire::Status::expired:
        return again(Kind::pinAgain, why);
    default:
        return stop(why);
    }
}

bool Exchange::twoPins() const
{
    return m_shares.size() == 2 && m_shares[0].salt != m_shares[1].salt;
}

Result<void> Exchange::settle(std::uint32_t epoch)
{
    for (const vault::EpochShares &other : m_shares)
        if (other.epoch != epoch) HUFU_CHECK(m_environment.vault.removeShares(other.epoch));
    std::erase_if(m_shares, [epoch](const vault::EpochShares &other) { return other.epoch != epoch; });
    m_chosen = 0;
    return {};
}

// Best effort, here and below: the act does not hang on it.
void Exchange::note(const wire::Verdict &verdict)
{
    const auto stored = m_environment.vault.upkeep();
    if (!stored) return;
    vault::Upkeep upkeep = *stored;
    upkeep.failures = verdict.total;
    const std::uint32_t epoch = shares().epoch;
    if (verdict.status == wire::Status::ok && (upkeep.sinceMs == 0 || upkeep.epoch != epoch)) {
        upkeep.epoch = epoch;
        upkeep.sinceMs = m_environment.clock.unixMs();
        upkeep.triedMs = 0;
    }
    if (upkeep != *stored) static_cast<void>(m_environment.vault.writeUpkeep(upkeep));
}

void Exchange::noteSignDestroyed()
{
    auto upkeep = m_environment.vault.upkeep();
    if (!upkeep || upkeep->signDestroyed) return;
    upkeep->signDestroyed = true;
    static_cast<void>(m_environment.vault.writeUpkeep(*upkeep));
}

Result<News> Exchange::onResp(const wire::Resp &resp)
{
    if (resp.verdict.status != wire::Status::ok) return onVerdict(resp.sid, resp.verdict);
    if (resp.sid != m_sid) return Error(Errc::tampered, "an answer to another conversation");
    if (!m_signing.accepts(resp.signatures))
        return stop(problem(Errc::tampered, hf::kSignatureInvalid));
    HUFU_CHECK(settle(shares().epoch));
    note(resp.verdict);
    for (std::size_t i = 0; i < m_included.size(); ++i)
        m_signed.push_back({m_included[i], resp.signatures[i]});
    m_awaiting = Awaiting::nothing;
    return newsOf(Kind::signedItems);
}

Result<News> Exchange::onDec2(const wire::Dec2 &dec2)
{
    if (dec2.verdict.status != wire::Status::ok) return onVerdict(dec2.sid, dec2.verdict);
    if (dec2.sid != m_sid) return Error(Errc::tampered, "an answer to another conversation");
    if (!isUnderMac(m_device.kDev, dec2, m_connection.cn())) return Error(Errc::tampered, "not under the device's MAC");
    auto opened = threshold::decrypt::phoneOpen(std::move(m_asked), dec2.answers);
    m_asked.clear();
    if (!opened) return stop(problem(Errc::tampered, hf::kCiphertextInvalid));
    HUFU_CHECK(settle(shares().epoch));
    note(dec2.verdict);
    m_opened = std::move(*opened);
    m_awaiting = Awaiting::nothing;
    return newsOf(Kind::openedItems);
}

// The new file stands beside the old one before REF3 leaves (PROTOCOL 4.7).
Result<News> Exchange::onRef2(const wire::Ref2 &ref2)
{
    if (ref2.verdict.status != wire::Status::ok) return onVerdict(ref2.sid, ref2.verdict);
    if (ref2.sid != m_sid) return Error(Errc::tampered, "an answer to another conversation");
    HUFU_CHECK(settle(shares().epoch)); // the first proof was right in it: older files are history
    vault::EpochShares next = shares();
    next.salt = m_next->salt;
    next.stretch = m_next->stretch;
    next.saltEpoch = m_environment.random.bytes<32>("salt-epoch");
    HUFU_TRY(ref3, m_renewal.renew(ref2.rho2, m_next->kPin, next, m_environment.random));
    m_next.reset();
    HUFU_CHECK(m_environment.vault.writeShares(next));
    m_shares.insert(m_shares.begin(), next);
    m_chosen = 0;
    m_awaiting = Awaiting::ref4;
    return sending(wire::encode(ref3));
}

Result<News> Exchange::onRef4(const wire::Ref4 &ref4)
{
    if (ref4.sid != m_sid) return Error(Errc::tampered, "an answer to another conversation");
    // Both files stay unless the new epoch has proved itself: the next act will find out.
    if (ref4.verdict.status != wire::Status::ok) {
        note(ref4.verdict);
        return stop(problemOf(ref4.verdict));
    }
    if (ref4.epoch != shares().epoch) return Error(Errc::tampered, "another epoch than the new one");
    HUFU_CHECK(settle(ref4.epoch));
    note(ref4.verdict);
    m_awaiting = Awaiting::nothing;
    return newsOf(Kind::refreshed);
}

} // namespace hufu::phone
