#include "app/desk/tray.h"

#include "app/shell/language.h"

#include <QGuiApplication>
#include <QWindow>

namespace hufu::desk_app {

Tray::Tray(QWindow &window, DeskScreens &screens, Counter &counter, shell::Language &language)
    : m_window(window), m_screens(screens), m_open(m_menu.addAction(QString())),
      m_login(m_menu.addAction(QString())), m_quit(m_menu.addAction(QString()))
{
    connect(m_open, &QAction::triggered, this, &Tray::raise);
    connect(m_login, &QAction::triggered, this, [this, &counter] {
        raise();
        // Unenrolled, the first page says what comes first.
        if (counter.identity().enrolled()) counter.start(Errand());
    });
    connect(m_quit, &QAction::triggered, qGuiApp, &QGuiApplication::quit);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason != QSystemTrayIcon::Context) raise();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::raise);
    connect(&m_screens, &DeskScreens::pageChanged, this, &Tray::tell);
    connect(&language, &shell::Language::changed, this, &Tray::translate);
    translate();
}

bool Tray::show()
{
    if (!QSystemTrayIcon::isSystemTrayAvailable()) return false;
    m_icon.setIcon(QGuiApplication::windowIcon());
    m_icon.setContextMenu(&m_menu);
    m_icon.show();
    QGuiApplication::setQuitOnLastWindowClosed(false);
    return true;
}

void Tray::translate()
{
    m_open->setText(QCoreApplication::translate("Tray", "Show the window"));
    m_login->setText(QCoreApplication::translate("Tray", "Log in"));
    m_quit->setText(QCoreApplication::translate("Tray", "Quit"));
    m_icon.setToolTip(QCoreApplication::translate("Tray", "Hufu desk"));
}

void Tray::raise()
{
    m_window.show();
    m_window.raise();
    m_window.requestActivate();
}

// Whoever closed the window while the phone was at work hears how it ended.
void Tray::tell()
{
    if (!m_icon.isVisible() || m_window.isVisible()) return;
    if (m_screens.page() == DeskScreens::Outcome) m_icon.showMessage(QCoreApplication::translate("Tray", "Hufu desk"), QCoreApplication::translate("Tray", "The phone has approved."));
    if (m_screens.page() == DeskScreens::Error)
        m_icon.showMessage(QCoreApplication::translate("Tray", "Hufu desk"), QCoreApplication::translate("Tray", "It did not work. Open the window to see why."),
                           QSystemTrayIcon::Warning);
}

} // namespace hufu::desk_app
