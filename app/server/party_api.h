// The end points for a relying party's backend, which is known by its key.
#pragma once

#include "app/server/routes.h"
#include "app/server/services.h"

namespace hufu::server {

class PartyApi {
public:
    explicit PartyApi(Services &services) : m_services(services) {}
    void add(Routes &routes);

private:
    using Known = std::function<void(const sessions::RelyingParty &, const net::Request &, const net::Reply &)>;
    void addKnown(Routes &routes, const char *method, const char *pattern, Known handler);

    net::Response startSession(const sessions::RelyingParty &party, const net::Request &request);
    net::Response registerOpening(const sessions::RelyingParty &party, const net::Request &request);
    net::Response tellOfBid(const sessions::RelyingParty &party, const net::Request &request);
    net::Response frame(const sessions::RelyingParty &party, const net::Request &request);
    net::Response cancel(const sessions::RelyingParty &party, const net::Request &request);
    net::Response holderOfSerial(const net::Request &request);
    net::Response holder(const net::Request &request);

    Services &m_services;
};

} // namespace hufu::server
