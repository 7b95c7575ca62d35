// REF1 -> REF2 and REF3 -> REF4: new shares for every key of the device (PROTOCOL 4.7, R1, R7).
#include "shield/cosigner/attempt.h"
#include "shield/base/stack.h"
#include "shield/cosigner/sealing.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/threshold/frost_refresh_server.h"
#include "shield/threshold/refresh_server.h"

namespace hufu::cosigner {

namespace {

namespace refresh = threshold::refresh;
namespace frost = threshold::frost;

// The device's keys with their shares, in the order of the proofs: a sign key of suite 2 stands first, by itself.
// Each share belongs to its key: a damaged one is not a wrong PIN, and must not be renewed or committed.
struct KeyRing {
    std::optional<FrostKeyShare> frost;
    std::vector<threshold::SharedKey> keys;
    std::vector<threshold::ServerShare> shares;
};

Result<KeyRing> keyRingOf(const DeviceRecord &record, std::uint32_t epoch, const Ports &ports, KeptKeys &kept)
{
    KeyRing ring;
    for (const KeyType type : record.living()) {
        if (record.key(type).point.suite() == crypto::Suite::frost) {
            HUFU_TRY(own, frostShareOf(record, epoch, ports));
            ring.frost.emplace(std::move(own));
            continue;
        }
        HUFU_TRY(own, shareOf(record, type, epoch, ports, kept));
        HUFU_CHECK(kept.prepare(own.key, own.share));
        ring.keys.push_back(std::move(own.key));
        ring.shares.push_back(std::move(own.share));
    }
    return ring;
}

using Proofs = WipedVector<ByteArray<48>>;

// The form of the proofs by the suites of the keys that they are of: needs no secret.
bool areWellFormed(const KeyRing &ring, std::span<const ByteArray<48>> proofs)
{
    if (ring.frost && (proofs.empty() || !frost::refresh::parseProof(proofs.front()))) return false;
    return static_cast<bool>(refresh::parseProofs(ring.frost ? proofs.subspan(1) : proofs));
}

// The same shares in the next epoch.
struct Proposal {
    KeyRing ring;
    ByteArray<32> rho2;
};

// One verdict for all keys, and all are judged, whatever their suites (R7).
Result<Proposal> propose(threshold::Op op, const KeyRing &ring, const ByteArray<16> &sid, const ByteArray<32> &rho1,
                         std::span<const ByteArray<48>> proofs, ports::Random &random)
{
    Result<void> frostFits;
    if (ring.frost) {
        frostFits = frost::refresh::serverJudge(op, ring.frost->key, ring.frost->share, sid, rho1, proofs.front());
        proofs = proofs.subspan(1);
    }
    HUFU_TRY(proposal, refresh::serverPropose(op, ring.keys, ring.shares, sid, rho1, proofs, random));
    HUFU_CHECK(frostFits);
    Proposal out{{std::nullopt, std::move(proposal.keys), std::move(proposal.shares)}, proposal.rho2};
    if (ring.frost) {
        HUFU_TRY(renewed, frost::refresh::serverRenew(ring.frost->key, ring.frost->share, sid, rho1, out.rho2));
        out.ring.frost.emplace(FrostKeyShare{std::move(renewed.key), std::move(renewed.share)});
    }
    return out;
}

Result<void> commit(const KeyRing &ring, const ByteArray<16> &sid, const ByteArray<32> &rho2,
                    std::span<const ByteArray<48>> proofs)
{
    Result<void> frostFits;
    if (ring.frost) {
        frostFits = frost::refresh::serverCommit(ring.frost->key, ring.frost->share, sid, rho2, proofs.front());
        proofs = proofs.subspan(1);
    }
    HUFU_CHECK(refresh::serverCommit(ring.keys, ring.shares, sid, rho2, proofs));
    return frostFits;
}

// The proofs name all living keys of the device, in their order.
bool areAllKeys(const std::vector<wire::KeyProof> &proofs, const DeviceRecord &record)
{
    const auto types = record.living();
    if (proofs.size() != types.size()) return false;
    for (std::size_t i = 0; i < types.size(); ++i)
        if (proofs[i].keyId != record.keyId(types[i])) return false;
    return true;
}

Proofs proofsOf(const std::vector<wire::KeyProof> &proofs)
{
    Proofs out;
    for (const auto &proof : proofs)
        out.push_back(proof.proof);
    return out;
}

Result<RefreshRow> pendingOf(const Ports &ports, const Live &live, const Proposal &proposal)
{
    RefreshRow row;
    row.sid = live.sid;
    row.op = live.pending.op;
    row.epoch = live.epoch + 1;
    row.token = live.pending.token;
    HUFU_TRY(mark, makeEpochKey(ports, live.acct, row.epoch));
    row.mark = mark;
    const auto add = [&](const auto &key, const auto &share) -> Result<void> {
        HUFU_TRY(sealed, sealShare(ports, share, key, mark));
        row.shares.push_back({key.keyId(), std::move(sealed)});
        return {};
    };
    const KeyRing &ring = proposal.ring;
    if (ring.frost) HUFU_CHECK(add(ring.frost->key, ring.frost->share));
    for (std::size_t i = 0; i < ring.keys.size(); ++i)
        HUFU_CHECK(add(ring.keys[i], ring.shares[i]));
    HUFU_TRY(sealedRho2, sealRho2(ports.masterKey, proposal.rho2, live.acct, row.epoch));
    row.sealedRho2 = std::move(sealedRho2);
    return row;
}

threshold::Op opOf(const Live &live)
{
    return live.pending.op == intent::Op::pinChange ? threshold::Op::pinChange : threshold::Op::refresh;
}

Result<wire::Verdict> judge1(Core &core, const Live &live, const wire::Ref1 &ref1, ByteArray<32> &rho2)
{
    const auto proofs = proofsOf(ref1.proofs);
    if (live.stage != Stage::ref1) return verdictOf(core, live.acct, wire::Status::tampered);

    Attempt attempt(core, live, step::kRef1Count, step::kRef1Result);
    KeyRing ring;
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        if (!areAllKeys(ref1.proofs, record)) return std::optional(wire::Status::tampered);
        HUFU_TRY(own, keyRingOf(record, live.epoch, core.ports, core.kept));
        if (!areWellFormed(own, proofs)) return std::optional(wire::Status::tampered);
        ring = std::move(own);
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    auto proposal = propose(opOf(live), ring, live.sid, ref1.rho1, proofs, core.ports.random);
    if (!proposal && proposal.error().code == Errc::wrongPin) return attempt.wrong();
    if (!proposal) return proposal.error();
    HUFU_TRY(pending, pendingOf(core.ports, live, *proposal));
    const auto work = [&](Change &, DeviceRecord &record, const wire::Verdict &) -> Result<void> {
        record.refresh = std::move(pending);
        return {};
    };
    HUFU_TRY(verdict, attempt.right(work, nullptr));
    if (verdict.status == wire::Status::ok) rho2 = proposal->rho2;
    return verdict;
}

Result<wire::Verdict> judge3(Core &core, const Live &live, const wire::Ref3 &ref3)
{
    const auto proofs = proofsOf(ref3.proofs);
    if (live.stage != Stage::ref3) return verdictOf(core, live.acct, wire::Status::tampered);

    Attempt attempt(core, live, step::kRef3Count, step::kRef3Result);
    KeyRing ring;
    ByteArray<32> rho2{};
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        if (!record.refresh || record.refresh->sid != live.sid) return std::optional(wire::Status::expired);
        if (!areAllKeys(ref3.proofs, record)) return std::optional(wire::Status::tampered);
        HUFU_TRY(own, keyRingOf(record, live.epoch, core.ports, core.kept));
        if (!areWellFormed(own, proofs)) return std::optional(wire::Status::tampered);
        HUFU_TRY(opened, openRho2(core.ports.masterKey, record.refresh->sealedRho2, live.acct, live.epoch));
        ring = std::move(own);
        rho2 = opened;
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    auto fits = commit(ring, live.sid, rho2, proofs);
    if (!fits && fits.error().code == Errc::wrongPin) return attempt.wrong();
    if (!fits) return fits.error();
    Outcome outcome;
    outcome.sid = live.sid;
    // Nothing besides: a right proof under the new epoch commits it.
    const auto work = [](Change &, DeviceRecord &, const wire::Verdict &) -> Result<void> { return {}; };
    return attempt.right(work, &outcome);
}

} // namespace

Result<wire::Ref2> Conversation::refresh1(const wire::Ref1 &ref1)
{
    const StackWiper wiper;
    wire::Ref2 ref2;
    ref2.sid = ref1.sid;
    ref2.verdict.status = wire::Status::expired;
    if (!m_acct) return ref2;

    const auto guard = m_core.lockDevice(*m_acct);
    auto live = m_core.take(m_connection, *m_acct, ref1.sid);
    if (!live) {
        HUFU_TRY(expired, verdictOf(m_core, *m_acct, wire::Status::expired));
        ref2.verdict = expired;
        return ref2;
    }
    auto verdict = judge1(m_core, *live, ref1, ref2.rho2);
    HUFU_CHECK(verdict);
    ref2.verdict = *verdict;
    if (verdict->status != wire::Status::ok) return ref2;
    live->stage = Stage::ref3;
    live->epoch += 1;
    m_core.open(std::move(*live));
    return ref2;
}

Result<wire::Ref4> Conversation::refresh3(const wire::Ref3 &ref3)
{
    const StackWiper wiper;
    wire::Ref4 ref4;
    ref4.sid = ref3.sid;
    ref4.verdict.status = wire::Status::expired;
    if (!m_acct) return ref4;

    const auto guard = m_core.lockDevice(*m_acct);
    auto live = m_core.take(m_connection, *m_acct, ref3.sid);
    if (live) {
        HUFU_TRY(verdict, judge3(m_core, *live, ref3));
        ref4.verdict = verdict;
    } else {
        HUFU_TRY(expired, verdictOf(m_core, *m_acct, wire::Status::expired));
        ref4.verdict = expired;
    }
    HUFU_TRY(row, readDevice(m_core.ports.ledger, *m_acct));
    ref4.epoch = row.epoch;
    return ref4;
}

} // namespace hufu::cosigner
