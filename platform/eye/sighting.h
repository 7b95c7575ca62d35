// A code that was seen.
#pragma once

#include <QPolygonF>
#include <QRect>

#include <string>

namespace hufu::eye {

struct Sighting {
    std::string text;  // UTF-8
    std::string bytes; // as they stand in the code, before any character set; the same as text for all of ours
    QRect where;       // in the pixels of the image
    QPolygonF outline; // its corners as the code itself has them: top left, top right, bottom right, bottom
                       // left; or empty
};

} // namespace hufu::eye
