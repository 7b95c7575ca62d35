#include "platform/eye/drawing.h"

#include "shield/base/limits.h"

#include <qrcodegen/qrcodegen.hpp>

#include <string>

namespace hufu::eye {

static constexpr int kLargestVersion = 15;
static constexpr int kFixedMask = 2;
static constexpr std::size_t kTextMax = 600; // beyond what version 15 holds at level M

static void drawModules(const qrcodegen::QrCode &code, QImage &image, int pixels)
{
    for (int y = 0; y < code.getSize(); ++y)
        for (int x = 0; x < code.getSize(); ++x) {
            if (!code.getModule(x, y)) continue;
            for (int row = 0; row < pixels; ++row)
                for (int column = 0; column < pixels; ++column)
                    image.scanLine((y + kQuietZone) * pixels + row)[(x + kQuietZone) * pixels + column] = 0;
        }
}

static Result<QImage> draw(std::string_view text, int pixelsPerModule, int versionMost)
{
    if (text.empty() || text.size() > kTextMax || text.find('\0') != std::string_view::npos)
        return Error(Errc::badInput, "not a text for a code");
    if (pixelsPerModule < 1 || pixelsPerModule > 64) return Error(Errc::badInput, "pixels of a module");
    try {
        const auto segments = qrcodegen::QrSegment::makeSegments(std::string(text).c_str());
        const auto code = qrcodegen::QrCode::encodeSegments(segments, qrcodegen::QrCode::Ecc::MEDIUM, 1,
                                                            versionMost, kFixedMask, false);
        const int side = (code.getSize() + 2 * kQuietZone) * pixelsPerModule;
        QImage image(side, side, QImage::Format_Grayscale8);
        image.fill(Qt::white);
        drawModules(code, image, pixelsPerModule);
        return image;
    } catch (const qrcodegen::data_too_long &) {
        return Error(Errc::badInput, "too long for a code");
    }
}

Result<QImage> drawCode(std::string_view text, int pixelsPerModule)
{
    return draw(text, pixelsPerModule, kLargestVersion);
}

Result<QImage> drawFrame(std::string_view text, int pixelsPerModule)
{
    return draw(text, pixelsPerModule, limits::kFrameVersionMost);
}

} // namespace hufu::eye
