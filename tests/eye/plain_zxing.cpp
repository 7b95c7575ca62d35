#include "tests/eye/plain.h"

#define ZX_USE_UTF8 // text() is UTF-8 in a std::string
#include <ZXing/ReadBarcode.h>

namespace hufu::tests {

std::vector<std::string> plainZxing(const QImage &grey)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true).setTryRotate(true).setTryDownscale(true);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    std::vector<std::string> texts;
    for (const auto &result : ZXing::ReadBarcodes(view, hints))
        if (result.isValid()) texts.push_back(result.text());
    return texts;
}

} // namespace hufu::tests
