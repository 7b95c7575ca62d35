// What leads from pixels to modules: grey pictures, finder patterns, the grid that is laid over them.
#include "platform/eye/drawing.h"
#include "platform/eye/modules.h"
#include "platform/eye/zxing.h"
#include "tests/eye/degraded.h"
#include "tests/eye/dice.h"

#include <QPainter>
#include <QTest>

#include <algorithm>

using namespace hufu;
using eye::Grey;

namespace {

Grey greyOf(const QImage &image)
{
    return eye::greyOf(image, 4096);
}

Grey noise(int width, int height)
{
    tests::Dice dice(7);
    Grey out(width, height);
    for (auto &pixel : out.pixels)
        pixel = static_cast<std::uint8_t>(dice.below(256));
    return out;
}

// Codes of several versions: longer texts make larger ones.
const std::vector<std::string> kTexts{"HUFU:1:A", "HUFU:1:" + std::string(60, 'B'),
                                      "HUFU:1:" + std::string(176, 'C'), "HUFU:1:" + std::string(400, 'D')};

} // namespace

class TestGrid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void grey_halved_isTheMeanOfFour()
    {
        Grey grey(5, 2);
        grey.pixels = {10, 20, 0, 255, 99, 30, 40, 1, 254, 99};
        const Grey half = eye::halved(grey);
        QCOMPARE(half.width, 2);
        QCOMPARE(half.height, 1);
        QCOMPARE(half.pixels, (std::vector<std::uint8_t>{25, 128}));
    }
    void grey_part_isCutOut()
    {
        const Grey grey = noise(9, 7);
        const Grey piece = eye::part(grey, QRect(2, 3, 4, 2));
        for (int y = 0; y < 2; ++y)
            for (int x = 0; x < 4; ++x)
                QCOMPARE(piece.row(y)[x], grey.row(y + 3)[x + 2]);
        const Grey back = eye::inverted(eye::inverted(grey));
        QCOMPARE(back.pixels, grey.pixels);
    }
    void grey_levelled_takesASlantOfLightAway()
    {
        // Stripes of 20 levels on a slope of 200: no threshold parts them.
        Grey slope(200, 40);
        for (int y = 0; y < slope.height; ++y)
            for (int x = 0; x < slope.width; ++x)
                slope.row(y)[x] = static_cast<std::uint8_t>(20 + x + (x / 5 % 2) * 20);
        const Grey out = eye::levelled(slope, 10);
        for (int x = 20; x < 180; ++x)
            QCOMPARE(out.row(20)[x], std::uint8_t(x / 5 % 2 == 0 ? 0 : 255));
    }
    void grey_atPixelCentres_isThePixel()
    {
        const Grey grey = noise(9, 7);
        for (int y = 0; y + 1 < grey.height; ++y)
            for (int x = 0; x + 1 < grey.width; ++x)
                QVERIFY(std::abs(grey.at(x + 0.5, y + 0.5) - grey.row(y)[x]) < 0.6);
        QVERIFY(grey.at(-50, 900) >= 0); // beyond the edge is the edge
    }
    void symbol_ofEachVersion_hasWhatEveryCodeHas()
    {
        for (const std::string &text : kTexts) {
            const QImage code = *eye::drawCode(text, 1);
            const int side = code.width() - 2 * eye::kQuietZone;
            const eye::Symbol &symbol = eye::Symbol::of((side - 17) / 4);
            QCOMPARE(symbol.modules(), side);
            for (int y = 0; y < side; ++y)
                for (int x = 0; x < side; ++x)
                    if (symbol.known(x, y) >= 0)
                        QCOMPARE(symbol.known(x, y) == 1,
                                 qGray(code.pixel(x + eye::kQuietZone, y + eye::kQuietZone)) == 0);
        }
    }
    void grid_onACleanCode_readsItBack()
    {
        for (const std::string &text : kTexts) {
            const Grey grey = greyOf(*eye::drawCode(text, 5));
            const auto corners = eye::cornersAmong(eye::findersIn(eye::levelled(grey, 10)), 1);
            QCOMPARE(corners.size(), std::size_t(1));
            const auto grid = eye::fitGrid(grey, corners[0]);
            QVERIFY(grid && grid->fit > 0.95);
            const auto modules = eye::readModules(grey, *grid);
            const auto seen = eye::zxing::readDrawn(eye::redrawn(modules.front(), 2));
            QCOMPARE(seen.size(), std::size_t(1));
            QCOMPARE(seen[0].text, text);
        }
    }
    void grid_onNoise_fitsNowhere()
    {
        const Grey grey = noise(640, 480);
        const auto corners = eye::cornersAmong(eye::findersIn(eye::levelled(grey, 10)), 20);
        for (const eye::Corner3 &each : corners)
            QVERIFY(!eye::fitGrid(grey, each));
        const eye::Finder a{{100, 100}, 5, 9}, b{{300, 100}, 5, 9}, c{{100, 300}, 5, 9};
        QVERIFY(!eye::fitGrid(grey, {a, b, c}));
    }
    void grid_cornersInALine_areNoSquare()
    {
        const eye::Finder a{{10, 10}, 2, 9}, b{{60, 10}, 2, 9}, c{{110, 10}, 2, 9};
        QVERIFY(eye::cornersAmong({a, b, c}, 5).empty());
        QVERIFY(!eye::fitGrid(noise(200, 100), {a, b, c}));
    }
    void grid_movedALittle_isFoundFromWhereItWas()
    {
        const QImage code = *eye::drawCode(kTexts[2], 5);
        const Grey grey = greyOf(code);
        const auto grid =
            eye::fitGrid(grey, eye::cornersAmong(eye::findersIn(eye::levelled(grey, 10)), 1).at(0));
        QVERIFY(grid.has_value());
        QImage moved(code.size(), QImage::Format_Grayscale8);
        moved.fill(Qt::white);
        QPainter(&moved).drawImage(QPoint(4, -3), code);
        const auto again = eye::refitGrid(greyOf(moved), *grid);
        QVERIFY(again && again->fit > 0.95);
        const auto modules = eye::readModules(greyOf(moved), *again);
        QCOMPARE(eye::zxing::readDrawn(eye::redrawn(modules[0], 2)).at(0).text, kTexts[2]);
        QVERIFY(!eye::refitGrid(noise(600, 600), *grid));
    }
    void grid_withinAnOutline_hasItsVersion()
    {
        for (const std::string &text : kTexts) {
            const QImage code = *eye::drawCode(text, 5);
            const double from = 5 * eye::kQuietZone, to = code.width() - from;
            const QPolygonF outline{QPointF(from, from), QPointF(to, from), QPointF(to, to), QPointF(from, to)};
            const auto grid = eye::gridWithin(greyOf(code), outline);
            QVERIFY(grid && grid->fit > 0.95);
            QCOMPARE(eye::modulesOf(grid->version) * 5, code.width() - 2 * static_cast<int>(from));
            QVERIFY(!eye::gridWithin(noise(400, 400), outline));
        }
        QVERIFY(!eye::gridWithin(noise(9, 9), {}));
        const QPolygonF crossed{QPointF(0, 0), QPointF(50, 50), QPointF(50, 0), QPointF(0, 50)};
        QVERIFY(!eye::gridWithin(noise(60, 60), crossed));
    }
    void modules_blurredByTwoThirdsOfAModule_areTakenApart()
    {
        const auto hard = tests::degraded(tests::Kind::blur, 3, tests::kTuningSeed, 0);
        const Grey grey = greyOf(hard.image);
        const auto corners = eye::cornersAmong(eye::findersIn(eye::levelled(grey, 10)), 1);
        QVERIFY(!corners.empty());
        const auto grid = eye::fitGrid(grey, corners[0]);
        QVERIFY(grid.has_value());
        // The cut at the mean is too far off for the error correction; what is taken apart is not.
        const auto modules = eye::readModules(grey, *grid);
        QVERIFY(eye::zxing::readDrawn(eye::redrawn(modules[1], 2)).empty());
        QCOMPARE(eye::zxing::readDrawn(eye::redrawn(modules[0], 2)).at(0).text, hard.text);
    }
};

QTEST_GUILESS_MAIN(TestGrid)
#include "test_grid.moc"
