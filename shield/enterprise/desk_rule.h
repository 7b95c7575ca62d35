// Whether an administrator approves each computer that one of the company's people enrols.
#pragma once

#include "shield/enterprise/confirmation.h"

namespace hufu::enterprise {

class DeskRule {
public:
    DeskRule(const Ports &ports, Confirmations &confirmations) : m_ports(ports), m_confirmations(confirmations) {}

    // Acts of an administrator: first the code for the confirmation, then the act. It holds for what is enrolled from then on.
    // Denied: roleMissing, companyUnverified, sms…, livenessFailed. Errors: unavailable.
    Verdict<bool> view(const Actor &actor);
    Verdict<std::int64_t> ask(const Actor &actor, bool approves);
    Verdict<ports::IdentityService::Task> startFace(const Actor &actor, bool approves, std::uint8_t provider); // instead
    Verdict<void> askShield(const Actor &actor, bool approves); // instead, of who has one
    Verdict<void> change(const Actor &actor, bool approves, const Proof &proof);

private:
    Verdict<void> check(const Actor &actor);
    Ports m_ports;
    Confirmations &m_confirmations;
};

// In the caller's transaction. Errors: unavailable.
Result<bool> approvesDesks(ports::Transaction &transaction, const Id &company);

} // namespace hufu::enterprise
