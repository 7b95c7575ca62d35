#include "app/cli/stage.h"
#include "app/cli/state.h"
#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QDir>
#include <QEventLoop>
#include <QTimer>
#include <csignal>
#include <cstdio>

namespace hufu::cli {

static volatile std::sig_atomic_t interrupted = 0;

int sim(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption data(QStringLiteral("data"), QString(), QStringLiteral("folder"));
    const QCommandLineOption language(QStringLiteral("language"), QString(), QStringLiteral("name")); // without it: what was chosen in the windows
    const QCommandLineOption panel(QStringLiteral("panel"));
    parser.addOptions({data, language, panel});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu sim")) + arguments);
    WordCheck check(parser, parsed);
    check.wrongIf(!parser.positionalArguments().isEmpty(), parser.positionalArguments().value(0),
                  QStringLiteral("多余"), QStringLiteral("is one too many"));
    if (check.isWrong())
        return check.tell("usage: hufu sim [--data DIR] [--language zh_CN|en] [--panel]\n"
                          "  --panel: with a page for testers, which does to phone and world what cannot be done at the windows.\n");
    const QString folder = parser.isSet(data) ? QDir(parser.value(data)).absolutePath() : simulationFolder();
    if (!QDir().mkpath(folder)) {
        explain(catalogue::Code::fileUnreadable, folder);
        return kUnreadable;
    }

    if (parser.isSet(panel)) return serveEmulator(folder, 0, parser.value(language));
    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });

    if (!mendState(folder)) {
        explain(catalogue::Code::fileUnwritable, folder + QLatin1Char('/') + QLatin1String(kStates));
        return kFailed;
    }
    Stage stage(folder);
    if (!stage.startServer()) {
        explain(catalogue::Code::serverUnreachable, folder + QStringLiteral("/server.log"));
        return kFailed;
    }
    const QString link = stage.ready().value(QStringLiteral("activation")).toString();
    const QString number = stage.ready().value(QStringLiteral("phoneNumber")).toString();
    std::printf("The server is ready at https://127.0.0.1:%d. All data is in %s\n", stage.ready().value(QStringLiteral("port")).toInt(),
                qUtf8Printable(folder));
    const QByteArray base = QByteArrayLiteral("https://127.0.0.1:") + QByteArray::number(stage.ready().value(QStringLiteral("port")).toInt());
    std::printf("Company console: %s/console (ready company: code 91110108MA0DEM0P1T, phone number %s)\n"
                "Procurement portal, to apply for a company of your own: %s/portal\n"
                "The outside world, with the codes sent by SMS: %s/outside\n"
                "A browser asks once whether to trust the server's own certificate.\n",
                base.constData(), qUtf8Printable(number), base.constData(), base.constData());
    if (!link.isEmpty())
        std::printf("The demo company has granted a certificate to the person with the phone number %s.\n"
                    "The phone knows the activation link already; SMS codes appear here.\n",
                    qUtf8Printable(number));
    std::fflush(stdout);

    const QStringList activation = link.isEmpty() ? QStringList() : QStringList{QStringLiteral("--activation"), link};
    if (!stage.startDesk(parser.value(language)) || !stage.startPhone(parser.value(language), activation)) {
        explain(catalogue::Code::internal, QStringLiteral("%1/desk.log, %1/phone.log").arg(folder));
        return kFailed;
    }

    // Until a window is closed or the terminal says stop: print what the stand-in SMS gateway delivers.
    qsizetype shown = stage.inbox().size();
    while (interrupted == 0 && stage.phoneRuns() && stage.deskRuns() && stage.server().running()) {
        QEventLoop pause;
        QTimer::singleShot(500, &pause, &QEventLoop::quit);
        pause.exec();
        stage.phone().waitForExit(0);
        stage.desk().waitForExit(0);
        const QJsonArray messages = stage.inbox();
        for (qsizetype i = messages.size() - shown - 1; i >= 0; --i)
            std::printf("SMS: %s\n", qUtf8Printable(messages[i].toObject().value(QStringLiteral("text")).toString()));
        shown = messages.size();
        std::fflush(stdout);
    }
    return kGood;
}

} // namespace hufu::cli
