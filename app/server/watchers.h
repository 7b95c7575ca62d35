// Who waits for a session to change: long polls hold no thread.
#pragma once

#include "shield/sessions/session.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace hufu::server {

// May be used by several threads.
class Watchers {
public:
    using After = std::function<void(std::int64_t ms, std::function<void()> task)>;
    explicit Watchers(After after) : m_after(std::move(after)) {}

    // Calls wake once: when the session changes here, after ms, or when everything ends. Another process may
    // change a session unnoticed, so ms is short and the caller looks again.
    void watch(const sessions::Token &token, std::int64_t ms, std::function<void()> wake);
    void changed(const sessions::Token &token);
    // Wakes all; who comes later must not wait.
    void close();
    bool closed();

private:
    struct Waiting;
    void fire(const std::shared_ptr<Waiting> &waiting);

    After m_after;
    std::mutex m_mutex;
    std::map<sessions::Token, std::vector<std::shared_ptr<Waiting>>> m_waiting;
    bool m_closed = false;
};

} // namespace hufu::server
