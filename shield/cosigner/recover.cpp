// The way back from a clone (PROTOCOL R3): a code from the identity check, a new K_dev and chain, then a refresh.
#include "shield/base/ct.h"
#include "shield/base/limits.h"
#include "shield/cosigner/conversation.h"
#include "shield/cosigner/core.h"
#include "shield/cosigner/sealing.h"
#include "shield/crypto/sm3.h"

#include <algorithm>

namespace hufu::cosigner {

Result<wire::Recovered> Conversation::recover(const wire::Recover &recover)
{
    HUFU_CHECK(verifyMac(recover));
    if (m_candidate) return Error(Errc::badState, "recovered already: go on with the refresh");
    const auto guard = m_core.lockDevice(recover.acct);
    HUFU_TRY(change, Change::begin(m_core.ports));
    HUFU_TRY(record, change.device(recover.acct));
    if (record.row.lock.standing != Standing::cloned) return Error(Errc::badState, "no clone was found");
    HUFU_TRY(row, change.recovery(recover.acct));
    if (!row || row->wrong >= limits::kRecoveryTries || m_core.ports.clock.unixMs() >= row->untilMs)
        return Error(Errc::notFound, "no recovery is open");

    if (!ct::equal(hufu::viewOf(row->digits), hufu::viewOf(recover.digits))) {
        row->wrong = static_cast<std::uint8_t>(row->wrong + 1);
        HUFU_CHECK(change.putRecovery(recover.acct, *row));
        HUFU_CHECK(change.tell(noticeOf(Notice::Kind::recoveryFailed, recover.acct)));
        HUFU_CHECK(change.commit(step::kRecover));
        return Error(Errc::refused, "wrong digits");
    }
    row->candidate = RecoveryRow::Candidate{};
    row->candidate->kDev = recover.kDev.duplicate();
    row->candidate->n = m_core.ports.random.bytes<32>("n");
    HUFU_CHECK(change.putRecovery(recover.acct, *row));
    HUFU_CHECK(change.commit(step::kRecover));

    wire::Recovered recovered;
    recovered.n = row->candidate->n;
    recovered.mac = crypto::hmacSm3(recover.kDev.expose(),
                                    wire::recoveredMacInput(recover.acct, recovered.n, recovered.ctr));
    return recovered;
}

// Whether the MAC is right under the K_dev of a recovery.
Result<void> Conversation::checkCandidate(const ByteArray<16> &acct, ByteView input, const ByteArray<32> &mac)
{
    HUFU_TRY(sealed, m_core.ports.ledger.read(ports::Table::code, recoveryKey(acct)));
    if (!sealed) return Error(Errc::tampered, "MAC");
    HUFU_TRY(row, openRecovery(m_core.ports.masterKey, *sealed, acct));
    if (!row.candidate || !ct::equal(crypto::hmacSm3(row.candidate->kDev.expose(), input), mac))
        return Error(Errc::tampered, "MAC");
    m_candidate = crypto::sm3(row.candidate->kDev.expose());
    return {};
}

// The recovery becomes the truth, if what follows commits: from then on the old K_dev is nobody's.
Result<void> Conversation::adoptCandidate(Change &change, DeviceRecord &record)
{
    HUFU_TRY(row, change.recovery(record.acct));
    const bool same = row && row->candidate && ct::equal(crypto::sm3(row->candidate->kDev.expose()), *m_candidate);
    if (!same || record.row.lock.standing != Standing::cloned) return Error(Errc::tampered, "another recovery");
    HUFU_TRY(sealed, sealKDev(m_core.ports.masterKey, row->candidate->kDev, record.acct));
    record.row.sealedKDev = std::move(sealed);
    record.row.chain = {};
    record.row.chain.n = row->candidate->n;
    record.row.lock.standing = Standing::active;
    record.row.leastEpoch = 1 + (record.refresh ? std::max(record.row.epoch, record.refresh->epoch) : record.row.epoch);
    HUFU_CHECK(change.removeRecovery(record.acct));
    return change.tell(noticeOf(Notice::Kind::recovered, record.acct));
}

} // namespace hufu::cosigner
