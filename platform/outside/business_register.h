// Stand-in for the business register: entries that a tester makes, compared field by field.
#pragma once

#include "shield/ports/outside.h"

#include <chrono>
#include <map>
#include <mutex>
#include <vector>

namespace hufu::outside {

struct RegisterFaults {
    bool down = false;                 // compare() fails with unavailable
    std::chrono::milliseconds slow{0}; // until compare() answers; its caller waits
};

// May be used by several threads.
class RegisterOffice final : public ports::BusinessRegister {
public:
    // Enters a company, or changes its entry.
    void enter(const ports::CompanyClaim &entry);
    std::vector<ports::CompanyClaim> entries();
    void strike(std::string_view code); // out of business: as if it were not there
    void setFaults(const RegisterFaults &faults);
    Result<ports::RegisterAnswer> compare(const ports::CompanyClaim &claim) override;

private:
    std::mutex m_mutex;
    std::map<std::string, ports::CompanyClaim, std::less<>> m_entries;
    RegisterFaults m_faults;
};

} // namespace hufu::outside
