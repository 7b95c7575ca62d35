// Remembers which accounts were suspended or ended; and until when they are certified.
#pragma once

#include "shield/enterprise/console_session.h"
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

// Certifies every account until then.
class MemoryCertified final : public enterprise::Certified {
public:
    Result<std::int64_t> until(const enterprise::Id &) override
    {
        if (down) return Error(Errc::unavailable, "authority down");
        return untilMs;
    }
    std::int64_t untilMs = std::int64_t{1} << 52;
    bool down = false;
};

} // namespace hufu::tests
