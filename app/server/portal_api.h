// The demo procurement portal (/portal/v1): log-in with an account, 申领 of a certificate, binding of one by scanning, and from
// then on log-in by scanning.
#pragma once

#include "app/server/page_scans.h"
#include "app/server/portal_accounts.h"
#include "app/server/rate.h"
#include "shield/enterprise/application.h"

namespace hufu::server {

class PortalApi {
public:
    // party: as whom the portal asks for a log-in by scanning. All outlive this.
    PortalApi(Services &services, const enterprise::Ports &world, ConsoleGuard &guard, enterprise::Applications &applications,
              const sessions::RelyingParty &party)
        : m_services(services), m_guard(guard), m_applications(applications), m_accounts(world),
          m_logInScans(services, guard, party, kPortalScanCookie), m_bindingScans(services, guard, party, kBindingCookie)
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

    Services &m_services;
    ConsoleGuard &m_guard;
    enterprise::Applications &m_applications;
    PortalAccounts m_accounts;
    PageScans m_logInScans, m_bindingScans;
    Rate m_logIns{kLogInsAMinute, kLogInsAMinuteOfAll}, m_callers{kLogInsAMinuteOfCaller, kLogInsAMinuteOfAll * 10};
};

} // namespace hufu::server
