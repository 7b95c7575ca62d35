#include "app/desk/tray.h"

#include "app/shell/language.h"

#include <QGuiApplication>
#include <QWindow>

#include <algorithm>

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
    connect(m_screens.bids(), &BidListModel::nowChanged, this, &Tray::remind);
    connect(this, &Tray::told, this, [this](const QString &text, bool isWarning) {
        if (m_icon.isVisible()) m_icon.showMessage(QCoreApplication::translate("Tray", "Hufu desk"), text, isWarning ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
    });
    connect(&language, &shell::Language::changed, this, &Tray::translate);
    connect(&m_wait, &QTimer::timeout, this, &Tray::look);
    translate();
}

void Tray::show(std::function<bool()> isThere)
{
    m_isThere = std::move(isThere);
    m_wait.start(kLookMs);
    look();
}

void Tray::look()
{
    if (m_isThere()) {
        m_wait.stop();
        m_icon.setIcon(QGuiApplication::windowIcon());
        m_icon.setContextMenu(&m_menu);
        m_icon.show();
        QGuiApplication::setQuitOnLastWindowClosed(false);
        return;
    }
    if (m_waitedMs == kMissingMs) Q_EMIT missing();
    if (m_waitedMs >= kGivenUpMs) m_wait.stop();
    m_waitedMs += kLookMs;
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
    if (m_window.isVisible()) return;
    if (m_screens.page() == DeskScreens::Outcome) Q_EMIT told(QCoreApplication::translate("Tray", "The phone has approved."), false);
    if (m_screens.page() == DeskScreens::Error) Q_EMIT told(QCoreApplication::translate("Tray", "It did not work. Open the window to see why."), true);
}

// Whoever looks at the window sees the countdown there.
void Tray::remind()
{
    const QList<SealedBidView> due = m_reminders.due(m_screens.bids()->bids(), static_cast<qint64>(m_screens.bids()->now()));
    if (due.isEmpty() || m_window.isActive()) return;
    const QString at = due.first().openingAt.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    const int count = static_cast<int>(due.size());
    QString text = count == 1 ? QCoreApplication::translate("Tray", "%1 (%2) is to be opened at %3.").arg(due.first().file, due.first().number, at)
                              : QCoreApplication::translate("Tray", "%n sealed bids are to be opened, the first at %1.", "", count).arg(at);
    const bool isInDoubt = std::ranges::any_of(due, [](const SealedBidView &bid) { return bid.light == BidListModel::Red; });
    if (isInDoubt) text += QLatin1Char(' ') + QCoreApplication::translate("Tray", "As things stand, not all would open. Open the window to see why.");
    Q_EMIT told(text, isInDoubt);
}

} // namespace hufu::desk_app
