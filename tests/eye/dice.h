// Random numbers that are the same on every machine: what the C++ library's distributions make is its own
// affair.
#pragma once

#include <cmath>
#include <cstdint>

namespace hufu::tests {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() // SplitMix64
    {
        std::uint64_t z = m_state += 0x9e3779b97f4a7c15ULL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; } // [0, 1)
    double between(double low, double high) { return low + (high - low) * unit(); }
    double either(double size) { return between(-size, size); }
    int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
    // Irwin-Hall of four: near enough to a normal distribution of deviation 1, and quick.
    double normal()
    {
        const std::uint64_t z = next();
        const double sum =
            static_cast<double>((z & 0xffff) + (z >> 16 & 0xffff) + (z >> 32 & 0xffff) + (z >> 48));
        return (sum / 65535.0 - 2.0) * 1.7320508;
    }

private:
    std::uint64_t m_state;
};

} // namespace hufu::tests
