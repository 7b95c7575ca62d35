#include "shield/phone/refresh.h"

#include "shield/phone/flow.h"

namespace hufu::phone {

class Refresh::Impl {
public:
    Impl(const Environment &environment, Secret<32> kPin, std::uint32_t epoch)
        : m_environment(environment), m_connection(environment.clock), m_kPin(std::move(kPin)), m_epoch(epoch)
    {}

    Result<Step> start();
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick();

    vault::ServerLink server;

private:
    enum class State : std::uint8_t { idle, running, ended };

    Step onNews(News news);
    Step run();
    Step end(Show show, const std::optional<Problem> &problem);

    Environment m_environment;
    Connection m_connection;
    State m_state = State::idle;
    Secret<32> m_kPin;
    std::uint32_t m_epoch;
    std::optional<vault::Device> m_device;
    std::unique_ptr<Exchange> m_exchange;
};

Step Refresh::Impl::end(Show show, const std::optional<Problem> &problem)
{
    m_state = State::ended;
    m_kPin.clear();
    m_exchange.reset();
    Step step(show);
    step.close = true;
    step.problem = problem;
    return step;
}

Result<Step> Refresh::Impl::start()
{
    if (m_state != State::idle) return notNow();
    HUFU_TRY(device, m_environment.vault.device());
    if (!device) return Error(Errc::badState, "no device");
    m_device = std::move(device);
    server = m_device->server;
    m_state = State::running;
    // Before anything leaves: what goes wrong from here on is not tried again at once.
    auto upkeep = m_environment.vault.upkeep();
    if (!upkeep) return end(Show::stopped, problemOf(upkeep.error()));
    upkeep->triedMs = m_environment.clock.unixMs();
    if (auto written = m_environment.vault.writeUpkeep(*upkeep); !written)
        return end(Show::stopped, problemOf(written.error()));
    m_exchange = std::make_unique<Exchange>(m_environment, *m_device, m_connection);
    m_exchange->confine(m_epoch);
    return onNews(m_exchange->start());
}

// The salt stays with the PIN, only that of the epoch is new.
Step Refresh::Impl::run()
{
    const vault::EpochShares &shares = m_exchange->shares();
    NewEpoch next;
    next.salt = shares.salt;
    next.stretch = shares.stretch;
    next.kPin = m_kPin.duplicate();
    return onNews(m_exchange->refresh(m_kPin, std::move(next)));
}

Step Refresh::Impl::onNews(News news)
{
    using Kind = News::Kind;
    switch (news.kind) {
    case Kind::nothing:
        return stepOf(std::move(news), Show::working);
    case Kind::ready:
    case Kind::pinAgain:
        // pinAgain may have sent a new HELLO, and is not ready then.
        return m_exchange->isReady() ? run() : stepOf(std::move(news), Show::working);
    case Kind::refreshed:
        return end(Show::done, std::nullopt);
    case Kind::stopped:
    case Kind::wrongPin: // one count is enough: nobody typed this PIN
        return end(Show::stopped, news.problem);
    case Kind::unsettled:
        return end(Show::stopped, problem(Errc::unavailable, hf::kConnectionLost));
    default:
        break;
    }
    return end(Show::stopped, problem(Errc::internal, hf::kInternal));
}

Result<Step> Refresh::Impl::receive(ByteView message)
{
    if (m_state != State::running) return notNow();
    return onNews(m_exchange->receive(message));
}

Result<Step> Refresh::Impl::connectionLost()
{
    if (m_state != State::running) return notNow();
    return onNews(m_exchange->lost());
}

Result<Step> Refresh::Impl::tick()
{
    if (m_state != State::running) return notNow();
    if (const auto late = m_exchange->overdue()) return end(Show::stopped, *late);
    return Step(Show::working);
}

Refresh::Refresh(const Environment &environment, Secret<32> kPin, std::uint32_t epoch)
    : m_impl(std::make_unique<Impl>(environment, std::move(kPin), epoch))
{}
Refresh::~Refresh() = default;

Result<Step> Refresh::start()
{
    return m_impl->start();
}

Result<Step> Refresh::receive(ByteView message)
{
    return m_impl->receive(message);
}

Result<Step> Refresh::connectionLost()
{
    return m_impl->connectionLost();
}

Result<Step> Refresh::tick()
{
    return m_impl->tick();
}

vault::ServerLink Refresh::server() const
{
    return m_impl->server;
}

} // namespace hufu::phone
