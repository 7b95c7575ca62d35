#include "tests/eye/searched_mask.h"

#include <qrcodegen/qrcodegen.hpp>

namespace hufu::tests {

QImage withSearchedMask(const std::string &text)
{
    constexpr int kSearch = -1;
    const auto code = qrcodegen::QrCode::encodeSegments(qrcodegen::QrSegment::makeSegments(text.c_str()),
                                                        qrcodegen::QrCode::Ecc::MEDIUM, 1, 15, kSearch, false);
    QImage image(code.getSize(), code.getSize(), QImage::Format_Grayscale8);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.scanLine(y)[x] = code.getModule(x, y) ? 0 : 255;
    return image;
}

} // namespace hufu::tests
