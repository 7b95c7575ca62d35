#include "app/server/portal_client.h"

#include "app/server/problem.h"
#include "shield/crypto/sm3.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <regex>

namespace hufu::server {

using catalogue::Code;
using net::Reply;
using net::Request;
namespace fs = std::filesystem;

namespace {

struct Package {
    fs::path path;
    std::string name, version, architecture;
    std::int64_t dateMs = 0;
    std::uint64_t size = 0;
    friend bool operator==(const Package &, const Package &) = default;
};

std::optional<Package> newestIn(const fs::path &folder)
{
    static const std::regex form("hufu-desk_([0-9A-Za-z.+~-]{1,40})_([a-z0-9]{1,16})\\.deb");
    std::optional<Package> newest;
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
        if (!newest || dateMs > newest->dateMs) newest = Package{entry.path(), name, match[1], match[2], dateMs, size};
    }
    return newest;
}

std::optional<Bytes> contentOf(const Package &package)
{
    std::ifstream file(package.path, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return file.bad() || bytes.empty() ? std::nullopt : std::optional(std::move(bytes));
}

// The hash of the package that was looked at last. May be used by several threads.
class Digest {
public:
    std::optional<std::string> of(const Package &package)
    {
        const std::lock_guard lock(m_mutex);
        if (m_package == package) return m_hex;
        const auto bytes = contentOf(package);
        if (!bytes) return std::nullopt;
        m_hex = toHex(crypto::sm3(*bytes));
        m_package = package;
        return m_hex;
    }

private:
    std::mutex m_mutex;
    std::optional<Package> m_package;
    std::string m_hex;
};

} // namespace

void addPortalClient(Routes &routes, const fs::path &folder, ports::Clock &clock, std::function<std::string()> deskLink)
{
    routes.add("GET", "/portal/v1/client", [folder, deskLink = std::move(deskLink), digest = std::make_shared<Digest>()](const Request &, const Reply &reply) {
        const auto package = newestIn(folder);
        const auto sm3 = package ? digest->of(*package) : std::nullopt;
        if (!sm3) return reply(jsonResponse({{"deskLink", deskLink()}, {"package", nullptr}}));
        reply(jsonResponse({{"deskLink", deskLink()},
                            {"package",
                             {{"name", package->name},
                              {"version", package->version},
                              {"architecture", package->architecture},
                              {"dateMs", package->dateMs},
                              {"size", package->size},
                              {"sm3", *sm3}}}}));
    });
    const auto rate = std::make_shared<Rate>(kDownloadsAMinute, kDownloadsAMinuteOfAll);
    routes.add("GET", "/portal/v1/client/package", [folder, rate, &clock](const Request &request, const Reply &reply) {
        if (!rate->take(request.caller, clock.monotonicMs())) return reply(problem(429, Code::tooManyRequests));
        const auto package = newestIn(folder);
        auto bytes = package ? contentOf(*package) : std::nullopt;
        if (!bytes) return reply(problem(404, Code::notFound));
        net::Response response = fileResponse("application/vnd.debian.binary-package", std::move(*bytes));
        response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + package->name + "\"");
        reply(std::move(response));
    });
}

} // namespace hufu::server
