// How it ended, and what to do next.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class ResultModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(bool approved READ approved NOTIFY changed)
    Q_PROPERTY(QString act READ act NOTIFY changed)
    Q_PROPERTY(QString platform READ platform NOTIFY changed)
    Q_PROPERTY(QString desk READ desk NOTIFY changed)
    Q_PROPERTY(QString digits READ digits NOTIFY changed) // still to be typed on the desk; else empty
    Q_PROPERTY(int items READ items NOTIFY changed)
    Q_PROPERTY(Refusal refusal READ refusal NOTIFY changed) // where it was not approved
    Q_PROPERTY(hufu::phone_app::CareView care READ care NOTIFY changed)
public:
    // What became of a refusal: the desk is told; recorded as an attack besides; or the server may not know of it.
    enum Refusal { Told, Attack, Unheard };
    Q_ENUM(Refusal)

    using QObject::QObject;
    bool approved() const { return m_approved; }
    const QString &act() const { return m_act; }
    const QString &platform() const { return m_platform; }
    const QString &desk() const { return m_desk; }
    const QString &digits() const { return m_digits; }
    int items() const { return m_items; }
    Refusal refusal() const { return m_refusal; }
    const CareView &care() const { return m_care; }
    void setCare(const CareView &care)
    {
        m_care = care;
        Q_EMIT changed();
    }
    void show(bool approved, const QString &act, const QString &platform, const QString &desk,
              const QString &digits, int items, Refusal refusal = Told)
    {
        m_refusal = refusal;
        m_approved = approved;
        m_act = act;
        m_platform = platform;
        m_desk = desk;
        m_digits = digits;
        m_items = items;
        Q_EMIT changed();
    }
    Q_INVOKABLE void close() { Q_EMIT closed(); }
    Q_INVOKABLE void rehearse() { Q_EMIT rehearsalAsked(); }

Q_SIGNALS:
    void changed();
    void closed();
    void rehearsalAsked();

private:
    bool m_approved = false;
    QString m_act, m_platform, m_desk, m_digits;
    int m_items = 0;
    Refusal m_refusal = Told;
    CareView m_care;
};

} // namespace hufu::phone_app
