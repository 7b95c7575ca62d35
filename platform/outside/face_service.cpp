#include "platform/outside/face_service.h"

#include <algorithm>
#include <thread>

namespace hufu::outside {

namespace {

constexpr std::string_view kMagic = "HUFU-FACE-1";

} // namespace

Bytes scriptedEvidence(FaceOutcome outcome, ports::Random &random)
{
    return Writer()
        .raw(viewOf(kMagic))
        .u8(static_cast<std::uint8_t>(outcome))
        .raw(random.bytes<16>("face-ticket"))
        .take();
}

Result<void> FaceService::judge(std::string_view personId, ByteView evidence)
{
    Reader reader(evidence);
    const bool known = sameBytes(reader.raw(kMagic.size()), viewOf(kMagic));
    auto outcome = static_cast<FaceOutcome>(reader.u8());
    const auto ticket = reader.array<16>();
    HUFU_CHECK(reader.finish());
    if (!known || personId.empty()) return Error(Errc::badInput, "evidence");

    std::this_thread::sleep_for(faults().slow);
    const std::lock_guard lock(m_mutex);
    if (m_faults.down) return Error(Errc::unavailable, ports::kServiceAway);
    if (std::find(m_judged.begin(), m_judged.end(), ticket) != m_judged.end())
        return Error(Errc::refused, "evidence was judged before");
    m_judged.push_back(ticket);
    if (m_judged.size() > kTickets) m_judged.pop_front();
    if (m_faults.losesReplies) return Error(Errc::unavailable, ports::kServiceAway);
    if (const auto own = m_verdicts.find(personId); own != m_verdicts.end()) outcome = own->second;
    if (m_faults.verdict) outcome = *m_faults.verdict;
    if (outcome != FaceOutcome::live) return Error(Errc::refused, "not this person, alive");
    return {};
}

void FaceService::setFaults(const FaceFaults &faults)
{
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
}

void FaceService::setVerdict(const std::string &personId, FaceOutcome verdict)
{
    const std::lock_guard lock(m_mutex);
    m_verdicts.insert_or_assign(personId, verdict);
}

FaceFaults FaceService::faults()
{
    const std::lock_guard lock(m_mutex);
    return m_faults;
}

} // namespace hufu::outside
