#include "shield/cosigner/cosigner.h"

#include "shield/base/limits.h"
#include "shield/cosigner/shares.h"
#include "shield/cosigner/state.h"
#include "shield/ports/digits.h"

#include <algorithm>

namespace hufu::cosigner {

namespace {

KeyView keyViewOf(const DeviceRecord &record, KeyType type)
{
    return {record.keyId(type), record.key(type).point, record.key(type).state};
}

} // namespace

Cosigner::Cosigner(std::unique_ptr<Core> core) : m_core(std::move(core)) {}
Cosigner::~Cosigner() = default;

Result<std::unique_ptr<Cosigner>> Cosigner::start(Ports ports)
{
    if (ports.decryptionsPerDay == 0) ports.decryptionsPerDay = limits::kDecryptionsPerDay;
    if (ports.rehearsalsPerDay == 0) ports.rehearsalsPerDay = limits::kRehearsalsPerDay;
    HUFU_TRY(change, Change::begin(ports));
    HUFU_TRY(boot, change.number(kBootName));
    boot += 1;
    HUFU_CHECK(change.putNumber(kBootName, boot));
    HUFU_CHECK(change.commit(step::kBoot));
    return std::unique_ptr<Cosigner>(new Cosigner(std::make_unique<Core>(std::move(ports), boot)));
}

std::unique_ptr<Conversation> Cosigner::connect()
{
    return std::unique_ptr<Conversation>(new Conversation(*m_core, m_core->nextConnection()));
}

Result<DeviceView> Cosigner::device(const ByteArray<16> &acct) const
{
    HUFU_TRY(change, Change::begin(m_core->ports));
    HUFU_TRY(record, change.device(acct));
    DeviceView view;
    view.sign = keyViewOf(record, KeyType::sign);
    view.encrypt = keyViewOf(record, KeyType::encrypt);
    view.epoch = record.row.epoch;
    view.ctr = record.row.chain.ctr;
    view.refreshPending = record.refresh.has_value();
    view.lock = record.row.lock;
    view.view = viewOf(record.row.lock, m_core->ports.clock.unixMs());
    view.mustRefresh = record.row.mustRefresh();
    return view;
}

Result<void> Cosigner::freeze(const ByteArray<16> &acct, const ByteArray<16> &doer, const CommitPart &onCommit)
{
    return freezeAll({acct}, doer, onCommit);
}

Result<void> Cosigner::freezeAll(const std::vector<ByteArray<16>> &accounts, const ByteArray<16> &doer, const CommitPart &onCommit)
{
    const auto guards = m_core->lockDevices(accounts);
    HUFU_TRY(change, Change::begin(m_core->ports));
    std::vector<ByteArray<16>> sorted = accounts, frozen; // sorted: two who freeze the same ones take the rows in one order
    std::ranges::sort(sorted);
    for (const ByteArray<16> &acct : sorted) {
        HUFU_TRY(record, change.device(acct));
        if (record.row.lock.standing != Standing::active) continue;
        record.row.lock.standing = Standing::frozen;
        HUFU_CHECK(change.putRow(record));
        Notice notice = noticeOf(Notice::Kind::frozen, acct);
        notice.doer = doer;
        HUFU_CHECK(change.tell(notice));
        frozen.push_back(acct);
    }
    if (frozen.empty()) return Error(Errc::badState, "not active");
    if (onCommit) HUFU_CHECK(onCommit(change.transaction()));
    HUFU_CHECK(change.commit(step::kOperator));
    for (const ByteArray<16> &acct : frozen)
        m_core->endDevice(acct);
    return {};
}

Result<std::string> Cosigner::openRecovery(const ByteArray<16> &acct)
{
    const auto guard = m_core->lockDevice(acct);
    HUFU_TRY(change, Change::begin(m_core->ports));
    HUFU_TRY(record, change.device(acct));
    if (record.row.lock.standing != Standing::cloned) return Error(Errc::badState, "no clone was found");
    HUFU_TRY(earlier, change.recovery(acct));
    RecoveryRow row;
    // A phone may have taken its new K_dev already, and be on its way: that stands until another code is entered.
    if (earlier) row.candidate = std::move(earlier->candidate);
    row.digits = ports::drawDigits(m_core->ports.random, limits::kRecoveryDigits, "recovery-digits");
    row.untilMs = m_core->ports.clock.unixMs() + limits::kRecoveryValidMs;
    HUFU_CHECK(change.putRecovery(acct, row));
    HUFU_CHECK(change.tell(noticeOf(Notice::Kind::recoveryOpened, acct)));
    HUFU_CHECK(change.commit(step::kOperator));
    return row.digits;
}

Result<void> Cosigner::unfreeze(const ByteArray<16> &acct)
{
    const auto guard = m_core->lockDevice(acct);
    HUFU_TRY(change, Change::begin(m_core->ports));
    HUFU_TRY(record, change.device(acct));
    HUFU_TRY(lock, unfrozen(record.row.lock));
    record.row.lock = lock;
    HUFU_CHECK(change.putRow(record));
    HUFU_CHECK(change.tell(noticeOf(Notice::Kind::unfrozen, acct)));
    return change.commit(step::kOperator);
}

Result<std::uint32_t> Cosigner::raiseRestoreEpoch()
{
    HUFU_TRY(change, Change::begin(m_core->ports));
    HUFU_TRY(epoch, change.number(kRestoreEpochName));
    epoch += 1;
    HUFU_CHECK(change.putNumber(kRestoreEpochName, epoch));
    Notice notice = noticeOf(Notice::Kind::restoreEpochRaised, {});
    notice.items = epoch;
    HUFU_CHECK(change.tell(notice));
    HUFU_CHECK(change.commit(step::kOperator));
    return epoch;
}

Result<std::uint32_t> Cosigner::restoreEpoch() const
{
    return readNumber(m_core->ports.ledger, kRestoreEpochName);
}

Result<std::size_t> Cosigner::sweepEpochKeys()
{
    HUFU_TRY(names, m_core->ports.epochKeys.list());
    std::size_t destroyed = 0;
    for (const auto &name : names) {
        const auto guard = m_core->lockDevice(name.acct);
        HUFU_TRY(change, Change::begin(m_core->ports));
        const auto record = change.device(name.acct);
        if (!record && record.error().code != Errc::notFound) return record.error();
        if (!record || name.epoch > record->row.epoch) continue;
        if (epochKeyOf(*record, record->row.epoch) == name) continue;
        HUFU_CHECK(m_core->ports.epochKeys.destroy(name));
        ++destroyed;
    }
    return destroyed;
}

void Cosigner::sweep()
{
    m_core->sweep();
}

} // namespace hufu::cosigner
