#include "platform/outside/system_clock.h"

#include <ctime>

namespace hufu::outside {

namespace {

std::int64_t milliseconds(clockid_t clock)
{
    timespec now = {};
    ::clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

} // namespace

std::int64_t SystemClock::unixMs()
{
    return milliseconds(CLOCK_REALTIME);
}

std::int64_t SystemClock::monotonicMs()
{
    return milliseconds(CLOCK_BOOTTIME);
}

} // namespace hufu::outside
