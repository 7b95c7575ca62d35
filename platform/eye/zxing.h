// ZXing behind a small face.
#pragma once

#include "platform/eye/grey.h"
#include "platform/eye/sighting.h"

#include <vector>

namespace hufu::eye::zxing {

// All QR codes that ZXing finds; where is in the pixels of grey.
std::vector<Sighting> read(const Grey &grey);
// A picture of one code alone, drawn without a fault in its geometry.
std::vector<Sighting> readDrawn(const Grey &drawn);

} // namespace hufu::eye::zxing
