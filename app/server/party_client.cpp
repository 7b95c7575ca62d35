#include "app/server/party_client.h"

namespace hufu::server {

net::Response PartyClient::ask(const char *method, const char *path, const nlohmann::json &body) const
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

} // namespace hufu::server
