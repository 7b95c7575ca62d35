// Looks whether the server is there and is the right one, and what time it has: opens a connection, hears the
// greeting, and says nothing. While it keeps watch the connection stays, and its end is a new look. On the GUI thread.
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

    static constexpr int kAgainMs = 1'000;  // after a connection that was watched has ended
    static constexpr int kRetryMs = 4'000;  // after a look that did not reach it

    // A look that is under way goes on, and answers for this one as well.
    void look(const vault::ServerLink &server);
    // From the next look on. Off: what was watched is left.
    void keepWatch(bool on);
    bool isLooking() const { return m_channel != nullptr && !m_isHeld; }
    void setPatience(int ms) { m_patience.setInterval(ms); }
    void setPauses(int againMs, int retryMs)
    {
        m_againMs = againMs;
        m_retryMs = retryMs;
    }

Q_SIGNALS:
    void looked(const hufu::phone_app::Probe &probe);

private:
    void end(Probe::State state, std::int64_t skewMs = 0);
    void leave();

    ChannelMaker m_makeChannel;
    ports::Clock &m_clock;
    std::unique_ptr<Channel> m_channel;
    QTimer m_patience, m_again;
    vault::ServerLink m_server;
    std::int64_t m_sinceMs = 0;
    int m_againMs = kAgainMs, m_retryMs = kRetryMs;
    bool m_keepsWatch = false;
    bool m_isHeld = false; // the connection has greeted and stays
};

} // namespace hufu::phone_app
