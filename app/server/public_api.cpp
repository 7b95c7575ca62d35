#include "app/server/public_api.h"

#include "app/server/problem.h"

namespace hufu::server {

namespace {

constexpr char kPem[] = "application/x-pem-file";
constexpr char kCrl[] = "application/pkix-crl";

net::Response answerReady(Services &services)
{
    const auto row = services.ledger.read(ports::Table::meta, viewOf("readyz"));
    if (!row || services.watchers.closed()) return problem(503, catalogue::Code::serverStorage);
    return jsonResponse({{"status", "ready"}});
}

net::Response answerList(const Result<x509::RevocationList> &list)
{
    return list ? fileResponse(kCrl, list->der()) : problemOf(list.error());
}

} // namespace

void addPublicApi(Routes &routes, Services &services)
{
    using net::Reply;
    using net::Request;
    // With its clock: a desk whose own is wrong cannot ask for anything that it has to sign. And its version, for the phone's self-test.
    routes.add("GET", "/healthz", [&services](const Request &, const Reply &reply) {
        reply(jsonResponse({{"status", "ok"}, {"timeMs", services.clock.unixMs()}, {"version", HUFU_VERSION}}));
    });
    routes.add("GET", "/readyz",
               [&services](const Request &, const Reply &reply) { reply(answerReady(services)); });
    routes.add("GET", "/ca/root.pem", [&services](const Request &, const Reply &reply) {
        reply(fileResponse(kPem, bytesOf(viewOf(services.authority.root().pem()))));
    });
    routes.add("GET", "/ca/issuing.pem", [&services](const Request &, const Reply &reply) {
        reply(fileResponse(kPem, bytesOf(viewOf(services.authority.issuing().pem()))));
    });
    routes.add("GET", "/ca/issuing.crl", [&services](const Request &, const Reply &reply) {
        reply(answerList(services.authority.revocationList(services.clock.unixMs())));
    });
    routes.add("GET", "/ca/root.crl", [&services](const Request &, const Reply &reply) {
        reply(answerList(services.authority.rootRevocationList(services.clock.unixMs())));
    });
}

} // namespace hufu::server
