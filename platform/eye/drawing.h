// Drawing QR codes.
#pragma once

#include "shield/base/result.h"

#include <QImage>

#include <string_view>

namespace hufu::eye {

inline constexpr int kQuietZone = 4; // white modules on each side, as ISO/IEC 18004 asks for

// Dark on white always, in dark mode too: readers miss inverted codes. The mask is fixed, since a frame a
// second has no use for the search of the prettiest one. In: text, at most what version 15 holds at level M;
// pixelsPerModule, 1 to 64. Errors: badInput.
Result<QImage> drawCode(std::string_view text, int pixelsPerModule);
// The same of a frame, which must be read within its second: at most what limits::kFrameVersionMost holds.
Result<QImage> drawFrame(std::string_view text, int pixelsPerModule);

} // namespace hufu::eye
