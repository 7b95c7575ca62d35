#include "app/server/portal_api.h"

#include "app/server/console_json.h"
#include "app/server/qr.h"
#include "app/server/session_json.h"

namespace hufu::server {

using catalogue::Code;
using net::Reply;
using net::Request;

namespace {

constexpr std::string_view kIssuer = "hufu"; // the one authority whose certificates can be applied for here

std::string_view nameOf(sessions::State state)
{
    switch (state) {
    case sessions::State::preparing:
    case sessions::State::waiting: return "waiting";
    case sessions::State::claimed: return "claimed";
    case sessions::State::approved: return "approved";
    case sessions::State::refused: return "refused";
    case sessions::State::expired: return "expired";
    case sessions::State::failed: return "failed";
    }
    return "failed";
}

} // namespace

void PortalApi::add(Routes &routes)
{
    addLogIn(routes, "/portal/v1/accounts", true);
    addLogIn(routes, "/portal/v1/sessions", false);
    addKnown(routes, "GET", "/portal/v1/sessions", [this](const std::string &account, const Request &request) { return show(account, request); });
    addKnown(routes, "DELETE", "/portal/v1/sessions", [](const std::string &, const Request &) -> Answered {
        net::Response response = noContent();
        clearCookie(response, kPortalCookie);
        clearCookie(response, kApplicantCookie);
        return response;
    });
    addKnown(routes, "POST", "/portal/v1/applications",
             [this](const std::string &account, const Request &request) { return apply(account, request); });
    addKnown(routes, "POST", "/portal/v1/bindings", [this](const std::string &, const Request &) { return startBinding(); });
    addKnown(routes, "DELETE", "/portal/v1/bindings", [this](const std::string &account, const Request &) -> Answered {
        HUFU_CHECK(m_accounts.unbind(account));
        return noContent();
    });
    addKnown(routes, "GET", "/portal/v1/bindings/{token}",
             [this](const std::string &account, const Request &request) { return lookAtBinding(account, request); });
    addKnown(routes, "GET", "/portal/v1/bindings/{token}/frame", [this](const std::string &, const Request &request) { return frame(request); });
    addKnown(routes, "POST", "/portal/v1/bindings/{token}/digits",
             [this](const std::string &, const Request &request) { return typeDigits(request); });
}

void PortalApi::addKnown(Routes &routes, const char *method, const char *pattern, Act act)
{
    routes.add(method, pattern, [this, act = std::move(act)](const Request &request, const Reply &reply) {
        const auto visit = m_companies.guard.visitOf(request, kPortalCookie);
        if (!visit) return reply(strangerProblem(visit.error()));
        auto done = act(visit->whose, request);
        net::Response response = done ? *std::move(done) : problemOf(done.error());
        response.headers.emplace_back("Cache-Control", "no-store");
        m_companies.guard.renew(response, kPortalCookie, *visit);
        reply(std::move(response));
    });
}

void PortalApi::addLogIn(Routes &routes, const char *pattern, bool isNew)
{
    routes.add("POST", pattern, [this, isNew](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, Code::unauthorised));
        bool tooOften = false;
        const auto opened = [&]() -> Result<std::string> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(name, textMember(object, "account"));
            HUFU_TRY(password, textMember(object, "password"));
            // By account, not by network: whoever tries passwords has many networks.
            tooOften = !m_logIns.take(name, m_services.clock.monotonicMs());
            if (tooOften) return Error(Errc::refused, "too many tries of this account");
            HUFU_CHECK(isNew ? m_accounts.add(name, password) : m_accounts.check(name, password));
            return m_companies.guard.openVisit(kPortalCookie, name);
        }();
        if (tooOften) return reply(problem(429, Code::tooManyRequests));
        if (!opened) return reply(opened.error().code == Errc::refused ? problem(401, Code::unauthorised) : problemOf(opened.error()));
        net::Response response = noContent();
        response.status = 201;
        setCookie(response, kPortalCookie, *opened, ConsoleGuard::kWholeMs);
        reply(std::move(response));
    });
}

Answered PortalApi::show(const std::string &account, const Request &request)
{
    HUFU_TRY(binding, bound(account));
    return jsonResponse({{"csrf", csrfOf(cookieOf(request, kPortalCookie).value_or(""))},
                         {"account", account},
                         {"issuers", ordered_json::array({kIssuer})},
                         {"certificate", binding}});
}

// Hands the company over to the console: the cookie says which application, and nothing of it is in the address.
Answered PortalApi::apply(const std::string &account, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(issuer, textMember(object, "issuer"));
    if (issuer != kIssuer) return Error(Errc::notFound, "no such issuer");
    HUFU_TRY(application, m_companies.applications.begin(account));
    HUFU_TRY(visit, m_companies.guard.openVisit(kApplicantCookie, toHex(application)));
    net::Response response = jsonResponse({{"console", "/console"}}, 201);
    setCookie(response, kApplicantCookie, visit, ConsoleGuard::kWholeMs);
    return response;
}

Result<nlohmann::ordered_json> PortalApi::bound(const std::string &account)
{
    HUFU_TRY(binding, m_accounts.bindingOf(account));
    if (!binding) return ordered_json(nullptr);
    const auto holder = m_services.enterprise.holderOf(binding->acct);
    HUFU_TRY(records, m_services.authority.findByHolder(binding->acct));
    const authority::Record *newest = nullptr; // a renewed one takes the place of the former
    for (const authority::Record &record : records)
        if (record.kind == x509::KeyKind::sign) newest = &record;
    if (newest == nullptr) return ordered_json(nullptr);
    return ordered_json{{"name", holder ? holder->person.name : std::string()},
                        {"company", holder ? holder->company.name : std::string()},
                        {"serial", toHex(newest->certificate.serial())},
                        {"notBeforeMs", newest->certificate.notBeforeMs()},
                        {"notAfterMs", newest->certificate.notAfterMs()},
                        {"valid", static_cast<bool>(holder) && !newest->revocation},
                        {"boundMs", binding->boundMs}};
}

Answered PortalApi::startBinding()
{
    const std::string key = "binding-" + toHex(m_services.random.bytes<16>("binding-key"));
    HUFU_TRY(started, m_services.sessions.startFromPage(m_party, viewOf(R"({"act":"login"})"), key));
    return jsonResponse({{"token", toHex(started.token)}, {"expiresMs", started.expiresMs}}, 201);
}

Answered PortalApi::lookAtBinding(const std::string &account, const Request &request)
{
    HUFU_TRY(token, idOf<16>(request.parameters.at("token")));
    HUFU_TRY(view, m_services.sessions.look(m_party.origin(), token));
    if (view.state == sessions::State::approved) {
        HUFU_TRY(holder, m_services.enterprise.holderOf(view.acct));
        HUFU_CHECK(m_accounts.bind(account, {view.acct, holder.personId, m_services.clock.unixMs()}));
    }
    return jsonResponse({{"state", nameOf(view.state)}, {"digitsWanted", view.digitsWanted}});
}

Answered PortalApi::typeDigits(const Request &request)
{
    return answerDigits(m_services, m_party.origin(), request);
}

Answered PortalApi::frame(const Request &request)
{
    HUFU_TRY(token, idOf<16>(request.parameters.at("token")));
    HUFU_TRY(text, m_services.sessions.pageFrame(m_party.origin(), token));
    HUFU_TRY(code, qrOf(text));
    return jsonResponse({{"text", text}, {"qr", code}});
}

} // namespace hufu::server
