#include "app/phone/own_file.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace hufu::phone_app {

QString documentsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

QString writeOwnFile(const QString &folder, const QString &name, const QString &suffix, const QByteArray &content)
{
    const QDir dir(folder);
    if (!dir.mkpath(QStringLiteral("."))) return {};
    const QString base = name + QLatin1Char('-') + QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString path = dir.absoluteFilePath(base + QLatin1Char('.') + suffix);
    for (int i = 2; QFile::exists(path); ++i)
        path = dir.absoluteFilePath(QStringLiteral("%1-%2.%3").arg(base).arg(i).arg(suffix));
    QSaveFile out(path);
    const bool written = out.open(QIODevice::WriteOnly) && out.write(content) == content.size() && out.flush() && out.commit();
    return written ? path : QString();
}

} // namespace hufu::phone_app
