// Remembers which accounts were suspended or ended.
#pragma once

#include "shield/enterprise/grants.h"

#include <vector>

namespace hufu::tests {

class MemoryAccountWatch final : public enterprise::AccountWatch {
public:
    Result<void> suspended(ports::Transaction &, const enterprise::Id &acct) override
    {
        suspendedOnes.push_back(acct);
        return {};
    }
    Result<void> ended(ports::Transaction &, const enterprise::Id &acct) override
    {
        if (down) return Error(Errc::unavailable, "watch down");
        endedOnes.push_back(acct);
        return {};
    }
    std::vector<enterprise::Id> suspendedOnes, endedOnes;
    bool down = false;
};

} // namespace hufu::tests
