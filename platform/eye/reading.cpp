// The only file that knows ZXing.
#include "platform/eye/reading.h"

#define ZX_USE_UTF8 // text() is UTF-8 in a std::string
#include <ZXing/ReadBarcode.h>

#include <algorithm>

namespace hufu::eye {

// Larger pictures are screens or photos; a code that is legible in them stays so at this size.
static constexpr int kLongestSide = 4096;

static QImage greyOf(const QImage &image)
{
    QImage opaque = image;
    if (image.hasAlphaChannel()) {
        // What is transparent counts as paper: a code with a clear ground stays dark on white.
        opaque = QImage(image.size(), QImage::Format_RGB32);
        opaque.fill(Qt::white);
        const QImage source = image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
        for (int y = 0; y < source.height(); ++y) {
            const auto *from = reinterpret_cast<const QRgb *>(source.constScanLine(y));
            auto *to = reinterpret_cast<QRgb *>(opaque.scanLine(y));
            for (int x = 0; x < source.width(); ++x) {
                const int paper = 255 - qAlpha(from[x]);
                to[x] = qRgb(qRed(from[x]) + paper, qGreen(from[x]) + paper, qBlue(from[x]) + paper);
            }
        }
    }
    if (std::max(opaque.width(), opaque.height()) > kLongestSide)
        opaque = opaque.scaled(kLongestSide, kLongestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return opaque.convertToFormat(QImage::Format_Grayscale8);
}

static QRect boundsOf(const ZXing::Position &position, double scale)
{
    QPolygon corners;
    for (const auto &corner : position)
        corners << QPoint(static_cast<int>(corner.x * scale), static_cast<int>(corner.y * scale));
    return corners.boundingRect();
}

std::vector<Sighting> readCodes(const QImage &image)
{
    std::vector<Sighting> sightings;
    if (image.isNull()) return sightings;
    const QImage grey = greyOf(image);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true).setTryRotate(true);
    const double scale = static_cast<double>(image.width()) / grey.width();
    for (const auto &result : ZXing::ReadBarcodes(view, hints))
        if (result.isValid()) sightings.push_back({result.text(), boundsOf(result.position(), scale)});
    return sightings;
}

Result<std::string> readCode(const QImage &image, std::string_view prefix)
{
    if (image.isNull()) return Error(Errc::badInput, "no picture");
    const auto sightings = readCodes(image);
    if (sightings.empty()) return Error(Errc::notFound, "no code in the picture");
    const auto ours = std::find_if(sightings.begin(), sightings.end(),
                                   [&](const Sighting &seen) { return seen.text.starts_with(prefix); });
    return ours == sightings.end() ? sightings.front().text : ours->text;
}

} // namespace hufu::eye
