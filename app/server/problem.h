// Answers in JSON, failures as RFC 9457 problem documents with a code of the catalogue.
#pragma once

#include "app/catalogue/catalogue.h"
#include "platform/net/http.h"

#include <nlohmann/json.hpp>

namespace hufu::server {

net::Response jsonResponse(const nlohmann::ordered_json &body, int status = 200);
net::Response noContent();
net::Response fileResponse(std::string contentType, Bytes body);

// {"type","title","status","detail","code":"HF-nnn","titleZh","detailZh","steps","stepsZh"}; field: the member of the request that
// does not fit, told as "errors":[{"field"}].
net::Response problem(int status, catalogue::Code code, std::string_view field = {});
// Of an error "unavailable": a service outside is away, or our own storage.
catalogue::Code codeOfUnavailable(const Error &error);
// What an error of the core means to an HTTP client. A badInput whose text is one word names the member, as the API calls it.
net::Response problemOf(const Error &error);
// What the HTTP server refuses by itself.
net::Response problemOfStatus(int status);

// A JSON object that is not nested deeper than any of ours. Errors: badInput.
Result<nlohmann::json> parseObject(ByteView body);
// A member of type string. Errors: badInput, also if the member is missing.
Result<std::string> textMember(const nlohmann::json &object, Literal name);

// Errors: notFound: whoever asks for a thing by another name gets the same answer as for one that is not there.
template <std::size_t N> Result<ByteArray<N>> idOf(std::string_view hex)
{
    const auto bytes = fromHex(hex);
    if (!bytes || bytes->size() != N) return Error(Errc::notFound, "not an identifier");
    return fixedBytes<N>(*bytes);
}

} // namespace hufu::server
