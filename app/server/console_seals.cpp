// 印章, 印章授权: seals, their history, and who may use one.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

namespace hufu::server {

using net::Request;

namespace {

constexpr std::int64_t kTimeMost = 253'402'300'799'000; // the year 9999

Result<enterprise::SealRequest> sealOf(const json &object)
{
    HUFU_TRY(kind, wordMember(object, "kind", kSealKinds));
    HUFU_TRY(style, numberMember(object, "style", 255, 1));
    HUFU_TRY(number, optionalText(object, "number"));
    return enterprise::SealRequest{kind, static_cast<std::uint8_t>(style), number};
}

Result<enterprise::SealTerms> termsOf(const json &object)
{
    HUFU_TRY(seal, idMember(object, "seal"));
    HUFU_TRY(person, idMember(object, "person"));
    HUFU_TRY(purpose, textMember(object, "purpose"));
    HUFU_TRY(project, optionalText(object, "project"));
    HUFU_TRY(from, numberMember(object, "fromMs", kTimeMost, 0));
    HUFU_TRY(until, numberMember(object, "untilMs", kTimeMost, 0));
    return enterprise::SealTerms{seal, person, purpose, project, from, until};
}

ordered_json jsonOf(const enterprise::Seals::View &view)
{
    return {{"id", toHex(view.id)},
            {"kind", wordOf(kSealKinds, view.kind)},
            {"state", wordOf(kSealStates, view.state)},
            {"style", view.style},
            {"number", view.number},
            {"madeMs", view.madeMs},
            {"confirmedBy", wordOf(kConfirmedBy, view.confirmedBy)},
            {"uses", view.uses}};
}

ordered_json jsonOf(const enterprise::SealUse &use)
{
    return {{"grant", toHex(use.grant)},         {"person", toHex(use.person)}, {"grantedBy", toHex(use.grantedBy)},
            {"grantedMs", use.grantedMs},        {"purpose", use.purpose},      {"project", use.project},
            {"documentSm3", toHex(use.document)}, {"timeMs", use.timeMs}};
}

ordered_json jsonOf(const enterprise::SealGrants::View &view)
{
    return {{"id", toHex(view.id)},
            {"state", wordOf(kSealGrantStates, view.state)},
            {"seal", toHex(view.terms.seal)},
            {"person", toHex(view.terms.person)},
            {"purpose", view.terms.purpose},
            {"project", view.terms.project},
            {"fromMs", view.terms.fromMs},
            {"untilMs", view.terms.untilMs},
            {"grantedBy", idOrNull(view.grantedBy)},
            {"grantedMs", view.grantedMs},
            {"confirmedBy", view.grantedMs == 0 ? ordered_json(nullptr) : ordered_json(wordOf(kConfirmedBy, view.confirmedBy))},
            {"over", view.over}};
}

void addSeals(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/seals", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.seals.list(actor));
        return pageOf(views, request, "seals", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "POST", "/console/v1/seals/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(seal, sealOf(object));
        HUFU_TRY(waitMs, companies.seals.ask(actor, seal));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/seals", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(seal, sealOf(object));
        HUFU_TRY(proof, proofOf(object));
        HUFU_TRY(id, companies.seals.make(actor, seal, proof));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    guard.add(routes, "GET", "/console/v1/seals/{id}/history", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(uses, companies.seals.history(actor, id));
        ordered_json list = ordered_json::array();
        for (const auto &use : uses)
            list.push_back(jsonOf(use));
        return jsonResponse({{"uses", list}});
    });
    // The last link that went out for a seal.
    guard.add(routes, "GET", "/console/v1/seals/{id}/link", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(link, companies.legalLinks.latest(actor, enterprise::Purpose::legalSeal, id));
        if (!link) return Error(Errc::notFound, "no link");
        return jsonResponse({{"id", toHex(link->first)}, {"state", wordOf(kLinkStates, link->second)}});
    });
    guard.add(routes, "POST", "/console/v1/seals/{id}/ask-again",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.askAgain(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/suspend",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.suspend(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/resume",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.resume(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seals/{id}/retire",
              onOne([&](const Actor &actor, const Id &id) { return companies.seals.retire(actor, id); }));
}

void addSealGrants(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/seal-grants", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.sealGrants.list(actor));
        return pageOf(views, request, "grants", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "GET", "/console/v1/seal-grants/own", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.sealGrants.ownOf(actor));
        return pageOf(views, request, "grants", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(routes, "POST", "/console/v1/seal-grants", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(terms, termsOf(object));
        HUFU_TRY(id, companies.sealGrants.draft(actor, terms));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    guard.add(routes, "PUT", "/console/v1/seal-grants/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(terms, termsOf(object));
        HUFU_CHECK(companies.sealGrants.change(actor, id, terms));
        return noContent();
    });
    guard.add(routes, "GET", "/console/v1/seal-grants/{id}/document", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(text, companies.sealGrants.document(actor, id));
        return jsonResponse({{"text", text}});
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(waitMs, companies.sealGrants.ask(actor, id));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/grant", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(stamp, idMember(object, "stamp"));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(companies.sealGrants.grant(actor, id, stamp, proof));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/suspend",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.suspend(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/resume",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.resume(actor, id); }));
    guard.add(routes, "POST", "/console/v1/seal-grants/{id}/end",
              onOne([&](const Actor &actor, const Id &id) { return companies.sealGrants.end(actor, id); }));
}

} // namespace

void addConsoleSeals(Routes &routes, Companies &companies)
{
    addSeals(routes, companies);
    addSealGrants(routes, companies);
}

} // namespace hufu::server
