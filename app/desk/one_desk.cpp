#include "app/desk/one_desk.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QThread>

namespace hufu::desk_app {

// A folder's own, and short enough for a socket's path.
QString OneDesk::nameOf(const QString &folder)
{
    const QByteArray path = QDir(folder).canonicalPath().toUtf8();
    return QStringLiteral("hufu-desk-") + QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(24));
}

static bool raiseFirst(const QString &name)
{
    constexpr int kTryMs = 100;
    const QDeadlineTimer end(OneDesk::kPatienceMs);
    do {
        QLocalSocket socket;
        socket.connectToServer(name);
        if (socket.waitForConnected(kTryMs)) return socket.waitForDisconnected(kTryMs) || socket.state() == QLocalSocket::UnconnectedState;
        QThread::msleep(kTryMs);
    } while (!end.hasExpired());
    return false;
}

OneDesk::Claim OneDesk::claim(const QString &folder)
{
    // Nobody else may look into the desk's folder, whoever makes it.
    const auto own = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    const QString parent = QFileInfo(QFileInfo(folder).absoluteFilePath()).path();
    if (!QDir(folder).exists() && (!QDir().mkpath(parent) || (!QDir().mkdir(folder, own) && !QDir(folder).exists()))) return Claim::first;
    if (!QDir().mkpath(folder + QStringLiteral("/look"))) return Claim::first;
    m_lock = std::make_unique<QLockFile>(folder + QStringLiteral("/look/running"));
    m_lock->setStaleLockTime(0); // it is stale only when its process is gone
    if (!m_lock->tryLock(0) && m_lock->error() == QLockFile::LockFailedError) {
        return raiseFirst(nameOf(folder)) ? Claim::raised : Claim::deaf;
    }
    const QString name = nameOf(folder);
    QLocalServer::removeServer(name); // of one that was killed
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &OneDesk::accept);
    m_server.listen(name);
    return Claim::first;
}

// Whoever knocks wants the window, and says nothing more.
void OneDesk::accept()
{
    while (QLocalSocket *second = m_server.nextPendingConnection()) {
        connect(second, &QLocalSocket::disconnected, second, &QObject::deleteLater);
        second->disconnectFromServer();
        Q_EMIT raiseAsked();
    }
}

} // namespace hufu::desk_app
