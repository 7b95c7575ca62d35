#include "tests/eye/score.h"

#include "tests/eye/plain.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace hufu::tests {

double ThreadClock::milliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void Count::operator+=(const Count &other)
{
    pictures += other.pictures;
    ours += other.ours;
    zxing += other.zxing;
    zbar += other.zbar;
    either += other.either;
}

static bool holds(const std::vector<std::string> &texts, const std::string &text)
{
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

static Count countOf(eye::FrameReader &reader, const Specimen &specimen, Score &score)
{
    reader.forget();
    const double start = ThreadClock::milliseconds();
    const auto seen = reader.read(specimen.image, "HUFU:");
    const double between = ThreadClock::milliseconds();
    const auto zxing = plainZxing(specimen.image);
    score.milliseconds.push_back(between - start);
    const double end = ThreadClock::milliseconds();
    std::vector<std::string> texts;
    for (const eye::Sighting &one : seen) {
        texts.push_back(one.text);
        if (one.text != specimen.text && one.text != specimen.otherText) ++score.wrong;
    }
    Count out{1, holds(texts, specimen.text), holds(zxing, specimen.text),
              holds(plainZbar(specimen.image), specimen.text)};
    out.either = out.zxing | out.zbar;
    if (out.ours == 0) return out;
    score.tries[std::string(reader.lastTry())].push_back(between - start);
    if (reader.lastTry() == eye::FrameReader::firstTry()) {
        score.firstMilliseconds.push_back(between - start);
        score.firstZxingMilliseconds.push_back(end - between);
    }
    return out;
}

Score scoreOf(eye::FrameReader &reader, std::uint64_t seed, int perCell, Draw draw)
{
    Score score;
    for (const Kind kind : kKinds)
        for (int severity = 1; severity <= kSeverities; ++severity)
            for (int number = 0; number < perCell; ++number) {
                const Specimen specimen = draw != nullptr ? degraded(kind, severity, seed, number, draw)
                                                          : degraded(kind, severity, seed, number);
                const Count count = countOf(reader, specimen, score);
                score.cells[{kind, severity}] += count;
                score.all += count;
            }
    return score;
}

namespace {

// Between two frames time passes in which this thread computes nothing.
class FrameClock final : public ports::Clock {
public:
    void pass(double ms) { m_aheadMs += ms; }
    std::int64_t unixMs() override { return monotonicMs(); }
    std::int64_t monotonicMs() override { return static_cast<std::int64_t>(ThreadClock::milliseconds() + m_aheadMs); }

private:
    double m_aheadMs = 0;
};

} // namespace

Moving readMoving(std::uint64_t seed, int perCell)
{
    constexpr double kApartMs = 1000.0 / kFramesOfACode;
    Moving out;
    FrameClock clock;
    eye::FrameReader remembers(clock), alone(clock);
    const auto reads = [&](eye::FrameReader &reader, const Specimen &specimen) {
        const double start = ThreadClock::milliseconds();
        const auto seen = reader.read(specimen.image, "HUFU:");
        const double took = ThreadClock::milliseconds() - start;
        (&reader == &alone ? out.msAlone : out.ms) += took;
        if (&reader == &remembers) out.slowestMs = std::max(out.slowestMs, took);
        out.wrong += static_cast<int>(std::ranges::count_if(seen, [&](const eye::Sighting &one) { return one.text != specimen.text && one.text != specimen.otherText; }));
        return std::ranges::any_of(seen, [&](const eye::Sighting &one) { return one.text == specimen.text; });
    };
    for (const Kind kind : kKinds)
        for (int severity = 1; severity <= kSeverities; ++severity)
            for (int number = 0; number < perCell; ++number) {
                remembers.forget();
                int caught = 0, caughtAlone = 0;
                for (int frame = 0; frame < 2 * kFramesOfACode; ++frame) {
                    const Specimen specimen = movingFrame(kind, severity, seed, number, frame);
                    alone.forget();
                    const bool isRead = reads(remembers, specimen), isReadAlone = reads(alone, specimen);
                    clock.pass(kApartMs);
                    out.read += isRead;
                    out.readAlone += isReadAlone;
                    caught |= isRead && frame < kFramesOfACode;
                    caughtAlone |= isReadAlone && frame < kFramesOfACode;
                }
                out.frames += 2 * kFramesOfACode;
                ++out.scans;
                out.caught += caught;
                out.caughtAlone += caughtAlone;
            }
    return out;
}

static std::string percents(const Count &count)
{
    const auto percent = [&](int part) { return 100.0 * part / count.pictures; };
    char text[64];
    std::snprintf(text, sizeof text, " %3.0f / %3.0f / %3.0f / %3.0f |", percent(count.ours),
                  percent(count.zxing), percent(count.zbar), percent(count.either));
    return text;
}

std::string tableOf(const Score &score)
{
    std::string out = "| per cent read: ours / ZXing / ZBar / either | mild | middling | hard | all |\n"
                      "| --- | ---: | ---: | ---: | ---: |\n";
    for (const Kind kind : kKinds) {
        out += "| " + std::string(nameOf(kind)) + " |";
        Count row;
        for (int severity = 1; severity <= kSeverities; ++severity) {
            const Count &cell = score.cells.at({kind, severity});
            out += percents(cell);
            row += cell;
        }
        out += percents(row) + "\n";
    }
    out += "| all |";
    for (int severity = 1; severity <= kSeverities; ++severity) {
        Count column;
        for (const Kind kind : kKinds)
            column += score.cells.at({kind, severity});
        out += percents(column);
    }
    return out + percents(score.all) + "\n";
}

Emptiness readNothing(eye::FrameReader &reader, std::uint64_t seed, int pictures)
{
    Emptiness out;
    for (int number = 0; number < pictures; ++number) {
        const Specimen specimen = withoutOurs(seed, number);
        reader.forget();
        const double start = ThreadClock::milliseconds();
        const auto seen = reader.read(specimen.image, "HUFU:");
        out.slowestMs = std::max(out.slowestMs, ThreadClock::milliseconds() - start);
        out.wrong += static_cast<int>(std::count_if(
            seen.begin(), seen.end(), [&](const eye::Sighting &one) { return one.text != specimen.text; }));
    }
    return out;
}

} // namespace hufu::tests
