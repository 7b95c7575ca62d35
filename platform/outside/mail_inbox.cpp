#include "platform/outside/mail_inbox.h"

#include <algorithm>

namespace hufu::outside {

Result<void> MailInbox::send(std::string_view address, std::string_view subject, std::string_view text)
{
    const std::size_t at = address.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == address.size() || address.rfind('@') != at)
        return Error(Errc::badInput, "mail address");
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    for (int copy = 0; copy < m_faults.copies; ++copy) {
        m_messages.push_front({std::string(address), std::string(subject), std::string(text), m_clock.unixMs() + m_faults.delayMs});
        if (m_messages.size() > kKept) m_messages.pop_back();
    }
    return {};
}

std::vector<MailMessage> MailInbox::messagesFor(std::string_view address)
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.unixMs();
    std::vector<MailMessage> found;
    for (const MailMessage &message : m_messages)
        if (message.address == address && message.arrivedMs <= now) found.push_back(message);
    if (m_faults.backwards) std::ranges::reverse(found);
    return found;
}

std::vector<MailMessage> MailInbox::messages()
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.unixMs();
    std::vector<MailMessage> found;
    for (const MailMessage &message : m_messages)
        if (message.arrivedMs <= now) found.push_back(message);
    if (m_faults.backwards) std::ranges::reverse(found);
    return found;
}

void MailInbox::setFaults(const MailFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

} // namespace hufu::outside
