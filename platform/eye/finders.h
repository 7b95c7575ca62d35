// Finder patterns: the three squares in a code's corners, and which three of them may belong together.
#pragma once

#include "platform/eye/grey.h"

#include <QPointF>

#include <array>
#include <vector>

namespace hufu::eye {

struct Finder {
    QPointF centre;
    double module = 0; // pixels of a side
    int seen = 0;      // in how many rows
};

// In the order of their places in a code.
struct Corner3 {
    Finder topLeft, topRight, bottomLeft;
};

// In: a picture of black and white alone (levelled). The likeliest first.
std::vector<Finder> findersIn(const Grey &levelled);

// Those three of the finders that stand to each other as in a code that is tilted no more than a person would;
// the likeliest first, at most so many.
std::vector<Corner3> cornersAmong(const std::vector<Finder> &finders, std::size_t most);

// The same where the third one is hidden: each pair of the likeliest finders in each role, as if looked at from
// straight ahead.
std::vector<Corner3> cornersOfPairs(const std::vector<Finder> &finders);

} // namespace hufu::eye
