// Whether the desk starts with the person's session, in the tray: an entry of the XDG autostart folder.
#pragma once

#include <QString>
#include <QStringList>

namespace hufu::desk_app {

class Autostart {
public:
    // In: folder, the session's autostart folder; command, what starts the desk, its words apart.
    Autostart(const QString &folder, const QStringList &command);

    bool isOn() const;
    // Returns: it is as wished.
    bool set(bool on) const;

    static QString systemFolder(); // of this person

private:
    QString m_folder, m_path;
    QStringList m_command;
};

} // namespace hufu::desk_app
