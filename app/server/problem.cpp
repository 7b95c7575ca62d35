#include "app/server/problem.h"

#include "shield/ports/outside.h"

#include <algorithm>

namespace hufu::server {

namespace {

using catalogue::Code;

constexpr int kDepthMost = 12;

int depthOf(ByteView text)
{
    int depth = 0, deepest = 0;
    bool inString = false, escaped = false;
    for (const std::uint8_t c : text) {
        if (inString) {
            if (!escaped && c == '"') inString = false;
            escaped = !escaped && c == '\\';
            continue;
        }
        if (c == '"') inString = true;
        if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
        if (c == '}' || c == ']') --depth;
    }
    return deepest;
}

// The name of a member, and no sentence.
std::string_view fieldOf(std::string_view text)
{
    const bool isWord = !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    return isWord ? text : std::string_view();
}

Bytes bytesOfJson(const nlohmann::ordered_json &json)
{
    return bytesOf(viewOf(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)));
}

} // namespace

net::Response jsonResponse(const nlohmann::ordered_json &body, int status)
{
    net::Response response;
    response.status = status;
    response.body = bytesOfJson(body);
    return response;
}

net::Response noContent()
{
    net::Response response;
    response.status = 204;
    response.contentType.clear();
    return response;
}

net::Response fileResponse(std::string contentType, Bytes body)
{
    net::Response response;
    response.contentType = std::move(contentType);
    response.body = std::move(body);
    return response;
}

net::Response problem(int status, Code code, std::string_view field)
{
    const catalogue::Entry &entry = catalogue::entryOf(code);
    const std::string name = catalogue::codeText(code);
    nlohmann::ordered_json body{{"type", "urn:hufu:problem:" + name},
                                {"title", entry.titleEn},
                                {"status", status},
                                {"detail", entry.causeEn},
                                {"code", name},
                                {"steps", entry.stepsEn},
                                {"titleZh", entry.titleZh},
                                {"detailZh", entry.causeZh},
                                {"stepsZh", entry.stepsZh}};
    if (!field.empty()) body["errors"] = nlohmann::ordered_json::array({{{"field", field}}});
    net::Response response = jsonResponse(body, status);
    response.contentType = "application/problem+json";
    return response;
}

Code codeOfUnavailable(const Error &error)
{
    return ports::isServiceAway(error) ? Code::serviceDown : Code::serverStorage;
}

net::Response problemOf(const Error &error)
{
    switch (error.code) {
    case Errc::badInput:
        return problem(400, Code::malformed, fieldOf(error.what.text()));
    case Errc::badState:
        return problem(409, Code::wrongState);
    case Errc::notFound:
        return problem(404, Code::notFound);
    case Errc::refused:
        return problem(403, Code::manifestRefused);
    case Errc::wrongPin:
        return problem(403, Code::wrongPin);
    case Errc::locked:
        return problem(429, Code::tooManyRequests);
    case Errc::expired:
        return problem(410, Code::sessionExpired);
    case Errc::replayed:
        return problem(409, Code::frameReplayed);
    case Errc::tampered:
        return problem(422, Code::manifestRefused);
    case Errc::unavailable:
        return problem(503, codeOfUnavailable(error));
    case Errc::internal:
        return problem(500, Code::internal);
    }
    return problem(500, Code::internal);
}

net::Response problemOfStatus(int status)
{
    switch (status) {
    case 403:
        return problem(status, Code::unauthorised);
    case 404:
        return problem(status, Code::notFound);
    case 405:
        return problem(status, Code::wrongMethod);
    case 413:
    case 431:
        return problem(status, Code::tooLarge);
    case 500:
        return problem(status, Code::internal);
    case 503:
        return problem(status, Code::serverStorage);
    default:
        return problem(status, Code::malformed);
    }
}

Result<nlohmann::json> parseObject(ByteView body)
{
    if (depthOf(body) > kDepthMost) return Error(Errc::badInput, "nested too deeply");
    auto object = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!object.is_object()) return Error(Errc::badInput, "not a JSON object");
    return object;
}

Result<std::string> textMember(const nlohmann::json &object, Literal name)
{
    const auto it = object.find(name.text());
    if (it == object.end() || !it->is_string()) return Error(Errc::badInput, name);
    return it->get<std::string>();
}

} // namespace hufu::server
