// The last things that happened in a window, for support: nothing in it names a person. In memory, and in a file where one is named.
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace hufu::shell {

class Journal {
public:
    static constexpr qsizetype kLines = 400;

    // From now on each line goes into the file, too, which only this user may read, and what stands there comes first: what led to the
    // program's end is there after it. What cannot be written is kept in memory alone.
    void keepIn(const QString &path);
    void note(const QString &line, const QDateTime &at = QDateTime::currentDateTime());
    QString text() const { return m_lines.join(QLatin1Char('\n')); }

    // Runs of five digits and more, of 16 hexadecimal digits and more, and everything in Chinese characters read as
    // "***": numbers of phones and identities, keys, names.
    static QString masked(QString text);

private:
    bool append(const QByteArray &line) const;
    bool rewrite() const; // all lines anew; whatever stops it, the file is the former one or this one

    QStringList m_lines;
    QString m_path;
    qsizetype m_kept = 0; // lines in the file
};

} // namespace hufu::shell
