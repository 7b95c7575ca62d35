#include "app/cli/journey.h"
#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QDir>
#include <QSaveFile>
#include <cstdio>

namespace hufu::cli {

int demo(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption out(QStringLiteral("out"), QString(), QStringLiteral("folder"), QStringLiteral("out/demo"));
    const QCommandLineOption input(QStringLiteral("input"), QString(), QStringLiteral("file"));
    parser.addOptions({out, input});
    if (!parser.parse(QStringList(QStringLiteral("hufu demo")) + arguments) || !parser.positionalArguments().isEmpty()) {
        std::fputs("usage: hufu demo [--out DIR] [--input FILE]\n", stderr);
        return kUsage;
    }
    const QString folder = QDir(parser.value(out)).absolutePath();
    if (!QDir().mkpath(folder)) {
        explain(catalogue::Code::fileUnreadable, folder);
        return kUnreadable;
    }

    // The input lies beside its signatures, so that the folder proves itself. Read whole before anything is written: it
    // may be the very file of an earlier run.
    const QString copy = folder + QStringLiteral("/input");
    QByteArray content = "Tender document of the demo company: 500 desks, delivery within 30 days.\n";
    if (parser.isSet(input)) {
        const auto given = readFile(parser.value(input), 1LL << 30);
        if (!given) return kUnreadable;
        content = *given;
    }
    QSaveFile file(copy);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        explain(catalogue::Code::storageFull, copy);
        return kUnreadable;
    }

    // Windows drawn in memory, the same on every machine; on a real display the phone would see the desk by itself,
    // ahead of the script.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_QUICK_BACKEND", "software");

    std::printf("Hufu: the whole journey. Results go to %s\n\n", qUtf8Printable(folder));
    std::fflush(stdout);
    Report report(QStringLiteral("Hufu demo"));
    Journey(folder, copy, report).run();
    if (!report.write(folder)) {
        explain(catalogue::Code::storageFull, folder);
        return kUnreadable;
    }
    std::printf("\n%s  report: %s/report.json\n", report.passed() ? "Every step was verified." : "NOT every step was verified.",
                qUtf8Printable(folder));
    return report.passed() ? kGood : kFailed;
}

} // namespace hufu::cli
