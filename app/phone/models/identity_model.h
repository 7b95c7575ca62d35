// The proof of identity: an SMS code and a face check, as policy asks.
#pragma once

#include "app/phone/models/countdown.h"

#include <QtQml/qqmlregistration.h>

#include <utility>

namespace hufu::phone_app {

class IdentityModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(bool smsWanted READ smsWanted NOTIFY changed)
    Q_PROPERTY(bool faceWanted READ faceWanted NOTIFY changed)
    Q_PROPERTY(QString number READ number NOTIFY changed) // where the code went
    Q_PROPERTY(int problem READ problem NOTIFY changed)   // HF-nnn, 0: none
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(int step READ step NOTIFY changed) // of the face check, what the person does now: 1 to kSteps; 0: it is not under way
    Q_PROPERTY(Service service READ service WRITE setService NOTIFY serviceChanged) // that the person has chosen
    Q_PROPERTY(int resendAfter READ resendAfter NOTIFY ticked) // seconds until the code may be sent again
public:
    static constexpr int kSteps = 3; // hold still, blink, turn the head
    static constexpr int kStepMs = 700; // of the stand-in; a service's kit tells its own steps

    enum Service { Alipay = 1, TencentCloud = 2, Own = 3 }; // their numbers on the wire, as on the company's pages
    Q_ENUM(Service)

    explicit IdentityModel(QObject *parent = nullptr) : QObject(parent)
    {
        connect(&m_resend, &Countdown::ticked, this, &IdentityModel::ticked);
        m_guide.setInterval(kStepMs);
        connect(&m_guide, &QTimer::timeout, this, &IdentityModel::goOn);
    }
    bool smsWanted() const { return m_smsWanted; }
    bool faceWanted() const { return m_faceWanted; }
    const QString &number() const { return m_number; }
    int problem() const { return m_problem; }
    bool busy() const { return m_busy; }
    int step() const { return m_step; }
    Service service() const { return m_service; }
    void setService(Service service)
    {
        if (service == m_service || service < Alipay || service > Own) return;
        m_service = service;
        Q_EMIT serviceChanged();
    }
    int resendAfter() const { return m_resend.left(); }
    void ask(bool sms, bool face, const QString &number)
    {
        if (sms != m_smsWanted || face != m_faceWanted) stopCheck();
        m_smsWanted = sms;
        m_faceWanted = face;
        m_number = number;
        show(0, false);
    }
    // Without a problem the face check that is under way goes on: it may be told meanwhile that the connection is made anew.
    void show(int problem, bool busy)
    {
        if (m_step > 0 && problem == 0) return Q_EMIT changed();
        m_guide.stop();
        m_step = 0;
        m_problem = problem;
        m_busy = busy;
        Q_EMIT changed();
    }
    // In: code, empty when none is wanted. Where a face is, the person is led through the steps first.
    Q_INVOKABLE void check(const QString &code)
    {
        if (m_busy) return;
        m_code = code.trimmed();
        if (!m_faceWanted) return Q_EMIT checked(m_code);
        m_problem = 0;
        m_busy = true;
        m_step = 1;
        m_guide.start();
        Q_EMIT changed();
    }
    // A code has been sent: another may be asked for after so many seconds.
    void sent(int resendAfterSeconds)
    {
        m_awaitsCode = false;
        m_resend.start(resendAfterSeconds * 1000LL);
    }
    void awaitCode() { m_awaitsCode = true; }
    bool awaitsCode() const { return m_awaitsCode; } // one was asked for, and whether it was sent is not known yet
    Q_INVOKABLE void resend()
    {
        awaitCode();
        Q_EMIT resendAsked();
    }
    // The person turns back in the midst of it.
    Q_INVOKABLE void stopCheck()
    {
        if (m_step == 0) return;
        m_guide.stop();
        m_step = 0;
        m_busy = false;
        Q_EMIT changed();
    }
    Q_INVOKABLE void cancel()
    {
        stopCheck();
        Q_EMIT cancelled();
    }
    void skip(qint64 milliseconds) { m_resend.skip(milliseconds); }

Q_SIGNALS:
    void changed();
    void ticked();
    void serviceChanged();
    void checked(const QString &code);
    void resendAsked();
    void cancelled();

private:
    void goOn()
    {
        if (++m_step <= kSteps) return Q_EMIT changed();
        m_guide.stop();
        m_step = 0;
        Q_EMIT changed();
        Q_EMIT checked(std::exchange(m_code, QString()));
    }

    QTimer m_guide;
    QString m_code;
    int m_step = 0;
    bool m_smsWanted = true, m_faceWanted = true, m_busy = false, m_awaitsCode = true;
    QString m_number;
    Service m_service = Alipay;
    int m_problem = 0;
    Countdown m_resend;
};

} // namespace hufu::phone_app
