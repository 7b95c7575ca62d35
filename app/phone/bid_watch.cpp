#include "app/phone/bid_watch.h"

#include "app/phone/models/home_model.h"
#include "app/phone/standing.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace hufu::phone_app {

using opening::Light;

static_assert(static_cast<int>(opening::BidState::replaced) == BidsModel::Replaced);
static_assert(static_cast<int>(opening::Cause::openNow) == BidsModel::OpenNow);

static int shown(Light light)
{
    return light == Light::green ? HomeModel::Green : light == Light::amber ? HomeModel::Amber : HomeModel::Red;
}

static QDateTime timeOf(std::int64_t ms)
{
    return ms == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(ms);
}

BidWatch::BidWatch(BidsModel &model, ports::Clock &clock, Notifications *notifications)
    : m_model(model), m_clock(clock), m_shade(model), m_notifications(notifications ? *notifications : m_shade), m_timer(this)
{
    connect(&m_timer, &QTimer::timeout, this, &BidWatch::tick);
    m_timer.start(kTickMs);
    m_model.setNow(m_clock.unixMs());
}

void BidWatch::setKnown(const QList<WatchedBids> &known)
{
    for (const WatchedBids &former : std::exchange(m_known, known)) {
        const bool isThere = std::ranges::any_of(m_known, [&former](const WatchedBids &watched) { return watched.shield == former.shield; });
        for (const opening::Bid &bid : former.known.bids)
            if (!isThere) m_notifications.withdraw(QString::fromStdString(toHex(bid.id)), former.shield);
    }
    look();
}

void BidWatch::setProbe(const Probe &probe)
{
    m_probe = probe;
    look();
}

void BidWatch::setStanding(bool isBlocked, std::int64_t lockedUntilMs)
{
    m_isBlocked = isBlocked;
    m_lockedUntilMs = lockedUntilMs;
    look();
}

// Of the other shields' servers nothing is known; former keys have the same one.
opening::Means BidWatch::meansOf(const WatchedBids &watched) const
{
    opening::Means means;
    means.lastRehearsalMs = watched.known.lastRehearsalMs;
    if (!watched.isCurrent && !watched.isFormer) return means;
    means.isServerAway = m_probe.state == Probe::State::unreachable || m_probe.state == Probe::State::foreign;
    means.isBlocked = watched.isCurrent && m_isBlocked;
    if (watched.isCurrent) means.lockedUntilMs = m_lockedUntilMs;
    means.skewMs = m_probe.state == Probe::State::reached ? m_probe.skewMs : 0;
    return means;
}

BidView BidWatch::viewOf(const opening::Bid &bid, const WatchedBids &watched, std::int64_t nowMs) const
{
    BidView view;
    view.shield = watched.shield;
    if (!watched.isCurrent) view.shieldLabel = watched.label;
    view.id = QString::fromStdString(toHex(bid.id));
    view.project = QString::fromStdString(bid.project.name);
    view.number = QString::fromStdString(bid.project.id);
    view.package = QString::fromStdString(bid.project.package);
    view.file = QString::fromStdString(bid.fileName);
    view.size = static_cast<double>(bid.size);
    view.sealedAt = timeOf(bid.sealedMs);
    view.openingAt = timeOf(bid.openingMs);
    for (const opening::Recipient &recipient : bid.recipients)
        view.recipients << QString::fromStdString(recipient.name);
    view.soleReason = QString::fromStdString(bid.soleReason);
    view.own = bid.sealer != opening::AccountId{};
    view.mine = isMine(bid);
    view.awaited = bid.isAwaited(nowMs);
    view.state = static_cast<int>(bid.state);
    if (!view.awaited || !view.mine) return view;
    const auto readiness = opening::readinessOf(bid, meansOf(watched), nowMs);
    view.light = shown(readiness.light);
    view.cause = static_cast<int>(readiness.cause);
    view.rehearsalDue = opening::dueRehearsal(bid, watched.known.lastRehearsalMs, nowMs).has_value();
    return view;
}

// Nothing: none of them waits.
std::optional<BidsOutlook> BidWatch::worstOf(const WatchedBids &watched) const
{
    std::optional<BidsOutlook> worst;
    const std::int64_t now = m_clock.unixMs();
    for (const opening::Bid &bid : watched.known.bids) {
        if (!isMine(bid) || !bid.isAwaited(now)) continue;
        if (!worst) worst.emplace();
        const auto readiness = opening::readinessOf(bid, meansOf(watched), now);
        if (readiness.light <= worst->readiness.light) continue;
        const std::int64_t left = bid.openingMs == 0 ? 0 : std::max<std::int64_t>(bid.openingMs - now, 0);
        worst = BidsOutlook{readiness, static_cast<int>(left / opening::kHourMs)};
    }
    return worst;
}

BidsOutlook BidWatch::outlook() const
{
    BidsOutlook worst;
    for (const WatchedBids &watched : m_known)
        if (watched.isCurrent || watched.isFormer)
            if (const auto theirs = worstOf(watched); theirs && theirs->readiness.light > worst.readiness.light) worst = *theirs;
    return worst;
}

int BidWatch::lightOf(int shield) const
{
    for (const WatchedBids &watched : m_known)
        if (const auto worst = watched.shield == shield ? worstOf(watched) : std::nullopt) return shown(worst->readiness.light);
    return HomeModel::Grey;
}

// What waits for the person's former keys is no less the person's: with the rest, by the hour of the opening.
QList<BidView> BidWatch::ofFormerKeys(std::int64_t nowMs) const
{
    QList<BidView> views;
    for (const WatchedBids &watched : m_known)
        for (const opening::Bid &bid : watched.known.bids)
            if (watched.isFormer && bid.isAwaited(nowMs) && isMine(bid)) views << viewOf(bid, watched, nowMs);
    return views;
}

void BidWatch::look()
{
    const std::int64_t now = m_clock.unixMs();
    QList<BidView> views;
    WatchedBids current;
    std::vector<opening::Readiness> all;
    for (const WatchedBids &watched : m_known) {
        all.push_back(worstOf(watched).value_or(BidsOutlook()).readiness);
        if (watched.isCurrent) current = watched;
    }
    for (const opening::Bid &bid : current.known.bids)
        views << viewOf(bid, current, now);
    if (const auto former = ofFormerKeys(now); !former.isEmpty()) {
        views << former;
        std::ranges::stable_sort(views, {}, [](const BidView &bid) {
            // What is over stays in its order: the last one first.
            return std::pair(!bid.awaited, bid.awaited && bid.openingAt.isValid() ? bid.openingAt.toMSecsSinceEpoch() : std::numeric_limits<qint64>::max());
        });
    }
    m_model.show(views, timeOf(current.known.fetchedMs), timeOf(current.known.lastRehearsalMs));
    for (const WatchedBids &watched : m_known)
        remind(watched, now);
    if (all == m_last) return;
    m_last = std::move(all);
    Q_EMIT outlookChanged();
}

// Once for each moment, and only while nobody has tried since.
void BidWatch::remind(const WatchedBids &watched, std::int64_t nowMs)
{
    for (const opening::Bid &bid : watched.known.bids) {
        const QString id = QString::fromStdString(toHex(bid.id));
        const auto due = isMine(bid) ? opening::dueRehearsal(bid, watched.known.lastRehearsalMs, nowMs) : std::nullopt;
        if (!due || *due == opening::Moment::sealing) {
            m_notifications.withdraw(id, watched.shield);
            continue;
        }
        const QString told = QStringLiteral("%1 %2 %3").arg(watched.shield).arg(id).arg(static_cast<int>(*due));
        if (m_told.contains(told)) continue;
        m_told.insert(told);
        m_notifications.remind(viewOf(bid, watched, nowMs));
    }
}

void BidWatch::tick()
{
    m_model.setNow(m_clock.unixMs());
    look();
    if (m_clock.monotonicMs() - m_fetchedMs < kFetchEveryMs) return;
    fetched();
    Q_EMIT fetchDue();
}

} // namespace hufu::phone_app
