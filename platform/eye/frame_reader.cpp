#include "platform/eye/frame_reader.h"

#include "platform/eye/modules.h"
#include "platform/eye/zxing.h"

#include <algorithm>

namespace hufu::eye {

static constexpr int kLongestSide = 4096; // a code that is legible in a larger picture stays so at this size
static constexpr int kReach =
    10; // of the squares whose mean parts dark from light; twice the largest usual module
static constexpr std::size_t kGridsKept = 5;

// One frame, and what is made of it when it is asked for.
class Views {
public:
    explicit Views(Grey grey) : whole(std::move(grey)) {}
    const Grey &half()
    {
        return made(m_half, [&] { return halved(whole); });
    }
    const Grey &halfLevelled()
    {
        return made(m_halfLevelled, [&] { return levelled(half(), kReach); });
    }
    const std::vector<Finder> &findersOfHalf()
    {
        return made(m_findersOfHalf, [&] { return findersIn(halfLevelled()); });
    }
    const std::vector<Finder> &findersOfWhole()
    {
        return made(m_findersOfWhole, [&] { return findersIn(levelled(whole, kReach)); });
    }

    const Grey whole;

private:
    template <typename T, typename Make> static const T &made(std::optional<T> &kept, Make make)
    {
        if (!kept) kept = make();
        return *kept;
    }
    std::optional<Grey> m_half, m_halfLevelled;
    std::optional<std::vector<Finder>> m_findersOfHalf, m_findersOfWhole;
};

static std::vector<Sighting> scaled(std::vector<Sighting> sightings, double scale, QPoint by = {})
{
    for (Sighting &seen : sightings) {
        seen.where = QRect((seen.where.topLeft() + by) * scale, seen.where.size() * scale);
        for (QPointF &corner : seen.outline)
            corner = (corner + by) * scale;
    }
    return sightings;
}

// By measured gain a millisecond; the two that need a frame before this one cost next to nothing.
const std::array<FrameReader::Try, FrameReader::kTries> &FrameReader::table()
{
    static constexpr std::array<Try, kTries> all{{
        {"near the last", &FrameReader::nearTheLast, 2},
        {"half", &FrameReader::half, 2},
        {"on the last grid", &FrameReader::onTheLastGrid, 2},
        {"half, levelled", &FrameReader::halfLevelled, 3},
        {"grid of half", &FrameReader::gridOfHalf, 6},
        {"half, inverted", &FrameReader::halfInverted, 2},
        {"whole", &FrameReader::whole, 6},
        {"grid of whole", &FrameReader::gridOfWhole, 8},
        {"ZBar of half", &FrameReader::zbarOfHalf, 8},
        {"grid of inverted", &FrameReader::gridOfInverted, 6},
        {"grid of pairs", &FrameReader::gridOfPairs, 3},
    }};
    return all;
}

std::string_view FrameReader::firstTry()
{
    return table()[1].name;
}

void Pace::took(int ms, bool inTime)
{
    if (ms == 0) return; // nothing was to be tried
    m_slowestMs = std::max(m_slowestMs, ms);
    m_leftOut = 0;
    m_late = inTime ? 0 : m_late + 1;
    if (m_late < 2)
        m_patience = 1;
    else
        m_patience = std::min(2 * m_patience, kMostPatience);
}

void Pace::leftOut(int notBelowMs)
{
    if (++m_leftOut % m_patience == 0) m_slowestMs = std::max({m_usualMs, notBelowMs, m_slowestMs * 3 / 4});
}

FrameReader::FrameReader(ports::Clock &clock, int budgetMs) : m_clock(clock), m_budgetMs(budgetMs)
{
    std::transform(table().begin(), table().end(), m_paces.begin(),
                   [](const Try &each) { return Pace(each.usualMs); });
}

std::vector<Sighting> FrameReader::read(const QImage &image, std::string_view prefix)
{
    std::vector<Sighting> found;
    m_lastTry = {};
    m_slowestFitMs = 0;
    m_fitLeftOut = false;
    if (image.isNull()) return found;
    m_startMs = m_clock.monotonicMs();
    m_prefix = prefix;
    Views views(greyOf(image, kLongestSide));
    forgetIfOld(QSize(views.whole.width, views.whole.height));
    const double scale = static_cast<double>(image.width()) / views.whole.width;
    for (std::size_t i = 0; i < kTries; ++i) {
        const Try &each = table()[i];
        if (!hasTimeFor(m_paces[i])) {
            m_paces[i].leftOut();
            continue;
        }
        const std::int64_t start = m_clock.monotonicMs();
        m_fittingMs = 0;
        m_underWay = each.name;
        const auto seen = (this->*each.run)(views);
        note(m_paces[i], start, m_fittingMs);
        m_underWay = {};
        for (const Sighting &one : seen) {
            const bool known = std::any_of(found.begin(), found.end(),
                                           [&](const Sighting &other) { return other.bytes == one.bytes; });
            if (known) continue;
            found.push_back(one);
            if (!one.text.starts_with(prefix)) continue;
            m_lastTry = each.name;
            m_where = one.where;
            m_seenMs = m_clock.monotonicMs();
            if (const auto grid = gridWithin(views.whole, one.outline)) remember(*grid);
        }
        if (!m_lastTry.empty()) break;
    }
    // Once a frame, as with the tries: codes that were left out after slow ones do not make those forgotten.
    if (m_fitLeftOut) m_fitPace.leftOut(m_slowestFitMs);
    return scaled(std::move(found), scale);
}

bool FrameReader::hasTimeFor(const Pace &pace)
{
    constexpr int kRounding = 2; // of whole milliseconds, at either end
    return m_clock.monotonicMs() - m_startMs + pace.slowestMs() + kRounding <= m_budgetMs;
}

int FrameReader::note(Pace &pace, std::int64_t startMs, int withoutMs)
{
    const std::int64_t now = m_clock.monotonicMs();
    const int ms = static_cast<int>(now - startMs);
    pace.took(ms - withoutMs, now - m_startMs <= m_budgetMs);
    return ms;
}

void FrameReader::forgetIfOld(const QSize &size)
{
    if (size != m_size || m_startMs - m_seenMs > kMemoryMs) forget();
    m_size = size;
}

void FrameReader::forget()
{
    m_where = {};
    m_grids.clear();
}

std::vector<Sighting> FrameReader::nearTheLast(Views &views)
{
    if (m_where.isNull()) return {};
    const int margin = std::max(m_where.width(), m_where.height()) / 4;
    const QRect around =
        m_where.adjusted(-margin, -margin, margin, margin) & QRect(0, 0, views.whole.width, views.whole.height);
    if (around.isEmpty()) return {};
    return scaled(zxing::read(part(views.whole, around)), 1, around.topLeft());
}

std::vector<Sighting> FrameReader::half(Views &views)
{
    return scaled(zxing::read(views.half()), 2);
}

std::vector<Sighting> FrameReader::halfLevelled(Views &views)
{
    return scaled(zxing::read(views.halfLevelled()), 2);
}

std::vector<Sighting> FrameReader::halfInverted(Views &views)
{
    return scaled(zxing::read(inverted(views.half())), 2);
}

std::vector<Sighting> FrameReader::whole(Views &views)
{
    return zxing::read(views.whole);
}

std::vector<Sighting> FrameReader::zbarOfHalf(Views &views)
{
    return scaled(m_zbar.read(views.half()), 2);
}

std::vector<Sighting> FrameReader::gridOfHalf(Views &views)
{
    return onGrids(views.whole, cornersAmong(views.findersOfHalf(), 3), 2);
}

std::vector<Sighting> FrameReader::gridOfWhole(Views &views)
{
    return onGrids(views.whole, cornersAmong(views.findersOfWhole(), 3), 1);
}

std::vector<Sighting> FrameReader::gridOfInverted(Views &views)
{
    return onGrids(inverted(views.whole), cornersAmong(findersIn(inverted(views.halfLevelled())), 3), 2);
}

std::vector<Sighting> FrameReader::gridOfPairs(Views &views)
{
    return onGrids(views.whole, cornersOfPairs(views.findersOfHalf()), 2);
}

std::vector<Sighting> FrameReader::onTheLastGrid(Views &views)
{
    const auto voted = votedGrid();
    if (!voted) return {};
    const auto grid = refitGrid(views.whole, *voted);
    if (!grid) return {};
    const auto seen = onGrid(views.whole, *grid);
    return seen ? std::vector<Sighting>{*seen} : std::vector<Sighting>{};
}

std::vector<Sighting> FrameReader::onGrids(const Grey &grey, const std::vector<Corner3> &corners, double scale)
{
    std::vector<Sighting> out;
    for (Corner3 each : corners) {
        if (!hasTimeFor(m_fitPace)) {
            m_fitLeftOut = true;
            break;
        }
        const std::int64_t start = m_clock.monotonicMs();
        for (Finder *finder : {&each.topLeft, &each.topRight, &each.bottomLeft}) {
            finder->centre *= scale;
            finder->module *= scale;
        }
        const auto grid = fitGrid(grey, each);
        const auto seen = grid ? onGrid(grey, *grid) : std::nullopt;
        const int ms = note(m_fitPace, start);
        m_fittingMs += ms;
        m_slowestFitMs = std::max(m_slowestFitMs, ms);
        if (!seen) continue;
        out.push_back(*seen);
        if (seen->text.starts_with(m_prefix)) break;
    }
    return out;
}

std::optional<Sighting> FrameReader::onGrid(const Grey &grey, const Grid &grid)
{
    remember(grid);
    for (const Modules &modules : readModules(grey, grid)) {
        auto seen = zxing::readDrawn(redrawn(modules, 2));
        if (seen.empty()) continue;
        const auto &corners = grid.frame.corners;
        seen.front().where =
            QPolygonF(QVector<QPointF>(corners.begin(), corners.end())).boundingRect().toAlignedRect();
        return seen.front();
    }
    return std::nullopt;
}

void FrameReader::remember(const Grid &grid)
{
    m_grids.push_back(grid);
    if (m_grids.size() > kGridsKept) m_grids.pop_front();
    m_seenMs = m_clock.monotonicMs();
}

// The version that most of the last grids had, and the middle of where their corners were: one that went
// astray, or one frame in which a hand shook, is outvoted.
std::optional<Grid> FrameReader::votedGrid() const
{
    if (m_grids.empty()) return std::nullopt;
    std::array<int, kGridVersions + 1> votes{};
    for (const Grid &grid : m_grids)
        ++votes[static_cast<std::size_t>(grid.version)];
    Grid out = m_grids.back();
    out.version = static_cast<int>(std::max_element(votes.begin(), votes.end()) - votes.begin());
    for (std::size_t corner = 0; corner < out.frame.corners.size(); ++corner) {
        std::vector<double> x, y;
        for (const Grid &grid : m_grids)
            if (grid.version == out.version) {
                x.push_back(grid.frame.corners[corner].x());
                y.push_back(grid.frame.corners[corner].y());
            }
        const auto middle = [](std::vector<double> &values) {
            const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
            std::nth_element(values.begin(), at, values.end());
            return *at;
        };
        out.frame.corners[corner] = QPointF(middle(x), middle(y));
    }
    return out;
}

} // namespace hufu::eye
