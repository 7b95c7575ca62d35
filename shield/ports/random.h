// Where randomness comes from. Labels let a test answer each draw with a recorded value.
#pragma once

#include "shield/base/secret.h"

#include <string_view>

namespace hufu::ports {

class Random {
public:
    virtual ~Random() = default;
    // Fills out with unpredictable bytes; never fails (an implementation that cannot, ends the process).
    virtual void fill(std::span<std::uint8_t> out, std::string_view label) = 0;

    template <std::size_t N> ByteArray<N> bytes(std::string_view label)
    {
        ByteArray<N> out;
        fill(out, label);
        return out;
    }
    template <std::size_t N> Secret<N> secret(std::string_view label)
    {
        Secret<N> out;
        fill(out.fill(), label);
        return out;
    }
};

// libsodium's generator, seeded by the operating system.
class SystemRandom final : public Random {
public:
    SystemRandom();
    void fill(std::span<std::uint8_t> out, std::string_view label) override;
};

} // namespace hufu::ports
