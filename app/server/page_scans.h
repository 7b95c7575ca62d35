// Logging in by scanning on a page of ours: the moving code, how it stands, the digits, and that it is approved.
#pragma once

#include "app/server/console_guard.h"
#include "app/server/rate.h"
#include "app/server/services.h"

namespace hufu::server {

// Where a page's sessions are: in this very process (the console's), or at a server of Hufu that is asked as any integrator asks it.
class ScanSource {
public:
    virtual ~ScanSource() = default;

    struct Begun {
        sessions::Token token{};
        ByteArray<32> manifestSm3{};
        std::int64_t expiresMs = 0; // Unix milliseconds
    };
    struct View {
        std::string state;
        bool digitsWanted = false;
        std::int64_t changesMs = 0; // Unix milliseconds
    };
    // In: project, what the person reads besides; may be empty. Errors: as the server of Hufu says; unavailable.
    virtual Result<Begun> start(const intent::Project &project, const std::string &idempotencyKey) = 0;
    virtual Result<View> look(const sessions::Token &token) = 0;
    virtual Result<std::string> frame(const sessions::Token &token) = 0;
    virtual net::Response typeDigits(const sessions::Token &token, const net::Request &request) = 0;
    virtual Result<void> cancel(const sessions::Token &token) = 0;
};

// How a session stands, for its page: {"state","digitsWanted","leftMs","qr"}; qr is null once nobody has to scan it any more.
// In: frame(), that of this second.
Result<nlohmann::ordered_json> scanJson(const ScanSource::View &view, std::int64_t nowMs, const std::function<Result<std::string>()> &frame);

// A scan belongs to the browser that asked for it: whoever photographs the code knows the session's token, so that is in a
// sealed cookie and not in an address. All that is given here outlives it.
class PageScans {
public:
    // In: cookie, of this use alone.
    PageScans(ports::Random &random, ports::Clock &clock, ConsoleGuard &guard, ScanSource &source, std::string_view cookie)
        : m_random(random), m_clock(clock), m_guard(guard), m_source(source), m_cookie(cookie)
    {}

    // In: owner, who is logged in on the page; empty: nobody, then the scan has a word of its own (Hufu-Csrf). project: what the
    // person reads besides; may be empty.
    net::Response start(const net::Request &request, std::string_view owner, const intent::Project &project = {});
    Answered look(const net::Request &request, std::string_view owner);
    Answered typeDigits(const net::Request &request, std::string_view owner);
    Answered cancel(const net::Request &request, std::string_view owner);
    struct Scan {
        sessions::Token token{};
        ByteArray<32> manifestSm3{}; // of what the person was asked
        std::string csrf;
    };
    // The one of this browser. Errors: notFound; refused (another page asks).
    Result<Scan> scanOf(const net::Request &request, std::string_view owner);
    void forget(net::Response &response) const { clearCookie(response, m_cookie); }
    // An end point for a scan of nobody who is logged in.
    void add(Routes &routes, const char *method, const char *pattern, std::function<Answered(const net::Request &)> act);

private:
    static constexpr std::size_t kStartsAMinute = 120, kStartsAMinuteOfAll = 1200; // of one network, of all

    ports::Random &m_random;
    ports::Clock &m_clock;
    ConsoleGuard &m_guard;
    ScanSource &m_source;
    std::string_view m_cookie;
    Rate m_starts{kStartsAMinute, kStartsAMinuteOfAll};
};

} // namespace hufu::server
