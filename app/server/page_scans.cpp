#include "app/server/page_scans.h"

#include "app/server/console_json.h"
#include "app/server/qr.h"

#include <algorithm>

namespace hufu::server {

using catalogue::Code;
using net::Request;

Result<ordered_json> scanJson(const ScanSource::View &view, std::int64_t nowMs, const std::function<Result<std::string>()> &frame)
{
    const std::int64_t left = std::max<std::int64_t>(view.changesMs - nowMs, 0);
    ordered_json answer{{"state", view.state}, {"digitsWanted", view.digitsWanted}, {"leftMs", left}, {"qr", nullptr}};
    if (view.state != "waiting") return answer;
    // It may be claimed, or over, since then: the next look says so.
    const auto text = frame();
    if (!text) return answer;
    HUFU_TRY(code, qrOfFrame(*text));
    answer["qr"] = code;
    return answer;
}

net::Response PageScans::start(const Request &request, std::string_view owner, const intent::Project &project)
{
    if (isForeignOrigin(request)) return problem(403, Code::loggedOut);
    if (!m_starts.take(request.caller, m_clock.monotonicMs())) return problem(429, Code::tooManyRequests);
    const auto started = [&]() -> Result<net::Response> {
        HUFU_TRY(session, m_source.start(project, "page-" + toHex(m_random.bytes<16>("scan-key"))));
        HUFU_TRY(visit, m_guard.openVisit(m_cookie, toHex(session.token) + toHex(session.manifestSm3) + std::string(owner)));
        ordered_json answer{{"leftMs", session.expiresMs - m_clock.unixMs()}};
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
    constexpr std::size_t ofToken = 2 * std::tuple_size_v<sessions::Token>, digits = ofToken + 64;
    if (visit.whose.size() < digits || visit.whose.substr(digits) != owner) return Error(Errc::notFound, "another's scan");
    HUFU_TRY(token, idOf<16>(visit.whose.substr(0, ofToken)));
    HUFU_TRY(manifestSm3, idOf<32>(visit.whose.substr(ofToken, 64)));
    return Scan{token, manifestSm3, visit.csrf};
}

Answered PageScans::look(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    HUFU_TRY(view, m_source.look(scan.token));
    HUFU_TRY(answer, scanJson(view, m_clock.unixMs(), [&] { return m_source.frame(scan.token); }));
    if (owner.empty()) answer["csrf"] = scan.csrf;
    return jsonResponse(answer);
}

Answered PageScans::typeDigits(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    return m_source.typeDigits(scan.token, request);
}

Answered PageScans::cancel(const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scanOf(request, owner));
    HUFU_CHECK(m_source.cancel(scan.token));
    net::Response response = noContent();
    forget(response);
    return response;
}

} // namespace hufu::server
