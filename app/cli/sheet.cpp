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
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu sheet")) + arguments);
    WordCheck check(parser, parsed);
    check.wrongIf(!parser.positionalArguments().isEmpty(), parser.positionalArguments().value(0),
                  QStringLiteral("多余"), QStringLiteral("is one too many"));
    if (check.isWrong()) return check.tell("usage: hufu sheet [--out DIR]\n");
    const QString folder = QDir(parser.value(out)).absolutePath();
    if (QProcess::execute(QCoreApplication::applicationDirPath() + QStringLiteral("/hufu-sheet"), {folder}) == 0) return kGood;
    explain(catalogue::Code::fileUnwritable, folder);
    return kUnreadable;
}

} // namespace hufu::cli
