#include "platform/outside/business_register.h"

#include <thread>

namespace hufu::outside {

void RegisterOffice::enter(const ports::CompanyClaim &entry)
{
    const std::lock_guard lock(m_mutex);
    m_entries[entry.code] = entry;
}

std::vector<ports::CompanyClaim> RegisterOffice::entries()
{
    const std::lock_guard lock(m_mutex);
    std::vector<ports::CompanyClaim> out;
    for (const auto &[code, entry] : m_entries)
        out.push_back(entry);
    return out;
}

void RegisterOffice::strike(std::string_view code)
{
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_entries.find(code); it != m_entries.end()) m_entries.erase(it);
}

void RegisterOffice::setFaults(const RegisterFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

Result<ports::RegisterAnswer> RegisterOffice::compare(const ports::CompanyClaim &claim)
{
    std::unique_lock lock(m_mutex);
    const auto slow = m_faults.slow;
    lock.unlock();
    std::this_thread::sleep_for(slow);
    lock.lock();
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    const auto it = m_entries.find(claim.code);
    if (it == m_entries.end()) return ports::RegisterAnswer{};
    const ports::CompanyClaim &entry = it->second;
    return ports::RegisterAnswer{true, entry.name == claim.name, entry.legalName == claim.legalName,
                                 entry.legalIdNumber == claim.legalIdNumber, entry.kind == claim.kind};
}

} // namespace hufu::outside
