#include "app/phone/prober.h"

#include "shield/wire/activation.h"

namespace hufu::phone_app {

Prober::Prober(ChannelMaker makeChannel, ports::Clock &clock)
    : m_makeChannel(std::move(makeChannel)), m_clock(clock), m_patience(this), m_again(this)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] { look(m_server); });
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { end(Probe::State::unreachable); });
}

Prober::~Prober() = default;

void Prober::look(const vault::ServerLink &server)
{
    if (isLooking()) return;
    m_again.stop();
    leave();
    m_server = server;
    m_channel = m_makeChannel(server);
    m_sinceMs = m_clock.monotonicMs();
    connect(m_channel.get(), &Channel::received, this, [this](const Bytes &message) {
        if (m_isHeld) return; // what it says to nobody
        const auto envelope = wire::Envelope::split(message);
        const auto greeting = envelope && envelope->type == wire::Type::greeting
                                  ? wire::Greeting::parse(envelope->body)
                                  : Result<wire::Greeting>(Error(Errc::badInput, "no greeting"));
        if (!greeting) return end(Probe::State::foreign);
        end(Probe::State::reached, m_clock.unixMs() - greeting->serverMs);
    });
    connect(m_channel.get(), &Channel::closed, this, [this] {
        if (!m_isHeld) return end(Probe::State::unreachable);
        leave();
        m_again.start(m_againMs); // whether the server is gone, or has only no patience with who says nothing
    });
    connect(m_channel.get(), &Channel::silent, this, [this](bool is) {
        if (!is || !m_isHeld) return;
        Probe probe;
        probe.state = Probe::State::unreachable; // a new look takes its time to find that out
        Q_EMIT looked(probe);
    });
    connect(m_channel.get(), &Channel::mismatched, this, [this] { end(Probe::State::foreign); });
    m_patience.start();
    m_channel->open();
}

void Prober::leave()
{
    m_isHeld = false;
    if (!m_channel) return;
    m_channel->disconnect(this);
    m_channel->close();
    m_channel.release()->deleteLater(); // it may be the caller
}

void Prober::keepWatch(bool on)
{
    m_keepsWatch = on;
    if (on) return;
    m_again.stop();
    if (m_isHeld) leave();
}

void Prober::end(Probe::State state, std::int64_t skewMs)
{
    if (!isLooking()) return;
    m_patience.stop();
    m_isHeld = m_keepsWatch && state == Probe::State::reached;
    if (!m_isHeld) leave();
    if (m_keepsWatch && !m_isHeld) m_again.start(m_retryMs);
    Probe probe;
    probe.state = state;
    probe.tookMs = m_clock.monotonicMs() - m_sinceMs;
    probe.skewMs = skewMs;
    Q_EMIT looked(probe);
}

} // namespace hufu::phone_app
