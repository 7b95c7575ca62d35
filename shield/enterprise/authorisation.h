// What a legal representative, or a paper that stands for him, authorises; and what then becomes true.
#pragma once

#include "shield/audit/record.h"
#include "shield/enterprise/company.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/verdict.h"

namespace hufu::enterprise {

enum class Purpose : std::uint8_t {
    authenticate = 1, // the company's application is its own
    legalSeal,        // the legal person's seal may be made; subject: the seal
    administrator,    // somebody is the administrator from now on, in the place of all who were; subject: the person
};

// --- in the caller's transaction. Errors: notFound, unavailable ------------------------------------------------------

// Something waits for it. Errors: badState (nothing does); notFound (a subject of another company).
Result<void> checkWaiting(ports::Transaction &transaction, const Ports &ports, Purpose purpose, const Id &company, const Id &subject);
// who: signs, or has judged. way: how a company is then verified. Denied: companyTaken. Errors: badState.
Verdict<void> authorise(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, Purpose purpose, Way way, const Id &company,
                        const Id &subject);
// The answer is no: a seal that waits is refused, an application just stays where it is. Errors: badState.
Result<void> decline(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, Purpose purpose, const Id &company,
                     const Id &subject);

} // namespace hufu::enterprise
