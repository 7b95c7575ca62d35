#include "shield/documents/seal_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hufu::documents {

namespace {

using std::numbers::pi;

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kNumberMax = 20;
constexpr double kBorder = 1.2; // of a round seal
constexpr double kGap = 0.9;    // between border and text

// What a name is written with. Errors: badInput for what is not UTF-8, or not to be printed.
Result<std::u32string> charactersOf(std::string_view text)
{
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<std::uint8_t>(text[at]);
        const std::size_t length = first < 0x80 ? 1 : (first >> 5) == 6 ? 2 : (first >> 4) == 14 ? 3 : (first >> 3) == 30 ? 4 : 0;
        if (length == 0 || at + length > text.size()) return Error(Errc::badInput, "not UTF-8");
        char32_t value = length == 1 ? first : first & (0x7fU >> length);
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<std::uint8_t>(text[at + i]);
            if ((next & 0xc0) != 0x80) return Error(Errc::badInput, "not UTF-8");
            value = (value << 6) | (next & 0x3fU);
        }
        constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
        const bool control = value < 0x20 || (value >= 0x7f && value < 0xa0) || (value >= 0x200b && value <= 0x200f) ||
                             (value >= 0x2028 && value <= 0x202e) || (value >= 0x2060 && value <= 0x206f) ||
                             (value >= 0xd800 && value < 0xe000) || value == 0xfeff || value > 0x10ffff;
        if (control || (length > 1 && value < kLeast[length])) return Error(Errc::badInput, "a character not to be printed");
        out.push_back(value);
        at += length;
    }
    return out;
}

bool isIdeograph(char32_t character)
{
    return character >= 0x2e80;
}

double lengthOf(const std::u32string &text, const Advance &advance)
{
    double sum = 0;
    for (const char32_t character : text)
        sum += advance(character);
    return sum;
}

// Characters on a circle. In: radius, of the middle of their em squares; middle, the angle on which the text stands
// (clockwise from the right); step, the angle of an em; foot, whether their feet point inwards (the upper arc).
void placeOnArc(SealLayout &to, const std::u32string &text, const Advance &advance, double radius, double middle, double step,
                bool foot, double width, double height)
{
    const double direction = foot ? 1 : -1; // read clockwise above, the other way below
    double at = -lengthOf(text, advance) / 2;
    for (const char32_t character : text) {
        const double half = advance(character) / 2;
        const double angle = middle + direction * (at + half) * step;
        to.characters.push_back({character, radius * std::cos(angle), radius * std::sin(angle), width, height,
                                 foot ? angle + pi / 2 : angle - pi / 2});
        at += 2 * half;
    }
}

// The name on the upper arc: as tall as may be, spread while it is short, condensed and then smaller as it gets longer.
// Returns: the radius within which nothing of it stands. Errors: badInput.
Result<double> placeName(SealLayout &to, const std::u32string &name, const Advance &advance, double outer, double most)
{
    constexpr double kTallest = 6.0, kLeast = 2.4, kDrop = 0.1;
    constexpr double kWidestStep = pi / 6;              // a short name does not run around the whole seal
    constexpr double kNarrow = 0.55, kNarrowest = 0.28; // width to height
    constexpr double kInk = 0.94;                       // of its place on the arc, measured at the feet
    const double length = lengthOf(name, advance);
    if (!(length > 0)) return Error(Errc::badInput, "a name without width");
    for (double height = kTallest;; height -= kDrop) {
        const double radius = outer - height / 2;
        const double step = std::min(most / length, kWidestStep);
        const double width = std::min(0.92 * height, kInk * step * (radius - height / 2));
        const bool last = height - kDrop < kLeast;
        if (width < kNarrow * height && !last) continue;
        if (width < kNarrowest * height) return Error(Errc::badInput, "the name does not fit on the arc");
        placeOnArc(to, name, advance, radius, -pi / 2, step, true, width, height);
        return radius - height / 2;
    }
}

void placeNumber(SealLayout &to, const std::u32string &number, const Advance &advance, double outer)
{
    constexpr double kHeight = 2.3, kSpread = 1.35;
    const double radius = outer - kHeight / 2;
    const double step = kSpread * kHeight / radius;
    const double most = pi / 2 * 0.8;
    const double length = lengthOf(number, advance);
    const double fit = std::min(1.0, most / (length * step));
    placeOnArc(to, number, advance, radius, pi / 2, step * fit, false, kHeight * fit, kHeight);
}

// A line of ideographs around x = 0.
void placeLine(SealLayout &to, const std::u32string &text, double y, double width, double height)
{
    const double pitch = width / static_cast<double>(text.size());
    double x = -width / 2 + pitch / 2;
    for (const char32_t character : text) {
        to.characters.push_back({character, x, y, std::min(pitch * 0.96, height), height, 0});
        x += pitch;
    }
}

Result<SealLayout> layOutRound(const SealFace &face, const std::u32string &name, const std::u32string &number,
                               const Advance &advance)
{
    SealLayout out;
    const bool plain = face.form == SealForm::company;
    out.side = plain ? 40 : 38;
    const double radius = out.side / 2;
    out.rings = {{radius, radius - kBorder}};
    const double outer = radius - kBorder - kGap;
    const double most = (number.empty() ? 250.0 : 235.0) / 180 * pi;
    HUFU_TRY(free, placeName(out, name, advance, outer, most));
    if (!number.empty()) placeNumber(out, number, advance, outer);
    out.star = std::min(radius * (plain ? 0.34 : 0.29), free * 0.62);
    if (plain) return out;
    const std::u32string words = face.form == SealForm::finance ? U"财务专用章" : U"合同专用章";
    const double y = radius * 0.44, height = 3.8;
    const double bottom = y + height / 2;
    placeLine(out, words, y, 2 * std::sqrt(std::max(free * free - bottom * bottom, 30.0)), height);
    return out;
}

// Rows of a square, each of which fills its width.
struct Grid {
    std::vector<std::u32string> lines;
    bool columns = false; // the lines are columns, the first at the right
};

// A name of ideographs: the square is filled, with 印 or 之印 behind a short one.
Grid gridOf(std::u32string name, bool columns)
{
    if (name.size() == 2) name += U"之印";
    if (name.size() == 1 || name.size() == 3) name += U"印";
    const auto lines = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(name.size())) - 1e-9));
    const std::size_t count = name.size() == 2 ? 1 : lines;
    Grid out{{}, columns};
    std::size_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t take = (name.size() - at + (count - i) - 1) / (count - i);
        out.lines.push_back(name.substr(at, take));
        at += take;
    }
    return out;
}

// A name with letters: one word a line. A dot between the parts of a name ends a line, too, and stays on it.
Grid wordsOf(const std::u32string &name)
{
    Grid out;
    std::u32string word;
    for (const char32_t character : name + U" ") {
        const bool isDot = character == U'\u00b7' || character == U'\u2022' || character == U'\u30fb';
        if (character != U' ') word.push_back(character);
        if ((character == U' ' || isDot) && !word.empty()) {
            out.lines.push_back(std::move(word));
            word.clear();
        }
    }
    return out;
}

Result<SealLayout> layOutSquare(const SealFace &face, const std::u32string &name, const Advance &advance)
{
    constexpr double kSide = 20, kFrame = 0.9;
    SealLayout out;
    out.side = kSide;
    out.round = false;
    out.inverse = face.style == 2;
    const double half = kSide / 2;
    if (out.inverse)
        out.rings = {{half, 0}};
    else if (face.style == 3)
        out.rings = {{half, half - kFrame}, {half - 1.5 * kFrame, half - 1.8 * kFrame}};
    else
        out.rings = {{half, half - kFrame}};
    const double inner = 2 * (half - (out.inverse ? 1.0 : face.style == 3 ? 2.4 : 1.6));

    const bool ideographs = std::all_of(name.begin(), name.end(), isIdeograph);
    const Grid grid = ideographs ? gridOf(name, face.style != 3) : wordsOf(name);
    if (grid.lines.empty() || grid.lines.size() > 8) return Error(Errc::badInput, "lines of the name");
    const double thick = inner / static_cast<double>(grid.lines.size());
    for (std::size_t line = 0; line < grid.lines.size(); ++line) {
        const std::u32string &text = grid.lines[line];
        const double across = -inner / 2 + (static_cast<double>(line) + 0.5) * thick;
        if (ideographs) {
            const double pitch = inner / static_cast<double>(text.size());
            for (std::size_t i = 0; i < text.size(); ++i) {
                const double along = -inner / 2 + (static_cast<double>(i) + 0.5) * pitch;
                const double width = grid.columns ? thick : pitch, height = grid.columns ? pitch : thick;
                out.characters.push_back({text[i], grid.columns ? -across : along, grid.columns ? along : across,
                                          0.96 * width, 0.96 * height, 0});
            }
            continue;
        }
        const double length = lengthOf(text, advance);
        if (!(length > 0)) return Error(Errc::badInput, "a word without width");
        const double height = std::min(thick * 0.9, 6.0);
        const double width = std::min(height, inner / length);
        if (width < 0.28 * height) return Error(Errc::badInput, "a word does not fit");
        double x = -length * width / 2;
        for (const char32_t character : text) {
            const double own = advance(character) * width;
            out.characters.push_back({character, x + own / 2, across, width, height, 0});
            x += own;
        }
    }
    return out;
}

} // namespace

Result<SealLayout> layOutSeal(const SealFace &face, const Advance &advance)
{
    HUFU_TRY(name, charactersOf(face.name));
    HUFU_TRY(number, charactersOf(face.number));
    if (name.empty() || name.size() > kNameMax) return Error(Errc::badInput, "length of the name");
    const auto isDigit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
    if (number.size() > kNumberMax || !std::all_of(number.begin(), number.end(), isDigit)) return Error(Errc::badInput, "number");
    const bool square = face.form == SealForm::legalPerson;
    if (face.form < SealForm::company || face.form > SealForm::contract) return Error(Errc::badInput, "form of the seal");
    if (face.style < 1 || face.style > (square ? 3 : 1)) return Error(Errc::badInput, "style of the seal");
    if (square && !number.empty()) return Error(Errc::badInput, "a person's seal has no number");
    return square ? layOutSquare(face, name, advance) : layOutRound(face, name, number, advance);
}

} // namespace hufu::documents
