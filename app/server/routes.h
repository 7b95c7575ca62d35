// Adds end points to the router, each with a line in the log.
#pragma once

#include "app/server/log.h"
#include "platform/net/router.h"
#include "shield/ports/clock.h"

namespace hufu::server {

class Routes {
public:
    Routes(net::Router &router, Log &log, ports::Clock &clock) : m_router(router), m_log(log), m_clock(clock) {}

    // The log gets the pattern, not the path: no identifier that a peer chose, no query.
    void add(const char *method, const char *pattern, net::Handler handler,
             std::size_t bodyMax = limits::kBodyMax);

private:
    net::Router &m_router;
    Log &m_log;
    ports::Clock &m_clock;
};

} // namespace hufu::server
