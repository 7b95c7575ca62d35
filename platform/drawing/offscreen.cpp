#include "platform/drawing/offscreen.h"

#include <QGuiApplication>

namespace hufu::drawing {

Offscreen::Offscreen()
{
    static char name[] = "hufu", platform[] = "-platform", offscreen[] = "offscreen";
    static char *words[] = {name, platform, offscreen, nullptr};
    static int count = 3;
    // A user's desktop settings must not load a theme or an input method into the process, nor change its numbers.
    for (const char *variable : {"QT_QPA_PLATFORMTHEME", "QT_IM_MODULE", "QT_QPA_GENERIC_PLUGINS"})
        qunsetenv(variable);
    qputenv("LC_ALL", "C.UTF-8");
    m_application = std::make_unique<QGuiApplication>(count, words);
}

Offscreen::~Offscreen() = default;

} // namespace hufu::drawing
