// The desktop client for download: the one package that the operator has laid into a folder.
#pragma once

#include "app/server/routes.h"

#include <filesystem>

namespace hufu::server {

inline constexpr std::uint64_t kClientPackageMost = std::uint64_t{64} << 20;

// GET /portal/v1/client says what it is, GET /portal/v1/client/package gives it. In: folder, looked at for each request: the
// newest of hufu-desk_VERSION_ARCHITECTURE.deb in it, if there is one.
void addPortalClient(Routes &routes, const std::filesystem::path &folder);

} // namespace hufu::server
