#include "app/phone/composition.h"
#include "app/phone/qml_modules.h"
#include "app/phone/remote.h"
#include "app/shell/language.h"
#include "app/shell/look.h"
#include "app/shell/settings.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include <cstdio>

using namespace hufu;

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    shell::prepareLook(app, "hufu-phone");

    QCommandLineParser words;
    words.setApplicationDescription(QStringLiteral("The phone shield; on a desktop an emulator of it."));
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("The phone's folder."),
                                  QStringLiteral("folder"));
    const QCommandLineOption language(QStringLiteral("language"), QStringLiteral("zh_CN or en."),
                                      QStringLiteral("name"), QString::fromLatin1(shell::Language::kDefault));
    const QCommandLineOption activation(QStringLiteral("activation"), QStringLiteral("The activation link."),
                                        QStringLiteral("link"));
    const QCommandLineOption controlName(QStringLiteral("control"),
                                         QStringLiteral("Listen for a tester's script on this local socket."),
                                         QStringLiteral("name"));
    const QCommandLineOption clock(QStringLiteral("clock"), QStringLiteral("For testers: the file of a clock that jumps; the server's is outside-clock in its folder."),
                                   QStringLiteral("file"));
    const QCommandLineOption pictures(QStringLiteral("pictures"), QStringLiteral("For testers: pictures are taken of pages that forbid them, too."));
    words.addOptions({data, language, activation, controlName, clock, pictures});
    words.addHelpOption();
    words.addVersionOption();
    words.process(app);
    if (!words.isSet(data) || !shell::Language::known(words.value(language))) {
        std::fputs(qPrintable(words.helpText()), stderr);
        return 2;
    }

    auto composition = phone_app::Composition::open(words.value(data), words.value(clock));
    if (!composition) {
        std::fprintf(stderr, "hufu-phone: the folder cannot be used: %s\n", composition.error().what.text());
        return 3;
    }
    (*composition)->screen().allow(words.isSet(pictures));
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine.setInitialProperties({{QStringLiteral("screens"), QVariant::fromValue(&(*composition)->screens())}});
    shell::Settings::of(engine)->keepIn(words.value(data) + QStringLiteral("/look/settings.ini"), shell::Language::of(engine));
    if (words.isSet(language)) shell::Language::of(engine)->choose(words.value(language));
    const auto speak = [&composition, spoken = shell::Language::of(engine)] { (*composition)->speak(spoken->name() == QLatin1String("en")); };
    QObject::connect(shell::Language::of(engine), &shell::Language::changed, shell::Language::of(engine), speak);
    speak();
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hufu/Phone/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;

    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().first());
    const auto tellSight = [&app, window, &composition] {
        const bool isAway = app.applicationState() == Qt::ApplicationSuspended || app.applicationState() == Qt::ApplicationHidden;
        const bool isDown = window->visibility() == QWindow::Hidden || window->visibility() == QWindow::Minimized;
        (*composition)->conductor().setInSight(!isAway && !isDown);
    };
    QObject::connect(&app, &QGuiApplication::applicationStateChanged, window, tellSight);
    QObject::connect(window, &QWindow::visibilityChanged, window, tellSight);

    std::unique_ptr<control::Control> control;
    if (words.isSet(controlName)) {
        control = std::make_unique<control::Control>(window,
                                                     shell::Language::of(engine));
        phone_app::teachPhoneWords(*control, **composition);
        if (!control->listen(words.value(controlName))) {
            std::fputs("hufu-phone: the control socket cannot be opened\n", stderr);
            return 3;
        }
    }
    (*composition)->conductor().start(words.value(activation));
    return app.exec();
}
