// What the flows share around their Exchange. For the sources of this folder only.
#pragma once

#include "shield/phone/exchange.h"

#include <memory>

namespace hufu::phone {

// The News as a Step of the page that shows meanwhile.
inline Step stepOf(News &&news, Show page)
{
    Step step(page);
    step.send = std::move(news.send);
    step.connect = news.connect;
    return step;
}

inline Step stopped(const Problem &problem)
{
    Step step(Show::stopped);
    step.problem = problem;
    step.close = true;
    return step;
}

inline Error notNow()
{
    return Error(Errc::badState, "not now");
}

// Remembers what the person sees, so that a step in which nothing happens shows it again.
class Present {
public:
    Result<Step> noted(Result<Step> result)
    {
        if (result) {
            m_show = result->show;
            m_problem = result->problem;
        }
        return result;
    }
    Step again() const
    {
        Step step(m_show);
        step.problem = m_problem;
        return step;
    }

private:
    Show m_show = Show::working;
    std::optional<Problem> m_problem;
};

// All items of the manifest.
inline std::vector<std::uint8_t> everyItem(const intent::Manifest &manifest)
{
    std::vector<std::uint8_t> out(intent::itemsOf(manifest));
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(i);
    return out;
}

} // namespace hufu::phone
