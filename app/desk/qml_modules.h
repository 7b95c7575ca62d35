// The QML modules that are linked in: included once by each program that shows the desk.
#pragma once

#include <QtQml/qqmlextensionplugin.h>

Q_IMPORT_QML_PLUGIN(Hufu_ShellPlugin)
Q_IMPORT_QML_PLUGIN(Hufu_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Hufu_DeskModelsPlugin)
Q_IMPORT_QML_PLUGIN(Hufu_DeskPlugin)
