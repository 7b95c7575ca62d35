// The record of the newest act, and where it was saved.
#pragma once

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace hufu::desk_app {

class EvidenceModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QString caseId READ caseId NOTIFY changed) // hexadecimal; empty: there is no act
    Q_PROPERTY(QString file READ file NOTIFY changed)     // as it was saved; empty: not yet
    Q_PROPERTY(int problem READ problem NOTIFY changed)   // HF-nnn of the saving; 0: none
public:
    using QObject::QObject;
    const QString &caseId() const { return m_caseId; }
    const QString &file() const { return m_file; }
    int problem() const { return m_problem; }
    void begin(const QString &caseId)
    {
        m_caseId = caseId;
        showSaved({}, 0);
    }
    void showSaved(const QString &file, int problem)
    {
        m_file = file;
        m_problem = problem;
        Q_EMIT changed();
    }
    Q_INVOKABLE void save(const QUrl &folder) { Q_EMIT saveAsked(folder.toLocalFile()); }

Q_SIGNALS:
    void changed();
    void saveAsked(const QString &folder);

private:
    QString m_caseId, m_file;
    int m_problem = 0;
};

} // namespace hufu::desk_app
