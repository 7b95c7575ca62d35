#include "app/envelope/pace.h"

#include <algorithm>

namespace hufu::envelope {

void Pace::done(std::uint64_t bytes, std::int64_t nowMs)
{
    m_done = std::min(bytes, m_total);
    m_tookMs = std::max<std::int64_t>(0, nowMs - m_startMs);
}

int Pace::percent() const
{
    return m_total == 0 ? 100 : static_cast<int>(m_done * 100 / m_total);
}

std::uint64_t Pace::bytesPerSecond() const
{
    return m_tookMs == 0 ? 0 : m_done * 1000 / static_cast<std::uint64_t>(m_tookMs);
}

std::optional<std::int64_t> Pace::secondsLeft() const
{
    const std::uint64_t speed = bytesPerSecond();
    if (speed == 0) return std::nullopt;
    return static_cast<std::int64_t>((m_total - m_done + speed - 1) / speed);
}

} // namespace hufu::envelope
