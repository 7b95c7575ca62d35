// The phone number that the company registered.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class PhoneNumberModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(int problem READ problem NOTIFY changed) // HF-nnn, 0: none
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString number READ number NOTIFY numberChanged) // that was typed before the phone was killed
    Q_PROPERTY(QString server READ server NOTIFY changed)
public:
    using QObject::QObject;
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    const QString &server() const { return m_server; }
    const QString &number() const { return m_number; }
    void setNumber(const QString &number)
    {
        m_number = number;
        Q_EMIT numberChanged();
    }
    void show(const QString &server, int problem, bool busy)
    {
        m_server = server;
        m_problem = problem;
        m_busy = busy;
        Q_EMIT changed();
    }
    Q_INVOKABLE void send(const QString &number)
    {
        QString plain = number;
        plain.remove(QLatin1Char(' ')).remove(QLatin1Char('-'));
        Q_EMIT numberGiven(plain);
    }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void numberChanged();
    void numberGiven(const QString &number);
    void cancelled();

private:
    QString m_server, m_number;
    int m_problem = 0;
    bool m_busy = false;
};

} // namespace hufu::phone_app
