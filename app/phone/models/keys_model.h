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
public:
    using QObject::QObject;
    int step() const { return m_step; }
    void show(int step)
    {
        m_step = step;
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    int m_step = 0;
};

} // namespace hufu::phone_app
