#include "shield/cosigner/change.h"

#include "shield/base/limits.h"
#include "shield/cosigner/sealing.h"

#include <algorithm>

namespace hufu::cosigner {

using ports::Table;

namespace {

constexpr std::size_t kOldestLookedAt = 4; // of a device's results, which its key has in the order of their time

Result<std::uint32_t> numberOf(const std::optional<Bytes> &row)
{
    if (!row) return std::uint32_t{0};
    Reader in(*row);
    const std::uint32_t value = in.u32();
    if (!in.finish()) return Error(Errc::internal, "a row of the ledger is malformed");
    return value;
}

} // namespace

std::vector<KeyType> DeviceRecord::living() const
{
    std::vector<KeyType> types;
    for (const KeyType type : {KeyType::sign, KeyType::encrypt})
        if (key(type).state != KeyState::destroyed) types.push_back(type);
    return types;
}

Result<Change> Change::begin(const Ports &ports)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    return Change(ports, std::move(transaction));
}

Result<DeviceRecord> Change::device(const ByteArray<16> &acct)
{
    DeviceRecord record;
    record.acct = acct;
    HUFU_TRY(row, m_transaction->readForChange(Table::device, acct));
    if (!row) return Error(Errc::notFound, "no such device");
    HUFU_TRY(device, parseRow<DeviceRow>(*row));
    record.row = std::move(device);
    for (const KeyType type : {KeyType::sign, KeyType::encrypt}) {
        HUFU_TRY(bytes, readKeyed(record.keyId(type)));
        if (!bytes) return Error(Errc::internal, "a key of the device is missing");
        HUFU_TRY(key, parseRow<KeyRow>(*bytes));
        if (key.type != type || key.acct != acct) return Error(Errc::internal, "a key is another device's");
        record.key(type) = std::move(key);
    }
    HUFU_TRY(pending, readKeyed(acct));
    if (pending) {
        HUFU_TRY(refresh, parseRow<RefreshRow>(*pending));
        record.refresh = std::move(refresh);
    }
    return record;
}

Result<void> Change::putRow(const DeviceRecord &record)
{
    return m_transaction->write(Table::device, record.acct, record.row.encode());
}

Result<void> Change::put(const DeviceRecord &record)
{
    HUFU_CHECK(putRow(record));
    HUFU_CHECK(putKeyed(record.row.signKeyId, record.sign.encode()));
    HUFU_CHECK(putKeyed(record.row.encryptKeyId, record.encrypt.encode()));
    return putKeyed(record.acct, record.refresh ? std::optional(record.refresh->encode()) : std::nullopt);
}

Result<std::optional<Bytes>> Change::readKeyed(ByteView key)
{
    HUFU_TRY(row, m_transaction->readForChange(Table::deviceKey, key));
    m_keyed.push_back({bytesOf(key), row});
    return std::move(row);
}

Result<void> Change::putKeyed(ByteView key, std::optional<Bytes> row)
{
    const auto known = std::ranges::find_if(m_keyed, [&](const Keyed &keyed) { return sameBytes(keyed.key, key); });
    if (known != m_keyed.end() && known->row == row) return {};
    if (row) HUFU_CHECK(m_transaction->write(Table::deviceKey, key, *row));
    if (!row) HUFU_CHECK(m_transaction->remove(Table::deviceKey, key));
    if (known != m_keyed.end()) known->row = std::move(row);
    return {};
}

Result<void> Change::remove(const DeviceRecord &record)
{
    m_keyed.clear();
    HUFU_CHECK(m_transaction->remove(Table::device, record.acct));
    HUFU_CHECK(m_transaction->remove(Table::deviceKey, record.row.signKeyId));
    HUFU_CHECK(m_transaction->remove(Table::deviceKey, record.row.encryptKeyId));
    return m_transaction->remove(Table::deviceKey, record.acct);
}

Result<void> Change::putResult(const ByteArray<16> &acct, const ByteArray<16> &sid, const ResultRow &result)
{
    HUFU_TRY(old, m_transaction->scan(Table::result, acct, kOldestLookedAt));
    for (const auto &[key, bytes] : old) {
        const auto row = openResult(m_ports->masterKey, bytes, key);
        if (!row && row.error().code == Errc::unavailable) return row.error();
        if (row && result.atMs - row->atMs < limits::kResultKeptMs) continue;
        HUFU_CHECK(m_transaction->remove(Table::result, key));
    }
    const Bytes key = resultKey(acct, sid);
    HUFU_TRY(sealed, sealResult(m_ports->masterKey, result, key));
    return m_transaction->write(Table::result, key, sealed);
}

Result<std::optional<RecoveryRow>> Change::recovery(const ByteArray<16> &acct)
{
    HUFU_TRY(sealed, m_transaction->readForChange(Table::code, recoveryKey(acct)));
    if (!sealed) return std::optional<RecoveryRow>();
    HUFU_TRY(row, openRecovery(m_ports->masterKey, *sealed, acct));
    return std::optional<RecoveryRow>(std::move(row));
}

Result<void> Change::putRecovery(const ByteArray<16> &acct, const RecoveryRow &row)
{
    HUFU_TRY(sealed, sealRecovery(m_ports->masterKey, row, acct));
    return m_transaction->write(Table::code, recoveryKey(acct), sealed);
}

Result<void> Change::removeRecovery(const ByteArray<16> &acct)
{
    return m_transaction->remove(Table::code, recoveryKey(acct));
}

Result<std::uint32_t> Change::number(std::string_view name)
{
    HUFU_TRY(row, m_transaction->readForChange(Table::meta, hufu::viewOf(name)));
    return numberOf(row);
}

Result<void> Change::putNumber(std::string_view name, std::uint32_t value)
{
    return m_transaction->write(Table::meta, hufu::viewOf(name), Writer().u32(value).take());
}

Result<void> Change::tell(const Notice &notice)
{
    m_told.push_back(notice);
    if (!m_ports->notice) return {};
    return m_ports->notice(*m_transaction, notice);
}

Result<void> Change::commit(const Step &step)
{
    if (m_ports->hook) m_ports->hook->at(step.before);
    HUFU_CHECK(m_transaction->commit());
    if (m_ports->hook) m_ports->hook->at(step.after);
    if (m_ports->happened)
        for (const Notice &notice : m_told)
            m_ports->happened(notice);
    for (const auto &name : m_retired) {
        if (m_ports->hook) m_ports->hook->at(step::kRetire.before);
        static_cast<void>(m_ports->epochKeys.destroy(name));
        if (m_ports->hook) m_ports->hook->at(step::kRetire.after);
    }
    return {};
}

void Change::retire(const ports::EpochKeys::Name &name)
{
    if (name.mark != ByteArray<8>{}) m_retired.push_back(name);
}

Result<ByteArray<8>> makeEpochKey(const Ports &ports, const ByteArray<16> &acct, std::uint32_t epoch)
{
    const auto mark = ports.random.bytes<8>("epoch-mark");
    if (ports.hook) ports.hook->at(step::kEpochKey.before);
    HUFU_CHECK(ports.epochKeys.make({acct, epoch, mark}));
    if (ports.hook) ports.hook->at(step::kEpochKey.after);
    return mark;
}

Result<DeviceRow> readDevice(ports::LedgerStore &ledger, const ByteArray<16> &acct)
{
    HUFU_TRY(row, ledger.read(Table::device, acct));
    if (!row) return Error(Errc::notFound, "no such device");
    return parseRow<DeviceRow>(*row);
}

Result<std::uint32_t> readNumber(ports::LedgerStore &ledger, std::string_view name)
{
    HUFU_TRY(row, ledger.read(Table::meta, hufu::viewOf(name)));
    return numberOf(row);
}

} // namespace hufu::cosigner
