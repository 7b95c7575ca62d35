#include "shield/sessions/desk_rows.h"

#include <algorithm>

namespace hufu::sessions {

namespace {

using ports::Table;

constexpr std::uint8_t kByDesk = 'd', kByAccount = 'a', kWaiting = 'w', kEvidence = 'e';
constexpr std::uint8_t kForm = 1; // of a row; the former one has no number, and begins with the desk's id
constexpr std::size_t kDesksMost = 256; // listed for one account
constexpr std::size_t kHoldersMost = 256; // of one desk

Bytes deskKey(const DeskId &id, const AccountId &acct)
{
    return Writer().u8(kByDesk).raw(id).raw(acct).take();
}

// What waits lies there as it was enrolled, sealed under the key that it will have once more.
Bytes waitingKey(const DeskId &id, const AccountId &acct)
{
    return Writer().u8(kWaiting).raw(id).raw(acct).take();
}

Bytes accountKey(const AccountId &acct, const DeskId &id)
{
    return Writer().u8(kByAccount).raw(acct).raw(id).take();
}

Bytes encode(const Desk &desk)
{
    return Writer()
        .u8(kForm)
        .raw(desk.id)
        .raw(desk.publicKey)
        .text(desk.name)
        .text(desk.network)
        .raw(desk.owner)
        .u64(static_cast<std::uint64_t>(desk.enrolledMs))
        .take();
}

Result<Desk> open(ports::MasterKey &masterKey, const Bytes &key, const Bytes &sealed)
{
    HUFU_TRY(plain, masterKey.open(sealed, key));
    const ByteView id = ByteView(key).subspan(1, std::tuple_size_v<DeskId>); // key: kind 1 | id | account
    const ByteView row = plain.expose();
    const bool isFormer = row.size() >= id.size() && std::ranges::equal(row.first(id.size()), id);
    Reader reader(isFormer ? row : row.subspan(std::min<std::size_t>(row.size(), 1)));
    if (!isFormer && (row.empty() || row.front() != kForm)) return Error(Errc::tampered, "a desk's row of another form");
    Desk desk;
    desk.id = reader.array<16>();
    desk.publicKey = reader.array<32>();
    desk.name = reader.text();
    desk.network = reader.text();
    desk.owner = reader.array<16>();
    desk.enrolledMs = static_cast<std::int64_t>(reader.u64());
    HUFU_CHECK(reader.finish());
    return desk;
}

} // namespace

Result<void> enrol(ports::Transaction &transaction, ports::MasterKey &masterKey, const Desk &desk)
{
    const Bytes key = deskKey(desk.id, desk.owner);
    HUFU_TRY(sealed, masterKey.seal(encode(desk), key));
    HUFU_CHECK(transaction.write(Table::desk, key, sealed));
    HUFU_CHECK(transaction.remove(Table::desk, waitingKey(desk.id, desk.owner)));
    return transaction.write(Table::desk, accountKey(desk.owner, desk.id), {});
}

Result<bool> unenrol(ports::Transaction &transaction, const AccountId &acct, const DeskId &id)
{
    HUFU_TRY(stored, transaction.readForChange(Table::desk, deskKey(id, acct)));
    HUFU_TRY(waiting, transaction.readForChange(Table::desk, waitingKey(id, acct)));
    if (!stored && !waiting) return false;
    HUFU_CHECK(transaction.remove(Table::desk, deskKey(id, acct)));
    HUFU_CHECK(transaction.remove(Table::desk, waitingKey(id, acct)));
    HUFU_CHECK(transaction.remove(Table::desk, accountKey(acct, id)));
    return true;
}

Result<bool> isEnrolled(ports::Transaction &transaction, const DeskId &id, const AccountId &acct)
{
    HUFU_TRY(stored, transaction.readForChange(Table::desk, deskKey(id, acct)));
    return stored.has_value();
}

Result<void> holdBack(ports::Transaction &transaction, const AccountId &acct, const DeskId &id)
{
    HUFU_TRY(stored, transaction.readForChange(Table::desk, deskKey(id, acct)));
    if (!stored) return Error(Errc::notFound, "desk is not enrolled");
    HUFU_CHECK(transaction.remove(Table::desk, deskKey(id, acct)));
    return transaction.write(Table::desk, waitingKey(id, acct), *stored);
}

Result<bool> approve(ports::Transaction &transaction, const AccountId &acct, const DeskId &id)
{
    HUFU_TRY(waiting, transaction.readForChange(Table::desk, waitingKey(id, acct)));
    if (!waiting) return false;
    HUFU_CHECK(transaction.remove(Table::desk, waitingKey(id, acct)));
    HUFU_CHECK(transaction.write(Table::desk, deskKey(id, acct), *waiting));
    return true;
}

Result<bool> keepEvidenceKey(ports::Transaction &transaction, ports::MasterKey &masterKey, const AccountId &acct, const ByteArray<32> &publicKey)
{
    const Bytes key = Writer().u8(kEvidence).raw(acct).take();
    const Bytes row = Writer().u8(kForm).raw(publicKey).take();
    HUFU_TRY(stored, transaction.readForChange(Table::desk, key));
    if (stored) {
        HUFU_TRY(plain, masterKey.open(*stored, key));
        if (!sameBytes(plain.expose(), row)) return Error(Errc::badState, "the account has another key");
        return false;
    }
    HUFU_TRY(sealed, masterKey.seal(row, key));
    HUFU_CHECK(transaction.write(Table::desk, key, sealed));
    return true;
}

Result<std::optional<Desk>> deskOf(ports::Transaction &transaction, ports::MasterKey &masterKey, const DeskId &id,
                                   const AccountId &acct)
{
    const Bytes key = deskKey(id, acct);
    HUFU_TRY(stored, transaction.readForChange(Table::desk, key));
    if (!stored) return std::optional<Desk>();
    HUFU_TRY(desk, open(masterKey, key, *stored));
    return std::optional(desk);
}

Result<bool> isEnrolled(ports::LedgerStore &ledger, const DeskId &id, const AccountId &acct)
{
    HUFU_TRY(stored, ledger.read(Table::desk, deskKey(id, acct)));
    return stored.has_value();
}

Result<bool> isWaiting(ports::LedgerStore &ledger, const DeskId &id)
{
    HUFU_TRY(rows, ledger.scan(Table::desk, Writer().u8(kWaiting).raw(id).bytes(), 1));
    return !rows.empty();
}

Result<std::optional<Desk>> anyWaiting(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id)
{
    const Bytes prefix = Writer().u8(kWaiting).raw(id).take();
    HUFU_TRY(rows, ledger.scan(Table::desk, prefix, 1));
    if (rows.empty()) return std::optional<Desk>();
    HUFU_TRY(acct, fixedBytes<16>(ByteView(rows.front().first).subspan(prefix.size())));
    HUFU_TRY(desk, open(masterKey, deskKey(id, acct), rows.front().second));
    return std::optional(desk);
}

Result<std::optional<Desk>> anyDesk(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id)
{
    HUFU_TRY(rows, ledger.scan(Table::desk, Writer().u8(kByDesk).raw(id).bytes(), 1));
    if (rows.empty()) return std::optional<Desk>();
    HUFU_TRY(desk, open(masterKey, rows.front().first, rows.front().second));
    return std::optional(desk);
}

namespace {

using KeyOf = Bytes (*)(const DeskId &, const AccountId &);

// Of all accounts, that which lies there.
Result<std::vector<Desk>> entriesAt(std::uint8_t kind, ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id)
{
    const Bytes prefix = Writer().u8(kind).raw(id).take();
    HUFU_TRY(rows, ledger.scan(Table::desk, prefix, kHoldersMost));
    std::vector<Desk> entries;
    for (const auto &[key, sealed] : rows) {
        HUFU_TRY(acct, fixedBytes<16>(ByteView(key).subspan(prefix.size())));
        HUFU_TRY(desk, open(masterKey, deskKey(id, acct), sealed));
        entries.push_back(desk);
    }
    std::ranges::sort(entries, {}, &Desk::enrolledMs);
    return entries;
}

// Of what the account has enrolled, that which lies there.
Result<std::vector<Desk>> desksAt(KeyOf keyOf, ports::LedgerStore &ledger, ports::MasterKey &masterKey, const AccountId &acct)
{
    const Bytes prefix = Writer().u8(kByAccount).raw(acct).take();
    HUFU_TRY(entries, ledger.scan(Table::desk, prefix, kDesksMost));
    std::vector<Desk> desks;
    for (const auto &[key, nothing] : entries) {
        HUFU_TRY(id, fixedBytes<16>(ByteView(key).subspan(prefix.size())));
        HUFU_TRY(stored, ledger.read(Table::desk, keyOf(id, acct)));
        if (!stored) continue;
        HUFU_TRY(desk, open(masterKey, deskKey(id, acct), *stored));
        desks.push_back(desk);
    }
    return desks;
}

} // namespace

Result<std::vector<Desk>> entriesOf(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id)
{
    return entriesAt(kByDesk, ledger, masterKey, id);
}

Result<std::vector<Desk>> waitingEntriesOf(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id)
{
    return entriesAt(kWaiting, ledger, masterKey, id);
}

Result<std::vector<Desk>> allDesks(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const AccountId &acct)
{
    return desksAt(deskKey, ledger, masterKey, acct);
}

Result<std::vector<Desk>> waitingOf(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const AccountId &acct)
{
    return desksAt(waitingKey, ledger, masterKey, acct);
}

} // namespace hufu::sessions
