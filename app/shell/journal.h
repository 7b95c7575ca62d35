// The last things that happened in a window, for support: in memory only, and nothing in it names a person.
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace hufu::shell {

class Journal {
public:
    static constexpr qsizetype kLines = 400;

    void note(const QString &line, const QDateTime &at = QDateTime::currentDateTime());
    QString text() const { return m_lines.join(QLatin1Char('\n')); }

    // Runs of five digits and more, of 16 hexadecimal digits and more, and everything in Chinese characters read as
    // "***": numbers of phones and identities, keys, names.
    static QString masked(QString text);

private:
    QStringList m_lines;
};

} // namespace hufu::shell
