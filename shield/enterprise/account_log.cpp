#include "shield/enterprise/account_log.h"

#include "shield/audit/log.h"
#include "shield/enterprise/grants.h"

#include <set>

namespace hufu::enterprise {

namespace {

using audit::Event;

// The row alone, whether or not the account may still do anything. None: begun anew under another account, or never the company's.
Result<std::optional<GrantRow>> grantBehind(ports::Transaction &transaction, const Id &acct)
{
    HUFU_TRY(named, transaction.readForChange(ports::Table::grant, accountKey(acct)));
    if (!named) return std::optional<GrantRow>();
    HUFU_TRY(grant, fixedBytes<16>(*named));
    auto row = loadGrant(transaction, grant);
    if (!row && row.error().code == Errc::notFound) return std::optional<GrantRow>();
    if (!row) return row.error();
    return std::optional(std::move(*row));
}

constexpr std::uint16_t kDigits = 8; // the factor's bit: of what a phone shows, typed at a computer

// In the account's chain an entry that names nobody is its holder's, or tells of what no holder does. What needs no PIN is whoever's had the
// phone in hand: of a wrong PIN nobody knows more, and its holder is not to be blamed for it.
audit::Who doerOf(const audit::Entry &entry, const Id &person)
{
    switch (entry.event) {
    case Event::deviceUnfrozen:
    case Event::recoveryOpened:
        return {audit::By::operatorSide, {}};
    case Event::deviceFrozen: // code: the wrong PINs that did it
        return {entry.code == 0 ? audit::By::operatorSide : audit::By::server, {}};
    case Event::cloneFound:
    case Event::shareDestroyed:
    case Event::sessionFailed: // ended by the server, or by whoever asked
    case Event::certificateRevoked: // it follows from an act whose record names its doer
        return {audit::By::server, {}};
    case Event::factorGiven:
    case Event::factorFailed:
        return {entry.code == kDigits ? audit::By::computer : audit::By::phone, person};
    case Event::wrongPin:
    case Event::recoveryFailed:
    case Event::sessionClaimed:
    case Event::sessionRefused:
    case Event::attackReported:
    case Event::deskRemoved:
    case Event::evidenceKeyKept:
        return {audit::By::phone, person};
    default:
        return {audit::By::person, person};
    }
}

} // namespace

Result<void> noteOfAccount(ports::Transaction &transaction, const Id &acct, const audit::Entry &entry)
{
    return noteOfAccounts(transaction, {acct}, entry);
}

Result<void> noteOfAccounts(ports::Transaction &transaction, const std::vector<Id> &accounts, const audit::Entry &entry)
{
    std::set<Id> told;
    for (const Id &acct : accounts) {
        HUFU_CHECK(audit::append(transaction, acct, entry));
        if (acct == audit::kRootChain) continue;
        HUFU_TRY(grant, grantBehind(transaction, acct));
        if (!grant || !told.insert(grant->person).second) continue;
        audit::Entry ofPerson = entry;
        ofPerson.subject = grant->person;
        if (ofPerson.who.by == audit::By::unsaid) ofPerson.who = doerOf(entry, grant->person);
        HUFU_CHECK(audit::append(transaction, grant->company, ofPerson));
    }
    return {};
}

} // namespace hufu::enterprise
