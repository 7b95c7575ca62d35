// One of the product's programs as a child process, and the line to its control socket.
#pragma once

#include <QDeadlineTimer>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>

namespace hufu::cli {

QString text(const QJsonObject &object, const char *key); // empty where there is none

// On a line of its own to a control socket, so that the program can be asked other things before the answer is there.
class Question {
public:
    Question(const QString &socket, const QJsonObject &request, int ms);
    // Nothing: not yet. {"ok":false,"error":...} also when it does not come in time, or the program has ended.
    std::optional<QJsonObject> answer();

private:
    QLocalSocket m_line;
    QByteArray m_buffer;
    QDeadlineTimer m_end;
};

class Program {
public:
    // name: file name of the program, which lies beside this one.
    Program(QString name, QStringList arguments, QString logFile);
    ~Program(); // asks it to end, then makes it
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    // From the next start on no file of its can become larger, as if the disk were full. Nothing: as the system has it.
    void setQuota(std::optional<qint64> octets) { m_quota = octets; }
    bool start();
    // Of the running program, from now on: no file becomes larger than an octet, and as at its start again.
    bool setFull(bool full);
    bool hasLeft() const { return m_process.state() == QProcess::NotRunning && m_process.exitStatus() == QProcess::NormalExit; } // closed, not killed
    bool running() const { return m_process.state() == QProcess::Running; }
    // The first line on its standard output as JSON; empty if none came within the time.
    QJsonObject readyLine(int ms);
    void kill(); // SIGKILL
    void setPaused(bool paused); // stands still where it is, and goes on
    void stop(); // SIGTERM, then waits
    bool waitForExit(int ms) { return m_process.waitForFinished(ms); }
    bool wasKilled(int ms) // within this time, by itself or by anybody
    {
        m_process.waitForFinished(ms);
        return m_process.state() == QProcess::NotRunning && m_process.exitStatus() == QProcess::CrashExit;
    }

    // Connects to the control socket, waiting for the program to open it.
    bool connectControl(const QString &socket, int ms);
    // One request, one answer. {"ok":false,"error":...} also when the program does not answer in time.
    QJsonObject ask(const QJsonObject &request, int ms = 20000);
    // What is done again and again while an answer is waited for; it may ask, too.
    void setMeanwhile(std::function<void()> meanwhile) { m_meanwhile = std::move(meanwhile); }
    std::unique_ptr<Question> askAside(const QJsonObject &request, int ms) const { return std::make_unique<Question>(m_socket, request, ms); }

private:
    QString m_name;
    QStringList m_arguments;
    QString m_log, m_socket;
    QProcess m_process;
    std::unique_ptr<QLocalSocket> m_control;
    QByteArray m_buffer;
    std::optional<qint64> m_quota;
    std::function<void()> m_meanwhile;
    bool m_isAsked = false;
};

} // namespace hufu::cli
