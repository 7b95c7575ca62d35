// Log-in and log-out, and who somebody is.
#include "app/server/console_json.h"
#include "app/server/console_names.h"
#include "app/server/rate.h"
#include "shield/base/limits.h"

#include <memory>

namespace hufu::server {

using catalogue::Code;
using net::Reply;
using net::Request;

namespace {

// Asked without a log-in, and each code wakes a stranger's phone: of one network, of all.
constexpr std::size_t kAsksAMinute = 60, kAsksAMinuteOfAll = 1200;

// A program sends neither.
bool isPage(const Request &request)
{
    return request.header("origin") || request.header("sec-fetch-site");
}

// The browser that a code was sent for, by its cookie; empty: none.
std::string visitOf(const Request &request)
{
    const auto cookie = isPage(request) ? cookieOf(request, kLogInCookie) : std::nullopt;
    return cookie && idOf<16>(*cookie) ? *cookie : std::string();
}

Answered whoIs(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(faceServices, companies.confirmations.servicesFor(actor));
    HUFU_TRY(byShield, companies.confirmations.isByShield(actor));
    HUFU_TRY(transaction, companies.world.ledger.begin());
    HUFU_TRY(person, enterprise::loadPerson(*transaction, companies.world.masterKey, actor.person));
    HUFU_TRY(company, enterprise::loadCompany(*transaction, actor.company));
    HUFU_TRY(standing, enterprise::loadStanding(*transaction, actor.company));
    const bool verified = standing.state == enterprise::StandingState::verified;
    HUFU_TRY(token, companies.guard.tokenOf(request));
    return jsonResponse({{"csrf", csrfOf(toHex(token))},
                         {"nowMs", companies.world.clock.unixMs()},
                         {"person", {{"id", toHex(actor.person)}, {"name", person.person.name}, {"roles", rolesOf(person.roles)}, {"faceServices", faceServices}, {"shield", byShield}}},
                         {"company",
                          {{"id", toHex(actor.company)},
                           {"name", company.name},
                           {"creditCode", company.creditCode},
                           {"kind", wordOf(kCompanyKinds, standing.kind)},
                           {"verified", verified},
                           {"way", verified ? ordered_json(wordOf(kWays, standing.way)) : ordered_json(nullptr)},
                           {"verifiedMs", standing.verifiedMs}}}});
}

} // namespace

net::Response openedResponse(const enterprise::ConsoleSessions::Opened &opened, const Request &request)
{
    ordered_json body;
    if (!isPage(request)) body["token"] = toHex(opened.token);
    body["person"] = toHex(opened.actor.person);
    body["expiresMs"] = opened.expiresMs;
    net::Response response = jsonResponse(body, 201);
    setCookie(response, kConsoleCookie, toHex(opened.token), enterprise::ConsoleSessions::kWholeMs);
    return response;
}

void addConsoleLogIn(Routes &routes, Companies &companies)
{
    // Each of its own: who asks for codes from many networks keeps nobody out who has one.
    const auto rated = [&companies] {
        const auto rate = std::make_shared<Rate>(kAsksAMinute, kAsksAMinuteOfAll);
        return [&companies, rate](const Request &request) { return !rate->take(request.caller, companies.world.clock.monotonicMs()); };
    };
    routes.add("POST", "/console/v1/codes", [&companies, isTooOften = rated()](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, Code::loggedOut));
        if (isTooOften(request)) return reply(problem(429, Code::tooManyRequests));
        std::string visit = visitOf(request);
        if (visit.empty() && isPage(request)) visit = toHex(companies.world.random.bytes<16>("log-in-visit"));
        const auto asked = [&]() -> Result<std::int64_t> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(code, optionalText(object, "creditCode"));
            HUFU_TRY(phone, textMember(object, "phoneNumber"));
            return companies.console.askCode(code, phone, request.caller, visit);
        }();
        if (!asked) return reply(problemOf(asked.error()));
        net::Response response = jsonResponse({{"resendAfterMs", *asked}});
        if (!visit.empty()) setCookie(response, kLogInCookie, visit, limits::kSmsValidMs);
        reply(std::move(response));
    });
    routes.add("POST", "/console/v1/sessions", [&companies, isTooOften = rated()](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, Code::loggedOut));
        if (isTooOften(request)) return reply(problem(429, Code::tooManyRequests));
        const auto entered = [&]() -> enterprise::Verdict<enterprise::ConsoleSessions::Entered> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(code, optionalText(object, "creditCode"));
            HUFU_TRY(phone, textMember(object, "phoneNumber"));
            HUFU_TRY(digits, textMember(object, "code"));
            if (!object.contains("creditCode")) return companies.console.enter(phone, digits, request.caller, visitOf(request));
            HUFU_TRY(opened, companies.console.open(code, phone, digits, request.caller, visitOf(request)));
            return enterprise::ConsoleSessions::Entered{opened, {}};
        }();
        if (!entered) return reply(problemOf(entered.error()));
        if (entered->opened) return reply(openedResponse(*entered->opened, request));
        ordered_json places = ordered_json::array();
        for (const auto &[company, creditCode] : entered->places)
            places.push_back({{"name", company}, {"creditCode", creditCode}});
        reply(jsonResponse({{"companies", std::move(places)}}));
    });
    companies.guard.add(routes, "DELETE", "/console/v1/sessions", [&companies](const Actor &, const Request &request) -> Answered {
        HUFU_TRY(token, companies.guard.tokenOf(request));
        HUFU_CHECK(companies.console.close(token));
        net::Response response = noContent();
        clearCookie(response, kConsoleCookie);
        clearCookie(response, kApplicantCookie);
        return response;
    });
    companies.guard.add(routes, "GET", "/console/v1/sessions", [&companies](const Actor &actor, const Request &request) {
        return whoIs(companies, actor, request);
    });
}

} // namespace hufu::server
