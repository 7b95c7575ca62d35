// The sealed bids of whoever enrolled this desk, and the time that goes by meanwhile.
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

struct SealedBidView {
    Q_GADGET
    QML_VALUE_TYPE(sealedBidView)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString person MEMBER person)
    Q_PROPERTY(QString project MEMBER project)
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(QString package MEMBER package)
    Q_PROPERTY(QString file MEMBER file)
    Q_PROPERTY(QDateTime openingAt MEMBER openingAt)
    Q_PROPERTY(QStringList recipients MEMBER recipients)
    Q_PROPERTY(bool own MEMBER own)
    Q_PROPERTY(int light MEMBER light)
    Q_PROPERTY(int cause MEMBER cause)
public:
    QString id; // hexadecimal
    QString person; // whose list it is on
    QString project, number, package, file;
    QDateTime openingAt; // invalid: not known
    QStringList recipients;
    bool own = false; // this person sealed it
    int light = 0, cause = 0; // BidListModel::Light, Cause
    bool operator==(const SealedBidView &) const = default;
};

class BidListModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    // Of sealedBidView: those that are awaited, the next opening first. Their lights are the server's, but where this computer cannot open anything.
    Q_PROPERTY(QVariantList bids READ bids NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed)    // HF-nnn: the list could not be fetched, and is an old one; 0: none
    Q_PROPERTY(QString kept READ kept NOTIFY changed)      // the bid that could not be withdrawn; empty: none
    Q_PROPERTY(int keptWhy READ keptWhy NOTIFY changed)    // HF-nnn
    Q_PROPERTY(double now READ now NOTIFY nowChanged)      // Unix milliseconds; moves each second
public:
    enum Light { Green = 1, Amber, Red };
    Q_ENUM(Light)
    enum Cause { Ready = 1, KeyMissing, Blocked, Locked, ServerAway, ClockWrong, RehearsalDue, OpenNow };
    Q_ENUM(Cause)

    using QObject::QObject;
    QVariantList bids() const;
    int problem() const { return m_problem; }
    const QString &kept() const { return m_kept; }
    int keptWhy() const { return m_keptWhy; }
    double now() const { return static_cast<double>(m_nowMs); }

    // In: answer, of GET /desk/v1/bids. What is the same is not told again.
    void show(const QJsonObject &answer);
    void fail(int problem)
    {
        if (m_problem == problem) return;
        m_problem = problem;
        Q_EMIT changed();
    }
    void clear() { show({}); }
    // What this computer knows of itself, and the server cannot know.
    void setStanding(bool isServerAway, bool isClockWrong)
    {
        if (isServerAway == m_isServerAway && isClockWrong == m_isClockWrong) return;
        m_isServerAway = isServerAway;
        m_isClockWrong = isClockWrong;
        Q_EMIT changed();
    }
    // Stays until the person withdraws again, however often the list is fetched meanwhile.
    void keep(const QString &id, int why)
    {
        if (id == m_kept && why == m_keptWhy) return;
        m_kept = id;
        m_keptWhy = why;
        Q_EMIT changed();
    }
    void setNow(qint64 ms)
    {
        m_nowMs = ms;
        Q_EMIT nowChanged();
    }
    Q_INVOKABLE void withdraw(const QString &id)
    {
        keep({}, 0);
        Q_EMIT withdrawalAsked(id);
    }

Q_SIGNALS:
    void changed();
    void nowChanged();
    void withdrawalAsked(const QString &id);

private:
    QList<SealedBidView> m_bids;
    int m_problem = 0, m_keptWhy = 0;
    bool m_isServerAway = false, m_isClockWrong = false; // as the last look at them says
    QString m_kept;
    qint64 m_nowMs = 0;
};

} // namespace hufu::desk_app
