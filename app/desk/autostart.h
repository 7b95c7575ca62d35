// Whether the desk starts with the person's session, in the tray: an entry of the XDG autostart folder. An entry that is there is written
// anew by each start, so that it never names a link or a program of former days.
#pragma once

#include <QString>
#include <QStringList>

namespace hufu::desk_app {

class Counter;
class SettingsModel;

class Autostart {
public:
    // In: folder, the session's autostart folder; command, what starts the desk, its words apart.
    Autostart(const QString &folder, const QStringList &command);

    bool isOn() const;
    void renew() const; // if it is on
    // Returns: it is as wished.
    bool set(bool on) const;

    static QString systemFolder(); // of this person

    // The package's desk in its own folder, and no trial of a tester's.
    static bool isInstalled(const QString &program, const QString &data);

    // What starts the desk of this run again, its words apart. Where it was started by the package's script, that one is named: it reads
    // the operator's link anew each time.
    // In: program, this one's path; data, its folder; words, what it was started with besides the folder.
    static QStringList commandOf(const QString &program, const QString &data, const QStringList &words);

private:
    QString m_folder, m_path;
    QStringList m_command;
};

// Once somebody has enrolled it, the desk starts with the session, unless its person has chosen before.
void startOnceEnrolled(const Autostart &autostart, SettingsModel &settings, Counter &counter);

} // namespace hufu::desk_app
