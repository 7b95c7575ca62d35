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
    Q_PROPERTY(bool reconnecting READ reconnecting NOTIFY changed)
public:
    using QObject::QObject;
    int step() const { return m_step; }
    bool reconnecting() const { return m_reconnecting; }
    void show(int step, bool reconnecting)
    {
        m_step = step;
        m_reconnecting = reconnecting;
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    int m_step = 0;
    bool m_reconnecting = false;
};

} // namespace hufu::phone_app
