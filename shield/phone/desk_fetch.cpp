#include "shield/phone/desk_fetch.h"

#include "shield/crypto/sm3.h"
#include "shield/phone/flow.h"

namespace hufu::phone {

Step DeskFetch::end(Show show, const std::optional<Problem> &problem)
{
    m_state = State::ended;
    m_device.reset();
    Step step(show);
    step.close = true;
    step.problem = problem;
    return step;
}

Result<Step> DeskFetch::start(const std::optional<ByteArray<16>> &removed)
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(device, m_environment.vault.device());
    if (!device) return Error(Errc::badState, "no device");
    m_device = std::move(device);
    m_removed = removed;
    m_server = m_device->server;
    m_state = State::greeting;
    m_sinceMs = m_environment.clock.monotonicMs();
    Step step(Show::working);
    step.connect = true;
    return step;
}

Bytes DeskFetch::askedUnder(const ByteArray<16> &cn) const
{
    const auto withMac = [&](auto message) {
        message.acct = m_device->acct;
        message.mac = crypto::hmacSm3(m_device->kDev.expose(), wire::macInputOf(message, cn));
        return wire::encode(message);
    };
    if (!m_removed) return withMac(wire::DesksQuery());
    wire::DeskRemoval removal;
    removal.desk = *m_removed;
    return withMac(removal);
}

Result<Step> DeskFetch::dispatch(ByteView message)
{
    if (m_state == State::greeting) {
        HUFU_TRY(greeting, wire::decode<wire::Greeting>(message));
        m_state = State::list;
        Step step(Show::working);
        step.send.push_back(askedUnder(greeting.cn));
        return step;
    }
    HUFU_TRY(list, wire::decode<wire::DeskList>(message));
    m_desks = std::move(list.items);
    return end(Show::done, std::nullopt);
}

Result<Step> DeskFetch::receive(ByteView message)
{
    if (m_state != State::greeting && m_state != State::list) return notNow();
    auto step = dispatch(message);
    return step ? std::move(step) : end(Show::stopped, problemOf(step.error()));
}

Result<Step> DeskFetch::connectionLost()
{
    if (m_state != State::greeting && m_state != State::list) return notNow();
    return end(Show::stopped, problem(Errc::unavailable, hf::kConnectionLost));
}

Result<Step> DeskFetch::tick()
{
    if (m_state != State::greeting && m_state != State::list) return notNow();
    if (m_environment.clock.monotonicMs() - m_sinceMs < kPatienceMs) return Step(Show::working);
    return end(Show::stopped, problem(Errc::unavailable, hf::kConnectionLost));
}

} // namespace hufu::phone
