// 申领: the handling person and the company's facts, for a company that the portal has handed over.
#include "app/server/console_json.h"
#include "app/server/console_names.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/row.h"

namespace hufu::server {

using net::Request;

namespace {

// Of the browser in which the person's identity was checked: with the check's ticket while it runs, without once it has passed. An
// application can be open in more browsers, that of whoever sent the link to it among them; only this one is let in without a code.
constexpr std::string_view kIdentityCookie = "__Host-hufu-identity";

std::string checkOf(const Id &application, std::string_view ticket)
{
    return toHex(application) + toHex(crypto::sm3(viewOf(ticket)));
}

// What is done is done, whether or not it can be kept: without, a code is asked for later.
void keepIdentity(Companies &companies, net::Response &response, std::string_view whose)
{
    if (const auto opened = companies.guard.openVisit(kIdentityCookie, whose)) setCookie(response, kIdentityCookie, opened->cookie, ConsoleGuard::kIdleMs);
}

// Errors: unavailable.
Result<bool> hasIdentity(Companies &companies, const Request &request, std::string_view whose)
{
    const auto visit = companies.guard.besideVisitOf(request, kIdentityCookie);
    if (!visit && visit.error().code == Errc::unavailable) return visit.error();
    return visit && visit->whose == whose;
}

// Whether the check that runs was begun in this browser. Errors: notFound; unavailable.
Result<bool> hasBegunCheck(Companies &companies, const Id &application, const Request &request)
{
    HUFU_TRY(transaction, companies.world.ledger.begin());
    HUFU_TRY(row, enterprise::loadRow<enterprise::ApplicationRow>(*transaction, ports::Table::application, enterprise::applicationKey(application)));
    transaction.reset();
    return hasIdentity(companies, request, checkOf(application, row.ticket));
}

template <std::size_t N> ordered_json bitsOf(const Words<std::uint8_t, N> &words, std::uint8_t bits)
{
    ordered_json list = ordered_json::array();
    for (const auto &[word, bit] : words)
        if ((bits & bit) != 0) list.push_back(word);
    return list;
}

ordered_json jsonOf(const std::vector<enterprise::Agreement> &agreements)
{
    ordered_json list = ordered_json::array();
    for (const auto &agreement : agreements)
        list.push_back({{"id", agreement.id}, {"version", agreement.version}});
    return list;
}

Result<std::uint8_t> consentOf(const json &object)
{
    const auto it = object.find("consent");
    if (it == object.end() || !it->is_array()) return Error(Errc::badInput, "consent");
    std::uint8_t bits = 0;
    for (const json &item : *it) {
        std::uint8_t bit = 0;
        for (const auto &[word, one] : kConsents)
            if (item == word) bit = one;
        if (bit == 0) return Error(Errc::badInput, "consent");
        bits = static_cast<std::uint8_t>(bits | bit);
    }
    return bits;
}

Result<enterprise::HandlingPerson> personOf(const json &object)
{
    const auto it = object.find("person");
    if (it == object.end() || !it->is_object()) return Error(Errc::badInput, "person");
    HUFU_TRY(name, textMember(*it, "name"));
    HUFU_TRY(idNumber, textMember(*it, "idNumber"));
    HUFU_TRY(mobile, textMember(*it, "mobileNumber"));
    return enterprise::HandlingPerson{name, idNumber, mobile};
}

Result<enterprise::CompanyFacts> factsOf(const json &object)
{
    enterprise::CompanyFacts facts;
    HUFU_TRY(kind, wordMember(object, "kind", kCompanyKinds));
    HUFU_TRY(name, textMember(object, "name"));
    HUFU_TRY(code, textMember(object, "code"));
    HUFU_TRY(legalName, textMember(object, "legalName"));
    HUFU_TRY(legalIdNumber, textMember(object, "legalIdNumber"));
    return enterprise::CompanyFacts{kind, name, code, legalName, legalIdNumber};
}

Answered show(Companies &companies, const Id &application, const Request &request)
{
    HUFU_TRY(view, companies.applications.view(application));
    HUFU_TRY(facts, companies.facts.stateOf(application));
    HUFU_TRY(handed, companies.facts.handed(application));
    ordered_json services = ordered_json::array();
    for (const std::uint8_t service : companies.identityServices)
        services.push_back(service);
    using enterprise::IdentityMethod;
    HUFU_TRY(visit, companies.guard.visitOf(request, kApplicantCookie));
    return jsonResponse({{"csrf", visit.csrf},
                         {"state", wordOf(kApplicationStates, view.state)},
                         {"verified", view.verified},
                         {"contact", view.contact == enterprise::Contact::phone ? "phone" : "mail"},
                         {"contactMasked", view.contactMasked},
                         {"nameMasked", view.nameMasked},
                         {"idNumberMasked", view.idNumberMasked},
                         {"method", wordOf(kIdentityMethods, view.method)},
                         {"provider", view.provider},
                         {"facts", wordOf(kFactsStates, facts)},
                         {"handed", handed ? ordered_json{{"kind", wordOf(kCompanyKinds, handed->kind)}, {"name", handed->name}, {"code", handed->code}} : ordered_json(nullptr)},
                         {"agreements", jsonOf(enterprise::applicationAgreements())},
                         {"consentFace", bitsOf(kConsents, enterprise::consent::neededFor(IdentityMethod::face))},
                         {"consentSms", bitsOf(kConsents, enterprise::consent::neededFor(IdentityMethod::sms))},
                         {"identityServices", services}});
}

Answered submitFacts(Companies &companies, const Id &application, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(facts, factsOf(object));
    HUFU_TRY(answer, companies.facts.submit(application, facts));
    net::Response response = jsonResponse({{"state", wordOf(kFactsStates, answer.state)},
                                           {"mismatched", bitsOf(kFacts, answer.mismatched)},
                                           {"code", answer.why ? ordered_json(hfOf(*answer.why)) : ordered_json(nullptr)},
                                           {"verified", answer.verified},
                                           {"reason", reasonOf(answer.byCodeAlone)}});
    if (answer.state != enterprise::FactsState::matched) return response;
    // Identified here, and a moment ago: the person is at the console at once. From any other browser it takes a code to the person's number.
    HUFU_TRY(isHere, hasIdentity(companies, request, toHex(application)));
    if (!isHere) return response;
    HUFU_TRY(opened, companies.console.openForApplicant(application));
    setCookie(response, kConsoleCookie, toHex(opened.token), enterprise::ConsoleSessions::kWholeMs);
    return response;
}

} // namespace

void addConsoleApplication(Routes &routes, Companies &companies)
{
    ConsoleGuard &guard = companies.guard;
    guard.addForApplicant(routes, "GET", "/console/v1/application",
                          [&](const Id &application, const Request &request) { return show(companies, application, request); });
    guard.addForApplicant(routes, "POST", "/console/v1/application/code", [&](const Id &application, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(contact, contactOf(object));
        HUFU_TRY(to, textMember(object, "to"));
        HUFU_TRY(waitMs, companies.applications.sendCode(application, contact, to));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.addForApplicant(routes, "POST", "/console/v1/application/contact", [&](const Id &application, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(digits, textMember(object, "code"));
        HUFU_TRY(to, optionalText(object, "to"));
        HUFU_CHECK(companies.applications.proveContact(application, digits, to));
        return noContent();
    });
    guard.addForApplicant(routes, "POST", "/console/v1/application/mobile-code", [&](const Id &application, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(mobileNumber, textMember(object, "mobileNumber"));
        HUFU_TRY(waitMs, companies.applications.sendMobileCode(application, mobileNumber));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.addForApplicant(routes, "POST", "/console/v1/application/consent", [&](const Id &application, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(agreements, agreementsOf(object));
        HUFU_TRY(consent, consentOf(object));
        HUFU_TRY(method, wordMember(object, "method", kIdentityMethods));
        HUFU_TRY(person, personOf(object));
        HUFU_TRY(mobileCode, optionalText(object, "mobileCode"));
        HUFU_CHECK(companies.applications.consent(application, agreements, consent, method, person, mobileCode));
        return noContent();
    });
    guard.addForApplicant(routes, "POST", "/console/v1/application/identity", [&](const Id &application, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, numberMember(object, "provider", 255, 0));
        HUFU_TRY(task, companies.applications.startIdentity(application, static_cast<std::uint8_t>(provider)));
        net::Response response = jsonResponse({{"address", task.address.empty() ? ordered_json(nullptr) : ordered_json(task.address)}, {"resendAfterMs", task.resendAfterMs}});
        keepIdentity(companies, response, checkOf(application, task.ticket));
        return response;
    });
    guard.addForApplicant(routes, "POST", "/console/v1/application/identity/finish",
                          [&](const Id &application, const Request &request) -> Answered {
                              HUFU_TRY(object, parseObject(request.body));
                              HUFU_TRY(digits, optionalText(object, "code"));
                              HUFU_TRY(isHere, hasBegunCheck(companies, application, request));
                              HUFU_CHECK(companies.applications.finishIdentity(application, digits));
                              net::Response response = noContent();
                              if (isHere) keepIdentity(companies, response, toHex(application));
                              return response;
                          });
    guard.addForApplicant(routes, "POST", "/console/v1/application/facts",
                          [&](const Id &application, const Request &request) { return submitFacts(companies, application, request); });
    guard.addForApplicant(routes, "POST", "/console/v1/application/withdraw", [&](const Id &application, const Request &) -> Answered {
        HUFU_CHECK(companies.applications.withdraw(application));
        net::Response response = noContent();
        clearCookie(response, kApplicantCookie);
        clearCookie(response, kConsoleCookie); // where the company was at the console already
        return response;
    });
    // A company that is not verified yet cannot be named at the log-in: its applicant comes back through the portal.
    guard.addForApplicant(routes, "POST", "/console/v1/application/log-in/code", [&](const Id &application, const Request &) -> Answered {
        HUFU_TRY(waitMs, companies.console.askCodeForApplicant(application));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.addForApplicant(routes, "POST", "/console/v1/application/log-in", [&](const Id &application, const Request &request) -> Answered {
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(digits, textMember(object, "code"));
        HUFU_TRY(opened, companies.console.openForApplicant(application, digits));
        net::Response response = noContent();
        setCookie(response, kConsoleCookie, toHex(opened.token), enterprise::ConsoleSessions::kWholeMs);
        return response;
    }, false);
}

} // namespace hufu::server
