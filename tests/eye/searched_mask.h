// A code as most programs draw it: of the eight masks the one that ISO/IEC 18004 calls the best.
#pragma once

#include <QImage>

#include <string>

namespace hufu::tests {

// One pixel a module, no quiet zone; version and level as eye::drawCode has them.
QImage withSearchedMask(const std::string &text);

} // namespace hufu::tests
