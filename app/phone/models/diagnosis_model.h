// The self-test: what was looked at and what came out, and the report that support may ask for.
#pragma once

#include "app/phone/models/views.h"
#include "app/phone/own_file.h"

#include <QObject>

#include <functional>

namespace hufu::phone_app {

struct CheckView {
    Q_GADGET
    QML_VALUE_TYPE(checkView)
    Q_PROPERTY(int kind MEMBER kind)     // DiagnosisModel::Kind
    Q_PROPERTY(int state MEMBER state)   // DiagnosisModel::State
    Q_PROPERTY(double value MEMBER value) // milliseconds, seconds, octets, or pixels across, by kind
    Q_PROPERTY(QString text MEMBER text)  // of versions; of the name, the address that it leads to
    Q_PROPERTY(bool numeric MEMBER numeric) // of the name: it is a number, and nobody had to be asked
    Q_PROPERTY(int code MEMBER code)     // HF-nnn, 0: none
public:
    int kind = 0, state = 0;
    double value = 0;
    QString text;
    bool numeric = false;
    int code = 0;
};

class DiagnosisModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(QVariantList checks READ checks NOTIFY changed) // of checkView
    Q_PROPERTY(bool running READ running NOTIFY changed)
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY saved)
    Q_PROPERTY(int problem READ problem NOTIFY saved)
public:
    enum Kind { Name, Network, Pin, Clock, Storage, Camera, Version, ServerVersion };
    Q_ENUM(Kind)
    enum State { Unknown, Running, Good, Bad };
    Q_ENUM(State)

    using QObject::QObject;
    void setFolder(const QString &folder) { m_folder = folder; } // where save() writes
    const QVariantList &checks() const { return m_checks; }
    bool running() const { return m_running; }
    const QString &savedAs() const { return m_savedAs; }
    int problem() const { return m_problem; }
    void show(const QList<CheckView> &checks, bool running)
    {
        m_checks = listOf(checks);
        m_running = running;
        Q_EMIT changed();
    }
    void visit();
    void setReport(std::function<QString()> report) { m_report = std::move(report); }

    Q_INVOKABLE void run() { Q_EMIT runAsked(); }
    Q_INVOKABLE void save();
    Q_INVOKABLE void close() { Q_EMIT closed(); }

Q_SIGNALS:
    void changed();
    void saved();
    void runAsked();
    void closed();

private:
    QVariantList m_checks;
    bool m_running = false;
    std::function<QString()> m_report;
    QString m_savedAs, m_folder = documentsFolder();
    int m_problem = 0;
};

} // namespace hufu::phone_app
