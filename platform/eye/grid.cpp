#include "platform/eye/grid.h"

#include <algorithm>
#include <cmath>

namespace hufu::eye {

// The view of a square from this side: nowhere within it is behind the camera.
static bool isSeen(const QTransform &t, double side)
{
    for (const QPointF corner : {QPointF(0, 0), QPointF(side, 0), QPointF(side, side), QPointF(0, side)})
        if (!(t.m13() * corner.x() + t.m23() * corner.y() + t.m33() > 0))
            return false; // false for what is no number, too
    return std::isfinite(t.m11() + t.m12() + t.m21() + t.m22() + t.m31() + t.m32());
}

static std::optional<QTransform> mapping(const QPolygonF &square, const QPolygonF &pixels, double side)
{
    QTransform out;
    if (!QTransform::quadToQuad(square, pixels, out) || !isSeen(out, side)) return std::nullopt;
    return out;
}

std::optional<QTransform> Frame4::toPixels(int modules) const
{
    const double from = 3.5, to = modules - 3.5;
    const QPolygonF square{QPointF(from, from), QPointF(to, from), QPointF(to, to), QPointF(from, to)};
    return mapping(square, QPolygonF(QVector<QPointF>(corners.begin(), corners.end())), modules);
}

namespace {

// A correlation for each pattern by itself, so that neither light nor contrast matters; large ones count for
// more.
double fitOf(const Grey &grey, const Symbol &symbol, const Frame4 &frame)
{
    const auto transform = frame.toPixels(symbol.modules());
    if (!transform) return -1;
    const QTransform t = *transform;
    double sum = 0, weight = 0;
    for (const Symbol::Pattern &pattern : symbol.patterns()) {
        double n = 0, dark = 0, level = 0, squares = 0, darkLevel = 0;
        for (const Symbol::Module &module : pattern) {
            const double x = module.x + 0.5, y = module.y + 0.5;
            const double w = 1 / (t.m13() * x + t.m23() * y + t.m33());
            const double value =
                grey.at((t.m11() * x + t.m21() * y + t.m31()) * w, (t.m12() * x + t.m22() * y + t.m32()) * w);
            n += 1;
            level += value;
            squares += value * value;
            if (module.dark) {
                dark += 1;
                darkLevel += value;
            }
        }
        const double spread = (squares - level * level / n) * (dark - dark * dark / n);
        if (spread > 1) sum += n * (dark * level / n - darkLevel) / std::sqrt(spread);
        weight += n;
    }
    return sum / weight;
}

class Fitter {
public:
    Fitter(const Grey &grey, int version, const Frame4 &start, double module)
        : m_grey(grey), m_symbol(Symbol::of(version)),
          m_module(module), m_best{version, start, fitOf(grey, m_symbol, start)}
    {
    }

    // The fourth corner is only guessed at: a tilted code has it elsewhere.
    void searchFourth(double reach)
    {
        const QPointF guess = m_best.frame.corners[2];
        for (double y = -reach; y <= reach; ++y)
            for (double x = -reach; x <= reach; ++x) {
                Frame4 frame = m_best.frame;
                frame.corners[2] = guess + m_module * QPointF(x, y);
                take(frame);
            }
    }

    // Moves one corner at a time, in shorter and shorter steps.
    void descend(double longest, double shortest)
    {
        for (double step = longest; step >= shortest;) {
            const double before = m_best.fit;
            for (std::size_t corner : {2U, 0U, 1U, 3U})
                for (const QPointF way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
                    Frame4 frame = m_best.frame;
                    frame.corners[corner] += step * m_module * way;
                    take(frame);
                }
            if (m_best.fit < before + 0.002) step /= 2;
        }
    }

    const Grid &best() const { return m_best; }

private:
    void take(const Frame4 &frame)
    {
        const double fit = fitOf(m_grey, m_symbol, frame);
        if (fit > m_best.fit) {
            m_best.frame = frame;
            m_best.fit = fit;
        }
    }

    const Grey &m_grey;
    const Symbol &m_symbol;
    double m_module;
    Grid m_best;
};

double apart(const QPointF &a, const QPointF &b)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

} // namespace

std::optional<Grid> fitGrid(const Grey &grey, const Corner3 &corners)
{
    const auto &[topLeft, topRight, bottomLeft] = corners;
    const Frame4 start{{topLeft.centre, topRight.centre, topRight.centre + bottomLeft.centre - topLeft.centre,
                        bottomLeft.centre}};
    const double side = (apart(topLeft.centre, topRight.centre) + apart(topLeft.centre, bottomLeft.centre)) / 2;
    // A finder pattern that is turned is crossed aslant, so its module looks larger than it is: the longer side
    // of the guess is the more likely.
    const double module = (topLeft.module + topRight.module + bottomLeft.module) / 3;
    const double guess = (side / module + 7 - 17) / 4;
    Grid best;
    for (int version = std::max(1, static_cast<int>(guess * 0.85));
         version <= std::min(kGridVersions, static_cast<int>(guess * 1.5) + 1); ++version) {
        const double pixels = side / (modulesOf(version) - 7);
        Fitter rough(grey, version, start, pixels);
        rough.descend(1, 0.5);
        if (rough.best().fit > best.fit) best = rough.best();
    }
    if (best.version == 0) return std::nullopt;
    Fitter fine(grey, best.version, best.frame, side / (modulesOf(best.version) - 7));
    if (best.fit < 0.85) fine.searchFourth(6);
    fine.descend(0.5, 0.06);
    if (fine.best().fit < kFits) return std::nullopt;
    return fine.best();
}

std::optional<Grid> gridWithin(const Grey &grey, const QPolygonF &outline)
{
    if (outline.size() != 4) return std::nullopt;
    Grid best;
    for (int version = 1; version <= kGridVersions; ++version) {
        const double side = modulesOf(version);
        const QPolygonF square{QPointF(0, 0), QPointF(side, 0), QPointF(side, side), QPointF(0, side)};
        const auto map = mapping(square, outline, side);
        if (!map) return std::nullopt;
        const double from = 3.5, to = side - 3.5;
        const Frame4 frame{{map->map(QPointF(from, from)), map->map(QPointF(to, from)),
                            map->map(QPointF(to, to)), map->map(QPointF(from, to))}};
        const double fit = fitOf(grey, Symbol::of(version), frame);
        if (fit > best.fit) best = {version, frame, fit};
    }
    return best.version == 0 ? std::nullopt : refitGrid(grey, best);
}

std::optional<Grid> refitGrid(const Grey &grey, const Grid &last)
{
    const double side = apart(last.frame.corners[0], last.frame.corners[1]);
    Fitter fine(grey, last.version, last.frame, side / (modulesOf(last.version) - 7));
    fine.descend(1, 0.06);
    if (fine.best().fit < kFits) return std::nullopt;
    return fine.best();
}

} // namespace hufu::eye
