// The personal centre: what the phone knows of its person, and the ways to everything that is not an act.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class CentreModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(hufu::phone_app::CertificateView card READ card NOTIFY changed)
    Q_PROPERTY(QString account READ account NOTIFY changed) // hexadecimal; empty before the activation
    Q_PROPERTY(QString server READ server NOTIFY changed)
    Q_PROPERTY(hufu::phone_app::CareView care READ care NOTIFY changed)
public:
    enum Place { Certificate, History, PinChange, Settings, Support, Diagnosis, Errors, Terms, Shields, Desks };
    Q_ENUM(Place)

    using QObject::QObject;
    const CertificateView &card() const { return m_card; }
    const QString &account() const { return m_account; }
    const QString &server() const { return m_server; }
    const CareView &care() const { return m_care; }
    void show(const CertificateView &card, const QString &account, const QString &server, const CareView &care)
    {
        m_card = card;
        m_account = account;
        m_server = server;
        m_care = care;
        Q_EMIT changed();
    }
    Q_INVOKABLE void open(hufu::phone_app::CentreModel::Place place) { Q_EMIT placeAsked(place); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void placeAsked(hufu::phone_app::CentreModel::Place place);
    void closed();

private:
    CertificateView m_card;
    QString m_account, m_server;
    CareView m_care;
};

} // namespace hufu::phone_app
