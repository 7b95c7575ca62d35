#include "platform/outside/identity_service.h"

#include <algorithm>

namespace hufu::outside {

Result<ports::IdentityService::Task> IdentityDesk::start(std::string_view name, std::string_view idNumber)
{
    if (name.empty() || idNumber.empty()) return Error(Errc::badInput, "whom to check");
    const std::string ticket = toHex(m_random.bytes<16>("identity-ticket"));
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    m_checks.push_front({ticket, std::string(name), Outcome::pending, m_clock.unixMs() + m_faults.delayMs});
    if (m_checks.size() > kKept) m_checks.pop_back();
    if (m_faults.losesReplies) return Error(Errc::unavailable, ports::kServiceAway);
    return Task{ticket, m_baseUrl + ticket};
}

Result<ports::IdentityService::Outcome> IdentityDesk::outcome(std::string_view ticket)
{
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    for (const IdentityCheck &check : m_checks)
        if (check.ticket == ticket) return check.toldFromMs > m_clock.unixMs() ? Outcome::pending : m_faults.verdict.value_or(check.outcome);
    return Error(Errc::notFound, "no such check");
}

std::vector<IdentityCheck> IdentityDesk::checks()
{
    const std::lock_guard lock(m_mutex);
    return {m_checks.begin(), m_checks.end()};
}

Result<void> IdentityDesk::decide(std::string_view ticket, Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    const auto it = std::find_if(m_checks.begin(), m_checks.end(), [&](const IdentityCheck &check) { return check.ticket == ticket; });
    if (it == m_checks.end()) return Error(Errc::notFound, "no such check");
    it->outcome = outcome;
    it->toldFromMs = m_clock.unixMs() + m_faults.delayMs;
    return {};
}

void IdentityDesk::setFaults(const IdentityFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

} // namespace hufu::outside
