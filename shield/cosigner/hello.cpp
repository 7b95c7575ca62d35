// HELLO -> CHAL (PROTOCOL 4.5, 6, R1, R3).
#include "shield/cosigner/request.h"
#include "shield/base/stack.h"
#include "shield/cosigner/sealing.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"

namespace hufu::cosigner {

namespace {

wire::Locked lockedAnswer(const DeviceRecord &record, const LockView &view, bool shareGone)
{
    wire::Locked locked;
    locked.tries = view.tries;
    locked.retryAfter = view.retryAfter;
    locked.failures = view.failures;
    if (record.row.lock.standing != Standing::active) locked.state = wire::DeviceState::frozen;
    if (shareGone) locked.state = wire::DeviceState::destroyed;
    return locked;
}

Notice noticeOf(Notice::Kind kind, const wire::Hello &hello, const Pending &pending)
{
    Notice notice;
    notice.kind = kind;
    notice.acct = hello.acct;
    notice.keyId = hello.keyId;
    notice.token = pending.token;
    notice.op = hello.op;
    return notice;
}

} // namespace

Result<HelloAnswer> Conversation::hello(const wire::Hello &hello, Pending pending)
{
    const StackWiper wiper;
    const auto staleNonce = std::exchange(m_staleNonce, std::nullopt);
    HUFU_CHECK(checkMac(hello.acct, wire::macInputOf(hello, m_cn, staleNonce), hello.mac));
    HUFU_TRY(request, Request::of(hello, pending));

    const auto guard = m_core.lockDevice(hello.acct);
    const std::int64_t now = m_core.ports.clock.unixMs();
    HUFU_TRY(change, Change::begin(m_core.ports));
    HUFU_TRY(record, change.device(hello.acct));
    if (m_candidate) HUFU_CHECK(adoptCandidate(change, record));
    if (record.row.lock.standing == Standing::cloned) return HelloAnswer(wire::Clone{});
    if (const Settlement settlement = settleAttempt(record); settlement.froze || settlement.destroyedSignShare) {
        HUFU_CHECK(change.put(record)); // a crash came before the verdict of the last attempt
        if (settlement.destroyedSignShare)
            HUFU_CHECK(change.tell(noticeOf(Notice::Kind::signShareDestroyed, hello, pending)));
        if (settlement.froze) {
            Notice frozen = noticeOf(Notice::Kind::frozen, hello, pending);
            frozen.items = record.row.lock.run;
            HUFU_CHECK(change.tell(frozen));
        }
        HUFU_CHECK(change.commit(step::kWrong));
    }
    // A refresh is for all living keys. The one that it names must be among them, so that the phone learns which are.
    const bool namesSign = request.type ? *request.type == KeyType::sign : hello.keyId == record.row.signKeyId;
    const bool shareGone = record.key(namesSign ? KeyType::sign : KeyType::encrypt).state == KeyState::destroyed;
    if (!isOpen(record.row.lock, now) || shareGone)
        return HelloAnswer(lockedAnswer(record, viewOf(record.row.lock, now), shareGone));
    HUFU_CHECK(request.checkKeys(hello, record));

    const Position position{hello.ctr, hello.n, hello.rid};
    const Fit fit = fitOf(record.row.chain, position);
    // The first HELLO came from where the chain stood then, so the second one is not a copy's but late: the phone has gone on
    // over another connection. A copy's next HELLO does not fit from the beginning.
    const bool isLate = staleNonce && m_staleFitted && fit == Fit::other;
    if ((!staleNonce && fit != Fit::step) || isLate) {
        m_staleNonce = m_core.ports.random.bytes<16>("stale");
        m_staleFitted = fit == Fit::repeat;
        return HelloAnswer(wire::Stale{*m_staleNonce});
    }
    std::uint32_t restoreEpoch = 0;
    if (fit == Fit::other) {
        HUFU_TRY(raised, change.number(kRestoreEpochName));
        restoreEpoch = raised;
    }
    const bool adopt = fit == Fit::other && record.row.adoptedIn < restoreEpoch && isAhead(record.row.chain, position);
    if (fit == Fit::other && !adopt) {
        record.row.lock.standing = Standing::cloned;
        HUFU_CHECK(change.putRow(record));
        HUFU_CHECK(change.tell(noticeOf(Notice::Kind::cloneFound, hello, pending)));
        HUFU_CHECK(change.commit(step::kClone));
        m_core.endDevice(hello.acct);
        return HelloAnswer(wire::Clone{});
    }
    if (!isServed(record, hello.epoch)) return HelloAnswer(wire::EpochIs{record.row.epoch});
    HUFU_TRY(alive, isAlive(record, hello.epoch, m_core.ports.epochKeys));
    if (!alive) return HelloAnswer(lockedAnswer(record, viewOf(record.row.lock, now), true));

    if (adopt) {
        record.row.chain = adoptedFrom(position);
        record.row.adoptedIn = restoreEpoch;
        record.row.lock = adopted(record.row.lock);
        HUFU_CHECK(change.tell(noticeOf(Notice::Kind::chainAdopted, hello, pending)));
    }
    if (fit != Fit::repeat) {
        record.row.chain = rolled(record.row.chain, hello.rid, m_core.ports.random.bytes<32>("n"));
        HUFU_CHECK(change.putRow(record));
        HUFU_CHECK(change.commit(step::kHello));
    }

    Live live;
    live.connection = m_connection;
    live.acct = hello.acct;
    live.sid = m_core.nextSid();
    live.stage = request.stage;
    live.isRehearsal = request.manifest.act == intent::Act::rehearseDecrypt;
    live.epoch = hello.epoch;
    live.deadlineMs = m_core.ports.clock.monotonicMs() + request.userTimeMs;
    live.items = request.items;

    // Behind the commit, while other devices have the ledger. If it fails, the phone comes again with the same HELLO.
    SignChal chal;
    if (request.stage == Stage::sign) {
        HUFU_TRY(made, challengeFor(record, hello, live.sid, pending.tbs, live.session, m_core.ports, m_core.kept));
        chal = std::move(made);
    }

    live.ctr = record.row.chain.ctr;
    const auto answer = [&](auto &out) {
        out.sid = live.sid;
        out.ctr = record.row.chain.ctr;
        out.n = record.row.chain.n;
        out.expiryMs = now + request.userTimeMs;
        out.manifest = pending.manifest;
        out.tbs = std::move(pending.tbs);
        return HelloAnswer(std::move(out));
    };
    HelloAnswer out = std::visit(answer, chal);
    live.pending = std::move(pending);
    live.pending.manifest.clear();
    live.pending.tbs.clear();
    m_core.open(std::move(live));
    return out;
}

} // namespace hufu::cosigner
