#include "platform/eye/finders.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hufu::eye {

namespace {

using Runs = std::array<int, 5>;

// Dark, light, dark, light, dark as 1 : 1 : 3 : 1 : 1. Blur and noise move each edge by up to half a module or
// so; what the tolerance lets in besides is sorted out by the cross-check and by the grid's fit.
bool isPattern(const Runs &runs)
{
    const int total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
    // Stripes and chequers are all of one width; a large screen full of them would be looked at for 70 ms.
    if (total < 9 || 4 * runs[2] < 5 * std::max({runs[0], runs[1], runs[3], runs[4]})) return false;
    const double module = total / 7.0, slack = module * 0.65 + 0.6;
    return std::abs(runs[0] - module) < slack && std::abs(runs[1] - module) < slack &&
           std::abs(runs[2] - 3 * module) < 1.6 * slack && std::abs(runs[3] - module) < slack &&
           std::abs(runs[4] - module) < slack;
}

struct Crossing {
    double centre, module;
};

// The pattern along a line through a dark point, looked at from it both ways. dark(i): is the i-th point of the
// line dark.
template <typename Dark> std::optional<Crossing> crossing(int from, int length, int longest, Dark dark)
{
    Runs runs{};
    if (!dark(from)) return std::nullopt;
    int i = from;
    for (int run = 2; run >= 0; --run)
        for (; i >= 0 && dark(i) == (run % 2 == 0) && runs[static_cast<std::size_t>(run)] <= longest; --i)
            ++runs[static_cast<std::size_t>(run)];
    const int start = i + 1;
    i = from + 1;
    for (int run = 2; run <= 4; ++run)
        for (; i < length && dark(i) == (run % 2 == 0) && runs[static_cast<std::size_t>(run)] <= longest; ++i)
            ++runs[static_cast<std::size_t>(run)];
    if (!isPattern(runs)) return std::nullopt;
    const double middle = start + runs[0] + runs[1] + runs[2] / 2.0;
    return Crossing{middle, (i - start) / 7.0};
}

class Search {
public:
    explicit Search(const Grey &grey) : m_grey(grey) {}

    std::vector<Finder> run()
    {
        for (int y = 1; y < m_grey.height; y += 2)
            lookAlong(y);
        std::erase_if(m_found, [](const Finder &finder) { return finder.seen < 2; });
        std::sort(m_found.begin(), m_found.end(),
                  [](const Finder &a, const Finder &b) { return a.seen > b.seen; });
        return std::move(m_found);
    }

private:
    void lookAlong(int y)
    {
        const std::uint8_t *line = m_grey.row(y);
        Runs runs{};
        int start = 0; // of the run that is being counted
        bool dark = line[0] == 0;
        int known = 0;
        for (int x = 1; x <= m_grey.width; ++x) {
            if (x < m_grey.width && (line[x] == 0) == dark) continue;
            std::rotate(runs.begin(), runs.begin() + 1, runs.end());
            runs[4] = x - start;
            ++known;
            if (dark && known >= 5 && isPattern(runs))
                check(x - runs[4] - runs[3] - (runs[2] + 1) / 2, y, runs);
            start = x;
            dark = !dark;
        }
    }

    void check(int x, int y, const Runs &runs)
    {
        const int longest = (runs[0] + runs[1] + runs[2] + runs[3] + runs[4]);
        const auto down = crossing(y, m_grey.height, longest, [&](int i) { return m_grey.row(i)[x] == 0; });
        if (!down) return;
        const int line = static_cast<int>(down->centre);
        const auto along = crossing(x, m_grey.width, longest, [&](int i) { return m_grey.row(line)[i] == 0; });
        if (!along || along->module > 3 * down->module || down->module > 3 * along->module) return;
        // As a code is turned, both ways across a pattern grow alike, up to 1.41 modules a module.
        add({QPointF(along->centre, down->centre), std::sqrt(along->module * down->module), 1});
    }

    void add(const Finder &finder)
    {
        // Those of rows further above cannot be the same any more.
        for (auto at = m_found.rbegin(); at != m_found.rend() && at - m_found.rbegin() < kNear; ++at) {
            Finder &known = *at;
            const QPointF apart = known.centre - finder.centre;
            if (std::hypot(apart.x(), apart.y()) > 2 * known.module) continue;
            known.centre = (known.centre * known.seen + finder.centre) / (known.seen + 1);
            known.module = (known.module * known.seen + finder.module) / (known.seen + 1);
            ++known.seen;
            return;
        }
        m_found.push_back(finder);
    }

    static constexpr std::ptrdiff_t kNear = 200; // text and noise bring forth many
    const Grey &m_grey;
    std::vector<Finder> m_found;
};

double cross(const QPointF &a, const QPointF &b)
{
    return a.x() * b.y() - a.y() * b.x();
}

double lengthOf(const QPointF &a)
{
    return std::hypot(a.x(), a.y());
}

struct Ranked {
    double rank; // lower is likelier
    Corner3 corners;
};

// a as the corner between b and c.
std::optional<Ranked> asCorner(const Finder &a, const Finder &b, const Finder &c)
{
    const QPointF toB = b.centre - a.centre, toC = c.centre - a.centre;
    const double lengthB = lengthOf(toB), lengthC = lengthOf(toC);
    const double module = (a.module + b.module + c.module) / 3;
    if (std::min(lengthB, lengthC) < 10 * module || std::max(lengthB, lengthC) > 180 * module)
        return std::nullopt;
    const double ratio = std::max(lengthB, lengthC) / std::min(lengthB, lengthC);
    const double cosine = std::abs(QPointF::dotProduct(toB, toC)) / (lengthB * lengthC);
    const double largest = std::max({a.module, b.module, c.module}),
                 least = std::min({a.module, b.module, c.module});
    if (ratio > 2.2 || cosine > 0.62 || largest > 2 * least) return std::nullopt;
    const double rank =
        (ratio - 1) + cosine + (largest / least - 1) - 0.02 * std::min({a.seen, b.seen, c.seen, 20});
    // Clockwise in a picture whose y grows downwards.
    return cross(toB, toC) > 0 ? Ranked{rank, {a, b, c}} : Ranked{rank, {a, c, b}};
}

} // namespace

std::vector<Finder> findersIn(const Grey &levelled)
{
    if (levelled.width == 0) return {}; // half of what is one pixel wide
    return Search(levelled).run();
}

std::vector<Corner3> cornersAmong(const std::vector<Finder> &finders, std::size_t most)
{
    constexpr std::size_t kLookedAt = 16;
    const std::size_t count = std::min(finders.size(), kLookedAt);
    std::vector<Ranked> ranked;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j)
            for (std::size_t k = j + 1; k < count; ++k)
                for (const auto &found : {asCorner(finders[i], finders[j], finders[k]),
                                          asCorner(finders[j], finders[i], finders[k]),
                                          asCorner(finders[k], finders[i], finders[j])})
                    if (found) ranked.push_back(*found);
    std::sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) { return a.rank < b.rank; });
    std::vector<Corner3> out;
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i)
        out.push_back(ranked[i].corners);
    return out;
}

std::vector<Corner3> cornersOfPairs(const std::vector<Finder> &finders)
{
    constexpr std::size_t kLookedAt = 4;
    std::vector<Corner3> out;
    const std::size_t count = std::min(finders.size(), kLookedAt);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j) {
            const Finder &a = finders[i], &b = finders[j];
            const double length = lengthOf(b.centre - a.centre), module = (a.module + b.module) / 2;
            if (i == j || length < 10 * module || length > 180 * module ||
                std::max(a.module, b.module) > 1.6 * std::min(a.module, b.module))
                continue;
            const QPointF toB = b.centre - a.centre, aside(-toB.y(), toB.x()); // a quarter to the right of it
            const auto missing = [&](const QPointF &centre) { return Finder{centre, module, 0}; };
            out.push_back({a, b, missing(a.centre + aside)});
            out.push_back({a, missing(a.centre - aside), b});
            out.push_back({missing((a.centre + b.centre + aside) / 2), a, b});
        }
    return out;
}

} // namespace hufu::eye
