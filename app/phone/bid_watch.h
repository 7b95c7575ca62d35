// Looks after the sealed bids while time goes by: lights, countdowns, reminders, and when the list is fetched anew. On the GUI thread.
#pragma once

#include "app/phone/models/bids_model.h"
#include "app/phone/moment.h"
#include "app/phone/notifications.h"
#include "app/phone/prober.h"
#include "shield/opening/readiness.h"
#include "shield/ports/clock.h"

#include <QSet>
#include <QTimer>

namespace hufu::phone_app {

// The worst of all bids that this phone is to open; ready if there are none.
struct BidsOutlook {
    opening::Readiness readiness;
    int hours = 0; // until the opening, of the bid that is meant
};

class BidWatch : public QObject {
    Q_OBJECT
public:
    static constexpr int kTickMs = 1'000;
    static constexpr std::int64_t kFetchEveryMs = 60'000;

    // notifications may be left out: then the model shows them.
    BidWatch(BidsModel &model, ports::Clock &clock, Notifications *notifications = nullptr);

    // Of every shield: the model lists those of the one in use and what waits for its person's former keys, and the reminders are of all.
    void setKnown(const QList<WatchedBids> &known);
    void setProbe(const Probe &probe); // of the server of the shield in use
    // How the server says that the account of the one in use stands: frozen or found copied; until when it is locked after wrong PINs, 0: not.
    void setStanding(bool isBlocked, std::int64_t lockedUntilMs);
    BidsOutlook outlook() const;       // of the shield in use, with its person's former keys
    // HomeModel::Light of the worst bid that waits for the shield; grey: none waits.
    int lightOf(int shield) const;
    BidView viewOf(const opening::Bid &bid, const WatchedBids &watched) const { return viewOf(bid, watched, m_clock.unixMs()); }
    std::int64_t nowMs() const { return m_clock.unixMs(); }
    // The lists are asked for now, or has just been: the next time is a minute later.
    void fetched() { m_fetchedMs = m_clock.monotonicMs(); }

Q_SIGNALS:
    void outlookChanged();
    void fetchDue();

private:
    // Shows them in the model.
    class Shade final : public Notifications {
    public:
        explicit Shade(BidsModel &model) : m_model(model) {}
        void remind(const BidView &bid) override { m_model.remind(bid); }
        void withdraw(const QString &bidId, int shield) override { m_model.withdrawReminder(bidId, shield); }

    private:
        BidsModel &m_model;
    };

    void tick();
    void look();
    QList<BidView> ofFormerKeys(std::int64_t nowMs) const;
    void remind(const WatchedBids &watched, std::int64_t nowMs);
    opening::Means meansOf(const WatchedBids &watched) const;
    BidView viewOf(const opening::Bid &bid, const WatchedBids &watched, std::int64_t nowMs) const;
    std::optional<BidsOutlook> worstOf(const WatchedBids &watched) const;

    BidsModel &m_model;
    ports::Clock &m_clock;
    Shade m_shade;
    Notifications &m_notifications;
    QList<WatchedBids> m_known;
    Probe m_probe;
    QTimer m_timer;
    bool m_isBlocked = false;
    std::int64_t m_lockedUntilMs = 0;
    std::int64_t m_fetchedMs = 0;
    QSet<QString> m_told; // shield, bid and moment
    std::vector<opening::Readiness> m_last;
};

} // namespace hufu::phone_app
