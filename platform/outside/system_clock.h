// The operating system's clocks.
#pragma once

#include "shield/ports/clock.h"

namespace hufu::outside {

class SystemClock final : public ports::Clock {
public:
    std::int64_t unixMs() override;
    std::int64_t monotonicMs() override; // goes on while the machine sleeps
};

} // namespace hufu::outside
