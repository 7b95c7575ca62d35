#include "platform/eye/symbol.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace hufu::eye {

const Symbol &Symbol::of(int version)
{
    static const std::vector<Symbol> all = [] {
        std::vector<Symbol> out;
        for (int each = 1; each <= kGridVersions; ++each)
            out.push_back(Symbol(each));
        return out;
    }();
    return all[static_cast<std::size_t>(version - 1)];
}

static std::vector<int> alignmentPlaces(int version)
{
    if (version == 1) return {};
    const int count = version / 7 + 2;
    const int step = (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
    std::vector<int> out{6};
    for (int i = count - 2; i >= 0; --i)
        out.push_back(modulesOf(version) - 7 - i * step);
    return out;
}

Symbol::Symbol(int version)
    : m_version(version), m_known(static_cast<std::size_t>(modulesOf(version) * modulesOf(version)), -1)
{
    const int end = modules();
    finder(0, 0);
    finder(end - 7, 0);
    finder(0, end - 7);
    const auto places = alignmentPlaces(version);
    for (const int y : places)
        for (const int x : places)
            if (known(x, y) < 0) alignment(x, y);
    timing();
    if (version >= 7) versionBits();
}

void Symbol::put(Pattern &pattern, int x, int y, bool dark)
{
    m_known[static_cast<std::size_t>(y * modules() + x)] = dark ? 1 : 0;
    pattern.push_back({x, y, dark});
}

// With the white line around it, as far as that lies in the code.
void Symbol::finder(int left, int top)
{
    Pattern pattern;
    for (int y = std::max(0, top - 1); y < std::min(modules(), top + 8); ++y)
        for (int x = std::max(0, left - 1); x < std::min(modules(), left + 8); ++x) {
            const int ring = std::max(std::abs(x - left - 3), std::abs(y - top - 3));
            put(pattern, x, y, ring != 2 && ring != 4);
        }
    m_patterns.push_back(std::move(pattern));
}

void Symbol::alignment(int x, int y)
{
    Pattern pattern;
    for (int dy = -2; dy <= 2; ++dy)
        for (int dx = -2; dx <= 2; ++dx)
            put(pattern, x + dx, y + dy, std::max(std::abs(dx), std::abs(dy)) != 1);
    m_patterns.push_back(std::move(pattern));
}

// In pieces, since light may change along it.
void Symbol::timing()
{
    constexpr std::size_t kPiece = 8;
    for (const bool down : {false, true}) {
        Pattern pattern;
        for (int i = 8; i < modules() - 8; ++i) {
            const int x = down ? 6 : i, y = down ? i : 6;
            if (known(x, y) < 0) put(pattern, x, y, i % 2 == 0);
            if (pattern.size() == kPiece) m_patterns.push_back(std::exchange(pattern, {}));
        }
        if (pattern.size() > 2) m_patterns.push_back(std::move(pattern));
    }
}

void Symbol::versionBits()
{
    int rest = m_version;
    for (int i = 0; i < 12; ++i)
        rest = rest << 1 ^ (rest >> 11) * 0x1f25;
    const int bits = m_version << 12 | rest;
    Pattern right, lower;
    for (int i = 0; i < 18; ++i) {
        const bool dark = (bits >> i & 1) != 0;
        put(right, modules() - 11 + i % 3, i / 3, dark);
        put(lower, i / 3, modules() - 11 + i % 3, dark);
    }
    m_patterns.push_back(std::move(right));
    m_patterns.push_back(std::move(lower));
}

} // namespace hufu::eye
