// How the act ended, and where the result is.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

class OutcomeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString act READ act NOTIFY changed)
    Q_PROPERTY(QString signer READ signer NOTIFY changed)
    Q_PROPERTY(QString file READ file NOTIFY changed)     // what was written; empty if nothing
    Q_PROPERTY(bool renamed READ renamed NOTIFY changed)  // since a file of the wished name was there
    Q_PROPERTY(QString detail READ detail NOTIFY changed) // the signature, hexadecimal; empty if none
public:
    using QObject::QObject;
    const QString &act() const { return m_act; }
    const QString &signer() const { return m_signer; }
    const QString &file() const { return m_file; }
    bool renamed() const { return m_renamed; }
    const QString &detail() const { return m_detail; }
    void show(const QString &act, const QString &signer, const QString &file, bool renamed,
              const QString &detail)
    {
        m_renamed = renamed;
        m_act = act;
        m_signer = signer;
        m_file = file;
        m_detail = detail;
        Q_EMIT changed();
    }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void closed();

private:
    QString m_act, m_signer, m_file, m_detail;
    bool m_renamed = false;
};

} // namespace hufu::desk_app
