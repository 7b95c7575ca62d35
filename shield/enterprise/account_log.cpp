#include "shield/enterprise/account_log.h"

#include "shield/audit/log.h"
#include "shield/enterprise/grants.h"

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

// In the account's chain an entry that names nobody is its holder's, or tells of what no holder does.
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
    default:
        return {audit::By::person, person};
    }
}

} // namespace

Result<void> noteOfAccount(ports::Transaction &transaction, const Id &acct, const audit::Entry &entry)
{
    HUFU_CHECK(audit::append(transaction, acct, entry));
    if (acct == audit::kRootChain) return {};
    HUFU_TRY(grant, grantBehind(transaction, acct));
    if (!grant) return {};
    audit::Entry told = entry;
    told.subject = grant->person;
    if (told.who.by == audit::By::unsaid) told.who = doerOf(entry, grant->person);
    return audit::append(transaction, grant->company, told);
}

} // namespace hufu::enterprise
