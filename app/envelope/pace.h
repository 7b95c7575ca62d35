// How fast a long piece of work goes, and how long it will take yet. Pure: time goes in.
#pragma once

#include <cstdint>
#include <optional>

namespace hufu::envelope {

class Pace {
public:
    // In: nowMs, monotonic, as in every call.
    Pace(std::uint64_t total, std::int64_t nowMs) : m_total(total), m_startMs(nowMs) {}

    void done(std::uint64_t bytes, std::int64_t nowMs);

    int percent() const;                             // 0 to 100
    std::uint64_t bytesPerSecond() const;            // since the start; 0 if that is not known yet
    std::optional<std::int64_t> secondsLeft() const; // rounded up; nothing if that is not known yet

private:
    std::uint64_t m_total, m_done = 0;
    std::int64_t m_startMs, m_tookMs = 0;
};

} // namespace hufu::envelope
