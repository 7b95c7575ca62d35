#include "platform/eye/modules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hufu::eye {

namespace {

// A square of numbers, one a module.
class Field {
public:
    explicit Field(int side) : m_side(side), m_values(static_cast<std::size_t>(side * side)) {}
    int side() const { return m_side; }
    bool has(int x, int y) const { return x >= 0 && y >= 0 && x < m_side && y < m_side; }
    double &at(int x, int y) { return m_values[static_cast<std::size_t>(y * m_side + x)]; }
    double at(int x, int y) const { return m_values[static_cast<std::size_t>(y * m_side + x)]; }

private:
    int m_side;
    std::vector<double> m_values;
};

// The mean of the inner part of each module.
Field levelsOf(const Grey &grey, const Grid &grid)
{
    constexpr int kPoints = 4; // a module, each way
    constexpr double kInner = 0.6;
    const int side = modulesOf(grid.version);
    Field out(side);
    const auto t = grid.frame.toPixels(side).value_or(QTransform());
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            double sum = 0;
            for (int i = 0; i < kPoints * kPoints; ++i) {
                const QPointF at = t.map(QPointF(x + 0.5 + kInner * ((i % kPoints + 0.5) / kPoints - 0.5),
                                                 y + 0.5 + kInner * ((i / kPoints + 0.5) / kPoints - 0.5)));
                sum += grey.at(at.x(), at.y());
            }
            out.at(x, y) = sum / (kPoints * kPoints);
        }
    return out;
}

// Light taken out: each level as so many deviations above the mean of the square around it.
Field evened(const Field &levels, int reach)
{
    Field out(levels.side());
    for (int y = 0; y < levels.side(); ++y)
        for (int x = 0; x < levels.side(); ++x) {
            double n = 0, sum = 0, squares = 0;
            for (int dy = -reach; dy <= reach; ++dy)
                for (int dx = -reach; dx <= reach; ++dx)
                    if (levels.has(x + dx, y + dy)) {
                        const double level = levels.at(x + dx, y + dy);
                        n += 1;
                        sum += level;
                        squares += level * level;
                    }
            const double mean = sum / n, deviation = std::sqrt(std::max(1e-6, squares / n - mean * mean));
            out.at(x, y) = (levels.at(x, y) - mean) / deviation;
        }
    return out;
}

Modules cut(const Field &field, const Symbol &symbol, double threshold)
{
    Modules out{field.side(), {}};
    for (int y = 0; y < field.side(); ++y)
        for (int x = 0; x < field.side(); ++x) {
            const int known = symbol.known(x, y);
            out.dark.push_back(known >= 0                   ? static_cast<std::uint8_t>(known)
                               : field.at(x, y) < threshold ? 1
                                                            : 0);
        }
    return out;
}

// How a module's level comes about: its own colour, those of the four beside it and of the four at its corners.
struct Spread {
    double ground = 0, own = 0, beside = 0, corner = 0;
};

// Solves a x = b for four unknowns (Gauss, largest pivot); false where it has no solution.
bool solve(std::array<std::array<double, 5>, 4> &rows)
{
    for (std::size_t i = 0; i < 4; ++i) {
        std::size_t pivot = i;
        for (std::size_t j = i + 1; j < 4; ++j)
            if (std::abs(rows[j][i]) > std::abs(rows[pivot][i])) pivot = j;
        std::swap(rows[i], rows[pivot]);
        if (std::abs(rows[i][i]) < 1e-9) return false;
        for (std::size_t j = 0; j < 4; ++j) {
            if (j == i) continue;
            const double factor = rows[j][i] / rows[i][i];
            for (std::size_t k = i; k < 5; ++k)
                rows[j][k] -= factor * rows[i][k];
        }
    }
    return true;
}

// +1 light, -1 dark; what lies beyond the code is paper.
int colourIn(const Modules &modules, int x, int y)
{
    if (x < 0 || y < 0 || x >= modules.side || y >= modules.side) return 1;
    return modules.dark[static_cast<std::size_t>(y * modules.side + x)] != 0 ? -1 : 1;
}

std::array<double, 4> causes(const Modules &modules, int x, int y)
{
    const auto colour = [&](int dx, int dy) { return colourIn(modules, x + dx, y + dy); };
    return {1.0, double(colour(0, 0)), double(colour(-1, 0) + colour(1, 0) + colour(0, -1) + colour(0, 1)),
            double(colour(-1, -1) + colour(1, -1) + colour(-1, 1) + colour(1, 1))};
}

// By least squares, from what is taken for the modules now: most of them are right.
Spread spreadOf(const Field &field, const Modules &modules)
{
    std::array<std::array<double, 5>, 4> rows{};
    for (int y = 0; y < field.side(); ++y)
        for (int x = 0; x < field.side(); ++x) {
            const auto cause = causes(modules, x, y);
            for (std::size_t i = 0; i < 4; ++i) {
                for (std::size_t j = 0; j < 4; ++j)
                    rows[i][j] += cause[i] * cause[j];
                rows[i][4] += cause[i] * field.at(x, y);
            }
        }
    if (!solve(rows)) return {0, 1, 0, 0};
    return {rows[0][4] / rows[0][0], rows[1][4] / rows[1][1], rows[2][4] / rows[2][2], rows[3][4] / rows[3][3]};
}

// Blur mixes each module with those around it. Flips modules as long as what the flipped ones would look like
// comes nearer to what is seen.
Modules unblurred(const Field &field, const Symbol &symbol, Modules modules)
{
    constexpr int kSweeps = 6;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        const Spread spread = spreadOf(field, modules);
        const auto share = [&](int dx, int dy) {
            return dx == 0 && dy == 0 ? spread.own : dx == 0 || dy == 0 ? spread.beside : spread.corner;
        };
        Field rest(field.side()); // what is not explained
        for (int y = 0; y < field.side(); ++y)
            for (int x = 0; x < field.side(); ++x) {
                const auto cause = causes(modules, x, y);
                rest.at(x, y) = field.at(x, y) - spread.ground - spread.own * cause[1] -
                                spread.beside * cause[2] - spread.corner * cause[3];
            }
        int flips = 0;
        for (int y = 0; y < field.side(); ++y)
            for (int x = 0; x < field.side(); ++x) {
                if (symbol.known(x, y) >= 0) continue;
                const int colour = colourIn(modules, x, y);
                double gain = 0; // of the squared rest, if this one were of the other colour
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx)
                        if (rest.has(x + dx, y + dy)) {
                            const double before = rest.at(x + dx, y + dy);
                            const double after = before + 2 * colour * share(dx, dy);
                            gain += before * before - after * after;
                        }
                if (gain <= 1e-9) continue;
                ++flips;
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx)
                        if (rest.has(x + dx, y + dy)) rest.at(x + dx, y + dy) += 2 * colour * share(dx, dy);
                modules.dark[static_cast<std::size_t>(y * modules.side + x)] ^= 1;
            }
        if (flips == 0) break;
    }
    return modules;
}

} // namespace

std::vector<Modules> readModules(const Grey &grey, const Grid &grid)
{
    const Symbol &symbol = Symbol::of(grid.version);
    const Field levels = levelsOf(grey, grid);
    std::vector<Modules> out;
    for (const int reach : {4, 2, 8}) {
        const Field field = evened(levels, reach);
        Modules first = cut(field, symbol, 0);
        out.push_back(unblurred(field, symbol, first));
        out.push_back(std::move(first));
    }
    return out;
}

Grey redrawn(const Modules &modules, int pixels)
{
    constexpr int kQuiet = 4;
    const int side = (modules.side + 2 * kQuiet) * pixels;
    Grey out(side, side);
    std::fill(out.pixels.begin(), out.pixels.end(), std::uint8_t{255});
    for (int y = 0; y < modules.side; ++y)
        for (int x = 0; x < modules.side; ++x)
            if (modules.dark[static_cast<std::size_t>(y * modules.side + x)] != 0)
                for (int row = 0; row < pixels; ++row)
                    std::fill_n(out.row((y + kQuiet) * pixels + row) + (x + kQuiet) * pixels, pixels,
                                std::uint8_t{0});
    return out;
}

} // namespace hufu::eye
