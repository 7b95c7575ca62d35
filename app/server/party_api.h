// The end points for a relying party's backend, which is known by its key.
#pragma once

#include "app/server/rate.h"
#include "app/server/routes.h"
#include "app/server/services.h"

namespace hufu::server {

// What a relying party asks, and how it is answered.
using PartyAct = std::function<void(const sessions::RelyingParty &, const net::Request &, const net::Reply &)>;
// An end point for relying parties alone: whoever brings no key of one gets 401.
void addForParty(Routes &routes, sessions::Sessions &sessions, const char *method, const char *pattern, PartyAct act);

class PartyApi {
public:
    explicit PartyApi(Services &services) : m_services(services) {}
    void add(Routes &routes);

private:
    void addKnown(Routes &routes, const char *method, const char *pattern, PartyAct act) { addForParty(routes, m_services.sessions, method, pattern, std::move(act)); }

    net::Response startSession(const sessions::RelyingParty &party, const net::Request &request);
    net::Response registerOpening(const sessions::RelyingParty &party, const net::Request &request);
    net::Response tellOfBid(const sessions::RelyingParty &party, const net::Request &request);
    net::Response tellOfBinding(const sessions::RelyingParty &party, const net::Request &request);
    net::Response frame(const sessions::RelyingParty &party, const net::Request &request);
    net::Response cancel(const sessions::RelyingParty &party, const net::Request &request);
    net::Response holderOfSerial(const net::Request &request);
    net::Response holder(const net::Request &request);

    static constexpr std::size_t kBindingWordsAMinute = 20, kBindingWordsAMinuteOfAll = 6'000; // of one person by one party, all
    Services &m_services;
    Rate m_bindingWords{kBindingWordsAMinute, kBindingWordsAMinuteOfAll};
};

} // namespace hufu::server
