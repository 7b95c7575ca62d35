// Who the certificate is for, and the agreements in force, to be accepted together.
#pragma once

#include "app/phone/models/views.h"

#include <QObject>

namespace hufu::phone_app {

class AgreementsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the engine")
    Q_PROPERTY(QString company READ company NOTIFY changed)
    Q_PROPERTY(QString person READ person NOTIFY changed)              // masked
    Q_PROPERTY(QVariantList agreements READ agreements NOTIFY changed) // of agreementView
public:
    using QObject::QObject;
    const QString &company() const { return m_company; }
    const QString &person() const { return m_person; }
    const QVariantList &agreements() const { return m_agreements; }
    void show(const QString &company, const QString &person, const QList<AgreementView> &agreements)
    {
        m_company = company;
        m_person = person;
        m_agreements = listOf(agreements);
        Q_EMIT changed();
    }
    Q_INVOKABLE void accept() { Q_EMIT accepted(); }
    Q_INVOKABLE void cancel() { Q_EMIT cancelled(); }

Q_SIGNALS:
    void changed();
    void accepted();
    void cancelled();

private:
    QString m_company, m_person;
    QVariantList m_agreements;
};

} // namespace hufu::phone_app
