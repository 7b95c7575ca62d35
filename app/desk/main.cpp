#include "app/catalogue/catalogue.h"
#include "app/desk/autostart.h"
#include "app/desk/composition.h"
#include "app/desk/link_keeper.h"
#include "app/desk/one_desk.h"
#include "app/desk/qml_modules.h"
#include "app/desk/remote.h"
#include "app/desk/tray.h"
#include "app/desk/window_place.h"
#include "app/shell/language.h"
#include "app/shell/look.h"
#include "app/shell/settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QMessageBox>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include <cstdio>
#include <cstdlib>
#include <optional>

using namespace hufu;

// What --loopback means: ports to try, none for off. Nothing for what is neither.
static std::optional<std::vector<quint16>> portsOf(const QString &word)
{
    using desk_app::Loopback;
    if (word.isEmpty()) return std::vector<quint16>(Loopback::kPorts.begin(), Loopback::kPorts.end());
    if (word == QLatin1String("off")) return std::vector<quint16>();
    bool isPort = false;
    const quint16 port = word.toUShort(&isPort);
    return isPort ? std::optional(std::vector<quint16>{port}) : std::nullopt;
}

// Shows a window that takes the desk link until there is one. In: dress, makes an engine look and speak as this desk does; control, of
// testers, may be empty. Returns: the link; empty: the person has closed the window.
static QString askForLink(const QString &keptIn, const desk_app::OneDesk &one, const std::function<void(QQmlApplicationEngine &)> &dress, const QString &control)
{
    desk_app::LinkModel model;
    desk_app::LinkKeeper keeper(model, desk_app::lookAtServer(), keptIn);
    QString link;
    QObject::connect(&keeper, &desk_app::LinkKeeper::taken, &model, [&link](const QString &text) {
        link = text;
        QCoreApplication::exit(0);
    });
    {
        QQmlApplicationEngine engine;
        engine.setInitialProperties({{QStringLiteral("model"), QVariant::fromValue(&model)}});
        dress(engine);
        engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hufu/Desk/DeskLinkWindow.qml")));
        if (engine.rootObjects().isEmpty()) return {};
        auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().first());
        QObject::connect(&one, &desk_app::OneDesk::raiseAsked, window, [window] {
            window->raise();
            window->requestActivate();
        });
        control::Control ear(window, shell::Language::of(engine));
        ear.setPageReader([] { return QStringLiteral("link"); });
        if (!control.isEmpty() && !ear.listen(control)) return {};
        QCoreApplication::exec();
        QGuiApplication::setQuitOnLastWindowClosed(false); // the desk's own window is about to come
    }
    QCoreApplication::removePostedEvents(qApp, QEvent::Quit);
    QGuiApplication::setQuitOnLastWindowClosed(true);
    return link;
}

// To a person who started it by its icon, and sees no terminal. No page can be shown: none of them works without the folder.
static void tellWhyNot(catalogue::Code code)
{
    const catalogue::Entry &entry = catalogue::entryOf(code);
    const auto lines = [](const std::string &cause, const std::vector<std::string> &steps) {
        QString out = QString::fromStdString(cause);
        for (std::size_t i = 0; i < steps.size(); ++i)
            out += QStringLiteral("\n%1. %2").arg(i + 1).arg(QString::fromStdString(steps[i]));
        return out;
    };
    QMessageBox::critical(nullptr, QString::fromStdString(catalogue::codeText(code) + " · " + entry.titleZh + " / " + entry.titleEn),
                          lines(entry.causeZh, entry.stepsZh) + QStringLiteral("\n\n") + lines(entry.causeEn, entry.stepsEn));
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv); // the tray asks for widgets
    shell::prepareLook(app, "hufu-desk");

    QCommandLineParser words;
    words.setApplicationDescription(QStringLiteral("The desktop client: shows what the phone scans."));
    const QCommandLineOption data(QStringLiteral("data"), QStringLiteral("The desk's folder."),
                                  QStringLiteral("folder"));
    const QCommandLineOption server(QStringLiteral("server"), QStringLiteral("The server's desk link."),
                                    QStringLiteral("link"));
    const QCommandLineOption keepLink(QStringLiteral("keep-link"), QStringLiteral("Without a good link: ask for it in a window, and keep it in this file."),
                                      QStringLiteral("file"));
    const QCommandLineOption language(QStringLiteral("language"), QStringLiteral("zh_CN or en."),
                                      QStringLiteral("name"), QString::fromLatin1(shell::Language::kDefault));
    const QCommandLineOption controlName(QStringLiteral("control"),
                                         QStringLiteral("Listen for a tester's script on this local socket."),
                                         QStringLiteral("name"));
    const QCommandLineOption clock(QStringLiteral("clock"), QStringLiteral("For testers: the file of a clock that jumps; the server's is outside-clock in its folder."),
                                   QStringLiteral("file"));
    const QCommandLineOption loopback(QStringLiteral("loopback"),
                                      QStringLiteral("Where web pages of this computer may ask: a port, 0 for one that the system chooses, or off."),
                                      QStringLiteral("port"));
    const QCommandLineOption inTray(QStringLiteral("in-tray"), QStringLiteral("Start without the window, where there is a tray to wait in."));
    words.addOptions({data, server, keepLink, language, controlName, clock, loopback, inTray});
    words.addHelpOption();
    words.addVersionOption();
    words.process(app);
    QString linkText = words.value(server);
    auto link = desk_app::DeskLink::parse(linkText);
    const auto ports = portsOf(words.value(loopback));
    if (!words.isSet(data) || (!link && !words.isSet(keepLink)) || !ports || !shell::Language::known(words.value(language))) {
        std::fputs(qPrintable(words.helpText()), stderr);
        return 2;
    }

    desk_app::OneDesk one;
    switch (one.claim(words.value(data))) {
    case desk_app::OneDesk::Claim::first: break;
    case desk_app::OneDesk::Claim::raised: return 0; // the first one has come up
    case desk_app::OneDesk::Claim::deaf:
        std::fputs("hufu-desk: another one runs in this folder and does not answer\n", stderr);
        return 4;
    }
    const QString kept = words.value(data) + QStringLiteral("/look/settings.ini");
    const auto dress = [&](QQmlApplicationEngine &engine) {
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        shell::Settings::of(engine)->keepIn(kept, shell::Language::of(engine));
        if (words.isSet(language)) shell::Language::of(engine)->choose(words.value(language));
    };
    if (!link) {
        linkText = askForLink(words.value(keepLink), one, dress, words.value(controlName));
        link = desk_app::DeskLink::parse(linkText);
        if (!link) return 0;
    }
    // The keyring is the person's: what testers and scripts start elsewhere asks for nothing of it.
    const bool usesKeyring = desk_app::Autostart::isInstalled(QCoreApplication::applicationFilePath(), words.value(data));
    auto composition = desk_app::Composition::open(words.value(data), *link, words.value(clock), usesKeyring);
    if (!composition) {
        const int problem = desk_app::Composition::problemOf(composition.error());
        if (usesKeyring) tellWhyNot(static_cast<catalogue::Code>(problem));
        std::fprintf(stderr, "hufu-desk: the folder cannot be used: %s\n", composition.error().what.text());
        return 3;
    }
    if (!ports->empty() && !(*composition)->listen(*ports))
        std::fputs("hufu-desk: web pages cannot reach it: every port is taken\n", stderr);
    QQmlApplicationEngine engine;
    engine.setInitialProperties({{QStringLiteral("screens"), QVariant::fromValue(&(*composition)->screens())}});
    dress(engine);
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Hufu/Desk/Main.qml")));
    if (engine.rootObjects().isEmpty()) return 1;
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().first());
    desk_app::Tray tray(*window, (*composition)->screens(), (*composition)->counter(), *shell::Language::of(engine));
    const auto comeUp = [window] {
        window->show();
        window->raise();
        window->requestActivate();
    };
    QObject::connect(&(*composition)->loopback(), &desk_app::LoopbackApi::attentionWanted, window, comeUp);
    QObject::connect(&one, &desk_app::OneDesk::raiseAsked, window, comeUp);
    std::optional<desk_app::WindowPlace> place(std::in_place, *window, kept);
    if (words.isSet(inTray)) {
        window->hide();
        QObject::connect(&tray, &desk_app::Tray::missing, window, &QWindow::show);
    }
    tray.show();

    QStringList startedWith{QStringLiteral("--server"), linkText};
    for (const QCommandLineOption *option : {&language, &loopback, &clock})
        if (words.isSet(*option)) startedWith << QStringLiteral("--") + option->names().constFirst() << words.value(*option);
    const desk_app::Autostart autostart(desk_app::Autostart::systemFolder(),
                                        desk_app::Autostart::commandOf(QCoreApplication::applicationFilePath(), words.value(data), startedWith));
    autostart.renew();
    desk_app::SettingsModel *settings = (*composition)->screens().settings();
    settings->keepIn(kept);
    settings->setAutostart(autostart.isOn());
    QObject::connect(settings, &desk_app::SettingsModel::autostartAsked, settings, [settings, &autostart, screens = &(*composition)->screens()](bool on) {
        const bool isKept = autostart.set(on);
        settings->setAutostart(autostart.isOn());
        if (isKept) return;
        screens->error()->show(static_cast<int>(catalogue::Code::fileUnwritable), false);
        screens->show(desk_app::DeskScreens::Error);
    });

    if (desk_app::Autostart::isInstalled(QCoreApplication::applicationFilePath(), words.value(data)))
        desk_app::startOnceEnrolled(autostart, *settings, (*composition)->counter());

    std::unique_ptr<control::Control> control;
    if (words.isSet(controlName)) {
        control = std::make_unique<control::Control>(window, shell::Language::of(engine));
        desk_app::teachDeskWords(*control, **composition);
        if (!control->listen(words.value(controlName))) {
            std::fputs("hufu-desk: the control socket cannot be opened\n", stderr);
            return 3;
        }
    }
    const int code = app.exec();
    if ((*composition)->counter().leave()) return code;
    // Waiting would keep the process, and with it the folder from the next start.
    place.reset();
    std::fflush(nullptr);
    std::_Exit(code);
}
