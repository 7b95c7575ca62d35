// A second factor: the SMS code.
#pragma once

#include "app/phone/models/countdown.h"

#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class FactorModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(QString act READ act NOTIFY changed) // what it is for
    Q_PROPERTY(int problem READ problem NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int resendAfter READ resendAfter NOTIFY ticked)
public:
    explicit FactorModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_resend, &Countdown::ticked, this, &FactorModel::ticked);
    }
    const QString &act() const { return m_act; }
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    int resendAfter() const { return m_resend.left(); }
    void show(const QString &act, int problem)
    {
        m_act = act;
        m_problem = problem;
        m_busy = false;
        Q_EMIT changed();
    }
    void setBusy()
    {
        m_busy = true;
        Q_EMIT changed();
    }
    void resendIn(int seconds) { m_resend.start(seconds * 1000LL); }
    Q_INVOKABLE void sendCode(const QString &code) { Q_EMIT codeGiven(code.trimmed()); }
    Q_INVOKABLE void resend() { Q_EMIT resendAsked(); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }
    void skip(qint64 milliseconds) { m_resend.skip(milliseconds); }

Q_SIGNALS:
    void changed();
    void ticked();
    void codeGiven(const QString &code);
    void resendAsked();
    void cancelled();

private:
    QString m_act;
    int m_problem = 0;
    bool m_busy = false;
    Countdown m_resend;
};

} // namespace hufu::phone_app
