// Phone number, then the SMS code.
#pragma once

#include "app/phone/models/countdown.h"

#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class PhoneNumberModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(QString number READ number NOTIFY changed)
    Q_PROPERTY(bool codeSent READ codeSent NOTIFY changed) // the page asks for the code now
    Q_PROPERTY(QString company READ company NOTIFY changed) // known once the code is sent
    Q_PROPERTY(QString person READ person NOTIFY changed)   // masked
    Q_PROPERTY(int problem READ problem NOTIFY changed)     // HF-nnn, 0: none
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int resendAfter READ resendAfter NOTIFY ticked) // seconds until it may be sent again
public:
    explicit PhoneNumberModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_resend, &Countdown::ticked, this, &PhoneNumberModel::ticked);
    }
    const QString &number() const { return m_number; }
    bool codeSent() const { return m_codeSent; }
    const QString &company() const { return m_company; }
    const QString &person() const { return m_person; }
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    int resendAfter() const { return m_resend.left(); }
    void askNumber(int problem)
    {
        m_codeSent = false;
        m_problem = problem;
        m_busy = false;
        Q_EMIT changed();
    }
    void askCode(const QString &company, const QString &person, int resendAfterSeconds)
    {
        m_codeSent = true;
        m_company = company;
        m_person = person;
        m_problem = 0;
        m_busy = false;
        m_resend.start(resendAfterSeconds * 1000LL);
        Q_EMIT changed();
    }
    void setProblem(int problem)
    {
        m_problem = problem;
        m_busy = false;
        Q_EMIT changed();
    }
    void setBusy()
    {
        m_busy = true;
        m_problem = 0;
        Q_EMIT changed();
    }
    Q_INVOKABLE void sendNumber(const QString &number)
    {
        m_number = number;
        m_number.remove(QLatin1Char(' ')).remove(QLatin1Char('-'));
        Q_EMIT numberGiven(m_number);
    }
    Q_INVOKABLE void sendCode(const QString &code) { Q_EMIT codeGiven(code.trimmed()); }
    Q_INVOKABLE void resend() { Q_EMIT resendAsked(); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void ticked();
    void numberGiven(const QString &number);
    void codeGiven(const QString &code);
    void resendAsked();
    void cancelled();

private:
    QString m_number, m_company, m_person;
    bool m_codeSent = false, m_busy = false;
    int m_problem = 0;
    Countdown m_resend;
};

} // namespace hufu::phone_app
