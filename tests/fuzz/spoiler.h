// A genuine run of a protocol in which the fuzzer changes one message. Random bytes never get past a commitment or a proof.
//   which 1 | changes (target.h)
#pragma once

#include "tests/fuzz/target.h"

namespace hufu::tests {

// The step that the input is about, and whether it has changed something there.
class Spoiler {
public:
    Spoiler(ByteView bytes, std::uint8_t steps)
        : m_step(bytes.empty() ? steps : static_cast<std::uint8_t>(bytes[0] % (steps + 1))),
          m_changes(bytes.empty() ? bytes : bytes.subspan(1))
    {}
    template <std::size_t N> void at(std::uint8_t step, ByteArray<N> &message)
    {
        if (step == m_step && spoil(message, m_changes)) m_spoilt = true;
    }
    bool hasSpoilt() const { return m_spoilt; }
    ByteView rest() const { return m_changes; }

private:
    std::uint8_t m_step;
    ByteView m_changes;
    bool m_spoilt = false;
};

// For each step one input that changes it and one that does not.
inline std::vector<Bytes> seedsFor(std::uint8_t steps)
{
    std::vector<Bytes> seeds;
    for (std::uint8_t i = 0; i <= steps; ++i) {
        seeds.push_back({i, 0, 40, 1});
        seeds.push_back({i});
    }
    return seeds;
}

} // namespace hufu::tests
