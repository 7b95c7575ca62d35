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
public:
    enum Task { Starting, Connecting, Claiming, Approving, Decrypting, Refusing, ChangingPin, Rehearsing, Recovering };
    Q_ENUM(Task)

    using QObject::QObject;
    Task task() const { return m_task; }
    void show(Task task)
    {
        m_task = task;
        Q_EMIT changed();
    }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void cancelled();

private:
    Task m_task = Starting;
};

} // namespace hufu::phone_app
