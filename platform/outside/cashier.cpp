#include "platform/outside/cashier.h"

#include <algorithm>

namespace hufu::outside {

Result<std::string> CashDesk::start(const ByteArray<16> &order, std::int64_t cents, std::string_view)
{
    if (cents <= 0) return Error(Errc::badInput, "amount");
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    m_asked[order] = cents;
    return m_baseUrl + toHex(order);
}

std::optional<std::int64_t> CashDesk::askedFor(const ByteArray<16> &order)
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_asked.find(order);
    if (it == m_asked.end()) return std::nullopt;
    return it->second;
}

std::vector<std::pair<ByteArray<16>, std::int64_t>> CashDesk::asked()
{
    const std::lock_guard lock(m_mutex);
    return {m_asked.begin(), m_asked.end()};
}

Result<std::string> CashDesk::pay(const ByteArray<16> &order, std::int64_t cents, bool succeeds)
{
    const std::lock_guard lock(m_mutex);
    if (!m_asked.contains(order)) return Error(Errc::notFound, "no such order at this counter");
    const std::string payment = "payment-" + std::to_string(++m_payments);
    for (int copy = 0; copy < m_faults.copies; ++copy)
        m_due.push_back({{payment, order, cents, succeeds}, m_clock.unixMs() + m_faults.delayMs});
    return payment;
}

std::vector<CashierNotice> CashDesk::takeNotices()
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.unixMs();
    std::vector<CashierNotice> taken;
    for (auto it = m_due.begin(); it != m_due.end();) {
        if (it->atMs > now) {
            ++it;
            continue;
        }
        taken.push_back(std::move(it->notice));
        it = m_due.erase(it);
    }
    if (m_faults.backwards) std::reverse(taken.begin(), taken.end());
    return taken;
}

void CashDesk::giveBack(CashierNotice notice)
{
    const std::lock_guard lock(m_mutex);
    m_due.push_front({std::move(notice), m_clock.unixMs()});
}

void CashDesk::setFaults(const CashierFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

} // namespace hufu::outside
