// The desk's icon in the system tray: the window may be closed, the desk stays at hand.
#pragma once

#include "app/desk/counter.h"
#include "app/desk/reminders.h"
#include "app/desk/screens.h"

#include <QAction>
#include <QMenu>
#include <QSystemTrayIcon>

QT_FORWARD_DECLARE_CLASS(QWindow)

namespace hufu::shell {
class Language;
}

namespace hufu::desk_app {

class Tray : public QObject {
    Q_OBJECT
public:
    // In: window, that the icon shows and hides; all outlive the tray.
    Tray(QWindow &window, DeskScreens &screens, Counter &counter, shell::Language &language);

    // Shows the icon, and lets the program live on without its window. False where the system has no tray: then closing
    // the window ends the program, as ever.
    bool show();

    QMenu &menu() { return m_menu; }

Q_SIGNALS:
    void told(const QString &text, bool isWarning); // the system shows it beside the icon, where there is one

private:
    void translate();
    void raise();
    void tell();
    void remind();

    QWindow &m_window;
    DeskScreens &m_screens;
    QMenu m_menu;
    QAction *m_open, *m_login, *m_quit;
    QSystemTrayIcon m_icon;
    Reminders m_reminders;
};

} // namespace hufu::desk_app
