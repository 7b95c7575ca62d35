// 安全策略, 管理员: what the company's acts ask for, and who administers it.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

#include <algorithm>

namespace hufu::server {

using enterprise::Factors;
using net::Request;

namespace {

// The acts whose factors a company chooses, as the API calls them.
constexpr std::array<std::pair<const char *, std::uint8_t Factors::*>, 4> kActs = {
    {{"activation", &Factors::activation}, {"login", &Factors::login}, {"sign", &Factors::sign}, {"decrypt", &Factors::decrypt}}};

ordered_json jsonOf(const Factors &factors)
{
    ordered_json json = ordered_json::object();
    for (const auto &[name, act] : kActs) {
        ordered_json list = ordered_json::array();
        for (const auto &[word, bit] : kFactors)
            if ((factors.*act & bit) != 0) list.push_back(word);
        json[name] = list;
    }
    return json;
}

Result<Factors> factorsOf(const json &object)
{
    Factors factors;
    for (const auto &[name, act] : kActs) {
        const auto list = object.find(name);
        if (list == object.end() || !list->is_array()) return Error(Errc::badInput, "an act is missing");
        factors.*act = 0;
        for (const json &one : *list) {
            const auto known = std::ranges::find_if(kFactors, [&](const auto &named) { return one == named.first; });
            if (known == kFactors.end()) return Error(Errc::badInput, "no such factor");
            factors.*act = static_cast<std::uint8_t>(factors.*act | known->second);
        }
    }
    HUFU_TRY(named, flagMember(object, "namedCiphertext")); // has to be said, or nothing is changed
    factors.namedCiphertext = named;
    return factors;
}

void addPolicy(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/policy", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_TRY(view, companies.policies.view(actor));
        ordered_json asked = jsonOf(view.asked);
        asked["namedCiphertext"] = view.asked.namedCiphertext;
        return jsonResponse({{"asked", asked}, {"least", jsonOf(view.least)}});
    });
    guard.add(routes, "POST", "/console/v1/policy/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(factors, factorsOf(object));
        HUFU_TRY(waitMs, companies.policies.ask(actor, factors));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/policy/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(factors, factorsOf(object));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, companies.policies.startFace(actor, factors, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/policy/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(factors, factorsOf(object));
        HUFU_CHECK(companies.policies.askShield(actor, factors));
        return noContent();
    });
    guard.add(routes, "PUT", "/console/v1/policy", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(factors, factorsOf(object));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(companies.policies.change(actor, factors, proof));
        return noContent();
    });
}

Answered administrators(Companies &companies, const Actor &actor)
{
    HUFU_TRY(named, companies.administrators.list(actor));
    HUFU_TRY(link, companies.legalLinks.latest(actor, enterprise::Purpose::administrator, actor.person));
    ordered_json list = ordered_json::array();
    for (const auto &one : named)
        list.push_back({{"id", toHex(one.id)}, {"name", one.name}});
    ordered_json last = nullptr;
    if (link) last = linkJson(*link);
    return jsonResponse({{"administrators", list}, {"link", last}});
}

void addAdministrators(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/administrators", [&](const Actor &actor, const Request &) { return administrators(companies, actor); });
    guard.add(routes, "POST", "/console/v1/administrators/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(person, idMember(object, "person"));
        HUFU_TRY(waitMs, companies.administrators.ask(actor, person));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/administrators/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(person, idMember(object, "person"));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, companies.administrators.startFace(actor, person, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/administrators/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(person, idMember(object, "person"));
        HUFU_CHECK(companies.administrators.askShield(actor, person));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/administrators", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(person, idMember(object, "person"));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(companies.administrators.handOver(actor, person, proof));
        return noContent();
    });
    // For oneself, behind the legal representative's identity.
    guard.add(routes, "POST", "/console/v1/administrators/link", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(contact, contactOf(object));
        HUFU_TRY(to, textMember(object, "to"));
        HUFU_TRY(id, companies.legalLinks.send(actor, enterprise::Purpose::administrator, actor.person, contact, to));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
}

} // namespace

void addConsoleRules(Routes &routes, Companies &companies)
{
    addPolicy(routes, companies);
    addAdministrators(routes, companies);
}

} // namespace hufu::server
