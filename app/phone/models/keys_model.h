// Keys and certificates are being made: which step is under way.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class KeysModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int step READ step NOTIFY changed) // 0 to 4; 5: all done
    Q_PROPERTY(bool stalled READ stalled NOTIFY changed) // the connection is gone; it goes on by itself
public:
    using QObject::QObject;
    int step() const { return m_step; }
    bool stalled() const { return m_stalled; }
    void show(int step, bool stalled = false)
    {
        m_step = step;
        m_stalled = stalled;
        Q_EMIT changed();
    }
    Q_INVOKABLE void leave() { Q_EMIT left(); }

Q_SIGNALS:
    void changed();
    void left();

private:
    int m_step = 0;
    bool m_stalled = false;
};

} // namespace hufu::phone_app
