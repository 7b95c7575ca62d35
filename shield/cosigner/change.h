// One durable step: a transaction over the cosigner's rows, and the fault hook around its commit.
#pragma once

#include "shield/cosigner/rows.h"
#include "shield/cosigner/steps.h"

namespace hufu::cosigner {

// A device with all that belongs to it, as the transaction sees it.
struct DeviceRecord {
    ByteArray<16> acct{};
    DeviceRow row;
    KeyRow sign, encrypt;
    std::optional<RefreshRow> refresh;

    const ByteArray<32> &keyId(KeyType type) const { return type == KeyType::sign ? row.signKeyId : row.encryptKeyId; }
    KeyRow &key(KeyType type) { return type == KeyType::sign ? sign : encrypt; }
    const KeyRow &key(KeyType type) const { return type == KeyType::sign ? sign : encrypt; }
    // The types whose share is there: sign before encrypt (the order of REF1).
    std::vector<KeyType> living() const;
};

// Dropped without commit: nothing happened. Errors of every call: unavailable; internal for a row of another form.
class Change {
public:
    static Result<Change> begin(const Ports &ports);

    // Locks the device's row until the end. Errors: notFound.
    Result<DeviceRecord> device(const ByteArray<16> &acct);
    Result<void> putRow(const DeviceRecord &record); // the device's row alone
    Result<void> put(const DeviceRecord &record);    // and what has changed of both keys and of the refresh row or its absence
    Result<void> remove(const DeviceRecord &record);

    // Writes the result, and forgets the device's oldest if they are too old: more than one, so that none stays for good.
    Result<void> putResult(const ByteArray<16> &acct, const ByteArray<16> &sid, const ResultRow &result);

    // The way back from a clone, locked until the end. Nothing: none is open.
    Result<std::optional<RecoveryRow>> recovery(const ByteArray<16> &acct);
    Result<void> putRecovery(const ByteArray<16> &acct, const RecoveryRow &row);
    Result<void> removeRecovery(const ByteArray<16> &acct);

    // A number in Table::meta; 0 if it is not there. The row is locked until the end.
    Result<std::uint32_t> number(std::string_view name);
    Result<void> putNumber(std::string_view name, std::uint32_t value);

    // Destroyed right after the commit, when nothing that is committed needs it. If that fails, or a crash comes before,
    // Cosigner::sweepEpochKeys() finds it.
    void retire(const ports::EpochKeys::Name &name);

    Result<void> tell(const Notice &notice);
    ports::Transaction &transaction() { return *m_transaction; }
    Result<void> commit(const Step &step);

private:
    Change(const Ports &ports, std::unique_ptr<ports::Transaction> transaction)
        : m_ports(&ports), m_transaction(std::move(transaction))
    {}
    Result<std::optional<Bytes>> readKeyed(ByteView key);
    Result<void> putKeyed(ByteView key, std::optional<Bytes> row); // unless it stands there already

    // A row of Table::deviceKey as this transaction knows it.
    struct Keyed {
        Bytes key;
        std::optional<Bytes> row;
    };
    const Ports *m_ports;
    std::unique_ptr<ports::Transaction> m_transaction;
    std::vector<Keyed> m_keyed;
    std::vector<ports::EpochKeys::Name> m_retired;
    std::vector<Notice> m_told;
};

// A key for the device's shares in that epoch, durable before anything is sealed under it. Returns: its mark.
Result<ByteArray<8>> makeEpochKey(const Ports &ports, const ByteArray<16> &acct, std::uint32_t epoch);

inline constexpr std::string_view kBootName = "cosigner.boot";
inline constexpr std::string_view kRestoreEpochName = "cosigner.restoreEpoch";

// Reads outside a transaction. Errors: notFound; unavailable; internal.
Result<DeviceRow> readDevice(ports::LedgerStore &ledger, const ByteArray<16> &acct);
Result<std::uint32_t> readNumber(ports::LedgerStore &ledger, std::string_view name);

// A row whose own form is wrong is the server's fault, not the peer's.
template <typename Row> Result<Row> parseRow(ByteView bytes)
{
    auto row = Row::parse(bytes);
    if (!row) return Error(Errc::internal, "a row of the ledger is malformed");
    return row;
}

} // namespace hufu::cosigner
