// What is the same in every QR code of a version (ISO/IEC 18004, 6.3): finder and alignment patterns, timing,
// the version's bits. A code whose content cannot be made out yet is still known by these.
#pragma once

#include <cstdint>
#include <vector>

namespace hufu::eye {

// Ours are 4 and 8; beyond 20 a camera sees too little of a module for what the grid can add.
inline constexpr int kGridVersions = 20;

constexpr int modulesOf(int version)
{
    return 17 + 4 * version;
}

class Symbol {
public:
    struct Module {
        int x, y;
        bool dark;
    };
    using Pattern = std::vector<Module>; // what lies together, and so is lit alike

    // In: version, 1 to kGridVersions. Made once, kept.
    static const Symbol &of(int version);

    int version() const { return m_version; }
    int modules() const { return modulesOf(m_version); } // of a side
    const std::vector<Pattern> &patterns() const { return m_patterns; }
    // 1 dark, 0 light, -1: content, or the format's bits.
    int known(int x, int y) const { return m_known[static_cast<std::size_t>(y * modules() + x)]; }

private:
    explicit Symbol(int version);
    void put(Pattern &pattern, int x, int y, bool dark);
    void finder(int left, int top);
    void alignment(int x, int y);
    void timing();
    void versionBits();

    int m_version;
    std::vector<std::int8_t> m_known;
    std::vector<Pattern> m_patterns;
};

} // namespace hufu::eye
