// The desk's icon in the system tray: the window may be closed, the desk stays at hand.
#pragma once

#include "app/desk/counter.h"
#include "app/desk/reminders.h"
#include "app/desk/screens.h"

#include <QAction>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include <functional>

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

    static constexpr int kLookMs = 1'000;
    static constexpr int kMissingMs = 10'000;   // by then a person is shown the window instead
    static constexpr int kGivenUpMs = 180'000;

    // Shows the icon as soon as the system has a tray, for which it looks each second: at the beginning of a session the desk is often there
    // first. Once it is shown the program lives on without its window; until then, closing the window ends the program, as ever.
    // In: isThere, whether the system has a tray.
    void show(std::function<bool()> isThere = &QSystemTrayIcon::isSystemTrayAvailable);

    QMenu &menu() { return m_menu; }

Q_SIGNALS:
    void told(const QString &text, bool isWarning); // the system shows it beside the icon, where there is one
    void missing(); // kMissingMs have gone by without a tray; one that comes later is used all the same

private:
    void look();
    void translate();
    void raise();
    void tell();
    void remind();

    QWindow &m_window;
    DeskScreens &m_screens;
    QMenu m_menu;
    QAction *m_open, *m_login, *m_quit;
    QSystemTrayIcon m_icon;
    std::function<bool()> m_isThere;
    QTimer m_wait; // until there is a tray
    int m_waitedMs = 0;
    Reminders m_reminders;
};

} // namespace hufu::desk_app
