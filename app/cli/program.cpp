#include "app/cli/program.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QLocalServer>
#include <QScopedValueRollback>
#include <QThread>
#include <csignal>
#include <linux/close_range.h>
#include <sys/resource.h>
#include <unistd.h>

namespace hufu::cli {

QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

Program::Program(QString name, QStringList arguments, QString logFile)
    : m_name(std::move(name)), m_arguments(std::move(arguments)), m_log(std::move(logFile))
{}

Program::~Program()
{
    stop();
}

bool Program::start()
{
    m_process.setStandardErrorFile(m_log, QIODevice::Append);
    m_process.setChildProcessModifier([quota = m_quota] {
        ::signal(SIGXFSZ, SIG_IGN); // a write that fails, as on a full disk
        ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC); // a server's socket that it held would outlive who listens there
        if (!quota) return;
        const rlimit limit{static_cast<rlim_t>(*quota), static_cast<rlim_t>(*quota)};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    m_process.start(QCoreApplication::applicationDirPath() + QLatin1Char('/') + m_name, m_arguments);
    return m_process.waitForStarted(10000);
}

bool Program::setFull(bool full)
{
    const auto process = static_cast<pid_t>(m_process.processId());
    rlimit limit{};
    if (process == 0 || ::prlimit(process, RLIMIT_FSIZE, nullptr, &limit) != 0) return false;
    limit.rlim_cur = full ? 1 : limit.rlim_max;
    return ::prlimit(process, RLIMIT_FSIZE, &limit, nullptr) == 0;
}

QJsonObject Program::readyLine(int ms)
{
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine() && waited.elapsed() < ms && running())
        m_process.waitForReadyRead(100);
    if (!m_process.canReadLine()) return {};
    return QJsonDocument::fromJson(m_process.readLine()).object();
}

void Program::setPaused(bool paused)
{
    if (m_process.processId() != 0) ::kill(static_cast<pid_t>(m_process.processId()), paused ? SIGSTOP : SIGCONT);
}

void Program::kill()
{
    m_control.reset();
    m_process.kill();
    m_process.waitForFinished(5000);
    if (!m_socket.isEmpty()) QLocalServer::removeServer(m_socket); // who is killed leaves it
}

void Program::stop()
{
    m_control.reset();
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        if (!m_process.waitForFinished(5000)) return kill();
    }
    if (!m_socket.isEmpty()) QLocalServer::removeServer(m_socket);
}

bool Program::connectControl(const QString &socket, int ms)
{
    QElapsedTimer waited;
    waited.start();
    m_socket = socket;
    while (waited.elapsed() < ms && running()) {
        m_control = std::make_unique<QLocalSocket>();
        m_control->connectToServer(socket);
        if (m_control->waitForConnected(500)) return true;
        QThread::msleep(100);
    }
    m_control.reset();
    return false;
}

static QJsonObject failure(const char *why)
{
    return {{QStringLiteral("ok"), false}, {QStringLiteral("error"), QLatin1String(why)}};
}

QJsonObject Program::ask(const QJsonObject &request, int ms)
{
    if (!m_control) return failure("not connected");
    if (m_isAsked) { // meanwhile: on another line, lest the answers be taken for each other's
        Question aside(m_socket, request, ms);
        for (;;)
            if (const auto answer = aside.answer()) return *answer;
    }
    const QScopedValueRollback asked(m_isAsked, true);
    m_control->write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    m_control->flush();
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        m_control->waitForReadyRead(m_meanwhile ? 20 : 200);
        m_buffer += m_control->readAll();
        if (m_buffer.contains('\n')) break;
        if (waited.elapsed() > ms || m_control->state() != QLocalSocket::ConnectedState) return failure("no answer");
        if (m_meanwhile) m_meanwhile();
    }
    const qsizetype end = m_buffer.indexOf('\n');
    const QByteArray line = m_buffer.left(end);
    m_buffer.remove(0, end + 1);
    return QJsonDocument::fromJson(line).object();
}

Question::Question(const QString &socket, const QJsonObject &request, int ms) : m_end(ms)
{
    m_line.connectToServer(socket);
    if (!m_line.waitForConnected(500)) return;
    m_line.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    m_line.flush();
}

std::optional<QJsonObject> Question::answer()
{
    m_line.waitForReadyRead(1);
    m_buffer += m_line.readAll();
    const qsizetype end = m_buffer.indexOf('\n');
    if (end >= 0) return QJsonDocument::fromJson(m_buffer.left(end)).object();
    if (m_end.hasExpired() || m_line.state() != QLocalSocket::ConnectedState) return failure("no answer");
    return std::nullopt;
}

} // namespace hufu::cli
