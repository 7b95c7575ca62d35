#include "platform/outside/sms_inbox.h"

#include <algorithm>

namespace hufu::outside {

namespace {

bool isNumber(std::string_view text)
{
    if (text.starts_with('+')) text.remove_prefix(1);
    return text.size() >= 5 && text.size() <= 20 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Result<void> SmsInbox::send(std::string_view phoneNumber, std::string_view text)
{
    if (!isNumber(phoneNumber)) return Error(Errc::badInput, "phone number");
    const std::lock_guard lock(m_mutex);
    const auto found = m_own.find(phoneNumber);
    const SmsFaults own = found == m_own.end() ? SmsFaults() : found->second;
    if (m_faults.down || own.down) return Error(Errc::unavailable, ports::kServiceAway);
    for (int copy = 0; copy < m_faults.copies; ++copy) {
        m_messages.push_front({std::string(phoneNumber), std::string(text), m_clock.unixMs() + m_faults.delayMs + own.delayMs});
        if (m_messages.size() > kKept) m_messages.pop_back();
    }
    return {};
}

std::vector<SmsMessage> SmsInbox::messagesFor(std::string_view phoneNumber)
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.unixMs();
    std::vector<SmsMessage> found;
    for (const SmsMessage &message : m_messages)
        if (message.phoneNumber == phoneNumber && message.arrivedMs <= now) found.push_back(message);
    if (m_faults.backwards) std::ranges::reverse(found);
    return found;
}

std::vector<SmsMessage> SmsInbox::messages()
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.unixMs();
    std::vector<SmsMessage> found;
    for (const SmsMessage &message : m_messages)
        if (message.arrivedMs <= now) found.push_back(message);
    if (m_faults.backwards) std::ranges::reverse(found);
    return found;
}

void SmsInbox::setFaults(const SmsFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

void SmsInbox::setFaultsOf(const std::string &phoneNumber, const SmsFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_own.insert_or_assign(phoneNumber, faults);
}

SmsFaults SmsInbox::faults()
{
    const std::lock_guard lock(m_mutex);
    return m_faults;
}

} // namespace hufu::outside
