// Grants of a certificate: who may hold one, on which seat, from the activation code to the end.
#pragma once

#include "shield/enterprise/agreements.h"
#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/sealed_bids.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/verdict.h"

#include <optional>
#include <string_view>
#include <vector>

namespace hufu::enterprise {

using ActivationCode = ByteArray<16>;

enum class GrantState : std::uint8_t {
    open = 1,   // waits for the person
    proved,     // an account and a ticket are given
    keyed,      // keys are made; whether the phone has them is not known
    active,     // a phone has shown that it holds them
    suspended,  // nothing goes with it until it is resumed; keeps its seat
    ended,      // for good; the seat is free again
};

enum class GrantAct : std::uint8_t { renewCode = 1, prove, key, confirm, suspend, resume, end };

inline constexpr auto kGrantMoves = std::to_array<Move<GrantState, GrantAct>>({
    {GrantState::open, GrantAct::renewCode, GrantState::open},
    {GrantState::proved, GrantAct::renewCode, GrantState::proved},
    {GrantState::keyed, GrantAct::renewCode, GrantState::keyed},
    {GrantState::open, GrantAct::prove, GrantState::proved},
    {GrantState::proved, GrantAct::prove, GrantState::proved}, // the person starts over
    {GrantState::keyed, GrantAct::prove, GrantState::proved},
    {GrantState::proved, GrantAct::key, GrantState::keyed},
    {GrantState::keyed, GrantAct::key, GrantState::keyed}, // the phone has not learned of its keys
    {GrantState::keyed, GrantAct::confirm, GrantState::active},
    {GrantState::active, GrantAct::confirm, GrantState::active},
    {GrantState::active, GrantAct::suspend, GrantState::suspended},
    {GrantState::suspended, GrantAct::resume, GrantState::active},
    {GrantState::open, GrantAct::end, GrantState::ended},
    {GrantState::proved, GrantAct::end, GrantState::ended},
    {GrantState::keyed, GrantAct::end, GrantState::ended},
    {GrantState::active, GrantAct::end, GrantState::ended},
    {GrantState::suspended, GrantAct::end, GrantState::ended},
});

struct GrantRow {
    Id company{}, person{}, seat{};
    GrantState state = GrantState::open;
    ByteArray<32> codeSm3{}; // zero: no code is valid
    std::int64_t codeMadeMs = 0;
    std::uint8_t numberTries = 0; // wrong phone numbers told under this code
    Id acct{};
    ByteArray<32> ticketSm3{}; // zero: none is valid
    std::int64_t ticketMadeMs = 0;
    std::int64_t acceptedMs = 0;
    std::vector<Agreement> agreements; // accepted

    static void fields(auto &row, auto &f)
    {
        f(row.company, row.person, row.seat, row.state, row.codeSm3, row.codeMadeMs, row.numberTries, row.acct, row.ticketSm3,
          row.ticketMadeMs, row.acceptedMs, row.agreements);
    }
};

struct OpenedGrant {
    Id grant{};
    ActivationCode code{}; // told to the person; only its hash is kept
};

// What else must end with an account: what it has scanned, certificates. Called inside the transaction that suspends
// or ends the grant, so that there is no moment between.
class AccountWatch {
public:
    virtual ~AccountWatch() = default;
    virtual Result<void> suspended(ports::Transaction &transaction, const Id &acct) = 0;
    virtual Result<void> ended(ports::Transaction &transaction, const Id &acct) = 0;
};

class Grants {
public:
    Grants(const Ports &ports, SealedBids &bids, AccountWatch &watch) : m_ports(ports), m_bids(bids), m_watch(watch) {}

    // Acts of an administrator. Each Denied: roleMissing. Errors: notFound; badState; unavailable.
    // Takes a seat. Denied: companyUnverified, staffInactive, grantExists, seatsUsedUp, seatChangesUsedUp.
    Verdict<OpenedGrant> give(const Actor &actor, const Id &person);
    Verdict<ActivationCode> renewCode(const Actor &actor, const Id &grant);
    Verdict<void> resume(const Actor &actor, const Id &grant);
    // Who can still open which sealed bid, to be looked at before anything stops the person's shield.
    struct HandOver {
        bool known = false; // false: nobody keeps the list of sealed bids, the person has to be asked
        std::vector<SealedBid> bids;
        Bytes mark; // of the list, from before it was read
        // Denied: as end.
        Verdict<void> mayStop(bool looked, std::string_view project) const;
    };
    // act: what it is looked at for. Errors: badState (that is none for this grant).
    Verdict<HandOver> handOver(const Actor &actor, const Id &grant, GrantAct act = GrantAct::end);
    // In the transaction of the act. Denied: sealedBidsAtRisk (the list is another one than was looked at).
    Verdict<void> checkSameBids(ports::Transaction &transaction, const Actor &actor, const Id &person, const HandOver &page);
    // Ends at once: the seat is free, the code void, the account unknown, and those that the person had before it. looked: the
    // hand-over was confirmed. project: the number that was typed, of the first bid that nobody else can open; empty: none.
    // Denied: sealedBidsAtRisk (there are sealed bids, or nobody knows, and not looked; or one was sealed in this moment: look again);
    // bidsUnreadable (nobody else can open one, and project is not its number). confirmed: SM3 of what was confirmed, for the record; zero: nothing was.
    Verdict<void> end(const Actor &actor, const Id &grant, bool looked, std::string_view project = {}, const ByteArray<32> &confirmed = {});
    // looked, project, confirmed, Denied: as end, since until it is resumed the person opens no bid.
    Verdict<void> suspend(const Actor &actor, const Id &grant, bool looked, std::string_view project = {}, const ByteArray<32> &confirmed = {});

    struct View {
        Id grant{}, person{}, seat{};
        GrantState state{};
        bool over = false; // it waits for a phone, and its code has run out or is closed: it needs another
        Id acct{}; // zero: none yet
    };
    // Those that are not ended. Denied: roleMissing.
    Verdict<std::vector<View>> list(const Actor &actor);
    // The actor's own, if there is one.
    Verdict<std::optional<GrantState>> ownState(const Actor &actor);

private:
    Ports m_ports;
    SealedBids &m_bids;
    AccountWatch &m_watch;
};

// --- in the caller's transaction. Errors: notFound, unavailable ------------------------------------------------------

Bytes grantKey(const Id &grant);                   // Table::grant
Bytes accountKey(const Id &acct);                  // Table::grant: the account's grant
Bytes activationKey(const ByteArray<32> &codeSm3); // Table::code: the code's grant
ByteArray<32> sm3OfCode(const ActivationCode &code);

// Errors: badState, also when the person has a grant; refused (seat of another company or person, or its term is over).
Verdict<OpenedGrant> openGrant(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &person,
                               const Id &seat);
// Errors: badState (active, or ended).
Result<ActivationCode> giveCode(ports::Transaction &transaction, const Ports &ports, const Id &grant, GrantRow &row);
// The same with a code that both sides know already.
Result<void> setCode(ports::Transaction &transaction, const Ports &ports, const Id &grant, GrantRow &row, const ActivationCode &code);
Result<GrantRow> loadGrant(ports::Transaction &transaction, const Id &id);
Result<void> saveGrant(ports::Transaction &transaction, const Id &id, const GrantRow &row);
// Whatever the phones of a person have under way ends, as when a grant is suspended: of the grant of now and of those before it.
Result<void> stopAccountsOf(ports::Transaction &transaction, AccountWatch &watch, const Id &company, const Id &person);
// The grant that a person has, if any; that of now, where there were others before.
Result<std::optional<Id>> grantOfPerson(ports::Transaction &transaction, const Id &company, const Id &person);
// As Grants::end, and leaves a record. Errors: badState (ended).
Result<void> endGrant(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const audit::Who &who, const Id &grant,
                      const ByteArray<32> &confirmed = {});
// The code of this coming grant was made by the phone of now, and not by an administrator or the operator: it ends with the phone's word.
Result<void> noteVouched(ports::Transaction &transaction, const Id &grant);
// The phone of this account is stopped (frozen, copied, its share destroyed): what it has vouched for and nobody else, ends for good,
// however far it had got. Errors: unavailable.
Result<void> endVouched(ports::Transaction &transaction, const Ports &ports, AccountWatch &watch, const Id &acct);
// If the seat waits for this grant (Enterprise::openNextGrant), it is now the person's, and the former keeps none.
Result<void> takeOver(ports::Transaction &transaction, const Id &grant, const GrantRow &row);
// The account of a person whose phone is active. None while there is no such phone, or the grant is suspended.
Result<std::optional<Id>> accountOf(ports::Transaction &transaction, const Id &company, const Id &person);
// The person's grants before it, in no order. Their accounts can open what was sealed for them, as long as the person has a grant.
Result<std::vector<std::pair<Id, GrantRow>>> formerGrantsOf(ports::Transaction &transaction, const Id &company, const Id &person);
// The grant of an account. Errors: notFound (unknown, given up, or ended); refused (suspended).
Result<std::pair<Id, GrantRow>> loadGrantOf(ports::Transaction &transaction, const Id &acct);

} // namespace hufu::enterprise
