// The demo portal as a relying party: it speaks with Hufu through the public end points (/rp/v1) and its own key alone, as any
// integrator's backend does. Only the way is short: no socket, since both are one process.
#pragma once

#include "platform/net/router.h"

#include <nlohmann/json.hpp>

namespace hufu::server {

class PartyClient {
public:
    // router: with the public end points of relying parties. key: of the portal.
    PartyClient(net::Router router, std::string key) : m_router(std::move(router)), m_key(std::move(key)) {}

    // POST /rp/v1/openings: these files are opened then. Errors: badInput (as the server says), unavailable.
    Result<void> registerOpening(std::int64_t openingMs, const std::vector<ByteArray<32>> &files) const;

private:
    // Returns: the answer, which those end points give at once.
    net::Response ask(const char *method, const char *path, const nlohmann::json &body) const;

    net::Router m_router;
    std::string m_key;
};

} // namespace hufu::server
