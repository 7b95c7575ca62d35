#include "app/server/page_scans.h"

#include "app/server/console_json.h"
#include "app/server/qr.h"
#include "app/server/session_json.h"

#include <algorithm>

namespace hufu::server {

using catalogue::Code;
using net::Request;

net::Response PageScans::start(const Request &request, std::string_view owner, const intent::Project &project)
{
    if (isForeignOrigin(request)) return problem(403, Code::loggedOut);
    if (!m_starts.take(request.caller, m_services.clock.monotonicMs())) return problem(429, Code::tooManyRequests);
    const auto started = [&]() -> Result<net::Response> {
        ordered_json draft{{"act", "login"}};
        if (!project.id.empty()) draft["project"] = {{"id", project.id}, {"name", project.name}};
        const std::string key = "page-" + toHex(m_services.random.bytes<16>("scan-key"));
        HUFU_TRY(session, m_services.sessions.startFromPage(m_party, viewOf(draft.dump()), key));
        HUFU_TRY(visit, m_guard.openVisit(m_cookie, toHex(session.token) + std::string(owner)));
        ordered_json answer{{"leftMs", session.expiresMs - m_services.clock.unixMs()}};
        if (owner.empty()) answer["csrf"] = visit.csrf;
        net::Response response = jsonResponse(answer, 201);
        setCookie(response, m_cookie, visit.cookie, limits::kSessionShownMs + limits::kLoginTimeMs + limits::kResultKeptMs);
        return response;
    }();
    return started ? *started : problemOf(started.error());
}

void PageScans::add(Routes &routes, const char *method, const char *pattern, std::function<Answered(const Request &)> act)
{
    routes.add(method, pattern, [this, act = std::move(act)](const Request &request, const net::Reply &reply) {
        const auto scan = scanOf(request, {});
        auto done = scan ? act(request) : Answered(scan.error());
        net::Response response = !scan ? strangerProblem(scan.error()) : done ? *std::move(done) : problemOf(done.error());
        response.headers.emplace_back("Cache-Control", "no-store");
        reply(std::move(response));
    });
}

Result<PageScans::Scan> PageScans::scanOf(const Request &request, std::string_view owner)
{
    HUFU_TRY(visit, owner.empty() ? m_guard.visitOf(request, m_cookie) : m_guard.besideVisitOf(request, m_cookie));
    constexpr std::size_t digits = 2 * std::tuple_size_v<sessions::Token>;
    if (visit.whose.size() < digits || visit.whose.substr(digits) != owner) return Error(Errc::notFound, "another's scan");
    HUFU_TRY(token, idOf<16>(visit.whose.substr(0, digits)));
    return Scan{token, visit.csrf};
}

Answered PageScans::look(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    HUFU_TRY(view, m_services.sessions.look(m_party.origin(), scan.token));
    const std::int64_t left = std::max<std::int64_t>(view.changesMs - m_services.clock.unixMs(), 0);
    ordered_json answer{{"state", nameOf(view.state)}, {"digitsWanted", view.digitsWanted}, {"leftMs", left}, {"qr", nullptr}};
    if (owner.empty()) answer["csrf"] = scan.csrf;
    if (view.state != sessions::State::waiting) return jsonResponse(answer);
    // It may be claimed, or over, since then: the next look says so.
    const auto text = m_services.sessions.pageFrame(m_party.origin(), scan.token);
    if (!text) return jsonResponse(answer);
    HUFU_TRY(code, qrOf(*text));
    answer["qr"] = code;
    return jsonResponse(answer);
}

Answered PageScans::typeDigits(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    return answerDigits(m_services, m_party.origin(), scan.token, request);
}

Answered PageScans::cancel(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    HUFU_CHECK(m_services.sessions.cancel(m_party.origin(), scan.token));
    m_services.watchers.changed(scan.token);
    net::Response response = noContent();
    forget(response);
    return response;
}

Result<enterprise::Holder> PageScans::take(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    HUFU_TRY(acct, m_services.sessions.takeLogin(m_party.origin(), scan.token));
    return m_services.enterprise.holderOf(acct);
}

} // namespace hufu::server
