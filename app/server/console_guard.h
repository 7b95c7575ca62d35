// Who asks, and whether a page of ours asks for it. Programs bring a bearer token; pages have a cookie that no script can
// read, that goes to this site alone, and that is no good for a change without the page's own word (Hufu-Csrf).
#pragma once

#include "app/server/idempotency.h"
#include "app/server/problem.h"
#include "app/server/routes.h"
#include "shield/enterprise/console_session.h"

namespace hufu::server {

// The cookies' names; the prefix binds them to this host, to HTTPS and to the whole site.
inline constexpr std::string_view kConsoleCookie = "__Host-hufu-console";
inline constexpr std::string_view kApplicantCookie = "__Host-hufu-applicant";
inline constexpr std::string_view kPortalCookie = "__Host-hufu-portal";
inline constexpr std::string_view kLogInCookie = "__Host-hufu-log-in"; // of who has asked for a log-in's code
inline constexpr std::string_view kScanCookie = "__Host-hufu-scan"; // of a log-in to the console
inline constexpr std::string_view kPortalScanCookie = "__Host-hufu-portal-scan";
inline constexpr std::string_view kBindingCookie = "__Host-hufu-binding";

// The language that a person has chosen on the page or phone that asks: "zh-CN" or "en". What is sent to the person is written in it.
inline constexpr std::string_view kLanguageHeader = "hufu-language";

// The value of one cookie of a request.
std::optional<std::string> cookieOf(const net::Request &request, std::string_view name);
void setCookie(net::Response &response, std::string_view name, std::string_view value, std::int64_t lifeMs);
void clearCookie(net::Response &response, std::string_view name);

// What a page sends along with a change, told to it when it asks who it is. In: secret, of its cookie, that stays as long as it does.
std::string csrfOf(std::string_view secret);
// Whether a change comes from a page of another site. A program sends no Origin.
bool isForeignOrigin(const net::Request &request);
// The page's word is there, and no other site speaks.
bool isOwnPage(const net::Request &request, std::string_view csrf);

// An act under way at the console: an answer, or why it is refused.
using Answered = enterprise::Verdict<net::Response>;
using ConsoleAct = std::function<Answered(const enterprise::Actor &, const net::Request &)>;
using ApplicantAct = std::function<Answered(const enterprise::Id &application, const net::Request &)>;

class ConsoleGuard {
public:
    // Of a visit that is not yet anybody's log-in. It goes on as long as it is used.
    static constexpr std::int64_t kIdleMs = 30 * 60'000, kWholeMs = std::int64_t{8} * 3'600'000;

    ConsoleGuard(enterprise::Ports world, enterprise::ConsoleSessions &sessions)
        : m_world(world), m_sessions(sessions), m_idempotency(world.ledger, world.masterKey, world.clock)
    {}

    // An act of somebody who is logged in. A POST with an Idempotency-Key is done once.
    void add(Routes &routes, const char *method, const char *pattern, ConsoleAct act, std::size_t bodyMax = limits::kBodyMax);
    // An act of whoever applies for a company. isKeyed: an Idempotency-Key counts, as above; not where somebody is let in, since no
    // answer is kept that opens a door.
    void addForApplicant(Routes &routes, const char *method, const char *pattern, ApplicantAct act, bool isKeyed = true);
    // A POST with an Idempotency-Key is done once for whoever asks, and answered the same again; anything else is just done.
    // Cookies are not kept with an answer. mayBegin: whether it is done at all, asked before anything is written, and not for what was answered
    // before; without, HF-105.
    net::Response once(ByteView whose, const net::Request &request, const std::function<net::Response()> &act, const std::function<bool()> &mayBegin = {});

    // A visit sealed into its cookie: whose it is (an application, an account of the portal, a scan), since when and till when.
    struct Visit {
        std::string whose;
        std::string csrf; // the page's word, the same however often the cookie is renewed
        std::int64_t begunMs = 0, usedMs = 0;
        std::string by; // with what it was opened, where that can end before the visit does; else empty
    };
    struct OpenedVisit {
        std::string cookie, csrf;
    };
    Result<OpenedVisit> openVisit(std::string_view kind, std::string_view whose, std::string_view by = {});
    // The visit of a request; renewed in the answer once a minute. Errors: notFound (none, over); refused (another page asks).
    Result<Visit> visitOf(const net::Request &request, std::string_view cookie);
    // The same for what only goes along with another visit, which has been asked for the page's word.
    Result<Visit> besideVisitOf(const net::Request &request, std::string_view cookie);
    void renew(net::Response &response, std::string_view cookie, const Visit &visit);

    // Errors: notFound (401), refused (403).
    Result<enterprise::Actor> actorOf(const net::Request &request);
    // The token of the request, however it came. Errors: notFound.
    Result<enterprise::ConsoleToken> tokenOf(const net::Request &request);

    Result<void> sweep() { return m_idempotency.sweep(); }

private:
    Result<std::string> sealVisit(std::string_view kind, const Visit &visit);

    enterprise::Ports m_world;
    enterprise::ConsoleSessions &m_sessions;
    Idempotency m_idempotency;
};

net::Response problemOf(const enterprise::Failure &failure);
// 401 or 403, for what actorOf and visitOf refuse.
net::Response strangerProblem(const Error &error);

} // namespace hufu::server
