// What the phone saw of the newest act, and where it was saved.
#pragma once

#include "app/catalogue/catalogue.h"
#include "app/phone/own_file.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace hufu::phone_app {

class EvidenceModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString caseId READ caseId NOTIFY changed)   // hexadecimal; empty: there is no act
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY changed) // empty: not yet
    Q_PROPERTY(int problem READ problem NOTIFY changed)     // HF-nnn of the saving; 0: none
public:
    using QObject::QObject;
    void setFolder(const QString &folder) { m_folder = folder; } // where it is saved
    const QString &caseId() const { return m_caseId; }
    const QString &savedAs() const { return m_savedAs; }
    int problem() const { return m_problem; }
    void begin(const QString &caseId)
    {
        if (m_caseId == caseId) return;
        m_caseId = caseId;
        showSaved({}, 0);
    }
    void showSaved(const QString &savedAs, int problem)
    {
        m_savedAs = savedAs;
        m_problem = problem;
        Q_EMIT changed();
    }
    // In: text, of the case that is shown; another one's is left.
    void keep(const QString &caseId, const QByteArray &text)
    {
        if (caseId.isEmpty() || caseId != m_caseId) return;
        const QString savedAs = writeOwnFile(m_folder, QStringLiteral("hufu-evidence-") + caseId.left(8), QStringLiteral("jsonl"), text);
        showSaved(savedAs, savedAs.isEmpty() ? static_cast<int>(catalogue::Code::fileUnwritable) : 0);
    }
    Q_INVOKABLE void save() { Q_EMIT saveAsked(); }

Q_SIGNALS:
    void changed();
    void saveAsked();

private:
    QString m_caseId, m_savedAs, m_folder = documentsFolder();
    int m_problem = 0;
};

} // namespace hufu::phone_app
