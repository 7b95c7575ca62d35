// The companies and certificates on this phone: which one is used, and one more.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class ShieldsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList shields READ shields NOTIFY changed) // of shieldView, those that are not empty
    Q_PROPERTY(bool full READ full NOTIFY changed)               // no more fits
public:
    using QObject::QObject;
    const QVariantList &shields() const { return m_shields; }
    bool full() const { return m_full; }
    void show(const QList<ShieldView> &shields, bool full)
    {
        m_shields = listOf(shields);
        m_full = full;
        Q_EMIT changed();
    }
    Q_INVOKABLE void choose(int index) { Q_EMIT chosen(index); }
    Q_INVOKABLE void add() { Q_EMIT addAsked(); }
    Q_INVOKABLE void openList() { Q_EMIT listAsked(); }
    Q_INVOKABLE void readReminder(int index, int days) { Q_EMIT reminderRead(index, days); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void chosen(int index);
    void addAsked();
    void listAsked();
    void reminderRead(int index, int days);
    void closed();

private:
    QVariantList m_shields;
    bool m_full = false;
};

} // namespace hufu::phone_app
