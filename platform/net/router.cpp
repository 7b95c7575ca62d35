#include "platform/net/router.h"

#include <algorithm>

namespace hufu::net {

namespace {

std::vector<std::string> segmentsOf(std::string_view path)
{
    std::vector<std::string> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    while (true) {
        const std::size_t end = path.find('/');
        segments.emplace_back(path.substr(0, end));
        if (end == std::string_view::npos) return segments;
        path.remove_prefix(end + 1);
    }
}

bool isParameter(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// The parameters if the pattern fits.
std::optional<std::map<std::string, std::string>> fit(const std::vector<std::string> &pattern,
                                                      const std::vector<std::string> &segments)
{
    if (pattern.size() != segments.size()) return std::nullopt;
    std::map<std::string, std::string> parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (isParameter(pattern[i])) {
            if (segments[i].empty()) return std::nullopt;
            parameters[pattern[i].substr(1, pattern[i].size() - 2)] = segments[i];
        } else if (pattern[i] != segments[i]) {
            return std::nullopt;
        }
    }
    return parameters;
}

Result<std::string> unescape(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] == '%') {
            if (text.size() - i < 3) return Error(Errc::badInput, "escape cut off");
            HUFU_TRY(byte, fromHex(text.substr(i + 1, 2)));
            out += static_cast<char>(byte.front());
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

std::optional<std::string_view> Request::header(std::string_view lowerCaseName) const
{
    std::optional<std::string_view> found;
    for (const auto &[name, value] : headers) {
        if (name != lowerCaseName) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

void Router::add(std::string_view method, std::string_view pattern, Handler handler, std::size_t bodyMax)
{
    m_routes.push_back({std::string(method), segmentsOf(pattern), bodyMax, std::move(handler)});
}

void Router::addSocket(std::string_view path, SocketFactory factory)
{
    m_sockets.emplace(path, std::move(factory));
}

Router::Match Router::find(std::string_view method, std::string_view path) const
{
    Match match;
    const std::vector<std::string> segments = segmentsOf(path);
    for (const Route &route : m_routes) {
        auto parameters = fit(route.pattern, segments);
        if (!parameters) continue;
        match.pathKnown = true;
        if (route.method == method) {
            match.route = &route;
            match.parameters = std::move(*parameters);
            return match;
        }
        match.allowed += (match.allowed.empty() ? "" : ", ") + route.method;
    }
    return match;
}

const SocketFactory *Router::findSocket(std::string_view path) const
{
    const auto it = m_sockets.find(path);
    return it == m_sockets.end() ? nullptr : &it->second;
}

std::size_t Router::largestBody() const
{
    std::size_t largest = limits::kBodyMax;
    for (const Route &route : m_routes)
        largest = std::max(largest, route.bodyMax);
    return largest;
}

Result<void> splitTarget(Request &request)
{
    const std::string_view target = request.target;
    if (!target.starts_with('/')) return Error(Errc::badInput, "not a path");
    if (std::ranges::any_of(target, [](char c) { return c <= ' ' || c == '#' || c > '~'; }))
        return Error(Errc::badInput, "a character that a target cannot have");
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query.clear();
    std::string_view rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = std::min(part.find('='), part.size());
        HUFU_TRY(name, unescape(part.substr(0, equals)));
        HUFU_TRY(value, unescape(part.substr(std::min(equals + 1, part.size()))));
        if (!request.query.emplace(name, value).second) return Error(Errc::badInput, "a query name twice");
    }
    return {};
}

} // namespace hufu::net
