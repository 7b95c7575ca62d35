// QR codes for pages: as the path of an SVG, so that no picture needs a request of its own.
#pragma once

#include "app/server/routes.h"

#include <nlohmann/json.hpp>
#include <string_view>

namespace hufu::server {

// {"size": modules a side with the quiet zone, "path": SVG path data of the dark ones}. Errors: badInput (text too long).
Result<nlohmann::ordered_json> qrOf(std::string_view text);
// The same of a frame: at most what limits::kFrameVersionMost holds.
Result<nlohmann::ordered_json> qrOfFrame(std::string_view text);

} // namespace hufu::server
