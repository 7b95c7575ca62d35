#include "app/desk/window_place.h"

#include <QGuiApplication>
#include <QScreen>
#include <QWindow>

#include <algorithm>

namespace hufu::desk_app {

static const QString kPlace = QStringLiteral("window/place");
static constexpr int kSeenLeast = 120; // pixels each way: enough to take hold of it

// A screen may be gone, or have become smaller.
static bool canBeSeen(const QRect &place)
{
    return std::ranges::any_of(QGuiApplication::screens(), [&](const QScreen *screen) {
        const QRect seen = screen->availableGeometry().intersected(place);
        return seen.width() >= kSeenLeast && seen.height() >= kSeenLeast;
    });
}

WindowPlace::WindowPlace(QWindow &window, const QString &file) : m_window(window), m_file(file, QSettings::IniFormat), m_calm(this)
{
    const QRect place = m_file.value(kPlace).toRect();
    const bool isWhole = place.width() >= window.minimumWidth() && place.height() >= window.minimumHeight();
    if (isWhole && canBeSeen(place)) window.setGeometry(place);
    m_calm.setSingleShot(true);
    m_calm.setInterval(kCalmMs);
    connect(&m_calm, &QTimer::timeout, this, &WindowPlace::keep);
    for (const auto changed : {&QWindow::xChanged, &QWindow::yChanged, &QWindow::widthChanged, &QWindow::heightChanged})
        connect(&window, changed, &m_calm, [this] { m_calm.start(); });
}

WindowPlace::~WindowPlace()
{
    if (m_calm.isActive()) keep();
}

// Not what full screen or an icon makes of it.
void WindowPlace::keep()
{
    if (m_window.visibility() != QWindow::Windowed) return;
    m_file.setValue(kPlace, m_window.geometry());
    m_file.sync();
}

} // namespace hufu::desk_app
