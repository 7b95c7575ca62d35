// REF1 -> REF2 and REF3 -> REF4: new shares for every key of the device (PROTOCOL 4.7, R1, R7).
#include "shield/cosigner/attempt.h"
#include "shield/cosigner/sealing.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/threshold/refresh_server.h"

namespace hufu::cosigner {

namespace {

namespace refresh = threshold::refresh;

// The device's keys with their shares, in the order of the proofs.
struct KeyRing {
    std::vector<threshold::SharedKey> keys;
    std::vector<threshold::ServerShare> shares;
};

Result<KeyRing> keyRingOf(const DeviceRecord &record, std::uint32_t epoch, ports::MasterKey &masterKey)
{
    KeyRing ring;
    for (const KeyType type : record.living()) {
        HUFU_TRY(own, shareOf(record, type, epoch, masterKey));
        ring.keys.push_back(std::move(own.key));
        ring.shares.push_back(std::move(own.share));
    }
    return ring;
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

std::vector<ByteArray<48>> proofsOf(const std::vector<wire::KeyProof> &proofs)
{
    std::vector<ByteArray<48>> out;
    for (const auto &proof : proofs)
        out.push_back(proof.proof);
    return out;
}

Result<RefreshRow> pendingOf(ports::MasterKey &masterKey, const Live &live, const refresh::ServerProposal &proposal)
{
    RefreshRow row;
    row.sid = live.sid;
    row.op = live.pending.op;
    row.epoch = proposal.keys.front().epoch();
    row.token = live.pending.token;
    for (std::size_t i = 0; i < proposal.keys.size(); ++i) {
        HUFU_TRY(sealed, sealShare(masterKey, proposal.shares[i], proposal.keys[i]));
        row.shares.push_back({proposal.keys[i].keyId(), std::move(sealed)});
    }
    HUFU_TRY(sealedRho2, sealRho2(masterKey, proposal.rho2, live.acct, row.epoch));
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
    if (live.stage != Stage::ref1 || !refresh::parseProofs(proofs))
        return verdictOf(core, live.acct, wire::Status::tampered);

    Attempt attempt(core, live, step::kRef1Count, step::kRef1Result);
    KeyRing ring;
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        if (!areAllKeys(ref1.proofs, record)) return std::optional(wire::Status::tampered);
        HUFU_TRY(own, keyRingOf(record, live.epoch, core.ports.masterKey));
        ring = std::move(own);
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    auto proposal = refresh::serverPropose(opOf(live), ring.keys, ring.shares, live.sid, ref1.rho1, proofs,
                                           core.ports.random);
    if (!proposal && proposal.error().code == Errc::wrongPin) return attempt.wrong();
    if (!proposal) return proposal.error();
    HUFU_TRY(pending, pendingOf(core.ports.masterKey, live, *proposal));
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
    if (live.stage != Stage::ref3 || !refresh::parseProofs(proofs))
        return verdictOf(core, live.acct, wire::Status::tampered);

    Attempt attempt(core, live, step::kRef3Count, step::kRef3Result);
    KeyRing ring;
    ByteArray<32> rho2{};
    HUFU_TRY(uncounted, attempt.count([&](const DeviceRecord &record) -> Result<std::optional<wire::Status>> {
        if (!record.refresh || record.refresh->sid != live.sid) return std::optional(wire::Status::expired);
        if (!areAllKeys(ref3.proofs, record)) return std::optional(wire::Status::tampered);
        HUFU_TRY(own, keyRingOf(record, live.epoch, core.ports.masterKey));
        HUFU_TRY(opened, openRho2(core.ports.masterKey, record.refresh->sealedRho2, live.acct, live.epoch));
        ring = std::move(own);
        rho2 = opened;
        return std::optional<wire::Status>();
    }));
    if (uncounted) return *uncounted;

    auto fits = refresh::serverCommit(ring.keys, ring.shares, live.sid, rho2, proofs);
    if (!fits && fits.error().code == Errc::wrongPin) return attempt.wrong();
    if (!fits) return fits.error();
    Outcome outcome;
    outcome.sid = live.sid;
    // Nothing besides: a right proof under the new epoch commits it.
    const auto work = [](Change &, DeviceRecord &, const wire::Verdict &) -> Result<void> { return {}; };
    return attempt.right(work, &outcome);
}

} // namespace

Result<wire::Ref2> Conversation::refresh1(wire::Ref1 ref1)
{
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
    wipe(ref1.rho1.data(), ref1.rho1.size());
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
