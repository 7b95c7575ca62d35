// 组织机构: people, their roles, and lists of them.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

#include <algorithm>

namespace hufu::server {

using net::Request;

namespace {

constexpr std::size_t kListMost = 256 * 1024;

Result<enterprise::Staff::Entry> entryOf(const json &object)
{
    enterprise::Staff::Entry entry;
    HUFU_TRY(name, textMember(object, "name"));
    HUFU_TRY(phone, optionalText(object, "phoneNumber")); // of somebody new it must be there: fitting() says so
    HUFU_TRY(number, optionalText(object, "staffNumber"));
    HUFU_TRY(birthday, optionalText(object, "birthday"));
    HUFU_TRY(department, optionalText(object, "department"));
    entry.person = {name, phone, birthday, number};
    entry.department = department;
    const auto roles = object.find("roles");
    if (roles == object.end()) return entry;
    if (!roles->is_array()) return Error(Errc::badInput, "roles");
    entry.roles = 0;
    for (const json &role : *roles) {
        const auto known = std::find_if(kRoles.begin(), kRoles.end(), [&](const auto &named) { return role == named.first; });
        if (known == kRoles.end()) return Error(Errc::badInput, "roles");
        entry.roles = static_cast<std::uint8_t>(entry.roles | known->second);
    }
    return entry;
}

enterprise::Verdict<Id> withProof(Companies &companies, const Actor &actor, const enterprise::Administrators::Change &change, const json &object)
{
    HUFU_TRY(proof, proofOf(object));
    return companies.administrators.apply(actor, change, proof);
}

// done: of an act that nothing was shown for. Whoever has a shield is told to confirm with it, and of no code.
template <typename T> enterprise::Verdict<T> unproved(Companies &companies, const Actor &actor, enterprise::Verdict<T> done)
{
    if (done.denied() != enterprise::Denied::smsExpired) return done;
    HUFU_TRY(isByShield, companies.confirmations.isByShield(actor));
    if (isByShield) return enterprise::Denied::shieldWanted;
    return done;
}

// In: the body, as the act itself will have it. person: zero, somebody new.
Answered askCode(Companies &companies, const Actor &actor, const Id &person, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(entry, entryOf(object));
    HUFU_TRY(waitMs, companies.administrators.ask(actor, enterprise::Administrators::Change{person, entry}));
    return jsonResponse({{"resendAfterMs", waitMs}});
}

Answered startFace(Companies &companies, const Actor &actor, const Id &person, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(entry, entryOf(object));
    HUFU_TRY(provider, providerOf(object));
    HUFU_TRY(task, companies.administrators.startFace(actor, enterprise::Administrators::Change{person, entry}, provider));
    return faceResponse(task);
}

Answered askShield(Companies &companies, const Actor &actor, const Id &person, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(entry, entryOf(object));
    HUFU_CHECK(companies.administrators.askShield(actor, enterprise::Administrators::Change{person, entry}));
    return noContent();
}

using Standing = enterprise::Administrators::Standing;

// In: {"act"} of whoever is disabled, enabled or leaves.
Result<Standing> standingOf(const Request &request)
{
    HUFU_TRY(id, idIn(request));
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(act, wordMember(object, "act", kStandingActs));
    return Standing{id, act};
}

// Only the standing of an administrator is confirmed, and that of who leaves with a certificate; whose else it is needs no body.
enterprise::Verdict<enterprise::Administration> administrationOf(Companies &companies, const Actor &actor, const Standing &standing, const Request &request)
{
    const auto object = parseObject(request.body);
    if (!object || !isProved(*object)) return enterprise::Administration::keeps;
    HUFU_TRY(proof, proofOf(*object));
    return companies.administrators.confirmStanding(actor, standing, proof);
}

void addStanding(Routes &routes, Companies &companies)
{
    using enterprise::StaffAct;
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "POST", "/console/v1/staff/{id}/standing/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(standing, standingOf(request));
        HUFU_TRY(waitMs, companies.administrators.ask(actor, standing));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/standing/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(standing, standingOf(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, companies.administrators.startFace(actor, standing, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/standing/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(standing, standingOf(request));
        HUFU_CHECK(companies.administrators.askShield(actor, standing));
        return noContent();
    });
    guard.add(routes, "DELETE", "/console/v1/staff/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(administration, administrationOf(companies, actor, {id, StaffAct::remove}, request));
        HUFU_CHECK(unproved(companies, actor, companies.staff.remove(actor, id, administration)));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/leave", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(looked, flagMember(object, "handOverSeen"));
        HUFU_TRY(project, optionalText(object, "project"));
        HUFU_TRY(state, companies.leaving.stateOf(actor, id));
        if (state == enterprise::StaffState::removed) return noContent(); // the first answer was lost, and what confirmed it is spent
        HUFU_TRY(administration, administrationOf(companies, actor, {id, StaffAct::remove}, request));
        HUFU_CHECK(unproved(companies, actor, companies.leaving.leave(actor, id, looked, project, administration)));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/disable", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(look, lookIn(request));
        HUFU_CHECK(companies.leaving.mayDisable(actor, id, look.isDone, look.project));
        HUFU_TRY(administration, administrationOf(companies, actor, {id, StaffAct::disable}, request));
        HUFU_CHECK(unproved(companies, actor, companies.leaving.disable(actor, id, look.isDone, look.project, administration)));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/enable", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(administration, administrationOf(companies, actor, {id, StaffAct::enable}, request));
        HUFU_CHECK(unproved(companies, actor, companies.staff.enable(actor, id, administration)));
        return noContent();
    });
}

ordered_json jsonOf(const enterprise::Staff::View &view)
{
    return {{"id", toHex(view.id)},
            {"name", view.name},
            {"phoneMasked", view.phoneMasked},
            {"staffNumber", view.staffNumber},
            {"department", view.department},
            {"state", wordOf(kStaffStates, view.state)},
            {"roles", rolesOf(view.roles)}};
}

Answered list(Companies &companies, const Actor &actor, const Request &request)
{
    Id after{};
    if (const auto it = request.query.find("after"); it != request.query.end()) {
        HUFU_TRY(id, idOf<16>(it->second));
        after = id;
    }
    HUFU_TRY(views, companies.staff.list(actor, after, kPage));
    ordered_json staff = ordered_json::array();
    for (const auto &view : views)
        staff.push_back(jsonOf(view));
    return jsonResponse({{"staff", staff}, {"next", idOrNull(views.size() == kPage ? views.back().id : Id{})}});
}

ordered_json jsonOf(const enterprise::Leaving::View &view)
{
    ordered_json json = handOverJson(view.handOver);
    json["grant"] = view.grant ? ordered_json(toHex(*view.grant)) : ordered_json(nullptr);
    ordered_json seals = ordered_json::array();
    for (const auto &grant : view.seals)
        seals.push_back(sealGrantJson(grant));
    json["sealGrants"] = seals;
    return json;
}

// Nothing is kept: what is shown is what was sent, with its faults.
Answered previewList(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(people, enterprise::previewStaff(companies.staff, actor, textOf(request.body)));
    ordered_json lines = ordered_json::array();
    for (const auto &person : people) {
        ordered_json faults = ordered_json::array();
        for (const auto &[word, bit] : kListFaults)
            if ((person.faults & bit) != 0) faults.push_back(word);
        lines.push_back({{"line", person.line},
                         {"name", person.entry.person.name},
                         {"phoneNumber", person.entry.person.phoneNumber},
                         {"staffNumber", person.entry.person.staffNumber},
                         {"department", person.entry.department},
                         {"roles", rolesOf(person.entry.roles)},
                         {"text", person.text},
                         {"faults", faults}});
    }
    return jsonResponse({{"people", lines}});
}

} // namespace

void addConsoleStaff(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/staff", [&](const Actor &actor, const Request &request) { return list(companies, actor, request); });
    guard.add(routes, "GET", "/console/v1/people", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(names, companies.staff.names(actor));
        return pageOf(names, request, "people", [](const auto &one) { return one.id; },
                      [](const auto &one) { return ordered_json{{"id", toHex(one.id)}, {"name", one.name}, {"department", one.department}}; });
    });
    guard.add(routes, "POST", "/console/v1/staff", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(entry, entryOf(object));
        HUFU_TRY(id, isProved(object) ? withProof(companies, actor, {{}, entry}, object) : unproved(companies, actor, companies.staff.add(actor, entry)));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    guard.add(routes, "POST", "/console/v1/staff/code", [&](const Actor &actor, const Request &request) { return askCode(companies, actor, {}, request); });
    guard.add(routes, "POST", "/console/v1/staff/face", [&](const Actor &actor, const Request &request) { return startFace(companies, actor, {}, request); });
    guard.add(routes, "POST", "/console/v1/staff/shield", [&](const Actor &actor, const Request &request) { return askShield(companies, actor, {}, request); });
    guard.add(
        routes, "POST", "/console/v1/staff-list/preview",
        [&](const Actor &actor, const Request &request) { return previewList(companies, actor, request); }, kListMost);
    guard.add(
        routes, "POST", "/console/v1/staff-list",
        [&](const Actor &actor, const Request &request) -> Answered {
            HUFU_TRY(ids, enterprise::importStaff(companies.staff, actor, textOf(request.body)));
            return jsonResponse({{"added", ids.size()}}, 201);
        },
        kListMost);
    guard.add(routes, "PUT", "/console/v1/staff/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(entry, entryOf(object));
        if (isProved(object)) HUFU_CHECK(withProof(companies, actor, {id, entry}, object));
        else HUFU_CHECK(unproved(companies, actor, companies.staff.change(actor, id, entry)));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        return askCode(companies, actor, id, request);
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        return startFace(companies, actor, id, request);
    });
    guard.add(routes, "POST", "/console/v1/staff/{id}/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        return askShield(companies, actor, id, request);
    });
    guard.add(routes, "GET", "/console/v1/staff/{id}/leaving", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(view, companies.leaving.look(actor, id));
        return jsonResponse(jsonOf(view));
    });
    addStanding(routes, companies);
}

} // namespace hufu::server
