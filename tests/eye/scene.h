// What stands before the camera: a desk's window with its code, seen under some angle.
#pragma once

#include "tests/eye/dice.h"

#include <QImage>
#include <QTransform>

#include <string>

namespace hufu::tests {

inline constexpr QSize kFrameSize(1280, 720);

struct View {
    double side = 420;   // pixels that the code with its quiet zone takes
    double turn = 0;     // degrees
    double tilt = 0;     // degrees away from the camera
    double tiltAxis = 0; // degrees; about which line it is tilted
    QPointF centre{640, 360};
};

struct Photo {
    QImage image;
    QTransform toPixels; // from the code's modules, the quiet zone's corner at 0, 0
    int modules = 0;     // of a side, with the quiet zone
    double pixelsOfModule = 0;
    QPointF at(double across, double down) const; // in fractions of the code's side
};

// A desk's window around the modules: a heading, lines of text, on a desktop with other things. In: black and
// white pixels.
QImage windowAround(const QImage &modules, Dice &dice);
// Only things as they stand on a desktop.
void scribble(QImage &scene, Dice &dice, int things);
// In: scene made by windowAround of so many modules. ground is the level where the scene ends.
Photo photograph(const QImage &scene, int modules, const View &view, int ground);

// How many pixels a module has in a scene, and what stands around the code there, in modules.
inline constexpr int kScenePixels = 8, kQuiet = 4, kWindowMargin = 14;

} // namespace hufu::tests
