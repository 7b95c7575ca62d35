// The window of a desk that does not know its server yet.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

class LinkModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(int problem READ problem NOTIFY changed) // HF-nnn: why the last link was not taken; 0: nothing is wrong yet
    Q_PROPERTY(bool busy READ busy NOTIFY changed)      // its server is being asked
public:
    using QObject::QObject;
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }

    void show(int problem, bool busy)
    {
        m_problem = problem;
        m_busy = busy;
        Q_EMIT changed();
    }
    Q_INVOKABLE void offer(const QString &text)
    {
        if (!m_busy) Q_EMIT offered(text.trimmed());
    }

Q_SIGNALS:
    void changed();
    void offered(const QString &text);

private:
    int m_problem = 0;
    bool m_busy = false;
};

} // namespace hufu::desk_app
