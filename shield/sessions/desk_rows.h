// Which desks are enrolled, and by whom: one row by desk and account (sealed: a desk's name often is a person's), one
// more by account and desk to list them.
#pragma once

#include "shield/ports/ledger_store.h"
#include "shield/ports/outside.h"
#include "shield/sessions/session.h"

#include <optional>

namespace hufu::sessions {

// Errors of each: unavailable; tampered.
// In use from now on; what waited of the same desk and account is this one now.
Result<void> enrol(ports::Transaction &transaction, ports::MasterKey &masterKey, const Desk &desk);
// Returns: false if it was not there, and did not wait either.
Result<bool> unenrol(ports::Transaction &transaction, const AccountId &acct, const DeskId &id);
Result<std::optional<Desk>> deskOf(ports::Transaction &transaction, ports::MasterKey &masterKey, const DeskId &id,
                                   const AccountId &acct);
// Whether this person has enrolled it, in the caller's transaction.
Result<bool> isEnrolled(ports::Transaction &transaction, const DeskId &id, const AccountId &acct);
// What this person has just enrolled waits for the company's administrator: to all the other calls it is as if it were not enrolled.
Result<void> holdBack(ports::Transaction &transaction, const AccountId &acct, const DeskId &id);
// Returns: false if it does not wait.
Result<bool> approve(ports::Transaction &transaction, const AccountId &acct, const DeskId &id);
Result<std::vector<Desk>> waitingOf(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const AccountId &acct);
Result<std::optional<Desk>> anyWaiting(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id); // of any holder
// Errors: unavailable.
Result<bool> isWaiting(ports::LedgerStore &ledger, const DeskId &id);

// The key that signs the evidence of an account's phone. Returns: false if it lies there already. Errors: also badState (another does).
Result<bool> keepEvidenceKey(ports::Transaction &transaction, ports::MasterKey &masterKey, const AccountId &acct, const ByteArray<32> &publicKey);

// Whether this person has enrolled it. Errors: unavailable.
Result<bool> isEnrolled(ports::LedgerStore &ledger, const DeskId &id, const AccountId &acct);
// The entry of any holder.
Result<std::optional<Desk>> anyDesk(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id);
// The entries of all holders, oldest first.
Result<std::vector<Desk>> entriesOf(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id);
// Those that wait.
Result<std::vector<Desk>> waitingEntriesOf(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const DeskId &id);
Result<std::vector<Desk>> allDesks(ports::LedgerStore &ledger, ports::MasterKey &masterKey, const AccountId &acct);

} // namespace hufu::sessions
