#include "app/desk/autostart.h"

#include "app/desk/counter.h"

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

static QString starterOf(const QString &program)
{
    return QFileInfo(program).dir().filePath(QStringLiteral("hufu-desk-start"));
}

bool Autostart::isInstalled(const QString &program, const QString &data)
{
    const QString own = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/hufu-desk"); // as in that script
    return QFileInfo(starterOf(program)).isExecutable() && QFileInfo(data).absoluteFilePath() == own;
}

QStringList Autostart::commandOf(const QString &program, const QString &data, const QStringList &words)
{
    const bool isByScript = isInstalled(program, data);
    QStringList command = isByScript ? QStringList{starterOf(program)} : QStringList{program, QStringLiteral("--data"), QFileInfo(data).absoluteFilePath()};
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isByScript && words[i] == QLatin1String("--server")) ++i; // and its link
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

// Where the entry cannot be written it is off, as the settings show.
void startOnceEnrolled(const Autostart &autostart, SettingsModel &settings, Counter &counter)
{
    QObject::connect(&counter, &Counter::ended, &settings, [autostart, &settings](const Errand &errand, const Finished &, const QString &, int problem) {
        if (errand.kind != ErrandKind::enrol || problem != 0 || settings.autostartChosen()) return;
        settings.setAutostartChosen();
        autostart.set(true);
        settings.setAutostart(autostart.isOn());
    });
}

} // namespace hufu::desk_app
