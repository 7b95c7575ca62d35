#include "platform/drawing/seal_picture.h"

#include <QBuffer>
#include <QFont>
#include <QPainter>
#include <QRawFont>
#include <QTransform>

#include <cmath>
#include <numbers>

namespace hufu::drawing {

namespace {

constexpr char kFamily[] = "Noto Serif CJK SC"; // 宋体, as seals are cut
constexpr double kUnits = 1000;                 // size at which outlines are taken: an em
constexpr double kAscent = 0.88;                // of the em square above the baseline, in fonts of this kind

Result<QRawFont> sealFont()
{
    QFont font(QString::fromLatin1(kFamily));
    font.setStyleStrategy(QFont::NoFontMerging);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setBold(true);
    font.setPixelSize(static_cast<int>(kUnits));
    QRawFont raw = QRawFont::fromFont(font, QFontDatabase::SimplifiedChinese);
    if (!raw.isValid() || !raw.familyName().contains(QLatin1String("Noto Serif CJK")))
        return Error(Errc::unavailable, "no font of fonts-noto-cjk");
    return raw;
}

quint32 glyphOf(const QRawFont &font, char32_t character)
{
    const QList<quint32> glyphs = font.glyphIndexesForString(QString::fromUcs4(&character, 1));
    return glyphs.isEmpty() ? 0 : glyphs.first();
}

QPainterPath starOf(double radius)
{
    constexpr double kWaist = 0.381966; // of the inner corners, so that the sides are straight
    QPolygonF corners;
    for (int i = 0; i < 10; ++i) {
        const double angle = -std::numbers::pi / 2 + i * std::numbers::pi / 5;
        const double at = i % 2 == 0 ? radius : radius * kWaist;
        corners << QPointF(at * std::cos(angle), at * std::sin(angle));
    }
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath outline(double half, bool round)
{
    QPainterPath path;
    const QRectF box(-half, -half, 2 * half, 2 * half);
    if (round)
        path.addEllipse(box);
    else
        path.addRoundedRect(box, half * 0.06, half * 0.06);
    return path;
}

void append(QByteArray &to, double value)
{
    // Micrometres: no digits that depend on the machine.
    to += QByteArray::number(static_cast<qlonglong>(std::llround(value * 1000))) + ' ';
}

} // namespace

Result<SealPicture> SealPicture::draw(const documents::SealFace &face)
{
    HUFU_TRY(font, sealFont());
    const auto advance = [&font](char32_t character) {
        const QList<quint32> glyphs{glyphOf(font, character)};
        const QList<QPointF> advances = font.advancesForGlyphIndexes(glyphs);
        return advances.isEmpty() ? 0.0 : advances.first().x() / kUnits;
    };
    HUFU_TRY(layout, documents::layOutSeal(face, advance));

    QPainterPath ground, characters;
    for (const documents::Ring &ring : layout.rings) {
        QPainterPath path = outline(ring.outer, layout.round);
        if (ring.inner > 0) path = path.subtracted(outline(ring.inner, layout.round));
        ground = ground.united(path);
    }
    if (layout.star > 0) ground = ground.united(starOf(layout.star));
    for (const documents::PlacedCharacter &placed : layout.characters) {
        const quint32 glyph = glyphOf(font, placed.character);
        if (glyph == 0) return Error(Errc::badInput, "a character that the font does not have");
        QTransform to;
        to.translate(placed.x, placed.y);
        to.rotateRadians(placed.turn);
        to.scale(placed.width / kUnits, placed.height / kUnits);
        to.translate(-advance(placed.character) * kUnits / 2, (kAscent - 0.5) * kUnits);
        QPainterPath path = font.pathForGlyph(glyph);
        path.setFillRule(Qt::WindingFill);
        characters.addPath(to.map(path));
    }
    characters.setFillRule(Qt::WindingFill);

    SealPicture out;
    out.m_side = layout.side;
    out.m_shape = layout.inverse ? ground.subtracted(characters) : ground.united(characters);
    out.m_shape.translate(layout.side / 2, layout.side / 2);
    return out;
}

Bytes SealPicture::svg() const
{
    QByteArray path;
    for (int i = 0; i < m_shape.elementCount(); ++i) {
        const QPainterPath::Element element = m_shape.elementAt(i);
        if (element.type == QPainterPath::MoveToElement) path += i == 0 ? "M" : "Z M";
        if (element.type == QPainterPath::LineToElement) path += "L";
        if (element.type == QPainterPath::CurveToElement) path += "C";
        append(path, element.x);
        append(path, element.y);
    }
    const QByteArray side = QByteArray::number(m_side), units = QByteArray::number(std::llround(m_side * 1000));
    const QByteArray rule = m_shape.fillRule() == Qt::WindingFill ? "nonzero" : "evenodd";
    const QByteArray text = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + side + "mm\" height=\"" + side + "mm\" viewBox=\"0 0 " +
                            units + ' ' + units + "\"><path fill=\"#dc0000\" fill-rule=\"" + rule + "\" d=\"" + path + "Z\"/></svg>\n";
    return bytesOf(viewOf(std::string_view(text.constData(), static_cast<std::size_t>(text.size()))));
}

Result<SealPicture> SealPicture::specimen() const
{
    static constexpr std::u32string_view kMark = U"样章无效";
    HUFU_TRY(font, sealFont());
    const double height = m_side * 0.2, em = height * 0.8;
    QPainterPath band, mark;
    band.addRect(QRectF(-m_side, -height / 2, 2 * m_side, height));
    mark.setFillRule(Qt::WindingFill);
    for (std::size_t i = 0; i < kMark.size(); ++i) {
        QTransform to;
        to.translate((static_cast<double>(i) - static_cast<double>(kMark.size()) / 2) * em, (kAscent - 0.5) * em);
        to.scale(em / kUnits, em / kUnits);
        mark.addPath(to.map(font.pathForGlyph(glyphOf(font, kMark[i]))));
    }
    QTransform across;
    across.translate(m_side / 2, m_side / 2);
    across.rotate(-30);
    SealPicture out;
    out.m_side = m_side;
    // One path with the rest, so that it is not taken off again like a leaf.
    out.m_shape = m_shape.subtracted(across.map(band)).united(across.map(mark));
    return out;
}

Result<QImage> SealPicture::image(int dotsPerInch) const
{
    if (dotsPerInch < 72 || dotsPerInch > 1200) return Error(Errc::badInput, "dots per inch");
    const double dotsPerMm = dotsPerInch / 25.4;
    const int side = static_cast<int>(std::ceil(m_side * dotsPerMm));
    QImage coverage(side, side, QImage::Format_ARGB32_Premultiplied);
    coverage.fill(Qt::transparent);
    {
        QPainter painter(&coverage);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(dotsPerMm, dotsPerMm);
        painter.fillPath(m_shape, Qt::black);
    }
    QImage out(side, side, QImage::Format_ARGB32);
    for (int y = 0; y < side; ++y) {
        const auto *from = reinterpret_cast<const QRgb *>(coverage.constScanLine(y));
        auto *to = reinterpret_cast<QRgb *>(out.scanLine(y));
        for (int x = 0; x < side; ++x)
            to[x] = (kSealRed & 0x00ffffff) | (static_cast<QRgb>(qAlpha(from[x])) << 24);
    }
    out.setDotsPerMeterX(static_cast<int>(std::lround(dotsPerMm * 1000)));
    out.setDotsPerMeterY(out.dotsPerMeterX());
    return out;
}

Result<Bytes> SealPicture::png(int dotsPerInch) const
{
    HUFU_TRY(pixels, image(dotsPerInch));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !pixels.save(&buffer, "PNG")) return Error(Errc::internal, "PNG");
    return bytesOf(viewOf(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

} // namespace hufu::drawing
