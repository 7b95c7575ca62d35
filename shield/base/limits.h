// The limits and times that more than one library keeps to; those of one library alone stand in its headers. README.md
// has them all in one table, and where each stands.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hufu::limits {

// QR frames and sessions
inline constexpr std::int64_t kFrameIntervalMs = 1'000;
inline constexpr std::int64_t kFrameMaxAgeMs = 3'000;
inline constexpr int kFrameVersionMost = 9; // of its QR code, at level M: 53 modules a side, which a camera reads from a screen at arm's length
inline constexpr std::int64_t kSessionShownMs = 60'000;
inline constexpr std::int64_t kSessionRestartMs = 180'000; // the desk restarts silently until then
inline constexpr std::int64_t kLoginTimeMs = 120'000;
inline constexpr std::int64_t kSignTimeMs = 180'000;
inline constexpr std::int64_t kDecryptTimeMs = 300'000;
inline constexpr std::int64_t kResultKeptMs = 300'000;
inline constexpr std::int64_t kIdempotentStartMs = 60'000;
inline constexpr std::int64_t kLongPollMaxMs = 120'000;

// One-time codes
inline constexpr std::size_t kSmsDigits = 6;
inline constexpr std::int64_t kSmsValidMs = 300'000;
inline constexpr std::int64_t kSmsResendMs = 60'000;
inline constexpr int kSmsTries = 5;
inline constexpr std::size_t kRecoveryDigits = 8; // after a clone, shown by the identity check
inline constexpr std::int64_t kRecoveryValidMs = 30 * 60'000;
inline constexpr int kRecoveryTries = 5;
inline constexpr std::size_t kDeskDigits = 4; // shown on the phone, typed on an unknown desk

// PIN
inline constexpr std::size_t kPinMin = 6;
inline constexpr std::size_t kPinMax = 12;

// Milliseconds of waiting after the run-th wrong PIN in a row; the tenth freezes (PROTOCOL R1).
constexpr std::int64_t lockMs(std::uint32_t run)
{
    constexpr std::int64_t minuteMs = 60'000, hourMs = 60 * minuteMs;
    if (run < 3) return 0;
    if (run == 3) return minuteMs;
    if (run == 4) return 5 * minuteMs;
    if (run == 5) return 30 * minuteMs;
    return run < 9 ? 3 * hourMs : 24 * hourMs;
}

// HTTP
inline constexpr std::size_t kBodyMax = 64 * 1024;
inline constexpr std::size_t kHeaderMax = 8 * 1024;
inline constexpr std::int64_t kIdleMs = 15'000;
inline constexpr std::int64_t kSpeedLeast = 4 * 1024; // bytes a second, of a body or an answer on the whole, once kIdleMs are over
inline constexpr std::size_t kTbsMax = 1024 * 1024;
inline constexpr std::size_t kManifestMax = 32 * 1024;
inline constexpr std::size_t kItemsMax = 64; // files of one approval
inline constexpr std::size_t kMessageMax = kTbsMax + kManifestMax + 64 * 1024;

inline constexpr std::uint32_t kDeskRequestsAMinute = 240; // signed ones, of one desk
inline constexpr std::size_t kEnrolmentsAMinute = 30;      // of one caller
inline constexpr std::size_t kEnrolmentsAMinuteOfAll = 600;

// Certificates and decryption
inline constexpr int kDecryptionsPerDay = 500;
// Rehearsals do not use up what a day of openings needs; they have a number of their own.
inline constexpr int kRehearsalsPerDay = 100;

// Bid envelopes
inline constexpr std::uint64_t kEnvelopeContentMax = std::uint64_t{64} << 30;
inline constexpr std::size_t kRecipientsMax = 64;

} // namespace hufu::limits
