// How many messages one number or address gets, whoever asks and for whatever: nobody has another's phone ring all day. Counted in
// memory, behind each gateway.
#pragma once

#include "shield/ports/clock.h"
#include "shield/ports/outside.h"

#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace hufu::server {

// May be used by several threads.
class Allowance {
public:
    Allowance(ports::Clock &clock, std::size_t inAnHour, std::size_t inADay) : m_clock(clock), m_inAnHour(inAnHour), m_inADay(inADay) {}

    // Counts, unless it is enough.
    bool take(const std::string &to)
    {
        constexpr std::int64_t hourMs = 3'600'000, dayMs = 24 * hourMs;
        const std::int64_t now = m_clock.unixMs();
        const std::lock_guard lock(m_mutex);
        while (!m_taken.empty() && now - m_taken.front().first >= dayMs) {
            const auto it = m_times.find(m_taken.front().second);
            it->second.pop_front();
            if (it->second.empty()) m_times.erase(it);
            m_taken.pop_front();
        }
        const auto it = m_times.find(to);
        if (it != m_times.end()) {
            const std::deque<std::int64_t> &times = it->second;
            if (times.size() >= m_inADay || (times.size() >= m_inAnHour && now - times[times.size() - m_inAnHour] < hourMs)) return false;
        }
        m_times[to].push_back(now);
        m_taken.emplace_back(now, to);
        return true;
    }

private:
    ports::Clock &m_clock;
    const std::size_t m_inAnHour, m_inADay;
    std::mutex m_mutex;
    std::deque<std::pair<std::int64_t, std::string>> m_taken;
    std::map<std::string, std::deque<std::int64_t>> m_times; // of each that got one within the day
};

// Whatever is sent to anybody.
inline constexpr std::size_t kToOneInAnHour = 60, kToOneInADay = 100;
// Of these, what somebody causes who has proved nothing: a log-in's code, an applicant's.
inline constexpr std::size_t kByStrangersInAnHour = 10, kByStrangersInADay = 20;

// Errors: locked (enough for now); as the line behind.
class LimitedSms final : public ports::SmsGateway {
public:
    LimitedSms(ports::SmsGateway &line, ports::Clock &clock, std::size_t inAnHour, std::size_t inADay) : m_line(line), m_allowance(clock, inAnHour, inADay) {}
    Result<void> send(std::string_view phoneNumber, std::string_view text) override
    {
        if (!m_allowance.take(std::string(phoneNumber))) return Error(Errc::locked, "enough messages for one number");
        return m_line.send(phoneNumber, text);
    }

private:
    ports::SmsGateway &m_line;
    Allowance m_allowance;
};

class LimitedMail final : public ports::MailGateway {
public:
    LimitedMail(ports::MailGateway &line, ports::Clock &clock, std::size_t inAnHour, std::size_t inADay) : m_line(line), m_allowance(clock, inAnHour, inADay) {}
    Result<void> send(std::string_view address, std::string_view subject, std::string_view text) override
    {
        if (!m_allowance.take(std::string(address))) return Error(Errc::locked, "enough messages for one address");
        return m_line.send(address, subject, text);
    }

private:
    ports::MailGateway &m_line;
    Allowance m_allowance;
};

} // namespace hufu::server
