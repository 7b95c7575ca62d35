// The list of sealed bids in the server's ledger. A bid is on the list of whoever sealed it and of each recipient.
// Table::bid: 'b' id: the bid; 'a' account, id: it is on that account's list; 'f' time, id: when it is forgotten;
// 'r' account: the last rehearsal; 'k' account, id: when both halves of that account's key last opened the bid's;
// 'h' person, account: whose accounts are on any list; 'p' id: with which relying party it is. Errors of every call: unavailable.
#pragma once

#include "shield/opening/bid.h"
#include "shield/ports/ledger_store.h"

#include <functional>
#include <optional>

namespace hufu::opening {

class Bids {
public:
    static constexpr std::size_t kListed = 500; // of one account are shown; what guards looks at all
    static constexpr std::size_t kSweptAtOnce = 200;

    // What is written down of a bid in the transaction that changes it, before the change.
    using Note = std::function<Result<void>(ports::Transaction &, const Bid &)>;

    explicit Bids(ports::LedgerStore &ledger) : m_ledger(ledger) {}

    // --- in the caller's transaction, together with the act's result -------------------------------------------------

    // A bid that is known already stays as it is.
    Result<void> add(ports::Transaction &transaction, const Bid &bid);
    // A person's account that is or will be on a list.
    Result<void> belongs(ports::Transaction &transaction, const AccountId &acct, const PersonId &person);
    // Both halves of the account's key have opened what a desk says are the keys of these bids. They stay as they are: nobody has a file
    // yet, and nobody has looked whether the envelopes are theirs. Those that are not sealed, or not for the account, are left out.
    Result<void> unlocked(ports::Transaction &transaction, const AccountId &acct, const std::vector<BidId> &ids, std::int64_t nowMs);
    // Both halves of the account's encrypt key have just opened something.
    Result<void> rehearsed(ports::Transaction &transaction, const AccountId &acct, std::int64_t nowMs);

    // All that is on any list of the person's accounts, as it is kept: other bytes as soon as a bid comes, ends or stands again.
    Result<Bytes> listedOf(ports::Transaction &transaction, const PersonId &person);

    // ------------------------------------------------------------------------------------------------------------------

    // The account's list; the next opening first, then those without an hour, then what is over, the last one first.
    Result<std::vector<Bid>> of(const AccountId &acct);
    // Of a person who has had new phones there are several.
    Result<std::vector<AccountId>> accountsOf(const PersonId &person);
    // 0: never.
    Result<std::int64_t> lastRehearsalMs(const AccountId &acct);
    // By whoever sealed it; what a party gave back is then over for its sealer, too, and comes back no more. Errors: notFound (also of
    // others); badState (it is over otherwise, or a relying party has it).
    Result<void> withdraw(const AccountId &sealer, const BidId &id, std::int64_t nowMs);
    // A relying party has taken the bid in; one that it had given back stands again. In: party, its id. Once more does no harm, and is
    // not noted. Errors: notFound (also of one that another party has); badState (it is over otherwise).
    Result<void> handIn(std::string_view party, const BidId &id, const Note &note);
    // The party that has it gave it back; it stays guarded (Bid::isGuarded). In: successor, if another took its place there. Once more does
    // no harm, and is not noted. Errors: notFound (also of one that this party does not have); badState (it is over otherwise); badInput
    // (the successor is no sealed bid of the same project that this party has, or the bid itself).
    Result<void> giveBack(std::string_view party, const BidId &id, const std::optional<BidId> &successor, std::int64_t nowMs, const Note &note);
    // A desk has verified the envelope and written its file: the bid is over. One that is over already stays as it is.
    // Errors: notFound (no bid for this account); badState (its hour has not come, or both halves have not opened its key since:
    // whoever opens it early has rehearsed, and it is still guarded).
    Result<void> opened(const AccountId &acct, const BidId &id, std::int64_t nowMs);
    // Removes what is to be forgotten. To be called every minute or so.
    Result<void> sweep(std::int64_t nowMs);

private:
    ports::LedgerStore &m_ledger;
};

} // namespace hufu::opening
