#include "app/server/portal_client.h"

#include "app/server/problem.h"
#include "shield/crypto/sm3.h"

#include <compare>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <regex>
#include <string_view>
#include <utility>

namespace hufu::server {

using catalogue::Code;
using net::Reply;
using net::Request;
namespace fs = std::filesystem;

namespace {

constexpr bool isDigit(char one)
{
    return one >= '0' && one <= '9';
}

constexpr bool isLetter(char one)
{
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
}

struct Package {
    fs::path path;
    std::string name, version, architecture;
    std::int64_t dateMs = 0;
    std::uint64_t size = 0;
    friend bool operator==(const Package &, const Package &) = default;
};

// As Debian orders characters: a tilde before the end of the text, which comes before letters, and they before all else.
int weightOf(std::string_view text, std::size_t at)
{
    if (at >= text.size() || isDigit(text[at])) return 0;
    if (text[at] == '~') return -1;
    const int character = static_cast<unsigned char>(text[at]);
    return isLetter(text[at]) ? character : character + 256;
}

// Of an upstream version, or of a revision: runs of others and of digits by turns, digits as numbers.
std::strong_ordering orderOf(std::string_view one, std::string_view other)
{
    std::size_t i = 0, j = 0;
    while (i < one.size() || j < other.size()) {
        while ((i < one.size() && !isDigit(one[i])) || (j < other.size() && !isDigit(other[j]))) {
            if (const auto order = weightOf(one, i) <=> weightOf(other, j); order != 0) return order;
            ++i;
            ++j;
        }
        const auto number = [](std::string_view text, std::size_t &at) {
            while (at < text.size() && text[at] == '0') ++at;
            const std::size_t begin = at;
            while (at < text.size() && isDigit(text[at])) ++at;
            return text.substr(begin, at - begin);
        };
        const std::string_view left = number(one, i), right = number(other, j);
        if (const auto order = left.size() <=> right.size(); order != 0) return order;
        if (const auto order = left <=> right; order != 0) return order;
    }
    return std::strong_ordering::equal;
}

// Debian's order of versions; a name of a package has no epoch.
bool isOlder(std::string_view one, std::string_view other)
{
    const auto split = [](std::string_view version) {
        const std::size_t at = version.rfind('-');
        return at == std::string_view::npos ? std::pair(version, std::string_view()) : std::pair(version.substr(0, at), version.substr(at + 1));
    };
    const auto [upstream, revision] = split(one);
    const auto [otherUpstream, otherRevision] = split(other);
    const auto order = orderOf(upstream, otherUpstream);
    return order != 0 ? order < 0 : orderOf(revision, otherRevision) < 0;
}

// The newest version for each architecture, by its name.
std::map<std::string, Package> newestIn(const fs::path &folder)
{
    static const std::regex form("hufu-desk_([0-9A-Za-z.+~-]{1,40})_([a-z0-9]{1,16})\\.deb");
    std::map<std::string, Package> newest;
    std::error_code failure;
    for (const auto &entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        std::smatch match;
        if (!std::regex_match(name, match, form) || entry.symlink_status(failure).type() != fs::file_type::regular) continue;
        const auto written = fs::last_write_time(entry.path(), failure);
        if (failure) continue;
        const std::uint64_t size = fs::file_size(entry.path(), failure);
        if (failure || size > kClientPackageMost) continue;
        const auto since = std::chrono::file_clock::to_sys(written).time_since_epoch();
        const std::int64_t dateMs = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
        Package one{entry.path(), name, match[1], match[2], dateMs, size};
        const auto there = newest.find(one.architecture);
        if (there == newest.end() || isOlder(there->second.version, one.version)) newest.insert_or_assign(one.architecture, std::move(one));
    }
    return newest;
}

std::optional<Bytes> contentOf(const Package &package)
{
    std::ifstream file(package.path, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return file.bad() || bytes.empty() ? std::nullopt : std::optional(std::move(bytes));
}

// The hashes of the packages that were looked at last, one for each architecture. May be used by several threads.
class Digests {
public:
    std::optional<std::string> of(const Package &package)
    {
        const std::lock_guard lock(m_mutex);
        const auto kept = m_kept.find(package.architecture);
        if (kept != m_kept.end() && kept->second.package == package) return kept->second.hex;
        const auto bytes = contentOf(package);
        if (!bytes) return std::nullopt;
        return m_kept.insert_or_assign(package.architecture, Kept{package, toHex(crypto::sm3(*bytes))}).first->second.hex;
    }

private:
    struct Kept {
        Package package;
        std::string hex;
    };
    std::mutex m_mutex;
    std::map<std::string, Kept> m_kept;
};

} // namespace

void addPortalClient(Routes &routes, const fs::path &folder, ports::Clock &clock, std::function<std::string()> deskLink)
{
    routes.add("GET", "/portal/v1/client", [folder, deskLink = std::move(deskLink), digests = std::make_shared<Digests>()](const Request &, const Reply &reply) {
        auto packages = nlohmann::ordered_json::array();
        for (const auto &[architecture, package] : newestIn(folder))
            if (const auto sm3 = digests->of(package))
                packages.push_back({{"name", package.name},
                                    {"version", package.version},
                                    {"architecture", architecture},
                                    {"dateMs", package.dateMs},
                                    {"size", package.size},
                                    {"sm3", *sm3}});
        reply(jsonResponse({{"deskLink", deskLink()}, {"packages", std::move(packages)}}));
    });
    const auto rate = std::make_shared<Rate>(kDownloadsAMinute, kDownloadsAMinuteOfAll);
    routes.add("GET", "/portal/v1/client/packages/{architecture}", [folder, rate, &clock](const Request &request, const Reply &reply) {
        if (!rate->take(request.caller, clock.monotonicMs())) return reply(problem(429, Code::tooManyRequests));
        const auto newest = newestIn(folder);
        const auto package = newest.find(request.parameters.at("architecture"));
        auto bytes = package != newest.end() ? contentOf(package->second) : std::nullopt;
        if (!bytes) return reply(problem(404, Code::notFound));
        net::Response response = fileResponse("application/vnd.debian.binary-package", std::move(*bytes));
        response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + package->second.name + "\"");
        reply(std::move(response));
    });
}

} // namespace hufu::server
