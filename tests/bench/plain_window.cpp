// The least that is a Qt Quick program, of the phone's size: what the phone's app is measured beside. With "animate"
// something small turns for three seconds; prints what a frame took (frames.h).
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
                    "    RotationAnimator on rotation { from: 0; to: 360; duration: 1000; loops: Animation.Infinite; running: true } } }");
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
    if (window == nullptr) return 1;
    if (argc == 2 && QByteArray(argv[1]) == "animate") hufu::bench::FrameMeter::run(*window);
    return QGuiApplication::exec();
}
