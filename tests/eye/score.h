// How well the degraded pictures are read: by ours, by ZXing as it comes, by ZBar as it comes, and by one of
// the two at least.
#pragma once

#include "platform/eye/frame_reader.h"
#include "tests/eye/degraded.h"

#include <map>
#include <string>
#include <vector>

namespace hufu::tests {

// The time that this thread has computed: what other programs on the machine take is not in it.
class ThreadClock final : public ports::Clock {
public:
    static double milliseconds();
    std::int64_t unixMs() override { return monotonicMs(); }
    std::int64_t monotonicMs() override { return static_cast<std::int64_t>(milliseconds()); }
};

struct Count {
    int pictures = 0, ours = 0, zxing = 0, zbar = 0, either = 0;
    void operator+=(const Count &other);
};

struct Score {
    Count all;
    std::map<std::pair<Kind, int>, Count> cells;                   // by kind and severity
    int wrong = 0;                                                 // texts that are in none of the pictures
    std::vector<double> milliseconds;                              // of ours, a picture each
    std::vector<double> firstMilliseconds, firstZxingMilliseconds; // of both, where our first try read the code
    std::map<std::string, std::vector<double>>
        tries; // milliseconds of each picture that was read, by the try that did it
};

// So many pictures of each kind and severity; each by itself, with nothing remembered of the one before.
Score scoreOf(eye::FrameReader &reader, std::uint64_t seed, int perCell, Draw draw = nullptr);
// So many scans of each kind and severity, two codes long: what a reader that remembers reads, and the same frames each by itself.
struct Moving {
    int frames = 0, scans = 0;
    int read = 0, readAlone = 0;           // frames
    int caught = 0, caughtAlone = 0;       // scans in which the first code was read while it stood there
    int wrong = 0;
    double ms = 0, msAlone = 0, slowestMs = 0; // of all frames together, and of the slowest where frames are remembered
};
Moving readMoving(std::uint64_t seed, int perCell);

// For people: a Markdown table of the cells, "ours / ZXing / ZBar / either", per cent.
std::string tableOf(const Score &score);

// Reads so many pictures without a code of ours; how many texts came out that are in none of them, and the
// slowest.
struct Emptiness {
    int wrong = 0;
    double slowestMs = 0;
};
Emptiness readNothing(eye::FrameReader &reader, std::uint64_t seed, int pictures);

} // namespace hufu::tests
