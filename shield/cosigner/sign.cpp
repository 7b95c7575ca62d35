// SIGN -> RESP (PROTOCOL 4.5, R1, R6, R9).
#include "shield/base/limits.h"
#include "shield/cosigner/attempt.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/crypto/sm3.h"

namespace hufu::cosigner {

namespace {

namespace cosign = threshold::cosign;

std::vector<cosign::SignItem> itemsOf(const wire::Sign &sign)
{
    std::vector<cosign::SignItem> items;
    for (const auto &item : sign.items)
        items.push_back({item.index, item.share});
    return items;
}

Notice noticeOf(const Attempt &attempt, Notice::Kind kind, const Outcome &outcome)
{
    Notice notice = attempt.notice(kind);
    notice.keyId = outcome.keyId;
    notice.items = outcome.signatures.size();
    return notice;
}

Result<wire::Verdict> judge(Core &core, Live &live, const wire::Sign &sign, std::vector<ByteArray<64>> &signatures)
{
    if (live.stage != Stage::sign) return verdictOf(core, live.acct, wire::Status::tampered);
    auto opened = cosign::serverOpen(std::move(*live.session), itemsOf(sign));
    if (!opened) return verdictOf(core, live.acct, wire::Status::tampered);

    Attempt attempt(core, live, step::kSignCount, step::kSignResult);
    std::optional<KeyShare> own;
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        HUFU_TRY(share, shareOf(record, KeyType::sign, live.epoch, core.ports.masterKey));
        own.emplace(std::move(share));
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    HUFU_CHECK(core.kept.prepare(own->key, own->share)); // since CHAL a look into memory
    auto completed = cosign::serverComplete(std::move(*opened), own->share);
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

Result<wire::Resp> Conversation::sign(const wire::Sign &sign)
{
    wire::Resp resp;
    resp.sid = sign.sid;
    const ByteArray<32> digest = crypto::sm3(sign.body());
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
    HUFU_TRY(verdict, judge(m_core, *live, sign, resp.signatures));
    resp.verdict = verdict;
    if (verdict.status == wire::Status::ok || verdict.status == wire::Status::badPin)
        m_core.finish(sign.sid, {digest, resp, m_core.ports.clock.monotonicMs() + limits::kResultKeptMs});
    return resp;
}

} // namespace hufu::cosigner
