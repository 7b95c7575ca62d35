// A tester's clock: the system's, and ahead of it by what a file says. Every program that opens the same file jumps with it,
// and a program that starts later is where the others are.
#pragma once

#include "platform/outside/system_clock.h"
#include "shield/base/result.h"

#include <atomic>
#include <filesystem>
#include <memory>

namespace hufu::outside {

class VirtualClock final : public ports::Clock {
public:
    static constexpr std::int64_t kAheadMostMs = 20LL * 366 * 86'400'000; // certificates and dates stay well formed

    // In: file, 8 octets, milliseconds in the machine's order; made if it is not there. Errors: unavailable (it cannot be
    // made or mapped), badInput (another length, or further ahead than kAheadMostMs).
    static Result<std::unique_ptr<VirtualClock>> open(const std::filesystem::path &file);
    ~VirtualClock() override;
    VirtualClock(const VirtualClock &) = delete;
    VirtualClock &operator=(const VirtualClock &) = delete;

    std::int64_t unixMs() override;
    std::int64_t monotonicMs() override;

    std::int64_t aheadMs() const;
    // For all who share the file, at once. A clock that never goes back stays one, so ms is not negative.
    // Errors: badInput (negative, or too far ahead then).
    Result<void> jump(std::int64_t ms);

private:
    explicit VirtualClock(std::int64_t *shared) : m_shared(shared) {}
    std::int64_t *m_shared; // mapped
    SystemClock m_system;
};

} // namespace hufu::outside
