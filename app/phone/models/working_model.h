// The phone is at work, and says at what.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class WorkingModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(Task task READ task NOTIFY changed)
    Q_PROPERTY(bool stalled READ stalled NOTIFY changed) // the connection is gone; it goes on by itself
public:
    enum Task { Starting, Connecting, Claiming, Approving, Decrypting, Refusing, ChangingPin, Rehearsing, Recovering };
    Q_ENUM(Task)

    using QObject::QObject;
    Task task() const { return m_task; }
    bool stalled() const { return m_stalled; }
    void show(Task task, bool stalled = false)
    {
        m_task = task;
        m_stalled = stalled;
        Q_EMIT changed();
    }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void cancelled();

private:
    Task m_task = Starting;
    bool m_stalled = false;
};

} // namespace hufu::phone_app
