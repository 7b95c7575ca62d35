// Pictures: what is read of the pixels that a camera, a screen or a file may hold, with ZXing and ZBar under it.
#include "platform/eye/drawing.h"
#include "platform/eye/reading.h"
#include "tests/fuzz/target.h"

#include <QImage>
#include <algorithm>

namespace hufu::tests {

namespace {

// width 1 | grey, a byte each: what a camera might see.
void feedPicture(ByteView bytes)
{
    if (bytes.empty()) return;
    const int width = std::clamp<int>(bytes[0], 1, 200), height = static_cast<int>(bytes.size() - 1) / width;
    if (height == 0) return;
    QImage picture(width, height, QImage::Format_Grayscale8);
    for (int y = 0; y < height; ++y)
        std::copy_n(bytes.begin() + 1 + static_cast<std::ptrdiff_t>(y) * width, width, picture.scanLine(y));
    for (const eye::Sighting &sighting : eye::readCodes(picture, "HUFU:"))
        hold(sighting.text.starts_with("HUFU:"), "only what begins like ours");
}

std::vector<Bytes> pictureSeeds()
{
    const QImage code = eye::drawCode("HUFU:1:A", 2)->convertToFormat(QImage::Format_Grayscale8);
    Bytes seed{static_cast<std::uint8_t>(code.width())};
    for (int y = 0; y < code.height(); ++y)
        seed.insert(seed.end(), code.constScanLine(y), code.constScanLine(y) + code.width());
    return {seed};
}

} // namespace

std::vector<FuzzTarget> pictureTargets()
{
    return {{"picture", feedPicture, pictureSeeds}};
}

} // namespace hufu::tests
