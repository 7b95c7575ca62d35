// What both windowed programs set up before their first window: font, icon, names.
#pragma once

class QGuiApplication;

namespace hufu::shell {

// A font with Chinese glyphs, the product's icon, the name and version of the application.
void prepareLook(QGuiApplication &app, const char *name);

} // namespace hufu::shell
