#include "shield/phone/fetch.h"

#include "shield/phone/flow.h"

namespace hufu::phone {

Step Fetch::end(Show show, const std::optional<Problem> &problem)
{
    m_state = State::ended;
    m_device.reset();
    Step step(show);
    step.close = true;
    step.problem = problem;
    return step;
}

Result<Step> Fetch::begin()
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(device, m_environment.vault.device());
    if (!device) return Error(Errc::badState, "no device");
    m_device = std::move(device);
    m_server = m_device->server;
    m_state = State::greeting;
    m_sinceMs = m_environment.clock.monotonicMs();
    Step step(Show::working);
    step.connect = true;
    return step;
}

Step Fetch::ask()
{
    m_sinceMs = m_environment.clock.monotonicMs();
    Step step(Show::working);
    step.send.push_back(question(m_cn));
    return step;
}

Result<Step> Fetch::dispatch(ByteView message)
{
    HUFU_TRY(envelope, wire::Envelope::split(message));
    if (envelope.type == wire::Type::failure) { // also in place of a greeting: the server is busy
        HUFU_TRY(failure, wire::Failure::parse(envelope.body));
        return end(Show::stopped, problemOf(failure));
    }
    if (m_state == State::greeting) {
        HUFU_TRY(greeting, wire::decode<wire::Greeting>(message));
        m_state = State::answer;
        m_cn = greeting.cn;
        return ask();
    }
    HUFU_CHECK(take(message));
    if (wantsMore()) return ask();
    return end(Show::done, std::nullopt);
}

Result<Step> Fetch::receive(ByteView message)
{
    if (!isOpen()) return notNow();
    auto step = dispatch(message);
    return step ? std::move(step) : end(Show::stopped, problemOf(step.error()));
}

Result<Step> Fetch::connectionLost()
{
    if (!isOpen()) return notNow();
    return end(Show::stopped, problem(Errc::unavailable, hf::kConnectionLost));
}

Result<Step> Fetch::tick()
{
    if (!isOpen()) return notNow();
    if (m_environment.clock.monotonicMs() - m_sinceMs < kPatienceMs) return Step(Show::working);
    return end(Show::stopped, problem(Errc::unavailable, hf::kConnectionLost));
}

} // namespace hufu::phone
