#include "tests/eye/plain.h"

#include <zbar.h>

#include <memory>

namespace hufu::tests {

std::vector<std::string> plainZbar(const QImage &grey)
{
    using namespace zbar;
    static const std::unique_ptr<zbar_image_scanner_t, void (*)(zbar_image_scanner_t *)> scanner = [] {
        zbar_image_scanner_t *made = zbar_image_scanner_create();
        zbar_image_scanner_set_config(made, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
        zbar_image_scanner_set_config(made, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
        return std::unique_ptr<zbar_image_scanner_t, void (*)(zbar_image_scanner_t *)>(
            made, zbar_image_scanner_destroy);
    }();
    const auto width = static_cast<unsigned>(grey.width()), height = static_cast<unsigned>(grey.height());
    std::string pixels; // without what a QImage may have at the end of a row
    for (int y = 0; y < grey.height(); ++y)
        pixels.append(reinterpret_cast<const char *>(grey.constScanLine(y)), width);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, width, height);
    zbar_image_set_data(image, pixels.data(), pixels.size(), nullptr);
    std::vector<std::string> texts;
    if (zbar_scan_image(scanner.get(), image) > 0)
        for (const auto *symbol = zbar_image_first_symbol(image); symbol != nullptr;
             symbol = zbar_symbol_next(symbol))
            if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE)
                texts.emplace_back(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    zbar_image_destroy(image);
    return texts;
}

} // namespace hufu::tests
