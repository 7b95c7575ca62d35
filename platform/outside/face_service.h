// Stand-in for a face service: the phone's SDK (scripted) yields evidence, the service judges it once.
#pragma once

#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace hufu::outside {

// What the camera would have seen.
enum class FaceOutcome : std::uint8_t {
    live = 1,        // the person, alive
    notLive = 2,     // a picture or a mask
    otherPerson = 3, // alive, but somebody else
};

// The SDK's half. Returns: "HUFU-FACE-1" | outcome 1 | ticket 16. Draws "face-ticket".
Bytes scriptedEvidence(FaceOutcome outcome, ports::Random &random);

struct FaceFaults {
    bool down = false;                  // judge() fails with unavailable
    std::optional<FaceOutcome> verdict; // whatever the evidence says
    bool losesReplies = false;          // judge() does its work, and the evidence is spent, and then fails with unavailable
    std::chrono::milliseconds slow{0};  // until judge() answers; its caller waits
};

// May be used by several threads. A ticket is judged once: the same evidence again is refused, as long as it is among
// the newest kTickets.
class FaceService final : public ports::LivenessService {
public:
    static constexpr std::size_t kTickets = 10'000;

    Result<void> judge(std::string_view personId, ByteView evidence) override;
    void setFaults(const FaceFaults &faults);
    FaceFaults faults();
    // Of one person, whatever the evidence says; a verdict of all goes first.
    void setVerdict(const std::string &personId, FaceOutcome verdict);

private:
    std::mutex m_mutex;
    std::deque<ByteArray<16>> m_judged;
    FaceFaults m_faults;
    std::map<std::string, FaceOutcome, std::less<>> m_verdicts; // by person
};

} // namespace hufu::outside
