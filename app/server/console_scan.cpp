#include "app/server/console_scan.h"

#include "app/server/console_json.h"
#include "app/server/session_json.h"
#include "shield/crypto/sm3.h"

namespace hufu::server {

using net::Request;

Result<ScanSource::Begun> ConsoleScan::Source::start(const intent::Project &, const std::string &idempotencyKey)
{
    HUFU_TRY(session, m_services.sessions.startFromPage(kConsoleParty, viewOf(ordered_json{{"act", "login"}}.dump()), idempotencyKey));
    return Begun{session.token, crypto::sm3(session.manifest), session.expiresMs};
}

Result<ScanSource::View> ConsoleScan::Source::look(const sessions::Token &token)
{
    HUFU_TRY(view, m_services.sessions.look(kConsoleParty.origin(), token));
    return View{nameOf(view.state), view.digitsWanted, view.changesMs};
}

Result<std::string> ConsoleScan::Source::frame(const sessions::Token &token)
{
    return m_services.sessions.pageFrame(kConsoleParty.origin(), token);
}

net::Response ConsoleScan::Source::typeDigits(const sessions::Token &token, const Request &request)
{
    return answerDigits(m_services, kConsoleParty.origin(), token, request);
}

Result<void> ConsoleScan::Source::cancel(const sessions::Token &token)
{
    HUFU_CHECK(m_services.sessions.cancel(kConsoleParty.origin(), token));
    m_services.watchers.changed(token);
    return {};
}

Result<enterprise::Holder> ConsoleScan::Source::take(const sessions::Token &token)
{
    HUFU_TRY(acct, m_services.sessions.takeLogin(kConsoleParty.origin(), token));
    return m_services.enterprise.holderOf(acct);
}

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
    HUFU_TRY(scan, m_scans.scanOf(request, {}));
    HUFU_TRY(holder, m_source.take(scan.token));
    HUFU_TRY(opened, m_console.openByShield({holder.companyId, holder.personId}, holder.acct));
    net::Response response = openedResponse(opened, request);
    m_scans.forget(response);
    return response;
}

} // namespace hufu::server
