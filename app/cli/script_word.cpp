// hufu script run: a tester's script on the real programs, without a display.
#include "app/cli/junit.h"
#include "app/cli/script_player.h"
#include "app/cli/words.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>
#include <cstdio>

namespace hufu::cli {

static int refuse(const QString &path, int number, const QString &why)
{
    explain(catalogue::Code::scriptWrong, QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(why));
    return kUnreadable;
}

static bool save(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush() && file.commit();
}

// Plays until a line fails, and says how each went.
static QList<PlayedLine> playAll(ScriptPlayer &player, const Script &script)
{
    QList<PlayedLine> all;
    bool good = true;
    for (const ScriptLine &line : script.lines) {
        PlayedLine played{QStringLiteral("%1: %2").arg(line.number).arg(line.text), 0, good, {}};
        if (good) {
            QElapsedTimer time;
            time.start();
            good = player.play(line);
            played.seconds = static_cast<double>(time.elapsed()) / 1000.0;
            if (!good) played.failure = player.why();
            std::printf("  %s  %s  (%.1f s)\n", good ? "ok  " : "FAIL", qUtf8Printable(played.name), played.seconds);
            if (!good) std::printf("        %s\n", qUtf8Printable(played.failure));
            std::fflush(stdout);
        }
        all.append(played);
    }
    return all;
}

static int run(const QString &path, const QString &junit, const QString &shots)
{
    const auto content = readFile(path, Script::kSizeMax);
    if (!content) return kUnreadable;
    const Script script = Script::parse(*content);
    if (script.bad) return refuse(path, script.bad->number, script.bad->why);
    if (!shots.isEmpty() && !QDir().mkpath(shots)) {
        explain(catalogue::Code::fileUnreadable, shots);
        return kUnreadable;
    }

    const QTemporaryDir folder;
    // The programs take file names as the script has them.
    if (!folder.isValid() || !QDir::setCurrent(folder.path())) {
        explain(catalogue::Code::storageFull, QDir::tempPath());
        return kUnreadable;
    }
    const QString name = QFileInfo(path).completeBaseName();
    std::printf("%s: %s\n", qUtf8Printable(name), qUtf8Printable(script.title));
    ScriptPlayer player(folder.path(), script.suite);
    const QList<PlayedLine> lines = playAll(player, script);

    bool passed = true;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].failure.isEmpty()) continue;
        passed = false;
        if (player.unknownWord()) return refuse(path, script.lines[i].number, lines[i].failure);
    }
    if (!passed && !shots.isEmpty())
        for (const QString &kept : player.keepEvidence(shots, name))
            std::printf("        kept: %s\n", qUtf8Printable(kept));
    if (!junit.isEmpty() && !save(junit, junitXml(name, lines))) {
        explain(catalogue::Code::storageFull, junit);
        return kUnreadable;
    }
    return passed ? kGood : kFailed;
}

static QString absolute(const QString &path)
{
    return path.isEmpty() ? path : QDir::current().absoluteFilePath(path);
}

int script(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption junit(QStringLiteral("junit"), QString(), QStringLiteral("file"));
    const QCommandLineOption shots(QStringLiteral("shots"), QString(), QStringLiteral("folder"));
    const QCommandLineOption start(QStringLiteral("start"), QString(), QStringLiteral("state"), QStringLiteral("ready"));
    const QCommandLineOption by(QStringLiteral("by"), QString(), QStringLiteral("script"));
    parser.addOptions({junit, shots, start, by});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu script")) + arguments);
    const QStringList words = parser.positionalArguments();
    const bool records = words.value(0) == QLatin1String("record");
    WordCheck check(parser, parsed);
    check.wrongIf(!records && words.value(0) != QLatin1String("run"), words.isEmpty() ? QStringLiteral("run | record") : words[0],
                  QStringLiteral("这里要写 run 或 record"), QStringLiteral("run or record is wanted here"));
    check.wrongIf(words.size() < 2, QStringLiteral("FILE"), QStringLiteral("缺少脚本文件"), QStringLiteral("no script is named"));
    check.wrongIf(words.size() > 2, words.value(2), QStringLiteral("多余"), QStringLiteral("is one too many"));
    for (const QCommandLineOption &option : {junit, shots})
        check.wrongIf(records && parser.isSet(option), QStringLiteral("--") + option.names()[0],
                      QStringLiteral("不能和 record 同时使用"), QStringLiteral("does not go with record"));
    for (const QCommandLineOption &option : {start, by})
        check.wrongIf(!records && parser.isSet(option), QStringLiteral("--") + option.names()[0],
                      QStringLiteral("不能和 run 同时使用"), QStringLiteral("does not go with run"));
    check.wrongIf(records && !QStringList{"phone", "active", "ready"}.contains(parser.value(start)), QStringLiteral("--start ") + parser.value(start),
                  QStringLiteral("只能是 phone、active 或 ready"), QStringLiteral("is none of phone, active, ready"));
    if (check.isWrong())
        return check.tell("usage: hufu script run FILE [--junit FILE] [--shots DIR]\n"
                          "  Plays a tester's script on server, desk and phone, without a display. --junit: how each line went, as\n"
                          "  XML. --shots: after a failure the folder gets pictures of phone and desk, and the programs' logs.\n"
                          "usage: hufu script record FILE [--start phone|active|ready] [--by SCRIPT]\n"
                          "  Opens phone and desk, and writes what is done at their windows as a script. --by: the lines of SCRIPT are the\n"
                          "  hands that do it.\n");
    if (records) return recordScript(absolute(words[1]), parser.value(start), absolute(parser.value(by)));
    return run(absolute(words[1]), absolute(parser.value(junit)), absolute(parser.value(shots)));
}

} // namespace hufu::cli
