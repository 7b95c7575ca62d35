#include "platform/eye/grey.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hufu::eye {

static QImage onPaper(const QImage &image)
{
    QImage opaque(image.size(), QImage::Format_RGB32);
    const QImage source = image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < source.height(); ++y) {
        const auto *from = reinterpret_cast<const QRgb *>(source.constScanLine(y));
        auto *to = reinterpret_cast<QRgb *>(opaque.scanLine(y));
        for (int x = 0; x < source.width(); ++x) {
            const int paper = 255 - qAlpha(from[x]);
            to[x] = qRgb(qRed(from[x]) + paper, qGreen(from[x]) + paper, qBlue(from[x]) + paper);
        }
    }
    return opaque;
}

Grey greyOf(const QImage &image, int longestSide)
{
    QImage picture = image.hasAlphaChannel() ? onPaper(image) : image;
    if (std::max(picture.width(), picture.height()) > longestSide)
        picture = picture.scaled(longestSide, longestSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    picture = picture.convertToFormat(QImage::Format_Grayscale8);
    Grey out(picture.width(), picture.height());
    for (int y = 0; y < out.height; ++y)
        std::memcpy(out.row(y), picture.constScanLine(y), static_cast<std::size_t>(out.width));
    return out;
}

double Grey::at(double x, double y) const
{
    x = x > 0.5 ? std::min(x - 0.5, width - 1.0) : 0; // what is no number is 0 as well
    y = y > 0.5 ? std::min(y - 0.5, height - 1.0) : 0;
    const int column = static_cast<int>(x), line = static_cast<int>(y);
    const double right = x - column, down = y - line;
    const std::uint8_t *upper = row(line) + column;
    const std::uint8_t *lower = line + 1 < height ? upper + width : upper;
    const int next = column + 1 < width ? 1 : 0;
    return (upper[0] * (1 - right) + upper[next] * right) * (1 - down) +
           (lower[0] * (1 - right) + lower[next] * right) * down;
}

Grey inverted(const Grey &grey)
{
    Grey out(grey.width, grey.height);
    std::transform(grey.pixels.begin(), grey.pixels.end(), out.pixels.begin(),
                   [](std::uint8_t level) { return static_cast<std::uint8_t>(255 - level); });
    return out;
}

Grey halved(const Grey &grey)
{
    Grey out(grey.width / 2, grey.height / 2);
    for (int y = 0; y < out.height; ++y) {
        const std::uint8_t *upper = grey.row(2 * y), *lower = grey.row(2 * y + 1);
        std::uint8_t *to = out.row(y);
        for (int x = 0; x < out.width; ++x)
            to[x] = static_cast<std::uint8_t>(
                (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
    }
    return out;
}

// The sums of squares of side 2 reach + 1, cut off at the edges, given row by row: use(y, sums, counts across,
// count down).
template <typename Use> static void forSums(const Grey &grey, int reach, Use use)
{
    const int width = grey.width, height = grey.height;
    std::vector<int> columns(static_cast<std::size_t>(width)), sums(static_cast<std::size_t>(width));
    const auto add = [&](int y, int sign) {
        const std::uint8_t *line = grey.row(y);
        for (int x = 0; x < width; ++x)
            columns[static_cast<std::size_t>(x)] += sign * line[x];
    };
    for (int y = 0; y < std::min(reach, height); ++y)
        add(y, 1);
    for (int y = 0; y < height; ++y) {
        if (y + reach < height) add(y + reach, 1);
        if (y - reach - 1 >= 0) add(y - reach - 1, -1);
        int sum = 0;
        for (int x = 0; x < std::min(reach, width); ++x)
            sum += columns[static_cast<std::size_t>(x)];
        for (int x = 0; x < width; ++x) {
            if (x + reach < width) sum += columns[static_cast<std::size_t>(x + reach)];
            if (x - reach - 1 >= 0) sum -= columns[static_cast<std::size_t>(x - reach - 1)];
            sums[static_cast<std::size_t>(x)] = sum;
        }
        use(y, sums.data(), std::min(y + reach, height - 1) - std::max(y - reach, 0) + 1);
    }
}

static int across(int x, int reach, int width)
{
    return std::min(x + reach, width - 1) - std::max(x - reach, 0) + 1;
}

Grey levelled(const Grey &grey, int reach)
{
    constexpr int kBias = 2; // so that paper with the camera's noise stays paper
    Grey out(grey.width, grey.height);
    forSums(grey, reach, [&](int y, const int *sums, int down) {
        const std::uint8_t *from = grey.row(y);
        std::uint8_t *to = out.row(y);
        for (int x = 0; x < grey.width; ++x)
            to[x] = (from[x] + kBias) * down * across(x, reach, grey.width) < sums[x] ? 0 : 255;
    });
    return out;
}

Grey part(const Grey &grey, const QRect &where)
{
    Grey out(where.width(), where.height());
    for (int y = 0; y < out.height; ++y)
        std::memcpy(out.row(y), grey.row(y + where.y()) + where.x(), static_cast<std::size_t>(out.width));
    return out;
}

} // namespace hufu::eye
