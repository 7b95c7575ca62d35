#include "app/shell/journal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

namespace hufu::shell {

static constexpr QFileDevice::Permissions kOwners = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

void Journal::note(const QString &line, const QDateTime &at)
{
    m_lines << at.toString(Qt::ISODate) + QLatin1Char(' ') + masked(line);
    if (m_lines.size() > kLines) m_lines.removeFirst();
    if (m_path.isEmpty()) return;
    if (++m_kept <= 2 * kLines) {
        append(m_lines.last().toUtf8() + '\n');
        return;
    }
    if (rewrite()) m_kept = m_lines.size();
}

void Journal::keepIn(const QString &path)
{
    constexpr qint64 kMost = 1 << 20; // octets that are read
    m_path = path;
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    const QString former = file.size() <= kMost && file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    file.close();
    m_lines = (former.split(QLatin1Char('\n'), Qt::SkipEmptyParts) + m_lines);
    m_lines = m_lines.mid(std::max<qsizetype>(0, m_lines.size() - kLines));
    if (!m_lines.isEmpty()) rewrite();
    m_kept = m_lines.size();
}

bool Journal::append(const QByteArray &line) const
{
    QFile file(m_path);
    if (!file.open(QIODevice::Append)) return false;
    file.setPermissions(kOwners);
    return file.write(line) == line.size();
}

bool Journal::rewrite() const
{
    const QByteArray lines = text().toUtf8() + '\n';
    QSaveFile file(m_path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(kOwners) && file.write(lines) == lines.size() && file.flush() && file.commit();
}

QString Journal::masked(QString text)
{
    static const QRegularExpression kPrivate(
        QStringLiteral("\\p{Han}+|(?<![0-9A-Za-z])[0-9a-fA-F]{16,}|[0-9]{5,}|[^\\s@]+@[^\\s@]+"));
    return text.replace(kPrivate, QStringLiteral("***"));
}

} // namespace hufu::shell
