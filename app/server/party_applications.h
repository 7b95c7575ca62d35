// A company that a relying party hands over to the console (/rp/v1/applications), and the visit that the link for it opens. The link
// is for the browser of the one person who is logged in at the platform: it is good once and for a short time, and its ticket stands
// behind the #, so that it is in no server's log.
#pragma once

#include "app/server/console_guard.h"
#include "shield/enterprise/application.h"
#include "shield/enterprise/facts.h"
#include "shield/sessions/sessions.h"

namespace hufu::server {

class PartyApplications {
public:
    static constexpr std::int64_t kValidMs = 10 * 60'000; // of a link

    // console: the address of its page. first: the id of the platform whose accounts began applications before others could, under their bare
    // names. All outlive this.
    PartyApplications(const enterprise::Ports &world, sessions::Sessions &sessions, ConsoleGuard &guard, enterprise::Applications &applications,
                      enterprise::Facts &facts, std::string console, std::string first)
        : m_world(world), m_sessions(sessions), m_guard(guard), m_applications(applications), m_facts(facts), m_console(std::move(console)), m_first(std::move(first)),
          m_idempotency(world.ledger, world.masterKey, world.clock)
    {}
    void addForParties(Routes &routes);
    void addForPages(Routes &routes);

private:
    Answered handOver(const sessions::RelyingParty &party, const net::Request &request);
    Answered begin(const sessions::RelyingParty &party, const nlohmann::json &body);
    Answered visit(const net::Request &request);
    Result<std::string> newTicket(const enterprise::Id &application);
    // Of the application whose ticket it is; once. Denied: linkInvalid.
    enterprise::Verdict<enterprise::Id> take(std::string_view ticket);

    enterprise::Ports m_world;
    sessions::Sessions &m_sessions;
    ConsoleGuard &m_guard;
    enterprise::Applications &m_applications;
    enterprise::Facts &m_facts;
    std::string m_console, m_first;
    Idempotency m_idempotency;
};

} // namespace hufu::server
