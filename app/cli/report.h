// What a journey did: each step with its time and what proved it, on the terminal and as report.json.
#pragma once

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace hufu::cli {

class Report {
public:
    explicit Report(QString title);

    void begin(const QString &id, const QString &what); // opens a step, shown as running
    void prove(const QString &proof);                   // what was checked in this step; at least one a step
    void end();                                         // closes it; a step without a proof counts as failed
    void fail(const QString &why);                      // closes it as failed
    void note(const QString &key, const QJsonValue &value) { m_notes[key] = value; }

    bool passed() const { return m_failed == 0 && !m_open; }
    // Writes report.json into the folder. False if that is not possible.
    bool write(const QString &folder) const;

private:
    void close(bool good, const QString &why);

    QString m_title;
    QElapsedTimer m_whole;
    QElapsedTimer m_step;
    QJsonArray m_steps;
    QJsonObject m_notes;
    QString m_id, m_what;
    QStringList m_proofs;
    bool m_open = false;
    bool m_onTerminal = false; // then the running step is shown, too
    int m_failed = 0;
};

} // namespace hufu::cli
