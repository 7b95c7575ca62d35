// The picture of a seal. The same face always gives the same bytes, with the same font.
#pragma once

#include "shield/documents/seal_layout.h"

#include <QImage>
#include <QPainterPath>

namespace hufu::drawing {

inline constexpr QRgb kSealRed = 0xffdc0000;

class SealPicture {
public:
    // Needs a QGuiApplication, and the fonts of fonts-noto-cjk. Errors: badInput (layOutSeal; a character that the
    // font does not have); unavailable without the font.
    static Result<SealPicture> draw(const documents::SealFace &face);

    double sideMm() const { return m_side; } // width and height
    // All of it as one shape, in millimetres from the upper left corner; what is between is transparent.
    const QPainterPath &shape() const { return m_shape; }
    Bytes svg() const;
    // The same with 样章 无效 (specimen, void) cut across it, to be looked at and not to be used. Errors: unavailable without the font.
    Result<SealPicture> specimen() const;
    // Red everywhere, the shape in its transparency. In: dotsPerInch, 72 to 1200. Errors: badInput.
    Result<QImage> image(int dotsPerInch) const;
    Result<Bytes> png(int dotsPerInch) const;

private:
    double m_side = 0;
    QPainterPath m_shape;
};

} // namespace hufu::drawing
