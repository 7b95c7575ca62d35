// Reading QR codes out of pixels.
#pragma once

#include "shield/base/result.h"

#include <QImage>
#include <QRect>

#include <string>
#include <vector>

namespace hufu::eye {

struct Sighting {
    std::string text;
    QRect where; // in the pixels of the image
};

// All QR codes in the image, in the order in which they were found. Other symbologies do not count.
std::vector<Sighting> readCodes(const QImage &image);

// The text of the first code that starts with prefix; else of the first code at all, so that the caller can say
// what it saw instead. Errors: notFound (no code in the picture), badInput (no picture).
Result<std::string> readCode(const QImage &image, std::string_view prefix);

} // namespace hufu::eye
