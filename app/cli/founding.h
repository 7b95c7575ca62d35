// A company gets its shields from nothing, through the pages' own API: what a person does at the portal and the console, a program does here.
#pragma once

#include "app/cli/report.h"
#include "app/cli/stage.h"

#include <QJsonObject>
#include <QMap>

namespace hufu::cli {

class Founding {
public:
    // The stage's server runs, with the stand-ins and the portal. All of them outlive this.
    Founding(Stage &stage, Report &report) : m_stage(stage), m_report(report) {}

    // The steps in their order; false: the reason stands in why().
    bool apply();
    bool handlingPerson();
    bool facts();
    bool remittance();
    bool seats();
    bool seals();
    bool staff();
    bool sealGrants();
    bool certificate(); // from then on the stage's person is the one whom it was granted to
    // The portal's code for binding, drawn into picture as the page would show it.
    bool askBinding();
    bool drawBinding(const QString &picture);
    bool typeDigits(const QString &digits); // that the phone shows; a wrong number is tried before
    bool bind(const QString &serial);       // once the phone has approved; the certificate that is bound has this serial number
    const QString &why() const { return m_why; }

private:
    struct Reply {
        int status = 0;
        QJsonObject json;
    };
    Reply ask(const QByteArray &method, const QString &path, const QJsonObject &body = {});
    // The answer has this status, and with a refusal this code.
    bool expect(const QByteArray &method, const QString &path, const QJsonObject &body, int status, const QString &code = {});
    bool enter(const QString &path); // takes the page's word against forged requests
    bool because(const QString &why);
    QString newestText(const QString &number); // of the SMS
    QString codeFor(const QString &number);
    bool decideFace(const QString &name); // the tester's page lets the check pass
    bool makeSeal(const QString &kind, QString &id);
    bool sealIs(const QString &id, const QString &state);

    Stage &m_stage;
    Report &m_report;
    QMap<QByteArray, QByteArray> m_cookies;
    QByteArray m_csrf;
    QJsonObject m_last; // the newest answer
    QString m_companySeal, m_legalSeal, m_person, m_why;
};

} // namespace hufu::cli
