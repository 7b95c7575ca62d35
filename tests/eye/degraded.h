// Pictures of our codes as a phone's camera has them on a bad day: 1280x720, grey, made from a seed, the same
// on every machine. Nothing is kept on disk, so a run can take as many of them as it has time for, and a seed
// that nobody has tuned to.
#pragma once

#include <QImage>

#include <array>
#include <string>
#include <string_view>

namespace hufu::tests {

enum class Kind {
    rotation,
    perspective,
    blur, // in units of modules
    noise,
    lowContrast,
    jpeg,
    moire,
    glare,
    combined, // several of those above
    inverted,
    small,
    covered,
    twoCodes, // ours and one that is not
};

inline constexpr std::array kKinds{Kind::rotation,    Kind::perspective, Kind::blur,  Kind::noise,
                                   Kind::lowContrast, Kind::jpeg,        Kind::moire, Kind::glare,
                                   Kind::combined,    Kind::inverted,    Kind::small, Kind::covered,
                                   Kind::twoCodes};
inline constexpr int kSeverities = 3;

std::string_view nameOf(Kind kind);

struct Specimen {
    QImage image;          // Format_Grayscale8
    std::string text;      // what our code says
    std::string otherText; // what the other one says, where there is one
};

// Where seeds are free to be looked at while something is being built, and where they are for the reported
// figure alone.
inline constexpr std::uint64_t kTuningSeed = 1, kHeldOutSeed = 20'260'000;

// In: severity, 1 to 3; seed and number pick one of as many pictures of that kind as you like.
Specimen degraded(Kind kind, int severity, std::uint64_t seed, int number);

// How a text becomes modules: one pixel each, black and white, without a quiet zone.
using Draw = QImage (*)(const std::string &text);
// The same as degraded, drawn another way.
Specimen degraded(Kind kind, int severity, std::uint64_t seed, int number, Draw draw);

// Of a scan: our code changes once in so many frames, the hand trembles, each frame has noise of its own; what the picture
// suffers from stays.
inline constexpr int kFramesOfACode = 4;
Specimen movingFrame(Kind kind, int severity, std::uint64_t seed, int number, int frame);

// A picture that holds no code of ours, as hard as can be: windows and text, chequers, stripes, noise, finder
// patterns around nothing, half of our code, somebody else's code. text is somebody else's, or empty: what may
// be read there.
Specimen withoutOurs(std::uint64_t seed, int number);

} // namespace hufu::tests
