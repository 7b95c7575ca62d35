// The face check. In this build the face service is a stand-in whose outcome the tester chooses.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class IdentityModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int problem READ problem NOTIFY changed) // HF-nnn, 0: none
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
public:
    enum Outcome { Live = 1, NotLive = 2, OtherPerson = 3 }; // as the stand-in's evidence has it
    Q_ENUM(Outcome)

    using QObject::QObject;
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    void show(int problem, bool busy)
    {
        m_problem = problem;
        m_busy = busy;
        Q_EMIT changed();
    }
    Q_INVOKABLE void start(hufu::phone_app::IdentityModel::Outcome outcome) { Q_EMIT checked(outcome); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void checked(hufu::phone_app::IdentityModel::Outcome outcome);
    void cancelled();

private:
    int m_problem = 0;
    bool m_busy = false;
};

} // namespace hufu::phone_app
