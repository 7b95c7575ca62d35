#include "platform/outside/review_desk.h"

namespace hufu::outside {

Result<void> PaperQueue::submit(const ByteArray<16> &paper, std::string_view kind, ByteView document)
{
    const std::lock_guard lock(m_mutex);
    if (m_down) return Error(Errc::unavailable, ports::kServiceAway);
    m_papers[paper] = {paper, std::string(kind), bytesOf(document)};
    return {};
}

std::vector<ReviewPaper> PaperQueue::papers()
{
    const std::lock_guard lock(m_mutex);
    std::vector<ReviewPaper> out;
    for (const auto &[id, paper] : m_papers)
        out.push_back(paper);
    return out;
}

void PaperQueue::done(const ByteArray<16> &paper)
{
    const std::lock_guard lock(m_mutex);
    m_papers.erase(paper);
}

void PaperQueue::setDown(bool down)
{
    const std::lock_guard lock(m_mutex);
    m_down = down;
}

} // namespace hufu::outside
