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
        : m_console(console), m_source(services), m_scans(services.random, services.clock, guard, m_source, kScanCookie)
    {}
    void add(Routes &routes);

private:
    // The console is a part of the server: its sessions are at hand.
    class Source final : public ScanSource {
    public:
        explicit Source(Services &services) : m_services(services) {}
        Result<Begun> start(const intent::Project &project, const std::string &idempotencyKey) override;
        Result<View> look(const sessions::Token &token) override;
        Result<std::string> frame(const sessions::Token &token) override;
        net::Response typeDigits(const sessions::Token &token, const net::Request &request) override;
        Result<void> cancel(const sessions::Token &token) override;
        // Who has approved; once. Errors: notFound; badState (not approved, or taken already).
        Result<enterprise::Holder> take(const sessions::Token &token);

    private:
        Services &m_services;
    };
    Answered logIn(const net::Request &request);

    enterprise::ConsoleSessions &m_console;
    Source m_source;
    PageScans m_scans;
};

} // namespace hufu::server
