#include "app/server/portal_api.h"

#include "app/server/console_json.h"

namespace hufu::server {

using catalogue::Code;
using net::Reply;
using net::Request;

namespace {

constexpr std::string_view kIssuer = "hufu"; // the one authority whose certificates can be applied for here

} // namespace

Result<ConsoleGuard::Visit> portalVisitOf(ConsoleGuard &guard, const PartyClient &party, const Request &request)
{
    HUFU_TRY(visit, guard.visitOf(request, kPortalCookie));
    if (visit.by.empty()) return std::move(visit);
    HUFU_TRY(id, idOf<16>(visit.by));
    const auto holder = party.holder(id);
    if (!holder && holder.error().code == Errc::unavailable) return holder.error();
    if (!holder || !*holder || !(*holder)->isValid) return Error(Errc::notFound, "nothing to be logged in with any more");
    return std::move(visit);
}

net::Response portalStrangerProblem(const Error &error)
{
    net::Response response = strangerProblem(error);
    if (error.code == Errc::notFound) clearCookie(response, kPortalCookie);
    return response;
}

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
    addKnown(
        routes, "POST", "/portal/v1/bindings", [this](const std::string &account, const Request &request) { return bind(account, request); }, true);
    addKnown(routes, "DELETE", "/portal/v1/bindings", [this](const std::string &account, const Request &) -> Answered {
        HUFU_CHECK(m_accounts.unbind(account));
        tellHufu();
        return noContent();
    });
    addKnown(routes, "POST", "/portal/v1/bindings/scan", [this](const std::string &account, const Request &request) -> Answered {
        return m_bindingScans.start(request, account, {"binding", "CA 证书绑定 Binding: " + account, ""});
    });
    addKnown(routes, "GET", "/portal/v1/bindings/scan",
             [this](const std::string &account, const Request &request) { return m_bindingScans.look(request, account); });
    addKnown(routes, "DELETE", "/portal/v1/bindings/scan",
             [this](const std::string &account, const Request &request) { return m_bindingScans.cancel(request, account); });
    addKnown(routes, "POST", "/portal/v1/bindings/scan/digits",
             [this](const std::string &account, const Request &request) { return m_bindingScans.typeDigits(request, account); });
    routes.add("POST", "/portal/v1/scans", [this](const Request &request, const Reply &reply) { reply(m_logInScans.start(request, {})); });
    m_logInScans.add(routes, "GET", "/portal/v1/scans", [this](const Request &request) { return m_logInScans.look(request, {}); });
    m_logInScans.add(routes, "DELETE", "/portal/v1/scans", [this](const Request &request) { return m_logInScans.cancel(request, {}); });
    m_logInScans.add(routes, "POST", "/portal/v1/scans/digits", [this](const Request &request) { return m_logInScans.typeDigits(request, {}); });
    m_logInScans.add(routes, "POST", "/portal/v1/scans/session", [this](const Request &request) { return logInByScan(request); });
}

void PortalApi::addKnown(Routes &routes, const char *method, const char *pattern, Act act, bool isKeyed)
{
    routes.add(method, pattern, [this, act = std::move(act), isKeyed](const Request &request, const Reply &reply) {
        const auto visit = portalVisitOf(m_guard, m_party, request);
        if (!visit) return reply(portalStrangerProblem(visit.error()));
        const auto answer = [&] {
            auto done = act(visit->whose, request);
            return done ? *std::move(done) : problemOf(done.error());
        };
        net::Response response = isKeyed ? m_guard.once(viewOf("portal " + visit->whose), request, answer) : answer();
        response.headers.emplace_back("Cache-Control", "no-store");
        m_guard.renew(response, kPortalCookie, *visit);
        reply(std::move(response));
    });
}

void PortalApi::addLogIn(Routes &routes, const char *pattern, bool isNew)
{
    routes.add("POST", pattern, [this, isNew](const Request &request, const Reply &reply) {
        if (isForeignOrigin(request)) return reply(problem(403, Code::loggedOut));
        bool tooOften = false;
        const auto opened = [&]() -> Result<ConsoleGuard::OpenedVisit> {
            HUFU_TRY(object, parseObject(request.body));
            HUFU_TRY(name, textMember(object, "account"));
            HUFU_TRY(password, textMember(object, "password"));
            // By network first, so that one of them does not use up what all have; by account, since whoever tries passwords has many networks.
            const std::int64_t nowMs = m_clock.monotonicMs();
            tooOften = !m_callers.take(request.caller, nowMs) || !m_logIns.take(name, nowMs);
            if (tooOften) return Error(Errc::refused, "too many tries");
            HUFU_CHECK(isNew ? m_accounts.add(name, password) : m_accounts.check(name, password));
            return m_guard.openVisit(kPortalCookie, name);
        }();
        if (tooOften) return reply(problem(429, Code::tooManyRequests));
        if (!opened) {
            if (opened.error().code == Errc::refused) return reply(problem(401, Code::accountWrong));
            if (isNew && opened.error().code == Errc::badState) return reply(problem(409, Code::accountNameTaken));
            return reply(problemOf(opened.error()));
        }
        net::Response response = noContent();
        response.status = 201;
        setCookie(response, kPortalCookie, opened->cookie, ConsoleGuard::kWholeMs);
        reply(std::move(response));
    });
}

Answered PortalApi::show(const std::string &account, const Request &request)
{
    HUFU_TRY(binding, bound(account));
    tellHufu();
    const auto inactive = binding.is_null() ? isInactive(account) : Result<bool>(false);
    if (!inactive) return inactive.error();
    HUFU_TRY(visit, m_guard.visitOf(request, kPortalCookie));
    return jsonResponse({{"csrf", visit.csrf},
                         {"account", account},
                         {"issuers", ordered_json::array({kIssuer})},
                         {"certificate", binding},
                         {"inactive", *inactive}});
}

// Who was bound and let go of here: it stands in the log of the person's company. What Hufu does not take now it is told later.
void PortalApi::tellHufu()
{
    const std::lock_guard lock(m_telling); // a word that is read here arrives before the next one of the same person
    const auto words = m_accounts.untold();
    for (const PortalAccounts::Word &word : words ? *words : std::vector<PortalAccounts::Word>()) {
        const auto taken = word.certificate == enterprise::Id{} ? m_party.tellReleased(word.person) : m_party.tellBound(word.person, word.certificate);
        if (taken) (void)m_accounts.told(word); // one that stays is told again, and holds up no other
    }
}

// Whether a certificate is bound of which Hufu tells nothing, since it is suspended or the person disabled.
Result<bool> PortalApi::isInactive(const std::string &account)
{
    HUFU_TRY(binding, m_accounts.bindingOf(account));
    return binding ? m_party.isInactive(binding->certificate) : Result<bool>(false);
}

// Hands the company over to the console, as any platform does.
Answered PortalApi::apply(const std::string &account, const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    HUFU_TRY(issuer, textMember(object, "issuer"));
    if (issuer != kIssuer) return Error(Errc::notFound, "no such issuer");
    HUFU_TRY(console, m_party.handOver(account, toHex(m_random.bytes<16>("hand-over-key"))));
    return jsonResponse({{"console", console}}, 201);
}

// The certificate of whoever is bound. A renewed one is bound by itself: what is bound is its holder, who had to prove again to be
// the same person.
enterprise::Verdict<ordered_json> PortalApi::bound(const std::string &account)
{
    HUFU_TRY(binding, m_accounts.bindingOf(account));
    if (!binding) return ordered_json(nullptr);
    HUFU_TRY(known, m_party.holderOfSerial(binding->certificate));
    if (!known) { // bound before the portal kept serial numbers
        HUFU_TRY(person, m_party.holder(binding->person));
        known = std::move(person);
    }
    if (!known) return ordered_json(nullptr);
    const x509::Certificate &certificate = known->certificate;
    HUFU_TRY(serial, fixedBytes<16>(certificate.serial()));
    if (serial != binding->certificate) {
        binding->certificate = serial;
        HUFU_CHECK(m_accounts.bind(account, *binding));
    }
    return ordered_json{{"name", certificate.subject().commonName},
                        {"company", certificate.subject().organization},
                        {"serial", toHex(certificate.serial())},
                        {"notBeforeMs", certificate.notBeforeMs()},
                        {"notAfterMs", certificate.notAfterMs()},
                        {"valid", known->isValid},
                        {"boundMs", binding->boundMs}};
}

// Who has approved the scan of this browser; once. Errors: as PageScans::scanOf and PartyClient::approved.
Result<PartyClient::Approved> PortalApi::believed(PageScans &scans, const Request &request, std::string_view owner)
{
    HUFU_TRY(scan, scans.scanOf(request, owner));
    HUFU_TRY(approved, m_party.approved(scan.token, scan.manifestSm3, m_clock.unixMs()));
    HUFU_CHECK(m_accounts.believe(approved.nonce));
    return std::move(approved);
}

Answered PortalApi::bind(const std::string &account, const Request &request)
{
    HUFU_TRY(approved, believed(m_bindingScans, request, account));
    HUFU_CHECK(m_accounts.bind(account, {approved.certificate, approved.holder, m_clock.unixMs()}));
    HUFU_TRY(certificate, bound(account));
    tellHufu();
    net::Response response = jsonResponse({{"certificate", certificate}}, 201);
    m_bindingScans.forget(response);
    return response;
}

Answered PortalApi::logInByScan(const Request &request)
{
    HUFU_TRY(approved, believed(m_logInScans, request, {}));
    HUFU_TRY(account, m_accounts.accountOf(approved.holder));
    HUFU_TRY(visit, m_guard.openVisit(kPortalCookie, account, toHex(approved.holder)));
    net::Response response = noContent();
    response.status = 201;
    setCookie(response, kPortalCookie, visit.cookie, ConsoleGuard::kWholeMs);
    m_logInScans.forget(response);
    return response;
}

} // namespace hufu::server
