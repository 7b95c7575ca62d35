// Home: the card, the one big act, the recent approvals.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class HomeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(hufu::phone_app::CertificateView card READ card NOTIFY changed)
    Q_PROPERTY(QVariantList history READ history NOTIFY changed) // of historyView, the newest first
    Q_PROPERTY(QString server READ server NOTIFY changed)
    Q_PROPERTY(hufu::phone_app::CareView care READ care NOTIFY changed)
    Q_PROPERTY(bool deskMissing READ deskMissing NOTIFY changed) // no computer is enrolled yet
    Q_PROPERTY(bool revoked READ revoked NOTIFY changed) // the certificate, as the server has said it
    Q_PROPERTY(bool alarm READ alarm NOTIFY changed) // the server has records that are not this phone's, and nobody has read of them
    Q_PROPERTY(bool undecided READ undecided NOTIFY changed) // the last request broke off when the program ended, and its computer may still wait
    Q_PROPERTY(int reminder READ reminder NOTIFY reminderChanged) // the certificate ends within so many days, and it was not said yet; 0: nothing to say
    Q_PROPERTY(hufu::phone_app::ReadinessView readiness READ readiness NOTIFY readinessChanged)
public:
    enum Light { Grey, Green, Amber, Red };
    Q_ENUM(Light)
    enum Cause {
        Looking,
        Ready,
        ServerAway,
        ServerForeign,
        StorageLow,
        SignDestroyed,
        CertificateOver,
        ClockWrong,
        PinWorn,
        CertificateEnds,
        BidRehearsalDue, // value: hours until its opening
        Copied,
        Frozen,
        Locked, // value: minutes
        CertificateRevoked,
        SeatOver,
        Barred,   // code says why
        TriesFew, // value: tries
        SeatEnds, // value: days
        DeskMissing,
        DeskWaits,
    };
    Q_ENUM(Cause)
    static constexpr int kRecent = 3;

    using QObject::QObject;
    const CertificateView &card() const { return m_card; }
    const QVariantList &history() const { return m_history; }
    const QString &server() const { return m_server; }
    const CareView &care() const { return m_care; }
    void show(const CertificateView &card, const QList<HistoryView> &history, const QString &server,
              const CareView &care)
    {
        m_care = care;
        m_card = card;
        m_history = listOf(history.mid(0, kRecent));
        m_server = server;
        Q_EMIT changed();
    }
    bool deskMissing() const { return m_deskMissing; }
    bool revoked() const { return m_revoked; }
    void setRevoked(bool is)
    {
        if (std::exchange(m_revoked, is) != is) Q_EMIT changed();
    }
    void setDeskMissing(bool is)
    {
        if (m_deskMissing == is) return;
        m_deskMissing = is;
        Q_EMIT changed();
    }
    bool alarm() const { return m_alarm; }
    void setAlarm(bool isOne)
    {
        m_alarm = isOne;
        Q_EMIT changed();
    }
    bool undecided() const { return m_undecided; }
    void setUndecided(bool is)
    {
        if (std::exchange(m_undecided, is) != is) Q_EMIT changed();
    }
    int reminder() const { return m_reminder; }
    void setReminder(int days)
    {
        m_reminder = days;
        Q_EMIT reminderChanged();
    }
    Q_INVOKABLE void dismissReminder()
    {
        const int days = m_reminder;
        setReminder(0);
        Q_EMIT reminderRead(days);
    }
    const ReadinessView &readiness() const { return m_readiness; }
    void setReadiness(const ReadinessView &readiness)
    {
        m_readiness = readiness;
        Q_EMIT readinessChanged();
    }
    Q_INVOKABLE void scan() { Q_EMIT scanAsked(); }
    Q_INVOKABLE void openCertificate() { Q_EMIT certificateAsked(); }
    Q_INVOKABLE void changePin() { Q_EMIT pinChangeAsked(); }
    Q_INVOKABLE void openCentre() { Q_EMIT centreAsked(); }
    Q_INVOKABLE void openHistory() { Q_EMIT historyAsked(); }
    Q_INVOKABLE void openEntry(const hufu::phone_app::HistoryView &entry) { Q_EMIT entryAsked(entry); }
    // Where what the light says can be looked at.
    Q_INVOKABLE void openReadiness()
    {
        if (m_readiness.cause == BidRehearsalDue) return openBids();
        Q_EMIT readinessAsked();
    }
    Q_INVOKABLE void openBids() { Q_EMIT bidsAsked(); }

Q_SIGNALS:
    void changed();
    void reminderChanged();
    void reminderRead(int days);
    void readinessChanged();
    void scanAsked();
    void certificateAsked();
    void pinChangeAsked();
    void centreAsked();
    void historyAsked();
    void entryAsked(const hufu::phone_app::HistoryView &entry);
    void readinessAsked();
    void bidsAsked();

private:
    CertificateView m_card;
    QVariantList m_history;
    QString m_server;
    CareView m_care;
    ReadinessView m_readiness;
    bool m_alarm = false, m_deskMissing = false, m_revoked = false, m_undecided = false;
    int m_reminder = 0;
};

} // namespace hufu::phone_app
