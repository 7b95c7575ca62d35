// Grey pictures, and what makes a code in them easier to see.
#pragma once

#include <QImage>

#include <cstdint>
#include <vector>

namespace hufu::eye {

// Levels row by row, nothing between the rows: what all readers here take.
struct Grey {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;

    Grey() = default;
    Grey(int w, int h) : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h))
    {
    }
    bool isEmpty() const { return pixels.empty(); }
    std::uint8_t *row(int y) { return pixels.data() + static_cast<std::ptrdiff_t>(y) * width; }
    const std::uint8_t *row(int y) const { return pixels.data() + static_cast<std::ptrdiff_t>(y) * width; }
    // Between the pixels, whose centres are at halves; beyond the edge it is as at the edge.
    double at(double x, double y) const;
};

// What is transparent counts as paper. A picture with a side beyond longestSide is made smaller.
Grey greyOf(const QImage &image, int longestSide);

Grey inverted(const Grey &grey);
Grey halved(const Grey &grey);                   // means of 2x2: also takes half of the noise away
Grey part(const Grey &grey, const QRect &where); // where lies within

// Black where a pixel is darker than the mean of the square around it, white elsewhere: light that changes from
// place to place is gone, and so is all contrast below full.
Grey levelled(const Grey &grey, int reach);

} // namespace hufu::eye
