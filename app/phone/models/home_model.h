// Home: the card, the one big act, the recent approvals.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class HomeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(hufu::phone_app::CertificateView card READ card NOTIFY changed)
    Q_PROPERTY(QVariantList history READ history NOTIFY changed) // of historyView, the newest first
    Q_PROPERTY(QString server READ server NOTIFY changed)
    Q_PROPERTY(hufu::phone_app::CareView care READ care NOTIFY changed)
public:
    static constexpr int kRecent = 5;

    using QObject::QObject;
    const CertificateView &card() const { return m_card; }
    const QVariantList &history() const { return m_history; }
    const QString &server() const { return m_server; }
    const CareView &care() const { return m_care; }
    void show(const CertificateView &card, const QList<HistoryView> &history, const QString &server,
              const CareView &care)
    {
        m_care = care;
        m_card = card;
        m_history = listOf(history.mid(0, kRecent));
        m_server = server;
        Q_EMIT changed();
    }
    Q_INVOKABLE void scan() { Q_EMIT scanAsked(); }
    Q_INVOKABLE void openCertificate() { Q_EMIT certificateAsked(); }
    Q_INVOKABLE void changePin() { Q_EMIT pinChangeAsked(); }

Q_SIGNALS:
    void changed();
    void scanAsked();
    void certificateAsked();
    void pinChangeAsked();

private:
    CertificateView m_card;
    QVariantList m_history;
    QString m_server;
    CareView m_care;
};

} // namespace hufu::phone_app
