#include "app/phone/bid_watch.h"

#include "app/phone/models/home_model.h"
#include "app/phone/standing.h"

#include <algorithm>

namespace hufu::phone_app {

using opening::Light;

static_assert(static_cast<int>(opening::BidState::replaced) == BidsModel::Replaced);
static_assert(static_cast<int>(opening::Cause::openNow) == BidsModel::OpenNow);

static int lightOf(Light light)
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

void BidWatch::setKnown(const phone::KnownBids &known)
{
    m_known = known;
    look();
}

void BidWatch::setProbe(const Probe &probe)
{
    m_probe = probe;
    look();
}

opening::Means BidWatch::means() const
{
    opening::Means means;
    means.isServerAway = m_probe.state == Probe::State::unreachable || m_probe.state == Probe::State::foreign;
    means.skewMs = m_probe.state == Probe::State::reached ? m_probe.skewMs : 0;
    means.lastRehearsalMs = m_known.lastRehearsalMs;
    return means;
}

BidView BidWatch::viewOf(const opening::Bid &bid, std::int64_t nowMs) const
{
    BidView view;
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
    const auto readiness = opening::readinessOf(bid, means(), nowMs);
    view.light = lightOf(readiness.light);
    view.cause = static_cast<int>(readiness.cause);
    view.rehearsalDue = opening::dueRehearsal(bid, m_known.lastRehearsalMs, nowMs).has_value();
    return view;
}

BidsOutlook BidWatch::outlook() const
{
    BidsOutlook worst;
    const std::int64_t now = m_clock.unixMs();
    for (const opening::Bid &bid : m_known.bids) {
        if (!isMine(bid) || !bid.isAwaited(now)) continue;
        const auto readiness = opening::readinessOf(bid, means(), now);
        if (readiness.light <= worst.readiness.light) continue;
        const std::int64_t left = bid.openingMs == 0 ? 0 : std::max<std::int64_t>(bid.openingMs - now, 0);
        worst = {readiness, static_cast<int>(left / opening::kHourMs)};
    }
    return worst;
}

void BidWatch::look()
{
    const std::int64_t now = m_clock.unixMs();
    QList<BidView> views;
    for (const opening::Bid &bid : m_known.bids)
        views << viewOf(bid, now);
    m_model.show(views, timeOf(m_known.fetchedMs), timeOf(m_known.lastRehearsalMs));
    remind(now);
    const auto readiness = outlook().readiness;
    if (readiness == m_last) return;
    m_last = readiness;
    Q_EMIT outlookChanged();
}

// Once for each moment, and only while nobody has tried since.
void BidWatch::remind(std::int64_t nowMs)
{
    for (const opening::Bid &bid : m_known.bids) {
        const QString id = QString::fromStdString(toHex(bid.id));
        const auto due = isMine(bid) ? opening::dueRehearsal(bid, m_known.lastRehearsalMs, nowMs) : std::nullopt;
        if (!due || *due == opening::Moment::sealing) {
            m_notifications.withdraw(id);
            continue;
        }
        const QString told = id + QString::number(static_cast<int>(*due));
        if (m_told.contains(told)) continue;
        m_told.insert(told);
        m_notifications.remind(viewOf(bid, nowMs));
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
