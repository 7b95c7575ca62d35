// Reading QR codes out of a picture that stands still: takes the time it needs. For a camera's frames:
// frame_reader.h.
#pragma once

#include "platform/eye/sighting.h"

#include "shield/base/result.h"

#include <QImage>

#include <vector>

namespace hufu::eye {

// The QR codes in the image, in the order in which they were found. Other symbologies do not count.
std::vector<Sighting> readCodes(const QImage &image);

// The text of the first code that starts with prefix; else of the first code at all, so that the caller can say
// what it saw instead. Errors: notFound (no code in the picture), badInput (no picture).
Result<std::string> readCode(const QImage &image, std::string_view prefix);
// What was found until a code began with prefix, or all that was found.
std::vector<Sighting> readCodes(const QImage &image, std::string_view prefix);
// Of what was found: the first code that begins with prefix, else the first at all. Errors: notFound.
Result<std::string> choose(const std::vector<Sighting> &sightings, std::string_view prefix);

} // namespace hufu::eye
