#include "shield/opening/bids.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace hufu::opening {

namespace {

using ports::Table;
using ports::Transaction;

constexpr std::uint8_t kMark[] = {1}; // a row that says something by its key alone
constexpr std::size_t kKeyBytes = 1 + 16 + 32;

Bytes keyOf(char kind, ByteView a, ByteView b = {})
{
    return Writer().u8(static_cast<std::uint8_t>(kind)).raw(a).raw(b).take();
}

Bytes forgetKey(const Bid &bid)
{
    const auto at = static_cast<std::uint64_t>(std::max<std::int64_t>(forgetMsOf(bid), 0));
    return keyOf('f', Writer().u64(at).take(), bid.id);
}

std::set<AccountId> listsOf(const Bid &bid)
{
    std::set<AccountId> accounts{bid.sealer};
    for (const Recipient &recipient : bid.recipients)
        if (recipient.acct != AccountId{}) accounts.insert(recipient.acct);
    return accounts;
}

Result<std::optional<Bid>> find(Transaction &transaction, const BidId &id)
{
    HUFU_TRY(stored, transaction.readForChange(Table::bid, keyOf('b', id)));
    if (!stored) return std::optional<Bid>();
    HUFU_TRY(bid, Bid::parse(*stored));
    return std::optional<Bid>(std::move(bid));
}

Result<std::optional<std::int64_t>> timeIn(const std::optional<Bytes> &stored)
{
    if (!stored) return std::optional<std::int64_t>();
    hufu::Reader reader(*stored);
    const auto at = static_cast<std::int64_t>(reader.u64());
    HUFU_CHECK(reader.finish());
    return std::optional(at);
}

Bytes timeBytes(std::int64_t at)
{
    return Writer().u64(static_cast<std::uint64_t>(at)).take();
}

Result<void> dropUnlocked(Transaction &transaction, const Bid &bid)
{
    for (const AccountId &acct : listsOf(bid))
        HUFU_CHECK(transaction.remove(Table::bid, keyOf('k', acct, bid.id)));
    return {};
}

Result<void> end(Transaction &transaction, Bid bid, BidState how, const BidId &successor, std::int64_t nowMs)
{
    HUFU_CHECK(transaction.remove(Table::bid, forgetKey(bid)));
    HUFU_CHECK(dropUnlocked(transaction, bid));
    bid.state = how;
    bid.endedMs = nowMs;
    bid.successor = successor;
    HUFU_CHECK(transaction.write(Table::bid, forgetKey(bid), kMark));
    return transaction.write(Table::bid, keyOf('b', bid.id), bid.encode());
}

// With which relying party a bid is, or was until it gave it back.
struct Holding {
    std::string party;
    bool isBack = false;
};

Result<std::optional<Holding>> holdingIn(const std::optional<Bytes> &stored)
{
    if (!stored) return std::optional<Holding>();
    hufu::Reader reader(*stored);
    Holding holding;
    holding.isBack = reader.u8() != 0;
    holding.party = reader.text();
    HUFU_CHECK(reader.finish());
    return std::optional(std::move(holding));
}

Result<std::optional<Holding>> holdingOf(Transaction &transaction, const BidId &id)
{
    HUFU_TRY(stored, transaction.readForChange(Table::bid, keyOf('p', id)));
    return holdingIn(stored);
}

Result<void> hold(Transaction &transaction, const BidId &id, std::string_view party, bool isBack)
{
    return transaction.write(Table::bid, keyOf('p', id), Writer().u8(isBack ? 1 : 0).text(std::string(party)).take());
}

bool comesFirst(const Bid &a, const Bid &b)
{
    const auto rank = [](const Bid &bid) {
        const bool isOver = bid.state != BidState::sealed;
        const std::int64_t at = isOver ? -bid.endedMs : bid.openingMs != 0 ? bid.openingMs : INT64_MAX;
        return std::tuple(isOver, at, bid.sealedMs, bid.fileName);
    };
    return rank(a) < rank(b);
}

} // namespace

Result<void> Bids::add(Transaction &transaction, const Bid &bid)
{
    HUFU_TRY(known, find(transaction, bid.id));
    if (known) return {};
    for (const AccountId &acct : listsOf(bid))
        HUFU_CHECK(transaction.write(Table::bid, keyOf('a', acct, bid.id), kMark));
    HUFU_CHECK(transaction.write(Table::bid, forgetKey(bid), kMark));
    return transaction.write(Table::bid, keyOf('b', bid.id), bid.encode());
}

Result<void> Bids::belongs(Transaction &transaction, const AccountId &acct, const PersonId &person)
{
    return transaction.write(Table::bid, keyOf('h', person, acct), kMark);
}

Result<void> Bids::unlocked(Transaction &transaction, const AccountId &acct, const std::vector<BidId> &ids, std::int64_t nowMs)
{
    for (const BidId &id : ids) {
        HUFU_TRY(bid, find(transaction, id));
        if (!bid || bid->state != BidState::sealed || !bid->isFor(acct)) continue;
        HUFU_CHECK(transaction.write(Table::bid, keyOf('k', acct, id), timeBytes(nowMs)));
    }
    return {};
}

Result<void> Bids::rehearsed(Transaction &transaction, const AccountId &acct, std::int64_t nowMs)
{
    return transaction.write(Table::bid, keyOf('r', acct), timeBytes(nowMs));
}

Result<std::vector<Bid>> Bids::of(const AccountId &acct)
{
    HUFU_TRY(entries, ports::scanAll(m_ledger, Table::bid, keyOf('a', acct)));
    std::vector<Bid> bids;
    for (const auto &[key, mark] : entries) {
        if (key.size() != kKeyBytes) continue;
        HUFU_TRY(stored, m_ledger.read(Table::bid, keyOf('b', ByteView(key).last(32))));
        if (!stored) continue; // forgotten meanwhile
        HUFU_TRY(bid, Bid::parse(*stored));
        if (bid.state == BidState::withdrawn || bid.state == BidState::replaced) {
            HUFU_TRY(held, m_ledger.read(Table::bid, keyOf('p', bid.id)));
            HUFU_TRY(holding, holdingIn(held));
            bid.isGivenBack = holding && holding->isBack;
        }
        bids.push_back(std::move(bid));
    }
    std::ranges::sort(bids, comesFirst);
    return bids;
}

Result<Bytes> Bids::listedOf(Transaction &transaction, const PersonId &person)
{
    HUFU_TRY(accounts, ports::scanAll(transaction, Table::bid, keyOf('h', person)));
    Writer all;
    for (const auto &[account, mark] : accounts) {
        HUFU_TRY(entries, ports::scanAll(transaction, Table::bid, keyOf('a', ByteView(account).last(16))));
        for (const auto &[key, nothing] : entries) {
            if (key.size() != kKeyBytes) continue;
            HUFU_TRY(stored, transaction.readForChange(Table::bid, keyOf('b', ByteView(key).last(32))));
            all.raw(key).blob32(stored.value_or(Bytes()));
        }
    }
    return all.take();
}

Result<std::vector<AccountId>> Bids::accountsOf(const PersonId &person)
{
    HUFU_TRY(entries, ports::scanAll(m_ledger, Table::bid, keyOf('h', person)));
    std::vector<AccountId> accounts;
    for (const auto &[key, mark] : entries) {
        HUFU_TRY(acct, fixedBytes<16>(ByteView(key).last(16)));
        accounts.push_back(acct);
    }
    return accounts;
}

Result<std::int64_t> Bids::lastRehearsalMs(const AccountId &acct)
{
    HUFU_TRY(stored, m_ledger.read(Table::bid, keyOf('r', acct)));
    HUFU_TRY(at, timeIn(stored));
    return at.value_or(0);
}

Result<void> Bids::withdraw(const AccountId &sealer, const BidId &id, std::int64_t nowMs)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(bid, find(*transaction, id));
    if (!bid || bid->sealer != sealer) return Error(Errc::notFound, "no such bid");
    HUFU_TRY(holding, holdingOf(*transaction, id));
    const bool isBack = holding && holding->isBack;
    if (bid->state != BidState::sealed && !isBack) return Error(Errc::badState, "not sealed any more");
    // A desk may take an envelope that was moved for lost; what was handed in is given back there.
    if (holding && !isBack) return Error(Errc::badState, "a relying party has it");
    if (isBack) HUFU_CHECK(transaction->remove(Table::bid, keyOf('p', id)));
    if (bid->state == BidState::sealed) HUFU_CHECK(end(*transaction, std::move(*bid), BidState::withdrawn, {}, nowMs));
    return transaction->commit();
}

Result<void> Bids::handIn(std::string_view party, const BidId &id, const Note &note)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(bid, find(*transaction, id));
    HUFU_TRY(holding, holdingOf(*transaction, id));
    if (!bid || (holding && holding->party != party)) return Error(Errc::notFound, "no such bid");
    const bool isBack = holding && holding->isBack;
    if (bid->state == BidState::sealed && holding && !isBack) return {};
    if (bid->state != BidState::sealed && !isBack) return Error(Errc::badState, "over otherwise");
    HUFU_CHECK(note(*transaction, *bid));
    if (bid->state != BidState::sealed) {
        HUFU_CHECK(transaction->remove(Table::bid, forgetKey(*bid)));
        bid->state = BidState::sealed;
        bid->endedMs = 0;
        bid->successor = {};
        HUFU_CHECK(transaction->write(Table::bid, forgetKey(*bid), kMark));
        HUFU_CHECK(transaction->write(Table::bid, keyOf('b', id), bid->encode()));
    }
    HUFU_CHECK(hold(*transaction, id, party, false));
    return transaction->commit();
}

Result<void> Bids::giveBack(std::string_view party, const BidId &id, const std::optional<BidId> &successor, std::int64_t nowMs,
                            const Note &note)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(bid, find(*transaction, id));
    HUFU_TRY(holding, holdingOf(*transaction, id));
    if (!bid || !holding || holding->party != party) return Error(Errc::notFound, "no such bid");
    if (holding->isBack && (bid->state == BidState::withdrawn || bid->state == BidState::replaced)) return {};
    if (bid->state != BidState::sealed) return Error(Errc::badState, "over otherwise");
    if (successor) {
        HUFU_TRY(next, find(*transaction, *successor));
        HUFU_TRY(held, holdingOf(*transaction, *successor));
        const bool isThere = held && held->party == party && !held->isBack;
        const bool fits = isThere && next && *successor != id && next->state == BidState::sealed && next->project.id == bid->project.id;
        if (!fits) return Error(Errc::badInput, "nothing that could take its place");
    }
    HUFU_CHECK(note(*transaction, *bid));
    HUFU_CHECK(end(*transaction, std::move(*bid), successor ? BidState::replaced : BidState::withdrawn, successor.value_or(BidId{}), nowMs));
    HUFU_CHECK(hold(*transaction, id, party, true));
    return transaction->commit();
}

Result<void> Bids::opened(const AccountId &acct, const BidId &id, std::int64_t nowMs)
{
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(bid, find(*transaction, id));
    if (!bid || !bid->isFor(acct)) return Error(Errc::notFound, "no such bid");
    if (bid->state != BidState::sealed) return {};
    HUFU_TRY(stored, transaction->readForChange(Table::bid, keyOf('k', acct, id)));
    HUFU_TRY(unlockedMs, timeIn(stored));
    if (!unlockedMs || *unlockedMs < bid->openingMs) return Error(Errc::badState, "not opened since its hour");
    HUFU_CHECK(end(*transaction, std::move(*bid), BidState::opened, {}, nowMs));
    return transaction->commit();
}

Result<void> Bids::sweep(std::int64_t nowMs)
{
    HUFU_TRY(due, m_ledger.scan(Table::bid, keyOf('f', {}), kSweptAtOnce)); // in the order of their times
    const Bytes now = keyOf('f', Writer().u64(static_cast<std::uint64_t>(nowMs)).take());
    for (const auto &[key, mark] : due) {
        if (!(key < now)) return {};
        HUFU_TRY(transaction, m_ledger.begin());
        HUFU_TRY(id, fixedBytes<32>(ByteView(key).last(32)));
        HUFU_TRY(bid, find(*transaction, id));
        HUFU_CHECK(transaction->remove(Table::bid, key));
        if (bid && forgetKey(*bid) == key) {
            for (const AccountId &acct : listsOf(*bid))
                HUFU_CHECK(transaction->remove(Table::bid, keyOf('a', acct, id)));
            HUFU_CHECK(dropUnlocked(*transaction, *bid));
            HUFU_CHECK(transaction->remove(Table::bid, keyOf('p', id)));
            HUFU_CHECK(transaction->remove(Table::bid, keyOf('b', id)));
        }
        HUFU_CHECK(transaction->commit());
    }
    return {};
}

} // namespace hufu::opening
