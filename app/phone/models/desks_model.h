// The computers that the person has enrolled, as the server tells, and the removal of one.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

struct DeskView {
    Q_GADGET
    QML_VALUE_TYPE(deskView)
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString network MEMBER network)
    Q_PROPERTY(QDateTime enrolledAt MEMBER enrolledAt)
    Q_PROPERTY(bool waits MEMBER waits) // for the company's administrator: it may ask for nothing yet
public:
    QString id; // hexadecimal, as the computer's window shows it
    QString name, network;
    QDateTime enrolledAt;
    bool waits = false;
    bool operator==(const DeskView &) const = default;
};

class DesksModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList desks READ desks NOTIFY changed) // of deskView
    Q_PROPERTY(bool known READ known NOTIFY changed)         // the server has told them
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int problem READ problem NOTIFY changed)      // HF-nnn, 0: none
public:
    using QObject::QObject;
    const QVariantList &desks() const { return m_desks; }
    bool known() const { return m_known; }
    bool busy() const { return m_busy; }
    int problem() const { return m_problem; }
    // The page is opened anew: another shield may be in use.
    void visit()
    {
        m_desks.clear();
        m_known = m_busy = false; // what was asked before may have been dropped for an act
        refresh();
    }
    void show(const QList<DeskView> &desks)
    {
        m_desks = listOf(desks);
        m_known = true;
        m_busy = false;
        m_problem = 0;
        Q_EMIT changed();
    }
    // What was told before stays on the page.
    void fail(int problem)
    {
        m_busy = false;
        m_problem = problem;
        Q_EMIT changed();
    }
    Q_INVOKABLE void refresh() { ask(QString()); }
    Q_INVOKABLE void remove(const QString &id) { ask(id); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void asked(const QString &removed); // empty: the list alone
    void closed();

private:
    void ask(const QString &removed)
    {
        if (m_busy) return;
        m_busy = true;
        m_problem = 0;
        Q_EMIT changed();
        Q_EMIT asked(removed);
    }

    QVariantList m_desks;
    bool m_known = false, m_busy = false;
    int m_problem = 0;
};

} // namespace hufu::phone_app
