#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <cstdio>

namespace hufu::cli {

int sheet(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption out(QStringLiteral("out"), QString(), QStringLiteral("folder"), QStringLiteral("out/sheet"));
    parser.addOption(out);
    if (!parser.parse(QStringList(QStringLiteral("hufu sheet")) + arguments) || !parser.positionalArguments().isEmpty()) {
        std::fputs("usage: hufu sheet [--out DIR]\n", stderr);
        return kUsage;
    }
    const QString folder = QDir(parser.value(out)).absolutePath();
    if (QProcess::execute(QCoreApplication::applicationDirPath() + QStringLiteral("/hufu-sheet"), {folder}) == 0) return kGood;
    explain(catalogue::Code::fileUnwritable, folder);
    return kUnreadable;
}

} // namespace hufu::cli
