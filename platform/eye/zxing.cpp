// The only file that knows ZXing.
#include "platform/eye/zxing.h"

#define ZX_USE_UTF8 // text() is UTF-8 in a std::string
#include <ZXing/ReadBarcode.h>

#include <QPolygonF>

namespace hufu::eye::zxing {

static std::vector<Sighting> sightings(const Grey &grey, const ZXing::DecodeHints &hints)
{
    std::vector<Sighting> out;
    if (grey.isEmpty()) return out;
    const ZXing::ImageView view(grey.pixels.data(), grey.width, grey.height, ZXing::ImageFormat::Lum);
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
        if (!result.isValid()) continue;
        QPolygonF outline;
        for (const auto &corner : result.position())
            outline << QPointF(corner.x, corner.y);
        const ZXing::ByteArray &bytes = result.bytes();
        out.push_back({result.text(), std::string(bytes.begin(), bytes.end()),
                       outline.boundingRect().toAlignedRect(), outline});
    }
    return out;
}

std::vector<Sighting> read(const Grey &grey)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true).setTryRotate(true);
    return sightings(grey, hints);
}

std::vector<Sighting> readDrawn(const Grey &drawn)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode).setIsPure(true).setBinarizer(ZXing::Binarizer::BoolCast);
    return sightings(drawn, hints);
}

} // namespace hufu::eye::zxing
