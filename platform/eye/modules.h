// From a grid over a picture to black and white modules.
#pragma once

#include "platform/eye/grid.h"

#include <vector>

namespace hufu::eye {

// Row by row; 1 is dark.
struct Modules {
    int side = 0;
    std::vector<std::uint8_t> dark;
};

// Several opinions about the same code, the likeliest first; what a decoder's error correction accepts is the
// right one.
std::vector<Modules> readModules(const Grey &grey, const Grid &grid);

// As a decoder likes it best: so many pixels a module, a quiet zone around.
Grey redrawn(const Modules &modules, int pixels);

} // namespace hufu::eye
