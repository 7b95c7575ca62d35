// What befalls an account, written down where its company can read it.
#pragma once

#include "shield/audit/record.h"
#include "shield/enterprise/ports.h"

#include <vector>

namespace hufu::enterprise {

// An audit::AccountLog: appends to the account's own chain and, where a grant names the account, whatever has become of the grant, to the
// chain of its company. There the subject is the person; a computer, a certificate and what was signed are told by the object. Who did it
// is the person, too, unless the entry or the event says otherwise. Errors: unavailable, tampered.
Result<void> noteOfAccount(ports::Transaction &transaction, const Id &acct, const audit::Entry &entry);
// One act on several accounts: in the chain of each, and of each person among their holders once in the company's.
Result<void> noteOfAccounts(ports::Transaction &transaction, const std::vector<Id> &accounts, const audit::Entry &entry);

} // namespace hufu::enterprise
