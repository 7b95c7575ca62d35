// Stand-in for an SMS gateway: messages land in an inbox in memory that a tester can read.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/outside.h"

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace hufu::outside {

struct SmsMessage {
    std::string phoneNumber, text;
    std::int64_t arrivedMs = 0; // Unix milliseconds
};

struct SmsFaults {
    bool down = false;        // send() fails with unavailable
    std::int64_t delayMs = 0; // a message shows up in the inbox only after this time
    int copies = 1;           // of each message
    bool backwards = false;   // what was sent last has arrived first, and lies below
};

// May be used by several threads. Keeps the newest kKept messages. clock must outlive it.
class SmsInbox final : public ports::SmsGateway {
public:
    static constexpr std::size_t kKept = 1000;

    explicit SmsInbox(ports::Clock &clock) : m_clock(clock) {}

    // A number is an optional + and 5 to 20 digits; anything else is badInput.
    Result<void> send(std::string_view phoneNumber, std::string_view text) override;

    // What has arrived for this number, newest first (backwards: oldest first).
    std::vector<SmsMessage> messagesFor(std::string_view phoneNumber);
    std::vector<SmsMessage> messages(); // to any number, arrived, newest first
    void setFaults(const SmsFaults &faults);
    void setFaultsOf(const std::string &phoneNumber, const SmsFaults &faults); // besides those of all numbers
    SmsFaults faults();

private:
    ports::Clock &m_clock;
    std::mutex m_mutex;
    std::deque<SmsMessage> m_messages;
    SmsFaults m_faults;
    std::map<std::string, SmsFaults, std::less<>> m_own; // by number
};

} // namespace hufu::outside
