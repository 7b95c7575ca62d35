#include "app/desk/autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace hufu::desk_app {

Autostart::Autostart(const QString &folder, const QStringList &command)
    : m_folder(folder), m_path(folder + QStringLiteral("/hufu-desk.desktop")), m_command(command)
{}

QString Autostart::systemFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/autostart");
}

QStringList Autostart::commandOf(const QString &program, const QString &data, const QStringList &words)
{
    const QString starter = QFileInfo(program).dir().filePath(QStringLiteral("hufu-desk-start"));
    const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/hufu-desk"); // as in that script
    const bool isInstalled = QFileInfo(starter).isExecutable() && QFileInfo(data).absoluteFilePath() == own;
    QStringList command = isInstalled ? QStringList{starter} : QStringList{program, QStringLiteral("--data"), QFileInfo(data).absoluteFilePath()};
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isInstalled && words[i] == QLatin1String("--server")) ++i; // and its link
        else command << words[i];
    }
    return command << QStringLiteral("--in-tray");
}

void Autostart::renew() const
{
    if (isOn()) set(true);
}

bool Autostart::isOn() const
{
    return QFile::exists(m_path);
}

// A word of Exec, as the Desktop Entry Specification quotes it.
static QString quoted(QString word)
{
    for (const char *special : {"\\", "\"", "`", "$"})
        word.replace(QLatin1String(special), QLatin1String("\\") + QLatin1String(special));
    // The value itself is a string, whose backslashes are escaped once more; a per cent sign would begin a field code.
    word.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('%'), QLatin1String("%%"));
    return QLatin1Char('"') + word + QLatin1Char('"');
}

bool Autostart::set(bool on) const
{
    if (!on) return !isOn() || QFile::remove(m_path);
    QStringList words;
    for (const QString &word : m_command)
        words << quoted(word);
    const QString entry = QStringLiteral("[Desktop Entry]\nType=Application\nName=Hufu desk\nName[zh_CN]=虎符电脑端\nExec=%1\nIcon=hufu-desk\n").arg(words.join(QLatin1Char(' ')));
    QSaveFile file(m_path);
    return QDir().mkpath(m_folder) && file.open(QIODevice::WriteOnly) && file.write(entry.toUtf8()) >= 0 && file.flush() && file.commit();
}

} // namespace hufu::desk_app
