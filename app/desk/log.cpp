#include "app/desk/log.h"

#include "app/shell/journal.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

namespace hufu::desk_app {

Log::Log(const QString &folder, ports::Clock &clock)
    : m_folder(folder), m_path(folder + QStringLiteral("/desk.log")), m_former(folder + QStringLiteral("/desk.1.log")), m_clock(clock)
{
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

void Log::note(const QString &line)
{
    QFile file(m_path);
    if (file.size() >= kBytesMost) {
        QFile::remove(m_former);
        QFile::rename(m_path, m_former);
    }
    if (!file.open(QIODevice::Append)) return;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QString at = QDateTime::fromMSecsSinceEpoch(m_clock.unixMs(), Qt::UTC).toString(Qt::ISODate);
    file.write((at + QLatin1Char(' ') + shell::Journal::masked(line.simplified()).left(kLineMost) + QLatin1Char('\n')).toUtf8());
}

QList<NamedBytes> Log::files() const
{
    QList<NamedBytes> out;
    for (const QString &path : {m_former, m_path}) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly)) out.append({path.mid(m_folder.size() + 1), file.read(2 * kBytesMost)});
    }
    return out;
}

} // namespace hufu::desk_app
