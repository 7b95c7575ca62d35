#include "app/shell/journal.h"

#include <QRegularExpression>

namespace hufu::shell {

void Journal::note(const QString &line, const QDateTime &at)
{
    m_lines << at.toString(Qt::ISODate) + QLatin1Char(' ') + masked(line);
    if (m_lines.size() > kLines) m_lines.removeFirst();
}

QString Journal::masked(QString text)
{
    static const QRegularExpression kPrivate(
        QStringLiteral("\\p{Han}+|(?<![0-9A-Za-z])[0-9a-fA-F]{16,}|[0-9]{5,}|[^\\s@]+@[^\\s@]+"));
    return text.replace(kPrivate, QStringLiteral("***"));
}

} // namespace hufu::shell
