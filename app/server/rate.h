// How often something may be asked for within a minute: by one caller, and by all together.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>

namespace hufu::server {

// May be used by several threads. Remembers no more than ofAll callers.
class Rate {
public:
    Rate(std::size_t ofOne, std::size_t ofAll) : m_ofOne(ofOne), m_ofAll(ofAll) {}

    // Counts, unless it is too often. In: nowMs, monotonic.
    bool take(const std::string &caller, std::int64_t nowMs)
    {
        const std::lock_guard lock(m_mutex);
        while (!m_taken.empty() && nowMs - m_taken.front().first >= 60'000) {
            const auto it = m_counts.find(m_taken.front().second);
            if (--it->second == 0) m_counts.erase(it);
            m_taken.pop_front();
        }
        const auto it = m_counts.find(caller);
        if (m_taken.size() >= m_ofAll || (it != m_counts.end() && it->second >= m_ofOne)) return false;
        ++m_counts[caller];
        m_taken.emplace_back(nowMs, caller);
        return true;
    }

private:
    const std::size_t m_ofOne, m_ofAll;
    std::mutex m_mutex;
    std::deque<std::pair<std::int64_t, std::string>> m_taken;
    std::map<std::string, std::size_t> m_counts;
};

} // namespace hufu::server
