// The demo portal as a relying party: it speaks with Hufu through the public end points (/rp/v1) and its own key alone, as any
// integrator's backend does. Only the way is short: no socket, since both are one process.
#pragma once

#include "platform/net/router.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace hufu::server {

class PartyClient {
public:
    // router: with the public end points of relying parties. key: of the portal.
    PartyClient(net::Router router, std::string key) : m_router(std::move(router)), m_key(std::move(key)) {}

    // POST /rp/v1/openings: these files are opened then. Errors: badInput (as the server says), unavailable.
    Result<void> registerOpening(std::int64_t openingMs, const std::vector<ByteArray<32>> &files) const;
    // PUT /rp/v1/bids/{id}: it was handed in here, or it was given back, replaced by another. Returns: whether Hufu has taken it so; it
    // knows no bid that an older desk has sealed. Errors: unavailable.
    Result<bool> handIn(const ByteArray<32> &bid) const;
    Result<bool> giveBack(const ByteArray<32> &bid, const std::optional<ByteArray<32>> &successor) const;

private:
    // Returns: the answer, which those end points give at once.
    net::Response ask(const char *method, const std::string &path, const nlohmann::json &body) const;
    Result<bool> tell(const ByteArray<32> &bid, const nlohmann::json &how) const;

    net::Router m_router;
    std::string m_key;
};

} // namespace hufu::server
