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

using enterprise::Stopping;

// In: {"act"}, for the grant in the path.
Result<Stopping::Stop> stopOf(const Request &request)
{
    HUFU_TRY(id, idIn(request));
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(act, wordMember(object, "act", kStopActs));
    return Stopping::Stop{id, act};
}

// Not each of them is confirmed, and then it needs no body.
Result<std::optional<enterprise::Proof>> proofIn(const Request &request)
{
    using Shown = std::optional<enterprise::Proof>;
    const auto object = parseObject(request.body);
    if (!object || !isProved(*object)) return Shown();
    HUFU_TRY(proof, proofOf(*object));
    return Shown(std::move(proof));
}

void addStopping(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "POST", "/console/v1/grants/{id}/stop/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(stop, stopOf(request));
        HUFU_TRY(waitMs, companies.stopping.ask(actor, stop));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/stop/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(stop, stopOf(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, companies.stopping.startFace(actor, stop, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/stop/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(stop, stopOf(request));
        HUFU_CHECK(companies.stopping.askShield(actor, stop));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/lost", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(look, lookIn(request));
        HUFU_TRY(proof, proofOf(object));
        HUFU_TRY(isTold, companies.stopping.reportLost(actor, id, look.isDone, look.project, proof));
        return jsonResponse({{"personTold", isTold}});
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/suspend", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(look, lookIn(request));
        HUFU_TRY(proof, proofIn(request));
        HUFU_CHECK(companies.stopping.suspend(actor, id, look.isDone, look.project, proof));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/grants/{id}/end", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(looked, flagMember(object, "handOverSeen"));
        HUFU_TRY(project, optionalText(object, "project"));
        HUFU_TRY(proof, proofIn(request));
        HUFU_CHECK(companies.stopping.end(actor, id, looked, project, proof));
        return noContent();
    });
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
        HUFU_TRY(phones, companies.stopping.statesOf(views));
        const auto grantJson = [&](const enterprise::Grants::View &view) {
            return ordered_json{{"id", toHex(view.grant)},
                                {"person", toHex(view.person)},
                                {"seat", toHex(view.seat)},
                                {"state", wordOf(kGrantStates, view.state)},
                                {"over", view.over},
                                {"phone", wordOf(kPhoneStates, phones[static_cast<std::size_t>(&view - views.data())])}};
        };
        return pageOf(views, request, "grants", [](const auto &view) { return view.grant; }, grantJson);
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
    guard.add(routes, "POST", "/console/v1/grants/{id}/resume",
              onOne([&](const Actor &actor, const Id &id) { return companies.grants.resume(actor, id); }));
    guard.add(routes, "GET", "/console/v1/grants/{id}/hand-over", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(page, companies.grants.handOver(actor, id));
        return jsonResponse(handOverJson(page));
    });
    addStopping(routes, companies);
}

} // namespace hufu::server
