#include "app/cli/journey.h"
#include "app/cli/words.h"

#include <QBuffer>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <cstdio>

namespace hufu::cli {

// Takes an empty folder, or one that an earlier demo took: what a person keeps there is never written over.
static bool take(const QString &folder)
{
    QFile mark(folder + QStringLiteral("/.hufu-demo"));
    const bool isEmpty = QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    return (isEmpty || mark.exists()) && mark.open(QIODevice::WriteOnly);
}

static bool copyAll(QIODevice &from, QIODevice &to)
{
    QByteArray piece(1 << 20, Qt::Uninitialized);
    for (;;) {
        const qint64 got = from.read(piece.data(), piece.size());
        if (got == 0) return true;
        if (got < 0 || to.write(piece.constData(), got) != got) return false;
    }
}

int demo(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption out(QStringLiteral("out"), QString(), QStringLiteral("folder"), QStringLiteral("out/demo"));
    const QCommandLineOption input(QStringLiteral("input"), QString(), QStringLiteral("file"));
    const QCommandLineOption suite(QStringLiteral("suite"), QString(), QStringLiteral("suite"), QStringLiteral("sm2"));
    parser.addOptions({out, input, suite});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu demo")) + arguments);
    const QString suiteName = parser.value(suite);
    const bool isSuite = suiteName == QLatin1String("sm2") || suiteName == QLatin1String("frost");
    WordCheck check(parser, parsed);
    check.wrongIf(!parser.positionalArguments().isEmpty(), parser.positionalArguments().value(0),
                  QStringLiteral("多余"), QStringLiteral("is one too many"));
    check.wrongIf(!isSuite, QStringLiteral("--suite ") + suiteName, QStringLiteral("只能是 sm2 或 frost"), QStringLiteral("is neither sm2 nor frost"));
    if (check.isWrong()) return check.tell("usage: hufu demo [--out DIR] [--input FILE] [--suite sm2|frost]\n");
    const QString folder = QDir(parser.value(out)).absolutePath();
    if (!QDir().mkpath(folder)) {
        explain(catalogue::Code::fileUnreadable, folder);
        return kUnreadable;
    }

    if (!take(folder)) {
        explain(catalogue::Code::folderTaken, folder);
        return kUnreadable;
    }

    // The input lies beside its signatures, so that the folder proves itself.
    const QString copy = folder + QStringLiteral("/input");
    QBuffer sample;
    sample.setData("Tender document of the demo company: 500 desks, delivery within 30 days.\n");
    QFile given(parser.value(input));
    QIODevice &source = parser.isSet(input) ? static_cast<QIODevice &>(given) : sample;
    if ((parser.isSet(input) && !QFileInfo(given).isFile()) || !source.open(QIODevice::ReadOnly)) {
        explain(catalogue::Code::fileUnreadable, parser.value(input));
        return kUnreadable;
    }
    // A neighbour first: the input may be the very file of an earlier run.
    QSaveFile file(copy);
    if (!file.open(QIODevice::WriteOnly) || !copyAll(source, file) || !file.flush() || !file.commit()) {
        explain(catalogue::Code::storageFull, copy);
        return kUnreadable;
    }

    std::printf("Hufu: the whole journey. Results go to %s\n\n", qUtf8Printable(folder));
    std::fflush(stdout);
    Report report(QStringLiteral("Hufu demo"));
    Journey(folder, copy, suiteName, report).run();
    if (!report.write(folder)) {
        explain(catalogue::Code::storageFull, folder);
        return kUnreadable;
    }
    std::printf("\n%s  report: %s/report.json\n", report.passed() ? "Every step was verified." : "NOT every step was verified.",
                qUtf8Printable(folder));
    return report.passed() ? kGood : kFailed;
}

} // namespace hufu::cli
