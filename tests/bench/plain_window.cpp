// The least that is a Qt Quick program, of the phone's size: what the phone's app is measured beside. With "animate MS"
// something small turns a bit every MS milliseconds, for three seconds; prints what a frame took (frames.h). As often as the page beside it
// changes: a window that draws without a pause finds everything in the processor's caches, and its frames cost a fraction.
#include "tests/bench/frames.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    QQmlApplicationEngine engine;
    engine.loadData("import QtQuick\n"
                    "Window { width: 390; height: 780; visible: true; title: \"plain\"\n"
                    "  Text { x: 20; y: 20; text: \"Hufu\" }\n"
                    "  Rectangle { x: 180; y: 380; width: 30; height: 30; color: \"red\"\n"
                    "    Timer { objectName: \"beat\"; repeat: true; onTriggered: parent.rotation += 45 } } }");
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (window == nullptr) return 1;
    if (argc == 3 && QByteArray(argv[1]) == "animate") {
        auto *beat = window->findChild<QObject *>(QStringLiteral("beat"));
        beat->setProperty("interval", QByteArray(argv[2]).toInt());
        beat->setProperty("running", true);
        hufu::bench::FrameMeter::run(*window);
    }
    return QGuiApplication::exec();
}
