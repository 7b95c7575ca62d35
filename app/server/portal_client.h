// The desktop client for download: the packages that the operator has laid into a folder, one for each architecture.
#pragma once

#include "app/server/rate.h"
#include "app/server/routes.h"
#include "shield/ports/clock.h"

#include <filesystem>
#include <functional>
#include <string>

namespace hufu::server {

inline constexpr std::uint64_t kClientPackageMost = std::uint64_t{64} << 20;

inline constexpr std::size_t kDownloadsAMinute = 6, kDownloadsAMinuteOfAll = 60; // of one network, of all: nobody has to log in

// GET /portal/v1/client says what there is and where the server is, GET /portal/v1/client/packages/ARCHITECTURE gives one. In: folder, looked at for each
// request: of hufu-desk_VERSION_ARCHITECTURE.deb in it, the newest version for each architecture. One is read to say what it is only when it is another one.
// deskLink: what a desk is told its server by, asked for with each request.
void addPortalClient(Routes &routes, const std::filesystem::path &folder, ports::Clock &clock, std::function<std::string()> deskLink);

} // namespace hufu::server
