// 证书授权: seats, and who may hold a certificate on one.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

namespace hufu::server {

using net::Request;

namespace {

ordered_json jsonOf(const enterprise::Seats::View &view)
{
    return {{"id", toHex(view.id)},
            {"person", idOrNull(view.person)},
            {"validUntilMs", view.validUntilMs},
            {"changesLeft", view.changesLeft},
            {"over", view.over},
            {"endsBeforeOpening", view.endsBeforeOpening}};
}

ordered_json jsonOf(const enterprise::Grants::View &view)
{
    return {{"id", toHex(view.grant)}, {"person", toHex(view.person)}, {"seat", toHex(view.seat)}, {"state", wordOf(kGrantStates, view.state)}, {"over", view.over}};
}

} // namespace

void addConsoleGrants(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/seats", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.seats.list(actor));
        return pageOf(views, request, "seats", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "GET", "/console/v1/grants", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.grants.list(actor));
        return pageOf(views, request, "grants", [](const auto &view) { return view.grant; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "POST", "/console/v1/grants", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(person, idMember(object, "person"));
        HUFU_TRY(opened, companies.grants.give(actor, person));
        const std::string code = toHex(opened.code);
        return jsonResponse(
            {{"id", toHex(opened.grant)}, {"activationCode", code}, {"activationLink", companies.activationLink + code}}, 201);
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(renewed, companies.grants.renewCode(actor, id));
        const std::string code = toHex(renewed);
        return jsonResponse({{"activationCode", code}, {"activationLink", companies.activationLink + code}});
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/suspend",
              onOne([&](const Actor &actor, const Id &id) { return companies.grants.suspend(actor, id); }));
    guard.add(routes, "POST", "/console/v1/grants/{id}/resume",
              onOne([&](const Actor &actor, const Id &id) { return companies.grants.resume(actor, id); }));
    guard.add(routes, "GET", "/console/v1/grants/{id}/hand-over", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(page, companies.grants.handOver(actor, id));
        return jsonResponse(handOverJson(page));
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/end", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(looked, flagMember(object, "handOverSeen"));
        HUFU_TRY(project, optionalText(object, "project"));
        HUFU_CHECK(companies.grants.end(actor, id, looked, project));
        return noContent();
    });
}

} // namespace hufu::server
