#include "platform/outside/bank.h"

#include <algorithm>

namespace hufu::outside {

Result<void> BankCounter::pay(const ports::Payout &payout)
{
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    m_payouts.try_emplace(payout.reference, BankPayout{payout, m_clock.unixMs(), State::pending});
    if (m_faults.losesReplies) return Error(Errc::unavailable, ports::kServiceAway);
    return {};
}

ports::Bank::State BankCounter::stateNow(const BankPayout &payout)
{
    if (m_clock.unixMs() - payout.orderedMs < m_faults.delayMs) return State::pending;
    return m_faults.returnsAll ? State::returned : State::paid;
}

Result<ports::Bank::State> BankCounter::stateOf(const ByteArray<16> &reference)
{
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    const auto it = m_payouts.find(reference);
    if (it == m_payouts.end()) return Error(Errc::notFound, "no such payout");
    return stateNow(it->second);
}

std::vector<BankPayout> BankCounter::payouts()
{
    const std::lock_guard lock(m_mutex);
    std::vector<BankPayout> out;
    for (const auto &[reference, payout] : m_payouts) {
        out.push_back(payout);
        out.back().state = stateNow(payout);
    }
    return out;
}

void BankCounter::setFaults(const BankFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

std::string BankCounter::credit(std::string_view payer, std::int64_t cents, int copies)
{
    const std::lock_guard lock(m_mutex);
    const std::string reference = "credit-" + std::to_string(++m_credits);
    for (int copy = 0; copy < std::max(copies, m_faults.copies); ++copy)
        m_due.push_back({{reference, std::string(payer), cents}, m_clock.unixMs() + m_faults.delayMs});
    return reference;
}

std::vector<BankNotice> BankCounter::takeNotices()
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.unixMs();
    std::vector<BankNotice> taken;
    for (Due &due : m_due)
        if (due.atMs <= now) taken.push_back(std::move(due.notice));
    std::erase_if(m_due, [now](const Due &due) { return due.atMs <= now; });
    if (m_faults.backwards) std::ranges::reverse(taken);
    return taken;
}

void BankCounter::giveBack(BankNotice notice)
{
    const std::lock_guard lock(m_mutex);
    m_due.push_front({std::move(notice), m_clock.unixMs()});
}

} // namespace hufu::outside
