// Whether an act could begin now: is the server there, is this computer's clock right, and for whom is it enrolled. On the GUI thread.
#pragma once

#include "app/desk/identity.h"
#include "app/desk/models/status_model.h"
#include "app/desk/server.h"
#include "shield/ports/clock.h"

#include <QTimer>
#include <optional>

namespace hufu::desk_app {

// What the last look has found.
struct Findings {
    bool looked = false;
    int problem = 0;            // HF-nnn: the server does not answer, or not as itself; 0: it does
    std::int64_t tookMs = 0;    // to its answer
    std::optional<std::int64_t> aheadMs; // this computer's clock before the server's
    QStringList people;         // who enrolled this desk; empty: nobody, or not known
    bool waits = false;         // for the company's administrator

    static constexpr std::int64_t kAheadMostMs = 60'000; // further off, either way, and the server takes no request of a desk
    bool isClockWrong() const { return aheadMs && (*aheadMs > kAheadMostMs || *aheadMs < -kAheadMostMs); }
};

class Health : public QObject {
    Q_OBJECT
public:
    static constexpr int kTickMs = 1'000;
    static constexpr std::int64_t kLookEveryMs = 30'000;
    static constexpr int kAnswerMs = 15'000;
    static constexpr int kDenialsMost = 2; // what is forgotten does not come back: it is asked twice

    Health(StatusModel &model, Identity &identity, ports::Clock &clock, AskServer ask);

    void look(); // one at a time
    const Findings &findings() const { return m_findings; }

Q_SIGNALS:
    void looked();
    // Nobody has enrolled this desk any more, says the server; it takes itself for enrolled no longer.
    void removed();

private:
    void tick();
    void answered(const ServerAnswer &answer, std::int64_t sentMs, std::int64_t sentUnixMs);
    void askPeople();
    void peopleAnswered(const ServerAnswer &answer);
    void tell();

    StatusModel &m_model;
    Identity &m_identity;
    ports::Clock &m_clock;
    AskServer m_ask;
    QTimer m_timer;
    Findings m_findings;
    std::int64_t m_lookedMs = 0;
    int m_denials = 0;
    bool m_looking = false, m_due = true;
};

} // namespace hufu::desk_app
