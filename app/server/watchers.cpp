#include "app/server/watchers.h"

namespace hufu::server {

struct Watchers::Waiting {
    sessions::Token token{};
    std::function<void()> wake;
    bool fired = false;
};

void Watchers::watch(const sessions::Token &token, std::int64_t ms, std::function<void()> wake)
{
    auto waiting = std::make_shared<Waiting>(Waiting{token, std::move(wake)});
    {
        const std::lock_guard lock(m_mutex);
        m_waiting[token].push_back(waiting);
    }
    m_after(closed() ? 0 : ms, [this, waiting] { fire(waiting); });
}

void Watchers::changed(const sessions::Token &token)
{
    std::vector<std::shared_ptr<Waiting>> all;
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_waiting.find(token);
        if (it == m_waiting.end()) return;
        all = it->second;
    }
    for (const auto &waiting : all)
        fire(waiting);
}

void Watchers::close()
{
    std::vector<std::shared_ptr<Waiting>> all;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        for (const auto &[token, some] : m_waiting)
            all.insert(all.end(), some.begin(), some.end());
    }
    for (const auto &waiting : all)
        fire(waiting);
}

bool Watchers::closed()
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

void Watchers::fire(const std::shared_ptr<Waiting> &waiting)
{
    {
        const std::lock_guard lock(m_mutex);
        if (waiting->fired) return;
        waiting->fired = true;
        const auto it = m_waiting.find(waiting->token);
        if (it != m_waiting.end()) {
            std::erase(it->second, waiting);
            if (it->second.empty()) m_waiting.erase(it);
        }
    }
    waiting->wake();
}

} // namespace hufu::server
