// Looks whether the server is there and is the right one, and what time it has: opens a connection, hears the
// greeting, and says nothing. On the GUI thread.
#pragma once

#include "app/phone/channel.h"
#include "shield/ports/clock.h"

#include <QTimer>

namespace hufu::phone_app {

struct Probe {
    enum class State : std::uint8_t { unknown, reached, unreachable, foreign };
    State state = State::unknown;
    std::int64_t tookMs = 0; // until the greeting
    std::int64_t skewMs = 0; // this phone's time less the server's
};

class Prober : public QObject {
    Q_OBJECT
public:
    static constexpr int kPatienceMs = 5'000;

    Prober(ChannelMaker makeChannel, ports::Clock &clock);
    ~Prober() override;

    // A look that is under way goes on, and answers for this one as well.
    void look(const vault::ServerLink &server);
    bool isLooking() const { return m_channel != nullptr; }
    void setPatience(int ms) { m_patience.setInterval(ms); }

Q_SIGNALS:
    void looked(const hufu::phone_app::Probe &probe);

private:
    void end(Probe::State state, std::int64_t skewMs = 0);

    ChannelMaker m_makeChannel;
    ports::Clock &m_clock;
    std::unique_ptr<Channel> m_channel;
    QTimer m_patience;
    std::int64_t m_sinceMs = 0;
};

} // namespace hufu::phone_app
