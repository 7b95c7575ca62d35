// The demo procurement portal (/portal/v1): log-in with an account, 申领 of a certificate, binding of one by scanning, and from
// then on log-in by scanning. Towards Hufu the portal is a relying party like any other (party_client.h).
#pragma once

#include "app/server/party_client.h"
#include "app/server/portal_accounts.h"
#include "app/server/rate.h"

#include <mutex>

namespace hufu::server {

// A person's visit to the portal. One that a certificate has opened lasts as long as that holds: Hufu is asked at each request. Errors: as
// ConsoleGuard::visitOf, notFound also when the certificate holds no more; unavailable.
Result<ConsoleGuard::Visit> portalVisitOf(ConsoleGuard &guard, const PartyClient &party, const net::Request &request);
// What is answered to whoever has none. The cookie is taken away, so that a certificate that holds again lets nobody back in by itself.
net::Response portalStrangerProblem(const Error &error);

class PortalApi {
public:
    // All outlive this.
    PortalApi(const enterprise::Ports &world, ConsoleGuard &guard, PartyClient &party)
        : m_clock(world.clock), m_random(world.random), m_guard(guard), m_party(party), m_accounts(world),
          m_logInScans(world.random, world.clock, guard, party, kPortalScanCookie), m_bindingScans(world.random, world.clock, guard, party, kBindingCookie)
    {}
    void add(Routes &routes);

private:
    static constexpr std::size_t kLogInsAMinute = 10, kLogInsAMinuteOfCaller = 60, kLogInsAMinuteOfAll = 600; // of one account, one network, all
    using Act = std::function<Answered(const std::string &account, const net::Request &)>;
    void addKnown(Routes &routes, const char *method, const char *pattern, Act act, bool isKeyed = false); // as ConsoleGuard::addForApplicant
    void addLogIn(Routes &routes, const char *pattern, bool isNew);
    Answered show(const std::string &account, const net::Request &request);
    Answered apply(const std::string &account, const net::Request &request);
    Answered logInByScan(const net::Request &request);
    Answered bind(const std::string &account, const net::Request &request);
    enterprise::Verdict<nlohmann::ordered_json> bound(const std::string &account);
    Result<bool> isInactive(const std::string &account);
    void tellHufu();

    Result<PartyClient::Approved> believed(PageScans &scans, const net::Request &request, std::string_view owner);

    ports::Clock &m_clock;
    ports::Random &m_random;
    ConsoleGuard &m_guard;
    PartyClient &m_party;
    PortalAccounts m_accounts;
    std::mutex m_telling;
    PageScans m_logInScans, m_bindingScans;
    Rate m_logIns{kLogInsAMinute, kLogInsAMinuteOfAll}, m_callers{kLogInsAMinuteOfCaller, kLogInsAMinuteOfAll * 10};
};

} // namespace hufu::server
