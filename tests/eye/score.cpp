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
