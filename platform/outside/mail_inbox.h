// Stand-in for a mail gateway: letters land in an inbox in memory that a tester can read.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/outside.h"

#include <deque>
#include <mutex>
#include <vector>

namespace hufu::outside {

struct MailMessage {
    std::string address, subject, text;
    std::int64_t arrivedMs = 0; // Unix milliseconds
};

struct MailFaults {
    bool down = false;        // send() fails with unavailable
    std::int64_t delayMs = 0; // a letter shows up only after this time
    int copies = 1;           // of each letter
    bool backwards = false;   // what was sent last has arrived first, and lies below
};

// May be used by several threads. Keeps the newest kKept letters. clock must outlive it.
class MailInbox final : public ports::MailGateway {
public:
    static constexpr std::size_t kKept = 1000;

    explicit MailInbox(ports::Clock &clock) : m_clock(clock) {}

    // An address is something, one @, something; anything else is badInput.
    Result<void> send(std::string_view address, std::string_view subject, std::string_view text) override;
    std::vector<MailMessage> messagesFor(std::string_view address); // arrived, newest first
    std::vector<MailMessage> messages();                                // to any address
    void setFaults(const MailFaults &faults);

private:
    ports::Clock &m_clock;
    std::mutex m_mutex;
    std::deque<MailMessage> m_messages;
    MailFaults m_faults;
};

} // namespace hufu::outside
