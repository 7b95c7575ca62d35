#include "app/server/console_scan.h"

#include "app/server/console_json.h"

namespace hufu::server {

using net::Request;

void ConsoleScan::add(Routes &routes)
{
    routes.add("POST", "/console/v1/scans", [this](const Request &request, const net::Reply &reply) { reply(m_scans.start(request, {})); });
    m_scans.add(routes, "GET", "/console/v1/scans", [this](const Request &request) { return m_scans.look(request, {}); });
    m_scans.add(routes, "DELETE", "/console/v1/scans", [this](const Request &request) { return m_scans.cancel(request, {}); });
    m_scans.add(routes, "POST", "/console/v1/scans/digits", [this](const Request &request) { return m_scans.typeDigits(request, {}); });
    m_scans.add(routes, "POST", "/console/v1/scans/session", [this](const Request &request) { return logIn(request); });
}

Answered ConsoleScan::logIn(const Request &request)
{
    HUFU_TRY(holder, m_scans.take(request, {}));
    HUFU_TRY(opened, m_console.openByShield({holder.companyId, holder.personId}, holder.acct));
    net::Response response = openedResponse(opened, request);
    m_scans.forget(response);
    return response;
}

} // namespace hufu::server
