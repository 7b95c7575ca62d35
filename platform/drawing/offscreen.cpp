#include "platform/drawing/offscreen.h"

#include <QGuiApplication>

#include <cstdio>

namespace hufu::drawing {

namespace {

// What Qt remarks on a machine without a desktop is no line of the program's log. What ends the program is said.
void hear(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type == QtFatalMsg) std::fprintf(stderr, "%s\n", qPrintable(text));
}

} // namespace

Offscreen::Offscreen()
{
    static char name[] = "hufu", platform[] = "-platform", offscreen[] = "offscreen";
    static char *words[] = {name, platform, offscreen, nullptr};
    static int count = 3;
    // A user's desktop settings must not load a theme or an input method into the process, nor change its numbers.
    for (const char *variable : {"QT_QPA_PLATFORMTHEME", "QT_IM_MODULE", "QT_QPA_GENERIC_PLUGINS"})
        qunsetenv(variable);
    qputenv("LC_ALL", "C.UTF-8");
    qInstallMessageHandler(hear);
    m_application = std::make_unique<QGuiApplication>(count, words);
}

Offscreen::~Offscreen() = default;

} // namespace hufu::drawing
