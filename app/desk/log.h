// What the desk did and met, for support: in two files of its folder, and nothing in it names a person, a file or a key.
#pragma once

#include "shield/ports/clock.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace hufu::desk_app {

using NamedBytes = std::pair<QString, QByteArray>;

class Log {
public:
    static constexpr qint64 kBytesMost = 128 * 1024; // of a file; then it becomes the former one
    static constexpr qsizetype kLineMost = 200;

    // In: folder, made if it is not there. Where nothing can be written, nothing is.
    Log(const QString &folder, ports::Clock &clock);

    // In: line, in words of the program alone; what looks like a name, a number or a key in it reads "***".
    void note(const QString &line);
    // The former one first; empty where there is none.
    QList<NamedBytes> files() const;

private:
    QString m_folder, m_path, m_former;
    ports::Clock &m_clock;
};

} // namespace hufu::desk_app
