// What happens to light between a screen and a phone's memory, one function each. All in place on 8-bit grey
// pictures.
#pragma once

#include "tests/eye/dice.h"

#include <QImage>
#include <QPointF>

namespace hufu::tests {

void blur(QImage &grey, double sigmaPixels); // Gaussian: focus, or movement that has no direction
void addNoise(QImage &grey, double deviation, Dice &dice);
// Black and white come nearer to each other, around a middle that slants across the picture as a lamp's light
// does.
void flatten(QImage &grey, double range, double slant, Dice &dice);
QImage throughJpeg(const QImage &grey, int quality);
// The beat between a screen's pixels and the camera's: two bent waves that darken what is light and leave black
// black.
void addMoire(QImage &grey, double amplitude, Dice &dice);
// A lamp's reflection about there: everything under it moves towards white. strength 1 wipes the code out at
// its centre.
void addGlare(QImage &grey, QPointF about, double radius, double strength);

} // namespace hufu::tests
