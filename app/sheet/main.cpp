// Draws the contact sheet: hufu-sheet FOLDER leaves sheet.png there, and every page in full size.
#include "app/sheet/contact_sheet.h"
#include "app/shell/look.h"

#include <QDir>
#include <QGuiApplication>

#include <cstdio>

using namespace hufu;

int main(int argc, char **argv)
{
    // Drawn in memory, the same on every machine.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication app(argc, argv);
    shell::prepareLook(app, "hufu-sheet");
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 2 || !QDir().mkpath(words.at(1))) {
        std::fputs("usage: hufu-sheet FOLDER\n", stderr);
        return 2;
    }
    sheet::Stage stage;
    if (!stage.window()) return 1;
    const QString file = QDir(words.at(1)).filePath(QStringLiteral("sheet.png"));
    if (!sheet::saveSheet(sheet::contactSheet(stage, words.at(1)), file)) {
        std::fputs("hufu-sheet: the picture cannot be written\n", stderr);
        return 3;
    }
    std::puts(qUtf8Printable(file));
    return 0;
}
