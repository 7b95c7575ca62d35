// 企业认证: how a company shows that the application is its own. Remittance, payment account, papers, link.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

namespace hufu::server {

using enterprise::Contact;
using net::Request;

namespace {

ordered_json jsonOf(const enterprise::Remittance::View &view)
{
    return {{"state", wordOf(kRemittanceStates, view.state)},
            {"step", view.step},
            {"paymentsLeft", view.paymentsLeft},
            {"triesLeft", view.triesLeft},
            {"wrongLeft", view.wrongLeft},
            {"restsUntilMs", view.restsUntilMs},
            {"mayOrderMs", view.mayOrderMs},
            {"waitMs", view.waitMs},
            {"awaitCents", view.awaitCents},
            {"otherCents", view.otherCents},
            {"arrivesByMs", view.arrivesByMs},
            {"holder", view.holder},
            {"bank", view.bank},
            {"province", view.province},
            {"city", view.city},
            {"accountMasked", view.accountMasked},
            {"phoneMasked", view.phoneMasked},
            {"payee", view.payee.account.empty()
                          ? ordered_json(nullptr)
                          : ordered_json{{"holder", view.payee.holder}, {"bank", view.payee.bank}, {"account", view.payee.account}}}};
}

ordered_json jsonOf(const enterprise::Reviews::View &view)
{
    return {{"id", toHex(view.id)},
            {"purpose", wordOf(kPurposes, view.purpose)},
            {"subject", idOrNull(view.subject)},
            {"state", wordOf(kPaperStates, view.state)},
            {"reason", wordOf(kReturnReasons, view.reason)},
            {"submittedMs", view.submittedMs}};
}

Result<enterprise::BankAccount> accountOf(const json &object)
{
    HUFU_TRY(holder, textMember(object, "holder"));
    HUFU_TRY(bank, textMember(object, "bank"));
    HUFU_TRY(province, textMember(object, "province"));
    HUFU_TRY(city, textMember(object, "city"));
    HUFU_TRY(account, textMember(object, "account"));
    HUFU_TRY(phone, textMember(object, "phone"));
    return enterprise::BankAccount{holder, bank, province, city, account, phone};
}

// The seal it is for; none for the company's application.
Result<Id> subjectOf(const json &object)
{
    const auto it = object.find("subject");
    if (it == object.end() || it->is_null()) return Id{};
    return idMember(object, "subject");
}

Answered show(Companies &companies, const Actor &actor)
{
    HUFU_TRY(remittance, companies.remittance.view(actor));
    HUFU_TRY(account, companies.paymentAccounts.stateOf(actor.company));
    HUFU_TRY(link, companies.legalLinks.latest(actor, enterprise::Purpose::authenticate, {}));
    HUFU_TRY(byCodeAlone, companies.facts.isByCodeAlone(actor.company));
    return jsonResponse({{"reason", reasonOf(byCodeAlone)},
                         {"remittance", jsonOf(remittance)},
                         {"paymentAccount", wordOf(kPaymentAccountStates, account)},
                         {"link", link ? linkJson(*link) : ordered_json(nullptr)}});
}

Answered submitPaper(Companies &companies, const Actor &actor, const Request &request)
{
    json object = json::object();
    for (const auto &[name, value] : request.query)
        object[name] = value;
    HUFU_TRY(purpose, wordMember(object, "purpose", kPurposes));
    HUFU_TRY(subject, subjectOf(object));
    HUFU_TRY(id, companies.reviews.submit(actor, purpose, subject, request.body));
    return jsonResponse({{"id", toHex(id)}}, 201);
}

void addRemittance(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "POST", "/console/v1/authentication/remittance", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(account, accountOf(object));
        HUFU_CHECK(companies.remittance.order(actor, account));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/authentication/remittance/look", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_CHECK(companies.remittance.look(actor));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/authentication/remittance/amount", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(cents, numberMember(object, "cents", 1'000'000, 0));
        HUFU_CHECK(companies.remittance.typeAmount(actor, cents));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/authentication/remittance/await", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_CHECK(companies.remittance.await(actor));
        return noContent();
    });
    guard.add(routes, "POST", "/console/v1/authentication/remittance/restart", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_CHECK(companies.remittance.restart(actor));
        return noContent();
    });
}

void addPapers(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/papers", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(views, companies.reviews.list(actor));
        return pageOf(views, request, "papers", [](const auto &view) { return view.id; }, [](const auto &view) { return jsonOf(view); });
    });
    guard.add(
        routes, "POST", "/console/v1/papers", [&](const Actor &actor, const Request &request) { return submitPaper(companies, actor, request); },
        enterprise::Reviews::kPaperMost);
    guard.add(routes, "POST", "/console/v1/papers/{id}/withdraw",
              onOne([&](const Actor &actor, const Id &id) { return companies.reviews.withdraw(actor, id); }));
}

void addLinks(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "POST", "/console/v1/links", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(purpose, wordMember(object, "purpose", kPurposes));
        HUFU_TRY(subject, subjectOf(object));
        HUFU_TRY(contact, contactOf(object));
        HUFU_TRY(to, textMember(object, "to"));
        HUFU_TRY(id, companies.legalLinks.send(actor, purpose, subject, contact, to));
        return jsonResponse({{"id", toHex(id)}}, 201);
    });
    guard.add(routes, "GET", "/console/v1/links/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(state, companies.legalLinks.stateOf(actor, id));
        return jsonResponse({{"state", wordOf(kLinkStates, state)}});
    });
    guard.add(routes, "GET", "/console/v1/links/{id}/confirmation", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(confirmed, companies.legalLinks.confirmation(actor, id));
        return confirmationResponse(companies, confirmed);
    });
    guard.add(routes, "POST", "/console/v1/links/{id}/withdraw",
              onOne([&](const Actor &actor, const Id &id) { return companies.legalLinks.withdraw(actor, id); }));
}

} // namespace

void addConsoleAuthentication(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/authentication", [&](const Actor &actor, const Request &) { return show(companies, actor); });
    addRemittance(routes, companies);
    guard.add(routes, "POST", "/console/v1/authentication/payment-account", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_TRY(task, companies.paymentAccounts.start(actor));
        return jsonResponse({{"address", task.address}});
    });
    guard.add(routes, "POST", "/console/v1/authentication/payment-account/finish", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_CHECK(companies.paymentAccounts.finish(actor));
        return noContent();
    });
    addPapers(routes, companies);
    addLinks(routes, companies);
}

} // namespace hufu::server
