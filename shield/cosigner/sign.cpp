// SIGN -> RESP (PROTOCOL 4.5, R1, R6, R9).
#include "shield/base/limits.h"
#include "shield/base/stack.h"
#include "shield/cosigner/attempt.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/crypto/sm3.h"

namespace hufu::cosigner {

namespace {

Notice noticeOf(const Attempt &attempt, Notice::Kind kind, const Outcome &outcome)
{
    Notice notice = attempt.notice(kind);
    notice.keyId = outcome.keyId;
    notice.items = outcome.signatures.size();
    return notice;
}

template <typename Suite>
Result<wire::Verdict> judge(Core &core, Live &live, const typename Suite::Message &sign,
                            std::vector<ByteArray<64>> &signatures)
{
    auto *session = std::get_if<typename Suite::Session>(&live.session);
    if (!session) return verdictOf(core, live.acct, wire::Status::tampered);
    auto opened = Suite::open(std::move(*session), sign);
    if (!opened) return verdictOf(core, live.acct, wire::Status::tampered);

    Attempt attempt(core, live, step::kSignCount, step::kSignResult);
    std::optional<typename Suite::Share> own;
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        HUFU_TRY(share, Suite::shareOf(record, live.epoch, core.ports, core.kept));
        own.emplace(std::move(share));
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    auto completed = Suite::complete(std::move(*opened), *own, core.kept);
    if (!completed && completed.error().code == Errc::wrongPin) return attempt.wrong();
    if (!completed) return completed.error();

    Outcome outcome;
    outcome.sid = live.sid;
    outcome.keyId = own->key.keyId();
    outcome.signatures = *completed;
    for (const auto &item : sign.items)
        outcome.included.push_back(item.index);
    const auto work = [&](Change &change, DeviceRecord &record, const wire::Verdict &verdict) -> Result<void> {
        if (record.sign.state == KeyState::pending) {
            record.sign.state = KeyState::active;
            HUFU_CHECK(change.tell(noticeOf(attempt, Notice::Kind::signKeyActive, outcome)));
        }
        HUFU_CHECK(change.tell(noticeOf(attempt, Notice::Kind::approved, outcome)));
        return change.putResult(live.acct, live.sid, {core.ports.clock.unixMs(), verdict, outcome.signatures});
    };
    HUFU_TRY(verdict, attempt.right(work, &outcome));
    if (verdict.status == wire::Status::ok) signatures = std::move(outcome.signatures);
    return verdict;
}

} // namespace

template <typename Suite> Result<wire::Resp> Conversation::signAs(const typename Suite::Message &sign)
{
    const StackWiper wiper;
    wire::Resp resp;
    resp.sid = sign.sid;
    Bytes body = sign.body();
    const ByteArray<32> digest = crypto::sm3(body);
    wipe(body.data(), body.size());
    if (const auto again = m_core.finished(sign.sid, digest)) return *again;
    resp.verdict.status = wire::Status::expired;
    if (!m_acct) return resp;

    const auto guard = m_core.lockDevice(*m_acct);
    auto live = m_core.take(m_connection, *m_acct, sign.sid);
    if (!live) {
        HUFU_TRY(expired, verdictOf(m_core, *m_acct, wire::Status::expired));
        resp.verdict = expired;
        return resp;
    }
    HUFU_TRY(verdict, judge<Suite>(m_core, *live, sign, resp.signatures));
    resp.verdict = verdict;
    if (verdict.status == wire::Status::ok || verdict.status == wire::Status::badPin)
        m_core.finish(sign.sid, {digest, resp, m_core.ports.clock.monotonicMs() + limits::kResultKeptMs});
    return resp;
}

Result<wire::Resp> Conversation::sign(const wire::Sign &sign)
{
    return signAs<Sm2Suite>(sign);
}

Result<wire::Resp> Conversation::sign(const wire::FrostSign &sign)
{
    return signAs<FrostSuite>(sign);
}

} // namespace hufu::cosigner
