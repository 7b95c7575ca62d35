// Log-in to the console by scanning with an active shield.
#pragma once

#include "app/server/page_scans.h"

namespace hufu::server {

// As whom the console asks; no desk may be called so.
inline const sessions::RelyingParty kConsoleParty{"hufu-console", "虎符企业控制台 Hufu console"};

class ConsoleScan {
public:
    // All outlive this.
    ConsoleScan(Services &services, ConsoleGuard &guard, enterprise::ConsoleSessions &console)
        : m_console(console), m_scans(services, guard, kConsoleParty, kScanCookie)
    {}
    void add(Routes &routes);

private:
    Answered logIn(const net::Request &request);

    enterprise::ConsoleSessions &m_console;
    PageScans m_scans;
};

} // namespace hufu::server
