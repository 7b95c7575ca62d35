#include "shield/cosigner/attempt.h"

#include "shield/cosigner/shares.h"

#include <algorithm>

namespace hufu::cosigner {

namespace {

wire::Verdict verdict(wire::Status status, const LockView &view)
{
    return {status, view.tries, view.retryAfter, view.failures, view.total};
}

} // namespace

Result<wire::Verdict> verdictOf(Core &core, const ByteArray<16> &acct, wire::Status status)
{
    HUFU_TRY(row, readDevice(core.ports.ledger, acct));
    return verdict(status, viewOf(row.lock, core.ports.clock.unixMs()));
}

Notice Attempt::notice(Notice::Kind kind) const
{
    Notice notice;
    notice.kind = kind;
    notice.acct = m_live.acct;
    notice.sid = m_live.sid;
    notice.token = m_live.pending.token;
    notice.op = m_live.pending.op;
    return notice;
}

Result<std::optional<wire::Verdict>> Attempt::count(const Prepare &prepare)
{
    const std::int64_t now = m_core.ports.clock.unixMs();
    if (m_live.pending.mayProceed) {
        auto proceed = m_live.pending.mayProceed();
        const bool isOurs = !proceed && (proceed.error().code == Errc::unavailable || proceed.error().code == Errc::internal);
        if (isOurs) return proceed.error(); // no word about the person or the session
        if (!proceed) {
            HUFU_TRY(refused, verdictOf(m_core, m_live.acct, wire::Status::refused));
            return std::optional(refused);
        }
    }
    HUFU_TRY(change, Change::begin(m_core.ports));
    HUFU_TRY(record, change.device(m_live.acct));
    Lock &lock = record.row.lock;
    const auto uncounted = [&](wire::Status status) { return std::optional(verdict(status, viewOf(lock, now))); };
    if (record.row.chain.ctr != m_live.ctr) return uncounted(wire::Status::expired);
    if (!isOpen(lock, now)) return uncounted(wire::Status::locked);
    HUFU_TRY(status, prepare(record));
    if (status) return uncounted(*status);
    lock = counted(lock, now);
    HUFU_CHECK(change.putRow(record));
    HUFU_CHECK(change.commit(m_countStep));
    m_counted = lock;
    return std::optional<wire::Verdict>();
}

Result<wire::Verdict> Attempt::wrong()
{
    const std::int64_t now = m_core.ports.clock.unixMs();
    HUFU_TRY(change, Change::begin(m_core.ports));
    HUFU_TRY(record, change.device(m_live.acct));
    Notice wrongPin = notice(Notice::Kind::wrongPin);
    wrongPin.items = m_counted.run;
    HUFU_CHECK(change.tell(wrongPin));
    const Settlement settlement = settleAttempt(record);
    const wire::Verdict answer = verdict(wire::Status::badPin, viewOf(record.row.lock, now));
    if (settlement.destroyedSignShare) HUFU_CHECK(change.put(record));
    else if (settlement.froze) HUFU_CHECK(change.putRow(record));
    if (settlement.destroyedSignShare) HUFU_CHECK(change.tell(notice(Notice::Kind::signShareDestroyed)));
    if (settlement.froze) {
        Notice frozen = notice(Notice::Kind::frozen);
        frozen.items = record.row.lock.run;
        HUFU_CHECK(change.tell(frozen));
    }
    HUFU_CHECK(change.commit(step::kWrong));
    return answer;
}

Result<wire::Verdict> Attempt::clear(const Work &work, const Outcome *outcome, bool &partRefused)
{
    HUFU_TRY(change, Change::begin(m_core.ports));
    HUFU_TRY(record, change.device(m_live.acct));
    record.row.lock = cleared(record.row.lock);
    if (record.row.lock.standing != Standing::active) { // the operator froze it after the count: nothing is given out
        HUFU_CHECK(change.putRow(record));
        HUFU_CHECK(change.commit(m_resultStep));
        return verdict(wire::Status::locked, viewOf(record.row.lock, m_core.ports.clock.unixMs()));
    }
    if (work) {
        if (const auto refresh = settleEpoch(change, record, m_live.epoch)) {
            Notice refreshed = notice(Notice::Kind::refreshed);
            refreshed.sid = refresh->sid;
            refreshed.token = refresh->token;
            refreshed.op = refresh->op;
            HUFU_CHECK(change.tell(refreshed));
        }
    }
    LockView view = viewOf(record.row.lock, m_core.ports.clock.unixMs());
    view.failures = static_cast<std::uint8_t>(std::min<std::uint32_t>(m_counted.run - 1, 255)); // before this one
    const wire::Verdict answer = verdict(work ? wire::Status::ok : wire::Status::refused, view);
    if (work) HUFU_CHECK(work(change, record, answer));
    HUFU_CHECK(change.put(record));
    if (outcome && m_live.pending.onCommit) {
        auto part = m_live.pending.onCommit(change.transaction(), *outcome);
        partRefused = !part && part.error().code != Errc::unavailable;
        HUFU_CHECK(part);
    }
    HUFU_CHECK(change.commit(m_resultStep));
    return answer;
}

Result<wire::Verdict> Attempt::right(const Work &work, const Outcome *outcome)
{
    bool partRefused = false;
    auto answer = clear(work, outcome, partRefused);
    if (!partRefused) return answer;
    return clear({}, nullptr, partRefused);
}

} // namespace hufu::cosigner
