// The only file that knows ZBar.
#include "platform/eye/zbar.h"

#include <zbar.h>

#include <QPolygon>
#include <QString>

namespace hufu::eye {

struct Zbar::Scanner {
    Scanner() : scanner(zbar::zbar_image_scanner_create()), image(zbar::zbar_image_create()) {}
    ~Scanner()
    {
        zbar::zbar_image_destroy(image);
        zbar::zbar_image_scanner_destroy(scanner);
    }
    void set(zbar::zbar_symbol_type_t type, zbar::zbar_config_t config, int value)
    {
        zbar::zbar_image_scanner_set_config(scanner, type, config, value);
    }
    zbar::zbar_image_scanner_t *scanner;
    zbar::zbar_image_t *image;
};

Zbar::Zbar() : m_scanner(std::make_unique<Scanner>())
{
    m_scanner->set(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
    m_scanner->set(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
    // Bytes as they are: what ZBar guesses of character sets it would put in their place.
    m_scanner->set(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_BINARY, 1);
}

Zbar::~Zbar() = default;

std::vector<Sighting> Zbar::read(const Grey &grey, int density)
{
    std::vector<Sighting> out;
    if (grey.isEmpty()) return out;
    m_scanner->set(zbar::ZBAR_NONE, zbar::ZBAR_CFG_X_DENSITY, density);
    m_scanner->set(zbar::ZBAR_NONE, zbar::ZBAR_CFG_Y_DENSITY, density);
    zbar::zbar_image_t *image = m_scanner->image;
    zbar::zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar::zbar_image_set_size(image, static_cast<unsigned>(grey.width), static_cast<unsigned>(grey.height));
    zbar::zbar_image_set_data(image, grey.pixels.data(), grey.pixels.size(),
                              nullptr); // read only, for the scan alone
    if (zbar::zbar_scan_image(m_scanner->scanner, image) <= 0) return out;
    for (const auto *symbol = zbar::zbar_image_first_symbol(image); symbol != nullptr;
         symbol = zbar::zbar_symbol_next(symbol)) {
        if (zbar::zbar_symbol_get_type(symbol) != zbar::ZBAR_QRCODE) continue;
        QPolygon corners;
        for (unsigned i = 0; i < zbar::zbar_symbol_get_loc_size(symbol); ++i)
            corners << QPoint(zbar::zbar_symbol_get_loc_x(symbol, i), zbar::zbar_symbol_get_loc_y(symbol, i));
        const std::string bytes(zbar::zbar_symbol_get_data(symbol), zbar::zbar_symbol_get_data_length(symbol));
        out.push_back({QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())).toStdString(),
                       bytes,
                       corners.boundingRect(),
                       {}}); // ZBar's corners begin anywhere
    }
    return out;
}

} // namespace hufu::eye
