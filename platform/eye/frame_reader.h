// Reads a stream of frames, each within a frame's time: what is likeliest to read a code at least cost comes
// first, and what earlier frames have shown of the code's place helps with the next one. README.md says what
// each try gained.
#pragma once

#include "platform/eye/grid.h"
#include "platform/eye/sighting.h"
#include "platform/eye/zbar.h"

#include "shield/ports/clock.h"

#include <array>
#include <deque>
#include <string_view>

namespace hufu::eye {

class Views;

// What a try needs on this machine of late.
class Pace {
public:
    explicit Pace(int usualMs = 0) : m_usualMs(usualMs), m_slowestMs(usualMs) {}
    int slowestMs() const { return m_slowestMs; }
    void took(int ms, bool inTime);
    // One stall, or a machine that slept, says little of the next frame: what it is left out for is forgotten by and by, and
    // the slower the oftener in a row it was taken up again in vain.
    void leftOut(int notBelowMs = 0);

private:
    static constexpr int kMostPatience = 32; // frames; a machine that was busy for a minute is not blind for the next one
    int m_usualMs, m_slowestMs;
    int m_late = 0;     // how often in a row
    int m_patience = 1; // frames that are left out before a part is forgotten
    int m_leftOut = 0;
};

// Not to be used by two threads at once.
class FrameReader {
public:
    static constexpr int kFrameMs = 50;     // a frame's time on a slow phone
    static constexpr int kMemoryMs = 1'500; // for how long a code is taken to be where it was
    static constexpr std::size_t kTries = 11;

    // clock must live as long as this. What would not end within budgetMs is left out: each try is taken to
    // need as long as it has needed at worst of late.
    explicit FrameReader(ports::Clock &clock, int budgetMs = kFrameMs);

    // What was found until a code began with prefix, or until all was tried or the time was over. In: the
    // picture's larger side is at most 4096 pixels; what is larger is looked at made smaller.
    std::vector<Sighting> read(const QImage &image, std::string_view prefix);

    // As if there had been no frame before.
    void forget();
    // Which try read the last frame's code; empty where none did.
    std::string_view lastTry() const { return m_lastTry; }
    static std::string_view firstTry(); // of a frame that has none before it
    std::string_view tryUnderWay() const { return m_underWay; } // for a clock that is asked meanwhile

private:
    struct Try {
        std::string_view name;
        std::vector<Sighting> (FrameReader::*run)(Views &);
        int usualMs; // until it has been measured here; without the fitting of grids, which looks at the time by itself, code after code
    };
    static const std::array<Try, kTries> &table();

    std::vector<Sighting> nearTheLast(Views &views);
    std::vector<Sighting> onTheLastGrid(Views &views);
    std::vector<Sighting> half(Views &views);
    std::vector<Sighting> halfLevelled(Views &views);
    std::vector<Sighting> halfInverted(Views &views);
    std::vector<Sighting> whole(Views &views);
    std::vector<Sighting> gridOfHalf(Views &views);
    std::vector<Sighting> gridOfWhole(Views &views);
    std::vector<Sighting> gridOfInverted(Views &views);
    std::vector<Sighting> zbarOfHalf(Views &views);
    std::vector<Sighting> gridOfPairs(Views &views);

    // On each of the corners, whose places are in pixels of grey / scale.
    std::vector<Sighting> onGrids(const Grey &grey, const std::vector<Corner3> &corners, double scale);
    std::optional<Sighting> onGrid(const Grey &grey, const Grid &grid);
    bool hasTimeFor(const Pace &pace);
    // How long it went on since startMs, which is returned; withoutMs of that are another's.
    int note(Pace &pace, std::int64_t startMs, int withoutMs = 0);
    void remember(const Grid &grid);
    std::optional<Grid> votedGrid() const;
    void forgetIfOld(const QSize &size);

    ports::Clock &m_clock;
    int m_budgetMs;
    std::int64_t m_startMs = 0;
    std::string m_prefix;
    std::string_view m_lastTry, m_underWay;
    std::array<Pace, kTries> m_paces;
    Pace m_fitPace{3};
    int m_fittingMs = 0; // of the try under way
    // Of the frame under way.
    int m_slowestFitMs = 0;
    bool m_fitLeftOut = false;
    Zbar m_zbar;
    // Of the frames before.
    QSize m_size;
    std::int64_t m_seenMs = 0;
    QRect m_where;            // of the last code of ours, null if none
    std::deque<Grid> m_grids; // the newest last; of codes that could not be read as well
};

} // namespace hufu::eye
