#include "app/server/company_api.h"

#include <algorithm>
#include <array>

namespace hufu::server {

namespace {

using catalogue::Code;
using enterprise::Actor;
using enterprise::Denied;
using enterprise::Id;
using enterprise::Verdict;
using net::Reply;
using net::Request;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kStaffPage = 100;

int statusOf(Denied denied)
{
    switch (denied) {
    case Denied::roleMissing:
    case Denied::companyUnverified:
        return 403;
    case Denied::smsTooOften:
    case Denied::factsTooOften:
    case Denied::identityTooOften:
        return 429;
    case Denied::smsWrong:
        return 401;
    case Denied::agreementMissing:
    case Denied::quantityInvalid:
    case Denied::invoiceInvalid:
        return 422;
    default:
        return 409;
    }
}

// --- JSON in: a member that is missing, of another type or out of range is badInput ---------------------------------

Result<std::string> optionalText(const json &object, const char *name)
{
    return object.contains(name) ? textMember(object, name) : Result<std::string>(std::string());
}

Result<std::int64_t> numberMember(const json &object, const char *name, std::int64_t most, std::int64_t otherwise)
{
    const auto it = object.find(name);
    if (it == object.end()) return otherwise;
    if (!it->is_number_unsigned() || it->get<std::uint64_t>() > static_cast<std::uint64_t>(most))
        return Error(Errc::badInput, "a member is no number, or too large");
    return it->get<std::int64_t>();
}

Result<Id> idMember(const json &value)
{
    if (!value.is_string()) return Error(Errc::badInput, "an identifier is text");
    return idOf<16>(value.get<std::string>());
}

constexpr std::array<std::pair<std::string_view, std::uint8_t>, 4> kRoles = {
    {{"administrator", enterprise::role::kAdministrator},
     {"seal-administrator", enterprise::role::kSealAdministrator},
     {"approver", enterprise::role::kApprover},
     {"bid-staff", enterprise::role::kBidStaff}}};

Result<enterprise::Staff::Entry> entryOf(const json &object)
{
    enterprise::Staff::Entry entry;
    HUFU_TRY(name, textMember(object, "name"));
    HUFU_TRY(phone, textMember(object, "phoneNumber"));
    HUFU_TRY(number, textMember(object, "staffNumber"));
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
        if (known == kRoles.end()) return Error(Errc::badInput, "no such role");
        entry.roles = static_cast<std::uint8_t>(entry.roles | known->second);
    }
    return entry;
}

Result<std::vector<enterprise::Agreement>> agreementsOf(const json &object)
{
    std::vector<enterprise::Agreement> agreements;
    const auto it = object.find("agreements");
    if (it == object.end()) return agreements;
    if (!it->is_array() || it->size() > 16) return Error(Errc::badInput, "agreements");
    for (const json &one : *it) {
        if (!one.is_object()) return Error(Errc::badInput, "agreement");
        HUFU_TRY(id, textMember(one, "id"));
        HUFU_TRY(version, numberMember(one, "version", 1'000'000, 0));
        agreements.push_back({id, static_cast<std::uint32_t>(version)});
    }
    return agreements;
}

Result<enterprise::OrderRequest> orderOf(const json &object)
{
    using enterprise::OrderKind;
    enterprise::OrderRequest request;
    HUFU_TRY(kind, textMember(object, "kind"));
    if (kind != "seats" && kind != "renewal" && kind != "topUp") return Error(Errc::badInput, "kind of order");
    request.kind = kind == "seats" ? OrderKind::seats : kind == "renewal" ? OrderKind::renewal : OrderKind::topUp;
    HUFU_TRY(years, numberMember(object, "years", 1000, 1));
    HUFU_TRY(quantity, numberMember(object, "quantity", 1'000'000, 0));
    HUFU_TRY(cents, numberMember(object, "topUpCents", std::int64_t{1} << 50, 0));
    HUFU_TRY(buyerName, textMember(object, "buyerName"));
    HUFU_TRY(buyerCode, textMember(object, "buyerCode"));
    HUFU_TRY(agreements, agreementsOf(object));
    request.years = static_cast<std::uint32_t>(years);
    request.quantity = static_cast<std::uint32_t>(quantity);
    request.topUpCents = cents;
    request.buyerName = buyerName;
    request.buyerCode = buyerCode;
    request.agreements = agreements;
    if (const auto seats = object.find("seats"); seats != object.end()) {
        if (!seats->is_array()) return Error(Errc::badInput, "seats");
        for (const json &seat : *seats) {
            HUFU_TRY(id, idMember(seat));
            request.seats.push_back(id);
        }
        if (request.kind == OrderKind::renewal) request.quantity = static_cast<std::uint32_t>(request.seats.size());
    }
    return request;
}

Result<enterprise::Invoice> invoiceOf(const json &object)
{
    HUFU_TRY(title, textMember(object, "title"));
    HUFU_TRY(taxCode, textMember(object, "taxCode"));
    HUFU_TRY(mail, textMember(object, "mail"));
    HUFU_TRY(bank, optionalText(object, "bank"));
    HUFU_TRY(account, optionalText(object, "account"));
    const auto special = object.find("special");
    if (special != object.end() && !special->is_boolean()) return Error(Errc::badInput, "special");
    return enterprise::Invoice{special != object.end() && special->get<bool>(), title, taxCode, mail, bank, account};
}

// --- JSON out ---------------------------------------------------------------------------------------------------------

std::string_view nameOf(enterprise::StaffState state)
{
    switch (state) {
    case enterprise::StaffState::active: return "active";
    case enterprise::StaffState::disabled: return "disabled";
    case enterprise::StaffState::removed: return "removed";
    }
    return "removed";
}

std::string_view nameOf(enterprise::GrantState state)
{
    switch (state) {
    case enterprise::GrantState::open: return "open";
    case enterprise::GrantState::proved: return "proved";
    case enterprise::GrantState::keyed: return "keyed";
    case enterprise::GrantState::active: return "active";
    case enterprise::GrantState::suspended: return "suspended";
    case enterprise::GrantState::ended: return "ended";
    }
    return "ended";
}

std::string_view nameOf(enterprise::OrderState state)
{
    switch (state) {
    case enterprise::OrderState::open: return "open";
    case enterprise::OrderState::paid: return "paid";
    case enterprise::OrderState::cancelled: return "cancelled";
    case enterprise::OrderState::expired: return "expired";
    }
    return "expired";
}

std::string_view nameOf(enterprise::OrderKind kind)
{
    switch (kind) {
    case enterprise::OrderKind::seats: return "seats";
    case enterprise::OrderKind::renewal: return "renewal";
    case enterprise::OrderKind::topUp: return "topUp";
    }
    return "seats";
}

std::string_view nameOf(enterprise::WalletReason reason)
{
    switch (reason) {
    case enterprise::WalletReason::topUp: return "topUp";
    case enterprise::WalletReason::spent: return "spent";
    case enterprise::WalletReason::leftOver: return "leftOver";
    }
    return "leftOver";
}

ordered_json idOrNull(const Id &id)
{
    return id == Id{} ? ordered_json(nullptr) : ordered_json(toHex(id));
}

ordered_json jsonOf(const enterprise::Staff::View &view)
{
    ordered_json roles = ordered_json::array();
    for (const auto &[name, bit] : kRoles)
        if ((view.roles & bit) != 0) roles.push_back(name);
    return {{"id", toHex(view.id)},           {"name", view.name},             {"phoneMasked", view.phoneMasked},
            {"staffNumber", view.staffNumber}, {"department", view.department}, {"state", nameOf(view.state)},
            {"roles", roles}};
}

ordered_json jsonOf(const enterprise::Seats::View &view)
{
    return {{"id", toHex(view.id)},
            {"person", idOrNull(view.person)},
            {"validUntilMs", view.validUntilMs},
            {"changesLeft", view.changesLeft},
            {"over", view.over},
            {"endsBeforeOpening", view.endsBeforeOpening}};
}

ordered_json jsonOf(const enterprise::Orders::View &view)
{
    return {{"id", toHex(view.id)},
            {"kind", nameOf(view.kind)},
            {"state", nameOf(view.state)},
            {"quantity", view.quantity},
            {"years", view.years},
            {"unitCents", view.price.unitCents},
            {"discountCents", view.price.discountCents},
            {"totalCents", view.price.totalCents},
            {"madeMs", view.madeMs},
            {"expiresMs", view.expiresMs},
            {"paidMs", view.paidMs},
            {"invoiceAsked", view.invoiceAsked}};
}

// --- who asks ---------------------------------------------------------------------------------------------------------

Result<enterprise::ConsoleToken> tokenOf(const Request &request)
{
    static constexpr std::string_view kBearer = "Bearer ";
    const auto header = request.header("authorization");
    if (!header || !header->starts_with(kBearer)) return Error(Errc::notFound, "no token");
    return idOf<32>(header->substr(kBearer.size()));
}

// An act of somebody who is logged in: gives the answer, or a failure of the registry.
using Act = std::function<Verdict<net::Response>(const Actor &, const Request &)>;

void addAct(Routes &routes, Companies &companies, const char *method, const char *pattern, Act act)
{
    routes.add(method, pattern, [&companies, act = std::move(act)](const Request &request, const Reply &reply) {
        const auto token = tokenOf(request);
        if (!token) return reply(problem(401, Code::unauthorised));
        const auto actor = companies.console.actorOf(*token);
        if (!actor)
            return reply(actor.error().code == Errc::notFound ? problem(401, Code::unauthorised) : problemOf(actor.error()));
        auto answer = act(*actor, request);
        reply(answer ? *std::move(answer) : problemOf(answer.error()));
    });
}

Result<Id> idIn(const Request &request)
{
    return idOf<16>(request.parameters.at("id"));
}

// An act on one thing that answers nothing: POST …/{id}/verb.
template <typename Verb> Act onOne(Verb verb)
{
    return [verb](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_CHECK(verb(actor, id));
        return noContent();
    };
}

void addLogIn(Routes &routes, Companies &companies)
{
    routes.add("POST", "/console/v1/codes", [&companies](const Request &request, const Reply &reply) {
        const auto asked = [&]() -> Result<std::int64_t> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(code, textMember(object, "creditCode"));
            HUFU_TRY(phone, textMember(object, "phoneNumber"));
            return companies.console.askCode(code, phone);
        }();
        reply(asked ? jsonResponse({{"resendAfterMs", *asked}}) : problemOf(asked.error()));
    });
    routes.add("POST", "/console/v1/sessions", [&companies](const Request &request, const Reply &reply) {
        const auto opened = [&]() -> Verdict<enterprise::ConsoleSessions::Opened> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(code, textMember(object, "creditCode"));
            HUFU_TRY(phone, textMember(object, "phoneNumber"));
            HUFU_TRY(digits, textMember(object, "code"));
            return companies.console.open(code, phone, digits);
        }();
        if (!opened) return reply(problemOf(opened.error()));
        reply(jsonResponse({{"token", toHex(opened->token)},
                            {"person", toHex(opened->actor.person)},
                            {"expiresMs", opened->expiresMs}},
                           201));
    });
    routes.add("DELETE", "/console/v1/sessions", [&companies](const Request &request, const Reply &reply) {
        const auto token = tokenOf(request);
        if (!token || !companies.console.actorOf(*token)) return reply(problem(401, Code::unauthorised));
        const auto closed = companies.console.close(*token);
        reply(closed ? noContent() : problemOf(closed.error()));
    });
}

void addStaff(Routes &routes, Companies &companies)
{
    addAct(routes, companies, "GET", "/console/v1/staff", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        Id after{};
        if (const auto it = request.query.find("after"); it != request.query.end()) {
            HUFU_TRY(id, idOf<16>(it->second));
            after = id;
        }
        HUFU_TRY(views, companies.staff.list(actor, after, kStaffPage));
        ordered_json staff = ordered_json::array();
        for (const auto &view : views)
            staff.push_back(jsonOf(view));
        return jsonResponse({{"staff", staff}, {"next", idOrNull(views.size() == kStaffPage ? views.back().id : Id{})}});
    });
    addAct(routes, companies, "POST", "/console/v1/staff", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(entry, entryOf(object));
        HUFU_TRY(id, companies.staff.add(actor, entry));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    addAct(routes, companies, "PUT", "/console/v1/staff/{id}", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(entry, entryOf(object));
        HUFU_CHECK(companies.staff.change(actor, id, entry));
        return noContent();
    });
    addAct(routes, companies, "DELETE", "/console/v1/staff/{id}",
           onOne([&](const Actor &actor, const Id &id) { return companies.staff.remove(actor, id); }));
    addAct(routes, companies, "POST", "/console/v1/staff/{id}/disable",
           onOne([&](const Actor &actor, const Id &id) { return companies.staff.disable(actor, id); }));
    addAct(routes, companies, "POST", "/console/v1/staff/{id}/enable",
           onOne([&](const Actor &actor, const Id &id) { return companies.staff.enable(actor, id); }));
}

void addGrants(Routes &routes, Companies &companies)
{
    addAct(routes, companies, "GET", "/console/v1/seats", [&](const Actor &actor, const Request &) -> Verdict<net::Response> {
        HUFU_TRY(views, companies.seats.list(actor));
        ordered_json seats = ordered_json::array();
        for (const auto &view : views)
            seats.push_back(jsonOf(view));
        return jsonResponse({{"seats", seats}});
    });
    addAct(routes, companies, "GET", "/console/v1/grants", [&](const Actor &actor, const Request &) -> Verdict<net::Response> {
        HUFU_TRY(views, companies.grants.list(actor));
        ordered_json grants = ordered_json::array();
        for (const auto &view : views)
            grants.push_back({{"id", toHex(view.grant)},
                              {"person", toHex(view.person)},
                              {"seat", toHex(view.seat)},
                              {"state", nameOf(view.state)}});
        return jsonResponse({{"grants", grants}});
    });
    addAct(routes, companies, "POST", "/console/v1/grants", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(text, textMember(object, "person"));
        HUFU_TRY(person, idOf<16>(text));
        HUFU_TRY(opened, companies.grants.give(actor, person));
        return jsonResponse({{"id", toHex(opened.grant)}, {"activationCode", toHex(opened.code)}}, 201);
    });
    addAct(routes, companies, "POST", "/console/v1/grants/{id}/code", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(code, companies.grants.renewCode(actor, id));
        return jsonResponse({{"activationCode", toHex(code)}});
    });
    addAct(routes, companies, "POST", "/console/v1/grants/{id}/suspend",
           onOne([&](const Actor &actor, const Id &id) { return companies.grants.suspend(actor, id); }));
    addAct(routes, companies, "POST", "/console/v1/grants/{id}/resume",
           onOne([&](const Actor &actor, const Id &id) { return companies.grants.resume(actor, id); }));
    addAct(routes, companies, "GET", "/console/v1/grants/{id}/hand-over",
           [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
               HUFU_TRY(id, idIn(request));
               HUFU_TRY(bids, companies.grants.handOver(actor, id));
               ordered_json list = ordered_json::array();
               for (const auto &bid : bids)
                   list.push_back({{"project", bid.project},
                                   {"openingMs", bid.openingMs},
                                   {"othersWhoCanOpen", bid.othersWhoCanOpen}});
               return jsonResponse({{"sealedBids", list}});
           });
    addAct(routes, companies, "POST", "/console/v1/grants/{id}/end", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        const auto looked = object.find("handOverSeen");
        if (looked == object.end() || !looked->is_boolean()) return Error(Errc::badInput, "handOverSeen");
        HUFU_CHECK(companies.grants.end(actor, id, looked->get<bool>()));
        return noContent();
    });
}

void addOrders(Routes &routes, Companies &companies)
{
    addAct(routes, companies, "GET", "/console/v1/orders", [&](const Actor &actor, const Request &) -> Verdict<net::Response> {
        HUFU_TRY(views, companies.orders.list(actor));
        ordered_json orders = ordered_json::array();
        for (const auto &view : views)
            orders.push_back(jsonOf(view));
        return jsonResponse({{"orders", orders}});
    });
    addAct(routes, companies, "POST", "/console/v1/orders", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(key, textMember(object, "idempotencyKey"));
        HUFU_TRY(order, orderOf(object));
        HUFU_TRY(id, companies.orders.place(actor, order, key));
        HUFU_TRY(view, companies.orders.view(actor, id));
        return jsonResponse(jsonOf(view), 201);
    });
    addAct(routes, companies, "GET", "/console/v1/orders/{id}", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(view, companies.orders.view(actor, id));
        return jsonResponse(jsonOf(view));
    });
    addAct(routes, companies, "POST", "/console/v1/orders/{id}/payment", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(address, companies.orders.startPayment(actor, id));
        return jsonResponse({{"address", address}});
    });
    addAct(routes, companies, "POST", "/console/v1/orders/{id}/balance",
           onOne([&](const Actor &actor, const Id &id) { return companies.orders.payFromBalance(actor, id); }));
    addAct(routes, companies, "POST", "/console/v1/orders/{id}/cancel",
           onOne([&](const Actor &actor, const Id &id) { return companies.orders.cancel(actor, id); }));
    addAct(routes, companies, "POST", "/console/v1/orders/{id}/invoice", [&](const Actor &actor, const Request &request) -> Verdict<net::Response> {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(invoice, invoiceOf(object));
        HUFU_CHECK(companies.orders.askInvoice(actor, id, invoice));
        return noContent();
    });
    addAct(routes, companies, "GET", "/console/v1/wallet", [&](const Actor &actor, const Request &) -> Verdict<net::Response> {
        HUFU_TRY(view, companies.wallet.view(actor));
        ordered_json entries = ordered_json::array();
        for (const auto &entry : view.entries)
            entries.push_back({{"reason", nameOf(entry.reason)},
                               {"order", toHex(entry.order)},
                               {"cents", entry.cents},
                               {"balanceCents", entry.balanceCents},
                               {"timeMs", entry.timeMs}});
        return jsonResponse({{"balanceCents", view.balanceCents}, {"entries", entries}});
    });
}

} // namespace

net::Response problemOf(const enterprise::Failure &failure)
{
    const auto denied = failure.denied();
    if (!denied) return problemOf(failure.cause());
    const auto code = catalogue::codeOf(static_cast<std::uint16_t>(*denied));
    return problem(statusOf(*denied), code.value_or(Code::wrongState));
}

void addCompanyApi(Routes &routes, Companies &companies)
{
    addLogIn(routes, companies);
    addStaff(routes, companies);
    addGrants(routes, companies);
    addOrders(routes, companies);
}

} // namespace hufu::server
