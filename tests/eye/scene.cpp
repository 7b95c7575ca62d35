#include "tests/eye/scene.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hufu::tests {

QPointF Photo::at(double across, double down) const
{
    return toPixels.map(QPointF(across * modules, down * modules));
}

void scribble(QImage &scene, Dice &dice, int things)
{
    QPainter painter(&scene);
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < things; ++i) {
        const int x = dice.below(scene.width()), y = dice.below(scene.height());
        const int grey = dice.below(256);
        painter.setBrush(QColor(grey, grey, grey));
        if (dice.below(3) == 0) { // a box
            painter.drawRect(x, y, 20 + dice.below(160), 10 + dice.below(90));
            continue;
        }
        const int high = 3 + dice.below(10); // a line of text: strokes with gaps
        for (int at = x, end = x + 40 + dice.below(400); at < end;) {
            const int stroke = 1 + dice.below(high);
            painter.drawRect(at, y + dice.below(3), stroke, high);
            at += stroke + 1 + dice.below(high);
        }
    }
}

QImage windowAround(const QImage &modules, Dice &dice)
{
    const int side = (modules.width() + 2 * kQuiet + 2 * kWindowMargin) * kScenePixels;
    QImage scene(side, side, QImage::Format_Grayscale8);
    scene.fill(static_cast<uint>(dice.below(2) == 0 ? 30 + dice.below(60) : 150 + dice.below(90)));
    scribble(scene, dice, 40);
    QPainter painter(&scene);
    painter.setPen(Qt::NoPen);
    const int card = (kWindowMargin - 4) * kScenePixels;
    painter.setBrush(QColor(240, 240, 240));
    painter.drawRoundedRect(card, card, side - 2 * card, side - 2 * card, 24, 24);
    painter.setBrush(Qt::white);
    const int at = kWindowMargin * kScenePixels, with = (modules.width() + 2 * kQuiet) * kScenePixels;
    painter.drawRect(at, at, with, with);
    const int code = at + kQuiet * kScenePixels;
    painter.drawImage(QRect(code, code, modules.width() * kScenePixels, modules.height() * kScenePixels),
                      modules);
    return scene;
}

// From modules to pixels: a pin-hole camera that is three sides away.
static QTransform cameraOf(int modules, const View &view)
{
    constexpr double kAway = 3.0;
    const double turn = qDegreesToRadians(view.turn), tilt = qDegreesToRadians(view.tilt);
    const double axis = qDegreesToRadians(view.tiltAxis);
    const auto corner = [&](double x, double y) { // in sides, the centre at 0, 0
        const double a = x * std::cos(turn) - y * std::sin(turn), b = x * std::sin(turn) + y * std::cos(turn);
        const double along = a * std::cos(axis) + b * std::sin(axis),
                     across = b * std::cos(axis) - a * std::sin(axis);
        const double scale = kAway / (kAway + across * std::sin(tilt));
        const double u = along * scale, v = across * std::cos(tilt) * scale;
        return view.centre + view.side * QPointF(u * std::cos(axis) - v * std::sin(axis),
                                                 u * std::sin(axis) + v * std::cos(axis));
    };
    const double n = modules;
    const QPolygonF from{QPointF(0, 0), QPointF(n, 0), QPointF(n, n), QPointF(0, n)};
    const QPolygonF to{corner(-0.5, -0.5), corner(0.5, -0.5), corner(0.5, 0.5), corner(-0.5, 0.5)};
    QTransform out;
    QTransform::quadToQuad(from, to, out);
    return out;
}

Photo photograph(const QImage &scene, int modules, const View &view, int ground)
{
    constexpr int kRays = 3; // of a pixel, each way
    Photo photo;
    photo.modules = modules;
    photo.toPixels = cameraOf(modules, view);
    photo.pixelsOfModule = view.side / modules;
    photo.image = QImage(kFrameSize, QImage::Format_Grayscale8);
    // From pixels to the scene's: the transform's own map() would take most of the time.
    const QTransform back = photo.toPixels.inverted() * QTransform().translate(kWindowMargin, kWindowMargin) *
                            QTransform::fromScale(kScenePixels, kScenePixels);
    const uchar *levels = scene.constBits();
    const auto width = static_cast<unsigned>(scene.width()), height = static_cast<unsigned>(scene.height());
    const auto stride = static_cast<unsigned>(scene.bytesPerLine());
    const auto seen = [&](double x, double y) {
        const double w = 1 / (back.m13() * x + back.m23() * y + back.m33());
        const auto column =
            static_cast<unsigned>(static_cast<int>((back.m11() * x + back.m21() * y + back.m31()) * w));
        const auto row =
            static_cast<unsigned>(static_cast<int>((back.m12() * x + back.m22() * y + back.m32()) * w));
        return column < width && row < height ? int(levels[row * stride + column]) : ground;
    };
    for (int y = 0; y < kFrameSize.height(); ++y) {
        uchar *line = photo.image.scanLine(y);
        for (int x = 0; x < kFrameSize.width(); ++x) {
            int sum = 0;
            for (int ray = 0; ray < kRays * kRays; ++ray)
                sum += seen(x + (ray % kRays + 0.5) / kRays, y + (ray / kRays + 0.5) / kRays);
            line[x] = static_cast<uchar>(sum / (kRays * kRays));
        }
    }
    return photo;
}

} // namespace hufu::tests
