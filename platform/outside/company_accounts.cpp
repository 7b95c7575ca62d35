#include "platform/outside/company_accounts.h"

namespace hufu::outside {

Result<ports::IdentityService::Task> AccountService::start()
{
    const std::string ticket = toHex(m_random.bytes<16>("account-ticket"));
    const std::lock_guard lock(m_mutex);
    if (m_down) return Error(Errc::unavailable, ports::kServiceAway);
    m_answers.emplace(ticket, Answer{});
    return ports::IdentityService::Task{ticket, m_baseUrl + ticket};
}

Result<ports::CompanyAccounts::Answer> AccountService::outcome(std::string_view ticket)
{
    const std::lock_guard lock(m_mutex);
    if (m_down) return Error(Errc::unavailable, ports::kServiceAway);
    const auto it = m_answers.find(ticket);
    if (it == m_answers.end()) return Error(Errc::notFound, "no such question");
    return it->second;
}

std::vector<std::pair<std::string, ports::CompanyAccounts::Answer>> AccountService::questions()
{
    const std::lock_guard lock(m_mutex);
    return {m_answers.begin(), m_answers.end()};
}

Result<void> AccountService::agree(std::string_view ticket, std::string_view name, std::string_view code)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_answers.find(ticket);
    if (it == m_answers.end()) return Error(Errc::notFound, "no such question");
    it->second = {false, std::string(name), std::string(code)};
    return {};
}

void AccountService::setDown(bool down)
{
    const std::lock_guard lock(m_mutex);
    m_down = down;
}

} // namespace hufu::outside
