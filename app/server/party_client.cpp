#include "app/server/party_client.h"

namespace hufu::server {

net::Response PartyClient::ask(const char *method, const std::string &path, const nlohmann::json &body) const
{
    net::Request request;
    request.method = method;
    request.target = request.path = path;
    request.headers = {{"authorization", "Bearer " + m_key}, {"content-type", "application/json"}};
    request.body = bytesOf(viewOf(body.dump()));
    net::Response answer;
    answer.status = 503;
    const auto match = m_router.find(method, path);
    if (match.route == nullptr) return answer;
    request.parameters = match.parameters;
    match.route->handler(request, [&answer](net::Response response) { answer = std::move(response); });
    return answer;
}

Result<void> PartyClient::registerOpening(std::int64_t openingMs, const std::vector<ByteArray<32>> &files) const
{
    nlohmann::json digests = nlohmann::json::array();
    for (const auto &file : files)
        digests.push_back(toHex(file));
    const net::Response answer = ask("POST", "/rp/v1/openings", {{"openingMs", openingMs}, {"files", digests}});
    if (answer.status == 204) return {};
    return answer.status < 500 && answer.status != 429 ? Error(Errc::badInput, "the opening was not taken") : Error(Errc::unavailable, "Hufu does not answer");
}

Result<bool> PartyClient::tell(const ByteArray<32> &bid, const nlohmann::json &how) const
{
    const std::string path = "/rp/v1/bids/" + toHex(bid);
    const net::Response answer = ask("PUT", path, how);
    if (answer.status == 429 || answer.status >= 500) return Error(Errc::unavailable, "Hufu does not answer");
    return answer.status == 204;
}

Result<bool> PartyClient::handIn(const ByteArray<32> &bid) const
{
    return tell(bid, {{"state", "handedIn"}});
}

Result<bool> PartyClient::giveBack(const ByteArray<32> &bid, const std::optional<ByteArray<32>> &successor) const
{
    if (!successor) return tell(bid, {{"state", "withdrawn"}});
    HUFU_TRY(isTaken, tell(bid, {{"state", "replaced"}, {"replacedBy", toHex(*successor)}}));
    return isTaken ? Result<bool>(true) : tell(bid, {{"state", "withdrawn"}}); // the other one may be none that Hufu knows
}

} // namespace hufu::server
