// Where time comes from. The core never asks the operating system.
#pragma once

#include <cstdint>

namespace hufu::ports {

class Clock {
public:
    virtual ~Clock() = default;
    virtual std::int64_t unixMs() = 0;      // the time of day, which a person or NTP may move
    virtual std::int64_t monotonicMs() = 0; // for durations and expiry; never goes back
};

} // namespace hufu::ports
