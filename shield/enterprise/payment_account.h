// Company authentication by the company's account at a payment service, which knows the company behind it.
#pragma once

#include "shield/enterprise/moves.h"
#include "shield/enterprise/ports.h"
#include "shield/enterprise/staff.h"
#include "shield/enterprise/verdict.h"

namespace hufu::enterprise {

enum class PaymentAccountState : std::uint8_t { open = 1, asked, done };
enum class PaymentAccountAct : std::uint8_t { start = 1, agree, refuse };

inline constexpr auto kPaymentAccountMoves = std::to_array<Move<PaymentAccountState, PaymentAccountAct>>({
    {PaymentAccountState::open, PaymentAccountAct::start, PaymentAccountState::asked},
    {PaymentAccountState::asked, PaymentAccountAct::start, PaymentAccountState::asked}, // the page was closed
    {PaymentAccountState::asked, PaymentAccountAct::agree, PaymentAccountState::done},
    {PaymentAccountState::asked, PaymentAccountAct::refuse, PaymentAccountState::open}, // another company's account
});

class PaymentAccounts {
public:
    PaymentAccounts(const Ports &ports, ports::CompanyAccounts &accounts) : m_ports(ports), m_accounts(accounts) {}

    // Acts of an administrator of a company that is not verified. Each Denied: roleMissing. Errors: notFound; badState;
    // unavailable.
    Verdict<ports::IdentityService::Task> start(const Actor &actor);
    // Denied: identityPending (nothing has changed), accountOther (name or code differs), companyTaken.
    Verdict<void> finish(const Actor &actor);
    Result<PaymentAccountState> stateOf(const Id &company);

private:
    Ports m_ports;
    ports::CompanyAccounts &m_accounts;
};

} // namespace hufu::enterprise
