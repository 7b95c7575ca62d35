// Logging in by scanning on a page of ours: the moving code, how it stands, the digits, and who has approved.
#pragma once

#include "app/server/console_guard.h"
#include "app/server/rate.h"
#include "app/server/services.h"

namespace hufu::server {

// A scan belongs to the browser that asked for it: whoever photographs the code knows the session's token, so that is in a
// sealed cookie and not in an address. All that is given here outlives it.
class PageScans {
public:
    // In: party, as whom the page asks; cookie, of this use alone.
    PageScans(Services &services, ConsoleGuard &guard, sessions::RelyingParty party, std::string_view cookie)
        : m_services(services), m_guard(guard), m_party(std::move(party)), m_cookie(cookie)
    {}

    // In: owner, who is logged in on the page; empty: nobody, then the scan has a word of its own (Hufu-Csrf). project: what the
    // person reads besides; may be empty.
    net::Response start(const net::Request &request, std::string_view owner, const intent::Project &project = {});
    Answered look(const net::Request &request, std::string_view owner);
    Answered typeDigits(const net::Request &request, std::string_view owner);
    Answered cancel(const net::Request &request, std::string_view owner);
    // Who has approved; once. Errors: notFound; refused (another page asks); badState (not approved).
    Result<enterprise::Holder> take(const net::Request &request, std::string_view owner);
    void forget(net::Response &response) const { clearCookie(response, m_cookie); }
    // An end point for a scan of nobody who is logged in.
    void add(Routes &routes, const char *method, const char *pattern, std::function<Answered(const net::Request &)> act);

private:
    static constexpr std::size_t kStartsAMinute = 120, kStartsAMinuteOfAll = 1200; // of one network, of all
    struct Scan {
        sessions::Token token{};
        std::string csrf;
    };
    Result<Scan> scanOf(const net::Request &request, std::string_view owner);

    Services &m_services;
    ConsoleGuard &m_guard;
    sessions::RelyingParty m_party;
    std::string_view m_cookie;
    Rate m_starts{kStartsAMinute, kStartsAMinuteOfAll};
};

} // namespace hufu::server
