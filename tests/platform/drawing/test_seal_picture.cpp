// Seals as pictures: that they fit, say what they should, are transparent between, and always the same.
#include "platform/drawing/seal_picture.h"

#include <QDir>
#include <QPainter>
#include <QSvgRenderer>
#include <QTest>

#include <cmath>

using namespace hufu;
using documents::SealFace;
using documents::SealForm;
using drawing::SealPicture;

namespace {

constexpr int kDots = 300;

struct Named {
    const char *name;
    SealFace face;
};

const std::string kLong = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗示范建设工程集团股份有限公司第三分公司";

std::vector<Named> faces()
{
    return {
        {"company", {SealForm::company, "示范建设有限公司", "1101080123456", 1}},
        {"company-short", {SealForm::company, "虎符", "", 1}},
        {"company-long", {SealForm::company, kLong, "1101080123456", 1}},
        {"company-latin", {SealForm::company, "Hufu Demonstration Construction (Beijing) Co., Ltd.", "1101080123456", 1}},
        {"finance", {SealForm::finance, "示范建设有限公司", "1101080123456", 1}},
        {"contract", {SealForm::contract, "北京示范建设工程集团股份有限公司", "", 1}},
        {"person-2", {SealForm::legalPerson, "王明", "", 1}},
        {"person-3", {SealForm::legalPerson, "王小明", "", 1}},
        {"person-white", {SealForm::legalPerson, "欧阳小明", "", 2}},
        {"person-lines", {SealForm::legalPerson, "王小明", "", 3}},
        {"person-long", {SealForm::legalPerson, "阿卜杜热合曼买买提", "", 1}},
        {"person-latin", {SealForm::legalPerson, "Maria Magdalena Schmidt", "", 1}},
    };
}

double redShare(const QImage &image)
{
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            sum += qAlpha(image.pixel(x, y)) / 255.0;
    return sum / (image.width() * image.height());
}

} // namespace

class TestSealPicture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void draw_eachFace_isAPictureOfItsSize()
    {
        const QString out = qEnvironmentVariable("HUFU_PICTURES"); // to look at
        for (const Named &named : faces()) {
            const auto picture = SealPicture::draw(named.face);
            QVERIFY2(picture.has_value(), named.name);
            const auto image = picture->image(kDots);
            QVERIFY(image.has_value());
            QCOMPARE(image->width(), static_cast<int>(std::ceil(picture->sideMm() * kDots / 25.4)));
            const QRectF box = picture->shape().boundingRect();
            QVERIFY2(QRectF(-0.01, -0.01, picture->sideMm() + 0.02, picture->sideMm() + 0.02).contains(box), named.name);
            const double red = redShare(*image);
            QVERIFY2(red > 0.1 && red < 0.9, named.name);
            if (out.isEmpty()) continue;
            QVERIFY(image->save(out + QLatin1Char('/') + QLatin1String(named.name) + QStringLiteral(".png")));
        }
    }
    void draw_twice_givesTheSameBytes()
    {
        for (const Named &named : faces()) {
            const auto one = SealPicture::draw(named.face), two = SealPicture::draw(named.face);
            QVERIFY(one && two);
            QCOMPARE(one->svg(), two->svg());
            QCOMPARE(*one->png(kDots), *two->png(kDots));
        }
    }
    void png_corners_areTransparentAndRed()
    {
        const auto picture = SealPicture::draw(faces().front().face);
        QVERIFY(picture.has_value());
        const Bytes png = *picture->png(kDots);
        const QImage image = QImage::fromData(png.data(), static_cast<int>(png.size()));
        QVERIFY(image.hasAlphaChannel());
        QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
        QCOMPARE(image.pixel(image.width() / 2, image.height() / 2), drawing::kSealRed); // the star
    }
    void svg_isTheSamePicture_asThePng()
    {
        for (const Named &named : faces()) {
            const auto picture = SealPicture::draw(named.face);
            QVERIFY(picture.has_value());
            const QImage image = *picture->image(kDots);
            const Bytes svg = picture->svg();
            QSvgRenderer renderer(QByteArray(reinterpret_cast<const char *>(svg.data()), static_cast<qsizetype>(svg.size())));
            QVERIFY(renderer.isValid());
            QImage other(image.size(), QImage::Format_ARGB32_Premultiplied);
            other.fill(Qt::transparent);
            QPainter painter(&other);
            painter.setRenderHint(QPainter::Antialiasing);
            renderer.render(&painter, QRectF(0, 0, picture->sideMm() * kDots / 25.4, picture->sideMm() * kDots / 25.4));
            painter.end();
            int differing = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (std::abs(qAlpha(image.pixel(x, y)) - qAlpha(other.pixel(x, y))) > 64) ++differing;
            QVERIFY2(differing < image.width() * image.height() / 500, named.name);
        }
    }
    void layout_charactersOfANameOnTheArc_standApartAndInside()
    {
        const auto square = [](char32_t) { return 1.0; };
        for (std::size_t length = 1; length <= 64; ++length) {
            std::string name;
            for (std::size_t i = 0; i < length; ++i)
                name += "国";
            const auto layout = documents::layOutSeal({SealForm::company, name, "1101080123456", 1}, square);
            QVERIFY2(layout.has_value(), qPrintable(QString::number(length)));
            const auto &all = layout->characters;
            QCOMPARE(all.size(), length + 13);
            for (std::size_t i = 0; i < all.size(); ++i) {
                const double radius = std::hypot(all[i].x, all[i].y);
                QVERIFY(radius + all[i].height / 2 < 20 - 1.2);
                QVERIFY(radius - all[i].height / 2 > layout->star);
                // Neighbours do not touch at their feet.
                if (i == 0 || i == length) continue;
                const double apart = std::hypot(all[i].x - all[i - 1].x, all[i].y - all[i - 1].y);
                const double least = i < length ? all[i].width : 0.5 * all[i].width;
                QVERIFY2(apart >= least, qPrintable(QString::number(length)));
            }
            // Nor do the ends of the name touch the number.
            QVERIFY(std::hypot(all[length - 1].x - all.back().x, all[length - 1].y - all.back().y) > 3);
        }
    }
    // Many names have parts, and a dot between them: each part is a line.
    void layout_nameOfParts_hasALineForEach()
    {
        const auto square = [](char32_t) { return 1.0; };
        for (std::uint8_t style = 1; style <= 3; ++style)
            for (const char *name : {"阿卜杜热合曼·买买提依明", "阿卜杜热合曼•买买提依明"}) {
                const auto layout = documents::layOutSeal({SealForm::legalPerson, name, "", style}, square);
                QVERIFY2(layout.has_value(), name);
                QCOMPARE(layout->characters.size(), std::size_t{12});
                QCOMPARE(layout->characters[6].y, layout->characters[0].y); // the dot stays on its line
                QVERIFY(layout->characters[7].y > layout->characters[0].y);
                for (const auto &one : layout->characters)
                    QVERIFY(std::abs(one.x) + one.width / 2 < layout->side / 2 && std::abs(one.y) + one.height / 2 < layout->side / 2);
            }
    }
    void layout_unfitFaces_areRefused()
    {
        const auto square = [](char32_t) { return 1.0; };
        std::string longest;
        for (int i = 0; i < 65; ++i)
            longest += "国";
        const std::vector<SealFace> unfit = {
            {SealForm::company, "", "", 1},
            {SealForm::company, longest, "", 1},
            {SealForm::company, "示范\n公司", "", 1},
            {SealForm::company, "示范\xe2\x80\xae公司", "", 1}, // a bidirectional control
            {SealForm::company, "\xff\xff", "", 1},
            {SealForm::company, "\xc0\x80", "", 1}, // an overlong form
            {SealForm::company, "示范公司", "12a4", 1},
            {SealForm::company, "示范公司", "123456789012345678901", 1},
            {SealForm::company, "示范公司", "", 2},
            {SealForm::legalPerson, "王明", "", 4},
            {SealForm::legalPerson, "王明", "", 0},
            {SealForm::legalPerson, "王明", "1101080123456", 1},
            {SealForm::legalPerson, "A B C D E F G H I", "", 1},
            {static_cast<SealForm>(9), "王明", "", 1},
        };
        for (const SealFace &face : unfit) {
            const auto layout = documents::layOutSeal(face, square);
            QVERIFY2(!layout, face.name.c_str());
            QCOMPARE(layout.error().code, Errc::badInput);
        }
    }
    void draw_characterWithoutGlyph_isRefused()
    {
        const auto picture = SealPicture::draw({SealForm::company, "示范\xf0\x90\x8e\xa0公司", "", 1}); // Old Persian
        QVERIFY(!picture);
        QCOMPARE(picture.error().code, Errc::badInput);
    }
    void image_unfitResolution_isRefused()
    {
        const auto picture = SealPicture::draw(faces().front().face);
        QVERIFY(picture && !picture->image(71) && !picture->image(1201));
    }
};

QTEST_MAIN(TestSealPicture)
#include "test_seal_picture.moc"
