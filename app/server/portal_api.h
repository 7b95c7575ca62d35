// The demo procurement portal (/portal/v1): log-in with an account, 申领 of a certificate, binding of one by scanning.
#pragma once

#include "app/server/company_api.h"
#include "app/server/portal_accounts.h"
#include "app/server/rate.h"
#include "app/server/services.h"

namespace hufu::server {

class PortalApi {
public:
    // party: as whom the portal asks for a log-in by scanning. All outlive this.
    PortalApi(Services &services, Companies &companies, sessions::RelyingParty party)
        : m_services(services), m_companies(companies), m_party(std::move(party)), m_accounts(companies.world)
    {}
    void add(Routes &routes);

private:
    static constexpr std::size_t kLogInsAMinute = 10, kLogInsAMinuteOfAll = 600; // of one account, of all
    using Act = std::function<Answered(const std::string &account, const net::Request &)>;
    void addKnown(Routes &routes, const char *method, const char *pattern, Act act);
    void addLogIn(Routes &routes, const char *pattern, bool isNew);
    Answered show(const std::string &account, const net::Request &request);
    Answered apply(const std::string &account, const net::Request &request);
    Answered startBinding();
    Answered lookAtBinding(const std::string &account, const net::Request &request);
    Answered typeDigits(const net::Request &request);
    Answered frame(const net::Request &request);
    Result<nlohmann::ordered_json> bound(const std::string &account);

    Services &m_services;
    Companies &m_companies;
    sessions::RelyingParty m_party;
    PortalAccounts m_accounts;
    Rate m_logIns{kLogInsAMinute, kLogInsAMinuteOfAll};
};

} // namespace hufu::server
