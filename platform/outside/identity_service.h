// Stand-in for a service that checks by face who somebody is (支付宝, 腾讯云, our own): whoever opens its page, a tester,
// decides how it goes.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace hufu::outside {

struct IdentityFaults {
    bool down = false;                                        // every call fails with unavailable
    std::optional<ports::IdentityService::Outcome> verdict; // of every check, without a tester
    bool losesReplies = false;                                // start() does its work and then fails with unavailable
    std::int64_t delayMs = 0;                                 // until an outcome is told, once it is decided
};

struct IdentityCheck {
    std::string ticket, name;
    ports::IdentityService::Outcome outcome = ports::IdentityService::Outcome::pending;
    std::int64_t toldFromMs = 0; // Unix milliseconds
};

// May be used by several threads. Keeps the newest kKept checks. clock and random must outlive it.
class IdentityDesk final : public ports::IdentityService {
public:
    static constexpr std::size_t kKept = 1000;

    // baseUrl: of its page, to which the ticket is added.
    IdentityDesk(std::string baseUrl, ports::Clock &clock, ports::Random &random) : m_baseUrl(std::move(baseUrl)), m_clock(clock), m_random(random) {}

    Result<Task> start(std::string_view name, std::string_view idNumber) override;
    Result<Outcome> outcome(std::string_view ticket) override;

    std::vector<IdentityCheck> checks(); // newest first
    // Errors: notFound.
    Result<void> decide(std::string_view ticket, Outcome outcome);
    void setFaults(const IdentityFaults &faults);

private:
    std::string m_baseUrl;
    ports::Clock &m_clock;
    ports::Random &m_random;
    std::mutex m_mutex;
    std::deque<IdentityCheck> m_checks;
    IdentityFaults m_faults;
};

} // namespace hufu::outside
