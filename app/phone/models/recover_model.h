// The code of the identity check after a clone was found.
#pragma once

#include "shield/phone/recovery.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class RecoverModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int digits READ digits CONSTANT)
    Q_PROPERTY(int problem READ problem NOTIFY changed) // HF-nnn, 0: none
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
public:
    using QObject::QObject;
    int digits() const { return static_cast<int>(phone::Recovery::kCodeDigits); }
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    void show(int problem, bool busy)
    {
        m_problem = problem;
        m_busy = busy;
        Q_EMIT changed();
    }
    Q_INVOKABLE void sendCode(const QString &code) { Q_EMIT codeGiven(code.trimmed()); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void codeGiven(const QString &code);
    void cancelled();

private:
    int m_problem = 0;
    bool m_busy = false;
};

} // namespace hufu::phone_app
