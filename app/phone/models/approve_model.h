// The request, whole: what the person reads, approves or refuses.
#pragma once

#include "app/phone/models/countdown.h"
#include "app/phone/models/views.h"

#include <set>

namespace hufu::phone_app {

struct RequestView {
    Q_GADGET
    QML_VALUE_TYPE(requestView)
    Q_PROPERTY(QString act MEMBER act)
    Q_PROPERTY(QString flow MEMBER flow)
    Q_PROPERTY(QString platformName MEMBER platformName)
    Q_PROPERTY(QString platformId MEMBER platformId)
    Q_PROPERTY(QString projectName MEMBER projectName)
    Q_PROPERTY(QString projectId MEMBER projectId)
    Q_PROPERTY(QString projectPackage MEMBER projectPackage)
    Q_PROPERTY(QStringList recipients MEMBER recipients) // of a bid that is sealed: who can open it
    Q_PROPERTY(QString soleReason MEMBER soleReason)     // and why one person alone
    Q_PROPERTY(QString company MEMBER company)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString form MEMBER form)
    Q_PROPERTY(QString deskName MEMBER deskName)
    Q_PROPERTY(QString deskId MEMBER deskId)
    Q_PROPERTY(QString network MEMBER network)
    Q_PROPERTY(QString digits MEMBER digits)
    Q_PROPERTY(bool deskKnown MEMBER deskKnown)
    Q_PROPERTY(bool smsWanted MEMBER smsWanted)
    Q_PROPERTY(bool livenessWanted MEMBER livenessWanted)
    Q_PROPERTY(QDateTime created MEMBER created)
    Q_PROPERTY(QDateTime deadline MEMBER deadline)
    Q_PROPERTY(QVariantList files MEMBER files)
    Q_PROPERTY(bool platformNew MEMBER platformNew)
    Q_PROPERTY(bool deskNew MEMBER deskNew)
    Q_PROPERTY(bool otherShield MEMBER otherShield)
    Q_PROPERTY(int tone MEMBER tone)
    Q_PROPERTY(int deadlineHours MEMBER deadlineHours)
    Q_PROPERTY(bool deadlineOver MEMBER deadlineOver)
    Q_PROPERTY(QDateTime openingAt MEMBER openingAt)
    Q_PROPERTY(bool early MEMBER early)
public:
    QStringList recipients;
    QString soleReason;
    QString act, flow, platformName, platformId, projectName, projectId, projectPackage, company, person;
    QString form, deskName, deskId, network, digits;
    bool deskKnown = false, smsWanted = false, livenessWanted = false;
    QDateTime created, deadline;
    QVariantList files; // of fileView
    bool platformNew = false; // no approval for this platform is in the phone's history
    bool deskNew = false;     // nor one for this computer, which the server knows, but that of its enrolment
    bool otherShield = false; // another of the phone's shields than the one that was shown answers for this computer
    int tone = -1;            // the shield's colour; -1: the phone has only one
    int deadlineHours = -1;   // whole hours until the deadline; -1: none, or over
    bool deadlineOver = false;
    QDateTime openingAt;      // of sealed bids that are opened: the last one's hour; none: not known
    bool early = false;       // that hour has not come
};

class ApproveModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(hufu::phone_app::RequestView request READ request NOTIFY changed)
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY ticked)
    Q_PROPERTY(int secondsTotal READ secondsTotal NOTIFY ticked)
    Q_PROPERTY(int included READ included NOTIFY itemsChanged) // how many items are not refused
public:
    enum Reason { Person = 1, NotMine = 2, Suspicious = 3 };
    Q_ENUM(Reason)

    explicit ApproveModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_countdown, &Countdown::ticked, this, &ApproveModel::ticked);
    }
    const RequestView &request() const { return m_request; }
    int secondsLeft() const { return m_countdown.left(); }
    int secondsTotal() const { return m_countdown.total(); }
    int included() const
    {
        return static_cast<int>(m_request.files.size()) - static_cast<int>(m_refused.size());
    }
    Q_INVOKABLE bool isIncluded(int item) const { return item < 0 || !m_refused.contains(static_cast<std::size_t>(item)); }
    std::vector<std::size_t> refusedItems() const { return {m_refused.begin(), m_refused.end()}; }

    void show(const RequestView &request, qint64 millisecondsLeft)
    {
        m_request = request;
        m_refused.clear();
        m_countdown.start(millisecondsLeft);
        Q_EMIT changed();
        Q_EMIT itemsChanged();
    }
    void leave() { m_countdown.stop(); }
    // The same request again, after something was worked on.
    void goOn(qint64 millisecondsLeft)
    {
        const int total = m_countdown.total();
        m_countdown.start(millisecondsLeft, total);
    }
    Q_INVOKABLE void setIncluded(int item, bool yes)
    {
        if (item < 0 || item >= m_request.files.size()) return;
        if (yes)
            m_refused.erase(static_cast<std::size_t>(item));
        else
            m_refused.insert(static_cast<std::size_t>(item));
        Q_EMIT itemsChanged();
    }
    Q_INVOKABLE void approve() { Q_EMIT approved(); }
    Q_INVOKABLE void refuse(hufu::phone_app::ApproveModel::Reason reason) { Q_EMIT refused(reason); }
    void skip(qint64 milliseconds) { m_countdown.skip(milliseconds); }

Q_SIGNALS:
    void changed();
    void ticked();
    void itemsChanged();
    void approved();
    void refused(hufu::phone_app::ApproveModel::Reason reason);

private:
    RequestView m_request;
    std::set<std::size_t> m_refused;
    Countdown m_countdown;
};

} // namespace hufu::phone_app
