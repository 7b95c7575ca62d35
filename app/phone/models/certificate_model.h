// The certificate card.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class CertificateModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(hufu::phone_app::CertificateView card READ card NOTIFY changed)
    Q_PROPERTY(bool fresh READ fresh NOTIFY changed) // just issued: the end of the activation
    Q_PROPERTY(bool revoked READ revoked NOTIFY changed) // as the server has said it
public:
    using QObject::QObject;
    bool revoked() const { return m_revoked; }
    void setRevoked(bool is)
    {
        m_revoked = is;
        Q_EMIT changed();
    }
    const CertificateView &card() const { return m_card; }
    bool fresh() const { return m_fresh; }
    void show(const CertificateView &card, bool fresh)
    {
        m_card = card;
        m_fresh = fresh;
        Q_EMIT changed();
    }
    Q_INVOKABLE void close() { Q_EMIT closed(); }
    Q_INVOKABLE void openNext() { Q_EMIT nextAsked(); }
    Q_INVOKABLE void rehearse(bool decryption) { Q_EMIT rehearsalAsked(decryption); }

Q_SIGNALS:
    void changed();
    void closed();
    void nextAsked();
    void rehearsalAsked(bool decryption);

private:
    CertificateView m_card;
    bool m_fresh = false, m_revoked = false;
};

} // namespace hufu::phone_app
