#include "tests/eye/optics.h"

#include <QBuffer>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace hufu::tests {

namespace {

std::uint8_t level(double value)
{
    return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

template <typename F> void forEachPixel(QImage &grey, F change)
{
    for (int y = 0; y < grey.height(); ++y) {
        uchar *line = grey.scanLine(y);
        for (int x = 0; x < grey.width(); ++x)
            line[x] = level(change(x, y, static_cast<double>(line[x])));
    }
}

std::vector<float> kernelOf(double sigma)
{
    const int reach = std::max(1, static_cast<int>(std::ceil(3 * sigma)));
    std::vector<float> kernel;
    float sum = 0;
    for (int i = -reach; i <= reach; ++i) {
        kernel.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
        sum += kernel.back();
    }
    for (float &weight : kernel)
        weight /= sum;
    return kernel;
}

} // namespace

void blur(QImage &grey, double sigmaPixels)
{
    if (sigmaPixels < 0.1) return;
    const auto kernel = kernelOf(sigmaPixels);
    const int reach = static_cast<int>(kernel.size() / 2);
    const int width = grey.width(), height = grey.height();
    std::vector<float> rows(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        const uchar *line = grey.constScanLine(y);
        float *out = rows.data() + static_cast<std::ptrdiff_t>(y) * width;
        for (int i = -reach; i <= reach; ++i) {
            const float weight = kernel[static_cast<std::size_t>(i + reach)];
            for (int x = 0; x < width; ++x)
                out[x] += weight * line[std::clamp(x + i, 0, width - 1)];
        }
    }
    std::vector<float> sums(static_cast<std::size_t>(width));
    for (int y = 0; y < height; ++y) {
        std::fill(sums.begin(), sums.end(), 0.0F);
        for (int i = -reach; i <= reach; ++i) {
            const float *in =
                rows.data() + static_cast<std::ptrdiff_t>(std::clamp(y + i, 0, height - 1)) * width;
            const float weight = kernel[static_cast<std::size_t>(i + reach)];
            for (int x = 0; x < width; ++x)
                sums[static_cast<std::size_t>(x)] += weight * in[x];
        }
        uchar *line = grey.scanLine(y);
        for (int x = 0; x < width; ++x)
            line[x] = level(static_cast<double>(sums[static_cast<std::size_t>(x)]));
    }
}

void addNoise(QImage &grey, double deviation, Dice &dice)
{
    forEachPixel(grey, [&](int, int, double value) { return value + deviation * dice.normal(); });
}

void flatten(QImage &grey, double range, double slant, Dice &dice)
{
    const double middle = dice.between(90, 165), angle = dice.either(std::numbers::pi);
    const double alongX = slant * std::cos(angle) / grey.width(),
                 alongY = slant * std::sin(angle) / grey.height();
    const double centreX = grey.width() / 2.0, centreY = grey.height() / 2.0;
    forEachPixel(grey, [&](int x, int y, double value) {
        return middle + alongX * (x - centreX) + alongY * (y - centreY) + (value / 255 - 0.5) * range;
    });
}

QImage throughJpeg(const QImage &grey, int quality)
{
    QBuffer buffer;
    buffer.open(QIODevice::ReadWrite);
    grey.save(&buffer, "JPG", quality);
    return QImage::fromData(buffer.data(), "JPG").convertToFormat(QImage::Format_Grayscale8);
}

void addMoire(QImage &grey, double amplitude, Dice &dice)
{
    struct Wave {
        double x, y, bendX, bendY, phase;
    };
    const auto wave = [&](double angle) {
        const double k = 2 * std::numbers::pi / dice.between(5, 22);
        return Wave{k * std::cos(angle), k * std::sin(angle), dice.either(2e-4), dice.either(2e-4),
                    dice.either(3)};
    };
    const double angle = dice.either(std::numbers::pi);
    const Wave one = wave(angle), other = wave(angle + std::numbers::pi / 2 + dice.either(0.2));
    const auto height = [](const Wave &w, double x, double y) {
        return std::cos(w.x * x + w.y * y + w.bendX * x * x + w.bendY * y * y + w.phase);
    };
    forEachPixel(grey, [&](int x, int y, double value) {
        const double beat = 0.6 * height(one, x, y) + 0.4 * height(other, x, y);
        return value * (1 - amplitude * (0.5 - 0.5 * beat));
    });
}

void addGlare(QImage &grey, QPointF about, double radius, double strength)
{
    forEachPixel(grey, [&](int x, int y, double value) {
        const double dx = x - about.x(), dy = y - about.y();
        const double light = strength * std::exp(-(dx * dx + dy * dy) / (2 * radius * radius));
        return value + (255 - value) * std::min(1.0, light);
    });
}

} // namespace hufu::tests
