// What the models of loss, crash and clones run on.
#pragma once

#include "shield/base/bytes.h"

#include <QtGlobal>

#include <random>

namespace hufu::tests {

class ModelDice {
public:
    bool chance(double probability) { return std::uniform_real_distribution<>(0, 1)(m_engine) < probability; }
    int below(int end) { return std::uniform_int_distribution<>(0, end - 1)(m_engine); }
    template <std::size_t N> ByteArray<N> bytes()
    {
        ByteArray<N> out;
        for (auto &byte : out)
            byte = static_cast<std::uint8_t>(m_engine());
        return out;
    }

private:
    std::mt19937_64 m_engine{20240607};
};

// By how much HUFU_MODEL_FACTOR multiplies the numbers of runs.
inline int modelFactor()
{
    const int wanted = qEnvironmentVariableIntValue("HUFU_MODEL_FACTOR");
    return wanted > 0 ? wanted : 1;
}

} // namespace hufu::tests
