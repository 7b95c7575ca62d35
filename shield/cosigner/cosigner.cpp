#include "shield/cosigner/cosigner.h"

#include "shield/base/limits.h"
#include "shield/cosigner/state.h"

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
    return view;
}

Result<void> Cosigner::unfreeze(const ByteArray<16> &acct)
{
    const auto guard = m_core->lockDevice(acct);
    HUFU_TRY(change, Change::begin(m_core->ports));
    HUFU_TRY(record, change.device(acct));
    HUFU_TRY(lock, unfrozen(record.row.lock));
    record.row.lock = lock;
    HUFU_CHECK(change.putRow(record));
    Notice notice;
    notice.kind = Notice::Kind::unfrozen;
    notice.acct = acct;
    HUFU_CHECK(change.tell(notice));
    return change.commit(step::kOperator);
}

Result<std::uint32_t> Cosigner::raiseRestoreEpoch()
{
    HUFU_TRY(change, Change::begin(m_core->ports));
    HUFU_TRY(epoch, change.number(kRestoreEpochName));
    epoch += 1;
    HUFU_CHECK(change.putNumber(kRestoreEpochName, epoch));
    HUFU_CHECK(change.commit(step::kOperator));
    return epoch;
}

Result<std::uint32_t> Cosigner::restoreEpoch() const
{
    return readNumber(m_core->ports.ledger, kRestoreEpochName);
}

void Cosigner::sweep()
{
    m_core->sweep();
}

} // namespace hufu::cosigner
