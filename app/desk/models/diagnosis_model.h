// What was looked at and what came out; the report to be copied, and the log as a file, for support.
#pragma once

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QObject>
#include <QStandardPaths>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace hufu::desk_app {

struct FindingView {
    Q_GADGET
    QML_VALUE_TYPE(findingView)
    Q_PROPERTY(int kind MEMBER kind)      // DiagnosisModel::Kind
    Q_PROPERTY(int state MEMBER state)    // DiagnosisModel::State
    Q_PROPERTY(double value MEMBER value) // milliseconds, seconds, octets or a port, by kind; of the keyring 1 where it is the desktop's
    Q_PROPERTY(int code MEMBER code)      // HF-nnn, 0: none
public:
    int kind = 0, state = 0;
    double value = 0;
    int code = 0;
    bool operator==(const FindingView &) const = default;
};

class DiagnosisModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList findings READ findings NOTIFY changed) // of findingView
    Q_PROPERTY(QString report READ report NOTIFY changed)
    Q_PROPERTY(bool copied READ copied NOTIFY saved)
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY saved)
    Q_PROPERTY(int problem READ problem NOTIFY saved) // HF-nnn of saving; 0: none
public:
    enum Kind { Server, Pin, Clock, Enrolment, Storage, Keyring, Pages };
    Q_ENUM(Kind)
    enum State { Unknown, Good, Bad };
    Q_ENUM(State)

    using QObject::QObject;
    const QVariantList &findings() const { return m_findings; }
    const QString &report() const { return m_report; }
    bool copied() const { return m_copied; }
    const QString &savedAs() const { return m_savedAs; }
    int problem() const { return m_problem; }
    void show(const QList<FindingView> &findings, const QString &report)
    {
        m_findings.clear();
        for (const FindingView &finding : findings)
            m_findings.append(QVariant::fromValue(finding));
        m_report = report;
        Q_EMIT changed();
    }
    void tellSaved(const QString &as, int problem)
    {
        m_savedAs = as;
        m_problem = problem;
        Q_EMIT saved();
    }
    // The page is opened anew.
    void visit()
    {
        m_copied = false;
        tellSaved({}, 0);
    }
    // Where it may be saved, under a name that hardly anything has.
    Q_INVOKABLE QUrl suggested() const
    {
        QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
        if (!QFileInfo(folder).isDir()) folder = QDir::homePath();
        return QUrl::fromLocalFile(QDir(folder).filePath(QStringLiteral("hufu-desk-%1.zip").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")))));
    }
    Q_INVOKABLE void copy()
    {
        QGuiApplication::clipboard()->setText(m_report);
        m_copied = true;
        Q_EMIT saved();
    }
    Q_INVOKABLE void save(const QUrl &file) { Q_EMIT saveAsked(file.toLocalFile()); }
    Q_INVOKABLE void run() { Q_EMIT runAsked(); }
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void saved();
    void saveAsked(const QString &file);
    void runAsked();
    void closed();

private:
    QVariantList m_findings;
    QString m_report, m_savedAs;
    int m_problem = 0;
    bool m_copied = false;
};

} // namespace hufu::desk_app
