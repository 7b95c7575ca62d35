// The sealed bids: the list, the one that is looked at, and the time that goes by meanwhile.
#pragma once

#include "app/phone/models/bid_view.h"

#include <QObject>

namespace hufu::phone_app {

class BidsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList bids READ bids NOTIFY changed)                // of bidView: the next opening first, what is over last
    Q_PROPERTY(QVariantList awaited READ awaited NOTIFY changed)          // of them, those whose opening may still come
    Q_PROPERTY(hufu::phone_app::BidView bid READ bid NOTIFY changed)      // the one that was chosen
    Q_PROPERTY(double now READ now NOTIFY nowChanged)                     // Unix milliseconds by the phone's clock; moves each second
    Q_PROPERTY(QDateTime fetched READ fetched NOTIFY changed)             // invalid: never
    Q_PROPERTY(QDateTime rehearsed READ rehearsed NOTIFY changed)         // when this phone's key last opened something
    Q_PROPERTY(hufu::phone_app::BidView reminded READ reminded NOTIFY reminderChanged) // of the reminder that is shown
    Q_PROPERTY(bool reminderShown READ reminderShown NOTIFY reminderChanged)
public:
    // The numbers of opening::BidState and opening::Cause.
    enum State { Sealed = 1, Opened, Withdrawn, Replaced };
    Q_ENUM(State)
    enum Cause { Ready = 1, KeyMissing, Blocked, Locked, ServerAway, ClockWrong, RehearsalDue, OpenNow };
    Q_ENUM(Cause)

    using QObject::QObject;

    QVariantList bids() const { return listOf(m_bids); }
    QVariantList awaited() const
    {
        QList<BidView> out;
        for (const BidView &bid : m_bids)
            if (bid.awaited) out << bid;
        return listOf(out);
    }
    const BidView &bid() const { return m_bid; }
    double now() const { return static_cast<double>(m_nowMs); }
    const QDateTime &fetched() const { return m_fetched; }
    const QDateTime &rehearsed() const { return m_rehearsed; }
    BidView reminded() const { return m_reminders.value(0); }
    bool reminderShown() const { return !m_reminders.isEmpty(); }

    // What is the same is not told again: a list that is made anew loses its place on the screen.
    void show(const QList<BidView> &bids, const QDateTime &fetched, const QDateTime &rehearsed)
    {
        if (m_bids == bids && m_fetched == fetched && m_rehearsed == rehearsed) return;
        m_bids = bids;
        m_fetched = fetched;
        m_rehearsed = rehearsed;
        for (const BidView &bid : m_bids)
            if (bid.id == m_bid.id) m_bid = bid;
        Q_EMIT changed();
    }
    void setNow(qint64 ms)
    {
        m_nowMs = ms;
        Q_EMIT nowChanged();
    }
    void choose(const BidView &bid)
    {
        m_bid = bid;
        Q_EMIT changed();
    }
    // One is shown at a time; the next one waits.
    void remind(const BidView &bid)
    {
        withdrawReminder(bid.id, bid.shield);
        m_reminders << bid;
        Q_EMIT reminderChanged();
    }
    void withdrawReminder(const QString &id, int shield)
    {
        if (m_reminders.removeIf([&](const BidView &bid) { return bid.id == id && bid.shield == shield; }) > 0) Q_EMIT reminderChanged();
    }
    Q_INVOKABLE void open(const hufu::phone_app::BidView &bid)
    {
        choose(bid);
        Q_EMIT bidAsked();
    }
    Q_INVOKABLE void openAll() { Q_EMIT allAsked(); }
    Q_INVOKABLE void rehearse() { Q_EMIT rehearsalAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }
    Q_INVOKABLE void dismissReminder() { withdrawReminder(reminded().id, reminded().shield); }
    Q_INVOKABLE void openReminded()
    {
        const BidView bid = reminded();
        dismissReminder();
        open(bid);
    }

Q_SIGNALS:
    void changed();
    void nowChanged();
    void reminderChanged();
    void bidAsked();
    void allAsked();
    void rehearsalAsked();
    void closed();

private:
    QList<BidView> m_bids;
    BidView m_bid;
    QList<BidView> m_reminders;
    qint64 m_nowMs = 0;
    QDateTime m_fetched, m_rehearsed;
};

} // namespace hufu::phone_app
